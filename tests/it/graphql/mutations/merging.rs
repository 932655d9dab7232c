//! Two records of one thing become one.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

fn merge(duplicate: &str, into: &str) -> Value {
    let named = |text: &str| {
        if text.contains(":GB-") || text.starts_with("ind:") { json!({ "id": text }) } else { json!({ "ref": text }) }
    };
    json!({ "duplicate": named(duplicate), "into": named(into) })
}

#[tokio::test]
async fn the_one_that_stays_has_all_that_both_had() {
    let desk = Desk::new().await;
    let twin = json!({
        "ref": "GB-SC:SC1", "name": "Harbour Centre", "kind": "VCFSE", "nation": "ENGLAND", "aliases": ["The Harbour"],
        "website": "harbour.example.org", "phone": "0151 496 0001", "source": "another list"
    });
    desk.done(Role::Team, "organisationCreate", twin, "").await;
    let role = |source: &str, to: &str, title: &str, more: Value| {
        let mut input = json!({
            "kind": "ROLE_AT", "from": { "ref": "team:nadia" }, "to": { "ref": to }, "title": title, "validFrom": "2024-01-01",
            "evidence": { "kind": "DOCUMENTED", "source": source }
        });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    for input in [
        role("another list", "GB-SC:SC1", "Outreach worker", json!({ "strength": 0.1 })),
        role("another list", "GB-SC:SC1", "Cook", json!({})),
        json!({ "kind": "PARTNERS_WITH", "from": { "ref": "GB-SC:SC1" }, "to": { "ref": "GB-CHC:1110143" }, "evidence": { "kind": "IMPORTED", "source": "x" } }),
    ] {
        desk.done(Role::Team, "relationRecord", input, "").await;
    }
    let select = "organisation { id refs name aliases nation website phone sources partners { totalCount }
        people { edges { title strength gatekeeper evidence { source } } } }";
    let payload = desk.done(Role::Steward, "organisationMerge", merge("GB-SC:SC1", "GB-CHC:1110143"), select).await;
    insta::assert_json_snapshot!(payload);
    // Its key and its refs lead to the one that stays; lists show that one alone.
    let seen = desk
        .team(r#"{ node(id: "org:GB-SC:SC1") { id } organisation(by: { ref: "GB-SC:SC1" }) { id } organisations(filter: { text: "harbour" }) { nodes { id } } }"#)
        .await;
    assert_eq!(seen["node"]["id"], "org:GB-CHC:1110143");
    assert_eq!(seen["organisation"]["id"], "org:GB-CHC:1110143");
    assert_eq!(seen["organisations"]["nodes"], json!([{ "id": "org:GB-CHC:1110143" }]));
    // Once more changes nothing; a relation that came meanwhile would be moved too.
    let again = desk.done(Role::Steward, "organisationMerge", merge("org:GB-SC:SC1", "GB-CHC:1110143"), select).await;
    assert_eq!(again, payload);
}

#[tokio::test]
async fn of_two_answers_the_stricter_stands() {
    let desk = Desk::new().await;
    let consents = "individual { id refs aliases email doNotApproach { from until } consents { purpose status } knows { nodes { id } } }";
    let alone = json!({ "nodes": [{ "ref": "team:ruth" }], "from": "2026-07-01", "until": "2026-08-01" });
    desk.done(Role::Team, "doNotApproachSet", alone, "").await;
    // Nadia introduces us; Ruth refused to be contacted.
    let payload = desk.done(Role::Steward, "individualMerge", merge("team:nadia", "team:ruth"), consents).await;
    insta::assert_json_snapshot!(payload);
}

#[tokio::test]
async fn circles_and_strangers_are_not_merged() {
    let desk = Desk::new().await;
    let name = "organisationMerge";
    for (input, path, code) in [
        (merge("GB-NHS:N82001", "GB-NHS:N82001"), "into", "INVALID_ARGUMENT"),
        (merge("GB-NHS:N82001", "org:GB-NHS:N82001"), "into", "INVALID_ARGUMENT"),
        (merge("GB-NHS:N82001", "GB-NHS:404"), "into.ref", "NOT_FOUND"),
        (merge("GB-NHS:N82001", "network:street"), "into.ref", "INVALID_ARGUMENT"),
    ] {
        let (at, found, words) = desk.refused_once(Role::Steward, name, input).await;
        assert_eq!((at.as_str(), found.as_str()), (path, code), "{words}");
    }
    desk.done(Role::Steward, name, merge("GB-NHS:N82001", "GB-NHS:N82002"), "").await;
    // N82001 stands for N82002 now: merging that into it would be a circle, into a third a second merge.
    let (path, code, words) = desk.refused_once(Role::Steward, name, merge("GB-NHS:N82002", "org:GB-NHS:N82001")).await;
    assert_eq!((path.as_str(), code.as_str()), ("into", "CONFLICT"));
    assert!(words.contains("org:GB-NHS:N82001") && words.contains("circle"), "{words}");
    let (path, code, words) = desk.refused_once(Role::Steward, name, merge("org:GB-NHS:N82001", "GB-NHS:N82003")).await;
    assert_eq!((path.as_str(), code.as_str()), ("duplicate", "CONFLICT"));
    assert!(words.contains("GB-NHS:N82002"), "{words}");
    // A chain is fine, and both keys lead to its end.
    desk.done(Role::Steward, name, merge("GB-NHS:N82002", "GB-NHS:N82003"), "").await;
    let seen = desk.team(r#"{ nodes(ids: ["org:GB-NHS:N82001", "org:GB-NHS:N82002"]) { id } }"#).await;
    assert_eq!(seen["nodes"], json!([{ "id": "org:GB-NHS:N82003" }, { "id": "org:GB-NHS:N82003" }]));
    let stale = json!({ "duplicate": { "odsCode": "x" } });
    assert!(desk.run(Role::Steward, super::desk::mutation(name, stale, "")).await.is_err());
}

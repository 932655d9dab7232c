//! Bodies that close, and those that take over.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const DONE: &str =
    "predecessors { id validTo successors { edges { validFrom node { id } evidence { kind source date } } } }
    successors { id name validFrom predecessors { nodes { id } } }";

fn succeed(predecessors: &[&str], successors: Value) -> Value {
    let named: Vec<Value> = predecessors.iter().map(|text| json!({ "ref": text })).collect();
    json!({ "predecessors": named, "successors": successors, "on": "2026-06-01", "source": "the announcement" })
}

fn existing(text: &str) -> Value {
    json!({ "existing": { "ref": text } })
}

#[tokio::test]
async fn a_merger_closes_bodies_and_hands_over_what_was_organised_around_them() {
    let desk = Desk::new().await;
    let new = json!([{ "new": { "ref": "GB-NHS:Z1Z1Z", "name": "One board", "kind": "ICB", "nation": "ENGLAND" } }]);
    let payload = desk.done(Role::Team, "organisationSucceed", succeed(&["GB-NHS:99A", "GB-NHS:QYG"], new), DONE).await;
    insta::assert_json_snapshot!(payload);
    // As an import would: who was commissioned by the closed body is commissioned by the new one, and says why.
    let seen = desk
        .team(
            r#"{ organisation(by: { odsCode: "N82001" }) { commissioners(includeEnded: true) { edges { validFrom evidence { kind source } node { ref } } } }
                new: organisation(by: { odsCode: "Z1Z1Z" }) { geography { nodes { ref } } commissions { totalCount } funds { totalCount } contacts { totalCount } } }"#,
        )
        .await;
    insta::assert_json_snapshot!(seen);
    // What a body was is not what its successor is: funding and contacts do not carry over by themselves.
    assert_eq!((&seen["new"]["funds"]["totalCount"], &seen["new"]["contacts"]["totalCount"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn a_split_is_not_guessed_at_and_a_line_of_successors_is_followed() {
    let desk = Desk::new().await;
    let parts = json!([existing("GB-NHS:QYG"), { "new": { "name": "Another part", "kind": "ICB" } }]);
    let payload =
        desk.done(Role::Team, "organisationSucceed", succeed(&["GB-NHS:99A"], parts), "successors { id }").await;
    assert_eq!(payload["successors"].as_array().unwrap().len(), 2);
    let seen = desk
        .team(r#"{ organisation(by: { odsCode: "N82001" }) { commissioners(includeEnded: true) { totalCount } } }"#)
        .await;
    assert_eq!(seen["organisation"]["commissioners"]["totalCount"], 1);
    // Z9B2Z took over from QRV before; now it closes too, and what led to QRV leads on.
    let desk = Desk::new().await;
    let supports = json!({
        "kind": "SUPPORTS", "from": { "ref": "GB-NHS:U64639" }, "to": { "ref": "GB-NHS:Z9B2Z" },
        "evidence": { "kind": "DOCUMENTED", "source": "x" }
    });
    desk.done(Role::Team, "relationRecord", supports, "").await;
    let next = json!([{ "new": { "ref": "GB-NHS:Y9Y9Y", "name": "The next", "kind": "ICB" } }]);
    desk.done(Role::Team, "organisationSucceed", succeed(&["GB-NHS:Z9B2Z"], next), "").await;
    let seen = desk.team(r#"{ organisation(by: { odsCode: "Y9Y9Y" }) { supportedBy { edges { validFrom } } } }"#).await;
    assert_eq!(seen["organisation"]["supportedBy"]["edges"], json!([{ "validFrom": "2026-06-01" }]));
}

#[tokio::test]
async fn a_succession_that_is_on_record_may_be_said_again() {
    let desk = Desk::new().await;
    let mut input = succeed(&["GB-NHS:QRV"], json!([existing("GB-NHS:Z9B2Z")]));
    input["on"] = json!("2026-04-01");
    let payload = desk.done(Role::Team, "organisationSucceed", input.clone(), DONE).await;
    let successors = &payload["predecessors"][0]["successors"]["edges"];
    assert_eq!(successors.as_array().unwrap().len(), 1, "{successors}");
    assert_eq!(desk.done(Role::Team, "organisationSucceed", input, DONE).await, payload);
}

#[tokio::test]
async fn what_cannot_be_a_succession_is_refused_in_words() {
    let desk = Desk::new().await;
    let newcomer = json!([{ "new": { "name": "Late", "kind": "ICB", "validFrom": "2026-06-02" } }]);
    let bad = json!([{ "new": { "name": "", "kind": "ICB", "ref": "GB-NHS:99A" } }]);
    for (input, path, code) in [
        (succeed(&[], json!([existing("GB-NHS:QYG")])), "predecessors", "INVALID_ARGUMENT"),
        (succeed(&["GB-NHS:99A"], json!([])), "successors", "INVALID_ARGUMENT"),
        (succeed(&["GB-NHS:404"], json!([existing("GB-NHS:QYG")])), "predecessors.0.ref", "NOT_FOUND"),
        (succeed(&["network:street"], json!([existing("GB-NHS:QYG")])), "predecessors.0.ref", "INVALID_ARGUMENT"),
        (succeed(&["GB-NHS:99A"], json!([existing("GB-NHS:99A")])), "successors.0.existing", "INVALID_ARGUMENT"),
        // It closed on another day.
        (succeed(&["GB-NHS:QRV"], json!([existing("GB-NHS:QYG")])), "predecessors.0", "CONFLICT"),
        (succeed(&["GB-NHS:99A"], newcomer), "successors.0.new", "CONFLICT"),
    ] {
        let (at, found, words) = desk.refused_once(Role::Team, "organisationSucceed", input).await;
        assert_eq!((at.as_str(), found.as_str()), (path, code), "{words}");
    }
    let errors = desk.refused(Role::Team, "organisationSucceed", succeed(&["GB-NHS:99A"], bad)).await;
    let paths: Vec<&str> = errors.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["successors.0.new.ref", "successors.0.new.name"]);
    // A successor that had closed itself, and a circle.
    let mut early = succeed(&["GB-NHS:99A"], json!([existing("GB-NHS:QRV")]));
    let (path, code, words) = desk.refused_once(Role::Team, "organisationSucceed", early.clone()).await;
    assert_eq!((path.as_str(), code.as_str()), ("successors.0.existing", "CONFLICT"));
    assert!(words.contains("2026-04-01"), "{words}");
    early["predecessors"] = json!([{ "ref": "GB-NHS:Z9B2Z" }]);
    let errors = desk.refused(Role::Team, "organisationSucceed", early).await;
    assert!(errors.iter().any(|(_, _, words)| words.contains("circle")), "{errors:?}");
}

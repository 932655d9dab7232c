//! The same wish twice is one wish, whoever lost the answer; a wish that counts on what is no longer so is refused.

use super::desk::{Desk, Neighbour, mutation};
use super::flaky::{Fault, FlakyStore};
use super::organisations::advice_centre;
use super::relations::RELATION;
use inroads::access::Role;
use serde_json::{Value, json};
use std::sync::Arc;

fn keyed(mut input: Value, key: &str) -> Value {
    input["idempotencyKey"] = json!(key);
    input
}

fn knitters() -> Value {
    json!({ "name": "Knitters", "kind": "VCFSE", "source": "a call" })
}

#[tokio::test]
async fn under_one_key_a_thing_is_made_once() {
    let desk = Desk::new().await;
    let select = "organisation { id ref name }";
    let first = desk.done(Role::Team, "organisationCreate", keyed(knitters(), "k1"), select).await;
    let again = desk.done(Role::Team, "organisationCreate", keyed(knitters(), "k1"), select).await;
    assert_eq!(first, again);
    assert_eq!(desk.revision().await, 2);
    let other = desk.done(Role::Team, "organisationCreate", keyed(knitters(), "k2"), select).await;
    assert_ne!(first["organisation"]["id"], other["organisation"]["id"]);
    // A key is the role's, and the mutation's.
    desk.done(Role::Steward, "organisationCreate", keyed(knitters(), "k1"), select).await;
    desk.done(Role::Team, "networkCreate", keyed(json!({ "name": "Knitters", "source": "a call" }), "k1"), "").await;
    // For something else it is refused.
    let mut different = keyed(knitters(), "k1");
    different["name"] = json!("Weavers");
    let (path, code, _) = desk.refused_once(Role::Team, "organisationCreate", different).await;
    assert_eq!((path.as_str(), code.as_str()), ("idempotencyKey", "CONFLICT"));
    for bad in ["", &"k".repeat(201), "a\nb"] {
        let (path, code, _) = desk.refused_once(Role::Team, "organisationCreate", keyed(knitters(), bad)).await;
        assert_eq!((path.as_str(), code.as_str()), ("idempotencyKey", "INVALID_ARGUMENT"));
    }
}

#[tokio::test]
async fn every_keyed_mutation_answers_a_retry_as_the_first_time() {
    let desk = Desk::new().await;
    let evidence = json!({ "kind": "FIRST_HAND", "source": "a call" });
    let knows =
        json!({ "kind": "KNOWS", "from": { "ref": "team:omar" }, "to": { "ref": "team:nadia" }, "evidence": evidence });
    let members = json!({ "relations": [
        { "kind": "MEMBER_OF", "from": { "ref": "GB-NHS:N82001" }, "to": { "ref": "network:street" }, "evidence": evidence },
        { "kind": "MEMBER_OF", "from": { "ref": "GB-CHC:1110143" }, "to": { "ref": "network:street" }, "evidence": { "kind": "FIRST_HAND", "source": "epraccur", "date": "2026-05-01" }, "lastConfirmedOn": "2026-05-01" }
    ] });
    let succession = json!({
        "predecessors": [{ "ref": "GB-NHS:99A" }], "on": "2026-06-01", "source": "a letter",
        "successors": [{ "new": { "name": "New place", "kind": "SUB_ICB_LOCATION" } }, { "existing": { "ref": "GB-NHS:QYG" } }]
    });
    for (name, input, select) in [
        ("organisationCreate", advice_centre(), "organisation { id name areas { nodes { ref } } }"),
        ("individualCreate", json!({ "name": "Jo", "source": "a call" }), "individual { id name }"),
        ("networkCreate", json!({ "name": "N", "workingGroup": true, "source": "a call" }), "workingGroup { id name }"),
        ("groupDefine", json!({ "ref": "group:g", "kind": "POPULATION", "name": "G" }), "underservedGroup { id name }"),
        ("relationRecord", knows, RELATION),
        ("relationsRecord", members, "relations { id from { id } }"),
        ("organisationSucceed", succession, "predecessors { id validTo } successors { id name }"),
        ("changeUndo", json!({ "revision": 5 }), "undoneRevision"),
    ] {
        let first = desk.done(Role::Steward, name, keyed(input.clone(), "once"), select).await;
        let revision = desk.revision().await;
        let again = desk.done(Role::Steward, name, keyed(input, "once"), select).await;
        assert_eq!((&again, desk.revision().await), (&first, revision), "{name}");
    }
}

#[tokio::test]
async fn what_a_retry_made_may_be_gone_since() {
    let desk = Desk::new().await;
    let jo = keyed(json!({ "ref": "team:jo", "name": "Jo", "source": "a call" }), "once");
    desk.done(Role::Team, "individualCreate", jo.clone(), "individual { id }").await;
    desk.done(Role::Steward, "individualErase", json!({ "individual": { "ref": "team:jo" } }), "").await;
    let again = desk.done(Role::Team, "individualCreate", jo, "individual { id }").await;
    assert_eq!(again, json!({ "individual": null, "userErrors": [], "revision": 2 }));
}

#[tokio::test]
async fn the_same_key_at_the_same_moment_makes_one_thing() {
    let desk = Arc::new(Desk::new().await);
    let neighbour = Arc::new(desk.neighbour().await);
    let select = "organisation { id }";
    let wishes = (0..12).map(|place| {
        let (desk, neighbour) = (Arc::clone(&desk), Arc::clone(&neighbour));
        tokio::spawn(async move {
            let input = keyed(knitters(), "once");
            if place % 2 == 0 {
                desk.mutate(Role::Team, "organisationCreate", input, select).await
            } else {
                neighbour.mutate(Role::Team, "organisationCreate", input, select).await
            }
        })
    });
    let answers = futures_util::future::join_all(wishes).await;
    let ids: std::collections::BTreeSet<String> =
        answers.into_iter().map(|answer| answer.unwrap()["organisation"]["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!((ids.len(), desk.revision().await), (1, 2), "{ids:?}");
}

#[tokio::test]
async fn a_change_counts_on_the_revision_that_was_read() {
    let desk = Desk::new().await;
    let update = |revision: u64, name: &str| json!({ "organisation": { "odsCode": "99A" }, "expectedRevision": revision, "name": name });
    desk.done(Role::Team, "organisationUpdate", update(1, "Two"), "").await;
    // Something else changed meanwhile: that does not matter.
    desk.done(Role::Team, "organisationUpdate", json!({ "organisation": { "odsCode": "QYG" }, "name": "x" }), "").await;
    desk.done(Role::Team, "organisationUpdate", update(2, "Three"), "").await;
    let payload = desk.mutate(Role::Team, "organisationUpdate", update(2, "Four"), "organisation { id }").await;
    let error = &payload["userErrors"][0];
    assert_eq!((&payload["organisation"], &error["code"]), (&Value::Null, &json!("CONFLICT")));
    assert_eq!(error["path"], json!(["input", "expectedRevision"]));
    let words = error["message"].as_str().unwrap();
    for part in ["org:GB-NHS:99A", "revision 2", "revision 4", "name"] {
        assert!(words.contains(part), "{words}");
    }
    assert!(error["hint"].as_str().unwrap().contains("read it again"));

    let edge =
        desk.team(r#"{ organisation(by: { odsCode: "N82001" }) { commissioners { edges { relationId } } } }"#).await;
    let relation = edge["organisation"]["commissioners"]["edges"][0]["relationId"].clone();
    let confirm = json!({ "relation": relation, "expectedRevision": 1 });
    desk.done(Role::Team, "relationConfirm", confirm.clone(), "").await;
    let end = json!({ "relation": relation, "on": "2026-06-01", "expectedRevision": 1 });
    assert_eq!(desk.refused_once(Role::Team, "relationEnd", end).await.0, "expectedRevision");
    for (name, input) in [
        ("individualUpdate", json!({ "individual": { "ref": "team:omar" }, "phone": "999", "expectedRevision": 1 })),
        (
            "consentRecord",
            json!({ "individual": { "ref": "team:omar" }, "purpose": "CONTACT", "status": "REFUSED", "expectedRevision": 1 }),
        ),
    ] {
        if name == "individualUpdate" {
            desk.done(Role::Steward, name, input, "").await;
        } else {
            assert_eq!(desk.refused_once(Role::Steward, name, input).await.0, "expectedRevision");
        }
    }
}

#[tokio::test]
async fn a_retry_after_a_lost_reply_does_it_once() {
    let desk = Desk::new().await;
    let store = Arc::new(FlakyStore::over(Arc::clone(&desk.store)));
    let server = Neighbour::over(Arc::clone(&store) as _).await;
    store.set(Fault::ReplyLost);
    let input = keyed(knitters(), "once");
    let response = server.run(Role::Team, mutation("organisationCreate", input.clone(), "")).await;
    let error = serde_json::to_value(&response.errors[0]).unwrap();
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE");
    assert!(error["message"].as_str().unwrap().contains("may have been"), "the store's words: {error}");
    assert_eq!(error["extensions"].get("hint"), None, "nobody knows whether it was done");
    assert_eq!(desk.revision().await, 2, "it was");
    store.set(Fault::None);
    let payload = server.mutate(Role::Team, "organisationCreate", input, "organisation { name }").await;
    assert_eq!(payload, json!({ "organisation": { "name": "Knitters" }, "userErrors": [], "revision": 2 }));
}

#[tokio::test]
async fn what_could_not_be_tried_says_so_and_what_was_done_says_that() {
    let desk = Desk::new().await;
    let store = Arc::new(FlakyStore::over(Arc::clone(&desk.store)));
    let server = Neighbour::over(Arc::clone(&store) as _).await;
    let shown = |response: async_graphql::Response| serde_json::to_value(&response.errors[0]).unwrap();
    store.set(Fault::Reading);
    let error = shown(server.run(Role::Team, mutation("organisationCreate", knitters(), "")).await);
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE");
    assert!(error["extensions"]["hint"].as_str().unwrap().contains("nothing was changed"), "{error}");
    assert_eq!(desk.revision().await, 1);
    store.set(Fault::AfterCommit);
    let error = shown(server.run(Role::Team, mutation("organisationCreate", knitters(), "")).await);
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE");
    let words = error["message"].as_str().unwrap();
    assert!(words.contains("was done, in revision 2") && words.contains("Do not send it again"), "{words}");
    assert_eq!(desk.revision().await, 2);
    store.set(Fault::Broken);
    let error = shown(server.run(Role::Team, mutation("organisationCreate", knitters(), "")).await);
    assert_eq!(error["extensions"]["code"], "INTERNAL");
    assert!(!error.to_string().contains("disk"), "{error}");
}

//! The next question sees what was changed: above all, whom a path may pass.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const PATHS: &str = r#"{ outreachPaths(question: {
    from: [{ team: true }], to: { group: { ref: "group:homeless" } }, includeDetours: true
}, k: 20) { paths { nodes { id } } noVerifiedPath { reason } revision } }"#;

async fn paths(desk: &Desk) -> (Vec<String>, Value) {
    let answer = desk.team(PATHS).await["outreachPaths"].clone();
    let line = |path: &Value| {
        let ids: Vec<&str> =
            path["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
        ids.join(" ")
    };
    (answer["paths"].as_array().unwrap().iter().map(line).collect(), answer["noVerifiedPath"]["reason"].clone())
}

const OVER_NADIA: &str = "ind:01 ind:02 org:GB-CHC:1110143 grp:group:homeless";
const OVER_FUNDER: &str = "ind:01 org:GB-NHS:99A org:GB-CHC:1110143 grp:group:homeless";

#[tokio::test]
async fn a_path_ends_where_consent_is_withdrawn_and_opens_where_it_is_given() {
    let desk = Desk::new().await;
    let (before, _) = paths(&desk).await;
    assert!(before.contains(&OVER_NADIA.to_owned()) && before.contains(&OVER_FUNDER.to_owned()), "{before:?}");
    desk.done(
        Role::Steward,
        "consentWithdraw",
        json!({ "individual": { "ref": "team:nadia" }, "purpose": "INTRODUCE" }),
        "",
    )
    .await;
    let (after, _) = paths(&desk).await;
    assert!(!after.iter().any(|path| path.contains("ind:02")) && after.contains(&OVER_FUNDER.to_owned()), "{after:?}");
    let again = json!({ "individual": { "ref": "team:nadia" }, "purpose": "INTRODUCE", "status": "GRANTED", "lawfulBasis": "consent" });
    desk.done(Role::Steward, "consentRecord", again, "").await;
    assert_eq!(paths(&desk).await.0, before);
}

#[tokio::test]
async fn a_path_ends_with_its_relation() {
    let desk = Desk::new().await;
    let edge =
        desk.team(r#"{ organisation(by: { charityNumber: "1110143" }) { funders { edges { relationId } } } }"#).await;
    let id = edge["organisation"]["funders"]["edges"][0]["relationId"].clone();
    desk.done(Role::Team, "relationEnd", json!({ "relation": id, "on": "2026-06-01" }), "").await;
    let (after, _) = paths(&desk).await;
    assert!(after.contains(&OVER_NADIA.to_owned()) && !after.contains(&OVER_FUNDER.to_owned()), "{after:?}");
}

#[tokio::test]
async fn nobody_is_approached_who_is_to_be_left_alone() {
    let desk = Desk::new().await;
    let window = |until: Value| json!({ "nodes": [{ "ref": "GB-CHC:1110143" }], "until": until });
    desk.done(Role::Team, "doNotApproachSet", window(json!("2026-06-02")), "").await;
    assert_eq!(paths(&desk).await, (vec![], json!("DO_NOT_APPROACH")));
    desk.done(Role::Team, "doNotApproachSet", window(Value::Null), "").await;
    assert!(paths(&desk).await.0.contains(&OVER_NADIA.to_owned()));
}

#[tokio::test]
async fn a_new_relation_is_a_new_way() {
    let desk = Desk::new().await;
    let (before, _) = paths(&desk).await;
    let serves = json!({
        "kind": "SERVES", "from": { "ref": "GB-NHS:99A" }, "to": { "ref": "group:homeless" }, "mode": "DIRECT_SERVICE",
        "evidence": { "kind": "FIRST_HAND", "source": "a visit" }
    });
    desk.done(Role::Team, "relationRecord", serves, "").await;
    let (after, _) = paths(&desk).await;
    let shorter = "ind:01 org:GB-NHS:99A grp:group:homeless".to_owned();
    assert!(after.contains(&shorter) && !before.contains(&shorter), "{after:?}");
}

#[tokio::test]
async fn every_answer_tells_the_revision_it_read() {
    let desk = Desk::new().await;
    assert_eq!(desk.team("{ revision }").await["revision"], 1);
    let input = json!({ "organisation": { "odsCode": "99A" }, "name": "Liverpool" });
    let payload = desk.done(Role::Team, "organisationUpdate", input, "").await;
    assert_eq!((&payload["revision"], &desk.team("{ revision }").await["revision"]), (&json!(2), &json!(2)));
    assert_eq!(desk.team(PATHS).await["outreachPaths"]["revision"], 2);
}

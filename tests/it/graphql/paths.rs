//! The main question.

use super::world::World;
use serde_json::json;

const QUESTION: &str = r#"{ outreachPaths(question: { from: [{ team: true }], to: { group: { ref: "group:homeless" } } }, k: 2) {
    paths {
        nodes { __typename ref name }
        hops {
            relation class forward title probability strength freshness confidence hub lastConfirmedOn needsConsent synthetic
            evidence { kind source date } furtherEvidence { kind }
            from { name } to { name }
        }
        costMicronats probability likelihood warmth ask weakestLink { relation } stalestLink { relation }
    }
    noVerifiedPath { reason } alreadyThere { id } notices { code } searchLimit { reached proven } revision asOf
} }"#;

#[tokio::test]
async fn the_whole_answer() {
    let answer = World::new().await.team(QUESTION).await;
    insta::assert_json_snapshot!(answer["outreachPaths"]);
}

#[tokio::test]
async fn no_path_is_explained() {
    let answer = World::new()
        .await
        .team(
            r#"{ outreachPaths(question: {
            from: [{ team: true }]
            to: { organisations: { kind: [GP_PRACTICE], commissionedBy: { ref: "GB-NHS:99A" }, usesSoftware: ["SystmOne"] } }
        }) { paths { ask } noVerifiedPath { reason rules closestReached { name } suggestions redactions { field } } } }"#,
        )
        .await;
    let why = &answer["outreachPaths"]["noVerifiedPath"];
    assert_eq!(why["reason"], "NO_MATCHING_TARGET");
    assert_eq!((&why["rules"], &why["closestReached"], &why["redactions"]), (&json!([]), &json!(null), &json!([])));
}

#[tokio::test]
async fn a_closed_body_is_stood_in_for() {
    let answer = World::new()
        .await
        .team(
            r#"{ outreachPaths(question: { from: [{ ref: "GB-NHS:QRV" }], to: { nodes: [{ ref: "GB-NHS:Z9B2Z" }] } }) {
            alreadyThere { name } notices { code nodes { name } } noVerifiedPath { reason }
        } }"#,
        )
        .await;
    let answer = &answer["outreachPaths"];
    assert_eq!(answer["alreadyThere"], json!([{ "name": "An ICB that took over" }]));
    assert_eq!((&answer["notices"][0]["code"], &answer["noVerifiedPath"]), (&json!("SUCCESSOR_USED"), &json!(null)));
}

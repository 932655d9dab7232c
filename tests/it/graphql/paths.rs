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

const BY_A_NETWORK: &str = r#"{ outreachPaths(question: {
    from: [{ team: true }], to: { group: { ref: "group:homeless" } }, via: { types: [NETWORK] }
}) { paths { whyThisRank } withheld { reason atLeast } redactions { field reason } noVerifiedPath { reason } } }"#;

#[tokio::test]
async fn the_team_reads_how_many_ways_are_kept_back_and_a_partner_that_they_may_not() {
    let world = World::new().await;
    // Every way by a network leads through Omar, whom nobody has asked.
    let team = &world.team(BY_A_NETWORK).await["outreachPaths"];
    assert_eq!(team["withheld"], json!([{ "reason": "BLOCKED_BY_CONSENT", "atLeast": 2 }]));
    assert_eq!((&team["redactions"], &team["noVerifiedPath"]["reason"]), (&json!([]), &json!("BLOCKED_BY_CONSENT")));
    let partner = &world.partner(BY_A_NETWORK).await["outreachPaths"];
    assert_eq!(partner["withheld"], json!(null));
    assert_eq!(partner["redactions"], json!([{ "field": "withheld", "reason": "TEAM_ONLY" }]));
}

#[tokio::test]
async fn an_empty_via_asks_for_nothing() {
    let paths = |via: &str| {
        format!(
            "{{ outreachPaths(question: {{ from: [{{ team: true }}], to: {{ group: {{ ref: \"group:homeless\" }} }}, {via} }}) {{ \
             paths {{ nodes {{ id }} whyThisRank }} }} }}"
        )
    };
    let world = World::new().await;
    let plain = world.team(&paths("maxHops: 5")).await;
    assert!(plain["outreachPaths"]["paths"][0].is_object(), "{plain}");
    for empty in ["via: {}", "via: null", "via: { nodes: [], types: [], organisationKinds: [] }"] {
        assert_eq!(world.team(&paths(empty)).await, plain, "{empty}");
    }
}

//! Lists, search and counts.

use super::world::World;
use serde_json::json;

#[tokio::test]
async fn organisations_by_filter_and_order() {
    let answer = World::new()
        .await
        .team(
            r#"{ organisations(
            filter: { kind: [GP_PRACTICE], commissionedBy: { ref: "GB-NHS:99A" }, usesSoftware: ["EMIS"], listSize: { min: 2500 } }
            orderBy: { field: LIST_SIZE, direction: DESC }
        ) { totalCount redactions { field } nodes { odsCode listSize } } }"#,
        )
        .await;
    let nodes = json!([{ "odsCode": "N82002", "listSize": 4000 }, { "odsCode": "N82003", "listSize": 2900 }]);
    assert_eq!(answer["organisations"], json!({ "totalCount": 2, "redactions": [], "nodes": nodes }));
}

#[tokio::test]
async fn closed_ones_only_when_asked_for() {
    let answer = World::new()
        .await
        .team(
            r#"{
            today: organisations(filter: { kind: [ICB] }) { nodes { odsCode } }
            before: organisations(filter: { kind: [ICB], openAsOf: "2026-03-31" }) { nodes { odsCode } }
            ever: organisations(filter: { kind: [ICB], includeClosed: true }) { totalCount }
        }"#,
        )
        .await;
    let codes = |alias: &str| {
        answer[alias]["nodes"].as_array().unwrap().iter().map(|o| o["odsCode"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes("today"), ["QYG", "Z9B2Z"]);
    assert_eq!(codes("before"), ["QRV", "QYG"]);
    assert_eq!(answer["ever"]["totalCount"], 3);
}

#[tokio::test]
async fn counts_by_more_than_one_dimension() {
    let answer = World::new()
        .await
        .team(
            "{ organisationStats(filter: { kind: [GP_PRACTICE] }, groupBy: [SOFTWARE, DEPRIVATION_DECILE]) {
            keys { dimension ref name } count
        } }",
        )
        .await;
    let key = |software: &str, name: &str, decile: &str| {
        json!([
            { "dimension": "SOFTWARE", "ref": software, "name": name },
            { "dimension": "DEPRIVATION_DECILE", "ref": null, "name": decile },
        ])
    };
    let expected = json!([
        { "keys": key("software:emis-web", "EMIS Web", "1"), "count": 3 },
        { "keys": key("software:systmone", "SystmOne", "9"), "count": 1 },
    ]);
    assert_eq!(answer["organisationStats"], expected);
}

#[tokio::test]
async fn a_misspelt_name_is_found() {
    let answer = World::new()
        .await
        .team(r#"{ search(text: "Culchet Medcal Centre", types: [ORGANISATION]) { totalCount nodes { id ... on Organisation { name } } } }"#)
        .await;
    let culcheth = json!({ "id": "org:GB-NHS:N81059", "name": "Culcheth Medical Centre" });
    assert_eq!(answer["search"], json!({ "totalCount": 1, "nodes": [culcheth] }));
}

#[tokio::test]
async fn the_other_lists_and_their_filters() {
    let answer = World::new()
        .await
        .team(
            r#"{
            networks(filter: { formality: INFORMAL }) { nodes { name } }
            formal: networks(filter: { formality: FORMAL }) { totalCount }
            workingGroups { nodes { name purpose } }
            areas(filter: { parent: { ref: "E12:E12000002" }, scheme: "E08" }) { nodes { name } }
            underservedGroups(filter: { kind: PRACTICE, framework: "core20plus5" }) { nodes { name } }
            softwareProducts(filter: { supplier: "tpp" }) { nodes { name } }
            initiatives(filter: { text: "winter" }) { nodes { name } }
            populationSegments { nodes { name } }
            sources(first: 2) { totalCount nodes { name } pageInfo { hasNextPage } }
        }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer);
}

#[tokio::test]
async fn the_programme_and_who_is_asking() {
    let world = World::new().await;
    let query = "{
        me { role seesPeople }
        programme {
            countsByKind { kind count }
            countsByType { type count redactions { reason } }
            countsByWorkingGroup { workingGroup { name } members redactions { reason } }
            countsByCity { city { name } organisations }
        }
    }";
    insta::assert_json_snapshot!(world.partner(query).await);
    assert_eq!(world.team(query).await["me"], json!({ "role": "TEAM", "seesPeople": true }));
}

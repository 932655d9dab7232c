//! Relations carry what is known of them.

use super::world::World;
use serde_json::json;

#[tokio::test]
async fn the_edge_tells_the_role() {
    let answer = World::new()
        .await
        .team(
            r#"{ organisation(by: { charityNumber: "1110143" }) { people { totalCount edges {
            title validFrom validTo lastConfirmedOn strength mode inferred synthetic champion gatekeeper relation forward oneWay
            evidence { kind source date } node { name }
        } } } }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer["organisation"]["people"]);
}

#[tokio::test]
async fn what_is_over_is_left_out_unless_asked_for() {
    let answer = World::new()
        .await
        .team(
            r#"{ organisation(by: { charityNumber: "1110143" }) {
            now: people { nodes { name } }
            ever: people(includeEnded: true) { totalCount }
        } }"#,
        )
        .await;
    assert_eq!(answer["organisation"]["now"]["nodes"], json!([{ "name": "Nadia Secret" }]));
    assert_eq!(answer["organisation"]["ever"]["totalCount"], 2);
}

#[tokio::test]
async fn both_ends_tell_the_same() {
    let answer = World::new()
        .await
        .team(
            r#"{
            harbour: organisation(by: { charityNumber: "1110143" }) {
                networks { nodes { name } } serves { edges { mode node { name } } } funders { nodes { name } }
                areas { edges { relation node { name } } } hostedBy { nodes { __typename name } } initiatives { nodes { name } }
            }
            place: organisation(by: { odsCode: "99A" }) {
                commissions { totalCount } funds { nodes { name } } contacts { nodes { name } }
                networks { totalCount } workingGroups { edges { relation node { name } } }
                inGeographyOf { nodes { name } }
            }
            pcn: organisation(by: { odsCode: "U64639" }) { partners { nodes { name } } commissioners { nodes { name } } }
            nadia: individual(by: { ref: "team:nadia" }) {
                roles { edges { title node { name } } }
                knows { edges { forward oneWay node { name } } }
            }
            ruth: individual(by: { ref: "team:ruth" }) { knows { edges { forward oneWay node { name } } } }
            omar: individual(by: { ref: "team:omar" }) { networks { nodes { name } } serves { nodes { name } } }
            closed: organisation(by: { odsCode: "QRV" }) { validTo successors { edges { validFrom node { name } } } }
            open: organisation(by: { odsCode: "Z9B2Z" }) { predecessors { nodes { name validTo } } }
        }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer);
}

#[tokio::test]
async fn the_team_reads_what_a_person_shared() {
    let answer = World::new()
        .await
        .team(
            r#"{ individual(by: { ref: "team:nadia" }) {
            name team email phone languages livedExperience sources redactions { field }
            consents { purpose status lawfulBasis recordedOn expiresOn }
        } }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer["individual"]);
}

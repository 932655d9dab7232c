//! One thing by its name.

use super::world::World;
use serde_json::json;

#[tokio::test]
async fn an_organisation_by_any_of_its_names() {
    let world = World::new().await;
    let answer = world
        .team(
            r#"{
            a: organisation(by: { odsCode: "n81059" }) { name }
            b: organisation(by: { ref: "GB-NHS:N81059" }) { name }
            c: organisation(by: { id: "org:GB-NHS:N81059" }) { name }
            d: organisation(by: { charityNumber: "1110143" }) { name companyNumber charityNumber odsCode }
            e: organisation(by: { companyNumber: "6513429" }) { name }
        }"#,
        )
        .await;
    for alias in ["a", "b", "c"] {
        assert_eq!(answer[alias]["name"], "Culcheth Medical Centre");
    }
    let harbour =
        json!({ "name": "Harbour Drop-in", "companyNumber": "06513429", "charityNumber": "1110143", "odsCode": null });
    assert_eq!((&answer["d"], &answer["e"]["name"]), (&harbour, &json!("Harbour Drop-in")));
}

#[tokio::test]
async fn a_name_that_nobody_has_is_null() {
    let answer = World::new()
        .await
        .team(
            r#"{
            a: organisation(by: { odsCode: "X99999" }) { id }
            b: organisation(by: { id: "org:nobody" }) { id }
            c: node(id: "nothing") { id }
            d: area(by: { code: { scheme: "E08", code: "E08999999" } }) { id }
            e: underservedGroup(by: { ref: "group:nobody" }) { id }
        }"#,
        )
        .await;
    assert_eq!(answer, json!({ "a": null, "b": null, "c": null, "d": null, "e": null }));
}

#[tokio::test]
async fn several_keys_keep_their_order_and_their_gaps() {
    let answer = World::new()
        .await
        .team(r#"{ nodes(ids: ["ind:02", "nobody", "area:E08:E08000012", "ind:02"]) { __typename id } }"#)
        .await;
    let person = json!({ "__typename": "Individual", "id": "ind:02" });
    let area = json!({ "__typename": "Area", "id": "area:E08:E08000012" });
    assert_eq!(answer["nodes"], json!([person, null, area, person]));
}

#[tokio::test]
async fn all_that_is_known_of_a_practice() {
    let answer = World::new()
        .await
        .team(
            r#"{ organisation(by: { odsCode: "N81059" }) {
            ref name kind rural listSize deprivationDecile validFrom validTo synthetic updatedAt redactions { field }
            identifiers { scheme value } doNotApproach { from until reason }
        } }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer["organisation"]);
}

#[tokio::test]
async fn areas_groups_and_the_rest() {
    let answer = World::new()
        .await
        .team(
            r#"{
            area(by: { ref: "E08:E08000012" }) {
                scheme code parents { name } organisations(first: 2) { totalCount nodes { name } }
                locatedHere { totalCount }
            }
            northWest: area(by: { ref: "E12:E12000002" }) { children { nodes { name } } organisations { totalCount } }
            underservedGroup(by: { ref: "group:homeless" }) {
                kind framework children { nodes { name } } sameAs { name } members practices { totalCount }
                servedBy { edges { mode node { __typename name } } }
            }
            small: underservedGroup(by: { ref: "group:small-practices" }) { members practices { nodes { odsCode } } }
            softwareProduct(by: { ref: "software:systmone" }) { supplier users { nodes { name } } }
            network(by: { ref: "network:street" }) { formality purpose members { nodes { name } } }
            workingGroup(by: { ref: "network:insights" }) { formality convenors { nodes { name } } }
            initiative(by: { ref: "initiative:winter" }) { kind organisations { edges { relation node { name } } } }
            populationSegment(by: { ref: "segment:diabetes" }) { description }
        }"#,
        )
        .await;
    insta::assert_json_snapshot!(answer);
}

//! Organisations: adding and changing them.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const ORGANISATION: &str =
    "organisation { id ref refs name aliases kind sector nation postcode website validFrom validTo
    listSize deprivationDecile rural synthetic sources identifiers { scheme value }
    areas { edges { relation validFrom lastConfirmedOn evidence { kind source date } node { ref } } } }";

pub fn advice_centre() -> Value {
    json!({
        "ref": "GB-CHC:1234567", "refs": ["GB-COH:07654321"], "name": "  <b>Toxteth</b> Advice & Co ",
        "aliases": ["TAC"], "kind": "VCFSE", "sector": "VOLUNTARY_AND_COMMUNITY", "nation": "ENGLAND",
        "area": { "ref": "E08:E08000012" }, "postcode": "l80td", "website": "https://tac.example.org",
        "email": "hello@tac.example.org", "phone": "0151 496 0000", "validFrom": "2010-04-01",
        "listSize": 0, "deprivationDecile": 1, "rural": false, "source": "visit of 30 May"
    })
}

#[tokio::test]
async fn a_new_organisation_is_there_for_the_next_question() {
    let desk = Desk::new().await;
    let payload = desk.done(Role::Team, "organisationCreate", advice_centre(), ORGANISATION).await;
    insta::assert_json_snapshot!(payload);
    let found = desk
        .team(r#"{ search(text: "toxteth") { nodes { id } } organisation(by: { companyNumber: "7654321" }) { id } sources { nodes { name } } }"#)
        .await;
    assert_eq!(found["search"]["nodes"], json!([{ "id": "org:GB-CHC:1234567" }]));
    assert_eq!(found["organisation"]["id"], "org:GB-CHC:1234567");
    assert!(found["sources"]["nodes"].as_array().unwrap().contains(&json!({ "name": "visit of 30 May" })));
}

#[tokio::test]
async fn without_a_ref_it_gets_one_of_ours() {
    let desk = Desk::new().await;
    let input = json!({ "name": "Knitters", "kind": "VCFSE", "source": "a call" });
    let payload = desk.done(Role::Team, "organisationCreate", input, "organisation { id ref }").await;
    let reference = payload["organisation"]["ref"].as_str().unwrap();
    assert!(reference.len() == "team:".len() + 16 && reference.starts_with("team:"), "{reference}");
    assert_eq!(payload["organisation"]["id"], format!("org:{reference}"));
    // Of several refs the best makes the key, as when imported.
    let input =
        json!({ "name": "Weavers", "kind": "VCFSE", "source": "a call", "refs": ["GB-COH:00000001", "GB-CHC:9"] });
    let payload = desk.done(Role::Team, "organisationCreate", input, "organisation { id }").await;
    assert_eq!(payload["organisation"]["id"], "org:GB-CHC:9");
}

#[tokio::test]
async fn an_update_changes_what_it_names_and_nothing_else() {
    let desk = Desk::new().await;
    desk.done(Role::Team, "organisationCreate", advice_centre(), "").await;
    let input = json!({
        "organisation": { "charityNumber": "1234567" }, "name": "Toxteth Advice", "postcode": null, "aliases": null,
        "deprivationDecile": 2, "rural": null, "validTo": "2030-01-01", "source": "their annual report"
    });
    let payload = desk.done(Role::Team, "organisationUpdate", input.clone(), ORGANISATION).await;
    insta::assert_json_snapshot!(payload);
    // The same again is no change, and makes no revision.
    let again = desk.done(Role::Team, "organisationUpdate", input, ORGANISATION).await;
    assert_eq!(again, payload);
    assert_eq!(desk.revision().await, 3);
}

#[tokio::test]
async fn refs_are_replaced_as_a_list_and_found_by() {
    let desk = Desk::new().await;
    let input = json!({ "organisation": { "ref": "GB-CHC:1110143" }, "refs": ["GB-COH:06513429", "GB-UKPRN:1"] });
    let payload = desk.done(Role::Team, "organisationUpdate", input, "organisation { id refs }").await;
    assert_eq!(
        payload["organisation"],
        json!({ "id": "org:GB-CHC:1110143", "refs": ["GB-COH:06513429", "GB-UKPRN:1"] })
    );
    let found = desk.team(r#"{ old: organisation(by: { charityNumber: "1110143" }) { id } new: organisation(by: { ref: "GB-UKPRN:1" }) { id } }"#).await;
    assert_eq!((&found["old"], &found["new"]["id"]), (&Value::Null, &json!("org:GB-CHC:1110143")));
    // The key stays taken, though the ref that made it is free.
    let input = json!({ "ref": "GB-CHC:1110143", "name": "Another", "kind": "VCFSE", "source": "a call" });
    let (path, code, words) = desk.refused_once(Role::Team, "organisationCreate", input).await;
    assert_eq!((path.as_str(), code.as_str()), ("ref", "CONFLICT"));
    assert!(words.contains("org:GB-CHC:1110143"), "{words}");
}

#[tokio::test]
async fn a_thing_that_moves_leaves_where_it_was() {
    let desk = Desk::new().await;
    let areas = "organisation { areas(includeEnded: true) { edges { validFrom validTo node { ref } } } }";
    let to = |area: Value| json!({ "organisation": { "odsCode": "N81059" }, "area": area, "source": "a call" });
    // The North West contains Warrington, where it is already: both are true.
    let payload = desk.done(Role::Team, "organisationUpdate", to(json!({ "ref": "E12:E12000002" })), areas).await;
    let mut edges = payload["organisation"]["areas"]["edges"].as_array().unwrap().clone();
    edges.sort_by_key(ToString::to_string);
    let open = |area: &str| json!({ "validFrom": null, "validTo": null, "node": { "ref": area } });
    assert_eq!(edges, [open("E06:E06000007"), open("E12:E12000002")]);
    let payload = desk.done(Role::Team, "organisationUpdate", to(json!({ "ref": "E08:E08000012" })), areas).await;
    let edges = payload["organisation"]["areas"]["edges"].as_array().unwrap();
    let ended = json!({ "validFrom": null, "validTo": "2026-06-01", "node": { "ref": "E06:E06000007" } });
    let moved = json!({ "validFrom": "2026-06-01", "validTo": null, "node": { "ref": "E08:E08000012" } });
    assert!(edges.contains(&ended) && edges.contains(&moved) && edges.contains(&open("E12:E12000002")), "{edges:?}");
    // Back again, and it had been there before: from today.
    let payload = desk.done(Role::Team, "organisationUpdate", to(json!({ "ref": "E06:E06000007" })), areas).await;
    let edges = payload["organisation"]["areas"]["edges"].as_array().unwrap();
    let back = json!({ "validFrom": "2026-06-01", "validTo": null, "node": { "ref": "E06:E06000007" } });
    assert!(edges.contains(&back) && edges.contains(&ended) && !edges.contains(&moved), "{edges:?}");
    let payload =
        desk.done(Role::Team, "organisationUpdate", to(Value::Null), "organisation { areas { totalCount } }").await;
    assert_eq!(payload["organisation"]["areas"]["totalCount"], 0);
}

#[tokio::test]
async fn mutations_of_one_request_see_each_other() {
    let desk = Desk::new().await;
    let data = desk
        .ask(
            Role::Team,
            r#"mutation {
                one: organisationCreate(input: { ref: "GB-CHC:5", name: "Five", kind: VCFSE, source: "a call", website: "five.example.org" }) {
                    organisation { id website } revision
                }
                two: relationRecord(input: {
                    kind: PARTNERS_WITH, from: { ref: "GB-CHC:5" }, to: { ref: "GB-CHC:1110143" }
                    evidence: { kind: FIRST_HAND, source: "a call" }
                }) { relation { to { id ... on Organisation { partners { nodes { name website } } } } } revision }
            }"#,
        )
        .await;
    assert_eq!((&data["one"]["revision"], &data["two"]["revision"]), (&json!(2), &json!(3)));
    let partners = &data["two"]["relation"]["to"]["partners"]["nodes"];
    assert_eq!(partners, &json!([{ "name": "Five", "website": "five.example.org" }]));
}

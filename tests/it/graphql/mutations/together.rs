//! Several people writing at the same moment, through one server and through two.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};
use std::sync::Arc;

/// Each of them changes something else about one organisation.
fn twenty_changes() -> Vec<Value> {
    let fields = [
        ("name", json!("Harbour")),
        ("sector", json!("VOLUNTARY_AND_COMMUNITY")),
        ("nation", json!("ENGLAND")),
        ("kind", json!("CVS")),
        ("postcode", json!("L1 1AA")),
        ("website", json!("harbour.example.org")),
        ("email", json!("a@example.org")),
        ("phone", json!("0151 496 0000")),
        ("validFrom", json!("2001-01-01")),
        ("validTo", json!("2031-01-01")),
        ("listSize", json!(5)),
        ("deprivationDecile", json!(1)),
        ("rural", json!(false)),
        ("synthetic", json!(true)),
        ("aliases", json!(["Drop-in"])),
        ("refs", json!(["GB-CHC:1110143"])),
        ("source", json!("one")),
        ("source", json!("two")),
        ("source", json!("three")),
        ("source", json!("four")),
    ];
    let input = |(field, value): (&str, Value)| json!({ "organisation": { "id": "org:GB-CHC:1110143" }, field: value });
    fields.into_iter().map(input).collect()
}

const AFTER: &str = r#"{ node(id: "org:GB-CHC:1110143") { ... on Organisation {
    name sector nation kind postcode website email phone validFrom validTo listSize deprivationDecile rural synthetic
    aliases refs sources } } }"#;

async fn write_together(desk: Arc<Desk>, servers: usize) -> Vec<Value> {
    let mut neighbours = Vec::new();
    for _ in 1..servers {
        neighbours.push(Arc::new(desk.neighbour().await));
    }
    let writers = twenty_changes().into_iter().enumerate().map(|(place, input)| {
        let (desk, neighbour) = (Arc::clone(&desk), neighbours.get(place % servers.max(1)).cloned());
        tokio::spawn(async move {
            match neighbour {
                Some(server) => server.mutate(Role::Team, "organisationUpdate", input, "organisation { id }").await,
                None => desk.mutate(Role::Team, "organisationUpdate", input, "organisation { id }").await,
            }
        })
    });
    futures_util::future::join_all(writers).await.into_iter().map(|answer| answer.unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_changes_of_one_organisation_lose_nothing() {
    let desk = Arc::new(Desk::new().await);
    let answers = write_together(Arc::clone(&desk), 1).await;
    assert!(answers.iter().all(|answer| answer["userErrors"] == json!([])), "{answers:?}");
    assert_eq!(desk.revision().await, 21);
    let mut after = desk.team(AFTER).await["node"].clone();
    after["sources"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
    insta::assert_json_snapshot!(after);
}

/// Two servers do not wait for each other: whoever was overtaken looks again. Nothing is lost; who never got through is
/// told that nothing was done.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_lose_nothing_either() {
    let desk = Arc::new(Desk::new().await);
    let answers = write_together(Arc::clone(&desk), 2).await;
    let done = answers.iter().filter(|answer| answer["userErrors"] == json!([])).count();
    assert_eq!(desk.revision().await, 1 + done as u64);
    let refused = answers.iter().filter(|answer| answer["userErrors"] != json!([]));
    assert!(refused.clone().all(|answer| answer["userErrors"][0]["code"] == "CONFLICT"), "{answers:?}");
    let after = desk.neighbour().await.run(Role::Team, AFTER.into()).await.data.into_json().unwrap();
    for (input, answer) in twenty_changes().iter().zip(&answers).filter(|(_, answer)| answer["userErrors"] == json!([]))
    {
        for (field, value) in input.as_object().unwrap().iter().filter(|(field, _)| *field != "organisation") {
            let node = &after["node"];
            let there = if field == "source" {
                node["sources"].as_array().unwrap().contains(value)
            } else {
                node[field] == *value
            };
            assert!(there, "{field} of {answer}: {node}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_ref_is_given_once() {
    let desk = Arc::new(Desk::new().await);
    let neighbour = Arc::new(desk.neighbour().await);
    let input = || json!({ "ref": "GB-CHC:77", "name": "Twins", "kind": "VCFSE", "source": "a call" });
    let writers = (0..10).map(|place| {
        let (desk, neighbour) = (Arc::clone(&desk), Arc::clone(&neighbour));
        tokio::spawn(async move {
            if place % 2 == 0 {
                desk.mutate(Role::Team, "organisationCreate", input(), "").await
            } else {
                neighbour.mutate(Role::Team, "organisationCreate", input(), "").await
            }
        })
    });
    let answers: Vec<Value> =
        futures_util::future::join_all(writers).await.into_iter().map(|answer| answer.unwrap()).collect();
    let made = answers.iter().filter(|answer| answer["userErrors"] == json!([])).count();
    assert_eq!((made, desk.revision().await), (1, 2), "{answers:?}");
    let refused = answers.iter().filter(|answer| answer["userErrors"] != json!([]));
    for answer in refused {
        let error = &answer["userErrors"][0];
        assert_eq!((&error["code"], &error["path"]), (&json!("CONFLICT"), &json!(["input", "ref"])), "{answer}");
    }
}

/// A relation to somebody who is merged at that very moment ends up at whom they were merged into.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_relation_is_left_at_a_merged_record() {
    let desk = Arc::new(Desk::new().await);
    let neighbour = Arc::new(desk.neighbour().await);
    let merge = json!({ "duplicate": { "id": "org:GB-NHS:N82001" }, "into": { "id": "org:GB-NHS:N82002" } });
    let member = |place: usize| {
        json!({
            "kind": "PARTNERS_WITH", "from": { "id": "org:GB-NHS:N82001" }, "to": { "ref": "GB-CHC:1110143" },
            "title": format!("project {place}"), "evidence": { "kind": "FIRST_HAND", "source": "a call" }
        })
    };
    let records = (0..8).map(|place| {
        let desk = Arc::clone(&desk);
        tokio::spawn(async move { desk.mutate(Role::Team, "relationRecord", member(place), "relation { id }").await })
    });
    let records: Vec<_> = records.collect();
    let merged = neighbour.mutate(Role::Steward, "organisationMerge", merge.clone(), "").await;
    let answers: Vec<Value> =
        futures_util::future::join_all(records).await.into_iter().map(|answer| answer.unwrap()).collect();
    assert!(answers.iter().all(|answer| answer["userErrors"] == json!([])), "{answers:?}");
    // Whoever merges again moves what came in between.
    assert_eq!(merged["userErrors"], json!([]));
    desk.done(Role::Steward, "organisationMerge", merge, "").await;
    let contents = desk.contents().await;
    let left =
        contents.values().filter(|thing| thing["from"] == "org:GB-NHS:N82001" || thing["to"] == "org:GB-NHS:N82001");
    assert_eq!(left.count(), 0);
    let moved =
        contents.values().filter(|thing| thing["from"] == "org:GB-NHS:N82002" && thing["kind"] == "PARTNERS_WITH");
    assert_eq!(moved.count(), 8);
}

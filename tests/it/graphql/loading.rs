//! How often the store is asked: never for what the snapshot has; for the rest once, however many levels want it, since
//! no level has to wait for another: who is joined to whom is in the snapshot.

use super::world::{World, member_of_liverpool, store};

async fn with_practices(count: u32) -> World {
    let mut store = store();
    for number in 0..count {
        member_of_liverpool(&mut store, &format!("P{number:05}"), 1_000);
    }
    World::of(store).await
}

#[tokio::test]
async fn what_the_snapshot_has_is_not_asked_of_the_store() {
    let world = with_practices(50).await;
    world
        .team(
            r#"{ organisations(first: 100) { totalCount nodes { name listSize software { edges { validFrom node { name } } } } }
            search(text: "practice") { nodes { id } } programme { countsByKind { count } }
            individuals { nodes { name roles { edges { title node { name } } } } } }"#,
        )
        .await;
    assert_eq!(world.store.calls(), (vec![], vec![]));
}

const LEVELS: &str = "{ organisations(first: 100, filter: { kind: [GP_PRACTICE] }) { nodes {
    website postcode sources
    commissioners(first: 2) { edges {
        evidence { kind }
        node { website funds(first: 2) { edges { evidence { kind } node { website } } } }
    } }
    software(first: 2) { edges { evidence { source } } }
} } }";

#[tokio::test]
async fn one_call_for_all_levels() {
    let world = with_practices(50).await;
    world.team(LEVELS).await;
    let (details, evidence) = world.store.calls();
    // 54 practices, their one commissioner, and the one body it funds.
    assert_eq!(details, [54 + 1 + 1]);
    // One commissioner and one system for each practice but Culcheth, which has no commissioner; and the one funding.
    assert_eq!(evidence, [53 + 54 + 1]);
}

/// As it is when served: a request is a task, and any thread may take it up where it left off.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_call_for_all_levels_whatever_the_threads() {
    let world = std::sync::Arc::new(with_practices(50).await);
    for _ in 0..20 {
        let before = world.store.calls();
        let asked = std::sync::Arc::clone(&world);
        tokio::spawn(async move { asked.team(LEVELS).await }).await.unwrap();
        let after = world.store.calls();
        assert_eq!((after.0.len() - before.0.len(), after.1.len() - before.1.len()), (1, 1));
    }
}

#[tokio::test]
async fn the_same_thing_twice_is_loaded_once() {
    let world = with_practices(1).await;
    world
        .team(
            r#"{ a: organisation(by: { odsCode: "P00000" }) { website }
            b: organisations(first: 100) { nodes { website } }
            c: organisation(by: { odsCode: "99A" }) { commissions { nodes { website } } } }"#,
        )
        .await;
    let (details, _) = world.store.calls();
    assert_eq!(details.len(), 1, "{details:?}");
}

#[tokio::test]
async fn a_call_names_at_most_a_thousand_keys() {
    let world = with_practices(1_500).await;
    let pages: Vec<String> = (0..12)
        .map(|page| {
            let from = page * 100;
            format!("p{page}: nodes(ids: [{}]) {{ ... on Organisation {{ website }} }}", ids(from, from + 100))
        })
        .collect();
    world.team(&format!("{{ {} }}", pages.join("\n"))).await;
    assert_eq!(world.store.calls().0, [1_000, 200]);
}

fn ids(from: u32, to: u32) -> String {
    (from..to).map(|number| format!("\"org:GB-NHS:P{number:05}\"")).collect::<Vec<_>>().join(", ")
}

#[tokio::test]
async fn the_evidence_of_all_paths_is_one_call() {
    let world = with_practices(0).await;
    world
        .team(
            r#"{ outreachPaths(question: { from: [{ team: true }], to: { group: { ref: "group:homeless" } } }) {
            paths { hops { evidence { kind } furtherEvidence { kind } } weakestLink { evidence { kind } } }
        } }"#,
        )
        .await;
    assert_eq!(world.store.calls().1.len(), 1);
}

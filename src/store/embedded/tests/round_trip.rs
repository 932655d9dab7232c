//! What is committed is what is read, for every type and field, now and after the file is opened again.

use super::worlds::{World, at, practice, put, role, set, world};
use super::{EmbeddedStore, Home};
use crate::model::{Change, ChangeSet, NodeId, RelationId, RelationRecord};
use crate::store::GraphStore as _;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Everything the store gives back equals what the world says; of relations of one identity the last counts.
async fn assert_holds(store: &EmbeddedStore, world: &World) {
    let graph = store.load().await.unwrap();
    let nodes: BTreeMap<_, _> = world.nodes.iter().map(|record| (&record.node.id, &record.node)).collect();
    assert_eq!(
        graph.nodes.iter().map(|stored| &stored.node).collect::<Vec<_>>(),
        nodes.into_values().collect::<Vec<_>>()
    );
    let relations: BTreeMap<_, &RelationRecord> =
        world.relations.iter().map(|record| (&record.relation.id, record)).collect();
    for relation in &graph.relations {
        if let Some(expected) = relations.get(&relation.id) {
            assert_eq!(relation, &expected.relation);
        }
    }
    for source in &world.sources {
        assert!(graph.sources.contains(source));
    }

    let ids: Vec<NodeId> = world.nodes.iter().map(|record| record.node.id.clone()).collect();
    let details = store.hydrate(&ids).await.unwrap();
    for record in &world.nodes {
        assert_eq!(details[&record.node.id], record.details);
    }
    let ids: Vec<RelationId> = relations.keys().map(|id| (*id).clone()).collect();
    let evidence = store.evidence(&ids).await.unwrap();
    assert_eq!(evidence.len(), relations.len());
    for (id, record) in relations {
        assert_eq!(evidence[id].evidence, record.evidence);
        assert_eq!(evidence[id].note, record.note);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_type_and_field_survives_creation_update_and_reopening(first in world(), second in world()) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let home = Home::with(set("first", first.changes())).await;
            assert_holds(&home.store, &first).await;

            home.store.commit(set("second", second.changes())).await.unwrap();
            assert_holds(&home.store, &second).await;

            // Saying the same again is a revision that changes nothing.
            home.store.commit(set("again", second.changes())).await.unwrap();
            let log = home.store.changes_since(crate::model::Revision(2), 10).await.unwrap();
            assert_eq!((log.len(), log[0].changes.len()), (1, 0));

            let Home { folder, store } = home;
            let path = store.path().to_owned();
            drop(store);
            let store = EmbeddedStore::open(&path).await.unwrap();
            assert_holds(&store, &second).await;
            assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
            drop(folder);
        });
    }
}

#[tokio::test]
async fn a_node_says_when_it_was_last_touched_and_a_put_that_changes_nothing_does_not_touch() {
    let home = Home::with(set("1", vec![put(&practice("org:a")), put(&practice("org:b"))])).await;
    let mut renamed = practice("org:b");
    renamed.node.name = "Renamed".to_owned();
    let later = at("2026-03-02T10:11:12.123456789Z");
    let changes = vec![put(&practice("org:a")), put(&renamed)];
    home.store.commit(ChangeSet { at: later, ..set("2", changes) }).await.unwrap();

    let graph = home.store.load().await.unwrap();
    let touched: Vec<_> = graph.nodes.iter().map(|stored| stored.updated_at).collect();
    assert_eq!(touched, [at("2026-03-01T09:00:00Z"), later]);
}

#[tokio::test]
async fn lookups_take_thousands_of_keys_and_leave_out_the_unknown_and_the_repeated() {
    let hub = practice("org:hub");
    let mut changes = vec![put(&hub)];
    let mut relations = Vec::new();
    for n in 0..1_500 {
        let mut spoke = practice(&format!("org:{n}"));
        spoke.details.postcode = Some(format!("L{n}"));
        changes.push(put(&spoke));
        let relation = role(&format!("org:{n}"), "org:hub", "Lead", "register");
        relations.push(relation.relation.id.clone());
        changes.push(Change::PutRelation(relation));
    }
    let home = Home::with(set("1", changes)).await;

    let mut ids: Vec<NodeId> = (0..1_502).map(|n| NodeId::known(format!("org:{n}"))).collect();
    ids.extend_from_within(..10);
    let details = home.store.hydrate(&ids).await.unwrap();
    assert_eq!(details.len(), 1_500);
    assert_eq!(details[&NodeId::known("org:1499")].postcode.as_deref(), Some("L1499"));

    relations.push(RelationId::known("rel:unknown"));
    relations.extend_from_within(..10);
    let evidence = home.store.evidence(&relations).await.unwrap();
    assert_eq!(evidence.len(), 1_500);
    assert!(evidence.values().all(|details| details.evidence.len() == 1));
    assert!(home.store.hydrate(&[]).await.unwrap().is_empty());
}

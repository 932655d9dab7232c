//! Change sets: whole, once, and in whatever order they say what they say.

use crate::build::*;
use crate::ground::{Ground, for_all, node, pieces, state};
use crate::worlds::{World, world};
use inroads::model::{Change, ChangeSet, Revision};
use inroads::store::{Committed, Happened, Piece};
use proptest::prelude::*;

pub async fn a_retry_is_applied_once(ground: &dyn Ground) {
    let store = ground.empty().await;
    let asked = |request: Option<&str>| ChangeSet {
        request: request.map(str::to_owned),
        ..set("1", vec![put(&practice("org:a"))])
    };
    let first = Committed { revision: Revision(1), repeated: false, request: Some("digest".to_owned()) };
    assert_eq!(store.commit(asked(Some("digest"))).await.unwrap(), first);
    store.commit(set("2", vec![put(&named(practice("org:a"), "Renamed"))])).await.unwrap();

    // It answers what was committed, whoever asks, whatever is asked now and whatever it expects.
    let again = Committed { repeated: true, ..first };
    for store in [store, ground.again().await] {
        assert_eq!(store.commit(asked(Some("digest"))).await.unwrap(), again);
        assert_eq!(store.commit(asked(None)).await.unwrap(), again);
        assert_eq!(store.commit(expecting("1", "org:a", 0, vec![])).await.unwrap(), again);
        assert_eq!(store.committed("1").await.unwrap(), Some(again.clone()));
        assert_eq!(store.committed("2").await.unwrap().unwrap().request, None);
        assert_eq!(store.committed("3").await.unwrap(), None);
        assert_eq!(store.health().await.unwrap().revision, Revision(2));
        assert_eq!(node(&store, "org:a").await.unwrap().node.name, "Renamed");
    }
}

pub async fn saying_the_same_again_changes_nothing(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("ind:a", "org:a", "Lead", "register");
    let told = vec![put(&person("ind:a")), put(&practice("org:a")), link(&lead), Change::PutSource(source("register"))];
    store.commit(set("1", told.clone())).await.unwrap();
    let before = state(&store).await;
    store.commit(ChangeSet { at: at("2026-04-01T00:00:00Z"), ..set("2", told) }).await.unwrap();
    store.commit(set("3", vec![])).await.unwrap();

    let after = state(&store).await;
    assert_eq!((after.revision, &after.nodes, &after.relations), (Revision(3), &before.nodes, &before.relations));
    let log = store.changes_since(Revision(1), 10).await.unwrap();
    assert_eq!(log.iter().map(|entry| (entry.revision.0, entry.changes.len())).collect::<Vec<_>>(), [(2, 0), (3, 0)]);
}

pub async fn of_several_statements_the_last_counts(ground: &dyn Ground) {
    let store = ground.empty().await;
    let last = named(practice("org:a"), "The last word");
    store.commit(set("1", vec![put(&practice("org:a")), put(&last)])).await.unwrap();
    assert_eq!(node(&store, "org:a").await, Some(last));
    assert_eq!(store.changes_since(Revision(0), 10).await.unwrap()[0].changes.len(), 1);
}

pub async fn a_set_may_remove_what_it_puts_again(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("org:b", "org:a", "Lead", "register");
    let old = with_ref(practice("org:a"), "GB-NHS:N1");
    store.commit(set("1", vec![put(&old), put(&practice("org:b")), link(&lead)])).await.unwrap();
    let fresh = with_ref(named(practice("org:a"), "A new start"), "GB-NHS:N1");
    // Removing comes first, whatever the order.
    store.commit(set("2", vec![put(&fresh), link(&lead), remove("org:a"), unlink(&lead)])).await.unwrap();

    let state = state(&store).await;
    assert_eq!(state.nodes[&id("org:a")].0, fresh);
    assert_eq!(state.relations[&lead.relation.id], lead);
    let told: Vec<_> = store.changes_since(Revision(1), 1).await.unwrap().remove(0).changes;
    let told: Vec<_> = told.iter().map(|change| (change.id.as_str(), change.how)).collect();
    let relation = lead.relation.id.as_str();
    assert_eq!(
        told,
        [
            (relation, Happened::Removed),
            ("org:a", Happened::Removed),
            ("org:a", Happened::Created),
            (relation, Happened::Created)
        ]
    );
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

pub async fn removing_what_is_not_there_changes_nothing(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    let lead = role("org:b", "org:a", "Lead", "register");
    store.commit(set("2", vec![remove("org:b"), unlink(&lead), erase("ind:a")])).await.unwrap();
    assert_eq!(state(&store).await.nodes.len(), 1);
    assert_eq!(store.changes_since(Revision(1), 1).await.unwrap()[0].changes, []);
}

pub async fn a_ref_may_pass_from_one_node_to_another(ground: &dyn Ground) {
    let owner = |id: &str| with_ref(practice(id), "GB-NHS:N1");
    let bare = practice;
    // In either order, from one that stays and from one that goes.
    let ways: [Vec<Change>; 4] = [
        vec![put(&owner("org:b")), put(&bare("org:a"))],
        vec![put(&bare("org:a")), put(&owner("org:b"))],
        vec![put(&owner("org:b")), remove("org:a")],
        vec![remove("org:a"), put(&owner("org:b"))],
    ];
    for way in ways {
        let store = ground.empty().await;
        store.commit(set("1", vec![put(&owner("org:a")), put(&bare("org:b"))])).await.unwrap();
        store.commit(set("2", way)).await.unwrap();
        assert_eq!(node(&store, "org:b").await, Some(owner("org:b")));
        assert_ne!(node(&store, "org:a").await, Some(owner("org:a")));
        // And two may swap.
        let other = with_ref(practice("org:c"), "GB-NHS:N2");
        store.commit(set("3", vec![put(&other)])).await.unwrap();
        let swapped = vec![put(&owner("org:c")), put(&with_ref(practice("org:b"), "GB-NHS:N2"))];
        store.commit(set("4", swapped)).await.unwrap();
        assert_eq!(node(&store, "org:c").await, Some(owner("org:c")));
    }
}

pub async fn an_area_and_its_body_may_share_a_ref(ground: &dyn Ground) {
    let store = ground.empty().await;
    let body = with_ref(practice("org:S08"), "S08:S08000031");
    let land = with_ref(area("area:S08"), "S08:S08000031");
    store.commit(set("1", vec![put(&body), put(&land)])).await.unwrap();
    assert_eq!(node(&store, "org:S08").await, Some(body));
    assert_eq!(node(&store, "area:S08").await, Some(land));
}

/// The log numbers changes as the set says them; all else is the same.
fn but_for_the_log(pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.into_iter().filter(|piece| !matches!(piece, Piece::Change(_) | Piece::PersonalChange(_))).collect()
}

pub async fn the_order_of_statements_decides_nothing(ground: &dyn Ground) {
    let shuffled = (world(), world()).prop_flat_map(|(first, second): (World, World)| {
        // Of two relations of one identity the later counts, so only one stays.
        let mut seen = std::collections::HashSet::new();
        let mut changes = second.changes();
        changes.retain(|change| match change {
            Change::PutRelation(record) => seen.insert(record.relation.id.clone()),
            _ => true,
        });
        (Just(first), Just(changes.clone()), Just(changes).prop_shuffle())
    });
    for_all(ground.samples() / 2, shuffled, async |(first, told, shuffled)| {
        let mut outcomes = Vec::new();
        for order in [told, shuffled] {
            let store = ground.empty().await;
            store.commit(set("1", first.changes())).await.unwrap();
            store.commit(set("2", order)).await.unwrap();
            outcomes.push(but_for_the_log(pieces(&store).await));
        }
        assert_eq!(outcomes[0], outcomes[1]);
    });
}

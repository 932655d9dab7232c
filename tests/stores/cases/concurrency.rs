//! Writers at once, in one process and in two.

use crate::build::*;
use crate::ground::{Ground, Store, node, state};
use inroads::model::{NodeId, Revision};
use inroads::store::{PastOf, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const TASKS: usize = 8;
const SETS: usize = 100;

/// Commits every eighth set, reading in between, and says which revision each got.
async fn commit_some(store: Store, task: usize) -> Vec<(u64, String)> {
    let mut got = Vec::new();
    for n in (task..SETS).step_by(TASKS) {
        // One of its own, and one that all fight over.
        let changes = vec![put(&practice(&format!("org:{n:03}"))), put(&named(practice("org:hub"), &format!("{n}")))];
        let committed = store.commit(set(&format!("set {n}"), changes)).await.unwrap();
        assert!(!committed.repeated);
        got.push((committed.revision.0, format!("org:{n:03}")));
        if n % 5 == 0 {
            let graph = store.load().await.unwrap();
            assert_eq!(graph.nodes.len() as u64, graph.revision.0 + 1, "a load is of one revision");
        }
    }
    got
}

pub async fn a_hundred_sets_from_eight_tasks(ground: &dyn Ground) {
    let store = ground.empty().await;
    let other = ground.again().await;
    let tasks: Vec<_> = (0..TASKS)
        .map(|task| tokio::spawn(commit_some(Arc::clone(if task % 2 == 0 { &store } else { &other }), task)))
        .collect();
    let mut told = BTreeMap::new();
    for task in tasks {
        let got = task.await.unwrap();
        assert!(got.is_sorted(), "of one task's sets the later has the later revision");
        told.extend(got);
    }
    assert_eq!(told.keys().copied().collect::<Vec<_>>(), (1..=SETS as u64).collect::<Vec<_>>(), "without gaps");

    // The log is in the order of commits: each entry tells of the set that got its revision, and the last one stands.
    let log = store.changes_since(Revision(0), SETS).await.unwrap();
    assert_eq!(log.len(), SETS);
    for entry in &log {
        assert_eq!(entry.changes[0].id, told[&entry.revision.0]);
        assert_eq!(entry.changes.len(), 2);
    }
    let hub = node(&store, "org:hub").await.unwrap();
    assert_eq!(format!("org:{:0>3}", hub.node.name), told[&(SETS as u64)]);
    assert_eq!(state(&other).await, state(&store).await);
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

pub async fn of_those_who_expect_the_same_one_wins(ground: &dyn Ground) {
    let store = ground.empty().await;
    let other = ground.again().await;
    store.commit(set("0", vec![put(&practice("org:a"))])).await.unwrap();
    for round in 1..=5_u64 {
        let tasks: Vec<_> = (0..TASKS)
            .map(|task| {
                let store = Arc::clone(if task % 2 == 0 { &store } else { &other });
                let change = put(&named(practice("org:a"), &format!("{round}-{task}")));
                let set = expecting(&format!("{round}-{task}"), "org:a", round, vec![change]);
                tokio::spawn(async move { store.commit(set).await.map(|committed| (task, committed.revision.0)) })
            })
            .collect();
        let mut winners = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(won) => winners.push(won),
                Err(StoreError::Overtaken { thing, since }) => assert_eq!((thing.as_str(), since.0), ("org:a", round)),
                Err(other) => panic!("{other:?}"),
            }
        }
        let [(winner, revision)] = winners[..] else { panic!("not one winner: {winners:?}") };
        assert_eq!(revision, round + 1);
        assert_eq!(node(&store, "org:a").await.unwrap().node.name, format!("{round}-{winner}"));
    }
}

/// How many things each set changes, and how many sets there are.
const THINGS: usize = 300;
const GENERATIONS: u64 = 15;

/// While one task gives all things a new name again and again, all in one set, readers see either all of a set or
/// nothing of it, however they ask.
pub async fn a_reader_never_sees_half_a_change_set(ground: &dyn Ground) {
    let store = ground.empty().await;
    let other = ground.again().await;
    let name = |generation: u64| format!("generation {generation}");
    let ids: Vec<NodeId> = (0..THINGS).map(|n| NodeId::known(format!("org:{n:03}"))).collect();
    let renamed = |generation: u64| {
        let nodes = ids.iter().map(|id| put(&named(practice(id.as_str()), &name(generation))));
        set(&name(generation), nodes.collect())
    };
    store.commit(renamed(1)).await.unwrap();
    let over = AtomicBool::new(false);
    let writer = async {
        for generation in 2..=GENERATIONS {
            store.commit(renamed(generation)).await.unwrap();
        }
        over.store(true, Ordering::Relaxed);
    };
    let reader = async {
        let mut rounds = 0;
        while !over.load(Ordering::Relaxed) || rounds == 0 {
            rounds += 1;
            let since = other.health().await.unwrap().revision;
            let graph = other.load().await.unwrap();
            let all_of = |revision: Revision, names: Vec<&str>| {
                assert_eq!(names.len(), THINGS);
                assert!(names.iter().all(|given| *given == name(revision.0)), "of revision {revision}: {names:?}");
            };
            all_of(graph.revision, graph.nodes.iter().map(|stored| stored.node.name.as_str()).collect());
            let records = other.records(&ids, &[]).await.unwrap();
            all_of(records.revision, records.nodes.values().map(|record| record.node.name.as_str()).collect());
            let before = Revision(since.0 - 1);
            let delta = other.delta(before, 2 * THINGS).await.unwrap().unwrap();
            all_of(delta.revision, delta.nodes.iter().map(|stored| stored.node.name.as_str()).collect());
            let log = other.changes_since(before, 1_000).await.unwrap();
            assert!(log.iter().all(|entry| entry.changes.len() == THINGS));
            let newest = log.last().unwrap().revision;
            let past = other.past(&PastOf::ChangeSet(newest), None, 1_000).await.unwrap();
            assert_eq!(past.len(), THINGS);
        }
    };
    tokio::join!(writer, reader);
}

//! Imports of several change sets: announced together, by the last.

use crate::build::*;
use crate::ground::{Ground, Store};
use inroads::model::Revision;
use inroads::store::{Health, UnfinishedRun};

async fn assert_health(store: &Store, revision: u64, announced: u64, unfinished: Option<(&str, u64)>) {
    let unfinished = unfinished.map(|(run, change_sets)| UnfinishedRun {
        run: run.to_owned(),
        what: "seed".to_owned(),
        change_sets,
    });
    let (revision, announced, log_since) = (Revision(revision), Revision(announced), Revision(0));
    assert_eq!(store.health().await.unwrap(), Health { revision, announced, log_since, unfinished });
}

pub async fn a_run_is_announced_whole(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![])).await.unwrap();
    assert_health(&store, 1, 1, None).await;

    store.commit(part("2", "a run", false, vec![put(&practice("org:a"))])).await.unwrap();
    store.commit(part("3", "a run", false, vec![])).await.unwrap();
    assert_health(&store, 3, 1, Some(("a run", 2))).await;
    let told = async |since| {
        let log = store.changes_since(Revision(since), 10).await.unwrap();
        log.iter().map(|entry| entry.revision.0).collect::<Vec<_>>()
    };
    assert_eq!(told(0).await, [1], "the log tells of what is announced");

    store.commit(part("4", "a run", true, vec![put(&practice("org:b"))])).await.unwrap();
    assert_health(&store, 4, 4, None).await;
    assert_eq!(told(1).await, [2, 3, 4]);

    // A set of no run announces what came before it, too: there is one order of revisions.
    store.commit(part("5", "another", false, vec![])).await.unwrap();
    store.commit(set("6", vec![])).await.unwrap();
    assert_health(&store, 6, 6, Some(("another", 1))).await;
}

pub async fn one_that_was_broken_off_is_known_until_it_is_done_again(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(part("1", "broken off", false, vec![put(&practice("org:a"))])).await.unwrap();
    store.commit(part("2", "broken off", false, vec![])).await.unwrap();

    let store = ground.again().await;
    assert_health(&store, 2, 0, Some(("broken off", 2))).await;
    store.commit(part("3", "resumed", false, vec![])).await.unwrap();
    assert_health(&store, 3, 0, Some(("resumed", 1))).await;
    // A retry is not another part.
    store.commit(part("3", "resumed", false, vec![])).await.unwrap();
    assert_health(&store, 3, 0, Some(("resumed", 1))).await;
    store.commit(part("4", "resumed", true, vec![])).await.unwrap();
    assert_health(&store, 4, 4, None).await;
    // A part that comes after all opens its run again.
    store.commit(part("5", "broken off", false, vec![])).await.unwrap();
    assert_health(&ground.again().await, 5, 4, Some(("broken off", 3))).await;
}

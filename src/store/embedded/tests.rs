//! What only a look inside can bring about: a kill within a commit, a disk that is full at a known moment, a queue.
//! What every store promises, and what can be done to a file from outside, is in `tests/stores`.

use super::{EmbeddedStore, commit, erase as erasure};
use crate::model::Revision;
use crate::store::build::{erase, named, person, practice, put, set};
use crate::store::{Committed, GraphStore as _, StoreError};
use futures_util::FutureExt as _;
use rusqlite::TransactionBehavior;
use tempfile::TempDir;

async fn home() -> (TempDir, EmbeddedStore) {
    let folder = TempDir::new().unwrap();
    let store = EmbeddedStore::open(&folder.path().join("graph.db")).await.unwrap();
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn a_process_killed_within_a_commit_leaves_the_revision_before() {
    let (folder, store) = home().await;
    let crashed = folder.path().join("crashed.db");
    let many = (0..5_000).map(|n| put(&practice(&format!("org:{n}")))).collect();
    let half_way = set("2", many);
    {
        let mut writer = store.writer.lock().await;
        // So small a cache spills unfinished pages to the write-ahead log, as a large commit does.
        writer.conn.pragma_update(None, "cache_size", 10).unwrap();
        let tx = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        commit::apply(&tx, half_way.clone()).unwrap();
        // The files as a kill at this moment leaves them.
        std::fs::copy(store.path(), &crashed).unwrap();
        let log = |name: &str| folder.path().join(name);
        assert!(std::fs::metadata(log("graph.db-wal")).unwrap().len() > 500_000, "pages were spilt");
        std::fs::copy(log("graph.db-wal"), log("crashed.db-wal")).unwrap();
    }
    let store = EmbeddedStore::open(&crashed).await.unwrap();
    let graph = store.load().await.unwrap();
    assert_eq!((graph.revision, graph.nodes.len()), (Revision(1), 1));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let committed = Committed { revision: Revision(2), repeated: false, request: None };
    assert_eq!(store.commit(half_way).await.unwrap(), committed);
}

#[tokio::test]
async fn a_full_disk_refuses_the_write_and_nothing_else() {
    let (_folder, store) = home().await;
    let room = async |pages: i64| {
        store.writer.lock().await.conn.pragma_update(None, "max_page_count", pages).unwrap();
    };
    room(1).await;
    let many = || set("2", (0..500).map(|n| put(&named(practice(&format!("org:{n}")), "A name"))).collect());
    let outcome = store.commit(many()).await;
    let Err(StoreError::Unavailable(why)) = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("no space is left for") && why.contains("graph.db"), "{why}");
    assert_eq!(store.load().await.unwrap().nodes.len(), 1);

    room(1_000_000).await;
    assert_eq!(store.commit(many()).await.unwrap().revision, Revision(2));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn what_was_begun_ends_though_nobody_waits_for_it() {
    let (_folder, store) = home().await;
    let queue = store.writer.clone().lock_owned().await;
    let mut given_up = Box::pin(store.commit(set("given up", vec![])));
    let mut waited_for = Box::pin(store.commit(set("waited for", vec![])));
    assert!(given_up.as_mut().now_or_never().is_none() && waited_for.as_mut().now_or_never().is_none());
    // Whoever gives up while still in the queue has committed nothing.
    drop(given_up);
    drop(queue);
    assert_eq!(waited_for.await.unwrap().revision, Revision(2));
    assert_eq!(store.committed("given up").await.unwrap(), None);
}

#[tokio::test]
async fn traces_that_a_killed_process_left_are_swept_at_the_next_start() {
    let (folder, store) = home().await;
    let path = store.path().to_owned();
    let known =
        |n: usize| named(person(&format!("ind:{:03}", n * 379 % 800)), &format!("Zebedee {}", "x".repeat(n % 97)));
    let file = || std::fs::read(&path).unwrap();
    let told = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"Zebedee");
    for part in 0..8 {
        let some = (0..800).filter(|n| n % 8 == part).map(|n| put(&known(n)));
        store.commit(set(&format!("made {part}"), some.collect())).await.unwrap();
    }
    {
        // Killed between the commit and the sweep.
        let mut writer = store.writer.lock().await;
        let all = (0..800).map(|n| erase(known(n).node.id.as_str())).collect();
        assert!(commit::commit(&mut writer.conn, set("gone", all)).unwrap().erased);
    }
    drop(store);
    let store = EmbeddedStore::open(&path).await.unwrap();
    assert!(!told(&file()) && !folder.path().join("graph.db-wal").metadata().is_ok_and(|log| log.len() > 0));
    let writer = store.writer.lock().await;
    assert!(!erasure::has_traces(&writer.conn).unwrap());
}

//! What only the inside can see: that old snapshots are let go of.

use super::*;
use crate::model::{Body, Change, ChangeSet, Details, LondonClock, Node, NodeId, NodeRecord, SegmentFacts, Validity};
use crate::snapshot::{Day, Snapshot};
use crate::store::embedded::EmbeddedStore;
use std::sync::Weak;

/// Long enough that only what is broken takes so long.
const AGES: Duration = Duration::from_mins(1);

async fn write(store: &EmbeddedStore, number: usize) -> Revision {
    let node = Node {
        id: NodeId::known(format!("segment:{number}")),
        refs: Vec::new(),
        name: format!("Segment {number}"),
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: true,
        body: Body::PopulationSegment(SegmentFacts::default()),
    };
    let set = ChangeSet {
        id: number.to_string(),
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: "tester".into(),
        source: "a test".into(),
        run: None,
        request: None,
        expects: Vec::new(),
        changes: vec![Change::PutNode(NodeRecord { node, details: Details::default() })],
    };
    store.commit(set).await.unwrap().revision
}

#[tokio::test(flavor = "multi_thread")]
async fn snapshots_that_nobody_reads_any_more_are_let_go_of() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.unwrap());
    let pace = Pace { fold_beyond: 5, fold_after: AGES, patience: AGES };
    let port: Arc<dyn GraphStore> = Arc::clone(&store) as _;
    let upkeep = Arc::new(Upkeep::begin(pace, port, Arc::new(LondonClock), Settings::default()).await.unwrap());
    let today = Day::from(LondonClock.today());
    let reader = upkeep.current();
    let mut old: Vec<Weak<Snapshot>> = Vec::new();
    for number in 0..40 {
        let edition = upkeep.current();
        edition.costs.of(&edition.snapshot, today);
        old.push(Arc::downgrade(&edition.snapshot));
        drop(edition);
        let revision = write(&store, number).await;
        upkeep.catch_up(revision).await.unwrap();
    }
    assert_eq!(reader.snapshot.len(), 0, "a reader keeps what it began with");
    let held = |except: usize| old.iter().skip(except).filter(|snapshot| snapshot.upgrade().is_some()).count();
    let freed = tokio::time::timeout(AGES, async {
        while held(1) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        drop(reader);
        while held(0) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    freed.await.expect("old snapshots go with their last reader");
    assert_eq!(upkeep.current().snapshot.len(), 40);
}

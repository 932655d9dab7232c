//! Readers that hold a snapshot while others are grown from it and folded: nothing changes under them, nobody waits for
//! them, and what they held is freed when the last of them lets go.

use super::history::histories;
use super::telling::said;
use crate::outreach::worlds::Theme;
use inroads::snapshot::Snapshot;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Weak};

/// A snapshot, and what it said when it was new.
type Held = (Arc<Snapshot>, Vec<String>);

/// Keeps what it is given, and reads all of it again and again.
fn read(given: &Receiver<Held>) -> usize {
    let (mut held, mut reads) = (Vec::new(), 0);
    while let Ok(next) = given.recv() {
        held.push(next);
        for (snapshot, when_new) in &held {
            assert_eq!(said(snapshot), *when_new, "it changed under its reader");
            reads += 1;
        }
    }
    reads
}

#[test]
fn snapshots_stay_as_they_are_while_others_grow_from_them_and_are_freed_when_nobody_reads_them() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..20 {
        let history = histories(Theme::Anything).new_tree(&mut runner).expect("it rejects nothing").current();
        let mut weak: Vec<Weak<Snapshot>> = Vec::new();
        let last = std::thread::scope(|scope| {
            let readers: Vec<(Sender<Held>, _)> = (0..2)
                .map(|_| {
                    let (give, given) = channel();
                    (give, scope.spawn(move || read(&given)))
                })
                .collect();
            let mut shown = Arc::new(Snapshot::build(history.first.clone()));
            let mut show = |next: Snapshot| {
                let next = Arc::new(next);
                weak.push(Arc::downgrade(&next));
                for (give, _) in &readers {
                    give.send((Arc::clone(&next), said(&next))).expect("it reads");
                }
                next
            };
            for step in history.eras.iter().flat_map(|era| &era.steps).take(30) {
                shown = show(shown.after(&step.delta).0);
                let under_way = Arc::clone(&shown);
                let fold = scope.spawn(move || under_way.fold());
                shown = show(fold.join().expect("folded"));
            }
            for (give, reader) in readers {
                drop(give);
                assert!(reader.join().expect("nothing changed under it") > 0);
            }
            shown
        });
        let (newest, older) = weak.split_last().expect("there were steps");
        assert!(older.iter().all(|snapshot| snapshot.upgrade().is_none()), "nobody reads them any more");
        assert!(newest.upgrade().is_some());
        drop(last);
        assert!(newest.upgrade().is_none());
    }
}

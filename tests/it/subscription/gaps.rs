//! What cannot be told any more is said to be missing; what a store does not tell for a while is waited for.

use super::{assert_silent, next};
use crate::support::deeds::body;
use crate::support::live::Live;
use inroads::access::Role;
use inroads::app::ChangeEvent;
use inroads::model::{Clock as _, Revision};
use inroads::store::GraphStore as _;
use std::sync::atomic::Ordering;

fn assert_gap(event: &ChangeEvent, revision: u64) {
    assert_eq!((event.gap, event.revision, event.changes.len()), (true, Revision(revision), 0), "{event:?}");
}

fn assert_event(event: &ChangeEvent, revision: u64) {
    assert_eq!((event.gap, event.revision), (false, Revision(revision)), "{event:?}");
}

async fn writes(live: &Live, names: &[&str]) {
    for name in names {
        live.write(vec![body(&format!("org:{name}"), name)]).await;
    }
}

/// Lets go of all that the log tells so far.
async fn let_go(live: &Live) {
    live.clock.move_on(3_600);
    live.app.let_go_of_history(0).await.expect("let go");
}

#[tokio::test(start_paused = true)]
async fn a_log_that_no_longer_reaches_back_is_a_gap_and_then_goes_on() {
    let live = Live::new().await;
    writes(&live, &["a", "b", "c"]).await;
    let_go(&live).await;
    writes(&live, &["d", "e"]).await;
    live.app.refresh().await.expect("seen");
    for since in [0, 2] {
        let mut events = live.watch(Role::Team, Some(since), &[]);
        assert_gap(&next(&mut events).await, 3);
        assert_event(&next(&mut events).await, 4);
        assert_event(&next(&mut events).await, 5);
        assert_silent(&mut events).await;
    }
    let mut events = live.watch(Role::Team, Some(3), &[]);
    assert_event(&next(&mut events).await, 4);
    let mut events = live.watch(Role::Team, Some(5), &[]);
    live.change(vec![body("org:f", "f")]).await;
    assert_event(&next(&mut events).await, 6);
}

#[tokio::test(start_paused = true)]
async fn everybody_is_told_of_a_gap_whatever_they_may_see() {
    let live = Live::new().await;
    writes(&live, &["a"]).await;
    let_go(&live).await;
    live.app.refresh().await.expect("seen");
    let mut events = live.watch(Role::Partner, Some(0), &[inroads::model::NodeType::Area]);
    let event = next(&mut events).await;
    assert_gap(&event, 1);
    assert_eq!((event.at, event.actor), (live.clock.now(), None));
}

#[tokio::test(start_paused = true)]
async fn a_revision_that_has_never_been_is_a_gap() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    let mut events = live.watch(Role::Team, Some(7), &[]);
    assert_gap(&next(&mut events).await, 1);
    live.change(vec![body("org:b", "B")]).await;
    assert_event(&next(&mut events).await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_revision_that_another_server_has_seen_first_is_none() {
    let live = Live::new().await;
    writes(&live, &["a", "b"]).await;
    // This one has not looked yet.
    let mut events = live.watch(Role::Team, Some(1), &[]);
    assert_silent(&mut events).await;
    live.change(vec![body("org:c", "C")]).await;
    assert_event(&next(&mut events).await, 2);
    assert_event(&next(&mut events).await, 3);
}

#[tokio::test(start_paused = true)]
async fn what_is_let_go_before_it_was_told_is_a_gap() {
    let live = Live::new().await;
    let mut events = live.watch(Role::Team, Some(0), &[]);
    live.change(vec![body("org:a", "A")]).await;
    assert_event(&next(&mut events).await, 1);
    writes(&live, &["b", "c"]).await;
    let_go(&live).await;
    writes(&live, &["d"]).await;
    live.app.refresh().await.expect("seen");
    assert_gap(&next(&mut events).await, 3);
    assert_event(&next(&mut events).await, 4);
}

#[tokio::test(start_paused = true)]
async fn a_store_out_of_reach_is_waited_for() {
    let live = Live::new().await;
    let mut resumed = live.watch(Role::Team, Some(0), &[]);
    let mut foreign = live.watch(Role::Team, Some(9), &[]);
    live.change(vec![body("org:a", "A")]).await;
    live.store.out_of_reach.store(true, Ordering::SeqCst);
    assert_silent(&mut resumed).await;
    assert_silent(&mut foreign).await;
    live.store.out_of_reach.store(false, Ordering::SeqCst);
    assert_event(&next(&mut resumed).await, 1);
    assert_gap(&next(&mut foreign).await, 1);
}

#[tokio::test(start_paused = true)]
async fn another_store_in_the_place_of_the_one_before_is_a_gap() {
    let live = Live::new().await;
    writes(&live, &["a", "b", "c"]).await;
    live.app.refresh().await.expect("seen");
    let mut events = live.watch(Role::Team, Some(0), &[]);
    for revision in 1..=3 {
        assert_event(&next(&mut events).await, revision);
    }
    live.store.replace().await;
    writes(&live, &["x"]).await;
    live.app.refresh().await.expect("seen");
    assert_gap(&next(&mut events).await, 1);
    live.change(vec![body("org:y", "Y")]).await;
    let event = next(&mut events).await;
    assert_event(&event, 2);
    // Told from the new store's log, and not from what was kept of the old one's.
    assert_eq!(event.changes[0].id, "org:y");
    let mut events = live.watch(Role::Team, Some(0), &[]);
    assert_eq!(next(&mut events).await.changes[0].id, "org:x");
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_from_far_behind_is_told_all_and_keeps_nobody_waiting() {
    let live = Live::new().await;
    for number in 0..50 {
        writes(&live, &[&format!("{number}")]).await;
    }
    live.app.refresh().await.expect("seen");
    let mut near = live.watch(Role::Team, None, &[]);
    let mut far = live.watch(Role::Team, Some(0), &[]);
    for revision in 1..=20 {
        assert_event(&next(&mut far).await, revision);
    }
    live.change(vec![body("org:x", "X")]).await;
    assert_event(&next(&mut near).await, 51);
    for revision in 21..=51 {
        assert_event(&next(&mut far).await, revision);
    }
    live.change(vec![body("org:y", "Y")]).await;
    for events in [&mut near, &mut far] {
        assert_event(&next(events).await, 52);
    }
}

#[tokio::test(start_paused = true)]
async fn what_many_are_told_is_read_once() {
    let live = Live::new().await;
    let mut all: Vec<_> = (0..50).map(|_| live.watch(Role::Team, None, &[])).collect();
    for revision in 1..=3 {
        live.change(vec![body("org:a", &format!("{revision}"))]).await;
        for events in &mut all {
            assert_event(&next(events).await, revision);
        }
    }
    assert_eq!(live.store.log_reads.load(Ordering::SeqCst), 3);
    assert_eq!(live.store.health().await.expect("well").announced, Revision(3));
}

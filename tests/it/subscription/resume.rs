//! Broken off anywhere, any number of times, while others write: what was received, put together, is the log.

use super::next;
use crate::support::deeds::{body, person, relation};
use crate::support::live::Live;
use futures_util::StreamExt as _;
use inroads::access::Role;
use inroads::app::ChangeEvent;
use inroads::model::{Change, RelationKind, Revision, RunPart};
use inroads::store::{GraphStore as _, LogEntry};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;
use std::sync::Arc;

/// What is written last of all.
const LAST: &str = "org:last";

/// What one writer does, one after the other.
#[derive(Debug, Clone)]
enum Deed {
    /// Writes as another process does, so that it shows with somebody's next look.
    Write(u8),
    /// Writes and looks.
    Change(u8),
    /// Imports in so many parts.
    Import(u8),
    Look,
}

fn deeds() -> impl Strategy<Value = Deed> {
    prop_oneof![
        any::<u8>().prop_map(Deed::Write),
        any::<u8>().prop_map(Deed::Change),
        (2..4_u8).prop_map(Deed::Import),
        Just(Deed::Look),
    ]
}

fn changes(of: u8) -> Vec<Change> {
    let person_id = format!("ind:{}", of % 3);
    vec![
        body(&format!("org:{}", of % 5), &format!("name {of}")),
        person(&person_id, "Nadia", &format!("{of}@example.org")),
        relation(RelationKind::RoleAt, &person_id, &format!("org:{}", of % 5), "2026-03-01", &format!("note {of}")),
    ]
}

async fn write(live: &Live, writer: usize, deeds: Vec<Deed>) {
    for (place, deed) in deeds.into_iter().enumerate() {
        match deed {
            Deed::Write(of) => {
                live.write(changes(of)).await;
            }
            Deed::Change(of) => {
                live.change(changes(of)).await;
            }
            Deed::Import(parts) => {
                let run = format!("{writer}.{place}");
                for part in 1..=parts {
                    let part = RunPart { run: run.clone(), what: run.clone(), last: part == parts };
                    live.write_part(changes(parts), Some(part)).await;
                }
            }
            Deed::Look => {
                live.app.refresh().await.expect("looked");
            }
        }
    }
}

/// Subscribes from the last event on, again and again, until the last change has come.
async fn follow(live: &Live, patience: &[u8]) -> Vec<ChangeEvent> {
    let mut received: Vec<ChangeEvent> = Vec::new();
    for sitting in patience.iter().cycle() {
        let since = received.last().map_or(0, |event| event.revision.0);
        let mut events = live.watch(Role::Team, Some(since), &[]);
        for _ in 0..*sitting {
            let event = next(&mut events).await;
            let last = event.changes.iter().any(|change| change.id == LAST);
            received.push(event);
            if last {
                return received;
            }
        }
    }
    received
}

fn tells(event: &ChangeEvent, entry: &LogEntry) -> bool {
    let changes = event.changes.iter().map(|change| (&change.id, change.of, change.how, &change.fields));
    (event.revision, event.at, event.gap) == (entry.revision, entry.at, false)
        && changes.eq(entry.changes.iter().map(|change| (&change.id, change.of, change.how, &change.fields)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_received_over_any_number_of_breaks_is_the_log(
        writers in vec(vec(deeds(), 1..8), 1..4),
        patience in vec(vec(1..6_u8, 1..5), 3),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let live = Arc::new(Live::new().await);
            let writing = writers.into_iter().enumerate().map(|(writer, deeds)| {
                let live = Arc::clone(&live);
                tokio::spawn(async move { write(&live, writer, deeds).await })
            });
            let writing: Vec<_> = writing.collect();
            let following: Vec<_> = patience.into_iter().map(|patience| {
                let live = Arc::clone(&live);
                tokio::spawn(async move { follow(&live, &patience).await })
            }).collect();
            for writer in writing {
                writer.await.expect("written");
            }
            live.change(vec![body(LAST, "last")]).await;
            let log = live.store.changes_since(Revision(0), usize::MAX).await.expect("the log");
            for follower in following {
                let received = follower.await.expect("followed");
                prop_assert_eq!(received.len(), log.len());
                prop_assert!(received.iter().zip(&log).all(|(event, entry)| tells(event, entry)));
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn a_socket_that_is_cut_off_goes_on_where_it_was() {
    let live = Live::new().await;
    let query =
        |since: u64| format!("subscription {{ changes(sinceRevision: {since}) {{ revision changes {{ id }} }} }}");
    let mut seen = 0;
    for round in 1..=5_u64 {
        for name in ["a", "b", "c"] {
            live.change(vec![body(&format!("org:{name}"), &format!("{name}{round}"))]).await;
        }
        let mut client = live.socket(Role::Team).await;
        client.subscribe("1", &query(seen)).await;
        // Leaves the third for the next socket.
        for _ in 0..2 + round % 2 {
            seen += 1;
            assert_eq!(client.data("1").await["changes"]["revision"], json!(seen));
        }
    }
    let mut events = live.watch(Role::Team, Some(seen), &[]);
    let rest: Vec<u64> =
        (&mut events).take(usize::try_from(15 - seen).expect("few")).map(|event| event.revision.0).collect().await;
    assert_eq!(rest, (seen + 1..=15).collect::<Vec<_>>());
}

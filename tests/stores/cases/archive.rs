//! All there is, read out and taken in: moving a graph between stores.

use crate::build::*;
use crate::ground::{Embedded, Ground, Store, for_all, pieces, refusal, state};
use crate::script::Script;
use crate::worlds::{World, world};
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use inroads::model::Revision;
use inroads::store::{Piece, StoreError};
use proptest::prelude::any;

type Pieces = BoxStream<'static, Result<Vec<Piece>, StoreError>>;

fn batches(pieces: Vec<Piece>, size: usize) -> Pieces {
    let batches: Vec<_> = pieces.chunks(size).map(|batch| Ok(batch.to_vec())).collect();
    stream::iter(batches).boxed()
}

/// Worlds in two states, then mixed writes with erasures and runs, the last of them unfinished.
async fn lived_in(ground: &dyn Ground, first: &World, second: &World, seed: u64) -> Store {
    let store = ground.empty().await;
    store.commit(set("first", first.changes())).await.unwrap();
    store.commit(set("second", second.changes())).await.unwrap();
    let mut script = Script::of(seed);
    for _ in 0..12 {
        store.commit(script.next_set()).await.unwrap();
    }
    store.let_go_of_log(at("2026-03-01T09:00:05Z")).await.unwrap();
    store.commit(part("unfinished", "an import", false, vec![put(&practice("org:new"))])).await.unwrap();
    store
}

pub async fn a_copy_reads_out_the_same(ground: &dyn Ground) {
    let arbitrary = (world(), world(), any::<u64>());
    for_all(ground.samples() / 2, arbitrary, async |(first, second, seed): (World, World, u64)| {
        let store = lived_in(ground, &first, &second, seed).await;
        let all = pieces(&store).await;
        assert!(matches!(all.last(), Some(Piece::End { .. })));
        let copied = state(&store).await;

        let store = ground.empty().await;
        store.take_in(batches(all.clone(), 100)).await.unwrap();
        for store in [store, ground.again().await] {
            assert_eq!(pieces(&store).await, all);
            assert_eq!(state(&store).await, copied);
            assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        }
        // It goes on where the other was.
        let store = ground.again().await;
        assert_eq!(store.commit(set("first", vec![])).await.unwrap().repeated, !first_let_go(&all));
        let next = store.commit(part("next", "an import", true, vec![])).await.unwrap();
        let health = store.health().await.unwrap();
        assert_eq!(health.announced, next.revision);
        assert!(health.unfinished.is_none_or(|run| run.run != "an import"), "its last part finished it");
    });
}

fn first_let_go(all: &[Piece]) -> bool {
    !all.iter().any(|piece| matches!(piece, Piece::Log(row) if row.change_set == "first"))
}

pub async fn a_copy_there_and_back_is_the_same(ground: &dyn Ground) {
    let there = Embedded::default();
    let store = ground.empty().await;
    let mut script = Script::of(360);
    for _ in 0..80 {
        store.commit(script.next_set()).await.unwrap();
    }
    let all = pieces(&store).await;
    assert!(all.len() > 1_000, "several batches");
    let other = there.empty().await;
    other.take_in(store.read_out()).await.unwrap();
    assert_eq!(pieces(&other).await, all);

    let store = ground.empty().await;
    store.take_in(other.read_out()).await.unwrap();
    assert_eq!(pieces(&store).await, all);
    let state = state(&store).await;
    assert_eq!((&state.nodes, &state.relations), (&script.now.nodes, &script.now.relations));
}

pub async fn an_archive_that_breaks_off_leaves_nothing(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("ind:a", "org:a", "Lead", "register");
    store.commit(set("1", vec![put(&person("ind:a")), put(&practice("org:a")), link(&lead)])).await.unwrap();
    store.commit(set("2", vec![put(&named(person("ind:a"), "Renamed"))])).await.unwrap();
    let all = pieces(&store).await;
    let place_of_log = all.iter().position(|piece| matches!(piece, Piece::Log(_))).unwrap();
    let mut without_an_entry = all.clone();
    without_an_entry.retain(|piece| match piece {
        Piece::Log(row) => row.revision != Revision(2),
        Piece::Change(row) => row.revision != Revision(2),
        Piece::PersonalChange(row) => row.revision != Revision(2),
        _ => true,
    });
    let failing = stream::iter([Ok(all[..3].to_vec()), Err(StoreError::Unavailable("the source went away".into()))]);
    let broken: Vec<(&str, Pieces)> = vec![
        ("broke off", batches(Vec::new(), 1)),
        ("broke off", batches(all[..2].to_vec(), 1)),
        ("broke off", batches(all[..=place_of_log].to_vec(), 10)),
        ("broke off", batches(all[..all.len() - 1].to_vec(), 10)),
        ("broke off", batches(without_an_entry, 10)),
        ("the source went away", failing.boxed()),
    ];
    for (why, pieces_of_it) in broken {
        let store = ground.empty().await;
        let outcome = store.take_in(pieces_of_it).await;
        assert!(matches!(&outcome, Err(StoreError::Unavailable(told)) if told.contains(why)), "{outcome:?}");
        // Either nothing is there, or nobody gets to see the half that is.
        match ground.again().await.load().await {
            Ok(graph) => assert_eq!((graph.revision.0, graph.nodes.len()), (0, 0)),
            Err(error) => assert!(matches!(error, StoreError::Unusable(_)), "{error:?}"),
        }
    }
    // Another try on an empty store does it.
    let store = ground.empty().await;
    store.take_in(batches(all.clone(), 10)).await.unwrap();
    assert_eq!(pieces(&store).await, all);
}

pub async fn only_an_empty_store_takes_in(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    let all = pieces(&store).await;
    let why = refusal(store.take_in(batches(all.clone(), 10)).await);
    assert!(why.contains("holds a graph already"), "{why}");
    assert_eq!(pieces(&store).await, all);

    // An empty one is copied, too.
    let nothing = pieces(&ground.empty().await).await;
    let store = ground.empty().await;
    store.take_in(batches(nothing.clone(), 10)).await.unwrap();
    assert_eq!(pieces(&store).await, nothing);
    store.take_in(batches(all.clone(), 10)).await.unwrap();
    assert_eq!(pieces(&store).await, all);
}

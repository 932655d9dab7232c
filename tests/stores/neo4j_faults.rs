//! What may happen to a server and to the network before it. Calls end within their deadline and say what is the matter,
//! a change set is applied once or not at all, and the same store object goes on when the trouble is over.

use crate::build::*;
use crate::ground::{Store, runtime, state};
use crate::neo4j_server::{Server, server};
use crate::proxy::{NextCommit, Proxy};
use crate::script::Script;
use inroads::model::*;
use inroads::store::StoreError;
use inroads::store::neo4j::{Neo4jStore, Settings};
use neo4rs::query;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write as _;
use std::future::Future;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How long a call may take here. A server that works may take longer on a machine that is busy, so a call that must
/// succeed is made with the server's own, longer one, or made again.
const DEADLINE: Duration = Duration::from_secs(2);
/// By when a store works again.
const RECOVERY: Duration = Duration::from_secs(90);

fn hasty(server: &Server) -> Settings {
    Settings { deadline: DEADLINE, long_deadline: DEADLINE, ..server.settings() }
}

async fn open(settings: &Settings) -> Store {
    Arc::new(Neo4jStore::open(settings).await.unwrap())
}

/// A store in which something stands already.
async fn begun(server: &Server) -> Store {
    server.wipe().await;
    let store = open(&server.settings()).await;
    store.commit(set("first", vec![put(&practice("org:a"))])).await.unwrap();
    store
}

/// The call says that the store is unavailable, not much later than it may.
async fn unavailable<T: std::fmt::Debug>(call: impl Future<Output = Result<T, StoreError>>) -> String {
    let start = Instant::now();
    let outcome = call.await;
    assert!(start.elapsed() < DEADLINE + Duration::from_secs(2), "it took {:?}", start.elapsed());
    match outcome {
        Err(StoreError::Unavailable(why)) => why,
        other => panic!("not unavailable: {other:?}"),
    }
}

/// What the store says once it works again.
async fn again<T>(mut call: impl AsyncFnMut() -> Result<T, StoreError>) -> T {
    let start = Instant::now();
    loop {
        match call().await {
            Ok(answer) => return answer,
            Err(StoreError::Unavailable(_)) if start.elapsed() < RECOVERY => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => panic!("it does not work again: {error:?}"),
        }
    }
}

/// Every kind of call says that the server is away, by its address.
async fn all_calls_fail(store: &Store, server: &Server, change_set: &str) {
    let ids = [id("org:a")];
    let address = format!("127.0.0.1:{}", server.port);
    let change = set(change_set, vec![put(&named(practice("org:a"), "Renamed"))]);
    let (load, health, details, delta, commit) = tokio::join!(
        unavailable(store.load()),
        unavailable(store.health()),
        unavailable(store.hydrate(&ids)),
        unavailable(store.delta(Revision(0), 10)),
        unavailable(store.commit(change)),
    );
    for why in [load, health, details, delta, commit] {
        assert!(why.contains(&address), "{why}");
    }
}

async fn practice_is_named(store: &Store, name: &str) {
    let state = again(async || store.load().await).await;
    assert_eq!(state.nodes.iter().map(|stored| stored.node.name.as_str()).collect::<Vec<_>>(), [name]);
}

#[test]
fn a_server_that_was_killed_and_comes_back_is_used_again() {
    let mut server = server();
    let runtime = runtime();
    let store = runtime.block_on(async {
        let store = begun(&server).await;
        drop(store);
        open(&hasty(&server)).await
    });
    server.end("KILL");
    runtime.block_on(all_calls_fail(&store, &server, "second"));
    server.restart();
    runtime.block_on(async {
        practice_is_named(&store, "Practice org:a").await;
        let renamed = set("second", vec![put(&named(practice("org:a"), "Renamed"))]);
        let committed = again(async || store.commit(renamed.clone()).await).await;
        assert_eq!(committed.revision, Revision(2), "what failed was not done");
        practice_is_named(&store, "Renamed").await;
        assert_eq!(again(async || store.check().await).await, Vec::<String>::new());
    });
}

#[test]
fn a_frozen_server_costs_a_deadline_and_not_more() {
    let server = server();
    runtime().block_on(async {
        let store = begun(&server).await;
        let hasty = open(&hasty(&server)).await;
        // So that connections are there, and idle, when it freezes.
        let ids = [id("org:a")];
        let _ = tokio::join!(hasty.hydrate(&ids), hasty.health(), hasty.hydrate(&ids));
        server.signal("STOP");
        all_calls_fail(&hasty, &server, "second").await;
        // Those after it do not wait for connections that the first ones hold.
        all_calls_fail(&hasty, &server, "second").await;
        server.signal("CONT");

        practice_is_named(&hasty, "Practice org:a").await;
        let renamed = set("second", vec![put(&named(practice("org:a"), "Renamed"))]);
        let committed = again(async || hasty.commit(renamed.clone()).await).await;
        assert_eq!(committed.revision, Revision(2));
        assert!(store.commit(renamed).await.unwrap().repeated, "it was applied once");
        practice_is_named(&hasty, "Renamed").await;
    });
}

#[test]
fn an_answer_that_breaks_off_or_falls_silent_is_no_answer() {
    let server = server();
    runtime().block_on(async {
        server.wipe().await;
        let through = open(&server.settings()).await;
        let nodes = (0..3_000).map(|n| put(&practice(&format!("org:{n:04}")))).collect();
        through.commit(set("1", nodes)).await.unwrap();
        let whole = through.load().await.unwrap().nodes.len();

        let proxy = Proxy::to(server.port).await;
        let store = open(&Settings { port: proxy.port, ..hasty(&server) }).await;
        for bytes in [40, 5_000, 300_000] {
            proxy.break_after(bytes);
            unavailable(store.load()).await;
            proxy.heal();
            assert_eq!(again(async || store.load().await).await.nodes.len(), whole);
            proxy.fall_silent_after(bytes);
            unavailable(store.load()).await;
            proxy.heal();
            assert_eq!(again(async || store.load().await).await.nodes.len(), whole);
        }
    });
}

#[test]
fn a_commit_whose_reply_is_lost_was_applied_once() {
    let server = server();
    runtime().block_on(async {
        begun(&server).await;
        let proxy = Proxy::to(server.port).await;
        let store = open(&Settings { port: proxy.port, ..server.settings() }).await;
        let renamed = set("second", vec![put(&named(practice("org:a"), "Renamed"))]);

        proxy.next_commit(NextCommit::RequestIsLost);
        let outcome = store.commit(renamed.clone()).await;
        assert!(
            matches!(&outcome, Err(StoreError::Unavailable(why)) if why.contains("may have been applied")
            && why.contains("harmless")),
            "{outcome:?}"
        );
        assert_eq!(again(async || store.committed("second").await).await, None);

        proxy.next_commit(NextCommit::ReplyIsLost);
        let outcome = store.commit(renamed.clone()).await;
        assert!(
            matches!(&outcome, Err(StoreError::Unavailable(why)) if why.contains("may have been applied")),
            "{outcome:?}"
        );
        let retried = store.commit(renamed).await.unwrap();
        assert_eq!((retried.revision, retried.repeated), (Revision(2), true));
        practice_is_named(&store, "Renamed").await;
    });
}

/// Whatever the network does, retrying until there is an answer applies each set once and in order.
#[test]
fn mixed_writes_over_a_bad_network_end_as_they_should() {
    let server = server();
    runtime().block_on(async {
        server.wipe().await;
        let proxy = Proxy::to(server.port).await;
        let store = open(&Settings { port: proxy.port, ..server.settings() }).await;
        let (mut script, mut random) = (Script::of(11), ChaCha8Rng::seed_from_u64(11));
        let mut retried = 0;
        for _ in 0..40 {
            let set = script.next_set();
            match random.random_range(0..5) {
                0 => proxy.next_commit(NextCommit::RequestIsLost),
                1 => proxy.next_commit(NextCommit::ReplyIsLost),
                2 => proxy.break_after(random.random_range(0..2_000)),
                _ => {}
            }
            let committed = again(async || {
                let outcome = store.commit(set.clone()).await;
                if outcome.is_err() {
                    retried += 1;
                    proxy.heal();
                }
                outcome
            })
            .await;
            assert_eq!(committed.revision.0, script.now.revision);
            proxy.next_commit(NextCommit::Passes);
            proxy.heal();
        }
        assert!(retried > 8, "the network was not that bad: {retried}");
        let state = state(&open(&server.settings()).await).await;
        assert_eq!(state.revision.0, script.now.revision);
        assert_eq!(state.nodes, script.now.nodes);
        assert_eq!(state.relations, script.now.relations);
    });
}

/// Nobody waits for an answer any more, again and again, and the network breaks besides: whoever does get an answer gets
/// the one to their own question.
#[test]
fn no_request_ever_gets_another_s_rows() {
    const READERS: usize = 50;
    const QUESTIONS: usize = 20;
    let server = server();
    runtime().block_on(async {
        server.wipe().await;
        let nodes = (0..1_000).map(|n| {
            let mut node = practice(&format!("org:{n}"));
            node.details.postcode = Some(format!("L{n}"));
            put(&node)
        });
        open(&server.settings()).await.commit(set("1", nodes.collect())).await.unwrap();
        let proxy = Proxy::to(server.port).await;
        let store = open(&Settings { port: proxy.port, ..server.settings() }).await;
        let (answered, left, failed) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let reader = async |reader: usize| {
            let mut random = ChaCha8Rng::seed_from_u64(reader as u64);
            for _ in 0..QUESTIONS {
                let first = random.random_range(0..900);
                let ids: Vec<NodeId> =
                    (first..first + random.random_range(1..100)).map(|n| NodeId::known(format!("org:{n}"))).collect();
                // Every other one waits to the end.
                let impatience = Duration::from_micros(random.random_range(0..20_000));
                let patience = if random.random() { server.settings().deadline } else { impatience };
                match tokio::time::timeout(patience, store.hydrate(&ids)).await {
                    Err(_) => left.fetch_add(1, Ordering::Relaxed),
                    Ok(Err(StoreError::Unavailable(_))) => failed.fetch_add(1, Ordering::Relaxed),
                    Ok(Err(error)) => panic!("{error:?}"),
                    Ok(Ok(details)) => {
                        assert_eq!(details.len(), ids.len());
                        for id in &ids {
                            let postcode = details[id].postcode.as_deref().unwrap();
                            assert_eq!(postcode.strip_prefix('L'), id.as_str().strip_prefix("org:"));
                        }
                        answered.fetch_add(1, Ordering::Relaxed)
                    }
                };
                if random.random_ratio(1, 40) {
                    proxy.cut();
                }
            }
        };
        futures_util::future::join_all((0..READERS).map(reader)).await;
        let (answered, left, failed) = (answered.into_inner(), left.into_inner(), failed.into_inner());
        assert_eq!(answered + left + failed, READERS * QUESTIONS);
        assert!(answered > 100 && left > 100 && failed > 5, "{answered} answered, {left} left, {failed} failed");
    });
}

#[test]
fn a_commit_that_nobody_waits_for_is_done_whole() {
    let server = server();
    runtime().block_on(async {
        let store = begun(&server).await;
        let nodes = (0..2_000).map(|n| put(&practice(&format!("org:{n}")))).collect();
        let begun = tokio::time::timeout(Duration::from_millis(1), store.commit(set("second", nodes))).await;
        assert!(begun.is_err(), "two thousand nodes take longer");
        let start = Instant::now();
        while store.committed("second").await.unwrap().is_none() {
            assert!(start.elapsed() < RECOVERY, "it was never done");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(again(async || store.load().await).await.nodes.len(), 2_001);
    });
}

/// Rows of an import that is killed, and how many of them go into one change set.
const ROWS: usize = 50_000;
const ROWS_A_SET: usize = 5_000;

/// A folder of sheets, and the settings that the import is run with.
#[test]
fn a_commit_that_is_broken_off_while_it_waits_for_its_turn_changes_nothing() {
    let server = server();
    runtime().block_on(async {
        let store = begun(&server).await;
        let mut held = server.driver().start_txn().await.unwrap();
        held.run(query("MATCH (m:Meta) SET m.held = true")).await.unwrap();
        let driver = server.driver();
        let break_off = async {
            let waiting = "SHOW TRANSACTIONS YIELD transactionId AS id, status WHERE status STARTS WITH 'Blocked'
                TERMINATE TRANSACTIONS id YIELD message RETURN message";
            while driver.execute(query(waiting)).await.unwrap().next().await.unwrap().is_none() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let change = set("broken off", vec![put(&named(practice("org:a"), "Renamed"))]);
        let (why, ()) = tokio::join!(unavailable(store.commit(change.clone())), break_off);
        assert!(why.contains("broke off") && why.contains("Nothing was changed"), "{why}");
        held.rollback().await.unwrap();
        assert_eq!(store.commit(change).await.unwrap().revision, Revision(2));
        practice_is_named(&store, "Renamed").await;
    });
}

fn sheets() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut sheet = "ref,name,kind,sector,nation,postcode,area,valid_from,valid_to,do_not_approach_until,website,source,synthetic\n".to_owned();
    for row in 0..ROWS {
        writeln!(sheet, "team:org/{row},Organisation {row},VCFSE,,,,,,,,,test,true").unwrap();
    }
    std::fs::create_dir(folder.path().join("sheets")).unwrap();
    std::fs::write(folder.path().join("sheets/organisations.csv"), sheet).unwrap();
    let settings = format!("[store]\ndeadline_ms = 60000\n[import]\nchange_set_rows = {ROWS_A_SET}\n");
    std::fs::write(folder.path().join("inroads.toml"), settings).unwrap();
    folder
}

fn import(server: &Server, folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("inroads"));
    command.args(["import", "team"]).arg(folder.join("sheets")).arg("--config").arg(folder.join("inroads.toml"));
    command.args(["--store", &format!("bolt://neo4j@127.0.0.1:{}", server.port)]);
    command.env("INROADS_STORE_PASSWORD", server.settings().password).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn an_import_that_is_killed_leaves_whole_change_sets_and_can_be_finished() {
    let server = server();
    let folder = sheets();
    runtime().block_on(async {
        server.wipe().await;
        let store = open(&server.settings()).await;
        let mut running = import(&server, folder.path()).spawn().unwrap();
        let begun = Instant::now();
        while store.health().await.unwrap().revision < Revision(3) {
            assert!(running.try_wait().unwrap().is_none(), "it ended before it could be killed");
            assert!(begun.elapsed() < 2 * RECOVERY, "it commits nothing");
        }
        running.kill().unwrap();
        running.wait().unwrap();

        let graph = store.load().await.unwrap();
        let written = graph.nodes.len() + graph.sources.len();
        assert!(graph.nodes.len() < ROWS, "killed too late to tell anything");
        assert_eq!(written as u64, graph.revision.0 * ROWS_A_SET as u64, "whole change sets, a revision for each");
        let health = store.health().await.unwrap();
        assert_eq!(health.announced, Revision(0), "nothing is shown before all is there");
        assert!(health.unfinished.is_some());
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());

        assert!(import(&server, folder.path()).status().unwrap().success(), "the same import finishes it");
        let health = store.health().await.unwrap();
        assert_eq!((health.announced, health.unfinished), (health.revision, None));
        assert_eq!(store.load().await.unwrap().nodes.len(), ROWS);
    });
}

//! An import that is killed in the middle: the store opens, holds whole change sets only, and the same import finishes it.

use inroads::store::{GraphStore as _, embedded::EmbeddedStore};
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROWS: usize = 20_000;
/// Small sets, so that there is much to be killed between.
const SET: usize = 500;

fn import(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("inroads"));
    command
        .args(["import", "team"])
        .arg(folder.join("sheets"))
        .arg("--store")
        .arg(format!("embedded:{}", folder.join("graph.db").display()))
        .arg("--config")
        .arg(folder.join("inroads.toml"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[tokio::test]
async fn a_killed_import_leaves_whole_change_sets_and_can_be_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut sheet = "ref,name,kind,sector,nation,postcode,area,valid_from,valid_to,do_not_approach_until,website,source,synthetic\n".to_owned();
    for row in 0..ROWS {
        writeln!(sheet, "team:org/{row},Organisation {row},VCFSE,,,,,,,,,test,true").expect("written");
    }
    std::fs::create_dir(folder.path().join("sheets")).expect("a folder");
    std::fs::write(folder.path().join("sheets/organisations.csv"), sheet).expect("written");
    std::fs::write(folder.path().join("inroads.toml"), format!("[import]\nchange_set_rows = {SET}\n"))
        .expect("written");
    let database = folder.path().join("graph.db");

    // Watched from here through the store itself, and killed once it has committed a few sets.
    let watch = EmbeddedStore::open(&database).await.expect("a store");
    let mut running = import(folder.path()).spawn().expect("started");
    let begun = Instant::now();
    while watch.health().await.expect("health").revision.0 < 3 {
        assert!(running.try_wait().expect("watched").is_none(), "it ended before it could be killed");
        assert!(begun.elapsed() < Duration::from_mins(2), "it commits nothing");
    }
    running.kill().expect("killed");
    running.wait().expect("gone");
    drop(watch);

    let store = EmbeddedStore::open(&database).await.expect("it opens");
    let health = store.health().await.expect("health");
    let graph = store.load().await.expect("a graph");
    let written = graph.nodes.len() + graph.sources.len();
    assert!(graph.nodes.len() < ROWS, "killed too late to tell anything");
    assert_eq!(written as u64, health.revision.0 * SET as u64, "whole change sets only, a revision for each");
    assert_eq!(health.announced.0, 0, "nothing is shown before all is there");
    assert!(health.unfinished.is_some());
    assert!(store.check().await.expect("checked").is_empty());
    drop(store);

    assert!(import(folder.path()).status().expect("ran").success(), "the same import finishes it");
    let store = EmbeddedStore::open(&database).await.expect("it opens");
    let health = store.health().await.expect("health");
    assert_eq!(store.load().await.expect("a graph").nodes.len(), ROWS);
    assert_eq!((health.announced, health.unfinished), (health.revision, None));
}

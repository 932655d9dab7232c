//! What may happen to a file: no room, somebody else's lock, damage, a stranger's hand. Each is told in words that help,
//! and nothing that was there is lost.

use crate::build::*;
use crate::home::{Home, ended, inroads, unusable, url};
use crate::script::Script;
use assert_cmd::Command;
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{GraphStore as _, StoreError};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Rows of a sheet whose import takes more room than there is.
const ROWS: usize = 12_000;

fn sheet(folder: &Path) {
    let mut sheet = "ref,name,kind,sector,nation,postcode,area,valid_from,valid_to,do_not_approach_until,website,source,synthetic\n".to_owned();
    for row in 0..ROWS {
        writeln!(sheet, "team:org/{row},Organisation {row},VCFSE,,,,,,,,,test,true").unwrap();
    }
    std::fs::create_dir(folder.join("sheets")).unwrap();
    std::fs::write(folder.join("sheets/organisations.csv"), sheet).unwrap();
    std::fs::write(folder.join("inroads.toml"), "[import]\nchange_set_rows = 500\n").unwrap();
}

/// An import whose files may not grow beyond one or two megabytes, as on a disk that is nearly full.
#[cfg(unix)]
#[tokio::test]
async fn no_room_is_told_and_costs_only_what_was_not_done() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let (folder, path) = home.closed();
    sheet(folder.path());
    let program = assert_cmd::cargo::cargo_bin!("inroads");
    let (sheets, settings) = (folder.path().join("sheets"), folder.path().join("inroads.toml"));
    let import = |mut command: Command| {
        command.args(["import", "team"]).arg(&sheets).args(["--store", &url(&path)]).arg("--config").arg(&settings);
        ended(command)
    };
    let mut confined = Command::new("sh");
    confined.args(["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\""]).arg(program);
    let (code, _, why) = import(confined);
    assert_ne!(code, 0);
    assert_eq!(why.lines().count(), 1, "{why}");
    assert!(why.contains("graph.db") && why.contains("quota or size limit"), "{why}");

    let store = EmbeddedStore::open(&path).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let (health, graph) = (store.health().await.unwrap(), store.load().await.unwrap());
    assert!(graph.nodes.len() < ROWS, "it was too little room");
    assert_eq!(graph.nodes.len() + graph.sources.len(), 1 + 500 * (usize::try_from(health.revision.0).unwrap() - 1));
    drop(store);

    // With room again, the same import finishes it.
    let (code, _, why) = import(Command::new(program));
    assert_eq!((code, why.as_str()), (0, ""));
    let store = EmbeddedStore::open(&path).await.unwrap();
    assert_eq!(store.load().await.unwrap().nodes.len(), ROWS + 1);
    assert_eq!(store.health().await.unwrap().unfinished, None);
}

#[tokio::test]
async fn a_file_that_another_process_writes_can_be_read_and_says_that_it_is_busy() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let sql = home.sql();
    sql.execute_batch("BEGIN IMMEDIATE; UPDATE node SET name = 'half done'").unwrap();
    let begun = Instant::now();
    let writing = tokio::spawn({
        let store = home.store.clone();
        async move { store.commit(set("2", vec![])).await }
    });
    // Readers do not wait for a writer, nor do they see what is not committed.
    assert_eq!(home.store.load().await.unwrap().nodes[0].node.name, "Practice org:a");
    let outcome = writing.await.unwrap();
    let Err(StoreError::Unavailable(why)) = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("graph.db is busy: another process is writing to it"), "{why}");
    assert!(begun.elapsed() < Duration::from_secs(20), "it gives up in time");
    drop(sql);
    assert!(!home.store.commit(set("2", vec![])).await.unwrap().repeated, "nothing was half done");
}

/// A store's file, not in use, with many pages.
async fn grown() -> (tempfile::TempDir, std::path::PathBuf, Vec<u8>) {
    let home = Home::new().await;
    let mut script = Script::of(3);
    for _ in 0..60 {
        home.store.commit(script.next_set()).await.unwrap();
    }
    let (folder, path) = home.closed();
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.len() > 100 * PAGE);
    (folder, path, bytes)
}

const PAGE: usize = 4_096;

#[tokio::test]
async fn damage_is_found_and_nothing_is_made_worse() {
    let (folder, path, whole) = grown().await;
    let (serve, doctor) = (["serve", "--listen", "127.0.0.1:0", "--store"], ["doctor", "--store"]);
    let run = |arguments: &[&str]| {
        let url = url(&path);
        ended(inroads(&[arguments, &[&url]].concat()))
    };
    assert_eq!(run(&doctor), (0, "The store is whole.\n".to_owned(), String::new()));

    // Every fifth page but the first, as a bad disk or a broken copy leaves them.
    let mut damaged = whole.clone();
    for page in (5..damaged.len() / PAGE).step_by(5) {
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xa5);
    }
    std::fs::write(&path, &damaged).unwrap();
    let (code, found, why) = run(&doctor);
    assert_eq!((code, why.as_str()), (1, ""), "{found}");
    assert!(found.lines().count() > 1 && found.contains("damaged"), "{found}");
    let (code, out, why) = run(&serve);
    assert_eq!((code, out.as_str(), why.lines().count()), (2, "", 1), "{why}");
    assert!(why.contains("graph.db is damaged") && why.contains("put back a backup"), "{why}");
    assert_eq!(std::fs::read(&path).unwrap(), damaged, "it is left as it was");

    let to = folder.path().join("copy.db");
    let (code, _, why) = ended(inroads(&["backup", "--store", &url(&path), "--to", to.to_str().unwrap()]));
    assert_eq!(code, 2);
    assert!(why.contains("graph.db is damaged"), "{why}");
    assert!(!to.exists(), "a damaged copy is no backup");

    // The schema itself: there is no store to be opened.
    let mut beheaded = whole.clone();
    beheaded[100..PAGE].fill(0xa5);
    std::fs::write(&path, &beheaded).unwrap();
    for arguments in [&serve[..], &doctor[..]] {
        let (code, _, why) = run(arguments);
        assert_eq!((code, why.lines().count()), (2, 1), "{why}");
        assert!(why.contains("graph.db is damaged"), "{why}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), beheaded);

    // A copy that broke off.
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let (code, found, _) = run(&doctor);
    assert_eq!(code, if found.is_empty() { 2 } else { 1 });
    assert_eq!(run(&serve).0, 2);
    assert_eq!(std::fs::read(&path).unwrap().len(), whole.len() / 2);

    // Put back a backup, as told.
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(run(&doctor).0, 0);
}

#[tokio::test]
async fn what_is_no_store_of_ours_is_left_alone_by_every_command() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    home.sql().pragma_update(None, "user_version", 99).unwrap();
    let (folder, newer) = home.closed();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Dear diary, ".repeat(1_000)).unwrap();
    let to = folder.path().join("copy.db");
    for (path, words) in [(newer, "newer inroads (schema 99"), (text, "is not an inroads store")] {
        let before = std::fs::read(&path).unwrap();
        let (url, copy) = (url(&path), url(&to));
        let commands: [&[&str]; 5] = [
            &["serve", "--listen", "127.0.0.1:0", "--store", &url],
            &["doctor", "--store", &url],
            &["seed", "--store", &url],
            &["copy", "--from", &url, "--to", &copy],
            &["backup", "--to", to.to_str().unwrap(), "--store", &url],
        ];
        for arguments in commands {
            let (code, out, why) = ended(inroads(arguments));
            assert_eq!((code, out.as_str(), why.lines().count()), (2, "", 1), "{arguments:?}: {why}");
            assert!(why.contains(words), "{arguments:?}: {why}");
            assert_eq!(std::fs::read(&path).unwrap(), before);
        }
        assert!(unusable(EmbeddedStore::open(&path).await).contains(words));
    }
}

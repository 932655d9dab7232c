//! `inroads backup` and `inroads copy`, as a shell sees them.

use crate::build::*;
use crate::ground::{Store, pieces};
use crate::home::{Home, ended, inroads, unusable, url};
use crate::script::Script;
use inroads::store::GraphStore as _;
use inroads::store::embedded::{Draft, EmbeddedStore};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

async fn opened(path: &Path) -> Store {
    Arc::new(EmbeddedStore::open_existing(path).await.unwrap())
}

fn backup(from: &Path, to: &Path) -> (i32, String, String) {
    ended(inroads(&["backup", "--store", &url(from), "--to", to.to_str().unwrap()]))
}

fn copy(from: &Path, to: &Path) -> (i32, String, String) {
    ended(inroads(&["copy", "--from", &url(from), "--to", &url(to)]))
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.filter(|name| !name.starts_with("graph.db")).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_one_revision_of_a_store_that_is_being_written() {
    let home = Home::new().await;
    let mut script = Script::of(1);
    for _ in 0..20 {
        home.store.commit(script.next_set()).await.unwrap();
    }
    let done = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn({
        let (store, done) = (home.store.clone(), Arc::clone(&done));
        async move {
            while !done.load(Ordering::Relaxed) {
                store.commit(script.next_set()).await.unwrap();
            }
        }
    });
    let (from, folder) = (home.store.path().to_owned(), home.folder.path().to_owned());
    let backups = tokio::task::spawn_blocking(move || {
        let copies: Vec<_> = (0..3).map(|n| folder.join(format!("copy {n}.db"))).collect();
        for to in &copies {
            assert_eq!(backup(&from, to).0, 0);
        }
        copies
    });
    let copies = backups.await.unwrap();
    done.store(true, Ordering::Relaxed);
    writing.await.unwrap();

    assert_eq!(names(home.folder.path()), ["copy 0.db", "copy 1.db", "copy 2.db"], "nothing else is left");
    let mut earlier = 0;
    for copy in copies {
        assert_private(&copy);
        let store = opened(&copy).await;
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        // A script that is as far says what has to be in it.
        let revision = store.health().await.unwrap().revision.0;
        assert!(revision >= 20 && revision >= earlier);
        earlier = revision;
        let mut script = Script::of(1);
        (0..revision).for_each(|_| drop(script.next_set()));
        let state = crate::ground::state(&store).await;
        assert_eq!((&state.nodes, &state.relations), (&script.now.nodes, &script.now.relations));
    }
}

#[cfg(unix)]
fn assert_private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_backup_overwrites_nothing_and_makes_no_store_of_a_slip() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let (from, folder) = (home.store.path(), home.folder.path());
    let to = folder.join("there.db");
    std::fs::write(&to, "precious").unwrap();
    let (code, out, why) = backup(from, &to);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(why.contains("there.db is there already, and is not overwritten"), "{why}");
    assert_eq!(std::fs::read(&to).unwrap(), b"precious");

    let (code, _, why) = backup(&folder.join("typo.db"), &folder.join("copy.db"));
    assert_eq!(code, 2);
    assert!(why.contains("there is no store at") && why.contains("typo.db"), "{why}");

    let (code, _, why) = backup(from, &to.join("copy.db"));
    assert_eq!(code, 2);
    assert!(why.contains("cannot be written"), "{why}");
    assert_eq!(names(folder), ["there.db"]);
}

#[tokio::test]
async fn a_copy_holds_all_there_is() {
    let home = Home::new().await;
    let mut script = Script::of(2);
    for _ in 0..30 {
        home.store.commit(script.next_set()).await.unwrap();
    }
    let to = home.folder.path().join("copies/copy.db");
    let (code, out, why) = copy(home.store.path(), &to);
    let (nodes, relations) = (script.now.nodes.len(), script.now.relations.len());
    assert_eq!(
        (code, out, why),
        (0, format!("Copied: {nodes} nodes, {relations} relations, 30 log entries.\n"), String::new())
    );
    let original: Store = Arc::new(home.store.clone());
    assert_eq!(pieces(&opened(&to).await).await, pieces(&original).await);
}

#[tokio::test]
async fn a_copy_goes_into_an_empty_store_only() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let other = Home::with(set("2", vec![put(&practice("org:b"))])).await;
    let before = pieces(&opened(other.store.path()).await).await;
    let (code, out, why) = copy(home.store.path(), other.store.path());
    assert_eq!((code, out.as_str(), why.lines().count()), (2, "", 1));
    assert!(why.contains("holds a graph already") && why.contains(&url(other.store.path())), "{why}");
    assert_eq!(pieces(&opened(other.store.path()).await).await, before);

    let slip = home.folder.path().join("typo.db");
    let (code, _, why) = copy(&slip, &home.folder.path().join("copy.db"));
    assert_eq!(code, 2);
    assert!(why.contains("there is no store at"), "{why}");
    assert!(!slip.exists());
}

/// As a store of another kind is backed up: into a draft that is a store, through what both can do.
#[tokio::test]
async fn a_draft_is_a_store_once_it_is_finished_and_nothing_before() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let to = home.folder.path().join("copy.db");
    let draft = Draft::of(&to).unwrap();
    let copy = EmbeddedStore::open(draft.path()).await.unwrap();
    let copied = inroads::app::copy(&home.store, &copy, |_| {}).await.unwrap();
    assert_eq!((copied.nodes, copied.relations, copied.log_entries), (1, 0, 1));
    drop(copy);
    assert!(!to.exists());
    draft.finish().unwrap();
    assert_eq!(names(home.folder.path()), ["copy.db"]);
    assert_private(&to);
    assert_eq!(opened(&to).await.load().await.unwrap().nodes.len(), 1);

    // One that is given up leaves nothing, and one whose name is taken meanwhile overwrites nothing.
    let other = home.folder.path().join("other.db");
    drop(Draft::of(&other).unwrap());
    let late = Draft::of(&other).unwrap();
    std::fs::write(&other, "precious").unwrap();
    assert!(unusable(late.finish()).contains("is there already"));
    assert_eq!(std::fs::read(&other).unwrap(), b"precious");
    assert_eq!(names(home.folder.path()), ["copy.db", "other.db"]);
}

//! Opening: what may be opened, what is left alone, and what a person is told then.

use super::worlds::{practice, put, set};
use super::{EmbeddedStore, Home, unusable};
use crate::model::Revision;
use crate::store::{GraphStore as _, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

#[tokio::test]
async fn a_new_store_is_made_with_its_folders_and_is_empty() {
    let folder = TempDir::new().unwrap();
    let store = EmbeddedStore::open(&folder.path().join("new/er/graph.db")).await.unwrap();
    let graph = store.load().await.unwrap();
    assert_eq!((graph.revision, graph.nodes.len(), graph.sources.len()), (Revision(0), 0, 0));
    let health = store.health().await.unwrap();
    assert_eq!((health.announced, health.unfinished), (Revision(0), None));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn an_empty_file_may_become_a_store() {
    let file = tempfile::NamedTempFile::new().unwrap();
    EmbeddedStore::open(file.path()).await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_new_store() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::with(set("1", vec![])).await;
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
    }
}

#[tokio::test]
async fn a_store_of_a_newer_schema_is_refused_and_left_as_it_is() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    home.sql().pragma_update(None, "user_version", 3).unwrap();
    let Home { folder, store } = home;
    let path = store.path().to_owned();
    drop(store);
    let before = std::fs::read(&path).unwrap();
    assert_eq!(
        unusable(EmbeddedStore::open(&path).await),
        format!("{} was written by a newer inroads (schema 3; this one knows 1): upgrade inroads", path.display())
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
    drop(folder);
}

#[tokio::test]
async fn a_file_of_something_else_is_refused_and_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let (text, foreign) = (folder.path().join("notes.txt"), folder.path().join("browser.sqlite"));
    std::fs::write(&text, "Dear diary, this is longer than the header of a database, and nothing like it. ".repeat(20))
        .unwrap();
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE bookmark (url TEXT)").unwrap();
    for path in [text, foreign] {
        let before = std::fs::read(&path).unwrap();
        assert_eq!(
            unusable(EmbeddedStore::open(&path).await),
            format!("{} is not an inroads store; choose another path, as in --store embedded:PATH", path.display())
        );
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
}

#[tokio::test]
async fn a_path_that_cannot_be_a_file_is_refused_in_one_line() {
    let folder = TempDir::new().unwrap();
    let why = unusable(EmbeddedStore::open(folder.path()).await);
    assert!(why.ends_with(&format!("is a folder; name a file in it, such as {}/inroads.db", folder.path().display())));

    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let why = unusable(EmbeddedStore::open(&file.join("graph.db")).await);
    assert!(why.contains("cannot be opened or written: check who owns it"), "{why}");
    assert_eq!(why.lines().count(), 1);
}

#[tokio::test]
async fn a_busy_file_asks_for_another_try() {
    let home = Home::new().await;
    let sql = home.sql();
    sql.execute_batch("BEGIN IMMEDIATE").unwrap();
    home.store.writer.lock().await.busy_timeout(std::time::Duration::ZERO).unwrap();
    let outcome = home.store.commit(set("1", vec![])).await;
    assert!(matches!(&outcome, Err(StoreError::Unavailable(why)) if why.contains("try again")), "{outcome:?}");
    // Readers do not wait for a writer.
    home.store.load().await.unwrap();
    drop(sql);
    home.store.commit(set("1", vec![])).await.unwrap();
}

#[tokio::test]
async fn the_doctor_finds_what_is_amiss() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    for id in ["2", "3"] {
        home.store.commit(set(id, vec![])).await.unwrap();
    }
    home.sql()
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
             UPDATE meta SET announced = 9;
             DELETE FROM log WHERE revision = 2;
             INSERT INTO ref VALUES ('OTHER', 'GB-NHS', 'N1', 'org:gone', 0);
             INSERT INTO node (id, type, synthetic, updated_at) VALUES ('ind:a', 'INDIVIDUAL', 0, '2026-03-01T09:00:00Z');",
        )
        .unwrap();
    assert_eq!(
        home.store.check().await.unwrap(),
        [
            "CHECK constraint failed in meta",
            "1 rows of ref name a node that is not there",
            "the log has 2 entries between revisions 1 and 3",
            "1 individuals lack their personal row, or rows there are of nobody",
        ]
    );
}

#[tokio::test]
async fn an_unreadable_value_is_reported_without_being_quoted() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    home.sql().execute("UPDATE node SET valid_from = 'Zebedee'", []).unwrap();
    let Err(StoreError::Internal { context, source }) = home.store.load().await else { panic!("it loaded") };
    assert!(context.ends_with("loading the graph failed"), "{context}");
    assert!(!format!("{source} {source:?}").contains("Zebedee"));
}

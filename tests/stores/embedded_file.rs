//! The embedded store's file: what may be opened, what is left alone, what a person is told, and what the doctor finds.

use crate::build::*;
use crate::home::{Home, unusable};
use inroads::model::Revision;
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{GraphStore as _, StoreError};
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
    let (folder, path) = home.closed();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(
        unusable(EmbeddedStore::open(&path).await),
        format!("{} was written by a newer inroads (schema 3; this one knows 2): upgrade inroads", path.display())
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

/// Breaks a store of three revisions behind its back, and says what the doctor finds.
async fn findings_after(sql: &str) -> Vec<String> {
    let lead = role("org:a", "org:b", "Lead", "register");
    let home = Home::with(set("1", vec![put(&practice("org:a")), put(&practice("org:b")), link(&lead)])).await;
    for id in ["2", "3"] {
        home.store.commit(set(id, vec![])).await.unwrap();
    }
    assert_eq!(home.store.check().await.unwrap(), Vec::<String>::new());
    let broken = format!("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; {sql}");
    home.sql().execute_batch(&broken).unwrap();
    home.store.check().await.unwrap()
}

#[tokio::test]
async fn the_doctor_finds_what_is_amiss() {
    let person = "INSERT INTO node (id, type, synthetic, updated_at) \
                  VALUES ('ind:a', 'INDIVIDUAL', 0, '2026-03-01T09:00:00Z')";
    for (sql, found) in [
        ("UPDATE meta SET announced = 9", "CHECK constraint failed in meta"),
        ("UPDATE log_change SET how = 'MENDED'", "CHECK constraint failed in log_change"),
        (
            "INSERT INTO ref VALUES ('OTHER', 'GB-NHS', 'N1', 'org:gone', 0)",
            "1 rows of ref name a node that is not there",
        ),
        ("DELETE FROM log WHERE revision = 2", "the log has 2 entries between revisions 1 and 3"),
        ("DELETE FROM log WHERE revision = 1", "the log begins with revision 2; it should begin with 1"),
        ("DELETE FROM log WHERE revision = 3", "the log ends at revision 2, the graph is at 3"),
        ("DELETE FROM log", "the log is empty; it should tell of revisions 1 to 3"),
        ("UPDATE meta SET log_since = 1", "the log begins with revision 1; it should begin with 2"),
        ("DELETE FROM log_change WHERE seq = 2", "1 log entries lack some of their changes"),
        (person, "1 individuals lack their personal row, or rows there are of nobody"),
        ("DELETE FROM evidence", "1 relations have no evidence"),
        (
            "UPDATE node SET merged_into = CASE id WHEN 'org:a' THEN 'org:b' ELSE 'org:a' END",
            "2 nodes are merged into one another in a circle",
        ),
        ("UPDATE node SET merged_into = id", "2 nodes are merged into one another in a circle"),
        ("UPDATE relation SET valid_to = 'Zebedee'", "a row of relation cannot be read: "),
        ("UPDATE log SET at = 'Zebedee' WHERE revision = 2", "a row of log cannot be read: "),
    ] {
        let findings = findings_after(sql).await;
        assert!(findings.iter().any(|finding| finding.starts_with(found)), "{sql}: {findings:?}");
        assert!(!format!("{findings:?}").contains("Zebedee"), "no value is quoted");
    }
}

#[tokio::test]
async fn an_unreadable_value_is_reported_without_being_quoted() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    home.sql().execute("UPDATE node SET valid_from = 'Zebedee'", []).unwrap();
    let Err(StoreError::Internal { context, source }) = home.store.load().await else { panic!("it loaded") };
    assert!(context.ends_with("loading the graph failed"), "{context}");
    assert!(!format!("{source} {source:?}").contains("Zebedee"));
}

//! A file under a server: another process writes to it for long, or copies it.

use crate::support::place::Place;
use crate::support::process::Serving;
use crate::support::small::{self, WAY_IN, another, of_the_store};
use inroads::store::GraphStore as _;
use inroads::store::embedded::EmbeddedStore;
use rusqlite::Connection;
use serde_json::Value;
use std::process::Stdio;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_another_writes_questions_go_on_and_changes_are_refused() {
    let place = Place::file();
    let serving = Serving::start(&place).await;
    small::fill(&serving).await;
    let before = serving.revision().await;
    let other = Connection::open(place.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE node SET name = 'half done' WHERE type = 'ORGANISATION'").unwrap();
    let changing = serving.mutate("organisationCreate", another("new"));
    let asking = async {
        for query in of_the_store() {
            let body = serving.graphql(&query, &Value::Null).await;
            assert_eq!(body.get("errors"), None, "{body}");
        }
        let body = serving.graphql(WAY_IN, &Value::Null).await;
        assert!(body["data"]["outreachPaths"]["paths"][0]["ask"].as_str().unwrap().contains("Harbour"), "{body}");
    };
    let (body, ()) = futures_util::future::join(changing, asking).await;
    let error = &body["errors"][0];
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{body}");
    assert!(error["message"].as_str().unwrap().contains("another process is writing to it"), "{body}");
    drop(other);
    assert_eq!(serving.done("organisationCreate", another("new")).await, before + 1, "nothing was half done");
    place.assert_whole();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_while_serving_holds_one_revision_whole() {
    let place = Place::file();
    let serving = Serving::start(&place).await;
    let begun = serving.done("organisationCreate", another("begun")).await;
    for round in 0..3 {
        let to = place.folder.path().join(format!("backup-{round}.db"));
        let mut backup = place.command(&["backup", "--to", to.to_str().unwrap()]);
        let mut backup = backup.stdout(Stdio::null()).spawn().unwrap();
        let first = serving.revision().await;
        let mut written = 0;
        let status = loop {
            if let Some(status) = backup.try_wait().unwrap() {
                break status;
            }
            serving.done("organisationCreate", another(&format!("{round}-{written}"))).await;
            written += 1;
        };
        assert!(status.success() && written > 0, "{status} {written}");
        let copy = Place::file();
        std::fs::rename(&to, copy.path()).unwrap();
        copy.assert_whole();
        let store = EmbeddedStore::open(&copy.path()).await.unwrap();
        let held = store.load().await.unwrap();
        let revision = store.health().await.unwrap().revision.0;
        assert!((first..=serving.revision().await).contains(&revision), "{revision}");
        // Each revision from the first on made one organisation.
        assert_eq!(held.nodes.len() as u64, revision - begun + 1);
    }
}

//! An embedded store in a folder of its own, which goes when the test does, and the program that is run on it.

use assert_cmd::Command;
use inroads::model::ChangeSet;
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{GraphStore as _, StoreError};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub struct Home {
    pub folder: TempDir,
    pub store: EmbeddedStore,
}

impl Home {
    pub async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = EmbeddedStore::open(&folder.path().join("graph.db")).await.unwrap();
        Self { folder, store }
    }

    pub async fn with(set: ChangeSet) -> Self {
        let home = Self::new().await;
        home.store.commit(set).await.unwrap();
        home
    }

    /// A look at the file behind the store's back.
    pub fn sql(&self) -> Connection {
        Connection::open(self.store.path()).unwrap()
    }

    /// Ends all use of the file, as the end of a process does.
    pub fn closed(self) -> (TempDir, PathBuf) {
        let Self { folder, store } = self;
        let path = store.path().to_owned();
        drop(store);
        (folder, path)
    }
}

pub fn unusable<T>(outcome: Result<T, StoreError>) -> String {
    match outcome {
        Err(StoreError::Unusable(why)) => why,
        Err(other) => panic!("not unusable: {other:?}"),
        Ok(_) => panic!("it went well"),
    }
}

pub fn url(path: &Path) -> String {
    format!("embedded:{}", path.display())
}

pub fn inroads(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("inroads"));
    for name in ["INROADS_STORE", "INROADS_LISTEN", "INROADS_CONFIG"] {
        command.env_remove(name);
    }
    command.args(arguments).timeout(std::time::Duration::from_mins(1));
    command
}

/// How a run ended: exit code, standard output, standard error.
pub fn ended(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

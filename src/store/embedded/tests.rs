//! What the embedded store promises, behaviour by behaviour, through the port and against real files.

mod commits;
mod opening;
mod privacy;
mod round_trip;
mod worlds;

use super::EmbeddedStore;
use crate::model::{ChangeSet, NodeRecord};
use crate::store::{GraphStore as _, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

/// A store in a folder of its own, which goes when the test does.
struct Home {
    folder: TempDir,
    store: EmbeddedStore,
}

impl Home {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let store = EmbeddedStore::open(&folder.path().join("graph.db")).await.unwrap();
        Self { folder, store }
    }

    async fn with(set: ChangeSet) -> Self {
        let home = Self::new().await;
        home.store.commit(set).await.unwrap();
        home
    }

    /// A look at the file behind the store's back.
    fn sql(&self) -> Connection {
        Connection::open(self.store.path()).unwrap()
    }

    async fn node(&self, id: &str) -> NodeRecord {
        let graph = self.store.load().await.unwrap();
        let node = graph.nodes.into_iter().find(|stored| stored.node.id.as_str() == id).unwrap().node;
        let mut details = self.store.hydrate(std::slice::from_ref(&node.id)).await.unwrap();
        NodeRecord { details: details.remove(&node.id).unwrap(), node }
    }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> String {
    match outcome {
        Err(StoreError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

fn unusable(outcome: Result<EmbeddedStore, StoreError>) -> String {
    match outcome {
        Err(StoreError::Unusable(why)) => why,
        Err(other) => panic!("not unusable: {other:?}"),
        Ok(_) => panic!("it opened"),
    }
}

//! The embedded adapter: one SQLite file, one writer, a few readers. Opened by `app` or the command line, then used
//! through the port alone. SQL stays in this folder and in `schema/sqlite`; nothing here decides what anyone may see.

mod cells;
mod check;
mod commit;
mod load;
mod log;
mod lookup;
mod nodes;
mod open;
mod readers;
mod refs;
mod relations;
mod sources;
#[cfg(test)]
mod tests;
mod trouble;

use super::{Committed, Graph, GraphStore, Health, LogEntry, RelationDetails, StoreError};
use crate::model::{ChangeSet, Details, NodeId, RelationId, Revision};
use readers::Readers;
use rusqlite::{Connection, Transaction};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Mutex;
use trouble::Trouble;

/// Cheap to clone: clones share the file, the writer and the readers.
#[derive(Clone)]
pub struct EmbeddedStore {
    path: Arc<Path>,
    /// Commits wait here, in the order they came, and not at SQLite's lock.
    writer: Arc<Mutex<Connection>>,
    readers: Arc<Readers>,
}

impl EmbeddedStore {
    /// Opens the store at `path`, making it and its folder if absent and bringing an older schema up to date.
    /// `Unusable` when the path cannot be written, holds something else, or is of a newer inroads.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let path: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (path, writer) = off_the_async_threads(move || open::writer(&path).map(|writer| (path, writer))).await?;
        let path: Arc<Path> = path.into();
        Ok(Self { readers: Arc::new(Readers::new(Arc::clone(&path))), writer: Arc::new(Mutex::new(writer)), path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks the whole file over, for `inroads doctor`: one line for each thing that is not as it should be.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking the store", check::findings).await
    }

    /// Runs `work` in one read transaction, so that all it reads is of one revision.
    async fn read<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let seat = self.readers.seat().await;
        let (path, readers) = (Arc::clone(&self.path), Arc::clone(&self.readers));
        off_the_async_threads(move || {
            let _seat = seat;
            readers.read(work).map_err(|error| Trouble::Sql(error).told(&path, doing))
        })
        .await
    }
}

#[async_trait::async_trait]
impl GraphStore for EmbeddedStore {
    async fn load(&self) -> Result<Graph, StoreError> {
        self.read("loading the graph", load::graph).await
    }

    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        self.read("reading the change log", move |tx| log::since(tx, revision, limit)).await
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        let nodes = nodes.to_vec();
        self.read("reading details of nodes", move |tx| lookup::details(tx, &nodes)).await
    }

    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        let relations = relations.to_vec();
        self.read("reading evidence", move |tx| lookup::evidence(tx, &relations)).await
    }

    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let path = Arc::clone(&self.path);
        off_the_async_threads(move || {
            commit::commit(&mut writer, set).map_err(|trouble| trouble.told(&path, "committing a change set"))
        })
        .await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        self.read("reading the store's state", log::health).await
    }
}

/// SQLite waits for disks; async threads must not. What has begun ends, even when nobody waits for it any more.
async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(StoreError::Internal { context: "a store task broke off".to_owned(), source: Box::new(error) })
    })
}

//! The embedded adapter: one SQLite file, one writer, a few readers. Opened by `app` or the command line, then used
//! through the port alone. SQL stays in this folder and in `schema/sqlite`; nothing here decides what anyone may see.

mod archive;
mod backup;
mod cells;
mod check;
mod commit;
mod delta;
mod erase;
mod held;
mod load;
mod log;
mod lookup;
mod nodes;
mod open;
mod past;
mod readers;
mod refs;
mod relations;
mod sources;
#[cfg(test)]
mod tests;
mod trouble;
mod writer;

pub use backup::Draft;

use super::{
    Committed, Delta, Graph, GraphStore, Health, LogEntry, Past, PastOf, Piece, Records, RelationDetails, StoreError,
};
use crate::model::{ChangeSet, Details, NodeId, RelationId, Revision};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use jiff::Timestamp;
use readers::Readers;
use rusqlite::Transaction;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};
use trouble::Trouble;
use writer::Writer;

/// So many batches of an archive may wait for whoever takes them.
const BATCHES_UNDER_WAY: usize = 2;

/// Cheap to clone: clones share the file, the writer and the readers.
#[derive(Clone)]
pub struct EmbeddedStore {
    path: Arc<Path>,
    /// Commits wait here, in the order they came, and not at SQLite's lock.
    writer: Arc<Mutex<Writer>>,
    readers: Arc<Readers>,
}

impl EmbeddedStore {
    /// Opens the store at `path`, making it and its folder if absent and bringing an older schema up to date.
    /// `Unusable` when the path cannot be written, holds something else, or is of a newer inroads.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let path: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let (path, writer) = off_the_async_threads(move || Writer::open(&path).map(|writer| (path, writer))).await?;
        let path: Arc<Path> = path.into();
        Ok(Self { readers: Arc::new(Readers::new(Arc::clone(&path))), writer: Arc::new(Mutex::new(writer)), path })
    }

    /// Opens a store that is there already; `Unusable` where there is none.
    pub async fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            let shown = path.display();
            return Err(StoreError::Unusable(format!(
                "there is no store at {shown}: check the path after `embedded:`"
            )));
        }
        Self::open(path).await
    }

    pub fn path(&self) -> &Path {
        &self.path
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

    async fn write<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&mut Writer) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, StoreError> {
        let mut writer = Arc::clone(&self.writer).lock_owned().await;
        let path = Arc::clone(&self.path);
        off_the_async_threads(move || work(&mut writer).map_err(|trouble| trouble.told(&path, doing))).await
    }

    /// A reader that hands on all there is, no faster than it is taken.
    async fn reading_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        let (sender, mut receiver) = mpsc::channel(BATCHES_UNDER_WAY);
        let seat = self.readers.seat().await;
        let (path, readers) = (Arc::clone(&self.path), Arc::clone(&self.readers));
        tokio::task::spawn_blocking(move || {
            let _seat = seat;
            let mut give = |batch| match sender.blocking_send(Ok(batch)) {
                Ok(()) => ControlFlow::Continue(()),
                // Nobody listens any more.
                Err(_) => ControlFlow::Break(()),
            };
            let read = readers.read(|tx| archive::read(tx, &mut give).map_err(|unread| unread.error));
            if let Err(error) = read {
                let _ = sender.blocking_send(Err(Trouble::Sql(error).told(&path, "reading the store out")));
            }
        });
        stream::poll_fn(move |context| receiver.poll_recv(context)).boxed()
    }
}

#[async_trait::async_trait]
impl GraphStore for EmbeddedStore {
    async fn load(&self) -> Result<Graph, StoreError> {
        self.read("loading the graph", load::graph).await
    }

    async fn delta(&self, after: Revision, limit: usize) -> Result<Option<Delta>, StoreError> {
        self.read("reading what has changed", move |tx| delta::after(tx, after, limit)).await
    }

    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        self.read("reading the change log", move |tx| log::since(tx, revision, limit)).await
    }

    async fn past(&self, of: &PastOf, before: Option<Revision>, limit: usize) -> Result<Vec<Past>, StoreError> {
        let of = of.clone();
        self.read("reading what happened", move |tx| past::past(tx, &of, before, limit)).await
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        let nodes = nodes.to_vec();
        self.read("reading details of nodes", move |tx| lookup::details(tx, &nodes)).await
    }

    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        let relations = relations.to_vec();
        self.read("reading evidence", move |tx| lookup::evidence(tx, &relations)).await
    }

    async fn records(&self, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, StoreError> {
        let (nodes, relations) = (nodes.to_vec(), relations.to_vec());
        self.read("reading records", move |tx| lookup::records(tx, &nodes, &relations)).await
    }

    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError> {
        self.write("committing a change set", move |writer| writer.commit(set)).await
    }

    async fn committed(&self, change_set: &str) -> Result<Option<Committed>, StoreError> {
        let change_set = change_set.to_owned();
        self.read("looking up a change set", move |tx| log::committed(tx, &change_set)).await
    }

    async fn let_go_of_log(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.write("letting go of the log", move |writer| writer.let_go_of_log(before)).await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        self.read("reading the store's state", log::health).await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read("checking the store", check::findings).await
    }

    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        let store = self.clone();
        stream::once(async move { store.reading_out().await }).flatten().boxed()
    }

    async fn take_in(&self, mut pieces: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError> {
        let (sender, mut receiver) = mpsc::channel(BATCHES_UNDER_WAY);
        let taking = self
            .write("taking in a copy", move |writer| writer.take_in(std::iter::from_fn(|| receiver.blocking_recv())));
        let giving = async move {
            while let Some(batch) = pieces.next().await {
                // Nobody takes them any more: `taking` says why.
                if sender.send(batch).await.is_err() {
                    break;
                }
            }
        };
        tokio::join!(taking, giving).0
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

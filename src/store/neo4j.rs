//! The Neo4j adapter: one database on a server, over Bolt. Opened by the command line, then used through the port alone.
//! Cypher stays in this folder and in `schema/neo4j`; nothing here decides what anyone may see. `docs/NEO4J.md` describes
//! the graph as an analyst finds it.

mod check;
mod commit;
mod delta;
mod erase;
mod held;
mod kin;
mod lines;
mod load;
mod log;
mod lookup;
mod meta;
mod nodes;
mod open;
mod past;
mod read_out;
mod refs;
mod relations;
mod settings;
mod sources;
mod take_in;
mod trouble;
mod tx;
mod values;

pub use settings::Settings;

use super::{
    Committed, Delta, Graph, GraphStore, Health, LogEntry, Past, PastOf, Piece, Records, RelationDetails, StoreError,
};
use crate::model::{ChangeSet, Details, NodeId, RelationId, Revision};
use futures_util::stream::{self, BoxStream, StreamExt as _};
use jiff::Timestamp;
use lines::{Lines, Patience};
use open::Empty;
use read_out::Batch;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::mpsc;

/// So many batches of an archive may wait for whoever takes them.
const BATCHES_UNDER_WAY: usize = 2;

/// Cheap to clone: clones share the connections.
#[derive(Clone)]
pub struct Neo4jStore {
    lines: Arc<Lines>,
}

impl Neo4jStore {
    /// Opens the store, making one of an empty database and bringing an older schema up to date. `Unusable` when what
    /// answers is not Neo4j, is too old, refuses us, or holds something else or a newer inroads' graph; `Unavailable` when
    /// nothing answers.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        Self::opened(settings, Empty::MayBecomeOne).await
    }

    /// Opens a store that is there already; `Unusable` where there is none.
    pub async fn open_existing(settings: &Settings) -> Result<Self, StoreError> {
        Self::opened(settings, Empty::IsNone).await
    }

    async fn opened(settings: &Settings, empty: Empty) -> Result<Self, StoreError> {
        let lines = Arc::new(Lines::new(settings)?);
        open::open(&lines, empty).await?;
        Ok(Self { lines })
    }
}

#[async_trait::async_trait]
impl GraphStore for Neo4jStore {
    async fn load(&self) -> Result<Graph, StoreError> {
        self.lines.with("loading the graph", Patience::EachStep, async move |line| load::graph(&line).await).await
    }

    async fn delta(&self, after: Revision, limit: usize) -> Result<Option<Delta>, StoreError> {
        let work = async move |line| delta::after(&line, after, limit).await;
        self.lines.with("reading what has changed", Patience::Request, work).await
    }

    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        let work = async move |line| log::since(&line, revision, limit).await;
        self.lines.with("reading the change log", Patience::Request, work).await
    }

    async fn past(&self, of: &PastOf, before: Option<Revision>, limit: usize) -> Result<Vec<Past>, StoreError> {
        let of = of.clone();
        let work = async move |line| past::past(&line, &of, before, limit).await;
        self.lines.with("reading what happened", Patience::Request, work).await
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        let (keys, nodes) = (nodes.len(), nodes.to_vec());
        let work = async move |line| lookup::details(&line, &nodes).await;
        self.lines.with("reading details of nodes", Patience::for_keys(keys), work).await
    }

    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        let (keys, relations) = (relations.len(), relations.to_vec());
        let work = async move |line| lookup::evidence(&line, &relations).await;
        self.lines.with("reading evidence", Patience::for_keys(keys), work).await
    }

    async fn records(&self, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, StoreError> {
        let (keys, nodes, relations) = (nodes.len() + relations.len(), nodes.to_vec(), relations.to_vec());
        let work = async move |line| lookup::records(&line, &nodes, &relations).await;
        self.lines.with("reading records", Patience::for_keys(keys), work).await
    }

    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError> {
        let patience = if set.run.is_some() { Patience::Long } else { Patience::Request };
        let asked = Arc::new(AtomicBool::new(false));
        let asking = Arc::clone(&asked);
        let work = async move |line| commit::commit(&line, &set, &asking).await;
        match self.lines.with("committing a change set", patience, work).await {
            Err(StoreError::Unavailable(why)) if asked.load(Ordering::Relaxed) => {
                Err(StoreError::Unavailable(format!(
                    "{why}. The change set may have been applied all the same: trying it again with the same key is harmless"
                )))
            }
            Err(StoreError::Unavailable(why)) => Err(StoreError::Unavailable(format!("{why}. Nothing was changed"))),
            outcome => outcome,
        }
    }

    async fn committed(&self, change_set: &str) -> Result<Option<Committed>, StoreError> {
        let change_set = change_set.to_owned();
        let work = async move |line| log::committed(&line, &change_set).await;
        self.lines.with("looking up a change set", Patience::Request, work).await
    }

    async fn let_go_of_log(&self, before: Timestamp) -> Result<u64, StoreError> {
        let work = async move |line| log::let_go(&line, before).await;
        self.lines.with("letting go of the log", Patience::EachStep, work).await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        self.lines
            .with("reading the store's state", Patience::Request, async move |line| log::health(&line).await)
            .await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.lines.with("checking the store", Patience::EachStep, async move |line| check::findings(&line).await).await
    }

    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        let lines = Arc::clone(&self.lines);
        let reading = async move {
            let (sender, mut receiver) = mpsc::channel::<Batch>(BATCHES_UNDER_WAY);
            tokio::spawn(async move {
                let to = sender.clone();
                let work = async move |line| read_out::all(&line, &to).await;
                if let Err(error) = lines.with("reading the store out", Patience::EachStep, work).await {
                    let _ = sender.send(Err(error)).await;
                }
            });
            stream::poll_fn(move |context| receiver.poll_recv(context))
        };
        stream::once(reading).flatten().boxed()
    }

    async fn take_in(&self, mut pieces: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError> {
        let work = async move |line| take_in::all(&line, &mut pieces).await;
        self.lines.with("taking in a copy", Patience::EachStep, work).await
    }
}

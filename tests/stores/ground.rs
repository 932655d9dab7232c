//! Where the cases happen: a kind of store, wiped for each. A case is alone in its store, but not in time: a ground that
//! has one store for all runs them one after another.

use futures_util::TryStreamExt as _;
use inroads::model::{NodeId, NodeRecord, Relation, RelationId, RelationRecord, Revision, Source};
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{GraphStore, Piece, StoreError};
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

pub type Store = Arc<dyn GraphStore>;

#[async_trait::async_trait]
pub trait Ground: Send + Sync {
    /// The store with nothing in it: whatever was in it before is gone.
    async fn empty(&self) -> Store;
    /// Another handle on the store as it is, as another process or a restart has it.
    async fn again(&self) -> Store;
    /// How many cases of a property are worth their time here.
    fn samples(&self) -> u32;
}

/// Runs a case on SQLite files, a new one for each empty store.
pub fn on_embedded(case: impl AsyncFnOnce(&dyn Ground)) {
    runtime().block_on(case(&Embedded::default()));
}

/// Several threads, so that what may happen at once does.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

#[derive(Default)]
pub struct Embedded {
    folder: Mutex<Option<TempDir>>,
}

impl Embedded {
    async fn open(&self) -> Store {
        let path = self.folder.lock().unwrap().as_ref().unwrap().path().join("graph.db");
        Arc::new(EmbeddedStore::open(&path).await.unwrap())
    }
}

#[async_trait::async_trait]
impl Ground for Embedded {
    async fn empty(&self) -> Store {
        *self.folder.lock().unwrap() = Some(TempDir::new().unwrap());
        self.open().await
    }

    async fn again(&self) -> Store {
        self.open().await
    }

    fn samples(&self) -> u32 {
        16
    }
}

/// Holds for every sample of a strategy, or panics with the least that breaks it.
pub fn for_all<S: Strategy>(samples: u32, strategy: S, holds: impl AsyncFn(S::Value)) {
    let config = Config { cases: samples, failure_persistence: None, max_shrink_iters: 64, ..Config::default() };
    let outcome = TestRunner::new(config).run(&strategy, |value| {
        tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(holds(value)));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

/// All there is in a store.
pub async fn pieces(store: &Store) -> Vec<Piece> {
    let batches: Vec<Vec<Piece>> = store.read_out().try_collect().await.unwrap();
    assert!(batches.iter().all(|batch| batch.len() <= 1_000), "batches are of bounded size");
    batches.into_iter().flatten().collect()
}

/// What a store says there is, put together from what it says to a snapshot and what it says besides.
#[derive(Debug, PartialEq, Default)]
pub struct State {
    pub revision: Revision,
    pub nodes: BTreeMap<NodeId, (NodeRecord, jiff::Timestamp)>,
    pub relations: BTreeMap<RelationId, RelationRecord>,
    pub sources: BTreeMap<String, Source>,
}

pub async fn state(store: &Store) -> State {
    let graph = store.load().await.unwrap();
    let (nodes_told, relations_told) = (graph.nodes.len(), graph.relations.len());
    let node_ids: Vec<NodeId> = graph.nodes.iter().map(|stored| stored.node.id.clone()).collect();
    let relation_ids: Vec<RelationId> = graph.relations.iter().map(|relation| relation.id.clone()).collect();
    let mut details = store.hydrate(&node_ids).await.unwrap();
    let mut kept = store.evidence(&relation_ids).await.unwrap();
    let nodes = graph.nodes.into_iter().map(|stored| {
        let details = details.remove(&stored.node.id).unwrap();
        (stored.node.id.clone(), (NodeRecord { node: stored.node, details }, stored.updated_at))
    });
    let relations = graph.relations.into_iter().map(|relation: Relation| {
        let kept = kept.remove(&relation.id).unwrap();
        (relation.id.clone(), RelationRecord { relation, evidence: kept.evidence, note: kept.note })
    });
    let state = State {
        revision: graph.revision,
        nodes: nodes.collect(),
        relations: relations.collect(),
        sources: graph.sources.into_iter().map(|source| (source.name.clone(), source)).collect(),
    };
    assert_eq!((state.nodes.len(), state.relations.len()), (nodes_told, relations_told), "each is told once");
    assert_same_in_records(store, &state).await;
    state
}

async fn assert_same_in_records(store: &Store, state: &State) {
    let nodes: Vec<NodeId> = state.nodes.keys().cloned().collect();
    let relations: Vec<RelationId> = state.relations.keys().cloned().collect();
    let records = store.records(&nodes, &relations).await.unwrap();
    assert_eq!(records.revision, state.revision);
    assert_eq!((records.nodes.len(), records.relations.len()), (nodes.len(), relations.len()));
    assert!(records.nodes.iter().all(|(id, record)| state.nodes[id].0 == *record));
    assert!(records.relations.iter().all(|(id, record)| state.relations[id] == *record));
}

/// The node as the store has it, whole.
pub async fn node(store: &Store, id: &str) -> Option<NodeRecord> {
    let id = NodeId::known(id);
    store.records(std::slice::from_ref(&id), &[]).await.unwrap().nodes.remove(&id)
}

pub fn refusal<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> String {
    match outcome {
        Err(StoreError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

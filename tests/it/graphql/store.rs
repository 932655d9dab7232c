//! A store in memory that counts what it is asked.

use futures_util::stream::{self, BoxStream, StreamExt as _};
use inroads::model::{ChangeSet, Details, Evidence, NodeId, RelationId, Revision};
use inroads::store::{
    Committed, Delta, Graph, GraphStore, Health, LogEntry, Past, PastOf, Piece, Records, RelationDetails, StoreError,
};
use std::collections::HashMap;
use std::sync::Mutex;

#[derive(Default)]
pub struct MemoryStore {
    pub graph: Graph,
    pub details: HashMap<NodeId, Details>,
    pub evidence: HashMap<RelationId, Vec<Evidence>>,
    /// How many keys each call named.
    hydrated: Mutex<Vec<usize>>,
    proven: Mutex<Vec<usize>>,
    pub broken: bool,
}

impl MemoryStore {
    /// How many keys each call for details named, and each call for evidence.
    pub fn calls(&self) -> (Vec<usize>, Vec<usize>) {
        (self.hydrated.lock().unwrap().clone(), self.proven.lock().unwrap().clone())
    }

    fn works(&self) -> Result<(), StoreError> {
        let source = "disk /dev/sda1 failed while reading nadia@example.org";
        let broken = || StoreError::Internal { context: "reading details".into(), source: source.into() };
        if self.broken { Err(broken()) } else { Ok(()) }
    }
}

#[async_trait::async_trait]
impl GraphStore for MemoryStore {
    async fn load(&self) -> Result<Graph, StoreError> {
        Ok(self.graph.clone())
    }

    async fn delta(&self, _: Revision, _: usize) -> Result<Option<Delta>, StoreError> {
        Ok(None)
    }

    async fn changes_since(&self, _: Revision, _: usize) -> Result<Vec<LogEntry>, StoreError> {
        Ok(Vec::new())
    }

    async fn past(&self, _: &PastOf, _: Option<Revision>, _: usize) -> Result<Vec<Past>, StoreError> {
        Ok(Vec::new())
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        self.hydrated.lock().unwrap().push(nodes.len());
        self.works()?;
        Ok(nodes.iter().filter_map(|id| Some((id.clone(), self.details.get(id)?.clone()))).collect())
    }

    async fn evidence(&self, ids: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        self.proven.lock().unwrap().push(ids.len());
        self.works()?;
        let known = |id: &RelationId| {
            let evidence = self.evidence.get(id)?.clone();
            Some((id.clone(), RelationDetails { evidence, note: None }))
        };
        Ok(ids.iter().filter_map(known).collect())
    }

    async fn records(&self, _: &[NodeId], _: &[RelationId]) -> Result<Records, StoreError> {
        Err(for_reading())
    }

    async fn commit(&self, _: ChangeSet) -> Result<Committed, StoreError> {
        Err(for_reading())
    }

    async fn committed(&self, _: &str) -> Result<Option<Committed>, StoreError> {
        Ok(None)
    }

    async fn let_go_of_log(&self, _: jiff::Timestamp) -> Result<u64, StoreError> {
        Err(for_reading())
    }

    async fn health(&self) -> Result<Health, StoreError> {
        let revision = self.graph.revision;
        Ok(Health { revision, announced: revision, log_since: Revision(0), unfinished: None })
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        stream::once(async { Err(for_reading()) }).boxed()
    }

    async fn take_in(&self, _: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError> {
        Err(for_reading())
    }
}

fn for_reading() -> StoreError {
    StoreError::Refused("this store is for reading".into())
}

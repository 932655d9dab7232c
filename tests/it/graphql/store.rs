//! A store in memory that counts what it is asked.

use inroads::model::{ChangeSet, Details, Evidence, NodeId, RelationId, Revision};
use inroads::store::{Committed, Graph, GraphStore, Health, LogEntry, RelationDetails, StoreError};
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

    async fn changes_since(&self, _: Revision, _: usize) -> Result<Vec<LogEntry>, StoreError> {
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

    async fn commit(&self, _: ChangeSet) -> Result<Committed, StoreError> {
        Err(StoreError::Refused("this store is for reading".into()))
    }

    async fn health(&self) -> Result<Health, StoreError> {
        let revision = self.graph.revision;
        Ok(Health { revision, announced: revision, unfinished: None })
    }
}

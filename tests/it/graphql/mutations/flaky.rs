//! A store that fails at chosen moments.

use futures_util::stream::BoxStream;
use inroads::model::{ChangeSet, Details, NodeId, RelationId, Revision};
use inroads::store::{
    Committed, Delta, Graph, GraphStore, Health, LogEntry, Past, PastOf, Piece, Records, RelationDetails, StoreError,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// When it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// It commits, and says that it does not know.
    ReplyLost,
    /// It cannot be read.
    Reading,
    /// It cannot be read once it has committed.
    AfterCommit,
    /// Committing breaks.
    Broken,
}

pub struct FlakyStore {
    inner: Arc<dyn GraphStore>,
    fault: Mutex<Fault>,
}

impl FlakyStore {
    pub fn over(inner: Arc<dyn GraphStore>) -> Self {
        Self { inner, fault: Mutex::new(Fault::None) }
    }

    pub fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    fn fault(&self) -> Fault {
        *self.fault.lock().unwrap()
    }

    fn readable(&self) -> Result<(), StoreError> {
        if self.fault() == Fault::Reading {
            return Err(StoreError::Unavailable("the store does not answer".into()));
        }
        Ok(())
    }
}

#[async_trait::async_trait]
impl GraphStore for FlakyStore {
    async fn load(&self) -> Result<Graph, StoreError> {
        self.readable()?;
        self.inner.load().await
    }

    async fn delta(&self, after: Revision, limit: usize) -> Result<Option<Delta>, StoreError> {
        self.readable()?;
        self.inner.delta(after, limit).await
    }

    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        self.inner.changes_since(revision, limit).await
    }

    async fn past(&self, of: &PastOf, before: Option<Revision>, limit: usize) -> Result<Vec<Past>, StoreError> {
        self.inner.past(of, before, limit).await
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        self.readable()?;
        self.inner.hydrate(nodes).await
    }

    async fn evidence(&self, ids: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        self.readable()?;
        self.inner.evidence(ids).await
    }

    async fn records(&self, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, StoreError> {
        self.readable()?;
        self.inner.records(nodes, relations).await
    }

    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError> {
        match self.fault() {
            Fault::Broken => {
                return Err(StoreError::Internal { context: "committing".into(), source: "disk failed".into() });
            }
            Fault::None | Fault::ReplyLost | Fault::Reading | Fault::AfterCommit => {}
        }
        let committed = self.inner.commit(set).await?;
        match self.fault() {
            Fault::ReplyLost => Err(StoreError::Unavailable("the store broke off; it may have been done".into())),
            Fault::AfterCommit => {
                self.set(Fault::Reading);
                Ok(committed)
            }
            Fault::None | Fault::Reading | Fault::Broken => Ok(committed),
        }
    }

    async fn committed(&self, change_set: &str) -> Result<Option<Committed>, StoreError> {
        self.inner.committed(change_set).await
    }

    async fn let_go_of_log(&self, before: jiff::Timestamp) -> Result<u64, StoreError> {
        self.inner.let_go_of_log(before).await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        self.readable()?;
        self.inner.health().await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.inner.check().await
    }

    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        self.inner.read_out()
    }

    async fn take_in(&self, pieces: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError> {
        self.inner.take_in(pieces).await
    }
}

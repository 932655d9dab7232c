//! A store that is watched: it counts what it is asked, can be out of reach, slow to load, or another one all of a sudden.

use futures_util::stream::BoxStream;
use inroads::model::{ChangeSet, Details, NodeId, RelationId, Revision};
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{
    Committed, Delta, Graph, GraphStore, Health, LogEntry, Past, PastOf, Piece, Records, RelationDetails, StoreError,
};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

pub struct Watched {
    folder: tempfile::TempDir,
    store: Mutex<Arc<EmbeddedStore>>,
    pub loads: AtomicUsize,
    /// How often the change log was read.
    pub log_reads: AtomicUsize,
    pub out_of_reach: AtomicBool,
    /// A load takes a permit and gives it back.
    pub may_load: Semaphore,
    /// Raised when a load waits for its permit.
    pub loading: Semaphore,
}

impl Watched {
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let store = EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store");
        Self {
            folder,
            store: Mutex::new(Arc::new(store)),
            loads: AtomicUsize::new(0),
            log_reads: AtomicUsize::new(0),
            out_of_reach: AtomicBool::new(false),
            may_load: Semaphore::new(1),
            loading: Semaphore::new(0),
        }
    }

    /// Puts an empty store in its place.
    pub async fn replace(&self) {
        let other = EmbeddedStore::open(&self.folder.path().join("other.db")).await.expect("a store");
        *self.store.lock().unwrap() = Arc::new(other);
    }

    pub fn loads(&self) -> usize {
        self.loads.load(Ordering::SeqCst)
    }

    fn store(&self) -> Arc<EmbeddedStore> {
        Arc::clone(&self.store.lock().unwrap())
    }

    fn reach(&self) -> Result<Arc<EmbeddedStore>, StoreError> {
        if self.out_of_reach.load(Ordering::SeqCst) {
            return Err(StoreError::Unavailable("the store cannot be reached".into()));
        }
        Ok(self.store())
    }
}

#[async_trait::async_trait]
impl GraphStore for Watched {
    async fn load(&self) -> Result<Graph, StoreError> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        self.loading.add_permits(1);
        let _permit = self.may_load.acquire().await.expect("it is never closed");
        self.reach()?.load().await
    }

    async fn delta(&self, after: Revision, limit: usize) -> Result<Option<Delta>, StoreError> {
        self.reach()?.delta(after, limit).await
    }

    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError> {
        self.log_reads.fetch_add(1, Ordering::SeqCst);
        self.reach()?.changes_since(revision, limit).await
    }

    async fn past(&self, of: &PastOf, before: Option<Revision>, limit: usize) -> Result<Vec<Past>, StoreError> {
        self.reach()?.past(of, before, limit).await
    }

    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError> {
        self.reach()?.hydrate(nodes).await
    }

    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError> {
        self.reach()?.evidence(relations).await
    }

    async fn records(&self, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, StoreError> {
        self.reach()?.records(nodes, relations).await
    }

    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError> {
        self.reach()?.commit(set).await
    }

    async fn committed(&self, change_set: &str) -> Result<Option<Committed>, StoreError> {
        self.reach()?.committed(change_set).await
    }

    async fn let_go_of_log(&self, before: jiff::Timestamp) -> Result<u64, StoreError> {
        self.reach()?.let_go_of_log(before).await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        self.reach()?.health().await
    }

    async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.reach()?.check().await
    }

    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>> {
        self.store().read_out()
    }

    async fn take_in(&self, pieces: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError> {
        self.reach()?.take_in(pieces).await
    }
}

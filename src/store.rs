//! Durable truth: the narrow port, and its adapters. Only `app` holds a store. A store keeps and returns facts;
//! it never filters, orders, searches, ranks or decides who may see what.

pub mod archive;
pub mod effects;
pub mod embedded;
pub mod neo4j;

#[cfg(test)]
#[path = "../tests/stores/build.rs"]
#[expect(dead_code, reason = "the conformance suite uses the rest")]
mod build;

pub use crate::model::{ChangedThing, Happened};
pub use archive::Piece;

use crate::model::{
    ChangeSet, Details, Evidence, FieldChange, Node, NodeId, NodeRecord, Relation, RelationId, RelationRecord,
    Revision, Source,
};
use futures_util::stream::BoxStream;
use std::collections::HashMap;

/// Everything the snapshot is made of, as one revision holds it.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub revision: Revision,
    pub nodes: Vec<StoredNode>,
    pub relations: Vec<Relation>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone)]
pub struct StoredNode {
    pub node: Node,
    /// When a change set last touched it.
    pub updated_at: jiff::Timestamp,
}

/// What the store keeps of a relation besides the snapshot's part.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RelationDetails {
    pub evidence: Vec<Evidence>,
    pub note: Option<String>,
}

/// What things have become that changed after a revision. Applied to a graph of that revision it makes the newer one;
/// applied again it does no harm.
#[derive(Debug, Clone, Default)]
pub struct Delta {
    pub revision: Revision,
    pub nodes: Vec<StoredNode>,
    pub relations: Vec<Relation>,
    pub sources: Vec<Source>,
    pub gone_nodes: Vec<NodeId>,
    pub gone_relations: Vec<RelationId>,
}

/// Things with all that is kept of them, as one revision or a later one holds them. What is unknown is absent.
#[derive(Debug, Clone, Default)]
pub struct Records {
    /// A change set that expects these things untouched since this revision cannot overwrite what it has not seen.
    pub revision: Revision,
    pub nodes: HashMap<NodeId, NodeRecord>,
    pub relations: HashMap<RelationId, RelationRecord>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    pub revision: Revision,
    /// The set had been committed before: a retry.
    pub repeated: bool,
    /// The digest of what the committed set was asked to do, if it had one.
    pub request: Option<String>,
}

/// One committed change set, as the log tells it: ids and field names, no personal value.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    pub revision: Revision,
    pub at: jiff::Timestamp,
    pub actor: String,
    pub source: String,
    pub changes: Vec<LoggedChange>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChange {
    pub id: String,
    pub of: ChangedThing,
    pub how: Happened,
    pub fields: Vec<String>,
}

/// What one change set did to one thing, with the values: personal ones too, so it has to be cut before it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub revision: Revision,
    pub at: jiff::Timestamp,
    pub actor: String,
    pub source: String,
    pub id: String,
    pub of: ChangedThing,
    pub how: Happened,
    /// Of a thing that was made, or of what has been erased since, only the names.
    pub fields: Vec<FieldChange>,
}

/// Whose past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PastOf {
    /// A thing's, newest first.
    Thing(String),
    /// All that one change set did, in the order in which it did it.
    ChangeSet(Revision),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub revision: Revision,
    /// The newest revision that may be shown: later ones belong to an import still under way.
    pub announced: Revision,
    /// The log tells of what came after this revision: 0 while nothing of it has been let go.
    pub log_since: Revision,
    /// An import that was broken off, or is under way in another process.
    pub unfinished: Option<UnfinishedRun>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfinishedRun {
    pub run: String,
    pub what: String,
    pub change_sets: u64,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be used as it is; the message says what to do.
    #[error("{0}")]
    Unusable(String),
    /// It cannot be reached or is busy; trying again may help.
    #[error("{0}")]
    Unavailable(String),
    /// The change set contradicts what the store holds; nothing was written.
    #[error("{0}")]
    Refused(String),
    /// A thing was touched that the change set expected untouched; nothing was written.
    #[error("{thing} has changed since revision {since}")]
    Overtaken { thing: String, since: Revision },
    /// Something that should not happen.
    #[error("{context}")]
    Internal {
        context: String,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The port. Adapters are told apart by nothing but how they keep things.
#[async_trait::async_trait]
pub trait GraphStore: Send + Sync {
    /// All that the snapshot holds, at one revision.
    async fn load(&self) -> Result<Graph, StoreError>;
    /// What has become of all that changed after a revision, up to the announced one. `None` when more than `limit`
    /// things did, or the log does not reach back so far: load instead.
    async fn delta(&self, after: Revision, limit: usize) -> Result<Option<Delta>, StoreError>;
    /// The announced log after a revision, oldest first, at most `limit` entries.
    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError>;
    /// What happened to a thing before a revision, or all that a change set did; at most `limit`.
    async fn past(&self, of: &PastOf, before: Option<Revision>, limit: usize) -> Result<Vec<Past>, StoreError>;
    /// What the snapshot lacks of these nodes. Unknown ids are absent from the answer.
    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError>;
    /// What the snapshot lacks of these relations. Unknown ids are absent from the answer.
    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError>;
    /// Things whole, for whoever is about to change them.
    async fn records(&self, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, StoreError>;
    /// Applies a change set whole, with its log row and the next revision, or not at all.
    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError>;
    /// Whether a change set of this id has been committed.
    async fn committed(&self, change_set: &str) -> Result<Option<Committed>, StoreError>;
    /// Lets go of the log before a moment. The graph stays as it is. Says how many entries went.
    async fn let_go_of_log(&self, before: jiff::Timestamp) -> Result<u64, StoreError>;
    async fn health(&self) -> Result<Health, StoreError>;
    /// Looks everything over, for `inroads doctor`: one line for each thing that is not as it should be.
    async fn check(&self) -> Result<Vec<String>, StoreError>;
    /// All there is, in the order in which `take_in` wants it; an error where it changed meanwhile.
    fn read_out(&self) -> BoxStream<'static, Result<Vec<Piece>, StoreError>>;
    /// Fills an empty store with all there is in another. Refused where there is something already; broken off half-way,
    /// the store is unusable and says so.
    async fn take_in(&self, pieces: BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), StoreError>;
}

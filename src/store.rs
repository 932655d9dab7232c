//! Durable truth: the narrow port, and its adapters. Only `app` holds a store. A store keeps and returns facts;
//! it never filters, orders, searches, ranks or decides who may see what.

pub mod embedded;

use crate::model::{
    ChangeSet, Details, Evidence, Node, NodeId, NodeType, Relation, RelationId, RelationKind, Revision, Source,
};
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    pub revision: Revision,
    /// The set had been committed before: a retry.
    pub repeated: bool,
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
    pub created: bool,
    pub fields: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangedThing {
    Node(NodeType),
    Relation(RelationKind),
    Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    pub revision: Revision,
    /// The newest revision that may be shown: later ones belong to an import still under way.
    pub announced: Revision,
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
    /// The log after a revision, oldest first, at most `limit` entries.
    async fn changes_since(&self, revision: Revision, limit: usize) -> Result<Vec<LogEntry>, StoreError>;
    /// What the snapshot lacks of these nodes. Unknown ids are absent from the answer.
    async fn hydrate(&self, nodes: &[NodeId]) -> Result<HashMap<NodeId, Details>, StoreError>;
    /// What the snapshot lacks of these relations. Unknown ids are absent from the answer.
    async fn evidence(&self, relations: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, StoreError>;
    /// Applies a change set whole, with its log row and the next revision, or not at all.
    async fn commit(&self, set: ChangeSet) -> Result<Committed, StoreError>;
    async fn health(&self) -> Result<Health, StoreError>;
}

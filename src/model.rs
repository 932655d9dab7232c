//! The vocabulary: what a stakeholder graph is made of, and the rules a value must keep to exist at all.
//! Everyone may use it. It never does I/O, never waits, and knows nothing of GraphQL, SQL or Cypher.

pub mod change;
pub mod consent;
pub mod dates;
pub mod filter;
pub mod ids;
pub mod node;
pub mod patch;
pub mod refs;
pub mod relation;
pub mod text;
pub mod vocabulary;

pub use change::{Change, ChangeSet, ChangedThing, Expectation, FieldChange, Happened, Revision, RunPart, Source};
pub use consent::{Consent, ConsentRecord, DoNotApproach};
pub use dates::{Clock, Date, LondonClock, Validity, parse_day};
pub use filter::{IntRange, NodeRef, OrganisationFilter};
pub use ids::{IdGenerator, NodeId, RelationId};
pub use node::{
    AreaFacts, Body, Details, GroupFacts, IndividualFacts, InitiativeFacts, NetworkFacts, Node, NodeRecord,
    OrganisationFacts, SegmentFacts, SoftwareFacts,
};
pub use patch::Patch;
pub use refs::{Ref, RefSpace};
pub use relation::{Evidence, Relation, RelationRecord, RelationSaid};
pub use vocabulary::{
    ConsentPurpose, ConsentStatus, EvidenceKind, Formality, GroupKind, HopClass, Nation, NodeType, OrganisationKind,
    RelationKind, Sector, ServeMode,
};

/// A value that cannot be: what was wrong, in words for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);

impl Invalid {
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

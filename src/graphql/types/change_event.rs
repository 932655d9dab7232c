//! A change set, as a subscriber is told of it.

use crate::app;
use crate::graphql::connection::whole;
use crate::graphql::enums::{ChangeKind, NodeType, RelationKind};
use crate::graphql::scalars::Moment;
use crate::model::ChangedThing;
use async_graphql::{ID, Object};

/// What each event is weighed with: it may hold more changes, but few do.
const USUAL_CHANGES: usize = 100;

pub struct ChangeEvent(pub app::ChangeEvent);

/// Changes that were made together, as one change set.
#[Object]
impl ChangeEvent {
    /// The version of the graph that they made. Give it as `sinceRevision` to go on after this event.
    fn revision(&self) -> i32 {
        whole(self.0.revision.0)
    }

    /// When they were made.
    fn at(&self) -> Moment {
        Moment(self.0.at)
    }

    /// Who or what made them. Null where that may name a person and your role does not see people.
    fn actor(&self) -> Option<&str> {
        self.0.actor.as_deref()
    }

    /// Where they came from: a file, a form, somebody's word. Null where that may name a person and your role does not
    /// see people.
    fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The changes, without those that your role may not see: at most 1,000.
    #[graphql(complexity = "USUAL_CHANGES.saturating_mul(child_complexity).saturating_add(1)")]
    async fn changes(&self) -> Vec<Change<'_>> {
        self.0.changes.iter().map(Change).collect()
    }

    /// Whether there were more changes than are told here.
    fn truncated(&self) -> bool {
        self.0.truncated
    }

    /// Whether what happened before this revision cannot be told, because the log no longer reaches back so far or the
    /// revision asked for is not one of this graph. Read anew what you keep; events go on from here.
    fn gap(&self) -> bool {
        self.0.gap
    }
}

pub struct Change<'a>(&'a app::ChangeView);

/// What was done to one thing.
#[Object]
impl Change<'_> {
    /// The key of the thing; of a source, its name.
    fn id(&self) -> ID {
        self.0.id.as_str().into()
    }

    /// What the thing is. Null for relations and sources.
    #[graphql(name = "type")]
    fn node_type(&self) -> Option<NodeType> {
        node_type(self.0.of)
    }

    /// What was done to it.
    fn kind(&self) -> ChangeKind {
        self.0.how.into()
    }

    /// The names of the fields that changed. Empty of a person where your role does not see people.
    fn fields(&self) -> &[String] {
        &self.0.fields
    }

    /// What kind of relation it is. Null for anything else.
    fn relation(&self) -> Option<RelationKind> {
        relation_kind(self.0.of)
    }
}

pub fn node_type(of: ChangedThing) -> Option<NodeType> {
    match of {
        ChangedThing::Node(node_type) => Some(node_type.into()),
        ChangedThing::Relation(_) | ChangedThing::Source => None,
    }
}

pub fn relation_kind(of: ChangedThing) -> Option<RelationKind> {
    match of {
        ChangedThing::Relation(kind) => Some(kind.into()),
        ChangedThing::Node(_) | ChangedThing::Source => None,
    }
}

//! What happened to one thing.

use super::change_event::{node_type, relation_kind};
use super::{Redaction, redactions};
use crate::app;
use crate::graphql::connection::{PageInfo, page_info, whole};
use crate::graphql::enums::{ChangeKind, NodeType, RelationKind};
use crate::graphql::paging;
use crate::graphql::scalars::{Json, Moment};
use crate::model::{self, NodeId, Revision};
use crate::snapshot::page::{Key, KeyValue};
use async_graphql::{Object, SimpleObject};

pub struct HistoryConnection {
    edges: Vec<HistoryEdge>,
    started: bool,
    has_next: bool,
}

/// A page of what happened to a thing, newest first.
#[Object]
impl HistoryConnection {
    /// Where this page stands in the list.
    fn page_info(&self) -> PageInfo {
        page_info(self.started, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// The entries of this page, each with its cursor.
    fn edges(&self) -> &[HistoryEdge] {
        &self.edges
    }

    /// The entries of this page alone.
    fn nodes(&self) -> Vec<&HistoryEntry> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }
}

/// An entry of a thing's history.
#[derive(SimpleObject)]
pub struct HistoryEdge {
    /// The place of this entry in the list, for `after`.
    cursor: String,
    /// The entry itself.
    node: HistoryEntry,
}

pub struct HistoryEntry(app::HistoryEntry);

/// One change to a thing.
#[Object]
impl HistoryEntry {
    /// The version of the graph that the change made.
    fn revision(&self) -> i32 {
        whole(self.0.revision.0)
    }

    /// When it was made.
    fn at(&self) -> Moment {
        Moment(self.0.at)
    }

    /// Who or what made it. Null where your role may not see it.
    fn actor(&self) -> Option<&str> {
        self.0.actor.as_deref()
    }

    /// Where it came from: a file, a form, somebody's word. Null where that may name a person and your role does not see
    /// people.
    fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// What was done to the thing.
    fn kind(&self) -> ChangeKind {
        self.0.how.into()
    }

    /// What the thing is. Null for relations.
    #[graphql(name = "type")]
    fn node_type(&self) -> Option<NodeType> {
        node_type(self.0.of)
    }

    /// What kind of relation it is. Null for things.
    fn relation(&self) -> Option<RelationKind> {
        relation_kind(self.0.of)
    }

    /// The fields that changed.
    fn fields(&self) -> Vec<FieldChange<'_>> {
        self.0.fields.iter().map(FieldChange).collect()
    }

    /// What is null or left out here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.0.redactions)
    }
}

pub struct FieldChange<'a>(&'a model::FieldChange);

/// How one field of a thing changed.
#[Object]
impl FieldChange<'_> {
    /// The name of the field, as the change log calls it.
    fn name(&self) -> &str {
        &self.0.field
    }

    /// Its value until then. Null where it had none, where the thing was new, once a person has been erased, and where
    /// your role may not see it.
    fn before(&self) -> Option<Json> {
        self.0.before.clone().map(Json)
    }

    /// Its value from then on. Null where it has none, where the thing was new, once a person has been erased, and where
    /// your role may not see it.
    fn after(&self) -> Option<Json> {
        self.0.after.clone().map(Json)
    }

    /// Whether its value is personal: kept apart, shown to those who see people, and gone when the person is erased.
    fn personal(&self) -> bool {
        self.0.personal
    }
}

impl HistoryConnection {
    pub fn new(history: app::History, started: bool) -> Self {
        let edge = |entry: app::HistoryEntry| HistoryEdge { cursor: cursor(&entry), node: HistoryEntry(entry) };
        Self { edges: history.entries.into_iter().map(edge).collect(), started, has_next: history.has_next }
    }
}

fn cursor(entry: &app::HistoryEntry) -> String {
    let place = format!("{}.{}", entry.revision, entry.place);
    paging::cursor(&Key { value: Some(KeyValue::Text(place)), id: NodeId::known("") })
}

/// The revision and the place in it that a cursor stands for.
pub fn place(key: &Key) -> Option<(Revision, usize)> {
    let Some(KeyValue::Text(text)) = &key.value else { return None };
    let (revision, place) = text.split_once('.')?;
    Some((Revision(revision.parse().ok()?), place.parse().ok()?))
}

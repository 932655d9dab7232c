//! A store's whole content piece by piece, for moving it to another. Adapters make and take these; nothing reads them.

use super::{ChangedThing, Happened};
use crate::model::change::{is_personal_of_node, is_personal_of_relation};
use crate::model::{FieldChange, NodeId, NodeRecord, NodeType, RelationRecord, Revision, Source};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Pieces come in this order, so that what one names is there already; but a node may be merged into a later one. Those
/// of one kind come in the order of their keys, texts bytewise: the name, the id, (revision, seq), and for personal
/// changes (individual, revision, seq, field). So two stores that hold the same read out the same.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are nodes or relations, on their way through once")]
pub enum Piece {
    Source(Source),
    Node {
        record: NodeRecord,
        updated_at: Timestamp,
    },
    Relation(RelationRecord),
    Run(RunRow),
    Log(LogRow),
    Change(ChangeRow),
    PersonalChange(PersonalRow),
    /// The last piece: without it, it was not all.
    End {
        revision: Revision,
        announced: Revision,
        log_since: Revision,
    },
}

/// An import of several change sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    pub id: String,
    pub what: String,
    pub started_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub change_sets: u64,
    /// That of the latest of them.
    pub revision: Revision,
}

/// A committed change set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    pub revision: Revision,
    pub change_set: String,
    pub at: Timestamp,
    pub actor: String,
    pub source: String,
    pub run: Option<String>,
    pub request: Option<String>,
}

/// What a change set did to one thing. No personal value is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRow {
    pub revision: Revision,
    /// From 1, in the order in which the set did them.
    pub seq: u64,
    pub of: ChangedThing,
    pub thing: String,
    pub how: Happened,
    pub fields: Vec<String>,
    /// The values before and after, of things that were there before; none of what has been erased.
    pub before: Option<Map<String, Value>>,
    pub after: Option<Map<String, Value>>,
}

/// The personal part of one field's change, keyed by whom it is about so that erasure finds it: the individual, and
/// `other` where the change is to a relation between two.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalRow {
    pub individual: NodeId,
    pub other: Option<NodeId>,
    pub revision: Revision,
    pub seq: u64,
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl ChangeRow {
    /// The fields as [`super::Past`] tells them, with what is personal of the change. Where no value is kept, only the
    /// rule can say which fields are personal; of a relation it then takes everyone it may join for an individual.
    pub fn told(&self, personal: &[PersonalRow]) -> Vec<FieldChange> {
        let told = |field: &String| {
            if let Some(row) = personal.iter().find(|row| row.field == *field) {
                let (before, after) = (row.before.clone(), row.after.clone());
                return FieldChange { field: field.clone(), before, after, personal: true };
            }
            let value = |side: &Option<Map<String, Value>>| side.as_ref().and_then(|values| values.get(field).cloned());
            let (before, after) = (value(&self.before), value(&self.after));
            let personal = before.is_none() && after.is_none() && self.may_be_personal(field);
            FieldChange { field: field.clone(), before, after, personal }
        };
        self.fields.iter().map(told).collect()
    }

    fn may_be_personal(&self, field: &str) -> bool {
        match self.of {
            ChangedThing::Node(node_type) => is_personal_of_node(node_type, field),
            ChangedThing::Relation(kind) => {
                let (from, to) = kind.ends();
                from.iter().chain(to).any(|end| *end == NodeType::Individual) && is_personal_of_relation(field)
            }
            ChangedThing::Source => false,
        }
    }
}

//! Change sets: the one door through which a graph changes. Each states what things are to be afterwards, so that
//! applying it twice does no harm, and each is committed whole or not at all.

use super::{NodeRecord, NodeType, RelationRecord};
use serde_json::{Map, Value};

/// A graph's version: 0 is empty, each committed change set adds one, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A data set or file that facts come from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published_on: Option<super::Date>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are nodes or relations, on their way through once")]
pub enum Change {
    PutNode(NodeRecord),
    PutRelation(RelationRecord),
    PutSource(Source),
}

/// The change set's place in an import that takes several. They are announced together, by the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPart {
    pub run: String,
    /// What is being imported, such as `seed` or `team contacts.xlsx`; a finished run closes broken-off ones of its name.
    pub what: String,
    pub last: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSet {
    /// Unique in the log, so that a retry after a lost reply changes nothing.
    pub id: String,
    pub at: jiff::Timestamp,
    pub actor: String,
    /// Where the change came from: a file, a form, a person's word.
    pub source: String,
    pub run: Option<RunPart>,
    pub changes: Vec<Change>,
}

/// One field's change, as the log keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    /// Personal values go to the side table that erasure empties, never into the log.
    pub personal: bool,
}

/// Fields of an individual that are not personal: what the log may hold. Everything else about a person is.
const OPEN_FIELDS_OF_INDIVIDUALS: &[&str] = &["id", "validFrom", "validTo", "synthetic", "mergedInto"];
/// Fields of a relation that may speak of a person in free words.
const FREE_WORDS_OF_RELATIONS: &[&str] = &["title", "note", "evidence"];

/// What differs between two states of a node, field by field.
pub fn node_changes(before: Option<&NodeRecord>, after: &NodeRecord) -> Vec<FieldChange> {
    let individual = after.node.node_type() == NodeType::Individual;
    difference(before.map(flat), flat(after), |field| individual && !OPEN_FIELDS_OF_INDIVIDUALS.contains(&field))
}

/// What differs between two states of a relation; `about_people` when an end of it is an individual.
pub fn relation_changes(
    before: Option<&RelationRecord>,
    after: &RelationRecord,
    about_people: bool,
) -> Vec<FieldChange> {
    difference(before.map(flat), flat(after), |field| about_people && FREE_WORDS_OF_RELATIONS.contains(&field))
}

/// What differs between two states of a source.
pub fn source_changes(before: Option<&Source>, after: &Source) -> Vec<FieldChange> {
    difference(before.map(flat), flat(after), |_| false)
}

fn flat<T: serde::Serialize>(record: &T) -> Map<String, Value> {
    let Ok(Value::Object(mut map)) = serde_json::to_value(record) else {
        unreachable!("records serialise to objects");
    };
    if let Some(Value::Object(body)) = map.remove("body") {
        for facts in body.into_iter().map(|(_, facts)| facts) {
            if let Value::Object(facts) = facts {
                map.extend(facts);
            }
        }
    }
    map
}

fn difference(
    before: Option<Map<String, Value>>,
    after: Map<String, Value>,
    personal: impl Fn(&str) -> bool,
) -> Vec<FieldChange> {
    let mut before = before.unwrap_or_default();
    let mut changes: Vec<FieldChange> = after
        .into_iter()
        .filter_map(|(field, value)| {
            let old = before.remove(&field);
            (old.as_ref() != Some(&value)).then(|| FieldChange {
                personal: personal(&field),
                field,
                before: old,
                after: Some(value),
            })
        })
        .collect();
    changes.extend(before.into_iter().map(|(field, value)| FieldChange {
        personal: personal(&field),
        field,
        before: Some(value),
        after: None,
    }));
    changes
}

//! Change sets: the one door through which a graph changes. Each states what things are to be afterwards, so that
//! applying it twice does no harm, and each is committed whole or not at all.

use super::{Invalid, NodeId, NodeRecord, NodeType, RelationId, RelationKind, RelationRecord};
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
    /// Takes a relation out of the graph, as undoing and merging do. The log keeps what it was.
    RemoveRelation(RelationId),
    /// Takes a node out of the graph, as undoing its creation does. Not for individuals; refused while a relation that
    /// stays names it.
    RemoveNode(NodeId),
    /// Forgets an individual for good: their values, their relations, and the values of both in the log.
    Erase(NodeId),
}

/// A change set's demand on the graph it was made for. Where it fails, the set is refused whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The id of a node or relation, or the name of a source.
    pub thing: String,
    /// No change set after this one may have touched the thing; 0: it must never have been there.
    pub untouched_since: Revision,
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
    /// A digest of what was asked for, so that an idempotency key cannot stand for two different wishes.
    pub request: Option<String>,
    pub expects: Vec<Expectation>,
    pub changes: Vec<Change>,
}

/// What sort of thing a change was made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangedThing {
    Node(NodeType),
    Relation(RelationKind),
    Source,
}

/// What a change did to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happened {
    Created,
    Updated,
    Removed,
    /// Forgotten: of an individual, or of a relation that went with one.
    Erased,
}

impl Happened {
    pub const ALL: [Self; 4] = [Self::Created, Self::Updated, Self::Removed, Self::Erased];

    /// The word that the log keeps.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Updated => "UPDATED",
            Self::Removed => "REMOVED",
            Self::Erased => "ERASED",
        }
    }
}

impl std::str::FromStr for Happened {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|how| how.as_str() == text).ok_or(())
    }
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

/// Whether a node's field is personal.
pub fn is_personal_of_node(node_type: NodeType, field: &str) -> bool {
    node_type == NodeType::Individual && !OPEN_FIELDS_OF_INDIVIDUALS.contains(&field)
}

/// Whether a relation's field is personal where an end of it is an individual.
pub fn is_personal_of_relation(field: &str) -> bool {
    FREE_WORDS_OF_RELATIONS.contains(&field)
}

/// What differs between two states of a node, field by field; a state is absent before it is made or once it is removed.
pub fn node_changes(before: Option<&NodeRecord>, after: Option<&NodeRecord>) -> Vec<FieldChange> {
    let node_type = after.or(before).map(|record| record.node.node_type());
    difference(before.map(flat), after.map(flat), |field| {
        node_type.is_some_and(|node_type| is_personal_of_node(node_type, field))
    })
}

/// What differs between two states of a relation; `about_people` when an end of it is an individual.
pub fn relation_changes(
    before: Option<&RelationRecord>,
    after: Option<&RelationRecord>,
    about_people: bool,
) -> Vec<FieldChange> {
    difference(before.map(flat), after.map(flat), |field| about_people && is_personal_of_relation(field))
}

/// What differs between two states of a source.
pub fn source_changes(before: Option<&Source>, after: &Source) -> Vec<FieldChange> {
    difference(before.map(flat), Some(flat(after)), |_| false)
}

/// A node as the log sees it: field by field, what only its type has among the rest.
pub fn node_fields(record: &NodeRecord) -> Map<String, Value> {
    flat(record)
}

/// The node that these fields describe; the reverse of [`node_fields`].
pub fn node_from_fields(node_type: NodeType, mut fields: Map<String, Value>) -> Result<NodeRecord, Invalid> {
    let own: Map<String, Value> = fields
        .keys()
        .filter(|field| !COMMON_FIELDS.contains(&field.as_str()))
        .cloned()
        .collect::<Vec<_>>()
        .into_iter()
        .filter_map(|field| fields.remove_entry(&field))
        .collect();
    let body = match node_type {
        // A working group is a network that says so.
        NodeType::WorkingGroup => NodeType::Network,
        other => other,
    };
    fields.insert("body".to_owned(), Value::Object(Map::from_iter([(body.as_str().to_owned(), Value::Object(own))])));
    read(fields)
}

/// A relation as the log sees it.
pub fn relation_fields(record: &RelationRecord) -> Map<String, Value> {
    flat(record)
}

/// The relation that these fields describe; the reverse of [`relation_fields`].
pub fn relation_from_fields(fields: Map<String, Value>) -> Result<RelationRecord, Invalid> {
    read(fields)
}

/// The fields that nodes of every type have; the rest are their type's own.
const COMMON_FIELDS: &[&str] = &[
    "id",
    "refs",
    "name",
    "aliases",
    "validFrom",
    "validTo",
    "doNotApproach",
    "mergedInto",
    "synthetic",
    "postcode",
    "website",
    "sources",
    "email",
    "phone",
    "languages",
    "livedExperience",
    "consents",
];

/// The parser's own message may quote a value, and that may be personal.
fn read<T: serde::de::DeserializeOwned>(fields: Map<String, Value>) -> Result<T, Invalid> {
    serde_json::from_value(Value::Object(fields)).map_err(|_| Invalid::new("these fields do not make a whole record"))
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
    after: Option<Map<String, Value>>,
    personal: impl Fn(&str) -> bool,
) -> Vec<FieldChange> {
    let mut before = before.unwrap_or_default();
    let mut changes: Vec<FieldChange> = after
        .into_iter()
        .flatten()
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

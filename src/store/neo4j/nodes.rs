//! Nodes as an analyst meets them: a label for the type, and the model's fields as properties. What has no flat shape is
//! taken apart here, or kept as JSON text. Used by this adapter alone; it judges nothing.

use super::trouble::Trouble;
use super::tx::{Tx, for_each};
use super::values::{Row, moment};
use crate::model::change::{node_fields, node_from_fields};
use crate::model::{NodeId, NodeRecord, NodeType};
use crate::store::StoredNode;
use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

/// Days, which Neo4j keeps as such.
const DAYS: [&str; 6] =
    ["validFrom", "validTo", "doNotApproachFrom", "doNotApproachUntil", "contactExpiresOn", "introduceExpiresOn"];
/// What the model nests, and the properties that it is taken apart into.
const NESTED: [(&str, &[(&str, &str)]); 3] = [
    (
        "doNotApproach",
        &[("from", "doNotApproachFrom"), ("until", "doNotApproachUntil"), ("reason", "doNotApproachReason")],
    ),
    ("contact", &[("status", "contact"), ("expires_on", "contactExpiresOn")]),
    ("introduce", &[("status", "introduce"), ("expires_on", "introduceExpiresOn")]),
];
/// What is kept as JSON text.
const JSON: [&str; 2] = ["consents", "members"];
/// What the snapshot does without.
const DETAILS: [&str; 8] =
    ["postcode", "website", "sources", "email", "phone", "languages", "livedExperience", "consents"];

/// The labels that a node of a type has, besides `Thing`.
pub const fn labels(node_type: NodeType) -> &'static str {
    match node_type {
        NodeType::Organisation => "Organisation",
        NodeType::Individual => "Individual",
        NodeType::Network => "Network",
        NodeType::WorkingGroup => "Network:WorkingGroup",
        NodeType::Area => "Area",
        NodeType::UnderservedGroup => "UnderservedGroup",
        NodeType::PopulationSegment => "PopulationSegment",
        NodeType::SoftwareProduct => "SoftwareProduct",
        NodeType::Initiative => "Initiative",
    }
}

/// The type that a node's labels tell. Labels of somebody else's making may stand among them.
fn type_of(labels: &[String]) -> Option<NodeType> {
    let has = |wanted: &str| wanted.split(':').all(|wanted| labels.iter().any(|label| label == wanted));
    let found = NodeType::ALL.iter().copied().filter(|node_type| has(self::labels(*node_type)));
    // A working group is a network too.
    found.max_by_key(|node_type| *node_type == NodeType::WorkingGroup)
}

/// Columns of a node `n`, whole.
pub fn whole() -> String {
    columns(&[])
}

/// Columns of a node `n`, as far as the snapshot holds it.
pub fn lean() -> String {
    columns(&DETAILS)
}

fn columns(without: &[&str]) -> String {
    let days = for_each(&DAYS, |day| format!(", {day}: toString(n.{day})"));
    let without = for_each(without, |field| format!(", {field}: null"));
    format!("n {{.*, updatedAt: toString(n.updatedAt){days}{without}}} AS node, labels(n) AS labels")
}

/// Reads what `whole` selects.
pub fn record(row: &mut Row) -> Result<(NodeRecord, Timestamp), Trouble> {
    let labels: Vec<String> = row.get("labels")?;
    let mut properties = row.map("node")?;
    let id = properties.get("id").and_then(Value::as_str).unwrap_or("a node without an id").to_owned();
    let unreadable = || Trouble::unreadable(id.clone());
    let node_type = type_of(&labels).ok_or_else(unreadable)?;
    let updated_at = match properties.remove("updatedAt") {
        Some(Value::String(text)) => moment(text).parse().map_err(|_| unreadable())?,
        _ => return Err(unreadable()),
    };
    let fields = fields(properties).ok_or_else(unreadable)?;
    let record = node_from_fields(node_type, fields).map_err(|_| unreadable())?;
    Ok((record, updated_at))
}

pub fn stored(row: &mut Row) -> Result<StoredNode, Trouble> {
    record(row).map(|(record, updated_at)| StoredNode { node: record.node, updated_at })
}

/// The properties of a node: text where `write` makes a day of it.
fn properties(record: &NodeRecord, updated_at: Timestamp) -> Value {
    let mut properties = node_fields(record);
    for (field, parts) in NESTED {
        let Some(Value::Object(mut nested)) = properties.remove(field) else { continue };
        for (part, property) in parts {
            nested.remove(*part).and_then(|value| properties.insert((*property).to_owned(), value));
        }
    }
    for field in JSON {
        if let Some(value) = properties.get_mut(field) {
            *value = Value::String(value.to_string());
        }
    }
    properties.insert("updatedAt".to_owned(), json!(updated_at));
    Value::Object(properties)
}

/// The reverse of `properties`; `None` when something in them is not what it should be.
fn fields(mut properties: Map<String, Value>) -> Option<Map<String, Value>> {
    for day in DAYS {
        if let Some(Value::String(text)) = properties.get_mut(day) {
            *text = moment(std::mem::take(text));
        }
    }
    for field in JSON {
        if let Some(text) = properties.get_mut(field) {
            *text = serde_json::from_str(text.as_str()?).ok()?;
        }
    }
    for (field, parts) in NESTED {
        let nested: Map<String, Value> = parts
            .iter()
            .filter_map(|(part, property)| Some(((*part).to_owned(), properties.remove(*property)?)))
            .collect();
        if !nested.is_empty() {
            properties.insert(field.to_owned(), Value::Object(nested));
        }
    }
    Some(properties)
}

/// Makes the nodes be what the records say and nothing else.
pub async fn write(tx: &mut Tx, records: &[(&NodeRecord, Timestamp)]) -> Result<(), Trouble> {
    let mut by_type: FxHashMap<NodeType, Vec<Value>> = FxHashMap::default();
    for (record, updated_at) in records {
        by_type.entry(record.node.node_type()).or_default().push(properties(record, *updated_at));
    }
    let days = for_each(&DAYS, |day| format!(", n.{day} = date(row.{day})"));
    for (node_type, rows) in by_type {
        // Of all types only these two pass into one another.
        let no_longer = if node_type == NodeType::Network { "REMOVE n:WorkingGroup" } else { "" };
        let text = format!(
            "UNWIND $rows AS row
             MERGE (n:Thing {{id: row.id}})
             SET n = row, n:{}, n.updatedAt = datetime(row.updatedAt){days} {no_longer}",
            labels(node_type)
        );
        tx.write(&text, rows).await?;
    }
    Ok(())
}

/// Takes nodes out, with their refs and whatever still joins them to others.
pub async fn delete(tx: &mut Tx, ids: &[NodeId]) -> Result<(), Trouble> {
    let rows = ids.iter().map(|id| json!(id)).collect();
    let text = "UNWIND $rows AS id
        MATCH (n:Thing {id: id})
        OPTIONAL MATCH (n)<-[:NAMES]-(r:Ref)
        DETACH DELETE r, n";
    tx.write(text, rows).await
}

/// Those of the nodes that are there, with their types.
pub async fn types(tx: &mut Tx, ids: Vec<Value>) -> Result<Vec<(NodeId, NodeType)>, Trouble> {
    let text = "MATCH (n:Thing) WHERE n.id IN $keys RETURN n.id AS id, labels(n) AS labels";
    let mut types = Vec::new();
    for mut row in tx.ask(text, ids).await? {
        let (id, labels): (NodeId, Vec<String>) = (row.node("id")?, row.get("labels")?);
        let node_type = type_of(&labels).ok_or_else(|| Trouble::unreadable(id.as_str()))?;
        types.push((id, node_type));
    }
    Ok(types)
}

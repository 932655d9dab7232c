//! Relations as relationships: the kind is the type, and the model's fields are properties. Used by this adapter alone;
//! it judges nothing. A relation is found by its id alone, through the indexes of all types at once.

use super::trouble::Trouble;
use super::tx::{Tx, for_each};
use super::values::{Row, moment};
use crate::model::change::{relation_fields, relation_from_fields};
use crate::model::{NodeId, RelationId, RelationKind, RelationRecord};
use crate::store::effects::Held;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

const DAYS: [&str; 3] = ["validFrom", "validTo", "lastConfirmedOn"];
/// The lists that hold the evidence, entry by entry. A day that is not known is empty text, as a list holds no nulls.
const EVIDENCE: [(&str, &str); 3] =
    [("kind", "evidenceKinds"), ("source", "evidenceSources"), ("date", "evidenceDates")];

/// All types, as a pattern names them: whatever else joins nodes is no relation of ours.
pub fn kinds() -> String {
    RelationKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join("|")
}

/// Columns of a relationship `r` from `a` to `b`, whole.
pub fn whole() -> String {
    columns("")
}

/// Columns of a relationship `r` from `a` to `b`, as far as the snapshot holds it.
pub fn lean() -> String {
    columns(", note: null, evidenceKinds: null, evidenceSources: null, evidenceDates: null")
}

fn columns(without: &str) -> String {
    let days = for_each(&DAYS, |day| format!(", {day}: toString(r.{day})"));
    format!("r {{.*, kind: type(r), from: a.id, to: b.id{days}{without}}} AS relation")
}

/// The rows of the relations that `$keys` names.
pub fn by_id(columns: &str) -> String {
    format!("MATCH (a)-[r:{}]->(b) WHERE r.id IN $keys RETURN {columns}", kinds())
}

/// Reads what `whole` or `lean` selects; of a lean one without its evidence.
pub fn record(row: &mut Row) -> Result<RelationRecord, Trouble> {
    let properties = row.map("relation")?;
    let id = properties.get("id").and_then(Value::as_str).unwrap_or("a relation without an id").to_owned();
    fields(properties).and_then(|fields| relation_from_fields(fields).ok()).ok_or_else(|| Trouble::unreadable(id))
}

fn fields(mut properties: Map<String, Value>) -> Option<Map<String, Value>> {
    for day in DAYS {
        if let Some(Value::String(text)) = properties.get_mut(day) {
            *text = moment(std::mem::take(text));
        }
    }
    let mut evidence: Vec<Map<String, Value>> = Vec::new();
    for (field, property) in EVIDENCE {
        let Some(values) = properties.remove(property) else { continue };
        let Value::Array(values) = values else { return None };
        evidence.resize_with(evidence.len().max(values.len()), Map::new);
        for (entry, value) in evidence.iter_mut().zip(values) {
            if field != "date" || value.as_str() != Some("") {
                entry.insert(field.to_owned(), value);
            }
        }
    }
    properties.insert("evidence".to_owned(), json!(evidence));
    Some(properties)
}

/// The properties of a relationship, with its ends for the statement that makes it.
fn row(record: &RelationRecord) -> Value {
    let mut properties = relation_fields(record);
    let (from, to) = (properties.remove("from"), properties.remove("to"));
    properties.remove("kind");
    if let Some(Value::Array(evidence)) = properties.remove("evidence") {
        for (field, property) in EVIDENCE {
            let values: Vec<&Value> = evidence.iter().map(|entry| &entry[field]).collect();
            let values: Vec<&str> = values.into_iter().map(|value| value.as_str().unwrap_or_default()).collect();
            properties.insert(property.to_owned(), json!(values));
        }
    }
    json!({ "id": record.relation.id, "from": from, "to": to, "properties": properties })
}

/// Makes the relations be what the records say and nothing else; each comes with whether it is there already.
pub async fn write(tx: &mut Tx, records: &[(&RelationRecord, bool)]) -> Result<(), Trouble> {
    let mut by_kind: FxHashMap<(RelationKind, bool), Vec<Value>> = FxHashMap::default();
    for (record, known) in records {
        by_kind.entry((record.relation.kind, *known)).or_default().push(row(record));
    }
    let days = for_each(&DAYS, |day| format!(", r.{day} = date(row.properties.{day})"));
    for ((kind, known), rows) in by_kind {
        let found = if known {
            format!("MATCH ()-[r:{kind} {{id: row.id}}]->()")
        } else {
            format!("MATCH (a:Thing {{id: row.from}}) MATCH (b:Thing {{id: row.to}}) CREATE (a)-[r:{kind}]->(b)")
        };
        tx.write(&format!("UNWIND $rows AS row {found} SET r = row.properties{days}"), rows).await?;
    }
    Ok(())
}

pub async fn delete(tx: &mut Tx, ids: &[&RelationId]) -> Result<(), Trouble> {
    let ids: Vec<Value> = ids.iter().map(|id| json!(id)).collect();
    tx.write(&format!("MATCH ()-[r:{}]->() WHERE r.id IN $rows DELETE r", kinds()), ids).await
}

/// Writes what a change set makes of relations. One that changes its kind or its ends is another relationship.
pub async fn put(tx: &mut Tx, records: &[RelationRecord], gone: &[RelationId], held: &Held) -> Result<(), Trouble> {
    let gone: FxHashSet<&RelationId> = gone.iter().collect();
    let (mut moved, mut all) = (Vec::new(), Vec::with_capacity(records.len()));
    for record in records {
        let now = &record.relation;
        let before = held.relations.get(&now.id).map(|before| &before.relation).filter(|_| !gone.contains(&now.id));
        let stays = before.is_some_and(|was| (was.kind, &was.from, &was.to) == (now.kind, &now.from, &now.to));
        if before.is_some() && !stays {
            moved.push(&now.id);
        }
        all.push((record, stays));
    }
    delete(tx, &moved).await?;
    write(tx, &all).await
}

/// Those at a node, whichever way they go.
pub async fn at(tx: &mut Tx, id: &NodeId) -> Result<Vec<RelationRecord>, Trouble> {
    let text = format!(
        "MATCH (n:Thing {{id: $id}})-[r:{}]-() WITH DISTINCT r, startNode(r) AS a, endNode(r) AS b RETURN {}",
        kinds(),
        whole()
    );
    tx.rows(&text, json!({ "id": id })).await?.iter_mut().map(record).collect()
}

//! What it takes to put back what a change set did. Pure: values go back only where what the set made of them still
//! stands, and where anything does not, nothing is put back.

use crate::model::change::{node_from_fields, relation_from_fields};
use crate::model::{Invalid, NodeId, NodeRecord, NodeType, RelationId, RelationRecord, Validity};
use crate::store::{ChangedThing, Happened, Past};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are nodes or relations, on their way through once")]
pub enum Step {
    PutNode(NodeRecord),
    PutRelation(RelationRecord),
    RemoveNode(NodeId),
    /// People are not removed but forgotten.
    Erase(NodeId),
    RemoveRelation(RelationId),
}

/// Why a thing cannot be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub thing: String,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// These fields are no longer what the set made them.
    Changed(Vec<String>),
    Gone,
    ThereAgain,
    /// It is about somebody who has been erased.
    Erased,
    /// With what has changed beside it, it would break a rule.
    Breaks(String),
}

/// The steps, one for each thing; or all that stands in the way. `held` gives the fields of a thing as
/// they are now. Sources stay: a name that nobody quotes does no harm.
pub fn steps(past: &[Past], held: impl Fn(&Past) -> Option<Map<String, Value>>) -> Result<Vec<Step>, Vec<Conflict>> {
    let (mut steps, mut conflicts) = (BTreeMap::new(), Vec::new());
    for one in past.iter().rev().filter(|one| one.of != ChangedThing::Source) {
        // One that the set took away and made anew is gone once the newer has been.
        let now = if steps.contains_key(one.id.as_str()) { None } else { held(one) };
        match step(one, now) {
            Ok(step) => drop(steps.insert(one.id.as_str(), step)),
            Err(why) => conflicts.push(Conflict { thing: one.id.clone(), why }),
        }
    }
    if conflicts.is_empty() { Ok(steps.into_values().collect()) } else { Err(conflicts) }
}

fn step(past: &Past, held: Option<Map<String, Value>>) -> Result<Step, Why> {
    match (past.how, held) {
        (Happened::Created, Some(_)) => Ok(taken_out(past)),
        (Happened::Updated, Some(fields)) => rebuilt(past, fields_before(past, fields)?),
        (Happened::Removed, None) => {
            let fields: Map<String, Value> =
                past.fields.iter().filter_map(|change| Some((change.field.clone(), change.before.clone()?))).collect();
            // Of what has been erased only the names of fields are left.
            if fields.len() < past.fields.len() {
                return Err(Why::Erased);
            }
            rebuilt(past, fields)
        }
        (Happened::Created | Happened::Updated, None) => Err(Why::Gone),
        (Happened::Removed, Some(_)) => Err(Why::ThereAgain),
        (Happened::Erased, _) => Err(Why::Erased),
    }
}

fn taken_out(past: &Past) -> Step {
    let id = past.id.as_str();
    match past.of {
        ChangedThing::Node(NodeType::Individual) => Step::Erase(NodeId::known(id)),
        ChangedThing::Node(_) => Step::RemoveNode(NodeId::known(id)),
        ChangedThing::Relation(_) | ChangedThing::Source => Step::RemoveRelation(RelationId::known(id)),
    }
}

/// A thing's fields with those that the set changed as they were before.
fn fields_before(past: &Past, mut fields: Map<String, Value>) -> Result<Map<String, Value>, Why> {
    let changed: Vec<String> = past
        .fields
        .iter()
        .filter(|change| fields.get(&change.field) != change.after.as_ref())
        .map(|change| change.field.clone())
        .collect();
    if !changed.is_empty() {
        return Err(Why::Changed(changed));
    }
    for change in &past.fields {
        match &change.before {
            Some(value) => fields.insert(change.field.clone(), value.clone()),
            None => fields.remove(&change.field),
        };
    }
    Ok(fields)
}

fn rebuilt(past: &Past, fields: Map<String, Value>) -> Result<Step, Why> {
    let breaks = |Invalid(words): Invalid| Why::Breaks(words);
    match past.of {
        ChangedThing::Node(node_type) => {
            let record = node_from_fields(node_type, fields).map_err(breaks)?;
            let Validity { from, to } = record.node.validity;
            Validity::new(from, to).map_err(breaks)?;
            Ok(Step::PutNode(record))
        }
        ChangedThing::Relation(_) | ChangedThing::Source => {
            let record = relation_from_fields(fields).map_err(breaks)?;
            let Validity { from, to } = record.relation.validity;
            Validity::new(from, to).map_err(breaks)?;
            Ok(Step::PutRelation(record.checked().map_err(breaks)?))
        }
    }
}

#[cfg(test)]
mod tests;

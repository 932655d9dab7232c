//! Succession (design section 2): what led to a body that closed into exactly one other leads to that other as well.
//! Run over the whole graph at the end of every import; knows nothing of rows.

use super::resolve::Draft;
use crate::model::relation::SUCCESSION;
use crate::model::{
    Date, Evidence, EvidenceKind, HopClass, NodeId, Relation, RelationId, RelationKind, RelationRecord, Validity,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// A body that closed into one other.
struct Succeeded {
    on: Date,
    by: NodeId,
    /// What the evidence of a re-pointed relation says.
    source: String,
}

/// Adds, for each STRUCTURAL relation into a body with one successor, the relation into that successor, and so on along
/// the line of successors. What was re-pointed by an earlier import is worked out anew, so that the same facts give the
/// same graph in whatever order they came.
pub(super) fn repoint(draft: &mut Draft<'_>) {
    let succeeded = succeeded(draft);
    if succeeded.is_empty() {
        return;
    }
    let mut given: BTreeMap<RelationId, RelationRecord> = BTreeMap::new();
    for record in draft.all_relations() {
        let structural = record.relation.kind.class() == Some(HopClass::Structural);
        if structural && succeeded.contains_key(&record.relation.to) && !record.is_worked_out() {
            given.insert(record.relation.id.clone(), record.clone());
        }
    }
    let mut made: BTreeMap<RelationId, RelationRecord> = BTreeMap::new();
    let mut next: Vec<Relation> = given.into_values().map(|record| record.relation).collect();
    // One step along every line of successors at a time, each in the order of ids: the first keeps its cells. What has
    // been made is not followed again, so a ring of successors ends too.
    while !next.is_empty() {
        let mut further: BTreeMap<RelationId, Relation> = BTreeMap::new();
        for relation in &next {
            let Some(record) = repointed(relation, &succeeded) else { continue };
            let id = record.relation.id.clone();
            if let Some(known) = made.get_mut(&id) {
                known.add_evidence(record.evidence);
                continue;
            }
            // A relation that was given keeps its cells, and is in `next` or was.
            let standing = draft.relation(&id).cloned();
            let record = match standing {
                Some(mut given) if !given.is_worked_out() => {
                    given.add_evidence(record.evidence);
                    given
                }
                standing => {
                    further.insert(id.clone(), record.relation.clone());
                    RelationRecord { note: standing.and_then(|standing| standing.note), ..record }
                }
            };
            made.insert(id, record);
        }
        next = further.into_values().collect();
    }
    for record in made.into_values() {
        let (_, altered) = draft.put_relation(record);
        if altered {
            draft.count_repointed();
        }
    }
}

/// The closed bodies that were succeeded by exactly one other. A split is not guessed at.
fn succeeded(draft: &Draft<'_>) -> FxHashMap<NodeId, Succeeded> {
    let mut successors: FxHashMap<NodeId, FxHashSet<NodeId>> = FxHashMap::default();
    for Relation { kind, from, to, .. } in draft.all_relations().map(|record| &record.relation) {
        if *kind == RelationKind::SucceededBy {
            successors.entry(from.clone()).or_default().insert(to.clone());
        }
    }
    let one = |(from, to): (NodeId, FxHashSet<NodeId>)| {
        let mut to = to.into_iter();
        let (Some(by), None) = (to.next(), to.next()) else { return None };
        let on = draft.record(&from)?.node.validity.to?;
        let shown = |id: &NodeId| {
            let first = draft.record(id).and_then(|record| record.node.refs.first());
            first.map_or_else(|| id.to_string(), ToString::to_string)
        };
        let source = format!("{SUCCESSION}{} by {}", shown(&from), shown(&by));
        Some((from, Succeeded { on, by, source }))
    };
    successors.into_iter().filter_map(one).collect()
}

/// The relation into the successor, if the body at the end has one and the relation had not ended by then.
fn repointed(relation: &Relation, succeeded: &FxHashMap<NodeId, Succeeded>) -> Option<RelationRecord> {
    let Succeeded { on, by, source } = succeeded.get(&relation.to)?;
    if relation.validity.ended_by(*on) || relation.from == *by {
        return None;
    }
    let from_day = relation.validity.from.map_or(*on, |from| from.max(*on));
    let id =
        Relation::identity(relation.kind, &relation.from, by, relation.title.as_deref(), relation.mode, Some(from_day));
    let relation = Relation {
        id,
        to: by.clone(),
        validity: Validity { from: Some(from_day), to: relation.validity.to },
        best_evidence: EvidenceKind::Documented,
        ..relation.clone()
    };
    let evidence = Evidence { kind: EvidenceKind::Documented, source: source.clone(), date: Some(*on) };
    Some(RelationRecord { relation, evidence: vec![evidence], note: None })
}

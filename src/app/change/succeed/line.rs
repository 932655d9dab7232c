//! Lines of bodies that succeeded each other, and what is organised around those that close.

use crate::app::change::draft::Draft;
use crate::app::change::faults::Halt;
use crate::ingest::{self, Batch, Known};
use crate::model::{Change, HopClass, NodeId, RelationId, RelationKind};
use crate::snapshot::{Direction, NodeIx};
use std::collections::BTreeSet;

/// Whether the line of successors of a body passes one of these.
pub fn leads_to(start: NodeIx, ends: &[NodeId], draft: &Draft) -> bool {
    let line = line(vec![start], &[Direction::Out], draft);
    line.into_iter().any(|ix| ends.contains(draft.snapshot().id(ix)))
}

/// All bodies that succession joins to some, in these directions; those included.
fn line(start: Vec<NodeIx>, directions: &[Direction], draft: &Draft) -> BTreeSet<NodeIx> {
    let relations = &draft.snapshot().relations;
    let (mut open, mut seen) = (start, BTreeSet::new());
    while let Some(next) = open.pop() {
        if seen.insert(next) {
            for direction in directions {
                open.extend(relations.of_kind(next, RelationKind::SucceededBy, *direction).map(|(_, other)| other));
            }
        }
    }
    seen
}

/// Lets what led to those that close lead to their one successor, exactly as an import would: it is asked what it would
/// do with the bodies that succession joins to these, as they are to be.
pub async fn repoint(predecessors: &[NodeId], successors: &[NodeId], draft: &mut Draft) -> Result<(), Halt> {
    let snapshot = draft.snapshot();
    let named = predecessors.iter().chain(successors).filter_map(|id| snapshot.by_id(id.as_str())).collect();
    let bodies = line(named, &[Direction::Out, Direction::In], draft);
    let mut relations: Vec<RelationId> = Vec::new();
    for body in &bodies {
        for relation in snapshot.relations.at(*body, Direction::In) {
            let kind = snapshot.relations.kind(*relation);
            if kind == RelationKind::SucceededBy || kind.class() == Some(HopClass::Structural) {
                relations.push(snapshot.relations.id(*relation));
            }
        }
    }
    let bodies: Vec<NodeId> = bodies.into_iter().map(|ix| snapshot.id(ix).clone()).collect();
    draft.read(&bodies, &relations).await?;
    let known = Known::new(draft.all_nodes().cloned(), draft.all_relations().cloned(), []);
    let plan = draft.ids(|ids| ingest::plan(&known, Batch::default(), ids, draft.today()));
    for change in plan.changes {
        if let Change::PutRelation(record) = change {
            let id = &record.relation.id;
            let known = draft.relation(id).is_some();
            draft.read(&[], std::slice::from_ref(id)).await?;
            // Somebody recorded it a moment ago: it was not reckoned with.
            if !known && draft.relation(id).is_some() {
                return Err(Halt::Outdated);
            }
            draft.put_relation(record);
        }
    }
    Ok(())
}

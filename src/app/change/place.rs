//! Where things are and what they cover: relations to areas that a thing's own form tells of.

use super::draft::Draft;
use super::faults::{Faults, Halt, at};
use crate::model::{
    Evidence, EvidenceKind, NodeId, NodeRecord, NodeRef, NodeType, Patch, RelationId, RelationKind, RelationSaid,
    Validity,
};
use crate::snapshot::{Direction, NodeIx};

/// Makes the area that is named the one where a thing is, or that it covers: relations to areas that neither contain it
/// nor lie within it end today. Cleared, all of them do.
pub(super) async fn put_area(
    patch: &Patch<NodeRef>,
    kind: RelationKind,
    record: &NodeRecord,
    source: Option<&str>,
    draft: &mut Draft,
    faults: &mut Faults,
) -> Result<(), Halt> {
    let area = match patch {
        Patch::Leave => return Ok(()),
        Patch::Clear => None,
        Patch::Set(name) => {
            let Some((ix, _)) = draft.find(name, &[NodeType::Area], &at("area"), faults) else { return Ok(()) };
            Some(ix)
        }
    };
    let (standing, left) = standing(kind, &record.node.id, area, draft);
    draft.read(&[], &left).await?;
    for id in &left {
        end_today(id, draft);
    }
    let Some(area) = area.filter(|_| !standing) else { return Ok(()) };
    let Some(source) = source else {
        faults.invalid(&at("source"), "say who or what tells of the area: a relation needs evidence");
        return Ok(());
    };
    let to = draft.snapshot().id(area).clone();
    let evidence =
        Evidence { kind: EvidenceKind::Documented, source: source.trim().to_owned(), date: Some(draft.today()) };
    let mut said = RelationSaid {
        last_confirmed_on: Some(draft.today()),
        synthetic: Some(record.node.synthetic),
        ..RelationSaid::new(kind, record.node.id.clone(), to.clone(), evidence)
    };
    draft.read(&[to], &[said.id()]).await?;
    let ended = draft.relation(&said.id()).is_some_and(|known| known.relation.validity.ended_by(draft.today()));
    // A thing that moves is there from today; of a new one nobody knows since when.
    if ended || !left.is_empty() {
        said.valid_from = Some(draft.today());
        draft.read(&[], &[said.id()]).await?;
    }
    let laid = said.clone().onto(draft.relation(&said.id()));
    if let Some(record) = faults.keep(&at("area"), laid) {
        draft.put_relation(record);
    }
    Ok(())
}

/// Whether the relation to the area is there already, and which ones do not fit it.
fn standing(kind: RelationKind, of: &NodeId, area: Option<NodeIx>, draft: &Draft) -> (bool, Vec<RelationId>) {
    let snapshot = draft.snapshot();
    let Some(ix) = snapshot.by_id(of.as_str()) else { return (false, Vec::new()) };
    let (mut within, containing) = (snapshot.areas.within(area), snapshot.areas.containing(area));
    within.extend(containing);
    let mut there = false;
    let mut left = Vec::new();
    for (relation, other) in snapshot.relations.of_kind(ix, kind, Direction::Out) {
        if !snapshot.relations.live_on(relation, draft.today().into()) {
            continue;
        }
        there |= Some(other) == area;
        if !within.contains(&other) {
            left.push(snapshot.relations.id(relation));
        }
    }
    (there, left)
}

/// Ends a relation; one that began today, or is still to begin, never was.
fn end_today(id: &RelationId, draft: &mut Draft) {
    let Some(mut record) = draft.relation(id).cloned() else { return };
    match Validity::new(record.relation.validity.from, Some(draft.today())) {
        Ok(validity) => {
            record.relation.validity = validity;
            draft.put_relation(record);
        }
        Err(_) => draft.remove_relation(id),
    }
}

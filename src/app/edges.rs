//! Who is joined to whom: a node's relations of some kinds, with the nodes at their other ends.

use super::Asking;
use super::lists::too_few;
use crate::access::{Redaction, RedactionReason, View};
use crate::error::AppError;
use crate::model::{Date, NodeId, NodeType, RelationId, RelationKind, ServeMode, Validity};
use crate::snapshot::page::{Key, KeyValue, PageRequest};
use crate::snapshot::{Direction, NodeIx, RelIx};

/// Relations of some kinds, seen from one end, to nodes of some types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RelationSide {
    pub kinds: &'static [RelationKind],
    pub direction: Direction,
    /// Empty: any type.
    pub types: &'static [NodeType],
}

#[derive(Debug, Clone)]
pub struct EdgeView {
    pub key: Key,
    pub relation: RelationId,
    pub kind: RelationKind,
    /// Whether one stands at its `from`.
    pub forward: bool,
    pub one_way: bool,
    /// Absent where it may speak of a person.
    pub title: Option<String>,
    pub mode: Option<ServeMode>,
    pub validity: Validity,
    /// Recorded strength, if any.
    pub strength: Option<f64>,
    pub last_confirmed_on: Option<Date>,
    pub champion: bool,
    pub gatekeeper: bool,
    pub inferred: bool,
    pub synthetic: bool,
    pub node: View,
}

#[derive(Debug, Clone, Default)]
pub struct Edges {
    pub items: Vec<EdgeView>,
    pub has_previous: bool,
    pub has_next: bool,
    /// Absent where that would tell of too few people.
    pub total: Option<usize>,
    pub redactions: Vec<Redaction>,
}

impl Asking {
    /// A page of a node's relations, in the order of their ids. Those that are over today are left out, unless asked for.
    pub fn edges(
        &self,
        of: &NodeId,
        sides: &[RelationSide],
        include_ended: bool,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Edges, AppError> {
        let Some(ix) = self.place(of) else { return Ok(Edges::default()) };
        let relations = &self.snapshot.relations;
        let mut found: Vec<RelIx> = sides.iter().flat_map(|side| self.on_side(ix, *side, include_ended)).collect();
        relations.sort(&mut found);
        found.dedup();
        let only_people = sides.iter().all(|side| side.types == [NodeType::Individual]);
        let total = if only_people { self.viewer().count_of_people(found.len()) } else { Some(found.len()) };
        let other = |relation: RelIx| {
            let from = relations.from(relation);
            if from == ix { relations.to(relation) } else { from }
        };
        let page = crate::snapshot::page::cut(found, request, default_size, |relation, key| match &key.value {
            Some(KeyValue::Text(known)) => relations.id(relation).as_str().cmp(known.as_str()),
            _ => std::cmp::Ordering::Greater,
        })?;
        Ok(Edges {
            items: page.items.iter().map(|relation| self.edge(*relation, other(*relation))).collect(),
            has_previous: page.has_previous,
            has_next: page.has_next,
            total,
            redactions: [too_few(total), self.people_left_out(sides)].concat(),
        })
    }

    /// Where people may stand at the other end and this viewer may not see that they do.
    fn people_left_out(&self, sides: &[RelationSide]) -> Vec<Redaction> {
        let may_hide = |side: &RelationSide| {
            side.kinds.iter().any(|kind| *kind != RelationKind::RoleAt)
                && (side.types.is_empty() || side.types.contains(&NodeType::Individual))
        };
        if self.viewer().sees_people() || !sides.iter().any(may_hide) {
            return Vec::new();
        }
        vec![Redaction { field: "edges", reason: RedactionReason::Personal }]
    }

    fn on_side(&self, ix: NodeIx, side: RelationSide, include_ended: bool) -> Vec<RelIx> {
        let (relations, day) = (&self.snapshot.relations, self.day());
        relations
            .at(ix, side.direction)
            .iter()
            .map(|relation| (*relation, relations.other(*relation, side.direction)))
            .filter(|(relation, other)| {
                let (from, to) = (relations.from(*relation), relations.to(*relation));
                let other_type = self.snapshot.node_type(*other);
                side.kinds.contains(&relations.kind(*relation))
                    && (side.types.is_empty() || side.types.contains(&other_type))
                    && self.viewer().sees_relation(
                        relations.kind(*relation),
                        self.snapshot.node_type(from),
                        self.snapshot.node_type(to),
                    )
                    && (include_ended
                        || (relations.live_on(*relation, day)
                            // History is about what has closed.
                            && (relations.kind(*relation) == RelationKind::SucceededBy
                                || self.snapshot.live_on(*other, day))))
            })
            .map(|(relation, _)| relation)
            .collect()
    }

    fn edge(&self, relation: RelIx, other: NodeIx) -> EdgeView {
        let relations = &self.snapshot.relations;
        let kind = relations.kind(relation);
        let speaks_of_people = kind != RelationKind::RoleAt && self.touches_people(relation);
        let id = relations.id(relation);
        EdgeView {
            key: Key { value: Some(KeyValue::Text(id.as_str().to_owned())), id: self.snapshot.id(other).clone() },
            relation: id,
            kind,
            forward: relations.to(relation) == other,
            one_way: relations.one_way(relation),
            title: relations
                .title(relation)
                .filter(|_| self.viewer().sees_people() || !speaks_of_people)
                .map(str::to_owned),
            mode: relations.mode(relation),
            validity: Validity { from: relations.valid_from(relation), to: relations.valid_to(relation) },
            strength: relations.strength(relation),
            last_confirmed_on: relations.last_confirmed_on(relation),
            champion: relations.champion(relation),
            gatekeeper: relations.gatekeeper(relation),
            inferred: relations.only_inferred(relation),
            synthetic: relations.synthetic(relation),
            node: self.view(other),
        }
    }
}

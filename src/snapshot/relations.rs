//! The relations, column by column, and who stands at their ends.

use super::csr::Csr;
use super::{Day, NodeIx};
use crate::model::{Date, EvidenceKind, NodeId, Relation, RelationId, RelationKind, ServeMode};
use rustc_hash::FxHashMap;

/// A relation's place in this snapshot. Good for this snapshot only.
pub type RelIx = u32;

/// Which end of a relation one stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// At its `from`, looking at its `to`.
    Out,
    /// At its `to`, looking at its `from`.
    In,
}

const ONE_WAY: u8 = 1;
const SYNTHETIC: u8 = 2;
const CHAMPION: u8 = 4;
const GATEKEEPER: u8 = 8;

#[derive(Debug, Default)]
pub struct Relations {
    ids: Vec<RelationId>,
    kinds: Vec<RelationKind>,
    froms: Vec<NodeIx>,
    tos: Vec<NodeIx>,
    live: Vec<(Day, Day)>,
    confirmed: Vec<Day>,
    strengths: Vec<f64>,
    best: Vec<EvidenceKind>,
    flags: Vec<u8>,
    modes: Vec<Option<ServeMode>>,
    titles: FxHashMap<RelIx, Box<str>>,
    by_id: FxHashMap<RelationId, RelIx>,
    out: Csr,
    into: Csr,
}

impl Relations {
    /// Relations whose ends are unknown cannot be: the store's foreign keys see to that.
    pub fn build(mut relations: Vec<Relation>, nodes: &FxHashMap<NodeId, NodeIx>, count: usize) -> Self {
        relations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let mut columns = Self::default();
        for relation in relations {
            let (Some(&from), Some(&to)) = (nodes.get(&relation.from), nodes.get(&relation.to)) else {
                continue;
            };
            let ix = RelIx::try_from(columns.ids.len()).unwrap_or(RelIx::MAX);
            let flag = |on: bool, bit: u8| if on { bit } else { 0 };
            columns.by_id.insert(relation.id.clone(), ix);
            columns.ids.push(relation.id);
            columns.kinds.push(relation.kind);
            columns.froms.push(from);
            columns.tos.push(to);
            columns.live.push(Day::span(relation.validity));
            columns.confirmed.push(relation.last_confirmed_on.map_or(Day::ALWAYS, Day::from));
            columns.strengths.push(relation.strength.unwrap_or(f64::NAN));
            columns.best.push(relation.best_evidence);
            columns.modes.push(relation.mode);
            columns.flags.push(
                flag(relation.one_way, ONE_WAY)
                    | flag(relation.synthetic, SYNTHETIC)
                    | flag(relation.champion, CHAMPION)
                    | flag(relation.gatekeeper, GATEKEEPER),
            );
            if let Some(title) = relation.title {
                columns.titles.insert(ix, title.into());
            }
        }
        columns.out = Csr::build(count, (0..).zip(&columns.froms).map(|(ix, from)| (*from, ix)));
        columns.into = Csr::build(count, (0..).zip(&columns.tos).map(|(ix, to)| (*to, ix)));
        columns
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    pub fn all(&self) -> std::ops::Range<RelIx> {
        0..RelIx::try_from(self.ids.len()).unwrap_or(RelIx::MAX)
    }

    pub fn by_id(&self, id: &str) -> Option<RelIx> {
        self.by_id.get(id).copied()
    }

    pub fn id(&self, ix: RelIx) -> &RelationId {
        &self.ids[ix as usize]
    }

    pub fn kind(&self, ix: RelIx) -> RelationKind {
        self.kinds[ix as usize]
    }

    pub fn from(&self, ix: RelIx) -> NodeIx {
        self.froms[ix as usize]
    }

    pub fn to(&self, ix: RelIx) -> NodeIx {
        self.tos[ix as usize]
    }

    /// Whether the relation itself is live on a day, whatever its ends.
    pub fn live_on(&self, ix: RelIx, day: Day) -> bool {
        let (from, to) = self.live[ix as usize];
        from <= day && day < to
    }

    pub fn valid_from(&self, ix: RelIx) -> Option<Date> {
        self.live[ix as usize].0.known()
    }

    pub fn valid_to(&self, ix: RelIx) -> Option<Date> {
        self.live[ix as usize].1.known()
    }

    pub fn last_confirmed_on(&self, ix: RelIx) -> Option<Date> {
        self.confirmed[ix as usize].known()
    }

    /// The day that its age is counted from: last confirmed, else valid from.
    pub fn known_since(&self, ix: RelIx) -> Option<Day> {
        let confirmed = self.confirmed[ix as usize];
        let day = if confirmed == Day::ALWAYS { self.live[ix as usize].0 } else { confirmed };
        (day != Day::ALWAYS).then_some(day)
    }

    /// Recorded strength, if any.
    pub fn strength(&self, ix: RelIx) -> Option<f64> {
        let strength = self.strengths[ix as usize];
        (!strength.is_nan()).then_some(strength)
    }

    pub fn best_evidence(&self, ix: RelIx) -> EvidenceKind {
        self.best[ix as usize]
    }

    /// Whether all its evidence is INFERRED: the best of it then is.
    pub fn only_inferred(&self, ix: RelIx) -> bool {
        self.best[ix as usize] == EvidenceKind::Inferred
    }

    pub fn mode(&self, ix: RelIx) -> Option<ServeMode> {
        self.modes[ix as usize]
    }

    pub fn title(&self, ix: RelIx) -> Option<&str> {
        self.titles.get(&ix).map(AsRef::as_ref)
    }

    pub fn one_way(&self, ix: RelIx) -> bool {
        self.flags[ix as usize] & ONE_WAY != 0
    }

    pub fn synthetic(&self, ix: RelIx) -> bool {
        self.flags[ix as usize] & SYNTHETIC != 0
    }

    pub fn champion(&self, ix: RelIx) -> bool {
        self.flags[ix as usize] & CHAMPION != 0
    }

    pub fn gatekeeper(&self, ix: RelIx) -> bool {
        self.flags[ix as usize] & GATEKEEPER != 0
    }

    /// The relations at a node that leave it or arrive, smallest id first.
    pub fn at(&self, node: NodeIx, direction: Direction) -> &[RelIx] {
        match direction {
            Direction::Out => self.out.row(node),
            Direction::In => self.into.row(node),
        }
    }

    /// The node at the other end from where one stands.
    pub fn other(&self, ix: RelIx, direction: Direction) -> NodeIx {
        match direction {
            Direction::Out => self.to(ix),
            Direction::In => self.from(ix),
        }
    }

    /// The relations of one kind at a node, with the node at their other end.
    pub fn of_kind(
        &self,
        node: NodeIx,
        kind: RelationKind,
        direction: Direction,
    ) -> impl Iterator<Item = (RelIx, NodeIx)> + '_ {
        self.at(node, direction)
            .iter()
            .filter(move |ix| self.kind(**ix) == kind)
            .map(move |ix| (*ix, self.other(*ix, direction)))
    }

    /// The earliest day that any relation starts on.
    pub fn first_day(&self) -> Option<Date> {
        self.live.iter().filter_map(|(from, _)| from.known()).min()
    }
}

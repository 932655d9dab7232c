//! The relations, and who stands at their ends.

mod fold;
mod grow;
mod key;
mod row;

use super::column::Column;
use super::layered::Layered;
use super::rows::Rows;
use super::sequence::Sequence;
use super::{Day, NodeIx};
use crate::model::{Date, EvidenceKind, RelationId, RelationKind, ServeMode};
use key::Key;
use row::Row;
use std::cmp::Ordering;
use std::sync::Arc;

pub(super) use grow::Put;

/// A relation's place in this snapshot and those grown from it; folding gives it another.
pub type RelIx = u32;

/// Which end of a relation one stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// At its `from`, looking at its `to`.
    Out,
    /// At its `to`, looking at its `from`.
    In,
}

#[derive(Debug, Clone, Default)]
pub struct Relations {
    keys: Column<Key>,
    rows: Column<Row>,
    titles: Layered<RelIx, Arc<str>>,
    sequence: Sequence,
    /// Those that came since the graph was folded; the folded ones are found by their order.
    later: Layered<Key, RelIx>,
    out: Rows,
    into: Rows,
}

impl Relations {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.sequence.len() as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more than the greatest place, for lists by place.
    pub fn slots(&self) -> u32 {
        self.sequence.slots()
    }

    /// Every relation, in the order of places.
    pub fn all(&self) -> impl Iterator<Item = RelIx> {
        (0..self.slots()).filter(|ix| self.is_here(*ix))
    }

    /// Whether a place still stands for a relation.
    pub fn is_here(&self, ix: RelIx) -> bool {
        !self.rows.get(ix).is_gone()
    }

    /// Compares two relations by their ids, bytewise.
    pub fn order(&self, a: RelIx, b: RelIx) -> Ordering {
        self.sequence.order(a, b, || self.keys.get(a).cmp(self.keys.get(b)))
    }

    /// Sorts relations by their ids.
    pub fn sort(&self, relations: &mut [RelIx]) {
        relations.sort_unstable_by(|a, b| self.order(*a, *b));
    }

    pub fn by_id(&self, id: &str) -> Option<RelIx> {
        self.find(&Key::of(id))
    }

    fn find(&self, key: &Key) -> Option<RelIx> {
        self.later.get(key).copied().or_else(|| {
            let ix = self.place(key);
            (ix < self.sequence.end_of_folded() && self.keys.get(ix) == key && self.is_here(ix)).then_some(ix)
        })
    }

    /// The first folded relation that does not come before a key.
    fn place(&self, key: &Key) -> RelIx {
        self.keys.partition_point(self.sequence.end_of_folded(), |known| known < key)
    }

    pub fn id(&self, ix: RelIx) -> RelationId {
        self.keys.get(ix).id()
    }

    pub fn kind(&self, ix: RelIx) -> RelationKind {
        self.rows.get(ix).kind
    }

    pub fn from(&self, ix: RelIx) -> NodeIx {
        self.rows.get(ix).from
    }

    pub fn to(&self, ix: RelIx) -> NodeIx {
        self.rows.get(ix).to
    }

    /// Whether the relation itself is live on a day, whatever its ends.
    pub fn live_on(&self, ix: RelIx, day: Day) -> bool {
        let (from, to) = self.rows.get(ix).live;
        from <= day && day < to
    }

    pub fn valid_from(&self, ix: RelIx) -> Option<Date> {
        self.rows.get(ix).live.0.known()
    }

    pub fn valid_to(&self, ix: RelIx) -> Option<Date> {
        self.rows.get(ix).live.1.known()
    }

    pub fn last_confirmed_on(&self, ix: RelIx) -> Option<Date> {
        self.rows.get(ix).confirmed.known()
    }

    /// The day that its age is counted from: last confirmed, else valid from.
    pub fn known_since(&self, ix: RelIx) -> Option<Day> {
        let row = self.rows.get(ix);
        let day = if row.confirmed == Day::ALWAYS { row.live.0 } else { row.confirmed };
        (day != Day::ALWAYS).then_some(day)
    }

    /// Recorded strength, if any.
    pub fn strength(&self, ix: RelIx) -> Option<f64> {
        let strength = self.rows.get(ix).strength;
        (!strength.is_nan()).then_some(strength)
    }

    pub fn best_evidence(&self, ix: RelIx) -> EvidenceKind {
        self.rows.get(ix).best
    }

    /// Whether all its evidence is INFERRED: the best of it then is.
    pub fn only_inferred(&self, ix: RelIx) -> bool {
        self.best_evidence(ix) == EvidenceKind::Inferred
    }

    pub fn mode(&self, ix: RelIx) -> Option<ServeMode> {
        self.rows.get(ix).mode
    }

    pub fn title(&self, ix: RelIx) -> Option<&str> {
        self.titles.get(&ix).map(AsRef::as_ref)
    }

    pub fn one_way(&self, ix: RelIx) -> bool {
        self.rows.get(ix).one_way()
    }

    pub fn synthetic(&self, ix: RelIx) -> bool {
        self.rows.get(ix).synthetic()
    }

    pub fn champion(&self, ix: RelIx) -> bool {
        self.rows.get(ix).champion()
    }

    pub fn gatekeeper(&self, ix: RelIx) -> bool {
        self.rows.get(ix).gatekeeper()
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

    /// The day a relation starts on: `Day::ALWAYS` where none is known, `Day::NEVER` where the relation is gone.
    pub(super) fn start(&self, ix: RelIx) -> Day {
        self.rows.get(ix).live.0
    }

    /// The days that relations start on, as `start` has them.
    pub(super) fn starts(&self) -> impl Iterator<Item = Day> {
        self.rows.iter().map(|row| row.live.0)
    }
}

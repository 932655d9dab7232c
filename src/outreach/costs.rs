//! How likely each hop is to carry an introduction, computed once for a snapshot, a date and the settings.
//! `p = strength × freshness × confidence × hub`, in that order, with `libm`, so that every machine agrees to the bit.

use super::Settings;
use crate::model::{HopClass, RelationKind};
use crate::snapshot::column::Column;
use crate::snapshot::{Changed, Day, Direction, NodeIx, RelIx, Snapshot};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Micronats: `round(−ln p × 10⁶)`. Whole numbers, so sums are exact.
pub type Cost = u32;

/// The cost of a probability, also of a bound such as a likelihood's.
pub fn cost_of(probability: f64) -> Cost {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "p is in [0.001, 1]: at most 6,907,755"
    )]
    let cost = libm::round(-libm::log(probability) * 1_000_000.0) as Cost;
    cost
}

/// The probability of a cost.
pub fn probability_of(cost: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "costs of paths are far below 2^52")]
    let cost = cost as f64;
    libm::exp(-cost / 1_000_000.0)
}

/// Every factor of a hop's probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    pub strength: f64,
    pub freshness: f64,
    pub confidence: f64,
    pub hub: f64,
}

impl Factors {
    pub fn probability(self) -> f64 {
        (self.strength * self.freshness * self.confidence * self.hub).clamp(0.001, 0.999)
    }
}

/// Cheap to clone: clones share what they hold.
#[derive(Clone)]
pub struct HopCosts {
    pub as_of: Day,
    settings: Arc<Settings>,
    hops: Column<HopCost>,
    /// Distinct nodes one can step to over live hops, for ROLE, NETWORK and STRUCTURAL.
    degrees: Column<[u32; 3]>,
}

#[derive(Clone, Copy)]
struct HopCost {
    /// Out of `from`, and out of `to`.
    costs: [Cost; 2],
    /// Whether the relation and both its ends are live.
    live: bool,
}

impl HopCost {
    const UNKNOWN: Self = Self { costs: [Cost::MAX; 2], live: false };
}

/// Which directions a relation may be walked in.
pub fn walkable(kind: RelationKind, one_way: bool) -> &'static [Direction] {
    match kind.class() {
        None => &[],
        Some(HopClass::Trust) => &[Direction::Out],
        Some(HopClass::Warm) if one_way => &[Direction::Out],
        Some(_) => &[Direction::Out, Direction::In],
    }
}

fn hub_slot(class: HopClass) -> Option<usize> {
    match class {
        HopClass::Role => Some(0),
        HopClass::Network => Some(1),
        HopClass::Structural => Some(2),
        HopClass::Warm | HopClass::Trust => None,
    }
}

impl HopCosts {
    pub fn compute(snapshot: &Snapshot, as_of: Day, settings: &Settings) -> Self {
        let relations = 0..snapshot.relations.slots();
        let hops = relations.clone().map(|ix| HopCost { live: is_live(snapshot, ix, as_of), ..HopCost::UNKNOWN });
        let (hops, settings) = (hops.collect(), Arc::new(settings.clone()));
        let mut fresh = Self { as_of, settings, hops, degrees: Column::default() };
        fresh.degrees = (0..snapshot.slots()).map(|node| fresh.degrees_of(snapshot, node)).collect();
        fresh.hops = relations.map(|ix| fresh.hop(snapshot, ix)).collect();
        fresh
    }

    /// What the costs become once the snapshot they are for has grown into another.
    #[must_use]
    pub fn after(&self, snapshot: &Snapshot, changed: &Changed) -> Self {
        let mut next = self.clone();
        next.take_in(snapshot, changed);
        next
    }

    fn take_in(&mut self, snapshot: &Snapshot, changed: &Changed) {
        let relations = &snapshot.relations;
        let new = self.hops.len()..relations.slots();
        self.hops.extend(new.map(|_| HopCost::UNKNOWN));
        let new = self.degrees.len()..snapshot.slots();
        self.degrees.extend(new.map(|_| [0; 3]));

        // Relations whose cost may differ, and nodes that may know more or fewer others.
        let mut hops: FxHashSet<RelIx> = changed.relations.iter().copied().collect();
        hops.extend(changed.nodes.iter().flat_map(|node| relations.around(*node)));
        let mut tails: FxHashSet<NodeIx> = FxHashSet::default();
        for ix in &hops {
            let (hop, live) = (*self.hops.get(*ix), is_live(snapshot, *ix, self.as_of));
            if hop.live != live {
                self.hops.set(*ix, HopCost { live, ..hop });
                tails.extend([relations.from(*ix), relations.to(*ix)]);
            }
        }
        for node in tails {
            let degrees = self.degrees_of(snapshot, node);
            if *self.degrees.get(node) != degrees {
                self.degrees.set(node, degrees);
                hops.extend(relations.around(node));
            }
        }
        for ix in hops {
            self.hops.set(ix, self.hop(snapshot, ix));
        }
    }

    /// How many others a node knows, once it is known which relations are live.
    fn degrees_of(&self, snapshot: &Snapshot, node: NodeIx) -> [u32; 3] {
        let relations = &snapshot.relations;
        let mut others: [Vec<NodeIx>; 3] = Default::default();
        for direction in [Direction::Out, Direction::In] {
            for ix in relations.at(node, direction).iter().filter(|ix| self.live(**ix)) {
                if let Some(slot) = relations.kind(*ix).class().and_then(hub_slot) {
                    others[slot].push(relations.other(*ix, direction));
                }
            }
        }
        others.map(|mut others| {
            others.sort_unstable();
            others.dedup();
            u32::try_from(others.len()).unwrap_or(u32::MAX)
        })
    }

    /// A relation's cost, once the degrees are known.
    fn hop(&self, snapshot: &Snapshot, ix: RelIx) -> HopCost {
        let is_hop = snapshot.relations.kind(ix).class().is_some();
        let cost = |direction| {
            if is_hop { cost_of(self.factors(snapshot, ix, direction).probability()) } else { Cost::MAX }
        };
        HopCost { costs: [cost(Direction::Out), cost(Direction::In)], live: self.live(ix) }
    }

    /// Whether the relation and both its ends are live on the date.
    pub fn live(&self, relation: RelIx) -> bool {
        self.hops.get(relation).live
    }

    pub fn cost(&self, relation: RelIx, direction: Direction) -> Cost {
        self.hops.get(relation).costs[usize::from(direction == Direction::In)]
    }

    pub fn factors(&self, snapshot: &Snapshot, relation: RelIx, direction: Direction) -> Factors {
        let relations = &snapshot.relations;
        let kind = relations.kind(relation);
        let class = kind.class();
        let tail = if direction == Direction::Out { relations.from(relation) } else { relations.to(relation) };
        Factors {
            strength: relations
                .strength(relation)
                .unwrap_or_else(|| self.settings.strength.of(kind, relations.mode(relation), direction)),
            freshness: class.map_or(1.0, |class| self.freshness(class, relations.known_since(relation))),
            confidence: self.settings.confidence.of(relations.best_evidence(relation)),
            hub: class.map_or(1.0, |class| self.hub(class, tail)),
        }
    }

    fn freshness(&self, class: HopClass, since: Option<Day>) -> f64 {
        match (self.settings.half_life_days.of(class), since) {
            (Some(_), _) if !self.settings.freshness => 1.0,
            (None, _) => 1.0,
            (Some(_), None) => self.settings.freshness_unknown,
            (Some(half_life), Some(since)) => {
                let age = f64::from(self.as_of.days_since(since));
                libm::exp2(-age / half_life).max(self.settings.freshness_floor)
            }
        }
    }

    /// Whether age, or not knowing the age, has left of a relation no more than the floor.
    pub fn is_stale(&self, snapshot: &Snapshot, relation: RelIx) -> bool {
        let relations = &snapshot.relations;
        relations.kind(relation).class().is_some_and(|class| {
            self.settings.freshness
                && self.settings.half_life_days.of(class).is_some()
                && self.freshness(class, relations.known_since(relation)) <= self.settings.freshness_floor
        })
    }

    fn hub(&self, class: HopClass, tail: NodeIx) -> f64 {
        match hub_slot(class) {
            Some(slot) if self.settings.hub => {
                let degree = f64::from(self.degrees.get(tail)[slot]);
                1.0 / (1.0 + libm::log2((degree / f64::from(self.settings.hub_from)).max(1.0)))
            }
            _ => 1.0,
        }
    }
}

fn is_live(snapshot: &Snapshot, ix: RelIx, as_of: Day) -> bool {
    let relations = &snapshot.relations;
    relations.live_on(ix, as_of)
        && snapshot.live_on(relations.from(ix), as_of)
        && snapshot.live_on(relations.to(ix), as_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_whole_micronats() {
        assert_eq!(cost_of(0.5), 693_147);
        assert_eq!(cost_of(0.999), 1_001);
        assert_eq!(cost_of(0.001), 6_907_755);
    }
}

//! How likely each hop is to carry an introduction, computed once for a snapshot, a date and the settings.
//! `p = strength × freshness × confidence × hub`, in that order, with `libm`, so that every machine agrees to the bit.

use super::Settings;
use crate::model::{HopClass, RelationKind};
use crate::snapshot::{Day, Direction, NodeIx, RelIx, Snapshot};

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

pub struct HopCosts {
    pub as_of: Day,
    settings: Settings,
    /// Whether the relation and both its ends are live.
    live: Vec<bool>,
    /// Out of `from`, and out of `to`.
    costs: Vec<[Cost; 2]>,
    /// Distinct nodes one can step to over live hops, for ROLE, NETWORK and STRUCTURAL.
    degrees: Vec<[u32; 3]>,
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
        let relations = &snapshot.relations;
        let live: Vec<bool> = relations
            .all()
            .map(|ix| {
                relations.live_on(ix, as_of)
                    && snapshot.live_on(relations.from(ix), as_of)
                    && snapshot.live_on(relations.to(ix), as_of)
            })
            .collect();
        let mut hops =
            Self { as_of, settings: settings.clone(), degrees: degrees(snapshot, &live), live, costs: Vec::new() };
        hops.costs = relations
            .all()
            .map(|ix| {
                let cost = |direction| {
                    let class = relations.kind(ix).class();
                    class.map_or(Cost::MAX, |_| cost_of(hops.factors(snapshot, ix, direction).probability()))
                };
                [cost(Direction::Out), cost(Direction::In)]
            })
            .collect();
        hops
    }

    /// Whether the relation and both its ends are live on the date.
    pub fn live(&self, relation: RelIx) -> bool {
        self.live[relation as usize]
    }

    pub fn cost(&self, relation: RelIx, direction: Direction) -> Cost {
        self.costs[relation as usize][usize::from(direction == Direction::In)]
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

    fn hub(&self, class: HopClass, tail: NodeIx) -> f64 {
        match hub_slot(class) {
            Some(slot) if self.settings.hub => {
                let degree = f64::from(self.degrees[tail as usize][slot]);
                1.0 / (1.0 + libm::log2((degree / f64::from(self.settings.hub_from)).max(1.0)))
            }
            _ => 1.0,
        }
    }
}

fn degrees(snapshot: &Snapshot, live: &[bool]) -> Vec<[u32; 3]> {
    let relations = &snapshot.relations;
    let mut others: [Vec<NodeIx>; 3] = Default::default();
    snapshot
        .all()
        .map(|node| {
            for direction in [Direction::Out, Direction::In] {
                for ix in relations.at(node, direction).iter().filter(|ix| live[**ix as usize]) {
                    if let Some(slot) = relations.kind(*ix).class().and_then(hub_slot) {
                        others[slot].push(relations.other(*ix, direction));
                    }
                }
            }
            others.each_mut().map(|others| {
                others.sort_unstable();
                others.dedup();
                let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
                others.clear();
                count
            })
        })
        .collect()
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

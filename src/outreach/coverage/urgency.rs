//! In what order a team looks at cells. `docs/COVERAGE.md` says the same in words.

use super::{Cell, CoverageStatus};
use crate::snapshot::Snapshot;
use std::cmp::{Ordering, Reverse};

/// The most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    NobodyServes,
    /// Somebody serves them there, and nothing leads to them within reach.
    Unreachable,
    /// A chain is there, and consent, an approach, evidence or dates keep it shut.
    Blocked,
    Stale,
    Cold,
    /// All paths have somebody in common.
    OneBroker,
    Covered,
    /// There are no such practices there, or they are sources themselves.
    NothingToReach,
}

impl Cell {
    pub fn urgency(&self) -> Urgency {
        match self.status {
            CoverageStatus::NobodyServesTarget => Urgency::NobodyServes,
            CoverageStatus::Disconnected
            | CoverageStatus::TooManyHops
            | CoverageStatus::ConstraintsExcludeAll
            | CoverageStatus::NoPath => Urgency::Unreachable,
            CoverageStatus::BlockedByConsent
            | CoverageStatus::DoNotApproach
            | CoverageStatus::OnlyInferredLinks
            | CoverageStatus::OnlyExpiredLinks
            | CoverageStatus::SeveralRules => Urgency::Blocked,
            CoverageStatus::StaleOnly => Urgency::Stale,
            CoverageStatus::Cold => Urgency::Cold,
            CoverageStatus::Warm | CoverageStatus::Networked if !self.brokers.is_empty() => Urgency::OneBroker,
            CoverageStatus::Warm | CoverageStatus::Networked => Urgency::Covered,
            CoverageStatus::NoMatchingTarget | CoverageStatus::AlreadyThere => Urgency::NothingToReach,
        }
    }

    /// What a place in the list by urgency is known by; keys compare as the cells do. Ids hold no spaces.
    pub fn key(&self, snapshot: &Snapshot) -> String {
        let cost = self.best.as_ref().map_or(0, |best| best.cost);
        let area = self.area.map_or("", |area| snapshot.id(area).as_str());
        format!("{} {:016x} {} {area}", self.urgency() as u8, u64::MAX - cost, snapshot.id(self.group))
    }
}

/// By urgency, then the least likely first, then by the ids of group and area.
pub fn order(snapshot: &Snapshot, a: &Cell, b: &Cell) -> Ordering {
    let cost = |cell: &Cell| Reverse(cell.best.as_ref().map_or(0, |best| best.cost));
    let id = |cell: &Cell| snapshot.id(cell.group);
    let area = |cell: &Cell| cell.area.map(|area| snapshot.id(area));
    (a.urgency(), cost(a))
        .cmp(&(b.urgency(), cost(b)))
        .then_with(|| id(a).cmp(id(b)))
        .then_with(|| area(a).cmp(&area(b)))
}

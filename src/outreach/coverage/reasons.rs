//! Why a cell has no path: the rules are relaxed one by one, in the order in which a path search does, each for all the
//! cells that are still without a reason at once.

use super::asked::{Asked, Row, StandsFor};
use super::ends::Ends;
use super::ground::Ground;
use super::places::Whereabouts;
use super::steps::{self, Steps};
use super::{CoverageStatus, OutOfTime, Watch};
use crate::model::RelationKind;
use crate::outreach::question::MAX_HOPS;
use crate::outreach::rules::{Relaxed, Rule, World};
use crate::snapshot::Direction;

/// A cell by its row and column.
pub type Place = (usize, usize);

pub struct Reasons<'a> {
    pub world: &'a World<'a>,
    pub asked: &'a Asked,
    pub ground: &'a Ground,
    pub whereabouts: &'a mut Whereabouts,
}

impl Reasons<'_> {
    /// The reason of each cell, in the order given.
    pub fn of(mut self, cells: &[Place], watch: &mut Watch<'_>) -> Result<Vec<CoverageStatus>, OutOfTime> {
        let mut reasons: Vec<Option<CoverageStatus>> = cells.iter().map(|cell| self.without_search(*cell)).collect();
        for rule in Rule::ALL {
            let open = open(&reasons);
            let open: Vec<usize> = open.into_iter().filter(|place| self.may_matter(rule, cells[*place])).collect();
            for place in self.with_a_path(Relaxed::only(rule), cells, &open, watch)? {
                reasons[place] = Some(reason(rule));
            }
        }
        let open = open(&reasons);
        for place in self.with_a_path(Relaxed::EVERYTHING, cells, &open, watch)? {
            reasons[place] = Some(CoverageStatus::SeveralRules);
        }
        Ok(reasons.into_iter().map(|reason| reason.unwrap_or(CoverageStatus::Disconnected)).collect())
    }

    /// The reasons that need no search, and all that some readers may know.
    fn without_search(&mut self, (row, column): Place) -> Option<CoverageStatus> {
        let asked = self.asked;
        match &asked.rows[row].stands_for {
            StandsFor::Practices(practices) if practices[column].is_empty() => {
                return Some(CoverageStatus::NoMatchingTarget);
            }
            StandsFor::People { .. } if !self.somebody_serves(&asked.rows[row], column) => {
                return Some(CoverageStatus::NobodyServesTarget);
            }
            StandsFor::Practices(_) | StandsFor::People { .. } => {}
        }
        (!self.world.task.reader.may_know_why).then_some(CoverageStatus::NoPath)
    }

    /// Whether anybody serves the group there, whatever the evidence and the dates.
    fn somebody_serves(&mut self, row: &Row, column: usize) -> bool {
        let StandsFor::People { served, own_area } = &row.stands_for else { return true };
        let (world, asked) = (self.world, self.asked.columns[column]);
        let relaxed = Relaxed::only(Rule::Inferred).and(Rule::Dates);
        let relations = &world.snapshot.relations;
        let mut all = served.iter().flat_map(|group| relations.of_kind(*group, RelationKind::Serves, Direction::In));
        all.any(|(relation, node)| {
            world.is_seen(relation) && self.whereabouts.serves_there(world, node, *own_area, asked, relaxed)
        })
    }

    /// Whether relaxing a rule lets anything more through in a cell.
    fn may_matter(&self, rule: Rule, (_, column): Place) -> bool {
        match rule {
            Rule::Inferred => !self.world.task.include_inferred,
            Rule::Hops => self.world.task.terms.max_hops < MAX_HOPS,
            Rule::Constraints => self.asked.columns[column].is_some(),
            Rule::Consent | Rule::DoNotApproach | Rule::Dates => true,
        }
    }

    /// Which of some cells have a path under relaxed rules.
    fn with_a_path(
        &mut self,
        relaxed: Relaxed,
        cells: &[Place],
        among: &[usize],
        watch: &mut Watch<'_>,
    ) -> Result<Vec<usize>, OutOfTime> {
        if among.is_empty() {
            return Ok(Vec::new());
        }
        watch.look()?;
        // More hops or areas leave the links as they are, and there are no other conditions of the asker's.
        let as_it_is = relaxed == Relaxed::only(Rule::Hops) || relaxed == Relaxed::only(Rule::Constraints);
        let built = (!as_it_is).then(|| Ground::build(self.world, relaxed));
        let ground = built.as_ref().unwrap_or(self.ground);
        watch.look()?;
        let max_hops = self.world.task.terms.max_hops(relaxed);
        let steps: Steps = steps::over_any(ground, max_hops);
        let mut found = Vec::new();
        for place in among {
            let (row, column) = cells[*place];
            let asked = (&self.asked.rows[row], column);
            let area = self.asked.columns[column];
            let ends = Ends::of(self.world, ground, self.whereabouts, asked, area, relaxed);
            if ends.exits(max_hops).any(|(spot, hops)| steps::within(&steps, spot, hops)) {
                found.push(*place);
            }
        }
        Ok(found)
    }
}

fn open(reasons: &[Option<CoverageStatus>]) -> Vec<usize> {
    (0..reasons.len()).filter(|place| reasons[*place].is_none()).collect()
}

const fn reason(rule: Rule) -> CoverageStatus {
    match rule {
        Rule::Inferred => CoverageStatus::OnlyInferredLinks,
        Rule::Consent => CoverageStatus::BlockedByConsent,
        Rule::DoNotApproach => CoverageStatus::DoNotApproach,
        Rule::Dates => CoverageStatus::OnlyExpiredLinks,
        Rule::Hops => CoverageStatus::TooManyHops,
        Rule::Constraints => CoverageStatus::ConstraintsExcludeAll,
    }
}

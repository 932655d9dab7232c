//! What a question asks of a path as a whole, as against each of its nodes and hops. The search keeps these terms, and
//! `relax` says which of them a relaxed path breaks. Nothing here looks at a graph.

use super::costs::cost_of;
use super::question::{MAX_HOPS, Question};
use super::rules::{Relaxed, Rule};
use super::via::Via;

#[derive(Debug)]
pub struct Terms {
    pub max_hops: usize,
    /// Whom a path has to pass through.
    pub via: Option<Via>,
    /// The most structural hops.
    pub structural: Option<usize>,
    /// The most a path may cost, in micronats.
    pub max_cost: Option<u64>,
}

impl Terms {
    pub fn of(question: &Question, via: Option<Via>) -> Self {
        Self {
            max_hops: question.max_hops,
            via,
            structural: question.max_structural_hops,
            max_cost: question.min_probability.map(|least| u64::from(cost_of(least))),
        }
    }

    /// Whether the asker set any that may be relaxed with their other constraints.
    pub fn constrain(&self) -> bool {
        self.via.is_some() || self.structural.is_some() || self.max_cost.is_some()
    }

    pub fn max_hops(&self, relaxed: Relaxed) -> usize {
        if relaxed.has(Rule::Hops) { MAX_HOPS } else { self.max_hops }
    }

    pub fn via(&self, relaxed: Relaxed) -> Option<&Via> {
        self.via.as_ref().filter(|_| !relaxed.has(Rule::Constraints))
    }

    /// The most structural hops; none where all hops of a path may be.
    pub fn structural(&self, relaxed: Relaxed) -> Option<usize> {
        self.structural.filter(|most| !relaxed.has(Rule::Constraints) && *most < self.max_hops(relaxed))
    }

    /// In micronats.
    pub fn max_cost(&self, relaxed: Relaxed) -> u64 {
        self.max_cost.filter(|_| !relaxed.has(Rule::Constraints)).unwrap_or(u64::MAX)
    }
}

//! Which relations a path takes. Where structural hops are not limited, the cheapest of each step; where they are, the
//! cheapest choice that keeps the limit. `search` and `explain` call it; it judges no other rule.

use super::arcs::{Arc, Arcs, Stop};
use super::question::MAX_HOPS;
use crate::snapshot::{NodeIx, Relations};

/// The least cost of some nodes in a row with at most so many structural hops; `NEVER` where it takes more.
pub type Levels = [u64; MAX_HOPS + 1];

/// There is no such way.
pub const NEVER: u64 = u64::MAX;

impl Arcs {
    /// What these nodes in a row cost, for each number of structural hops that they might have.
    pub fn levels(&self, nodes: &[Stop]) -> Levels {
        nodes.windows(2).fold([0; MAX_HOPS + 1], |levels, pair| stepped(&levels, self.choices(pair[0], pair[1])))
    }

    /// The relations of a path that was found, one a step. Of equally cheap choices the one with the smallest relation
    /// ids, from the first step on.
    pub fn hops_of(&self, path: &[NodeIx], relations: &Relations) -> Vec<Arc> {
        let Some(budget) = self.states.budget() else {
            return path.windows(2).filter_map(|pair| self.joining(pair[0], pair[1])).collect();
        };
        let steps: Vec<&[Arc]> =
            path.windows(2).map(|pair| self.choices(self.stop(pair[0]), self.stop(pair[1]))).collect();
        // What is left to pay after each step, from the last back.
        let mut rest = vec![[0; MAX_HOPS + 1]];
        for choices in steps.iter().rev() {
            rest.push(stepped(&rest[rest.len() - 1], choices));
        }
        let mut left = budget;
        let mut hops = Vec::new();
        for (choices, pair) in steps.iter().zip(rest.windows(2).rev()) {
            let (after, here) = (&pair[0], &pair[1]);
            let keeps_the_least =
                |arc: &&Arc| affords(arc, left).is_some_and(|then| plus(after[then], arc) == here[left]);
            let chosen = choices.iter().filter(keeps_the_least).min_by(|a, b| relations.order(a.relation, b.relation));
            if let Some(arc) = chosen {
                left = affords(arc, left).unwrap_or(0);
                hops.push(*arc);
            }
        }
        hops
    }
}

/// How many structural hops are left after this one.
fn affords(arc: &Arc, left: usize) -> Option<usize> {
    left.checked_sub(usize::from(arc.structural))
}

fn plus(cost: u64, arc: &Arc) -> u64 {
    cost.saturating_add(u64::from(arc.cost))
}

fn stepped(levels: &Levels, choices: &[Arc]) -> Levels {
    std::array::from_fn(|most| {
        let costs = choices.iter().filter_map(|arc| Some(plus(levels[affords(arc, most)?], arc)));
        costs.min().unwrap_or(NEVER)
    })
}

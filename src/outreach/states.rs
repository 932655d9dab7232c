//! What decides the ways on from a node besides the hops left: whether the path has passed whom it has to pass, and how
//! many of its next hops may be structural. A question that limits neither has one state. `reach` and `search` call it;
//! it knows no costs.

use super::arcs::{Arc, Stop};
use super::rules::{Relaxed, World};
use crate::snapshot::NodeIx;

/// The states of a search, numbered from 0.
pub struct States {
    /// For each stop, whether passing through it is what the question asks for.
    via: Option<Vec<bool>>,
    /// The most structural hops; above 0.
    budget: Option<usize>,
}

impl States {
    /// `passable` says whether a node can be neither the first nor the last of a path.
    pub fn new(world: &World<'_>, relaxed: Relaxed, passable: impl Fn(NodeIx) -> bool) -> Self {
        let terms = &world.task.terms;
        let snapshot = world.snapshot;
        Self {
            via: terms
                .via(relaxed)
                .map(|via| snapshot.all().map(|ix| passable(ix) && via.means(snapshot, ix)).collect()),
            budget: terms.structural(relaxed).filter(|most| *most > 0),
        }
    }

    /// Whether there is but one.
    pub fn is_single(&self) -> bool {
        self.via.is_none() && self.budget.is_none()
    }

    /// The most structural hops, where they are limited and not forbidden.
    pub fn budget(&self) -> Option<usize> {
        self.budget
    }

    pub fn count(&self) -> usize {
        (1 + usize::from(self.via.is_some())) * (1 + self.budget.unwrap_or(0))
    }

    /// The state of a path of these nodes, of which the last is not passed yet.
    pub fn after_passing(&self, nodes: &[Stop], structural_left: usize) -> usize {
        let met = self.via.is_some() && self.meets(nodes);
        self.numbered(met, structural_left)
    }

    /// Whether a path may end in this state.
    pub fn may_end(&self, state: usize) -> bool {
        self.via.is_none() || self.has_met(state)
    }

    /// The states that a path goes on in when it leaves a node by a structural step, and by another. No structural one
    /// where the path has had all it may.
    pub fn leaving(&self, node: Stop, state: usize) -> (Option<usize>, usize) {
        if self.is_single() {
            return (Some(state), state);
        }
        let met = self.has_met(state) || self.is_via(node);
        let Some(budget) = self.budget else { return (Some(self.numbered(met, 0)), self.numbered(met, 0)) };
        let left = state % (budget + 1);
        (left.checked_sub(1).map(|left| self.numbered(met, left)), self.numbered(met, left))
    }

    /// The state that a path goes on in over this step, if it may.
    pub fn over(&self, tail: Stop, state: usize, arc: &Arc) -> Option<usize> {
        let (structural, other) = self.leaving(tail, state);
        if arc.structural { structural } else { Some(other) }
    }

    /// Whether the question asks to pass through this node, among others.
    pub fn is_via(&self, node: Stop) -> bool {
        self.via.as_ref().is_some_and(|via| via[node.number()])
    }

    /// Whether a path of these nodes passes through one that it has to pass; its last is not passed.
    pub fn meets(&self, nodes: &[Stop]) -> bool {
        nodes.split_last().is_some_and(|(_, passed)| passed.iter().any(|node| self.is_via(*node)))
    }

    fn has_met(&self, state: usize) -> bool {
        state > self.budget.unwrap_or(0)
    }

    fn numbered(&self, met: bool, structural_left: usize) -> usize {
        usize::from(met) * (self.budget.unwrap_or(0) + 1) + structural_left
    }
}

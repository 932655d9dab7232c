//! Every simple path that some set of rules leaves, in the order of the answer.

use super::{Asked, At, Oracle, Rule};
use inroads::model::{ConsentPurpose, ConsentStatus, HopClass};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    pub nodes: Vec<At>,
    pub ties: Vec<usize>,
    pub cost: u64,
}

impl Walk {
    /// Whether it goes the long way round: everyone on a better one is on it too.
    pub fn is_detour_of(&self, better: &Walk) -> bool {
        self.nodes.first() == better.nodes.first()
            && self.nodes.last() == better.nodes.last()
            && better.nodes.iter().all(|node| self.nodes.contains(node))
    }
}

/// Where in a path a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Start,
    Through,
    End,
}

/// For each step that the rules leave, its cheapest relation and what that costs.
type Steps = BTreeMap<At, Vec<(At, usize, u64)>>;

impl Oracle<'_> {
    /// Which rules forbid a node in a place of a path.
    pub(super) fn broken_by_node(&self, asked: &Asked, at: At, role: Role) -> Vec<Rule> {
        let mut broken = Vec::new();
        if role == Role::Through && self.is_outsider(at) {
            let allowed = match self.consent(at, ConsentPurpose::Introduce) {
                Some(ConsentStatus::Granted) => true,
                Some(ConsentStatus::NotAsked) => self.question.include_unasked,
                _ => false,
            };
            if !allowed {
                broken.push(Rule::Consent);
            }
        }
        let window = self.nodes[at].do_not_approach.as_ref();
        if role != Role::Start
            && window
                .is_some_and(|window| window.from.is_none_or(|from| from <= self.today) && self.today < window.until)
        {
            broken.push(Rule::DoNotApproach);
        }
        if !self.is_open(at, self.as_of) {
            broken.push(Rule::Dates);
        }
        if asked.avoid.contains(&at) {
            broken.push(Rule::Constraints);
        }
        broken
    }

    /// Which rules forbid a relation, its ends aside.
    pub(super) fn broken_by_tie(&self, tie: usize) -> Vec<Rule> {
        let mut broken = Vec::new();
        if self.is_inferred(tie) && !self.question.include_inferred {
            broken.push(Rule::Inferred);
        }
        if !self.holds_on(tie, self.as_of) {
            broken.push(Rule::Dates);
        }
        let class = self.class(tie);
        let class_allowed =
            self.question.allow.is_empty() || class == HopClass::Trust || self.question.allow.contains(&class);
        let mode_allowed = class != HopClass::Trust
            || self.question.serve_modes.is_empty()
            || self.ties[tie].facts.mode.is_some_and(|mode| self.question.serve_modes.contains(&mode));
        if !class_allowed || !mode_allowed {
            broken.push(Rule::Constraints);
        }
        broken
    }

    /// Whether the serving node is where the question's areas and the group's own area want it, with rules set aside.
    pub(super) fn serves_there(&self, asked: &Asked, server: At, group: At, relaxed: &[Rule]) -> bool {
        self.in_asked_areas(asked, server, relaxed) && self.in_own_area(asked, server, group, relaxed)
    }

    pub(super) fn in_asked_areas(&self, asked: &Asked, server: At, relaxed: &[Rule]) -> bool {
        asked.areas.is_empty() || relaxed.contains(&Rule::Constraints) || self.at_work(server, &asked.areas, relaxed)
    }

    pub(super) fn in_own_area(&self, asked: &Asked, server: At, group: At, relaxed: &[Rule]) -> bool {
        asked.targets.groups[&group].iter().any(|own| own.is_none_or(|own| self.at_work(server, &[own], relaxed)))
    }

    fn at_work(&self, server: At, wanted: &[At], relaxed: &[Rule]) -> bool {
        let day = (!relaxed.contains(&Rule::Dates)).then_some(self.as_of);
        let inferred = self.question.include_inferred || relaxed.contains(&Rule::Inferred);
        self.is_at_work_in(server, wanted, day, inferred)
    }

    /// The relations of a step that the rules leave, cheapest first, ties by id.
    pub(super) fn choices(&self, from: At, to: At, relaxed: &[Rule]) -> Vec<(u64, usize)> {
        let mut choices: Vec<(u64, usize)> = self
            .walkable(from, to)
            .filter(|tie| self.broken_by_tie(*tie).iter().all(|rule| relaxed.contains(rule)))
            .map(|tie| (self.cost(tie, from), tie))
            .collect();
        choices.sort_unstable();
        choices
    }

    /// All paths, best first: cost, then hops, then the ids of the nodes.
    pub(super) fn stream(&self, asked: &Asked, relaxed: &[Rule]) -> Vec<Walk> {
        let mut steps = Steps::new();
        for from in 0..self.nodes.len() {
            for to in (0..self.nodes.len()).filter(|to| *to != from) {
                if self.nodes[to].group().is_some()
                    && !(asked.targets.groups.contains_key(&to) && self.serves_there(asked, from, to, relaxed))
                {
                    continue;
                }
                if let Some((cost, tie)) = self.choices(from, to, relaxed).first() {
                    steps.entry(from).or_default().push((to, *tie, *cost));
                }
            }
        }
        let max_hops = if relaxed.contains(&Rule::Hops) { 8 } else { self.question.max_hops };
        let mut found = Vec::new();
        for source in &asked.sources {
            if self.fine(asked, *source, Role::Start, relaxed) {
                let mut walk = Walk { nodes: vec![*source], ties: Vec::new(), cost: 0 };
                self.extend(asked, &steps, relaxed, max_hops, &mut walk, &mut found);
            }
        }
        // Nodes are numbered in the order of their ids.
        found.sort_by(|a, b| (a.cost, a.ties.len(), &a.nodes).cmp(&(b.cost, b.ties.len(), &b.nodes)));
        found
    }

    fn fine(&self, asked: &Asked, at: At, role: Role, relaxed: &[Rule]) -> bool {
        self.broken_by_node(asked, at, role).iter().all(|rule| relaxed.contains(rule))
    }

    fn extend(
        &self,
        asked: &Asked,
        steps: &Steps,
        relaxed: &[Rule],
        max_hops: usize,
        walk: &mut Walk,
        found: &mut Vec<Walk>,
    ) {
        if walk.ties.len() == max_hops {
            return;
        }
        let last = *walk.nodes.last().expect("a walk starts somewhere");
        for (to, tie, cost) in steps.get(&last).into_iter().flatten() {
            if walk.nodes.contains(to) || asked.sources.contains(to) {
                continue;
            }
            walk.nodes.push(*to);
            walk.ties.push(*tie);
            walk.cost += cost;
            if asked.targets.contains(*to) && self.fine(asked, *to, Role::End, relaxed) {
                found.push(walk.clone());
            }
            if self.fine(asked, *to, Role::Through, relaxed) {
                self.extend(asked, steps, relaxed, max_hops, walk, found);
            }
            walk.nodes.pop();
            walk.ties.pop();
            walk.cost -= cost;
        }
    }
}

//! Every simple path that some set of rules leaves, in the order of the answer.

use super::hops::cost_of;
use super::{Asked, At, Oracle, Rule};
use inroads::model::{Body, ConsentPurpose, ConsentStatus, HopClass};
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

    fn intermediates(&self) -> &[At] {
        &self.nodes[1..self.nodes.len() - 1]
    }

    /// The share of its intermediates that another has too.
    pub fn shared_with(&self, other: &Walk) -> f64 {
        let own = self.intermediates();
        if own.is_empty() {
            return 0.0;
        }
        let shared = own.iter().filter(|node| other.intermediates().contains(node)).count();
        f64::from(u32::try_from(shared).expect("paths are short")) / f64::from(u32::try_from(own.len()).expect("short"))
    }
}

/// Where in a path a node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Start,
    Through,
    End,
}

/// The steps that the rules leave, each with its relations and what they cost, cheapest first.
type Steps = BTreeMap<At, Vec<(At, Vec<(u64, usize)>)>>;

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
                let choices = self.choices(from, to, relaxed);
                if !choices.is_empty() {
                    steps.entry(from).or_default().push((to, choices));
                }
            }
        }
        let max_hops = if relaxed.contains(&Rule::Hops) { 8 } else { self.question.max_hops };
        let mut rows = Vec::new();
        for source in &asked.sources {
            if self.fine(asked, *source, Role::Start, relaxed) {
                self.extend(asked, &steps, relaxed, max_hops, &mut vec![*source], &mut rows);
            }
        }
        let constrained = !relaxed.contains(&Rule::Constraints);
        let mut found: Vec<Walk> = rows
            .into_iter()
            .filter(|nodes| !constrained || self.passes_via(asked, nodes))
            .filter_map(|nodes| {
                let choices = |pair: &[At]| &steps[&pair[0]].iter().find(|(to, _)| *to == pair[1]).expect("a step").1;
                let choices: Vec<_> = nodes.windows(2).map(choices).collect();
                let most = self.question.max_structural_hops.filter(|_| constrained).unwrap_or(usize::MAX);
                let (cost, ties) = self.cheapest(&choices, most)?;
                Some(Walk { nodes, ties, cost })
            })
            .filter(|walk| !constrained || self.is_probable(walk.cost))
            .collect();
        // Nodes are numbered in the order of their ids.
        found.sort_by(|a, b| (a.cost, a.ties.len(), &a.nodes).cmp(&(b.cost, b.ties.len(), &b.nodes)));
        found
    }

    /// The cheapest choice of one relation for each step, with at most so many structural ones; of equals the one with
    /// the smallest ids, from the first step on. Relations are numbered in the order of their ids.
    fn cheapest(&self, steps: &[&Vec<(u64, usize)>], most: usize) -> Option<(u64, Vec<usize>)> {
        let Some((first, rest)) = steps.split_first() else { return Some((0, Vec::new())) };
        let taken = |(cost, tie): &(u64, usize)| {
            let (more, ties) = match self.class(*tie) {
                HopClass::Structural => self.cheapest(rest, most.checked_sub(1)?)?,
                _ => self.cheapest(rest, most)?,
            };
            Some((cost + more, std::iter::once(*tie).chain(ties).collect()))
        };
        first.iter().filter_map(taken).min()
    }

    /// Whether one of the nodes between the first and the last is what the question wants to pass through.
    pub(super) fn passes_via(&self, asked: &Asked, nodes: &[At]) -> bool {
        let via = &self.question.via;
        let asks = !(via.nodes.is_empty() && via.types.is_empty() && via.organisation_kinds.is_empty());
        if !asks && via.formality.is_none() {
            return true;
        }
        nodes[1..nodes.len() - 1].iter().any(|at| {
            let node = self.nodes[*at];
            asked.via.contains(at)
                || via.types.contains(&node.node_type())
                || node.organisation().is_some_and(|facts| via.organisation_kinds.contains(&facts.kind))
                || matches!(&node.body, Body::Network(facts) if via.formality.is_some() && facts.formality == via.formality)
        })
    }

    pub(super) fn is_probable(&self, cost: u64) -> bool {
        self.question.min_probability.is_none_or(|least| cost <= cost_of(least))
    }

    fn fine(&self, asked: &Asked, at: At, role: Role, relaxed: &[Rule]) -> bool {
        self.broken_by_node(asked, at, role).iter().all(|rule| relaxed.contains(rule))
    }

    /// Every row of distinct nodes that goes on from these and ends at a target.
    fn extend(
        &self,
        asked: &Asked,
        steps: &Steps,
        relaxed: &[Rule],
        max_hops: usize,
        nodes: &mut Vec<At>,
        found: &mut Vec<Vec<At>>,
    ) {
        if nodes.len() > max_hops {
            return;
        }
        let last = *nodes.last().expect("a path starts somewhere");
        for (to, _) in steps.get(&last).into_iter().flatten() {
            if nodes.contains(to) || asked.sources.contains(to) {
                continue;
            }
            nodes.push(*to);
            if asked.targets.contains(*to) && self.fine(asked, *to, Role::End, relaxed) {
                found.push(nodes.clone());
            }
            if self.fine(asked, *to, Role::Through, relaxed) {
                self.extend(asked, steps, relaxed, max_hops, nodes, found);
            }
            nodes.pop();
        }
    }
}

//! A cell of coverage, told from every path that there is.

use super::walks::{Role, Walk};
use super::{At, Oracle};
use inroads::model::{HopClass, NodeRef, RelationKind, ServeMode};
use inroads::outreach::{CoverageStatus, NoPathReason, Warmth};
use std::collections::{BTreeMap, BTreeSet};

/// All that is said of a cell, by ids.
#[derive(Debug, PartialEq)]
pub struct Told {
    pub status: CoverageStatus,
    pub cost: Option<u64>,
    pub best_path: Vec<String>,
    pub brokers: BTreeSet<String>,
    /// In what ways each serves the group, and whether a path ends with them.
    pub servers: BTreeMap<String, (BTreeSet<ServeMode>, bool)>,
    pub single_server: bool,
    /// Reached, of how many.
    pub practices: Option<(usize, usize)>,
}

impl Oracle<'_> {
    /// What coverage says of the question's group in its one area, or anywhere.
    pub fn cell(&self) -> Told {
        let asked = self.look_up();
        let stream = self.stream(&asked, &[]);
        let emptied = asked.targets.is_empty() && !asked.already_there.is_empty();
        let status = match stream.iter().filter(|walk| !self.is_stale(walk)).map(|walk| self.warmth_of(walk)).min() {
            Some(best) => best,
            None if !stream.is_empty() => CoverageStatus::StaleOnly,
            None if emptied => CoverageStatus::AlreadyThere,
            None => status(self.why_not(&asked).reason),
        };
        let between = |walk: &Walk| -> BTreeSet<At> { walk.nodes[1..walk.nodes.len() - 1].iter().copied().collect() };
        let common = stream.iter().map(between).reduce(|all, one| all.intersection(&one).copied().collect());
        let serving = (0..self.ties.len()).filter(|tie| {
            let tie_facts = &self.ties[*tie];
            tie_facts.facts.kind == RelationKind::Serves
                && asked.targets.groups.contains_key(&tie_facts.to)
                && self.is_live(*tie)
                && self.broken_by_tie(*tie).is_empty()
                && self.serves_there(&asked, tie_facts.from, tie_facts.to, &[])
        });
        let mut servers: BTreeMap<String, (BTreeSet<ServeMode>, bool)> = BTreeMap::new();
        let mut allowed: BTreeSet<At> = BTreeSet::new();
        for tie in serving {
            let (server, group) = (self.ties[tie].from, self.ties[tie].to);
            let reached = stream.iter().any(|walk| walk.nodes[walk.nodes.len() - 2] == server);
            let told = servers.entry(self.id(server)).or_insert((BTreeSet::new(), reached));
            told.0.extend(self.ties[tie].facts.mode);
            let role = if asked.sources.contains(&server) { Role::Start } else { Role::Through };
            if self.broken_by_node(&asked, server, role).is_empty()
                && self.broken_by_node(&asked, group, Role::End).is_empty()
            {
                allowed.insert(server);
            }
        }
        let reached: BTreeSet<At> = stream.iter().filter_map(|walk| walk.nodes.last().copied()).collect();
        let of_practices = self.is_of_practices();
        Told {
            status,
            cost: stream.first().map(|walk| walk.cost),
            best_path: stream
                .first()
                .map(|walk| walk.nodes.iter().map(|at| self.id(*at)).collect())
                .unwrap_or_default(),
            brokers: self.ids(&common.unwrap_or_default()),
            servers,
            single_server: allowed.len() == 1,
            practices: of_practices.then(|| {
                let already = asked.already_there.len();
                (reached.len() + already, asked.targets.others.len() + already)
            }),
        }
    }

    /// The cost of the best path that has nothing to do with a node, or with what stands for it.
    pub fn cost_without(&self, lost: &NodeRef) -> Option<u64> {
        let lost = self.stands_for(lost, self.as_of, &mut BTreeMap::new());
        let stream = self.stream(&self.look_up(), &[]);
        stream.iter().find(|walk| walk.nodes.iter().all(|at| !lost.contains(at))).map(|walk| walk.cost)
    }

    fn is_of_practices(&self) -> bool {
        let inroads::outreach::TargetName::Group(name) = &self.question.to else { return false };
        let facts = self.nodes[self.named(name)].group().expect("cells are about groups");
        facts.kind == inroads::model::GroupKind::Practice
    }

    fn is_stale(&self, walk: &Walk) -> bool {
        walk.ties.iter().zip(&walk.nodes).any(|(tie, from)| {
            let freshness = self.factors(*tie, *from)[1];
            self.settings.freshness
                && self.class(*tie) != HopClass::Structural
                && freshness <= self.settings.freshness_floor
        })
    }

    fn warmth_of(&self, walk: &Walk) -> CoverageStatus {
        match self.told(walk).warmth {
            Warmth::Warm => CoverageStatus::Warm,
            Warmth::Networked => CoverageStatus::Networked,
            Warmth::Cold => CoverageStatus::Cold,
        }
    }
}

/// The status that says the same as a reason.
pub fn status(reason: NoPathReason) -> CoverageStatus {
    match reason {
        NoPathReason::NoMatchingTarget => CoverageStatus::NoMatchingTarget,
        NoPathReason::NobodyServesTarget => CoverageStatus::NobodyServesTarget,
        NoPathReason::OnlyInferredLinks => CoverageStatus::OnlyInferredLinks,
        NoPathReason::BlockedByConsent => CoverageStatus::BlockedByConsent,
        NoPathReason::DoNotApproach => CoverageStatus::DoNotApproach,
        NoPathReason::OnlyExpiredLinks => CoverageStatus::OnlyExpiredLinks,
        NoPathReason::TooManyHops => CoverageStatus::TooManyHops,
        NoPathReason::ConstraintsExcludeAll => CoverageStatus::ConstraintsExcludeAll,
        NoPathReason::SeveralRules => CoverageStatus::SeveralRules,
        NoPathReason::Disconnected => CoverageStatus::Disconnected,
        NoPathReason::NoPath => CoverageStatus::NoPath,
        NoPathReason::SearchLimit => panic!("small worlds meet no limit"),
    }
}

//! Why there is no path: the rules set aside one by one, then all together.

use super::super::reply::Why;
use super::walks::{Role, Walk};
use super::{Asked, At, Oracle, RULES, Rule};
use inroads::model::{HopClass, RelationKind};
use inroads::outreach::NoPathReason;

impl Rule {
    fn reason(self) -> NoPathReason {
        match self {
            Self::Inferred => NoPathReason::OnlyInferredLinks,
            Self::Consent => NoPathReason::BlockedByConsent,
            Self::DoNotApproach => NoPathReason::DoNotApproach,
            Self::Dates => NoPathReason::OnlyExpiredLinks,
            Self::Hops => NoPathReason::TooManyHops,
            Self::Constraints => NoPathReason::ConstraintsExcludeAll,
        }
    }
}

impl Oracle<'_> {
    pub(super) fn why_not(&self, asked: &Asked) -> Why {
        let plain = |reason| Why { reason, rules: Vec::new(), closest: None };
        if asked.targets.is_empty() {
            return plain(NoPathReason::NoMatchingTarget);
        }
        if self.nobody_serves(asked) {
            return plain(NoPathReason::NobodyServesTarget);
        }
        if !self.reader.may_know_why {
            return plain(NoPathReason::NoPath);
        }
        for rule in RULES {
            if let Some(walk) = self.stream(asked, &[rule]).first() {
                let closest = self.closest(&self.broken(asked, walk, &[rule]), walk);
                return Why { reason: rule.reason(), rules: vec![rule.reason()], closest };
            }
        }
        if let Some(walk) = self.stream(asked, &RULES).first() {
            let broken = self.broken(asked, walk, &RULES);
            return Why {
                reason: NoPathReason::SeveralRules,
                rules: RULES
                    .into_iter()
                    .filter(|rule| broken.iter().any(|(_, broken)| broken == rule))
                    .map(Rule::reason)
                    .collect(),
                closest: self.closest(&broken, walk),
            };
        }
        plain(NoPathReason::Disconnected)
    }

    /// No SERVES of any evidence or date to the targets in their areas.
    fn nobody_serves(&self, asked: &Asked) -> bool {
        asked.targets.others.is_empty()
            && !self.ties.iter().any(|tie| {
                tie.facts.kind == RelationKind::Serves
                    && asked.targets.groups.contains_key(&tie.to)
                    && self.serves_there(asked, tie.from, tie.to, &[Rule::Inferred, Rule::Dates])
            })
    }

    /// Each rule that a relaxed path breaks, with how many of its nodes stand before the break.
    fn broken(&self, asked: &Asked, walk: &Walk, relaxed: &[Rule]) -> Vec<(usize, Rule)> {
        let last = walk.nodes.len() - 1;
        let mut broken = Vec::new();
        for (place, at) in walk.nodes.iter().enumerate() {
            let role = match place {
                0 => Role::Start,
                _ if place == last => Role::End,
                _ => Role::Through,
            };
            broken.extend(self.broken_by_node(asked, *at, role).into_iter().map(|rule| (place, rule)));
        }
        for (place, pair) in walk.nodes.windows(2).enumerate() {
            let equal = self.equals(walk, place, relaxed);
            let kept: Vec<Vec<Rule>> = equal.iter().map(|tie| self.broken_by_tie(*tie)).collect();
            debug_assert!(equal.contains(&walk.ties[place]), "{pair:?}");
            for rule in RULES.into_iter().filter(|rule| kept.iter().all(|broken| broken.contains(rule))) {
                broken.push((place + 1, rule));
            }
        }
        if walk.ties.len() > self.question.max_hops {
            broken.push((self.question.max_hops + 1, Rule::Hops));
        }
        broken.extend(self.broken_as_a_whole(asked, walk, relaxed).map(|before| (before, Rule::Constraints)));
        if self.nodes[walk.nodes[last]].group().is_some() {
            for rule in self.missing_areas(asked, walk.nodes[last - 1], walk.nodes[last]) {
                broken.push((last, rule));
            }
        }
        broken.retain(|(_, rule)| relaxed.contains(rule));
        broken
    }

    /// The relations of a step that would do instead of the one taken: as cheap, and not one structural hop too many.
    fn equals(&self, walk: &Walk, place: usize, relaxed: &[Rule]) -> Vec<usize> {
        let most = self.question.max_structural_hops.filter(|_| !relaxed.contains(&Rule::Constraints));
        let structural = |tie: usize| self.class(tie) == HopClass::Structural;
        let elsewhere =
            walk.ties.iter().enumerate().filter(|(other, tie)| *other != place && structural(**tie)).count();
        let cost = self.cost(walk.ties[place], walk.nodes[place]);
        self.choices(walk.nodes[place], walk.nodes[place + 1], relaxed)
            .into_iter()
            .filter(|(other, tie)| {
                *other == cost && most.is_none_or(|most| elsewhere + usize::from(structural(*tie)) <= most)
            })
            .map(|(_, tie)| tie)
            .collect()
    }

    /// How many nodes stand before each break of `via`, `maxStructuralHops` and `minProbability`.
    fn broken_as_a_whole(&self, asked: &Asked, walk: &Walk, relaxed: &[Rule]) -> impl Iterator<Item = usize> + use<> {
        let via = (!self.passes_via(asked, &walk.nodes)).then(|| walk.nodes.len() - 1);
        let mut structural_steps = (0..walk.ties.len()).filter(|place| {
            self.equals(walk, *place, relaxed).iter().all(|tie| self.class(*tie) == HopClass::Structural)
        });
        let structural = self.question.max_structural_hops.and_then(|most| {
            let exceeding = structural_steps.nth(most);
            exceeding.map(|place| place + 1)
        });
        let spent =
            |hops: usize| -> u64 { (0..hops).map(|place| self.cost(walk.ties[place], walk.nodes[place])).sum() };
        let improbable = (1..=walk.ties.len()).find(|hops| !self.is_probable(spent(*hops)));
        [via, structural, improbable].into_iter().flatten()
    }

    /// The fewest rules that cure what the serving node lacks; where several would, the first.
    fn missing_areas(&self, asked: &Asked, server: At, group: At) -> Vec<Rule> {
        let cures = |rules: &[Rule]| self.serves_there(asked, server, group, rules);
        let pairs =
            RULES.iter().flat_map(|one| RULES.iter().filter(move |other| *other > one).map(|other| vec![*one, *other]));
        let sets = std::iter::once(Vec::new()).chain(RULES.map(|rule| vec![rule])).chain(pairs);
        let all = vec![Rule::Inferred, Rule::Dates, Rule::Constraints];
        sets.chain([all]).find(|rules| cures(rules)).expect("the path was found with every rule set aside")
    }

    /// The last node before the first break; nobody when the source itself is the break.
    fn closest(&self, broken: &[(usize, Rule)], walk: &Walk) -> Option<String> {
        let before = broken.iter().map(|(before, _)| *before).min()?;
        before.checked_sub(1).map(|place| self.id(walk.nodes[place]))
    }
}

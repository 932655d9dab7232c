//! Why there is no path, and what would help: the search once more with one rule relaxed, then with all.

mod broken;
mod suggest;

use super::answer::{NoPath, NoPathReason};
use super::costs::probability_of;
use super::rules::{Relaxed, Rule, ServingRule, World};
use super::search::{Found, Stopped, search};
use super::{Reader, Settings};
use crate::model::RelationKind;
use crate::snapshot::{Direction, NodeIx};
use broken::Broken;

pub fn why_not(
    world: &World<'_>,
    found: &Found,
    settings: &Settings,
    reader: Reader,
    stop: &dyn Fn() -> bool,
) -> NoPath {
    let no_path = reason(world, found, settings, stop);
    if reader.may_know_why {
        return no_path;
    }
    match no_path.reason {
        NoPathReason::NoMatchingTarget | NoPathReason::NobodyServesTarget => without_rule(no_path.reason, Vec::new()),
        _ => without_rule(NoPathReason::NoPath, Vec::new()),
    }
}

fn without_rule(reason: NoPathReason, suggestions: Vec<String>) -> NoPath {
    NoPath { reason, rules: Vec::new(), closest: None, suggestions }
}

fn reason(world: &World<'_>, found: &Found, settings: &Settings, stop: &dyn Fn() -> bool) -> NoPath {
    let task = world.task;
    if task.targets.is_empty() {
        let hint = "Nothing matches the target: widen the filter, or look at what there is with organisations(filter).";
        return without_rule(NoPathReason::NoMatchingTarget, vec![hint.to_owned()]);
    }
    let serving = who_serves(world);
    if task.targets.only_groups() && serving.is_empty() {
        let hint =
            "Nobody is known to serve this group there: record who does, or ask for a wider area or a parent group.";
        return without_rule(NoPathReason::NobodyServesTarget, vec![hint.to_owned()]);
    }
    if found.stopped.is_some() {
        return search_limit(found.stopped);
    }
    for rule in Rule::ALL.into_iter().filter(|rule| may_matter(world, *rule)) {
        let relaxed = Relaxed::only(rule);
        let found = search(world, relaxed, 1, settings, stop);
        if let Some(path) = found.paths.first() {
            let broken = Broken { rules: vec![rule], ..Broken::of(world, relaxed, &found, &path.nodes) };
            return no_path(world, rule.reason(), &broken, &path.nodes);
        }
        if found.stopped.is_some() {
            return search_limit(None);
        }
    }
    let found = search(world, Relaxed::EVERYTHING, 1, settings, stop);
    match found.paths.first() {
        Some(path) => {
            let broken = Broken::of(world, Relaxed::EVERYTHING, &found, &path.nodes);
            no_path(world, NoPathReason::SeveralRules, &broken, &path.nodes)
        }
        None if found.stopped.is_some() => search_limit(None),
        None => without_rule(NoPathReason::Disconnected, suggest::where_nothing_joins(world, &serving)),
    }
}

fn no_path(world: &World<'_>, reason: NoPathReason, broken: &Broken, path: &[NodeIx]) -> NoPath {
    NoPath {
        reason,
        rules: broken.rules.iter().copied().map(Rule::reason).collect(),
        closest: broken.closest,
        suggestions: suggest::what_would_help(world, broken, path),
    }
}

/// What the question's own search proved before it stopped; nothing, where a relaxed one did.
fn search_limit(stopped: Option<Stopped>) -> NoPath {
    let hint = "The search met its limit: ask for fewer hops, fewer sources or a narrower target.";
    let proven = stopped.map(|stopped| {
        let percent = probability_of(stopped.unseen_cost) * 100.0;
        format!("If there is a way in, it is at most {percent:.2}% likely: nothing better was left to look at.")
    });
    without_rule(NoPathReason::SearchLimit, proven.into_iter().chain([hint.to_owned()]).collect())
}

impl Rule {
    const fn reason(self) -> NoPathReason {
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

/// Whether relaxing a rule lets anything more through at all.
fn may_matter(world: &World<'_>, rule: Rule) -> bool {
    let task = world.task;
    match rule {
        Rule::Inferred => !task.include_inferred,
        Rule::Hops => task.terms.max_hops(Relaxed::NOTHING) < task.terms.max_hops(Relaxed::EVERYTHING),
        Rule::Constraints => {
            task.terms.constrain()
                || !(task.areas.is_empty()
                    && task.avoid.is_empty()
                    && task.allow.is_empty()
                    && task.serve_modes.is_empty())
        }
        Rule::Consent | Rule::DoNotApproach | Rule::Dates => true,
    }
}

/// Whoever serves a target group in the areas, whatever the evidence and the dates.
fn who_serves(world: &World<'_>) -> Vec<NodeIx> {
    let rule = ServingRule::new(world, Relaxed::only(Rule::Inferred).and(Rule::Dates));
    let relations = &world.snapshot.relations;
    let mut serving: Vec<NodeIx> = Vec::new();
    for group in world.task.targets.groups.iter().flat_map(|named| &named.closure) {
        let of_group = relations.of_kind(*group, RelationKind::Serves, Direction::In);
        serving.extend(
            of_group
                .filter(|(relation, node)| world.is_seen(*relation) && rule.allows(*node, *group))
                .map(|(_, node)| node),
        );
    }
    world.snapshot.sort(&mut serving);
    serving.dedup();
    serving
}

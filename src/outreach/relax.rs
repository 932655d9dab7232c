//! Why there is no path, and what would help: the search once more with one rule relaxed, then with all.

use super::answer::{NoPath, NoPathReason};
use super::rules::{Relaxed, Rule, ServingRule, World};
use super::search::{Found, search};
use super::{Reader, Settings};
use crate::model::{ConsentPurpose, ConsentStatus, NodeType, RelationKind};
use crate::snapshot::{Direction, NodeIx, RelIx};

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
    if task.targets.only_groups() && !somebody_serves(world) {
        let hint =
            "Nobody is known to serve this group there: record who does, or ask for a wider area or a parent group.";
        return without_rule(NoPathReason::NobodyServesTarget, vec![hint.to_owned()]);
    }
    if found.stopped.is_some() {
        return search_limit();
    }
    for rule in Rule::ALL.into_iter().filter(|rule| may_matter(world, *rule)) {
        let relaxed = Relaxed::only(rule);
        let found = search(world, relaxed, 1, settings, stop);
        if let Some(path) = found.paths.first() {
            let (_, closest) = broken(world, relaxed, &found, &path.nodes);
            let suggestions = vec![suggestion(world, rule, &path.nodes)];
            return NoPath { reason: rule.reason(), rules: vec![rule.reason()], closest, suggestions };
        }
        if found.stopped.is_some() {
            return search_limit();
        }
    }
    let found = search(world, Relaxed::EVERYTHING, 1, settings, stop);
    match found.paths.first() {
        Some(path) => {
            let (rules, closest) = broken(world, Relaxed::EVERYTHING, &found, &path.nodes);
            NoPath {
                reason: NoPathReason::SeveralRules,
                suggestions: rules.iter().map(|rule| suggestion(world, *rule, &path.nodes)).collect(),
                rules: rules.into_iter().map(Rule::reason).collect(),
                closest,
            }
        }
        None if found.stopped.is_some() => search_limit(),
        None => without_rule(
            NoPathReason::Disconnected,
            vec!["Nothing joins the two at all: record a contact, a membership or a role that does.".to_owned()],
        ),
    }
}

fn search_limit() -> NoPath {
    let hint = "The search met its limit: ask for fewer hops, fewer sources or a narrower target.";
    without_rule(NoPathReason::SearchLimit, vec![hint.to_owned()])
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
        Rule::Hops => world.max_hops(Relaxed::NOTHING) < world.max_hops(Relaxed::EVERYTHING),
        Rule::Constraints => {
            !(task.areas.is_empty() && task.avoid.is_empty() && task.allow.is_empty() && task.serve_modes.is_empty())
        }
        Rule::Consent | Rule::DoNotApproach | Rule::Dates => true,
    }
}

/// Whether anybody serves a target group in the areas, whatever the evidence and the dates.
fn somebody_serves(world: &World<'_>) -> bool {
    let serving = ServingRule::new(world, Relaxed::only(Rule::Inferred).and(Rule::Dates));
    let relations = &world.snapshot.relations;
    world.task.targets.groups.iter().flat_map(|named| &named.closure).any(|group| {
        relations
            .of_kind(*group, RelationKind::Serves, Direction::In)
            .any(|(relation, node)| world.is_seen(relation) && serving.allows(node, *group))
    })
}

/// Which rules a relaxed path breaks, and the last node before the first of them; none when the source breaks it.
fn broken(world: &World<'_>, relaxed: Relaxed, found: &Found, path: &[NodeIx]) -> (Vec<Rule>, Option<NodeIx>) {
    let mut breaks: Vec<(usize, Rule)> = Vec::new();
    // A position is that of the first node that is not reached any more.
    let source = path[0];
    if world.is_expired(source) {
        breaks.push((0, Rule::Dates));
    }
    if world.is_avoided(source) {
        breaks.push((0, Rule::Constraints));
    }
    for (place, pair) in path.windows(2).enumerate() {
        let (tail, head, position) = (pair[0], pair[1], place + 1);
        let passed = position + 1 < path.len();
        if passed && !world.consents(head) {
            breaks.push((position, Rule::Consent));
        }
        if world.is_left_alone(head) {
            breaks.push((position, Rule::DoNotApproach));
        }
        if world.is_expired(head) {
            breaks.push((position, Rule::Dates));
        }
        if world.is_avoided(head) {
            breaks.push((position, Rule::Constraints));
        }
        let Some(arc) = found.arcs.joining(tail, head) else { continue };
        let equal: Vec<RelIx> = world
            .steps(tail, head)
            .filter(|(relation, direction)| {
                world.walks(*relation, relaxed) && world.costs.cost(*relation, *direction) == arc.cost
            })
            .map(|(relation, _)| relation)
            .collect();
        let relations = &world.snapshot.relations;
        let all_break = |breaks: &dyn Fn(RelIx) -> bool| equal.iter().all(|relation| breaks(*relation));
        if all_break(&|relation| world.is_guess(relation)) {
            breaks.push((position, Rule::Inferred));
        }
        if all_break(&|relation| !relations.live_on(relation, world.task.as_of)) {
            breaks.push((position, Rule::Dates));
        }
        let allowed = |relation| relations.kind(relation).class().is_some_and(|class| world.allows_class(class));
        if all_break(&|relation| !(allowed(relation) && world.allows_mode(relation))) {
            breaks.push((position, Rule::Constraints));
        }
        if world.snapshot.node_type(head) == NodeType::UnderservedGroup {
            breaks.extend(missing_area(world, tail, head).into_iter().map(|rule| (position, rule)));
        }
    }
    if path.len() - 1 > world.task.max_hops {
        breaks.push((world.task.max_hops + 1, Rule::Hops));
    }
    breaks.retain(|(_, rule)| relaxed.has(*rule));
    let first = breaks.iter().map(|(position, _)| *position).min();
    let mut rules: Vec<Rule> = breaks.into_iter().map(|(_, rule)| rule).collect();
    rules.sort_unstable();
    rules.dedup();
    (rules, first.and_then(|position| position.checked_sub(1)).map(|place| path[place]))
}

/// The rules that a serving node's missing area is down to: the first that alone would cure it, else the fewest that do.
fn missing_area(world: &World<'_>, node: NodeIx, group: NodeIx) -> Vec<Rule> {
    const CURES: [&[Rule]; 8] = [
        &[],
        &[Rule::Inferred],
        &[Rule::Dates],
        &[Rule::Constraints],
        &[Rule::Inferred, Rule::Dates],
        &[Rule::Inferred, Rule::Constraints],
        &[Rule::Dates, Rule::Constraints],
        &[Rule::Inferred, Rule::Dates, Rule::Constraints],
    ];
    CURES
        .into_iter()
        .find(|rules| {
            let relaxed = rules.iter().fold(Relaxed::NOTHING, |relaxed, rule| relaxed.and(*rule));
            ServingRule::new(world, relaxed).allows(node, group)
        })
        .map_or_else(Vec::new, <[Rule]>::to_vec)
}

/// Whether a suggestion may name a node: of people, only those who may still be asked whether they would introduce us,
/// and who said no to nothing.
fn is_nameable(world: &World<'_>, ix: NodeIx) -> bool {
    world.snapshot.node(ix).individual().is_none_or(|facts| {
        let stands = |purpose| facts.consent(purpose).on(world.task.today);
        matches!(stands(ConsentPurpose::Introduce), ConsentStatus::NotAsked | ConsentStatus::Expired)
            && !matches!(stands(ConsentPurpose::Contact), ConsentStatus::Refused | ConsentStatus::Withdrawn)
    })
}

/// What would help, in words.
fn suggestion(world: &World<'_>, rule: Rule, path: &[NodeIx]) -> String {
    let snapshot = world.snapshot;
    let name = |ix: NodeIx| snapshot.node(ix).name.as_str();
    let nameable = |ix: NodeIx| is_nameable(world, ix);
    let first_step = |test: &dyn Fn(RelIx) -> bool| {
        path.windows(2).find(|pair| {
            nameable(pair[0]) && nameable(pair[1]) && world.steps(pair[0], pair[1]).all(|(relation, _)| test(relation))
        })
    };
    match rule {
        Rule::Inferred => match first_step(&|relation| snapshot.relations.only_inferred(relation)) {
            Some(pair) => format!(
                "Confirm the link between {} and {}, which is only inferred, or ask with includeInferred.",
                name(pair[0]),
                name(pair[1])
            ),
            None => "Confirm a link that is only inferred, or ask with includeInferred.".to_owned(),
        },
        Rule::Consent => {
            let between = &path[1..path.len().max(2) - 1];
            match between.iter().find(|ix| !world.consents(**ix)).filter(|ix| nameable(**ix)) {
                Some(person) if world.introduce(*person) == Some(ConsentStatus::NotAsked) => {
                    format!("Ask {} whether they would introduce you: they were not asked yet.", name(*person))
                }
                Some(person) if world.introduce(*person) == Some(ConsentStatus::Expired) => {
                    format!("Ask {} again whether they would introduce you: their consent has run out.", name(*person))
                }
                _ => {
                    "The way in leads through somebody who said no; find another, or meet new people there.".to_owned()
                }
            }
        }
        Rule::DoNotApproach => match path[1..].iter().find(|ix| world.is_left_alone(**ix) && nameable(**ix)) {
            Some(ix) => {
                let until = snapshot.node(*ix).do_not_approach.as_ref().map(|window| window.until);
                let when = until.map_or_else(String::new, |until| format!(" before {until}"));
                format!("{} is not to be approached{when}; ask again then.", name(*ix))
            }
            None => "The way in leads through somebody who is not to be approached now; ask again later.".to_owned(),
        },
        Rule::Dates => {
            "The links that lead there have ended or not begun: confirm whether one of them still holds.".to_owned()
        }
        Rule::Hops => format!("The nearest way in takes {} hops: ask with maxHops {}.", path.len() - 1, path.len() - 1),
        Rule::Constraints => {
            "Your own conditions (areas, avoid, allow, serveModes) leave no way in: drop one of them.".to_owned()
        }
    }
}

//! How many better paths consent and do-not-approach keep back. One relaxed search, and only when it is asked for by
//! somebody who may know. It tells numbers, never who.

use super::Settings;
use super::answer::{NoPathReason, Withheld};
use super::rules::{Relaxed, Rule, World};
use super::search::{Found, FoundPath, Wanted, search_for};
use std::cmp::Ordering;

/// How many paths of the relaxed order are looked at.
const MOST: usize = 100;

/// Of the first paths that there would be without these two rules, those that stand before the last one shown; before
/// any place, when fewer than `k` are shown. A path blocked by both counts under consent.
pub fn count(
    world: &World<'_>,
    found: &Found,
    k: usize,
    settings: &Settings,
    stop: &dyn Fn() -> bool,
) -> Vec<Withheld> {
    let last = found.paths.last().filter(|_| found.paths.len() >= k);
    let wanted =
        Wanted { k: MOST, keep_detours: false, diversity: None, max_cost: last.map_or(u64::MAX, |last| last.cost) };
    let relaxed = Relaxed::only(Rule::Consent).and(Rule::DoNotApproach);
    let all = search_for(world, relaxed, wanted, settings, stop);
    let blocked: Vec<Rule> = all
        .paths
        .iter()
        .take_while(|path| last.is_none_or(|last| order(world, path, last) == Ordering::Less))
        .filter_map(|path| blocked_by(world, path))
        .collect();
    let told = [(Rule::Consent, NoPathReason::BlockedByConsent), (Rule::DoNotApproach, NoPathReason::DoNotApproach)];
    told.into_iter()
        .map(|(rule, reason)| Withheld { reason, at_least: blocked.iter().filter(|by| **by == rule).count() })
        .filter(|withheld| withheld.at_least > 0)
        .collect()
}

/// Which of the two rules keeps a path back. One that neither does is in the answer's own order: it is no detour here, and
/// so none among fewer paths.
fn blocked_by(world: &World<'_>, path: &FoundPath) -> Option<Rule> {
    let (passed, reached) = (&path.nodes[1..path.nodes.len() - 1], &path.nodes[1..]);
    if passed.iter().any(|ix| !world.consents(*ix)) {
        Some(Rule::Consent)
    } else if reached.iter().any(|ix| world.is_left_alone(*ix)) {
        Some(Rule::DoNotApproach)
    } else {
        None
    }
}

fn order(world: &World<'_>, one: &FoundPath, other: &FoundPath) -> Ordering {
    let by_ids = || {
        let pairs = one.nodes.iter().zip(&other.nodes);
        pairs.map(|(a, b)| world.snapshot.order(*a, *b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    };
    (one.cost, one.nodes.len()).cmp(&(other.cost, other.nodes.len())).then_with(by_ids)
}

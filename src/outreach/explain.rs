//! From found paths to an answer: the factors of every hop, warmth, the weakest and the stalest link, the ask.

use super::answer::{Answer, Hop, Likelihood, Limit, NoPath, Path, Warmth, Withheld};
use super::arcs::Arcs;
use super::ask;
use super::costs::probability_of;
use super::rank;
use super::rules::{Relaxed, World};
use super::search::{Found, FoundPath};
use crate::model::{ConsentStatus, HopClass};
use crate::snapshot::{Direction, NodeIx, RelIx};

pub fn answer(world: &World<'_>, found: &Found, no_path: Option<NoPath>, withheld: Option<Vec<Withheld>>) -> Answer {
    let task = world.task;
    let mut paths: Vec<Path> = found.paths.iter().map(|path| explain(world, &found.arcs, path)).collect();
    for place in 1..paths.len() {
        paths[place - 1].why_this_rank = Some(rank::against(world, &paths[place - 1], &paths[place]));
    }
    Answer {
        limit: found.stopped.map(|stopped| Limit {
            reached: stopped.by,
            proven: paths.len(),
            unseen_cost: stopped.unseen_cost,
        }),
        paths,
        withheld,
        no_path,
        already_there: task.already_there.clone(),
        notices: task.notices.clone(),
        searched: found.searched,
        as_of: task.as_of.date(),
    }
}

fn explain(world: &World<'_>, arcs: &Arcs, path: &FoundPath) -> Path {
    let last = path.nodes.len() - 1;
    let taken = arcs.hops_of(&path.nodes, &world.snapshot.relations);
    let hops: Vec<Hop> = path
        .nodes
        .windows(2)
        .zip(taken)
        .enumerate()
        .filter_map(|(place, (pair, arc))| {
            let direction = if arc.forward { Direction::Out } else { Direction::In };
            let factors = world.costs.factors(world.snapshot, arc.relation, direction);
            Some(Hop {
                from: pair[0],
                to: pair[1],
                relation: arc.relation,
                direction,
                class: world.snapshot.relations.kind(arc.relation).class()?,
                factors,
                probability: factors.probability(),
                cost: arc.cost,
                further: further(world, pair[0], pair[1], arc.relation),
                needs_consent: place + 1 < last && world.introduce(pair[1]) == Some(ConsentStatus::NotAsked),
            })
        })
        .collect();
    let weakest = first_least(&hops, |hop| Some(hop.probability)).unwrap_or(0);
    let stalest = first_least(&hops, |hop| (hop.class != HopClass::Structural).then_some(hop.factors.freshness));
    Path {
        warmth: warmth(world, &hops),
        weakest,
        stalest,
        likelihood: Likelihood::of(path.cost),
        probability: probability_of(path.cost),
        cost: path.cost,
        ask: ask::in_words(world, &hops),
        why_this_rank: None,
        nodes: path.nodes.clone(),
        hops,
    }
}

/// The place of the least value; the earlier of equal ones.
fn first_least(hops: &[Hop], value: impl Fn(&Hop) -> Option<f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (place, value) in hops.iter().enumerate().filter_map(|(place, hop)| Some((place, value(hop)?))) {
        if best.is_none_or(|(_, least)| value < least) {
            best = Some((place, value));
        }
    }
    best.map(|(place, _)| place)
}

fn further(world: &World<'_>, from: NodeIx, to: NodeIx, used: RelIx) -> Vec<RelIx> {
    let mut others: Vec<RelIx> = world
        .steps(from, to)
        .map(|(relation, _)| relation)
        .filter(|relation| *relation != used && world.costs.live(*relation))
        .collect();
    world.snapshot.relations.sort(&mut others);
    others
}

/// WARM: no hop is structural, and the first is trusted or joined by a warm relation. COLD: nothing but structure.
fn warmth(world: &World<'_>, hops: &[Hop]) -> Warmth {
    let structural = hops.iter().filter(|hop| hop.class == HopClass::Structural).count();
    let opens_warm = hops.first().is_some_and(|hop| {
        hop.class == HopClass::Trust
            || world.steps(hop.from, hop.to).any(|(relation, _)| {
                world.snapshot.relations.kind(relation).class() == Some(HopClass::Warm)
                    && world.walks(relation, Relaxed::NOTHING)
            })
    });
    if structural == 0 && opens_warm {
        Warmth::Warm
    } else if structural > 0 && hops.iter().all(|hop| matches!(hop.class, HopClass::Structural | HopClass::Trust)) {
        Warmth::Cold
    } else {
        Warmth::Networked
    }
}

//! The first `k` paths in order: cost, then hops, then node ids. Best first over partial paths, bounded by the exact
//! potentials; a node's ways on are looked at one by one, so a hub costs nothing until it is needed.

mod detours;
mod partial;
mod spread;

use super::Settings;
use super::answer::LimitKind;
use super::arcs::{Arcs, Stop};
use super::budget::NEVER;
use super::reach::Reach;
use super::rules::{Relaxed, World};
use crate::snapshot::NodeIx;
use partial::{Candidate, Nodes, Way};
use rustc_hash::FxHashMap;
use spread::{MOST_READ, Spread};
use std::collections::BinaryHeap;
use std::rc::Rc;

/// How many partial paths are looked at between two glances at the clock.
const STOP_EVERY: u64 = 1024;

/// A path: distinct nodes, and the relations between them by way of `Arcs::hops_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPath {
    pub nodes: Vec<NodeIx>,
    pub cost: u64,
}

/// Where a search stopped before it was through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    pub by: LimitKind,
    /// What any path that was not looked at costs at the least.
    pub unseen_cost: u64,
}

pub struct Found {
    pub arcs: Arcs,
    pub paths: Vec<FoundPath>,
    /// Partial paths looked at.
    pub searched: u64,
    /// The paths are the first of the order, but there may be more.
    pub stopped: Option<Stopped>,
}

/// Which paths of the order are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub k: usize,
    pub keep_detours: bool,
    /// The greatest share of its intermediates that a path may have in common with one before it.
    pub diversity: Option<f64>,
    /// None that costs more than this, in micronats.
    pub max_cost: u64,
}

struct Search {
    arcs: Arcs,
    reach: Reach,
    max_hops: usize,
    max_cost: u64,
    keep_detours: bool,
    /// The ways on from a node in a state with so many hops left, best first; the sources, for none.
    ways: FxHashMap<(usize, Option<Stop>), Rc<[Way]>>,
    heap: BinaryHeap<Candidate>,
}

/// The first `k` of the order, as the question has it about detours.
pub fn search(world: &World<'_>, relaxed: Relaxed, k: usize, settings: &Settings, stop: &dyn Fn() -> bool) -> Found {
    let keep_detours = world.task.include_detours;
    search_for(world, relaxed, Wanted { k, keep_detours, diversity: None, max_cost: u64::MAX }, settings, stop)
}

pub fn search_for(
    world: &World<'_>,
    relaxed: Relaxed,
    wanted: Wanted,
    settings: &Settings,
    stop: &dyn Fn() -> bool,
) -> Found {
    let arcs = Arcs::build(world, relaxed);
    let terms = &world.task.terms;
    let max_hops = terms.max_hops(relaxed);
    let mut search = Search {
        reach: Reach::compute(&arcs, max_hops),
        arcs,
        max_hops,
        max_cost: terms.max_cost(relaxed).min(wanted.max_cost),
        keep_detours: wanted.keep_detours,
        ways: FxHashMap::default(),
        heap: BinaryHeap::new(),
    };
    let mut spread = wanted.diversity.map(Spread::new);
    let (mut paths, mut read, mut searched, mut stopped) = (Vec::new(), 0, 0, None);
    search.push_next(Nodes::EMPTY, 0, 0);
    while let Some(candidate) = search.heap.pop() {
        searched += 1;
        stopped = if searched > settings.expansion_limit {
            Some(LimitKind::Expansions)
        } else if searched.is_multiple_of(STOP_EVERY) && stop() {
            Some(LimitKind::Deadline)
        } else if candidate.ends && spread.is_some() && read == MOST_READ {
            Some(LimitKind::Diversity)
        } else {
            None
        }
        .map(|by| Stopped { by, unseen_cost: candidate.bound });
        if stopped.is_some() {
            break;
        }
        if candidate.place != Candidate::ALONE {
            search.push_next(candidate.parent(), candidate.parent_cost, candidate.place + 1);
        }
        if candidate.ends {
            read += 1;
            let nodes = candidate.nodes.as_slice();
            if spread.as_mut().is_none_or(|spread| spread.takes(nodes)) {
                let nodes = nodes.iter().map(|stop| search.arcs.node(*stop)).collect();
                paths.push(FoundPath { nodes, cost: candidate.cost });
                if paths.len() == wanted.k {
                    break;
                }
            }
        } else {
            search.push_next(candidate.nodes, candidate.cost, 0);
        }
    }
    Found { arcs: search.arcs, paths, searched, stopped }
}

impl Search {
    /// Puts the best way on from a partial path, from a place on, that makes a path without repeats or detours.
    fn push_next(&mut self, nodes: Nodes, cost: u64, from: u32) {
        let (state, is_open) = self.standing(nodes);
        let ways = self.ways_from(nodes, state);
        for (place, way) in (from..).zip(&ways[(from as usize).min(ways.len())..]) {
            if cost + way.bound > self.max_cost {
                return;
            }
            let Some(mut candidate) = self.candidate(nodes, cost, place, way) else { continue };
            if is_open {
                // The order of the ways is not certain, so they all become candidates, each for itself.
                (candidate.bound, candidate.hops, candidate.place) = self.bound(&candidate);
                if candidate.bound <= self.max_cost {
                    self.heap.push(candidate);
                }
            } else {
                self.heap.push(candidate);
                return;
            }
        }
    }

    /// The state of a partial path, and whether it is open how many structural hops it has had: with more it is cheaper.
    fn standing(&self, nodes: Nodes) -> (usize, bool) {
        let states = &self.arcs.states;
        if states.is_single() {
            return (0, false);
        }
        let Some(budget) = states.budget() else { return (states.after_passing(nodes.as_slice(), 0), false) };
        let levels = self.arcs.levels(nodes.as_slice());
        let had = levels.iter().position(|cost| *cost != NEVER).unwrap_or(budget);
        (states.after_passing(nodes.as_slice(), budget - had), levels[had] != levels[budget])
    }

    /// A way on, unless it repeats a node or goes the long way round.
    fn candidate(&self, nodes: Nodes, cost: u64, place: u32, way: &Way) -> Option<Candidate> {
        let Some((head, step)) = way.step else {
            let ends = Candidate { bound: cost, hops: nodes.hops(), nodes, ends: true, cost, place, parent_cost: cost };
            return (self.keep_detours || !self.is_detour_at_its_end(nodes, cost)).then_some(ends);
        };
        if nodes.as_slice().contains(&head) || (!self.keep_detours && self.leads_to_detours(nodes, cost, head, step)) {
            return None;
        }
        let longer = nodes.with(head);
        let reached = match self.arcs.states.budget() {
            None => cost + u64::from(step),
            Some(budget) => self.arcs.levels(longer.as_slice())[budget],
        };
        Some(Candidate {
            bound: cost + way.bound,
            hops: nodes.hops() + way.hops,
            nodes: longer,
            ends: false,
            cost: reached,
            place,
            parent_cost: cost,
        })
    }

    /// The bound, the hops and the place of a candidate whose parent is open.
    fn bound(&self, candidate: &Candidate) -> (u64, u8, u32) {
        let (nodes, states) = (candidate.nodes.as_slice(), &self.arcs.states);
        let (Some(budget), Some(last), false) = (states.budget(), nodes.last(), candidate.ends) else {
            return (candidate.bound, candidate.hops, Candidate::ALONE);
        };
        let hops = candidate.nodes.hops();
        let levels = self.arcs.levels(nodes);
        let least = (0..=budget).filter(|had| levels[*had] != NEVER).filter_map(|had| {
            let state = states.after_passing(nodes, budget - had);
            let rest = self.reach.to_go(self.max_hops - usize::from(hops), state, *last)?;
            Some((levels[had] + u64::from(rest.cost), hops + rest.hops))
        });
        let (bound, hops) = least.min().unwrap_or((NEVER, hops));
        (bound, hops, Candidate::ALONE)
    }

    fn ways_from(&mut self, nodes: Nodes, state: usize) -> Rc<[Way]> {
        let last = nodes.as_slice().last().copied();
        let left = self.max_hops - usize::from(nodes.hops());
        let (arcs, reach) = (&self.arcs, &self.reach);
        let ways = self.ways.entry((left * arcs.states.count() + state, last)).or_insert_with(|| {
            let mut ways: Vec<Way> = Vec::new();
            match last {
                None => ways.extend(arcs.sources.iter().filter_map(|source| {
                    let rest = reach.to_go(left, state, *source)?;
                    Some(Way { bound: rest.cost.into(), hops: rest.hops, step: Some((*source, 0)) })
                })),
                Some(node) => {
                    if let Some(left) = left.checked_sub(1) {
                        ways.extend(arcs.out(node).iter().filter_map(|arc| {
                            let rest = reach.to_go(left, arcs.states.over(node, state, arc)?, arc.head)?;
                            Some(Way {
                                bound: u64::from(arc.cost) + u64::from(rest.cost),
                                hops: rest.hops + 1,
                                step: Some((arc.head, arc.cost)),
                            })
                        }));
                    }
                    if arcs.states.budget().is_some() {
                        // Both ways to step to a node are one way on.
                        ways.sort_by_key(|way| (way.step.map(|(head, _)| head), way.bound, way.hops));
                        ways.dedup_by_key(|way| way.step.map(|(head, _)| head));
                    }
                    if arcs.is_target(node) && arcs.states.may_end(state) {
                        ways.push(Way { bound: 0, hops: 0, step: None });
                    }
                }
            }
            ways.sort_unstable_by_key(|way| (way.bound, way.hops, way.step.map(|(head, _)| head)));
            ways.into()
        });
        Rc::clone(ways)
    }
}

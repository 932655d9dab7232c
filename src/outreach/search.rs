//! The first `k` paths in order: cost, then hops, then node ids. Best first over partial paths, bounded by the exact
//! potentials; a node's ways on are looked at one by one, so a hub costs nothing until it is needed.

use super::Settings;
use super::arcs::{Arcs, Stop};
use super::question::MAX_HOPS;
use super::reach::Reach;
use super::rules::{Relaxed, World};
use crate::snapshot::NodeIx;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::rc::Rc;

const MAX_NODES: usize = MAX_HOPS + 1;
/// How many partial paths are looked at between two glances at the clock.
const STOP_EVERY: u64 = 1024;

/// A path: distinct nodes, and the arcs between them by way of `Arcs::joining`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPath {
    pub nodes: Vec<NodeIx>,
    pub cost: u64,
}

/// Why a search stopped before it was through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    Expansions,
    Deadline,
}

pub struct Found {
    pub arcs: Arcs,
    pub paths: Vec<FoundPath>,
    /// Partial paths looked at.
    pub searched: u64,
    /// The paths are the first of the order, but there may be more.
    pub stopped: Option<Stopped>,
}

/// The nodes of a partial path, in place.
#[derive(Clone, Copy)]
struct Nodes {
    stops: [Stop; MAX_NODES],
    len: u8,
}

impl Nodes {
    const EMPTY: Self = Self { stops: [Stop::UNUSED; MAX_NODES], len: 0 };

    fn as_slice(&self) -> &[Stop] {
        &self.stops[..usize::from(self.len)]
    }

    fn with(mut self, stop: Stop) -> Self {
        self.stops[usize::from(self.len)] = stop;
        self.len += 1;
        self
    }
}

/// A way on from a node: to end there, or to step to another.
#[derive(Clone, Copy)]
struct Way {
    /// Cost and hops from the node to a target by this way, at the least.
    bound: u64,
    hops: u8,
    /// `None`: end here.
    step: Option<(Stop, u32)>,
}

/// A partial path and the way on from its last node that is to be looked at next.
struct Candidate {
    bound: u64,
    hops: u8,
    /// The nodes, the way's own included.
    nodes: Nodes,
    ends: bool,
    /// Cost so far, the way's own included.
    cost: u64,
    /// Its place among its parent's ways.
    place: u32,
    /// Cost of the parent.
    parent_cost: u64,
}

impl Candidate {
    fn key(&self) -> (u64, u8, &[Stop], bool) {
        (self.bound, self.hops, self.nodes.as_slice(), !self.ends)
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    /// The heap gives the greatest first, and the best is the smallest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

struct Search {
    arcs: Arcs,
    reach: Reach,
    max_hops: usize,
    keep_detours: bool,
    /// The ways on from a node with so many hops left, best first; the sources, for none.
    ways: FxHashMap<(usize, Option<Stop>), Rc<[Way]>>,
    heap: BinaryHeap<Candidate>,
}

pub fn search(world: &World<'_>, relaxed: Relaxed, k: usize, settings: &Settings, stop: &dyn Fn() -> bool) -> Found {
    let arcs = Arcs::build(world, relaxed);
    let max_hops = world.max_hops(relaxed);
    let reach = Reach::compute(&arcs, max_hops);
    let keep_detours = world.task.include_detours;
    let mut search =
        Search { arcs, reach, max_hops, keep_detours, ways: FxHashMap::default(), heap: BinaryHeap::new() };
    let (mut paths, mut searched, mut stopped) = (Vec::new(), 0, None);
    search.push_next(Nodes::EMPTY, 0, 0);
    while let Some(candidate) = search.heap.pop() {
        searched += 1;
        if searched > settings.expansion_limit {
            stopped = Some(Stopped::Expansions);
            break;
        }
        if searched.is_multiple_of(STOP_EVERY) && stop() {
            stopped = Some(Stopped::Deadline);
            break;
        }
        let parent = if candidate.ends { candidate.nodes } else { candidate.nodes.without_last() };
        search.push_next(parent, candidate.parent_cost, candidate.place + 1);
        if candidate.ends {
            let nodes = candidate.nodes.as_slice().iter().map(|stop| search.arcs.node(*stop)).collect();
            paths.push(FoundPath { nodes, cost: candidate.cost });
            if paths.len() == k {
                break;
            }
        } else {
            search.push_next(candidate.nodes, candidate.cost, 0);
        }
    }
    Found { arcs: search.arcs, paths, searched, stopped }
}

impl Nodes {
    fn without_last(mut self) -> Self {
        self.len -= 1;
        self
    }
}

impl Search {
    /// Puts the best way on from a partial path, from a place on, that makes a path without repeats or detours.
    fn push_next(&mut self, nodes: Nodes, cost: u64, from: u32) {
        let ways = self.ways_from(nodes);
        for (place, way) in (from..).zip(&ways[(from as usize).min(ways.len())..]) {
            let candidate = match way.step {
                None => {
                    Candidate { bound: cost, hops: nodes.len - 1, nodes, ends: true, cost, place, parent_cost: cost }
                }
                Some((head, step)) => {
                    if nodes.as_slice().contains(&head)
                        || (!self.keep_detours && self.is_detour(nodes, cost, head, step))
                    {
                        continue;
                    }
                    Candidate {
                        bound: cost + way.bound,
                        hops: nodes.len.saturating_sub(1) + way.hops,
                        nodes: nodes.with(head),
                        ends: false,
                        cost: cost + u64::from(step),
                        place,
                        parent_cost: cost,
                    }
                }
            };
            self.heap.push(candidate);
            return;
        }
    }

    fn ways_from(&mut self, nodes: Nodes) -> Rc<[Way]> {
        let last = nodes.as_slice().last().copied();
        let left = self.max_hops - usize::from(nodes.len.saturating_sub(1));
        let (arcs, reach) = (&self.arcs, &self.reach);
        let ways = self.ways.entry((left, last)).or_insert_with(|| {
            let mut ways: Vec<Way> = Vec::new();
            match last {
                None => ways.extend(arcs.sources.iter().filter_map(|source| {
                    let rest = reach.to_go(left, *source)?;
                    Some(Way { bound: rest.cost.into(), hops: rest.hops, step: Some((*source, 0)) })
                })),
                Some(node) => {
                    if arcs.is_target(node) {
                        ways.push(Way { bound: 0, hops: 0, step: None });
                    }
                    if let Some(left) = left.checked_sub(1) {
                        ways.extend(arcs.out(node).iter().filter_map(|arc| {
                            let rest = reach.to_go(left, arc.head)?;
                            Some(Way {
                                bound: u64::from(arc.cost) + u64::from(rest.cost),
                                hops: rest.hops + 1,
                                step: Some((arc.head, arc.cost)),
                            })
                        }));
                    }
                }
            }
            ways.sort_unstable_by_key(|way| (way.bound, way.hops, way.step.map(|(head, _)| head)));
            ways.into()
        });
        Rc::clone(ways)
    }

    /// Whether a step makes the partial path a detour: among its own nodes there is a better way from its first node to
    /// its new last one. Any path that went on from here would then be a detour too, and no detour is missed so.
    fn is_detour(&self, nodes: Nodes, cost: u64, head: Stop, step: u32) -> bool {
        let path = nodes.as_slice();
        let Some((last, earlier)) = path.split_last() else { return false };
        // A better way has to arrive at the head from another node than the last.
        let shortcuts: Vec<(usize, u32)> = earlier
            .iter()
            .enumerate()
            .filter_map(|(place, node)| Some((place, self.arcs.between(*node, head)?.cost)))
            .collect();
        if shortcuts.is_empty() {
            return false;
        }
        debug_assert_ne!(*last, head);
        let best = self.best_within(path);
        let own = Label { cost: cost + u64::from(step), nodes: nodes.with(head) };
        shortcuts.iter().any(|(place, arc)| {
            best[*place].as_ref().is_some_and(|label| {
                let shortcut = Label { cost: label.cost + u64::from(*arc), nodes: label.nodes.with(head) };
                shortcut.key() < own.key()
            })
        })
    }

    /// The best way from the first of some nodes to each of them, by these nodes alone.
    fn best_within(&self, path: &[Stop]) -> [Option<Label>; MAX_NODES] {
        let mut best: [Option<Label>; MAX_NODES] = [const { None }; MAX_NODES];
        best[0] = Some(Label { cost: 0, nodes: Nodes::EMPTY.with(path[0]) });
        // Costs are above 0, so best ways repeat no node, and one round for each hop is enough.
        for _ in 1..path.len() {
            let mut settled = true;
            for tail in 0..path.len() {
                let Some(label) = best[tail].clone() else { continue };
                for head in 1..path.len() {
                    let Some(arc) = (head != tail).then(|| self.arcs.between(path[tail], path[head])).flatten() else {
                        continue;
                    };
                    if usize::from(label.nodes.len) == MAX_NODES || label.nodes.as_slice().contains(&path[head]) {
                        continue;
                    }
                    let longer = Label { cost: label.cost + u64::from(arc.cost), nodes: label.nodes.with(path[head]) };
                    if best[head].as_ref().is_none_or(|known| longer.key() < known.key()) {
                        best[head] = Some(longer);
                        settled = false;
                    }
                }
            }
            if settled {
                break;
            }
        }
        best
    }
}

#[derive(Clone)]
struct Label {
    cost: u64,
    nodes: Nodes,
}

impl Label {
    fn key(&self) -> (u64, u8, &[Stop]) {
        (self.cost, self.nodes.len, self.nodes.as_slice())
    }
}

//! The graph that one search walks: for each ordered pair of nodes the cheapest allowed relation, if any; where structural
//! hops are limited, and that one is structural, the cheapest other one too. Blocked nodes are masked, so the search itself
//! needs no rules. Its nodes are numbered in the order of their ids, so that the search compares paths by number.

use super::costs::{Cost, walkable};
use super::rules::{Relaxed, ServingRule, World};
use super::states::States;
use crate::model::{HopClass, RelationKind};
use crate::snapshot::{Direction, NodeIx, RelIx, Relations, Snapshot};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;

/// A node in this search. Compares as its id does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stop(u32);

/// One step: where to, what it costs, over which relation in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    pub head: Stop,
    pub cost: Cost,
    pub relation: RelIx,
    pub forward: bool,
    pub structural: bool,
}

pub struct Arcs {
    starts: Vec<u32>,
    arcs: Vec<Arc>,
    pub sources: Vec<Stop>,
    is_target: Vec<bool>,
    /// What a path as a whole has to keep, as far as it changes the ways on from a node.
    pub states: States,
    stops: Stops,
}

/// Which node each stop is, and the reverse.
enum Stops {
    /// The snapshot's places stand in the order of ids.
    Same,
    /// The snapshot has grown since they did.
    Renumbered { stops: Vec<Stop>, nodes: Vec<NodeIx> },
}

impl Stops {
    fn of(snapshot: &Snapshot) -> Self {
        if snapshot.is_plain() {
            return Self::Same;
        }
        let nodes: Vec<NodeIx> = snapshot.all().collect();
        let mut stops = vec![Stop(u32::MAX); snapshot.slots() as usize];
        for (number, node) in (0..).zip(&nodes) {
            stops[*node as usize] = Stop(number);
        }
        Self::Renumbered { stops, nodes }
    }

    fn at(&self, node: NodeIx) -> Stop {
        match self {
            Self::Same => Stop(node),
            Self::Renumbered { stops, .. } => stops[node as usize],
        }
    }

    fn node(&self, stop: Stop) -> NodeIx {
        match self {
            Self::Same => stop.0,
            Self::Renumbered { nodes, .. } => nodes[stop.0 as usize],
        }
    }
}

impl Stop {
    /// Fills room that is not in use.
    pub const UNUSED: Self = Self(0);

    pub fn number(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Copy, Default)]
struct Leave {
    /// A path may go on from here.
    through: bool,
    /// A path may arrive here.
    arrive: bool,
    is_source: bool,
}

impl Arcs {
    pub fn build(world: &World<'_>, relaxed: Relaxed) -> Self {
        let snapshot = world.snapshot;
        let stops = Stops::of(snapshot);
        let sources: Vec<Stop> = world.sources(relaxed).into_iter().map(|source| stops.at(source)).collect();
        let targets = &world.task.targets;
        let mut is_target: Vec<bool> = snapshot.all().map(|ix| targets.contains(ix)).collect();
        let mut leave: Vec<Leave> = snapshot
            .all()
            .zip(&is_target)
            .map(|(ix, is_target)| {
                let admitted = world.admits(ix, relaxed);
                let through = admitted && world.lets_through(ix, relaxed);
                Leave { through, arrive: through || (admitted && *is_target), is_source: false }
            })
            .collect();
        for source in &sources {
            leave[source.number()] = Leave { through: true, arrive: false, is_source: true };
            is_target[source.number()] = false;
        }
        let states = States::new(world, relaxed, |ix| !leave[stops.at(ix).number()].is_source);
        let no_structure = world.task.terms.structural(relaxed) == Some(0);
        let serving = ServingRule::new(world, relaxed);
        let mut may_serve: FxHashMap<(NodeIx, NodeIx), bool> = FxHashMap::default();
        let mut starts = Vec::with_capacity(snapshot.len() + 1);
        let mut arcs: Vec<Arc> = Vec::with_capacity(snapshot.relations.len());
        starts.push(0);
        for (tail, allowed) in snapshot.all().zip(&leave) {
            let first = arcs.len();
            if allowed.through {
                for direction in [Direction::Out, Direction::In] {
                    for relation in snapshot.relations.at(tail, direction) {
                        let kind = snapshot.relations.kind(*relation);
                        let structural = kind.class() == Some(HopClass::Structural);
                        let node = snapshot.relations.other(*relation, direction);
                        let head = stops.at(node);
                        if leave[head.number()].arrive
                            && walkable(kind, snapshot.relations.one_way(*relation)).contains(&direction)
                            && world.walks(*relation, relaxed)
                            && !(structural && no_structure)
                            && (kind != RelationKind::Serves
                                || *may_serve.entry((tail, node)).or_insert_with(|| serving.allows(tail, node)))
                        {
                            arcs.push(Arc {
                                head,
                                cost: world.costs.cost(*relation, direction),
                                relation: *relation,
                                forward: direction == Direction::Out,
                                structural,
                            });
                        }
                    }
                }
                keep_cheapest(&mut arcs, first, &snapshot.relations, states.budget().is_some());
            }
            starts.push(u32::try_from(arcs.len()).unwrap_or(u32::MAX));
        }
        Self { starts, arcs, sources, is_target, states, stops }
    }

    /// Every node of the search.
    pub fn all(&self) -> impl Iterator<Item = Stop> + use<> {
        (0..u32::try_from(self.is_target.len()).unwrap_or(u32::MAX)).map(Stop)
    }

    /// Which node of the snapshot a stop is.
    pub fn node(&self, stop: Stop) -> NodeIx {
        self.stops.node(stop)
    }

    pub fn is_target(&self, stop: Stop) -> bool {
        self.is_target[stop.number()]
    }

    /// The steps out of a node, in the order of their heads.
    pub fn out(&self, stop: Stop) -> &[Arc] {
        &self.arcs[self.starts[stop.number()] as usize..self.starts[stop.number() + 1] as usize]
    }

    /// The steps between two nodes, the cheapest first: at most one, or two where structural hops are limited.
    pub fn choices(&self, tail: Stop, head: Stop) -> &[Arc] {
        let out = self.out(tail);
        let first = out.partition_point(|arc| arc.head < head);
        let count = out[first..].iter().take(2).take_while(|arc| arc.head == head).count();
        &out[first..first + count]
    }

    /// The cheapest step between two nodes.
    pub fn between(&self, tail: Stop, head: Stop) -> Option<Arc> {
        self.choices(tail, head).first().copied()
    }

    /// The cheapest step between two nodes of the snapshot.
    pub fn joining(&self, tail: NodeIx, head: NodeIx) -> Option<Arc> {
        self.between(self.stops.at(tail), self.stops.at(head))
    }

    /// What a node of the snapshot is in this search.
    pub fn stop(&self, node: NodeIx) -> Stop {
        self.stops.at(node)
    }
}

/// Of the arcs from `first` on, one per head: the cheapest, then the smallest relation id. With two lanes, where that one is
/// structural, the same among the others as well.
fn keep_cheapest(arcs: &mut Vec<Arc>, first: usize, relations: &Relations, two_lanes: bool) {
    let order = |a: &Arc, b: &Arc| -> Ordering {
        (a.head, a.cost).cmp(&(b.head, b.cost)).then_with(|| relations.order(a.relation, b.relation))
    };
    arcs[first..].sort_unstable_by(order);
    let mut kept = first;
    for place in first..arcs.len() {
        let new_head = kept == first || arcs[kept - 1].head != arcs[place].head;
        if new_head || (two_lanes && arcs[kept - 1].structural && !arcs[place].structural) {
            arcs[kept] = arcs[place];
            kept += 1;
        }
    }
    arcs.truncate(kept);
}

//! The graph that one search walks: for each ordered pair of nodes the cheapest allowed relation, if any. Blocked nodes
//! are masked, so the search itself needs no rules.

use super::costs::{Cost, walkable};
use super::rules::{Relaxed, ServingRule, World};
use crate::model::RelationKind;
use crate::snapshot::{Direction, NodeIx, RelIx};
use rustc_hash::FxHashMap;

/// One step: where to, what it costs, over which relation in which direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arc {
    pub head: NodeIx,
    pub cost: Cost,
    pub relation: RelIx,
    pub forward: bool,
}

pub struct Arcs {
    starts: Vec<u32>,
    arcs: Vec<Arc>,
    pub sources: Vec<NodeIx>,
    is_target: Vec<bool>,
}

#[derive(Clone, Copy, Default)]
struct Leave {
    /// A path may go on from here.
    through: bool,
    /// A path may arrive here.
    arrive: bool,
}

impl Arcs {
    pub fn build(world: &World<'_>, relaxed: Relaxed) -> Self {
        let snapshot = world.snapshot;
        let sources = world.sources(relaxed);
        let targets = &world.task.targets;
        let mut is_target: Vec<bool> = snapshot.all().map(|ix| targets.contains(ix)).collect();
        let mut leave: Vec<Leave> = snapshot
            .all()
            .map(|ix| {
                let admitted = world.admits(ix, relaxed);
                let through = admitted && world.lets_through(ix, relaxed);
                Leave { through, arrive: through || (admitted && is_target[ix as usize]) }
            })
            .collect();
        for source in &sources {
            leave[*source as usize] = Leave { through: true, arrive: false };
            is_target[*source as usize] = false;
        }
        let serving = ServingRule::new(world, relaxed);
        let mut may_serve: FxHashMap<(NodeIx, NodeIx), bool> = FxHashMap::default();
        let mut starts = Vec::with_capacity(snapshot.len() + 1);
        let mut arcs: Vec<Arc> = Vec::with_capacity(snapshot.relations.len());
        starts.push(0);
        for tail in snapshot.all() {
            let first = arcs.len();
            if leave[tail as usize].through {
                for direction in [Direction::Out, Direction::In] {
                    for relation in snapshot.relations.at(tail, direction) {
                        let kind = snapshot.relations.kind(*relation);
                        let head = snapshot.relations.other(*relation, direction);
                        if leave[head as usize].arrive
                            && walkable(kind, snapshot.relations.one_way(*relation)).contains(&direction)
                            && world.walks(*relation, relaxed)
                            && (kind != RelationKind::Serves
                                || *may_serve.entry((tail, head)).or_insert_with(|| serving.allows(tail, head)))
                        {
                            arcs.push(Arc {
                                head,
                                cost: world.costs.cost(*relation, direction),
                                relation: *relation,
                                forward: direction == Direction::Out,
                            });
                        }
                    }
                }
                keep_cheapest(&mut arcs, first);
            }
            starts.push(u32::try_from(arcs.len()).unwrap_or(u32::MAX));
        }
        Self { starts, arcs, sources, is_target }
    }

    pub fn len(&self) -> usize {
        self.is_target.len()
    }

    pub fn is_target(&self, node: NodeIx) -> bool {
        self.is_target[node as usize]
    }

    /// The steps out of a node, in the order of their heads.
    pub fn out(&self, node: NodeIx) -> &[Arc] {
        &self.arcs[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }

    pub fn between(&self, tail: NodeIx, head: NodeIx) -> Option<Arc> {
        let out = self.out(tail);
        out.binary_search_by_key(&head, |arc| arc.head).ok().map(|place| out[place])
    }
}

/// Of the arcs from `first` on, one per head: the cheapest, then the smallest relation id.
fn keep_cheapest(arcs: &mut Vec<Arc>, first: usize) {
    arcs[first..].sort_unstable();
    let mut kept = first;
    for place in first..arcs.len() {
        if kept == first || arcs[kept - 1].head != arcs[place].head {
            arcs[kept] = arcs[place];
            kept += 1;
        }
    }
    arcs.truncate(kept);
}

//! The graph that coverage is worked out on: the arcs that a path search for all groups at once would walk, with the last
//! steps, from whoever serves to the group, kept apart. No path goes on from a group, so all else is the same for all.

use crate::model::HopClass;
use crate::outreach::arcs::Arcs;
use crate::outreach::costs::{Cost, walkable};
use crate::outreach::rules::{Relaxed, World};
use crate::snapshot::{Direction, NodeIx, RelIx};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// A node's place in this graph. Compares as its id does.
pub type Spot = u32;

#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub head: Spot,
    pub cost: Cost,
    relation: RelIx,
}

/// A last step.
#[derive(Debug, Clone, Copy)]
pub struct Serve {
    pub server: Spot,
    pub group: Spot,
    pub cost: Cost,
    pub relation: RelIx,
}

pub struct Ground {
    starts: Vec<u32>,
    links: Vec<Link>,
    pub sources: Vec<Spot>,
    is_source: Vec<bool>,
    /// By the group served.
    serves: FxHashMap<NodeIx, Vec<Serve>>,
    nodes: Vec<NodeIx>,
    spots: Vec<Spot>,
}

/// What decides how warm and how fresh a path is, of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    pub structural: bool,
    pub stale: bool,
    /// A path that begins so begins with somebody we know.
    pub opens_warm: bool,
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Ground {
    pub fn build(world: &World<'_>, relaxed: Relaxed) -> Self {
        let arcs = Arcs::build(world, relaxed);
        let nodes: Vec<NodeIx> = arcs.all().map(|stop| arcs.node(stop)).collect();
        let mut spots = vec![Spot::MAX; world.snapshot.slots() as usize];
        let mut serves: FxHashMap<NodeIx, Vec<Serve>> = FxHashMap::default();
        let (mut starts, mut links) = (Vec::with_capacity(nodes.len() + 1), Vec::new());
        starts.push(0);
        for (stop, node) in arcs.all().zip(&nodes) {
            let server = small(stop.number());
            spots[*node as usize] = server;
            for arc in arcs.out(stop) {
                let (head, cost, relation) = (small(arc.head.number()), arc.cost, arc.relation);
                if arcs.is_target(arc.head) {
                    let group = nodes[arc.head.number()];
                    serves.entry(group).or_default().push(Serve { server, group: head, cost, relation });
                } else {
                    links.push(Link { head, cost, relation });
                }
            }
            starts.push(small(links.len()));
        }
        let sources: Vec<Spot> = arcs.sources.iter().map(|stop| small(stop.number())).collect();
        let mut is_source = vec![false; nodes.len()];
        for source in &sources {
            is_source[*source as usize] = true;
        }
        Self { starts, links, sources, is_source, serves, nodes, spots }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The places of a node's links, in `link` and in what `shades` gives.
    pub fn out(&self, spot: Spot) -> Range<usize> {
        self.starts[spot as usize] as usize..self.starts[spot as usize + 1] as usize
    }

    pub fn link(&self, place: usize) -> Link {
        self.links[place]
    }

    pub fn serving(&self, group: NodeIx) -> &[Serve] {
        self.serves.get(&group).map_or(&[], Vec::as_slice)
    }

    pub fn node(&self, spot: Spot) -> NodeIx {
        self.nodes[spot as usize]
    }

    pub fn spot(&self, node: NodeIx) -> Spot {
        self.spots[node as usize]
    }

    pub fn is_source(&self, spot: Spot) -> bool {
        self.is_source[spot as usize]
    }

    /// What kind of step each link is, by place.
    pub fn shades(&self, world: &World<'_>) -> Vec<Shade> {
        let relations = &world.snapshot.relations;
        let mut shades: Vec<Shade> = self
            .links
            .iter()
            .map(|link| Shade {
                structural: relations.kind(link.relation).class() == Some(HopClass::Structural),
                stale: world.costs.is_stale(world.snapshot, link.relation),
                opens_warm: false,
            })
            .collect();
        for source in &self.sources {
            let known = warmly_joined(world, self.node(*source));
            for place in self.out(*source) {
                shades[place].opens_warm = known.contains(&self.node(self.links[place].head));
            }
        }
        shades
    }
}

/// To whom a node is joined by a warm relation that may be walked, whether or not a path would take that very one.
fn warmly_joined(world: &World<'_>, node: NodeIx) -> FxHashSet<NodeIx> {
    let relations = &world.snapshot.relations;
    let at = |direction| relations.at(node, direction).iter().map(move |relation| (*relation, direction));
    at(Direction::Out)
        .chain(at(Direction::In))
        .filter(|(relation, direction)| {
            let kind = relations.kind(*relation);
            kind.class() == Some(HopClass::Warm)
                && walkable(kind, relations.one_way(*relation)).contains(direction)
                && world.walks(*relation, Relaxed::NOTHING)
        })
        .map(|(relation, direction)| relations.other(relation, direction))
        .collect()
}

//! One pass from the sources to everywhere: for each node and number of hops the cheapest way there, and of equally cheap
//! ways the one that a path search would show first. Hops cost something, so the cheapest way repeats no node.

use super::ground::{Ground, Spot};
use std::cmp::Ordering;

#[derive(Clone, Copy)]
struct Label {
    cost: u32,
    from: Spot,
}

impl Label {
    const NONE: Self = Self { cost: u32::MAX, from: Spot::MAX };
}

pub struct Spread {
    /// By hops, then by node. A way is kept only if it is cheaper than all with fewer hops.
    layers: Vec<Vec<Label>>,
}

/// A way to a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    pub cost: u32,
    pub hops: usize,
    pub spot: Spot,
}

impl Spread {
    /// As if the nodes in `lost` were not there.
    pub fn over(ground: &Ground, max_hops: usize, lost: &[Spot]) -> Self {
        let mut least = vec![u32::MAX; ground.len()];
        let mut first = vec![Label::NONE; ground.len()];
        let mut here: Vec<Spot> = ground.sources.iter().copied().filter(|source| !lost.contains(source)).collect();
        for source in &here {
            first[*source as usize] = Label { cost: 0, from: *source };
            least[*source as usize] = 0;
        }
        let mut layers = vec![first];
        for hops in 0..max_hops {
            let mut next: Vec<Label> = vec![Label::NONE; ground.len()];
            let mut touched: Vec<Spot> = Vec::new();
            for tail in here {
                let so_far = layers[hops][tail as usize].cost;
                for place in ground.out(tail) {
                    let link = ground.link(place);
                    let (cost, head) = (so_far + link.cost, link.head as usize);
                    // As many hops or more for no less: whatever goes on from here goes on better from there.
                    if cost >= least[head] || lost.contains(&link.head) {
                        continue;
                    }
                    let known = next[head];
                    if known.cost == u32::MAX {
                        touched.push(link.head);
                    } else if cost > known.cost
                        || (cost == known.cost && order(&layers, hops, tail, known.from).is_ge())
                    {
                        continue;
                    }
                    next[head] = Label { cost, from: tail };
                }
            }
            for spot in &touched {
                least[*spot as usize] = next[*spot as usize].cost;
            }
            layers.push(next);
            here = touched;
        }
        Self { layers }
    }

    /// The best way to a node in at most so many hops.
    pub fn reached(&self, spot: Spot, within: usize) -> Option<Reached> {
        let hops = (0..=within).rev().find(|hops| self.layers[*hops][spot as usize].cost != u32::MAX)?;
        Some(Reached { cost: self.layers[hops][spot as usize].cost, hops, spot })
    }

    /// Compares the nodes, from the source on, of two ways of as many hops.
    pub fn order(&self, a: Reached, b: Reached) -> Ordering {
        debug_assert_eq!(a.hops, b.hops);
        order(&self.layers, a.hops, a.spot, b.spot)
    }

    /// The nodes on a way, from the source on.
    pub fn nodes(&self, way: Reached) -> Vec<Spot> {
        let mut nodes = vec![way.spot];
        let mut spot = way.spot;
        for hops in (1..=way.hops).rev() {
            spot = self.layers[hops][spot as usize].from;
            nodes.push(spot);
        }
        nodes.reverse();
        nodes
    }
}

fn order(layers: &[Vec<Label>], hops: usize, a: Spot, b: Spot) -> Ordering {
    if a == b || hops == 0 {
        return a.cmp(&b);
    }
    let layer = &layers[hops];
    order(layers, hops - 1, layer[a as usize].from, layer[b as usize].from).then(a.cmp(&b))
}

//! Exact potentials: for each node, state and number of hops left, the cheapest way on to a target, if nodes might repeat.
//! That never overstates a simple path, so it bounds one; where it is unknown there is no way on at all.

use super::arcs::{Arc, Arcs, Stop};

/// The least cost to go, and the fewest hops at that cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToGo {
    pub cost: u32,
    pub hops: u8,
}

impl ToGo {
    const NONE: Self = Self { cost: u32::MAX, hops: u8::MAX };
    const HERE: Self = Self { cost: 0, hops: 0 };
}

pub struct Reach {
    /// One layer for each number of hops left and, within it, each state.
    layers: Vec<Vec<ToGo>>,
    states: usize,
}

impl Reach {
    pub fn compute(arcs: &Arcs, max_hops: usize) -> Self {
        let states = arcs.states.count();
        let mut layers: Vec<Vec<ToGo>> = (0..states)
            .map(|state| {
                let ends = |stop| arcs.is_target(stop) && arcs.states.may_end(state);
                arcs.all().map(|stop| if ends(stop) { ToGo::HERE } else { ToGo::NONE }).collect()
            })
            .collect();
        for hops in 1..=max_hops {
            for state in 0..states {
                let below = &layers[(hops - 1) * states..hops * states];
                let layer = arcs
                    .all()
                    .zip(&layers[state])
                    .map(|(stop, here)| least(arcs, stop, state, below).map_or(*here, |best| best.min(*here)))
                    .collect();
                layers.push(layer);
            }
        }
        Self { layers, states }
    }

    pub fn to_go(&self, hops_left: usize, state: usize, stop: Stop) -> Option<ToGo> {
        let to_go = self.layers[hops_left * self.states + state][stop.number()];
        (to_go != ToGo::NONE).then_some(to_go)
    }
}

/// The cheapest way on from a node by a step, given the layers of one hop less.
fn least(arcs: &Arcs, stop: Stop, state: usize, below: &[Vec<ToGo>]) -> Option<ToGo> {
    let (structural, other) = arcs.states.leaving(stop, state);
    let (out, other) = (arcs.out(stop), &below[other]);
    if arcs.states.budget().is_none() {
        return out.iter().filter_map(|arc| by(arc, other)).min();
    }
    let structural = structural.map(|state| &below[state]);
    out.iter().filter_map(|arc| by(arc, if arc.structural { structural? } else { other })).min()
}

fn by(arc: &Arc, below: &[ToGo]) -> Option<ToGo> {
    let rest = below[arc.head.number()];
    (rest != ToGo::NONE).then(|| ToGo { cost: arc.cost + rest.cost, hops: rest.hops + 1 })
}

//! Exact potentials: for each node and number of hops left, the cheapest way on to a target, if nodes might repeat.
//! That never overstates a simple path, so it bounds one; where it is unknown there is no way on at all.

use super::arcs::{Arcs, Stop};

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
    /// One layer for each number of hops left.
    layers: Vec<Vec<ToGo>>,
}

impl Reach {
    pub fn compute(arcs: &Arcs, max_hops: usize) -> Self {
        let base: Vec<ToGo> =
            arcs.all().map(|stop| if arcs.is_target(stop) { ToGo::HERE } else { ToGo::NONE }).collect();
        let mut layers = vec![base];
        for hops in 1..=max_hops {
            let below = &layers[hops - 1];
            let layer = arcs
                .all()
                .zip(&layers[0])
                .map(|(stop, here)| {
                    let on = arcs.out(stop).iter().filter_map(|arc| {
                        let rest = below[arc.head.number()];
                        (rest != ToGo::NONE).then(|| ToGo { cost: arc.cost + rest.cost, hops: rest.hops + 1 })
                    });
                    on.min().map_or(*here, |best| best.min(*here))
                })
                .collect();
            layers.push(layer);
        }
        Self { layers }
    }

    pub fn to_go(&self, hops_left: usize, stop: Stop) -> Option<ToGo> {
        let to_go = self.layers[hops_left][stop.number()];
        (to_go != ToGo::NONE).then_some(to_go)
    }
}

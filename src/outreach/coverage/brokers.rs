//! Who is on every path: for each node what all ways there within so many hops have in common, in one pass for all cells.
//! Every way that comes by a node twice holds a shorter one that does not, so ways and paths have the same in common.
//! A test holds it equal to losing the node, which `fragility` works out.

use super::ends::Ends;
use super::ground::{Ground, Spot};
use crate::outreach::question::MAX_HOPS;

/// A few nodes, in ascending order: never more than the shortest way there has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Few {
    spots: [Spot; MAX_HOPS],
    len: u8,
}

impl Few {
    const NONE: Self = Self { spots: [0; MAX_HOPS], len: 0 };

    fn as_slice(&self) -> &[Spot] {
        &self.spots[..usize::from(self.len)]
    }

    fn push(&mut self, spot: Spot) {
        self.spots[usize::from(self.len)] = spot;
        self.len += 1;
    }

    fn with(self, spot: Spot) -> Self {
        let mut all = Self::NONE;
        let place = self.as_slice().partition_point(|known| *known < spot);
        for known in &self.as_slice()[..place] {
            all.push(*known);
        }
        if self.as_slice().get(place) != Some(&spot) {
            all.push(spot);
        }
        for known in &self.as_slice()[place..] {
            all.push(*known);
        }
        all
    }

    fn common(self, other: Self) -> Self {
        let mut both = Self::NONE;
        for spot in self.as_slice().iter().filter(|spot| other.as_slice().contains(spot)) {
            both.push(*spot);
        }
        both
    }
}

pub struct Brokers<'a> {
    ground: &'a Ground,
    max_hops: usize,
    /// By hops, then by node: what all ways there pass, but for the ends; nothing where there is none.
    passed: [Vec<Option<Few>>; 2],
}

impl<'a> Brokers<'a> {
    pub fn new(ground: &'a Ground, max_hops: usize) -> Self {
        let mut layer: Vec<Option<Few>> = vec![None; ground.len()];
        for source in &ground.sources {
            layer[*source as usize] = Some(Few::NONE);
        }
        let mut passed = [layer.clone(), layer];
        for _ in 0..max_hops {
            let [_, last] = passed;
            let next = further(ground, &last);
            passed = [last, next];
        }
        Self { ground, max_hops, passed }
    }

    /// The intermediate nodes that every path of a cell has; none where there is no path.
    pub fn of(&self, ends: &Ends) -> Vec<Spot> {
        let mut common: Option<Few> = None;
        for (spot, hops) in ends.exits(self.max_hops) {
            let passed = &self.passed[usize::from(hops == self.max_hops)];
            let Some(passed) = passed[spot as usize] else { continue };
            // Whoever serves the group is an intermediate; a practice is where the path ends.
            let passed = match ends {
                Ends::Serves(_) if !self.ground.is_source(spot) => passed.with(spot),
                Ends::Serves(_) | Ends::At(_) => passed,
            };
            common = Some(common.map_or(passed, |common| common.common(passed)));
        }
        common.map_or_else(Vec::new, |common| common.as_slice().to_vec())
    }
}

/// What all ways with at most one hop more have in common.
fn further(ground: &Ground, passed: &[Option<Few>]) -> Vec<Option<Few>> {
    let mut next: Vec<Option<Few>> = vec![None; ground.len()];
    for source in &ground.sources {
        next[*source as usize] = Some(Few::NONE);
    }
    for (tail, here) in (0..).zip(passed) {
        let Some(here) = here else { continue };
        let here = if ground.is_source(tail) { *here } else { here.with(tail) };
        for place in ground.out(tail) {
            let known = &mut next[ground.link(place).head as usize];
            *known = Some(known.map_or(here, |known| if known.len == 0 { known } else { known.common(here) }));
        }
    }
    next
}

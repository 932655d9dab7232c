//! How warm the warmest fresh path of a cell is: one on which no hop is down to the freshness floor. A path's warmth is
//! what `explain` says of it.

use super::ends::Ends;
use super::ground::{Ground, Shade, Spot};
use super::steps::{self, Steps};
use super::{OutOfTime, Watch};
use crate::outreach::answer::Warmth;
use crate::outreach::rules::World;
use rustc_hash::FxHashMap;

pub struct Grades<'a> {
    ground: &'a Ground,
    max_hops: usize,
    shades: Vec<Shade>,
    /// Over fresh links: any, those of warm paths, structural ones alone, and with one at least that is not.
    fresh: Steps,
    warm: Steps,
    cold: Steps,
    mixed: Steps,
    /// The links into each node, made when first needed: (tail, structural).
    back: Option<Vec<Vec<(Spot, bool)>>>,
    /// Whether a path of at most so many hops gets to a node over a link that is not structural.
    known: FxHashMap<(Spot, usize), bool>,
}

impl<'a> Grades<'a> {
    pub fn new(world: &World<'_>, ground: &'a Ground, max_hops: usize) -> Self {
        let shades = ground.shades(world);
        let fresh = |place: usize| !shades[place].stale;
        let warm = |place: usize, first: bool| {
            fresh(place) && !shades[place].structural && (!first || shades[place].opens_warm)
        };
        let cold = |place: usize, _| fresh(place) && shades[place].structural;
        Self {
            fresh: steps::over(ground, max_hops, |place, _| fresh(place)),
            warm: steps::over(ground, max_hops, warm),
            cold: steps::over(ground, max_hops, cold),
            mixed: steps::mixed(ground, max_hops, &shades),
            ground,
            max_hops,
            shades,
            back: None,
            known: FxHashMap::default(),
        }
    }

    /// `None` where there is no fresh path.
    pub fn of(&mut self, world: &World<'_>, ends: &Ends, watch: &mut Watch<'_>) -> Result<Option<Warmth>, OutOfTime> {
        let mut exits: Vec<(Spot, usize)> = match ends {
            Ends::At(_) => ends.exits(self.max_hops).collect(),
            Ends::Serves(serves) => {
                let fresh = serves.iter().map(|serve| !world.costs.is_stale(world.snapshot, serve.relation));
                ends.exits(self.max_hops).zip(fresh).filter(|(_, fresh)| *fresh).map(|(exit, _)| exit).collect()
            }
        };
        exits.retain(|(spot, hops)| steps::within(&self.fresh, *spot, *hops));
        if exits.is_empty() {
            return Ok(None);
        }
        // A source that serves the group is such an exit: its path is one step of trust.
        if exits.iter().any(|(spot, hops)| steps::within(&self.warm, *spot, *hops)) {
            return Ok(Some(Warmth::Warm));
        }
        // Where structure alone does not lead, whatever does is more than that.
        if exits.iter().any(|(spot, hops)| !steps::within(&self.cold, *spot, *hops)) {
            return Ok(Some(Warmth::Networked));
        }
        for (spot, hops) in exits {
            if self.is_mixed(spot, hops, watch)? {
                return Ok(Some(Warmth::Networked));
            }
        }
        Ok(Some(Warmth::Cold))
    }

    /// Whether some path, not only some walk that comes by a node twice, gets to a node over a fresh link that is not
    /// structural.
    fn is_mixed(&mut self, spot: Spot, hops: usize, watch: &mut Watch<'_>) -> Result<bool, OutOfTime> {
        if !steps::within(&self.mixed, spot, hops) {
            return Ok(false);
        }
        if let Some(known) = self.known.get(&(spot, hops)) {
            return Ok(*known);
        }
        let back = self.back.get_or_insert_with(|| links_back(self.ground, &self.shades));
        let mut search =
            Backwards { ground: self.ground, back, fresh: &self.fresh, mixed: &self.mixed, path: vec![spot] };
        let found = search.leads_to_a_source(hops, false, watch)?;
        self.known.insert((spot, hops), found);
        Ok(found)
    }
}

fn links_back(ground: &Ground, shades: &[Shade]) -> Vec<Vec<(Spot, bool)>> {
    let mut back = vec![Vec::new(); ground.len()];
    for (tail, _) in (0..).zip(0..ground.len()) {
        for place in ground.out(tail).filter(|place| !shades[*place].stale) {
            back[ground.link(place).head as usize].push((tail, shades[place].structural));
        }
    }
    back
}

/// Goes back from a node towards the sources, and only where a walk of the right kind and length leads on.
struct Backwards<'a> {
    ground: &'a Ground,
    back: &'a [Vec<(Spot, bool)>],
    fresh: &'a [u8],
    mixed: &'a [u8],
    path: Vec<Spot>,
}

impl Backwards<'_> {
    fn leads_to_a_source(&mut self, hops: usize, met: bool, watch: &mut Watch<'_>) -> Result<bool, OutOfTime> {
        let (Some(last), Some(left)) = (self.path.last().copied(), hops.checked_sub(1)) else { return Ok(false) };
        for (tail, structural) in &self.back[last as usize] {
            watch.step()?;
            let met = met || !structural;
            if self.ground.is_source(*tail) {
                if met {
                    return Ok(true);
                }
                continue;
            }
            let rest = if met { self.fresh } else { self.mixed };
            if self.path.contains(tail) || !steps::within(rest, *tail, left) {
                continue;
            }
            self.path.push(*tail);
            if self.leads_to_a_source(left, met, watch)? {
                return Ok(true);
            }
            self.path.pop();
        }
        Ok(false)
    }
}

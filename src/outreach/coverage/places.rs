//! Who is at work where, found out once for each node and area.

use crate::outreach::rules::{Relaxed, Rule, World};
use crate::outreach::serving::{Places, Strictness, shares_area};
use crate::snapshot::NodeIx;
use rustc_hash::FxHashMap;

#[derive(Default)]
pub struct Whereabouts {
    places: FxHashMap<NodeIx, Places>,
    known: FxHashMap<(NodeIx, NodeIx, Strictness), bool>,
}

impl Whereabouts {
    fn shares(&mut self, world: &World<'_>, node: NodeIx, area: NodeIx, relaxed: Relaxed) -> bool {
        let strictness = Strictness {
            any_date: relaxed.has(Rule::Dates),
            inferred_roles: world.task.include_inferred || relaxed.has(Rule::Inferred),
        };
        *self.known.entry((node, area, strictness)).or_insert_with(|| {
            let places = self.places.entry(area).or_insert_with(|| Places::of(world.snapshot, &[area]));
            shares_area(world.snapshot, node, places, world.task.as_of, strictness)
        })
    }

    /// Whether a node serves a group in an area, as far as places go: in the group's own area, which is never relaxed,
    /// and in the one asked about.
    pub fn serves_there(
        &mut self,
        world: &World<'_>,
        node: NodeIx,
        own_area: Option<NodeIx>,
        asked: Option<NodeIx>,
        relaxed: Relaxed,
    ) -> bool {
        let asked = asked.filter(|_| !relaxed.has(Rule::Constraints));
        [own_area, asked].into_iter().flatten().all(|area| self.shares(world, node, area, relaxed))
    }
}

//! One pass over the ground, and what it says of every cell.

use super::asked::{Asked, StandsFor};
use super::brokers::Brokers;
use super::ends::{self, Ends};
use super::grade::Grades;
use super::ground::{Ground, Spot};
use super::places::Whereabouts;
use super::reasons::{Place, Reasons};
use super::spread::Spread;
use super::{BestPath, Cell, CoverageStatus, OutOfTime, Practices, Server, Watch};
use crate::model::{RelationKind, ServeMode};
use crate::outreach::rules::{Relaxed, World};
use crate::snapshot::{Direction, NodeIx};
use rustc_hash::{FxHashMap, FxHashSet};

pub struct Chart {
    ground: Ground,
    spread: Spread,
    max_hops: usize,
    whereabouts: Whereabouts,
    /// Row by row.
    pub slots: Vec<Slot>,
}

/// A cell, before it is known how well it is reached.
pub struct Slot {
    pub row: usize,
    pub column: usize,
    ends: Ends,
    already_there: usize,
}

impl Chart {
    pub fn draw(world: &World<'_>, asked: &Asked, watch: &mut Watch<'_>) -> Result<Self, OutOfTime> {
        let max_hops = world.task.terms.max_hops(Relaxed::NOTHING);
        let ground = Ground::build(world, Relaxed::NOTHING);
        watch.look()?;
        let spread = Spread::over(&ground, max_hops, &[]);
        let mut whereabouts = Whereabouts::default();
        let mut slots = Vec::with_capacity(asked.rows.len() * asked.columns.len());
        for (row, of) in asked.rows.iter().enumerate() {
            watch.look()?;
            for (column, area) in asked.columns.iter().enumerate() {
                let ends = Ends::of(world, &ground, &mut whereabouts, (of, column), *area, Relaxed::NOTHING);
                let already_there = ends::already_there(asked, &ground, row, column);
                slots.push(Slot { row, column, ends, already_there });
            }
        }
        Ok(Self { ground, spread, max_hops, whereabouts, slots })
    }

    /// The best path of a cell.
    pub fn best(&self, slot: &Slot) -> Option<BestPath> {
        let best = slot.ends.best(&self.spread, self.max_hops)?;
        Some(BestPath { cost: best.cost, nodes: best.nodes(&self.ground, &self.spread) })
    }

    /// The cost of the best path of each cell if some nodes were not there.
    pub fn without(&self, lost: &[NodeIx]) -> impl Fn(&Slot) -> Option<u64> + use<> {
        let lost: Vec<Spot> = lost.iter().map(|ix| self.ground.spot(*ix)).collect();
        let (spread, max_hops) = (Spread::over(&self.ground, self.max_hops, &lost), self.max_hops);
        move |slot| slot.ends.best(&spread, max_hops).map(|best| best.cost)
    }

    pub fn cells(mut self, world: &World<'_>, asked: &Asked, watch: &mut Watch<'_>) -> Result<Vec<Cell>, OutOfTime> {
        watch.look()?;
        let mut grades = Grades::new(world, &self.ground, self.max_hops);
        let brokers = Brokers::new(&self.ground, self.max_hops);
        let mut cells = Vec::with_capacity(self.slots.len());
        let mut blocked: Vec<(usize, Place)> = Vec::new();
        for slot in &self.slots {
            watch.look()?;
            let best = self.best(slot);
            let status = match (&best, grades.of(world, &slot.ends, watch)?) {
                (Some(_), Some(warmth)) => warmth.into(),
                (Some(_), None) => CoverageStatus::StaleOnly,
                (None, _) if slot.is_already_there() => CoverageStatus::AlreadyThere,
                (None, _) => {
                    blocked.push((cells.len(), (slot.row, slot.column)));
                    CoverageStatus::Disconnected
                }
            };
            let mut brokers: Vec<NodeIx> =
                brokers.of(&slot.ends).into_iter().map(|spot| self.ground.node(spot)).collect();
            let on_best = |node: &NodeIx| best.iter().flat_map(|best| &best.nodes).position(|on| on == node);
            brokers.sort_unstable_by_key(on_best);
            let allowed: FxHashSet<Spot> = match &slot.ends {
                Ends::Serves(serves) => serves.iter().map(|serve| serve.server).collect(),
                Ends::At(_) => FxHashSet::default(),
            };
            cells.push(Cell {
                group: asked.rows[slot.row].group,
                area: asked.columns[slot.column],
                status,
                best,
                servers: servers(world, asked, &self.ground, &self.spread, &mut self.whereabouts, slot, self.max_hops),
                single_server: allowed.len() == 1,
                brokers,
                practices: slot.practices(&self.spread, self.max_hops),
                then: None,
            });
        }
        let places: Vec<Place> = blocked.iter().map(|(_, place)| *place).collect();
        let reasons = Reasons { world, asked, ground: &self.ground, whereabouts: &mut self.whereabouts };
        for ((cell, _), reason) in blocked.iter().zip(reasons.of(&places, watch)?) {
            cells[*cell].status = reason;
        }
        Ok(cells)
    }
}

impl Slot {
    /// Whether every practice there is a source, and there is one.
    fn is_already_there(&self) -> bool {
        self.already_there > 0 && matches!(&self.ends, Ends::At(spots) if spots.is_empty())
    }

    fn practices(&self, spread: &Spread, max_hops: usize) -> Option<Practices> {
        match &self.ends {
            Ends::Serves(_) => None,
            Ends::At(spots) => {
                let reached = spots.iter().filter(|spot| spread.reached(**spot, max_hops).is_some()).count();
                Some(Practices { reached: reached + self.already_there, of: spots.len() + self.already_there })
            }
        }
    }
}

/// Who serves the group of a cell there, whether or not a path may pass them.
fn servers(
    world: &World<'_>,
    asked: &Asked,
    ground: &Ground,
    spread: &Spread,
    whereabouts: &mut Whereabouts,
    slot: &Slot,
    max_hops: usize,
) -> Vec<Server> {
    let StandsFor::People { served, own_area } = &asked.rows[slot.row].stands_for else { return Vec::new() };
    let relations = &world.snapshot.relations;
    let mut found: Vec<(NodeIx, Option<ServeMode>)> = served
        .iter()
        .flat_map(|group| relations.of_kind(*group, RelationKind::Serves, Direction::In))
        .filter(|(relation, node)| {
            world.walks(*relation, Relaxed::NOTHING)
                && whereabouts.serves_there(world, *node, *own_area, asked.columns[slot.column], Relaxed::NOTHING)
        })
        .map(|(relation, node)| (node, relations.mode(relation)))
        .collect();
    found.sort_unstable_by(|(a, one), (b, other)| world.snapshot.order(*a, *b).then_with(|| one.cmp(other)));
    found.dedup();
    // What a path to the group costs that ends with each one's introduction.
    let mut costs: FxHashMap<NodeIx, u32> = FxHashMap::default();
    if let Ends::Serves(serves) = &slot.ends {
        for serve in serves {
            if let Some(way) = spread.reached(serve.server, max_hops - 1) {
                let cost = way.cost + serve.cost;
                costs.entry(ground.node(serve.server)).and_modify(|least| *least = cost.min(*least)).or_insert(cost);
            }
        }
    }
    let mut servers: Vec<(Option<u32>, Server)> = Vec::new();
    for (node, mode) in found {
        if let Some((_, known)) = servers.last_mut().filter(|(_, known)| known.node == node) {
            known.modes.extend(mode);
            continue;
        }
        let cost = costs.get(&node).copied();
        servers.push((cost, Server { node, modes: mode.into_iter().collect(), reached: cost.is_some() }));
    }
    servers.sort_by_key(|(cost, _)| cost.unwrap_or(u32::MAX));
    servers.into_iter().map(|(_, server)| server).collect()
}

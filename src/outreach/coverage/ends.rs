//! Where the paths of a cell may end, and the best of those that do.

use super::asked::{Asked, Column, Row, StandsFor};
use super::ground::{Ground, Serve, Spot};
use super::places::Whereabouts;
use super::spread::{Reached, Spread};
use crate::outreach::rules::{Relaxed, World};
use crate::snapshot::NodeIx;
use std::cmp::Ordering;

pub enum Ends {
    /// Over the last steps of those who serve the group there.
    Serves(Vec<Serve>),
    /// At practices, without those that are sources.
    At(Vec<Spot>),
}

/// The best path of a cell.
#[derive(Debug, Clone, Copy)]
pub struct Best {
    pub cost: u64,
    way: Reached,
    group: Option<Spot>,
}

impl Ends {
    /// Those of the cell in a row and a column, under some relaxed rules.
    pub fn of(
        world: &World<'_>,
        ground: &Ground,
        whereabouts: &mut Whereabouts,
        (row, column): (&Row, usize),
        asked: Column,
        relaxed: Relaxed,
    ) -> Self {
        match &row.stands_for {
            StandsFor::People { served, own_area } => {
                let serves = served.iter().flat_map(|group| ground.serving(*group)).copied();
                let there = |serve: &Serve| {
                    whereabouts.serves_there(world, ground.node(serve.server), *own_area, asked, relaxed)
                };
                Self::Serves(serves.filter(there).collect())
            }
            StandsFor::Practices(practices) => {
                let spots = practices[column].iter().map(|ix| ground.spot(*ix));
                Self::At(spots.filter(|spot| !ground.is_source(*spot)).collect())
            }
        }
    }

    /// How many hops a path may have before its last step over SERVES, if it ends so.
    fn hops_before(&self, max_hops: usize) -> usize {
        match self {
            Self::Serves(_) => max_hops - 1,
            Self::At(_) => max_hops,
        }
    }

    /// The nodes at which a path of this cell may leave the common ground, and within how many hops.
    pub fn exits(&self, max_hops: usize) -> impl Iterator<Item = (Spot, usize)> + '_ {
        let hops = self.hops_before(max_hops);
        let (serves, at): (&[Serve], &[Spot]) = match self {
            Self::Serves(serves) => (serves, &[]),
            Self::At(spots) => (&[], spots),
        };
        serves.iter().map(|serve| serve.server).chain(at.iter().copied()).map(move |spot| (spot, hops))
    }

    /// The path that comes first in the order of an answer.
    pub fn best(&self, spread: &Spread, max_hops: usize) -> Option<Best> {
        let hops = self.hops_before(max_hops);
        let candidates: Box<dyn Iterator<Item = Best>> = match self {
            Self::Serves(serves) => Box::new(serves.iter().filter_map(move |serve| {
                let way = spread.reached(serve.server, hops)?;
                let cost = u64::from(way.cost) + u64::from(serve.cost);
                Some(Best { cost, way, group: Some(serve.group) })
            })),
            Self::At(spots) => Box::new(spots.iter().filter_map(move |spot| {
                let way = spread.reached(*spot, hops)?;
                Some(Best { cost: way.cost.into(), way, group: None })
            })),
        };
        candidates.min_by(|a, b| a.order(*b, spread))
    }
}

impl Best {
    fn order(self, other: Self, spread: &Spread) -> Ordering {
        (self.cost, self.way.hops)
            .cmp(&(other.cost, other.way.hops))
            .then_with(|| spread.order(self.way, other.way))
            .then_with(|| self.group.cmp(&other.group))
    }

    /// Everybody on the path, the source first.
    pub fn nodes(self, ground: &Ground, spread: &Spread) -> Vec<NodeIx> {
        spread.nodes(self.way).into_iter().chain(self.group).map(|spot| ground.node(spot)).collect()
    }
}

/// The practices of a cell that are sources themselves.
pub fn already_there(asked: &Asked, ground: &Ground, row: usize, column: usize) -> usize {
    match &asked.rows[row].stands_for {
        StandsFor::People { .. } => 0,
        StandsFor::Practices(practices) => {
            practices[column].iter().filter(|ix| ground.is_source(ground.spot(**ix))).count()
        }
    }
}

//! What the search is made of while it runs: partial paths, and the ways on from them. Nothing here decides anything.

use super::super::arcs::Stop;
use super::super::question::MAX_HOPS;
use std::cmp::Ordering;

pub const MAX_NODES: usize = MAX_HOPS + 1;

/// The nodes of a partial path, in place.
#[derive(Clone, Copy)]
pub struct Nodes {
    stops: [Stop; MAX_NODES],
    len: u8,
}

impl Nodes {
    pub const EMPTY: Self = Self { stops: [Stop::UNUSED; MAX_NODES], len: 0 };

    pub fn as_slice(&self) -> &[Stop] {
        &self.stops[..usize::from(self.len)]
    }

    pub fn len(&self) -> u8 {
        self.len
    }

    /// Of a path that has begun; 0 for one that has not.
    pub fn hops(&self) -> u8 {
        self.len.saturating_sub(1)
    }

    pub fn is_full(&self) -> bool {
        usize::from(self.len) == MAX_NODES
    }

    pub fn with(mut self, stop: Stop) -> Self {
        self.stops[usize::from(self.len)] = stop;
        self.len += 1;
        self
    }

    pub fn without_last(mut self) -> Self {
        self.len -= 1;
        self
    }
}

/// A way on from a node: to end there, or to step to another.
#[derive(Clone, Copy)]
pub struct Way {
    /// Cost and hops from the node to a target by this way, at the least.
    pub bound: u64,
    pub hops: u8,
    /// `None`: end here.
    pub step: Option<(Stop, u32)>,
}

/// A partial path and the way on from its last node that is to be looked at next.
pub struct Candidate {
    pub bound: u64,
    pub hops: u8,
    /// The nodes, the way's own included.
    pub nodes: Nodes,
    pub ends: bool,
    /// Cost so far, the way's own included.
    pub cost: u64,
    /// Its place among its parent's ways.
    pub place: u32,
    /// Cost of the parent.
    pub parent_cost: u64,
}

impl Candidate {
    /// The place of one whose siblings are candidates already.
    pub const ALONE: u32 = u32::MAX;

    pub fn parent(&self) -> Nodes {
        if self.ends { self.nodes } else { self.nodes.without_last() }
    }

    fn key(&self) -> (u64, u8, &[Stop], bool) {
        (self.bound, self.hops, self.nodes.as_slice(), !self.ends)
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    /// The heap gives the greatest first, and the best is the smallest.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key().cmp(&self.key())
    }
}

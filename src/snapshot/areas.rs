//! Areas within areas: a directed graph without cycles, since a small area may lie in a local authority and in an ICB.

use super::NodeIx;
use super::links::{Links, Moves, Now};
use crate::model::{Node, NodeId};
use rustc_hash::FxHashSet;

pub type AreaSet = FxHashSet<NodeIx>;

#[derive(Debug, Clone)]
pub struct Areas(Links);

impl Default for Areas {
    fn default() -> Self {
        Self(Links::none(parents))
    }
}

fn parents(node: &Node) -> &[NodeId] {
    node.area().map_or(&[], |area| &area.parents)
}

impl Areas {
    pub(super) fn build<'a>(
        count: u32,
        nodes: impl Iterator<Item = (NodeIx, &'a Node)>,
        find: impl Fn(&NodeId) -> Option<NodeIx>,
    ) -> Self {
        Self(Links::build(parents, count, nodes, find))
    }

    pub(super) fn take_in(&mut self, moves: &Moves<'_>, now: &Now<'_>) {
        self.0.take_in(moves, now);
    }

    pub fn parents(&self, area: NodeIx) -> &[NodeIx] {
        self.0.named(area)
    }

    /// In no order.
    pub fn children(&self, area: NodeIx) -> &[NodeIx] {
        self.0.namers(area)
    }

    /// The given areas and all within them.
    pub fn within(&self, areas: impl IntoIterator<Item = NodeIx>) -> AreaSet {
        closure(areas, |area| [self.children(area)])
    }

    /// The given areas and all that contain one of them.
    pub fn containing(&self, areas: impl IntoIterator<Item = NodeIx>) -> AreaSet {
        closure(areas, |area| [self.parents(area)])
    }
}

/// All that can be reached over `next`, the start included.
pub(super) fn closure<'a, const N: usize>(
    start: impl IntoIterator<Item = NodeIx>,
    next: impl Fn(NodeIx) -> [&'a [NodeIx]; N],
) -> AreaSet {
    let mut seen = AreaSet::default();
    let mut open: Vec<NodeIx> = start.into_iter().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(next(node).into_iter().flatten());
        }
    }
    seen
}

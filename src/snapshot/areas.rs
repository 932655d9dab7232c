//! Areas within areas: a directed graph without cycles, since a small area may lie in a local authority and in an ICB.

use super::NodeIx;
use super::csr::Csr;
use crate::model::{Node, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};

pub type AreaSet = FxHashSet<NodeIx>;

#[derive(Debug)]
pub struct Areas {
    parents: Csr,
    children: Csr,
}

impl Areas {
    pub fn build(nodes: &[Node], by_id: &FxHashMap<NodeId, NodeIx>) -> Self {
        let pairs: Vec<(NodeIx, NodeIx)> = (0..)
            .zip(nodes)
            .filter_map(|(ix, node)| Some((ix, node.area()?)))
            .flat_map(|(ix, area)| area.parents.iter().filter_map(move |parent| Some((ix, *by_id.get(parent)?))))
            .collect();
        Self {
            parents: Csr::build(nodes.len(), pairs.iter().copied()),
            children: Csr::build(nodes.len(), pairs.iter().map(|(child, parent)| (*parent, *child))),
        }
    }

    pub fn parents(&self, area: NodeIx) -> &[NodeIx] {
        self.parents.row(area)
    }

    pub fn children(&self, area: NodeIx) -> &[NodeIx] {
        self.children.row(area)
    }

    /// The given areas and all within them.
    pub fn within(&self, areas: impl IntoIterator<Item = NodeIx>) -> AreaSet {
        closure(areas, |area| self.children(area))
    }

    /// The given areas and all that contain one of them.
    pub fn containing(&self, areas: impl IntoIterator<Item = NodeIx>) -> AreaSet {
        closure(areas, |area| self.parents(area))
    }
}

/// All that can be reached over `next`, the start included.
pub(super) fn closure<'a>(start: impl IntoIterator<Item = NodeIx>, next: impl Fn(NodeIx) -> &'a [NodeIx]) -> AreaSet {
    let mut seen = AreaSet::default();
    let mut open: Vec<NodeIx> = start.into_iter().collect();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend_from_slice(next(node));
        }
    }
    seen
}

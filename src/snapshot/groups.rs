//! Under-served groups: children, and names for the same people in other frameworks (`sameAs`, either direction).

use super::NodeIx;
use super::areas::closure;
use super::csr::Csr;
use crate::model::{Node, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Debug)]
pub struct Groups {
    parents: Csr,
    children: Csr,
    same_as: Csr,
    /// `same_as` and `children` in one: what serving a group may mean.
    narrower: Csr,
}

impl Groups {
    pub fn build(nodes: &[Node], by_id: &FxHashMap<NodeId, NodeIx>) -> Self {
        let (mut parents, mut same_as) = (Vec::new(), Vec::new());
        for (ix, group) in (0..).zip(nodes).filter_map(|(ix, node)| Some((ix, node.group()?))) {
            parents.extend(group.parents.iter().filter_map(|parent| Some((ix, *by_id.get(parent)?))));
            for same in group.same_as.iter().filter_map(|same| by_id.get(same)) {
                same_as.extend([(ix, *same), (*same, ix)]);
            }
        }
        same_as.sort_unstable();
        same_as.dedup();
        let children: Vec<(NodeIx, NodeIx)> = parents.iter().map(|(child, parent)| (*parent, *child)).collect();
        Self {
            narrower: Csr::build(nodes.len(), same_as.iter().chain(&children).copied()),
            parents: Csr::build(nodes.len(), parents.iter().copied()),
            children: Csr::build(nodes.len(), children.iter().copied()),
            same_as: Csr::build(nodes.len(), same_as.iter().copied()),
        }
    }

    pub fn parents(&self, group: NodeIx) -> &[NodeIx] {
        self.parents.row(group)
    }

    pub fn children(&self, group: NodeIx) -> &[NodeIx] {
        self.children.row(group)
    }

    /// The other names of the group, transitively, in the order of their ids.
    pub fn same_as(&self, group: NodeIx) -> Vec<NodeIx> {
        let mut same: Vec<NodeIx> = closure([group], |group| self.same_as.row(group)).into_iter().collect();
        same.retain(|other| *other != group);
        same.sort_unstable();
        same
    }

    /// The group, its other names and its children, transitively: whoever serves one of these serves the group.
    pub fn closure(&self, group: NodeIx) -> FxHashSet<NodeIx> {
        closure([group], |group| self.narrower.row(group))
    }
}

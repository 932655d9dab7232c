//! Under-served groups: children, and names for the same people in other frameworks (`sameAs`, either direction).

use super::areas::closure;
use super::links::{Links, Moves, Now};
use super::{NodeIx, Snapshot};
use crate::model::{Node, NodeId};
use rustc_hash::FxHashSet;

#[derive(Debug, Clone)]
pub struct Groups {
    parents: Links,
    same: Links,
}

impl Default for Groups {
    fn default() -> Self {
        Self { parents: Links::none(parents), same: Links::none(same) }
    }
}

fn parents(node: &Node) -> &[NodeId] {
    node.group().map_or(&[], |group| &group.parents)
}

fn same(node: &Node) -> &[NodeId] {
    node.group().map_or(&[], |group| &group.same_as)
}

impl Groups {
    pub(super) fn build<'a>(
        count: u32,
        nodes: impl Iterator<Item = (NodeIx, &'a Node)> + Clone,
        find: impl Fn(&NodeId) -> Option<NodeIx>,
    ) -> Self {
        Self {
            parents: Links::build(parents, count, nodes.clone(), &find),
            same: Links::build(same, count, nodes, find),
        }
    }

    pub(super) fn take_in(&mut self, moves: &Moves<'_>, now: &Now<'_>) {
        self.parents.take_in(moves, now);
        self.same.take_in(moves, now);
    }

    pub fn parents(&self, group: NodeIx) -> &[NodeIx] {
        self.parents.named(group)
    }

    /// In no order.
    pub fn children(&self, group: NodeIx) -> &[NodeIx] {
        self.parents.namers(group)
    }

    /// The group, its other names and its children, transitively: whoever serves one of these serves the group.
    pub fn closure(&self, group: NodeIx) -> FxHashSet<NodeIx> {
        closure([group], |group| [self.same.named(group), self.same.namers(group), self.children(group)])
    }
}

impl Snapshot {
    /// The other names of a group, transitively, in the order of their ids.
    pub fn same_as(&self, group: NodeIx) -> Vec<NodeIx> {
        let links = &self.groups.same;
        let mut same: Vec<NodeIx> =
            closure([group], |group| [links.named(group), links.namers(group)]).into_iter().collect();
        same.retain(|other| *other != group);
        self.sort(&mut same);
        same
    }
}

//! Who names whom among nodes that name each other by id: an area its parents, a group its other names. A name that
//! nothing answers to yet waits until something does.

use super::NodeIx;
use super::layered::Layered;
use super::rows::{Edits, Rows};
use crate::model::{Node, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};

/// The ids that a node names.
pub type Names = fn(&Node) -> &[NodeId];

#[derive(Debug, Clone)]
pub struct Links {
    names: Names,
    named: Rows,
    namers: Rows,
    /// Who names an id that nothing has.
    waiting: Layered<NodeId, Vec<NodeIx>>,
}

/// What happened to the nodes, as far as links are concerned.
pub struct Moves<'a> {
    /// Nodes that are new, changed or gone, with what they were before.
    pub touched: &'a FxHashMap<NodeIx, Option<&'a Node>>,
    /// New ids.
    pub appeared: &'a [&'a NodeId],
    pub vanished: &'a [NodeIx],
}

/// The nodes as they are afterwards.
pub struct Now<'a> {
    /// `None` for one that is gone.
    pub node: &'a dyn Fn(NodeIx) -> Option<&'a Node>,
    pub find: &'a dyn Fn(&NodeId) -> Option<NodeIx>,
}

impl Links {
    pub fn none(names: Names) -> Self {
        Self { names, named: Rows::default(), namers: Rows::default(), waiting: Layered::default() }
    }

    pub fn build<'a>(
        names: Names,
        count: u32,
        nodes: impl Iterator<Item = (NodeIx, &'a Node)>,
        find: impl Fn(&NodeId) -> Option<NodeIx>,
    ) -> Self {
        let mut pairs: Vec<(NodeIx, NodeIx)> = Vec::new();
        let mut waiting: FxHashMap<NodeId, Vec<NodeIx>> = FxHashMap::default();
        for (ix, node) in nodes {
            for id in names(node) {
                match find(id) {
                    Some(named) => pairs.push((ix, named)),
                    None => waiting.entry(id.clone()).or_default().push(ix),
                }
            }
        }
        Self {
            names,
            named: Rows::build(count, pairs.iter().copied()),
            namers: Rows::build(count, pairs.iter().map(|(ix, named)| (*named, *ix))),
            waiting: waiting.into_iter().collect(),
        }
    }

    /// Those whom a node names, in its own order.
    pub fn named(&self, ix: NodeIx) -> &[NodeIx] {
        self.named.row(ix)
    }

    /// Those who name a node, in no order.
    pub fn namers(&self, ix: NodeIx) -> &[NodeIx] {
        self.namers.row(ix)
    }

    pub fn take_in(&mut self, moves: &Moves<'_>, now: &Now<'_>) {
        let in_node = self.names;
        let names = |node: Option<&Node>| node.map_or_else(Vec::new, |node| in_node(node).to_vec());
        let mut again: FxHashSet<NodeIx> = FxHashSet::default();
        for (ix, before) in moves.touched {
            let (before, after) = (names(*before), names((now.node)(*ix)));
            if before != after {
                for id in before {
                    self.stop_waiting(&id, *ix);
                }
                again.insert(*ix);
            }
        }
        again.extend(moves.appeared.iter().filter_map(|id| self.waiting.get(*id)).flatten());
        again.extend(moves.vanished.iter().flat_map(|ix| self.namers(*ix)));
        let (mut named, mut namers) = (Edits::new(), Edits::new());
        for ix in again {
            for old in self.named.row(ix) {
                self.namers.editing(&mut namers, *old).retain(|other| *other != ix);
            }
            let list = self.named.editing(&mut named, ix);
            list.clear();
            for id in names((now.node)(ix)) {
                self.stop_waiting(&id, ix);
                if let Some(other) = (now.find)(&id) {
                    list.push(other);
                    self.namers.editing(&mut namers, other).push(ix);
                } else {
                    let mut waiting = self.waiting.get(&id).cloned().unwrap_or_default();
                    waiting.push(ix);
                    self.waiting.insert(id, waiting);
                }
            }
        }
        self.named.replace(named);
        self.namers.replace(namers);
    }

    fn stop_waiting(&mut self, id: &NodeId, ix: NodeIx) {
        let Some(waiting) = self.waiting.get(id) else { return };
        let others: Vec<NodeIx> = waiting.iter().copied().filter(|other| *other != ix).collect();
        if others.is_empty() {
            self.waiting.remove(id);
        } else {
            self.waiting.insert(id.clone(), others);
        }
    }
}

//! A snapshot in one piece: read from a store, or written together anew from one that has grown. Places then compare as
//! ids do, and nothing of what is gone is left.

use super::areas::Areas;
use super::groups::Groups;
use super::names::NameIndex;
use super::{Layered, NodeIx, Relations, Sequence, Snapshot, Traits};
use crate::model::{Node, RefSpace, Revision, Source};
use crate::store::{Graph, StoredNode};
use std::sync::{Arc, OnceLock};

impl Snapshot {
    pub fn build(graph: Graph) -> Self {
        let Graph { revision, mut nodes, relations, mut sources } = graph;
        nodes.sort_unstable_by(|a, b| a.node.id.cmp(&b.node.id));
        sources.sort_unstable();
        let nodes = nodes.into_iter().map(Arc::new).collect();
        Self::assemble(revision, nodes, sources.into(), |snapshot| {
            Relations::build(relations, |id| snapshot.by_id(id), snapshot.slots())
        })
    }

    /// The same graph in one piece. Takes as long as building it, and shares the nodes themselves with what it is folded
    /// from.
    #[must_use]
    pub fn fold(&self) -> Self {
        let mut renumbered = vec![NodeIx::MAX; self.slots() as usize];
        let mut nodes = Vec::with_capacity(self.len());
        for (new, old) in (0..).zip(self.all()) {
            renumbered[old as usize] = new;
            nodes.push(Arc::clone(self.nodes.get(old)));
        }
        Self::assemble(self.revision, nodes, Arc::clone(&self.sources), |snapshot| {
            self.relations.fold(&renumbered, snapshot.slots())
        })
    }

    /// How many things have changed since the snapshot was in one piece.
    pub fn grown(&self) -> usize {
        self.grown
    }

    /// Nodes that come in the order of their ids, and relations between them.
    fn assemble(
        revision: Revision,
        nodes: Vec<Arc<StoredNode>>,
        sources: Arc<[Source]>,
        relations: impl FnOnce(&Self) -> Relations,
    ) -> Self {
        let each = || (0..).zip(&nodes).map(|(ix, stored): (NodeIx, &Arc<StoredNode>)| (ix, &stored.node));
        let by_id: Layered<_, _> = each().map(|(ix, node)| (node.id.clone(), ix)).collect();
        let by_ref = each().flat_map(|(ix, node)| references(node).map(move |reference| (reference, ix)));
        let count = NodeIx::try_from(nodes.len()).unwrap_or(NodeIx::MAX);
        let find = |id: &_| by_id.get(id).copied();
        let mut snapshot = Self {
            revision,
            traits: each().map(|(_, node)| Traits::of(node)).collect(),
            sequence: Sequence::folded(count),
            by_ref: by_ref.collect(),
            relations: Relations::default(),
            areas: Areas::build(count, each(), find),
            groups: Groups::build(count, each(), find),
            names: NameIndex::build(each().map(|(_, node)| node)),
            sources,
            first_fact: OnceLock::new(),
            grown: 0,
            by_id,
            nodes: nodes.into_iter().collect(),
        };
        snapshot.relations = relations(&snapshot);
        snapshot.first_fact();
        snapshot
    }
}

/// By what a node is found besides its id.
pub(super) fn references(node: &Node) -> impl Iterator<Item = (RefSpace, crate::model::Ref)> + '_ {
    let space = RefSpace::of(node.node_type());
    node.refs.iter().map(move |reference| (space, reference.clone()))
}

//! The graph as it stands before an import, found by id and by ref. The caller fills it from a store; the resolver
//! only reads it.

use crate::model::{Change, NodeId, NodeRecord, Ref, RefSpace, RelationId, RelationRecord, Source};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Known {
    nodes: Vec<NodeRecord>,
    by_id: FxHashMap<NodeId, usize>,
    by_ref: RefIndex<usize>,
    relations: FxHashMap<RelationId, RelationRecord>,
    sources: BTreeMap<String, Source>,
}

/// Two tables, one for areas: a code such as `S08:…` names a body as well as its area.
#[derive(Debug, Clone)]
pub(super) struct RefIndex<T> {
    areas: FxHashMap<Ref, T>,
    others: FxHashMap<Ref, T>,
}

impl<T> Default for RefIndex<T> {
    fn default() -> Self {
        Self { areas: FxHashMap::default(), others: FxHashMap::default() }
    }
}

impl<T: Copy> RefIndex<T> {
    pub fn get(&self, space: RefSpace, reference: &Ref) -> Option<T> {
        match space {
            RefSpace::Area => self.areas.get(reference).copied(),
            RefSpace::Other => self.others.get(reference).copied(),
        }
    }

    pub fn insert(&mut self, space: RefSpace, reference: Ref, value: T) {
        match space {
            RefSpace::Area => self.areas.insert(reference, value),
            RefSpace::Other => self.others.insert(reference, value),
        };
    }
}

impl Known {
    pub fn new(
        nodes: impl IntoIterator<Item = NodeRecord>,
        relations: impl IntoIterator<Item = RelationRecord>,
        sources: impl IntoIterator<Item = Source>,
    ) -> Self {
        let mut known = Self::default();
        nodes.into_iter().for_each(|node| known.put_node(node));
        relations.into_iter().for_each(|relation| known.put_relation(relation));
        known.sources.extend(sources.into_iter().map(|source| (source.name.clone(), source)));
        known
    }

    /// Makes it the graph that it will be once these changes are committed.
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change.clone() {
                Change::PutNode(node) => self.put_node(node),
                Change::PutRelation(relation) => self.put_relation(relation),
                Change::PutSource(source) => {
                    self.sources.insert(source.name.clone(), source);
                }
                Change::RemoveRelation(_) | Change::RemoveNode(_) | Change::Erase(_) => {
                    unreachable!("an import takes nothing away")
                }
            }
        }
    }

    fn put_node(&mut self, record: NodeRecord) {
        let place = *self.by_id.entry(record.node.id.clone()).or_insert(self.nodes.len());
        let space = RefSpace::of(record.node.node_type());
        for reference in &record.node.refs {
            // A ref that a merged node shares with the one it went into stands for the latter.
            if record.node.merged_into.is_none() || self.by_ref.get(space, reference).is_none() {
                self.by_ref.insert(space, reference.clone(), place);
            }
        }
        if place == self.nodes.len() {
            self.nodes.push(record);
        } else {
            self.nodes[place] = record;
        }
    }

    fn put_relation(&mut self, mut record: RelationRecord) {
        record.evidence.sort();
        self.relations.insert(record.relation.id.clone(), record);
    }

    /// Where the node stands that a ref names, or the one it was merged into.
    pub(super) fn find(&self, space: RefSpace, reference: &Ref) -> Option<usize> {
        let mut place = self.by_ref.get(space, reference)?;
        // A chain of merges cannot be longer than there are nodes; a ring of them would be.
        for _ in 0..self.nodes.len() {
            let Some(into) = &self.nodes[place].node.merged_into else { return Some(place) };
            place = *self.by_id.get(into)?;
        }
        None
    }

    pub(super) fn node(&self, place: usize) -> &NodeRecord {
        &self.nodes[place]
    }

    pub(super) fn by_id(&self, id: &NodeId) -> Option<&NodeRecord> {
        self.by_id.get(id).map(|place| &self.nodes[*place])
    }

    pub(super) fn relation(&self, id: &RelationId) -> Option<&RelationRecord> {
        self.relations.get(id)
    }

    pub(super) fn source(&self, name: &str) -> Option<&Source> {
        self.sources.get(name)
    }

    pub fn nodes(&self) -> impl Iterator<Item = &NodeRecord> {
        self.nodes.iter()
    }

    /// In no particular order.
    pub fn relations(&self) -> impl Iterator<Item = &RelationRecord> {
        self.relations.values()
    }

    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }
}

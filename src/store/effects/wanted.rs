//! What a set of changes asks for, put in order: the things to be written, removed and erased, and what of the store it
//! takes to judge that. Made by both adapters' commits; judged in `effects`.

use crate::model::{Change, NodeId, NodeRecord, Ref, RefSpace, RelationId, RelationRecord, Source};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// What a set wants to be so, apart from the order in which it says it: of several statements about one thing the
/// last counts, and a relation may come before its ends.
pub struct Wanted {
    pub(super) sources: Latest<String, Source>,
    pub(super) nodes: Latest<NodeId, NodeRecord>,
    pub(super) relations: Latest<RelationId, RelationRecord>,
    pub(super) removed_nodes: Vec<NodeId>,
    pub(super) removed_relations: Vec<RelationId>,
    pub(super) erased: Vec<NodeId>,
}

impl Wanted {
    pub fn of(changes: Vec<Change>) -> Self {
        let mut wanted = Self {
            sources: Latest::default(),
            nodes: Latest::default(),
            relations: Latest::default(),
            removed_nodes: Vec::new(),
            removed_relations: Vec::new(),
            erased: Vec::new(),
        };
        for change in changes {
            match change {
                Change::PutSource(source) => wanted.sources.put(source.name.clone(), source),
                Change::PutNode(mut record) => {
                    let mut seen = FxHashSet::default();
                    record.node.refs.retain(|reference| seen.insert(reference.clone()));
                    wanted.nodes.put(record.node.id.clone(), record);
                }
                Change::PutRelation(mut record) => {
                    let evidence = std::mem::take(&mut record.evidence);
                    record.add_evidence(evidence);
                    wanted.relations.put(record.relation.id.clone(), record);
                }
                Change::RemoveNode(id) => wanted.removed_nodes.push(id),
                Change::RemoveRelation(id) => wanted.removed_relations.push(id),
                Change::Erase(id) => wanted.erased.push(id),
            }
        }
        for list in [&mut wanted.removed_nodes, &mut wanted.erased] {
            list.sort_unstable();
            list.dedup();
        }
        wanted.removed_relations.sort_unstable();
        wanted.removed_relations.dedup();
        wanted
    }

    /// Sources whose present state is needed.
    pub fn source_names(&self) -> impl Iterator<Item = &str> {
        self.sources.things.iter().map(|source| source.name.as_str())
    }

    /// Nodes whose present state is needed.
    pub fn node_ids(&self) -> impl Iterator<Item = &NodeId> {
        self.nodes.things.iter().map(|record| &record.node.id).chain(&self.removed_nodes).chain(&self.erased)
    }

    /// Relations whose present state is needed.
    pub fn relation_ids(&self) -> impl Iterator<Item = &RelationId> {
        self.relations.things.iter().map(|record| &record.relation.id).chain(&self.removed_relations)
    }

    /// Nodes that go, so that all their relations are needed.
    pub fn uprooted(&self) -> impl Iterator<Item = &NodeId> {
        self.removed_nodes.iter().chain(&self.erased)
    }

    pub(super) fn uproots(&self, id: &NodeId) -> bool {
        self.removed_nodes.binary_search(id).is_ok() || self.erased.binary_search(id).is_ok()
    }

    /// Refs whose present holders are needed.
    pub fn refs(&self) -> impl Iterator<Item = (RefSpace, &Ref)> {
        self.nodes.things.iter().flat_map(|record| {
            let space = RefSpace::of(record.node.node_type());
            record.node.refs.iter().map(move |reference| (space, reference))
        })
    }

    /// Nodes of which it is needed whether they are there, and of what type: ends of relations and what nodes are merged into.
    pub fn named(&self) -> impl Iterator<Item = &NodeId> {
        let ends = self.relations.things.iter().flat_map(|record| [&record.relation.from, &record.relation.to]);
        ends.chain(self.nodes.things.iter().filter_map(|record| record.node.merged_into.as_ref()))
    }
}

/// Things in the order first named, each as last stated.
pub(super) struct Latest<K, T> {
    places: FxHashMap<K, usize>,
    pub(super) things: Vec<T>,
}

impl<K: Hash + Eq, T> Latest<K, T> {
    pub(super) fn get(&self, key: &K) -> Option<&T> {
        self.places.get(key).and_then(|place| self.things.get(*place))
    }

    fn put(&mut self, key: K, thing: T) {
        let place = *self.places.entry(key).or_insert(self.things.len());
        match self.things.get_mut(place) {
            Some(earlier) => *earlier = thing,
            None => self.things.push(thing),
        }
    }
}

impl<K, T> Default for Latest<K, T> {
    fn default() -> Self {
        Self { places: FxHashMap::default(), things: Vec::new() }
    }
}

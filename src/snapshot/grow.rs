//! A newer snapshot from an older one and what changed since: a copy that shares nearly all memory, so that a write
//! shows at once however large the graph is. New things are put behind the others; what goes leaves a hole.

use super::fold::references;
use super::links::{Moves, Now};
use super::relations::Put;
use super::{Day, NodeIx, RelIx, Snapshot, Traits};
use crate::model::{Body, InitiativeFacts, Node, NodeId, Source, Validity};
use crate::store::{Delta, StoredNode};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

/// Which places stand for something else than before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Nodes that came, went, or are live at other times.
    pub nodes: Vec<NodeIx>,
    pub relations: Vec<RelIx>,
}

impl Changed {
    /// What changed first here and then there.
    #[must_use]
    pub fn then(mut self, later: &Self) -> Self {
        let join = |mine: &mut Vec<u32>, theirs: &[u32]| {
            mine.extend_from_slice(theirs);
            mine.sort_unstable();
            mine.dedup();
        };
        join(&mut self.nodes, &later.nodes);
        join(&mut self.relations, &later.relations);
        self
    }
}

/// What became of the nodes that a delta speaks of.
#[derive(Default)]
struct Turnover {
    /// Each node that came, changed or went, with what it was before.
    before: FxHashMap<NodeIx, Option<Arc<StoredNode>>>,
    came: Vec<NodeIx>,
    went: Vec<NodeIx>,
}

impl Snapshot {
    /// The graph once a delta has happened to it. Nothing here changes.
    #[must_use]
    pub fn after(&self, delta: &Delta) -> (Self, Changed) {
        let mut next = self.clone();
        let changed = next.take_in(delta);
        (next, changed)
    }

    /// Lets a delta happen to this graph. What clones share of it stays as it is.
    pub fn take_in(&mut self, delta: &Delta) -> Changed {
        self.revision = self.revision.max(delta.revision);
        let gone = self.relations_to_go(delta);
        let mut starts = Starts::default();
        let turnover = self.turn_over(delta);
        for (ix, before) in &turnover.before {
            starts.of_old.extend(before.as_ref().map(|before| Day::span(before.node.validity).0));
            starts.of_new.push(self.traits.get(*ix).live.0);
        }
        self.find_by_ref(&turnover);
        self.link(&turnover);
        self.find_by_name(&turnover);
        let put: Vec<Put<'_>> = latest(&delta.relations, |relation| &relation.id)
            .into_iter()
            .filter_map(|relation| {
                let (from, to) = (self.by_id(relation.from.as_str())?, self.by_id(relation.to.as_str())?);
                Some(Put { relation, from, to })
            })
            .collect();
        let (relations, started) = self.relations.take_in(&gone, &put);
        starts.of_old.extend(started);
        starts.of_new.extend(relations.iter().map(|ix| self.relations.start(*ix)));
        self.date(&starts);
        self.cite(&delta.sources);
        self.grown += turnover.before.len() + relations.len();
        let redated = |(ix, before): (&NodeIx, &Option<Arc<StoredNode>>)| {
            let was = before.as_ref().map(|before| Traits::of(&before.node).live);
            (was != Some(self.traits.get(*ix).live)).then_some(*ix)
        };
        Changed { nodes: turnover.before.iter().filter_map(redated).collect(), relations }
    }

    /// Relations that a delta takes out, and those at nodes that it takes out.
    fn relations_to_go(&self, delta: &Delta) -> Vec<RelIx> {
        let named = delta.gone_relations.iter().filter_map(|id| self.relations.by_id(id.as_str()));
        let nodes = delta.gone_nodes.iter().filter_map(|id| self.by_id(id.as_str()));
        named.chain(nodes.flat_map(|ix| self.relations.around(ix))).collect()
    }

    /// Takes nodes out, writes over some and puts others in; all but what finds them by anything but their id.
    fn turn_over(&mut self, delta: &Delta) -> Turnover {
        let mut turnover = Turnover::default();
        for id in &delta.gone_nodes {
            let Some(ix) = self.by_id(id.as_str()) else { continue };
            turnover.before.insert(ix, Some(Arc::clone(self.nodes.get(ix))));
            turnover.went.push(ix);
            self.by_id.remove(id);
            self.nodes.set(ix, Arc::new(remains(id)));
            self.traits.set(ix, Traits::GONE);
            self.sequence.leave();
        }
        let (mut nodes, mut traits) = (Vec::new(), Vec::new());
        for stored in latest(&delta.nodes, |stored| &stored.node.id) {
            let id = &stored.node.id;
            if let Some(ix) = self.by_id(id.as_str()) {
                turnover.before.insert(ix, Some(Arc::clone(self.nodes.get(ix))));
                self.nodes.set(ix, Arc::new(stored.clone()));
                self.traits.set(ix, Traits::of(&stored.node));
            } else {
                let ix = self.slots() + NodeIx::try_from(nodes.len()).unwrap_or(NodeIx::MAX);
                turnover.before.insert(ix, None);
                turnover.came.push(ix);
                self.by_id.insert(id.clone(), ix);
                nodes.push(Arc::new(stored.clone()));
                traits.push(Traits::of(&stored.node));
            }
        }
        self.nodes.extend(nodes);
        self.traits.extend(traits);
        let mut sequence = std::mem::take(&mut self.sequence);
        let (folded, count) = (sequence.end_of_folded(), NodeIx::try_from(turnover.came.len()).unwrap_or(NodeIx::MAX));
        let before = |ix| self.nodes.partition_point(folded, |known| known.node.id < *self.id(ix));
        sequence.admit(count, before, |a, b| self.id(a).cmp(self.id(b)));
        self.sequence = sequence;
        turnover
    }

    /// The node at a place, unless it is gone.
    fn present(&self, ix: NodeIx) -> Option<&Node> {
        self.traits.get(ix).node_type.map(|_| self.node(ix))
    }

    fn find_by_name(&mut self, turnover: &Turnover) {
        let mut names = std::mem::take(&mut self.names);
        let folded = self.sequence.end_of_folded();
        for (ix, before) in &turnover.before {
            names.set(*ix, *ix < folded, before.as_ref().map(|stored| &stored.node), self.present(*ix));
        }
        self.names = names;
    }

    fn find_by_ref(&mut self, turnover: &Turnover) {
        for (ix, before) in &turnover.before {
            for reference in before.iter().flat_map(|before| references(&before.node)) {
                if self.by_ref.get(&reference) == Some(ix) {
                    self.by_ref.remove(&reference);
                }
            }
        }
        for ix in turnover.before.keys() {
            let now: Vec<_> = self.present(*ix).into_iter().flat_map(references).collect();
            for reference in now {
                self.by_ref.insert(reference, *ix);
            }
        }
    }

    fn link(&mut self, turnover: &Turnover) {
        let (mut areas, mut groups) = (std::mem::take(&mut self.areas), std::mem::take(&mut self.groups));
        let touched =
            turnover.before.iter().map(|(ix, before)| (*ix, before.as_ref().map(|stored| &stored.node))).collect();
        let appeared: Vec<&NodeId> = turnover.came.iter().map(|ix| self.id(*ix)).collect();
        let moves = Moves { touched: &touched, appeared: &appeared, vanished: &turnover.went };
        let now = Now { node: &|ix| self.present(ix), find: &|id| self.by_id(id.as_str()) };
        areas.take_in(&moves, &now);
        groups.take_in(&moves, &now);
        (self.areas, self.groups) = (areas, groups);
    }

    /// Keeps the first dated fact; where what held it has gone, it is looked for when it is next asked for.
    fn date(&mut self, starts: &Starts) {
        let Some(known) = self.first_fact.get().copied() else { return };
        let earliest = |days: &[Day]| days.iter().copied().filter(|day| day.is_known()).min();
        let (old, new) = (earliest(&starts.of_old), earliest(&starts.of_new));
        let first = known.into_iter().chain(new).min();
        let held_it = known.is_some() && old == known;
        self.first_fact =
            if held_it && new.is_none_or(|new| Some(new) > known) { OnceLock::new() } else { first.into() };
    }

    fn cite(&mut self, sources: &[Source]) {
        if sources.is_empty() {
            return;
        }
        let mut all: Vec<Source> =
            self.sources.iter().filter(|known| sources.iter().all(|new| new.name != known.name)).cloned().collect();
        all.extend(latest(sources, |source| &source.name).into_iter().cloned());
        all.sort_unstable();
        self.sources = all.into();
    }
}

/// The days on which changed things started, before and after.
#[derive(Default)]
struct Starts {
    of_old: Vec<Day>,
    of_new: Vec<Day>,
}

/// Each thing as it was last stated.
fn latest<T, K: Hash + Eq>(things: &[T], key: impl Fn(&T) -> &K) -> Vec<&T> {
    let last: FxHashMap<&K, usize> = things.iter().enumerate().map(|(place, thing)| (key(thing), place)).collect();
    things
        .iter()
        .enumerate()
        .filter(|(place, thing)| last.get(key(thing)) == Some(place))
        .map(|(_, thing)| thing)
        .collect()
}

/// What is left of a node that is gone: its place in the order of ids, and nothing that was known of it.
fn remains(id: &NodeId) -> StoredNode {
    let node = Node {
        id: id.clone(),
        refs: Vec::new(),
        name: String::new(),
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: false,
        body: Body::Initiative(InitiativeFacts::default()),
    };
    StoredNode { node, updated_at: jiff::Timestamp::UNIX_EPOCH }
}

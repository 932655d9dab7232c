//! What a change is worked out on: things as they stand, read whole from the store, and what they are to become. It
//! remembers what was read and when, so that a change set cannot overwrite what nobody has looked at.

use super::faults::{At, Faults, Halt};
use super::key::Key;
use crate::app::Asking;
use crate::error::{AppError, ErrorCode};
use crate::model::{
    Change, ChangeSet, Date, Expectation, IdGenerator, NodeId, NodeRecord, RelationId, RelationRecord, Revision, Source,
};
use crate::snapshot::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// The argument by which callers say what they have seen.
const EXPECTED_REVISION: &str = "expectedRevision";

pub struct Draft {
    asking: Asking,
    nodes: BTreeMap<NodeId, Slot<NodeRecord>>,
    relations: BTreeMap<RelationId, Slot<RelationRecord>>,
    /// Names of sources that nobody has named before.
    sources: BTreeSet<String>,
    erased: BTreeSet<NodeId>,
    /// What the caller counts on, and the argument that says so.
    own: Vec<(Expectation, &'static str)>,
}

/// A thing as it was read, and as it is to be; absent where there is none.
struct Slot<T> {
    read_at: Revision,
    before: Option<T>,
    now: Option<T>,
}

impl<T: Clone + PartialEq> Slot<T> {
    fn read(read_at: Revision, before: Option<T>) -> Self {
        Self { read_at, now: before.clone(), before }
    }

    fn differs(&self) -> bool {
        self.before != self.now
    }
}

impl Draft {
    pub fn new(asking: Asking) -> Self {
        Self {
            asking,
            nodes: BTreeMap::new(),
            relations: BTreeMap::new(),
            sources: BTreeSet::new(),
            erased: BTreeSet::new(),
            own: Vec::new(),
        }
    }

    pub fn asking(&self) -> &Asking {
        &self.asking
    }

    pub fn snapshot(&self) -> &Snapshot {
        &self.asking.snapshot
    }

    pub fn today(&self) -> Date {
        self.asking.today()
    }

    /// The revision that names are looked up in.
    pub fn revision(&self) -> Revision {
        self.asking.revision()
    }

    pub fn ids<T>(&self, draw: impl FnOnce(&mut IdGenerator) -> T) -> T {
        self.asking.app.ids(draw)
    }

    /// Reads things whole, unless they were read already. One call to the store.
    pub async fn read(&mut self, nodes: &[NodeId], relations: &[RelationId]) -> Result<(), Halt> {
        let nodes = unread(nodes, &self.nodes);
        let relations = unread(relations, &self.relations);
        if nodes.is_empty() && relations.is_empty() {
            return Ok(());
        }
        let mut found = self.asking.app.store.records(&nodes, &relations).await?;
        for id in nodes {
            let record = found.nodes.remove(&id);
            if self.moved_on(&id, record.as_ref()) {
                return Err(Halt::Outdated);
            }
            self.nodes.insert(id, Slot::read(found.revision, record));
        }
        for id in relations {
            let record = found.relations.remove(&id);
            self.relations.insert(id, Slot::read(found.revision, record));
        }
        Ok(())
    }

    /// Whether a node that names were looked up by is gone, or stands for another by now.
    fn moved_on(&self, id: &NodeId, record: Option<&NodeRecord>) -> bool {
        let Some(ix) = self.snapshot().by_id(id.as_str()) else { return false };
        let known = self.snapshot().node(ix);
        record.is_none_or(|record| record.node.merged_into != known.merged_into)
    }

    /// A node as it is to be, once it was read or put.
    pub fn node(&self, id: &NodeId) -> Option<&NodeRecord> {
        self.nodes.get(id)?.now.as_ref()
    }

    pub fn relation(&self, id: &RelationId) -> Option<&RelationRecord> {
        self.relations.get(id)?.now.as_ref()
    }

    /// A node that was read and is there. What has gone since names were looked up means looking again.
    pub fn whole(&self, id: &NodeId) -> Result<NodeRecord, Halt> {
        self.node(id).cloned().ok_or(Halt::Outdated)
    }

    /// Says what a node is to be. It has to be read before, if only to see that there is none.
    pub fn put_node(&mut self, record: NodeRecord) {
        let read_at = self.revision();
        let slot = self.nodes.entry(record.node.id.clone()).or_insert_with(|| Slot::read(read_at, None));
        slot.now = Some(record);
    }

    /// Says what a relation is to be. It has to be read before, as nodes have.
    pub fn put_relation(&mut self, record: RelationRecord) {
        let read_at = self.revision();
        let slot = self.relations.entry(record.relation.id.clone()).or_insert_with(|| Slot::read(read_at, None));
        slot.now = Some(record);
    }

    pub fn remove_node(&mut self, id: &NodeId) {
        if let Some(slot) = self.nodes.get_mut(id) {
            slot.now = None;
        }
    }

    pub fn remove_relation(&mut self, id: &RelationId) {
        if let Some(slot) = self.relations.get_mut(id) {
            slot.now = None;
        }
    }

    /// Forgets a person for good, with every relation.
    pub fn erase(&mut self, id: NodeId) {
        self.nodes.remove(&id);
        self.erased.insert(id);
    }

    /// Makes sure that a source is known by name.
    pub fn name_source(&mut self, name: &str) {
        if !self.snapshot().sources().iter().any(|known| known.name == name) {
            self.sources.insert(name.to_owned());
        }
    }

    /// Takes the caller's word that they have seen a thing as it is: it was read already.
    pub fn expect(&mut self, id: &str, expected: Option<i64>, faults: &mut Faults) {
        let Some(expected) = expected else { return };
        let at = At::default().field(EXPECTED_REVISION);
        let read_at = self.nodes.get(id).map(|slot| slot.read_at);
        let read_at = read_at.or_else(|| self.relations.get(id).map(|slot| slot.read_at)).unwrap_or_default();
        match u64::try_from(expected).map(Revision) {
            Err(_) => faults.invalid(&at, "a revision is a number from 0"),
            Ok(revision) if revision > read_at => {
                let words = format!("revision {revision} is not known here yet; this is revision {read_at}");
                faults.add(&at, AppError::new(ErrorCode::Stale, words).hint("read the thing again, and try again"));
            }
            Ok(revision) => self.expect_untouched(id, revision, EXPECTED_REVISION),
        }
    }

    /// Counts on a thing being untouched since a revision; if it is not, this argument is to blame.
    pub fn expect_untouched(&mut self, id: &str, since: Revision, argument: &'static str) {
        self.own.push((Expectation { thing: id.to_owned(), untouched_since: since }, argument));
    }

    /// What the caller counts on, rather than what was read a moment ago.
    pub fn own(&self) -> &[(Expectation, &'static str)] {
        &self.own
    }

    /// The nodes as they are to be, those that were only read included.
    pub fn all_nodes(&self) -> impl Iterator<Item = &NodeRecord> {
        self.nodes.values().filter_map(|slot| slot.now.as_ref())
    }

    /// The relations as they are to be, those that were only read included.
    pub fn all_relations(&self) -> impl Iterator<Item = &RelationRecord> {
        self.relations.values().filter_map(|slot| slot.now.as_ref())
    }

    /// What is to be committed; nothing if nothing differs.
    pub fn change_set(self, key: &Key, action: &str) -> Option<ChangeSet> {
        let changes = self.changes();
        if changes.is_empty() {
            return None;
        }
        let app = &self.asking.app;
        let id = key.change_set().map_or_else(|| app.ids(IdGenerator::token), str::to_owned);
        Some(ChangeSet {
            id,
            at: app.clock.now(),
            actor: self.asking.viewer().role.as_str().to_owned(),
            source: format!("api: {action}"),
            run: None,
            request: key.request().map(str::to_owned),
            expects: self.expectations(),
            changes,
        })
    }

    /// Removals, then sources, nodes and relations. Sources alone are no change.
    fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = self.erased.iter().cloned().map(Change::Erase).collect();
        for (id, slot) in self.relations.iter().filter(|(_, slot)| slot.differs()) {
            changes.push(slot.now.clone().map_or_else(|| Change::RemoveRelation(id.clone()), Change::PutRelation));
        }
        for (id, slot) in self.nodes.iter().filter(|(_, slot)| slot.differs()) {
            changes.push(slot.now.clone().map_or_else(|| Change::RemoveNode(id.clone()), Change::PutNode));
        }
        changes.sort_by_key(order);
        if !changes.is_empty() {
            let blank = |name: &String| Source {
                name: name.clone(),
                publisher: None,
                licence: None,
                published_on: None,
                url: None,
            };
            changes.splice(0..0, self.sources.iter().map(|name| Change::PutSource(blank(name))));
        }
        changes
    }

    fn expectations(&self) -> Vec<Expectation> {
        let nodes = self.nodes.iter().map(|(id, slot)| (id.as_str(), slot.read_at));
        let relations = self.relations.iter().map(|(id, slot)| (id.as_str(), slot.read_at));
        let sources = self.sources.iter().map(|name| (name.as_str(), self.revision()));
        let mut expected: BTreeMap<&str, Revision> = nodes.chain(relations).chain(sources).collect();
        // Nobody can have seen a thing later than it was read, so the caller's word is the stricter.
        expected.extend(self.own.iter().map(|(own, _)| (own.thing.as_str(), own.untouched_since)));
        let one = |(thing, untouched_since): (&str, Revision)| Expectation { thing: thing.to_owned(), untouched_since };
        expected.into_iter().map(one).collect()
    }
}

/// Those that were not read yet, each once.
fn unread<K: Ord + Clone, V>(keys: &[K], read: &BTreeMap<K, V>) -> Vec<K> {
    let missing: BTreeSet<&K> = keys.iter().filter(|key| !read.contains_key(*key)).collect();
    missing.into_iter().cloned().collect()
}

fn order(change: &Change) -> u8 {
    match change {
        Change::Erase(_) => 0,
        Change::RemoveRelation(_) => 1,
        Change::RemoveNode(_) => 2,
        Change::PutSource(_) => 3,
        Change::PutNode(_) => 4,
        Change::PutRelation(_) => 5,
    }
}

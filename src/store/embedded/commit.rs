//! Committing a change set: one transaction that bumps the revision, applies the set, and writes its log.
//! Called by the adapter's `commit` alone, one at a time. All or nothing; a set that was committed before is a retry.

use super::cells::{Cells, integer};
use super::log::{self, Writer};
use super::trouble::Trouble;
use super::{nodes, refs, relations, sources};
use crate::model::{
    Change, ChangeSet, Node, NodeId, NodeRecord, RelationId, RelationRecord, Revision, RunPart, Source,
};
use crate::store::{ChangedThing, Committed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

pub fn commit(conn: &mut Connection, set: ChangeSet) -> Result<Committed, Trouble> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let committed = apply(&tx, set)?;
    if !committed.repeated {
        tx.commit()?;
    }
    Ok(committed)
}

/// Everything but making it last.
pub fn apply(tx: &Transaction<'_>, mut set: ChangeSet) -> Result<Committed, Trouble> {
    if let Some(revision) = earlier(tx, &set.id)? {
        return Ok(Committed { revision, repeated: true });
    }
    let revision = tx
        .prepare_cached("UPDATE meta SET revision = revision + 1 RETURNING revision")?
        .query_one([], |row| Cells::of(row).revision())?;
    if let Some(part) = &set.run {
        keep_run(tx, part, revision, set.at)?;
    }
    log::write_set(tx, revision, &set)?;
    let wanted = Wanted::of(std::mem::take(&mut set.changes));
    wanted.apply(tx, &mut Writer::new(tx, revision), set.at)?;
    if set.run.is_none_or(|part| part.last) {
        tx.prepare_cached("UPDATE meta SET announced = ?1")?.execute([integer(revision.0)])?;
    }
    Ok(Committed { revision, repeated: false })
}

fn earlier(tx: &Transaction<'_>, change_set: &str) -> rusqlite::Result<Option<Revision>> {
    tx.prepare_cached("SELECT revision FROM log WHERE change_set = ?1")?
        .query_one([change_set], |row| Cells::of(row).revision())
        .optional()
}

/// The last part finishes its run, and with it broken-off attempts at the same thing. A part that comes after another
/// process finished them opens its run again.
fn keep_run(tx: &Transaction<'_>, part: &RunPart, revision: Revision, at: Timestamp) -> rusqlite::Result<()> {
    let at = at.to_string();
    tx.prepare_cached(
        "INSERT INTO run (id, what, started_at, change_sets, revision) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT (id) DO UPDATE SET
             change_sets = change_sets + 1, finished_at = NULL, revision = excluded.revision",
    )?
    .execute(params![part.run, part.what, at, integer(revision.0)])?;
    if part.last {
        tx.prepare_cached("UPDATE run SET finished_at = ?3 WHERE finished_at IS NULL AND (id = ?1 OR what = ?2)")?
            .execute(params![part.run, part.what, at])?;
    }
    Ok(())
}

/// What a set wants to be so, apart from the order in which it says it: of several statements about one thing the
/// last counts, and a relation may come before its ends.
struct Wanted {
    sources: Latest<String, Source>,
    nodes: Latest<NodeId, NodeRecord>,
    relations: Latest<RelationId, RelationRecord>,
}

impl Wanted {
    fn of(changes: Vec<Change>) -> Self {
        let mut wanted = Self { sources: Latest::default(), nodes: Latest::default(), relations: Latest::default() };
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
            }
        }
        wanted
    }

    fn apply(self, tx: &Transaction<'_>, log: &mut Writer<'_>, at: Timestamp) -> Result<(), Trouble> {
        for source in &self.sources.things {
            if let Some(put) = sources::put(tx, source)? {
                log.write(ChangedThing::Source, &source.name, &put, &[])?;
            }
        }
        let mut touched: Vec<&Node> = Vec::new();
        for record in &self.nodes.things {
            if let Some(put) = nodes::put(tx, record, at)? {
                let node = &record.node;
                let people: &[_] = if node.individual().is_some() { &[&node.id] } else { &[] };
                log.write(ChangedThing::Node(node.node_type()), node.id.as_str(), &put, people)?;
                touched.push(node);
            }
        }
        for node in touched {
            refs::put(tx, node)?;
            if let Some(into) = &node.merged_into
                && nodes::type_of(tx, into)?.is_none()
            {
                return Err(Trouble::Refused(format!(
                    "{} is merged into {into}, which the store does not know",
                    node.id
                )));
            }
        }
        for record in &self.relations.things {
            if let Some(done) = relations::put(tx, record)? {
                let relation = &record.relation;
                let people: Vec<_> = done.people.iter().collect();
                log.write(ChangedThing::Relation(relation.kind), relation.id.as_str(), &done.put, &people)?;
            }
        }
        Ok(())
    }
}

/// Things in the order first named, each as last stated.
struct Latest<K, T> {
    places: FxHashMap<K, usize>,
    things: Vec<T>,
}

impl<K: Hash + Eq, T> Latest<K, T> {
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

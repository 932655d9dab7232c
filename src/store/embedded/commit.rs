//! Committing a change set: one transaction that bumps the revision, applies the set, and writes its log.
//! Called by the adapter's `commit` alone, one at a time. All or nothing; a set that was committed before is a retry.

use super::cells::{Cells, integer};
use super::trouble::Trouble;
use super::{erase, held, log, nodes, refs, relations, sources};
use crate::model::{ChangeSet, Expectation, NodeRecord, Revision, RunPart};
use crate::store::archive::LogRow;
use crate::store::effects::{Effects, Held, Wanted};
use crate::store::{Committed, StoreError};
use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashSet;

/// What a commit did.
pub struct Done {
    pub committed: Committed,
    /// Somebody was erased, so that there are traces of them in what the files do not use.
    pub erased: bool,
}

pub fn commit(conn: &mut Connection, set: ChangeSet) -> Result<Done, Trouble> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = apply(&tx, set)?;
    if !done.committed.repeated {
        tx.commit()?;
    }
    Ok(done)
}

/// Everything but making it last.
pub fn apply(tx: &Transaction<'_>, set: ChangeSet) -> Result<Done, Trouble> {
    if let Some(committed) = log::committed(tx, &set.id)? {
        return Ok(Done { committed, erased: false });
    }
    expect(tx, &set.expects)?;
    let revision = tx
        .prepare_cached("UPDATE meta SET revision = revision + 1 RETURNING revision")?
        .query_one([], |row| Cells::of(row).revision())?;
    if let Some(part) = &set.run {
        keep_run(tx, part, revision, set.at)?;
    }
    let announced = set.run.as_ref().is_none_or(|part| part.last);
    let entry = LogRow {
        revision,
        change_set: set.id,
        at: set.at,
        actor: set.actor,
        source: set.source,
        run: set.run.map(|part| part.run),
        request: set.request,
    };
    log::write_entry(tx, &entry)?;
    let wanted = Wanted::of(set.changes);
    let held = held::of(tx, &wanted)?;
    let effects = wanted.effects(&held, revision).map_err(StoreError::Refused)?;
    write(tx, &effects, &held, set.at)?;
    if announced {
        tx.prepare_cached("UPDATE meta SET announced = ?1")?.execute([integer(revision.0)])?;
    }
    let committed = Committed { revision, repeated: false, request: entry.request };
    Ok(Done { committed, erased: !effects.erased.is_empty() })
}

/// Refuses the set when a thing was touched that it expects untouched, or may have been in the part of the log that has
/// been let go.
fn expect(tx: &Transaction<'_>, expects: &[Expectation]) -> Result<(), Trouble> {
    if expects.is_empty() {
        return Ok(());
    }
    let log_since = log::health(tx)?.log_since;
    let mut touched =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM log_change WHERE thing = ?1 AND revision > ?2)")?;
    let mut known = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM node WHERE id = ?1) OR EXISTS (SELECT 1 FROM relation WHERE id = ?1)
             OR EXISTS (SELECT 1 FROM source WHERE name = ?1)",
    )?;
    for Expectation { thing, untouched_since } in expects {
        let overtaken = touched.query_one(params![thing, integer(untouched_since.0)], |row| row.get(0))?
            || (*untouched_since < log_since && known.query_one([thing], |row| row.get(0))?);
        if overtaken {
            return Err(StoreError::Overtaken { thing: thing.clone(), since: *untouched_since }.into());
        }
    }
    Ok(())
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

fn write(tx: &Transaction<'_>, effects: &Effects, held: &Held, at: Timestamp) -> rusqlite::Result<()> {
    for id in &effects.gone_relations {
        relations::delete(tx, id)?;
    }
    for id in &effects.gone_nodes {
        nodes::delete(tx, id)?;
    }
    if !effects.erased.is_empty() {
        erase::past(tx, effects)?;
        erase::note_traces(tx)?;
    }
    for source in &effects.sources {
        sources::write(tx, source)?;
    }
    write_nodes(tx, effects, held, at)?;
    for record in &effects.relations {
        relations::write(tx, record)?;
    }
    log::write_changes(tx, &effects.log)?;
    log::write_personal(tx, &effects.personal)
}

/// A ref may pass from one node to another, so all that are no longer held go before any is given.
fn write_nodes(tx: &Transaction<'_>, effects: &Effects, held: &Held, at: Timestamp) -> rusqlite::Result<()> {
    let gone: FxHashSet<_> = effects.gone_nodes.iter().collect();
    let mut with_new_refs: Vec<&NodeRecord> = Vec::with_capacity(effects.nodes.len());
    for record in &effects.nodes {
        let id = &record.node.id;
        let before = held.nodes.get(id).filter(|_| !gone.contains(id));
        if before.is_some_and(|before| before.node.refs != record.node.refs) {
            refs::let_go(tx, id)?;
        }
        if before.is_none_or(|before| before.node.refs != record.node.refs) {
            with_new_refs.push(record);
        }
    }
    for record in &effects.nodes {
        nodes::write(tx, record, at)?;
    }
    for record in with_new_refs {
        refs::write(tx, &record.node)?;
    }
    Ok(())
}

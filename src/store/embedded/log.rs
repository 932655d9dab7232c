//! The change log: what each revision did, for followers and for the record. Written by `commit` and
//! `archive` alone. A personal value never enters `log` or `log_change`: it goes to `personal_change`.

use super::cells::{Cells, integer, json, written};
use crate::model::{NodeId, Revision};
use crate::store::archive::{ChangeRow, LogRow, PersonalRow};
use crate::store::effects::{changed_thing, type_word};
use crate::store::{ChangedThing, Committed, Health, LogEntry, LoggedChange, UnfinishedRun};
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

pub fn write_entry(tx: &Transaction<'_>, row: &LogRow) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO log (revision, change_set, at, actor, source, run, request) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        integer(row.revision.0),
        row.change_set,
        row.at.to_string(),
        row.actor,
        row.source,
        row.run,
        row.request
    ])?;
    Ok(())
}

pub fn write_changes(tx: &Transaction<'_>, rows: &[ChangeRow]) -> rusqlite::Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO log_change (revision, seq, of, type, thing, how, fields, before, after)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for row in rows {
        let (of, kind) = type_word(row.of);
        let (revision, seq) = (integer(row.revision.0), integer(row.seq));
        let (before, after) = (row.before.as_ref().map(json), row.after.as_ref().map(json));
        let (thing, how, fields) = (&row.thing, row.how.as_str(), json(&row.fields));
        statement.execute(params![revision, seq, of, kind, thing, how, fields, before, after])?;
    }
    Ok(())
}

pub fn write_personal(tx: &Transaction<'_>, rows: &[PersonalRow]) -> rusqlite::Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO personal_change (individual, revision, seq, field, other, before, after)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for row in rows {
        statement.execute(params![
            row.individual.as_str(),
            integer(row.revision.0),
            integer(row.seq),
            row.field,
            row.other.as_ref().map(NodeId::as_str),
            written(row.before.as_ref()),
            written(row.after.as_ref()),
        ])?;
    }
    Ok(())
}

/// The change set of this id, if it has been committed.
pub fn committed(tx: &Transaction<'_>, change_set: &str) -> rusqlite::Result<Option<Committed>> {
    tx.prepare_cached("SELECT revision, request FROM log WHERE change_set = ?1")?
        .query_one([change_set], |row| {
            let mut cells = Cells::of(row);
            Ok(Committed { revision: cells.revision()?, repeated: true, request: cells.get()? })
        })
        .optional()
}

pub fn since(tx: &Transaction<'_>, revision: Revision, limit: usize) -> rusqlite::Result<Vec<LogEntry>> {
    let mut entries = tx
        .prepare_cached(
            "SELECT revision, at, actor, source FROM log
             WHERE revision > ?1 AND revision <= (SELECT announced FROM meta) ORDER BY revision LIMIT ?2",
        )?
        .query_map(params![integer(revision.0), i64::try_from(limit).unwrap_or(i64::MAX)], entry)?
        .collect::<rusqlite::Result<Vec<LogEntry>>>()?;
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(entries) };
    let span = params![integer(first.revision.0), integer(last.revision.0)];
    let mut statement = tx.prepare_cached(
        "SELECT revision, of, type, thing, how, fields FROM log_change
         WHERE revision BETWEEN ?1 AND ?2 ORDER BY revision, seq",
    )?;
    let mut rows = statement.query(span)?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        let revision = cells.revision()?;
        while entries.get(at).is_some_and(|entry| entry.revision < revision) {
            at += 1;
        }
        if let Some(entry) = entries.get_mut(at) {
            entry.changes.push(change(&mut cells)?);
        }
    }
    Ok(entries)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<LogEntry> {
    let mut cells = Cells::of(row);
    Ok(LogEntry {
        revision: cells.revision()?,
        at: cells.word()?,
        actor: cells.get()?,
        source: cells.get()?,
        changes: Vec::new(),
    })
}

fn change(cells: &mut Cells<'_, '_>) -> rusqlite::Result<LoggedChange> {
    Ok(LoggedChange { of: thing(cells)?, id: cells.get()?, how: cells.word()?, fields: cells.json()? })
}

/// What kind of thing a row is about, from its two cells.
pub fn thing(cells: &mut Cells<'_, '_>) -> rusqlite::Result<ChangedThing> {
    let (of, word): (String, Option<String>) = (cells.get()?, cells.get()?);
    changed_thing(&of, word.as_deref()).ok_or_else(|| cells.unreadable::<ChangedThing>())
}

pub fn health(tx: &Transaction<'_>) -> rusqlite::Result<Health> {
    let unfinished = tx
        .prepare_cached(
            "SELECT id, what, change_sets FROM run WHERE finished_at IS NULL ORDER BY revision DESC LIMIT 1",
        )?
        .query_one([], |row| {
            let mut cells = Cells::of(row);
            Ok(UnfinishedRun { run: cells.get()?, what: cells.get()?, change_sets: cells.count()? })
        })
        .optional()?;
    tx.prepare_cached("SELECT revision, announced, log_since FROM meta")?.query_one([], |row| {
        let mut cells = Cells::of(row);
        Ok(Health {
            revision: cells.revision()?,
            announced: cells.revision()?,
            log_since: cells.revision()?,
            unfinished,
        })
    })
}

/// Lets go of the oldest entries, up to the first that is not before the moment or not announced yet. Says how many went.
pub fn let_go(tx: &Transaction<'_>, before: Timestamp) -> rusqlite::Result<u64> {
    let health = health(tx)?;
    let mut last = health.log_since;
    let mut entries = tx.prepare("SELECT revision, at FROM log WHERE revision <= ?1 ORDER BY revision")?;
    let mut rows = entries.query([integer(health.announced.0)])?;
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        let (revision, at) = (cells.revision()?, cells.word::<Timestamp>()?);
        if at >= before {
            break;
        }
        last = revision;
    }
    tx.execute("DELETE FROM log WHERE revision <= ?1", [integer(last.0)])?;
    tx.execute("UPDATE meta SET log_since = ?1", [integer(last.0)])?;
    Ok(last.0 - health.log_since.0)
}

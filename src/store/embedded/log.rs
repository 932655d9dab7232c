//! The change log: what each revision did, for followers and for the record. Written by `commit` alone, in its
//! transaction. A personal value never enters `log` or `log_change`: it goes to `personal_change`.

use super::cells::{Cells, integer, json, written};
use crate::model::{ChangeSet, FieldChange, NodeId, Revision};
use crate::store::{ChangedThing, Health, LogEntry, LoggedChange, UnfinishedRun};
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde_json::{Map, Value};

/// What putting a thing did to its row.
pub struct Put {
    pub created: bool,
    pub fields: Vec<FieldChange>,
}

pub fn write_set(tx: &Transaction<'_>, revision: Revision, set: &ChangeSet) -> rusqlite::Result<()> {
    let run = set.run.as_ref().map(|part| &part.run);
    tx.prepare_cached(
        "INSERT INTO log (revision, change_set, at, actor, source, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![integer(revision.0), set.id, set.at.to_string(), set.actor, set.source, run])?;
    Ok(())
}

/// Writes down the changes of one set, numbering them as they come.
pub struct Writer<'tx> {
    tx: &'tx Transaction<'tx>,
    revision: Revision,
    seq: i64,
}

impl<'tx> Writer<'tx> {
    pub fn new(tx: &'tx Transaction<'tx>, revision: Revision) -> Self {
        Self { tx, revision, seq: 0 }
    }

    /// `people` are the individuals that the change is about: none, one, or both ends of a relation.
    /// Of a new thing only the fields' names are kept: the values are in its row.
    pub fn write(&mut self, of: ChangedThing, thing: &str, put: &Put, people: &[&NodeId]) -> rusqlite::Result<()> {
        self.seq += 1;
        let (what, kind) = match of {
            ChangedThing::Node(kind) => ("NODE", Some(kind.as_str())),
            ChangedThing::Relation(kind) => ("RELATION", Some(kind.as_str())),
            ChangedThing::Source => ("SOURCE", None),
        };
        let names: Vec<&str> = put.fields.iter().map(|change| change.field.as_str()).collect();
        let values = |side: fn(&FieldChange) -> &Option<Value>| -> Option<String> {
            let open: Map<String, Value> = put
                .fields
                .iter()
                .filter(|change| !change.personal)
                .filter_map(|change| Some((change.field.clone(), side(change).clone()?)))
                .collect();
            (!put.created).then(|| json(&open))
        };
        let (before, after) = (values(|change| &change.before), values(|change| &change.after));
        self.tx
            .prepare_cached(
                "INSERT INTO log_change (revision, seq, of, type, thing, created, fields, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                integer(self.revision.0),
                self.seq,
                what,
                kind,
                thing,
                put.created,
                json(&names),
                before,
                after
            ])?;
        if !put.created {
            self.write_personal(put, people)?;
        }
        Ok(())
    }

    fn write_personal(&self, put: &Put, people: &[&NodeId]) -> rusqlite::Result<()> {
        let Some(individual) = people.first() else { return Ok(()) };
        for change in put.fields.iter().filter(|change| change.personal) {
            self.tx
                .prepare_cached(
                    "INSERT INTO personal_change (individual, revision, seq, field, other, before, after)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    individual.as_str(),
                    integer(self.revision.0),
                    self.seq,
                    change.field,
                    people.get(1).map(|other| other.as_str()),
                    written(change.before.as_ref()),
                    written(change.after.as_ref()),
                ])?;
        }
        Ok(())
    }
}

pub fn since(tx: &Transaction<'_>, revision: Revision, limit: usize) -> rusqlite::Result<Vec<LogEntry>> {
    let mut entries = tx
        .prepare_cached("SELECT revision, at, actor, source FROM log WHERE revision > ?1 ORDER BY revision LIMIT ?2")?
        .query_map(params![integer(revision.0), i64::try_from(limit).unwrap_or(i64::MAX)], entry)?
        .collect::<rusqlite::Result<Vec<LogEntry>>>()?;
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(entries) };
    let span = params![integer(first.revision.0), integer(last.revision.0)];
    let mut statement = tx.prepare_cached(
        "SELECT revision, of, type, thing, created, fields FROM log_change
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
    let of = match cells.text()? {
        "NODE" => ChangedThing::Node(cells.word()?),
        "RELATION" => ChangedThing::Relation(cells.word()?),
        // The table admits nothing else.
        _ => {
            cells.skip();
            ChangedThing::Source
        }
    };
    Ok(LoggedChange { of, id: cells.get()?, created: cells.get()?, fields: cells.json()? })
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
    tx.prepare_cached("SELECT revision, announced FROM meta")?.query_one([], |row| {
        let mut cells = Cells::of(row);
        Ok(Health { revision: cells.revision()?, announced: cells.revision()?, unfinished })
    })
}

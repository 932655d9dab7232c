//! What happened to a thing, or in a change set, with the values: the log's open ones and the personal ones beside it.
//! Used by this adapter alone. It cuts nothing: whoever asks has to.

use super::cells::{Cells, integer};
use super::log;
use crate::model::Revision;
use crate::store::archive::{ChangeRow, PersonalRow};
use crate::store::{Past, PastOf};
use rusqlite::{Row, ToSql, Transaction, params};

/// The columns that `change` reads.
pub const CHANGE: &str = "c.revision, c.seq, c.of, c.type, c.thing, c.how, c.fields, c.before, c.after";
/// The columns that `personal_change` reads.
pub const PERSONAL_CHANGE: &str = "individual, other, revision, seq, field, before, after";

pub fn past(tx: &Transaction<'_>, of: &PastOf, before: Option<Revision>, limit: usize) -> rusqlite::Result<Vec<Past>> {
    let before = before.map_or(i64::MAX, |revision| integer(revision.0));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    match of {
        PastOf::Thing(id) => {
            let which = "c.thing = ?1 AND c.revision < ?2 ORDER BY c.revision DESC, c.seq DESC LIMIT ?3";
            read(tx, which, params![id, before, limit])
        }
        PastOf::ChangeSet(revision) => {
            let which = "c.revision = ?1 AND c.revision < ?2 ORDER BY c.seq LIMIT ?3";
            read(tx, which, params![integer(revision.0), before, limit])
        }
    }
}

fn read(tx: &Transaction<'_>, which: &str, params: &[&dyn ToSql]) -> rusqlite::Result<Vec<Past>> {
    let sql = format!(
        "SELECT {CHANGE}, l.at, l.actor, l.source FROM log_change c JOIN log l ON l.revision = c.revision WHERE {which}"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(params)?;
    let mut past = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        let change = change(&mut cells)?;
        let (at, actor, source) = (cells.word()?, cells.get()?, cells.get()?);
        let fields = change.told(&personal(tx, &change)?);
        let ChangeRow { revision, thing: id, of, how, .. } = change;
        past.push(Past { revision, at, actor, source, id, of, how, fields });
    }
    Ok(past)
}

pub fn change(cells: &mut Cells<'_, '_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        revision: cells.revision()?,
        seq: cells.count()?,
        of: log::thing(cells)?,
        thing: cells.get()?,
        how: cells.word()?,
        fields: cells.json()?,
        before: cells.json_if()?,
        after: cells.json_if()?,
    })
}

fn personal(tx: &Transaction<'_>, change: &ChangeRow) -> rusqlite::Result<Vec<PersonalRow>> {
    tx.prepare_cached(&format!("SELECT {PERSONAL_CHANGE} FROM personal_change WHERE revision = ?1 AND seq = ?2"))?
        .query_map([integer(change.revision.0), integer(change.seq)], personal_change)?
        .collect()
}

pub fn personal_change(row: &Row<'_>) -> rusqlite::Result<PersonalRow> {
    let mut cells = Cells::of(row);
    Ok(PersonalRow {
        individual: cells.node()?,
        other: cells.node_if()?,
        revision: cells.revision()?,
        seq: cells.count()?,
        field: cells.get()?,
        before: cells.json_if()?,
        after: cells.json_if()?,
    })
}

//! The sources of facts, as rows. Used by this adapter's `commit` and `load`; it never judges what it is given.

use super::cells::{Cells, written};
use super::log::Put;
use crate::model::Source;
use crate::model::change::source_changes;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

const COLUMNS: &str = "name, publisher, licence, published_on, url";

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    let mut cells = Cells::of(row);
    Ok(Source {
        name: cells.get()?,
        publisher: cells.get()?,
        licence: cells.get()?,
        published_on: cells.word_if()?,
        url: cells.get()?,
    })
}

pub fn all(tx: &Transaction<'_>) -> rusqlite::Result<Vec<Source>> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM source ORDER BY name"))?.query_map([], source)?.collect()
}

/// Makes the row say what the source is; `None` when it did so already.
pub fn put(tx: &Transaction<'_>, after: &Source) -> rusqlite::Result<Option<Put>> {
    let before = tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE name = ?1"))?
        .query_one([&after.name], source)
        .optional()?;
    if before.as_ref() == Some(after) {
        return Ok(None);
    }
    tx.prepare_cached(&format!("INSERT OR REPLACE INTO source ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)"))?
        .execute(params![after.name, after.publisher, after.licence, written(after.published_on), after.url])?;
    Ok(Some(Put { created: before.is_none(), fields: source_changes(before.as_ref(), after) }))
}

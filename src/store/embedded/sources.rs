//! The sources of facts, as rows. Used by this adapter alone; it never judges what it is given.

use super::cells::{Cells, written};
use crate::model::Source;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

/// The columns that `source` reads.
pub const COLUMNS: &str = "name, publisher, licence, published_on, url";

pub fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
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

pub fn named(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<Option<Source>> {
    tx.prepare_cached(&format!("SELECT {COLUMNS} FROM source WHERE name = ?1"))?.query_one([name], source).optional()
}

pub fn write(tx: &Transaction<'_>, source: &Source) -> rusqlite::Result<()> {
    tx.prepare_cached(&format!("INSERT OR REPLACE INTO source ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)"))?
        .execute(params![source.name, source.publisher, source.licence, written(source.published_on), source.url])?;
    Ok(())
}

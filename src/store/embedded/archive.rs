//! All there is in the file, piece by piece: read out in one transaction, taken into an empty file in one.
//! Used by this adapter alone. It judges nothing but that what is taken in is all of it.

use super::cells::{Cells, integer, written};
use super::past::{CHANGE, PERSONAL_CHANGE, change, personal_change};
use super::trouble::Trouble;
use super::{log, nodes, refs, relations, sources};
use crate::model::{NodeRecord, Revision};
use crate::store::StoreError;
use crate::store::archive::{LogRow, Piece, RunRow};
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use std::ops::ControlFlow;

/// So many pieces are handed on at a time.
const BATCH: usize = 1_000;

/// A table that could not be read, and why.
pub struct Unread {
    pub table: &'static str,
    pub error: rusqlite::Error,
}

struct Table {
    name: &'static str,
    /// In the archive's order, which is bytewise.
    sql: String,
    piece: fn(&Transaction<'_>, &Row<'_>) -> rusqlite::Result<Piece>,
}

/// The order of pieces.
fn tables() -> [Table; 8] {
    let table = |name, sql, piece| Table { name, sql, piece };
    [
        table("source", format!("SELECT {} FROM source ORDER BY name", sources::COLUMNS), |_, row| {
            sources::source(row).map(Piece::Source)
        }),
        table("node", format!("SELECT {}, {} FROM {} ORDER BY n.id", nodes::DETAILS, nodes::NODE, nodes::FROM), node),
        table(
            "relation",
            format!("SELECT {}, {} FROM {} ORDER BY r.id", relations::RELATION, relations::WORDS, relations::FROM),
            |tx, row| relations::of_row(tx, row).map(Piece::Relation),
        ),
        table("run", format!("SELECT {RUN} FROM run ORDER BY id"), |_, row| run(row).map(Piece::Run)),
        table("log", format!("SELECT {LOG} FROM log ORDER BY revision"), |_, row| log_row(row).map(Piece::Log)),
        table("log_change", format!("SELECT {CHANGE} FROM log_change c ORDER BY c.revision, c.seq"), |_, row| {
            change(&mut Cells::of(row)).map(Piece::Change)
        }),
        table(
            "personal_change",
            format!("SELECT {PERSONAL_CHANGE} FROM personal_change ORDER BY individual, revision, seq, field"),
            |_, row| personal_change(row).map(Piece::PersonalChange),
        ),
        table("meta", "SELECT revision, announced, log_since FROM meta".to_owned(), |_, row| {
            let mut cells = Cells::of(row);
            let (revision, announced, log_since) = (cells.revision()?, cells.revision()?, cells.revision()?);
            Ok(Piece::End { revision, announced, log_since })
        }),
    ]
}

/// Hands everything to `give`, until that wants no more.
pub fn read(tx: &Transaction<'_>, give: &mut dyn FnMut(Vec<Piece>) -> ControlFlow<()>) -> Result<(), Unread> {
    let mut batch = Vec::new();
    for table in tables() {
        let unread = |error| Unread { table: table.name, error };
        let mut statement = tx.prepare(&table.sql).map_err(unread)?;
        let mut rows = statement.query([]).map_err(unread)?;
        while let Some(row) = rows.next().map_err(unread)? {
            batch.push((table.piece)(tx, row).map_err(unread)?);
            if batch.len() == BATCH && give(std::mem::take(&mut batch)).is_break() {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        // It was the last: whether more is wanted matters no longer.
        let _ = give(batch);
    }
    Ok(())
}

fn node(tx: &Transaction<'_>, row: &Row<'_>) -> rusqlite::Result<Piece> {
    let mut cells = Cells::of(row);
    let details = nodes::details(&mut cells)?;
    let mut stored = nodes::node(&mut cells)?;
    stored.node.refs = refs::of(tx, stored.node.id.as_str())?;
    Ok(Piece::Node { record: NodeRecord { node: stored.node, details }, updated_at: stored.updated_at })
}

const RUN: &str = "id, what, started_at, finished_at, change_sets, revision";

fn run(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    let mut cells = Cells::of(row);
    Ok(RunRow {
        id: cells.get()?,
        what: cells.get()?,
        started_at: cells.word()?,
        finished_at: cells.word_if()?,
        change_sets: cells.count()?,
        revision: cells.revision()?,
    })
}

const LOG: &str = "revision, change_set, at, actor, source, run, request";

fn log_row(row: &Row<'_>) -> rusqlite::Result<LogRow> {
    let mut cells = Cells::of(row);
    Ok(LogRow {
        revision: cells.revision()?,
        change_set: cells.get()?,
        at: cells.word()?,
        actor: cells.get()?,
        source: cells.get()?,
        run: cells.get()?,
        request: cells.get()?,
    })
}

/// Fills an empty store. Refused where there is something, and where the pieces end before their end; either way the
/// file stays as it was.
pub fn take_in(
    conn: &mut Connection,
    batches: impl Iterator<Item = Result<Vec<Piece>, StoreError>>,
) -> Result<(), Trouble> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if log::health(&tx)?.revision != Revision(0) {
        return Err(StoreError::Refused("it holds a graph already: take an empty store, or a new path".into()).into());
    }
    let mut ended = false;
    for batch in batches {
        for piece in batch? {
            ended |= matches!(piece, Piece::End { .. });
            take(&tx, piece)?;
        }
    }
    if !ended || !whole(&tx)? {
        let broken_off = "the copy broke off before its end, and nothing of it was kept: try again";
        return Err(StoreError::Unavailable(broken_off.into()).into());
    }
    Ok(tx.commit()?)
}

/// Whether the log reaches from where it says to where it says.
fn whole(tx: &Transaction<'_>) -> rusqlite::Result<bool> {
    tx.query_one(
        "SELECT revision - log_since
             = (SELECT count(*) FROM log WHERE log.revision > log_since AND log.revision <= meta.revision) FROM meta",
        [],
        |row| row.get(0),
    )
}

fn take(tx: &Transaction<'_>, piece: Piece) -> rusqlite::Result<()> {
    match piece {
        Piece::Source(source) => sources::write(tx, &source),
        Piece::Node { record, updated_at } => {
            nodes::write(tx, &record, updated_at)?;
            refs::write(tx, &record.node)
        }
        Piece::Relation(record) => relations::write(tx, &record),
        Piece::Run(run) => write_run(tx, &run),
        Piece::Log(row) => log::write_entry(tx, &row),
        Piece::Change(row) => log::write_changes(tx, &[row]),
        Piece::PersonalChange(row) => log::write_personal(tx, &[row]),
        Piece::End { revision, announced, log_since } => {
            tx.execute(
                "UPDATE meta SET revision = ?1, announced = ?2, log_since = ?3",
                [revision, announced, log_since].map(|revision| integer(revision.0)),
            )?;
            Ok(())
        }
    }
}

fn write_run(tx: &Transaction<'_>, run: &RunRow) -> rusqlite::Result<()> {
    tx.prepare_cached(&format!("INSERT INTO run ({RUN}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))?.execute(params![
        run.id,
        run.what,
        run.started_at.to_string(),
        written(run.finished_at),
        integer(run.change_sets),
        integer(run.revision.0),
    ])?;
    Ok(())
}

//! The doctor's look at the file: what SQLite can tell, and what must hold between our own tables.
//! It reports and never repairs.

use super::cells::{Cells, integer};
use super::log;
use rusqlite::Transaction;

/// Enough to see what is wrong; a broken file may have millions.
const AT_MOST: usize = 20;

/// One line for each thing that is not as it should be; empty is well.
pub fn findings(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let mut findings = integrity(tx)?;
    findings.extend(dangling(tx)?);
    findings.extend(log_gaps(tx)?);
    let nameless: i64 = tx.query_one(
        "SELECT count(*) FROM node n LEFT JOIN personal p ON p.individual = n.id
         WHERE (n.type = 'INDIVIDUAL') <> (p.individual IS NOT NULL)",
        [],
        |row| row.get(0),
    )?;
    if nameless > 0 {
        findings.push(format!("{nameless} individuals lack their personal row, or rows there are of nobody"));
    }
    Ok(findings)
}

/// Pages, indexes and the tables' own constraints, `announced` not beyond `revision` among them.
fn integrity(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let lines = tx
        .prepare(&format!("PRAGMA integrity_check({AT_MOST})"))?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn dangling(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    tx.prepare("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2")?
        .query_map([], |row| {
            let mut cells = Cells::of(row);
            let (child, parent, rows): (String, String, i64) = (cells.get()?, cells.get()?, cells.get()?);
            Ok(format!("{rows} rows of {child} name a {parent} that is not there"))
        })?
        .collect()
}

fn log_gaps(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let revision = integer(log::health(tx)?.revision.0);
    let (rows, oldest, newest): (i64, i64, i64) =
        tx.query_one("SELECT count(*), coalesce(min(revision), 1), coalesce(max(revision), 0) FROM log", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    let mut findings = Vec::new();
    if newest != revision {
        findings.push(format!("the log ends at revision {newest}, the graph is at {revision}"));
    }
    if rows != newest - oldest + 1 {
        findings.push(format!("the log has {rows} entries between revisions {oldest} and {newest}"));
    }
    Ok(findings)
}

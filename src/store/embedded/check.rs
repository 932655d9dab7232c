//! The doctor's look at the file: what SQLite can tell, what must hold between our own tables, and whether all of it
//! can be read. It reports and never repairs.

use super::cells::Cells;
use super::{archive, log};
use rusqlite::{ErrorCode, Transaction};
use std::ops::ControlFlow;

/// Enough to see what is wrong; a broken file may have millions.
const AT_MOST: usize = 20;

type Look = fn(&Transaction<'_>) -> rusqlite::Result<Vec<String>>;

/// One line for each thing that is not as it should be; empty is well.
pub fn findings(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    const LOOKS: [(&str, Look); 7] = [
        ("its pages", integrity),
        ("its references", dangling),
        ("its log", log_gaps),
        ("its individuals", nameless),
        ("its relations", without_evidence),
        ("its merges", circles),
        ("its values", unreadable),
    ];
    let mut findings = Vec::new();
    for (what, look) in LOOKS {
        match look(tx) {
            Ok(more) => findings.extend(more),
            // Damage is a finding, and need not keep the rest from being looked at.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
                findings.push(format!("the file is damaged: looking at {what} failed"));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(findings)
}

/// Pages, indexes and the tables' own constraints: `announced` not beyond `revision`, only known words in the log.
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
    let health = log::health(tx)?;
    let (revision, since) = (health.revision.0, health.log_since.0);
    let (rows, oldest, newest) =
        tx.query_one("SELECT count(*), coalesce(min(revision), 0), coalesce(max(revision), 0) FROM log", [], |row| {
            let mut cells = Cells::of(row);
            Ok((cells.count()?, cells.count()?, cells.count()?))
        })?;
    let mut findings = Vec::new();
    if rows == 0 && revision > since {
        findings.push(format!("the log is empty; it should tell of revisions {} to {revision}", since + 1));
    }
    if rows > 0 && newest != revision {
        findings.push(format!("the log ends at revision {newest}, the graph is at {revision}"));
    }
    if rows > 0 && oldest != since + 1 {
        findings.push(format!("the log begins with revision {oldest}; it should begin with {}", since + 1));
    }
    if rows > 0 && rows != newest - oldest + 1 {
        findings.push(format!("the log has {rows} entries between revisions {oldest} and {newest}"));
    }
    let gaps: i64 = tx.query_one(
        "SELECT count(*) FROM
             (SELECT 1 FROM log_change GROUP BY revision HAVING min(seq) <> 1 OR max(seq) <> count(*))",
        [],
        |row| row.get(0),
    )?;
    if gaps > 0 {
        findings.push(format!("{gaps} log entries lack some of their changes"));
    }
    Ok(findings)
}

fn nameless(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let rows = count(
        tx,
        "SELECT count(*) FROM node n LEFT JOIN personal p ON p.individual = n.id
         WHERE (n.type = 'INDIVIDUAL') <> (p.individual IS NOT NULL)",
    )?;
    Ok(told(rows, "individuals lack their personal row, or rows there are of nobody"))
}

fn without_evidence(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let rows = count(
        tx,
        "SELECT count(*) FROM relation r WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.relation = r.id)",
    )?;
    Ok(told(rows, "relations have no evidence"))
}

/// A merged node stands for what it was merged into, and that must end somewhere.
fn circles(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    let nodes = count(
        tx,
        "WITH RECURSIVE way (start, here) AS (
             SELECT id, merged_into FROM node WHERE merged_into IS NOT NULL
             UNION
             SELECT way.start, n.merged_into FROM way JOIN node n ON n.id = way.here WHERE n.merged_into IS NOT NULL
         )
         SELECT count(*) FROM way WHERE here = start",
    )?;
    Ok(told(nodes, "nodes are merged into one another in a circle"))
}

/// Each value has to be what its column is for. The message names the table, never the value.
fn unreadable(tx: &Transaction<'_>) -> rusqlite::Result<Vec<String>> {
    match archive::read(tx, &mut |_| ControlFlow::Continue(())) {
        Ok(()) => Ok(Vec::new()),
        Err(unread) if unread.error.sqlite_error_code().is_some() => Err(unread.error),
        Err(unread) => Ok(vec![format!("a row of {} cannot be read: {}", unread.table, unread.error)]),
    }
}

fn count(tx: &Transaction<'_>, sql: &str) -> rusqlite::Result<i64> {
    tx.query_one(sql, [], |row| row.get(0))
}

fn told(rows: i64, what: &str) -> Vec<String> {
    if rows > 0 { vec![format!("{rows} {what}")] } else { Vec::new() }
}

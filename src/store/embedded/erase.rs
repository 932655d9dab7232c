//! Forgetting an individual's past: what the log holds of them and of their relations, and the old pages that held it.
//! Used by this adapter's commits alone. That something happened, when, and to which id stays.

use super::cells::json;
use crate::model::{NodeId, RelationId};
use crate::store::effects::Effects;
use rusqlite::{Connection, Transaction};

/// Their personal changes went with their rows. The values in the log rows about them go, and those about every
/// relation of theirs: those that go with them, and those that were removed before and name them in a log row.
pub fn past(tx: &Transaction<'_>, effects: &Effects) -> rusqlite::Result<()> {
    let mut things: Vec<&str> = effects.erased.iter().map(NodeId::as_str).collect();
    things.extend(effects.gone_relations.iter().map(RelationId::as_str));
    tx.prepare_cached(
        "UPDATE log_change SET before = NULL, after = NULL
         WHERE (before IS NOT NULL OR after IS NOT NULL)
             AND thing IN (
                 SELECT value FROM json_each(?1)
                 UNION
                 SELECT c.thing FROM log_change c
                 WHERE c.of = 'RELATION' AND (c.before IS NOT NULL OR c.after IS NOT NULL)
                     AND (
                         c.before ->> '$.from' IN (SELECT value FROM json_each(?2))
                         OR c.before ->> '$.to' IN (SELECT value FROM json_each(?2))
                         OR c.after ->> '$.from' IN (SELECT value FROM json_each(?2))
                         OR c.after ->> '$.to' IN (SELECT value FROM json_each(?2))
                     )
             )",
    )?
    .execute([json(&things), json(&effects.erased)])?;
    Ok(())
}

/// Notes that the file has to be swept, in the transaction that makes it so: whoever opens it next knows, too.
pub fn note_traces(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute("UPDATE meta SET traces = 1", []).map(drop)
}

pub fn has_traces(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_one("SELECT traces FROM meta", [], |row| row.get(0))
}

/// Writes the whole file anew. What SQLite deletes it overwrites, but not the copies that stay in the unused part of a
/// page when its rows move to a neighbour.
pub fn sweep(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch("VACUUM; UPDATE meta SET traces = 0")
}

/// Moves all pages from the write-ahead log into the file and empties it, so that no old page is left in it. Says
/// whether it could: it cannot while somebody reads an old revision.
pub fn old_pages(conn: &Connection) -> rusqlite::Result<bool> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0))
}

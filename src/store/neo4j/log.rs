//! The change log, as nodes that nothing is joined to: `ChangeSet`, `Change`, `PersonalChange` and `Run`. Written by
//! `commit` and `take_in` alone. A personal value never enters a `Change`: it goes to a `PersonalChange`.

use super::lines::Line;
use super::meta::{Meta, emptied};
use super::trouble::Trouble;
use super::tx::Tx;
use super::values::{Row, integer, limit};
use crate::model::Revision;
use crate::store::archive::{ChangeRow, LogRow, PersonalRow, RunRow};
use crate::store::effects::{changed_thing, type_word};
use crate::store::{ChangedThing, Committed, Health, LogEntry, LoggedChange, UnfinishedRun};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

pub async fn write_entries(tx: &mut Tx, rows: &[LogRow]) -> Result<(), Trouble> {
    let rows = rows.iter().map(|row| {
        json!({
            "revision": row.revision, "id": row.change_set, "at": row.at, "actor": row.actor, "source": row.source,
            "run": row.run, "request": row.request,
        })
    });
    tx.write("UNWIND $rows AS row CREATE (c:ChangeSet) SET c = row, c.at = datetime(row.at)", rows.collect()).await
}

pub async fn write_changes(tx: &mut Tx, rows: &[ChangeRow]) -> Result<(), Trouble> {
    let rows = rows.iter().map(|row| {
        let (of, kind) = type_word(row.of);
        let text = |values: &Option<Map<String, Value>>| values.as_ref().map(|values| json!(values).to_string());
        // Which ends a relation had that is there no longer: erasure finds it by them.
        let end = |field| [&row.before, &row.after].into_iter().flatten().find_map(|values| values.get(field));
        let (from, to) = match row.of {
            ChangedThing::Relation(_) => (end("from"), end("to")),
            ChangedThing::Node(_) | ChangedThing::Source => (None, None),
        };
        json!({
            "revision": row.revision, "seq": row.seq, "of": of, "type": kind, "thing": row.thing,
            "how": row.how.as_str(), "fields": row.fields, "before": text(&row.before), "after": text(&row.after),
            "from": from, "to": to,
        })
    });
    tx.write("UNWIND $rows AS row CREATE (c:Change) SET c = row", rows.collect()).await
}

pub async fn write_personal(tx: &mut Tx, rows: &[PersonalRow]) -> Result<(), Trouble> {
    let rows = rows.iter().map(|row| {
        let text = |value: &Option<Value>| value.as_ref().map(Value::to_string);
        json!({
            "individual": row.individual, "other": row.other, "revision": row.revision, "seq": row.seq,
            "field": row.field, "before": text(&row.before), "after": text(&row.after),
        })
    });
    tx.write("UNWIND $rows AS row CREATE (c:PersonalChange) SET c = row", rows.collect()).await
}

pub async fn write_runs(tx: &mut Tx, rows: &[RunRow]) -> Result<(), Trouble> {
    let rows = rows.iter().map(|row| {
        json!({
            "id": row.id, "what": row.what, "startedAt": row.started_at, "finishedAt": row.finished_at,
            "changeSets": row.change_sets, "revision": row.revision,
        })
    });
    let text = "UNWIND $rows AS row
        CREATE (r:Run)
        SET r = row, r.startedAt = datetime(row.startedAt), r.finishedAt = datetime(row.finishedAt)";
    tx.write(text, rows.collect()).await
}

/// The change set of this id, if it has been committed.
pub async fn committed(line: &Line, change_set: &str) -> Result<Option<Committed>, Trouble> {
    let text = "MATCH (c:ChangeSet {id: $id}) RETURN c.revision AS revision, c.request AS request";
    let mut rows = line.read(text, json!({ "id": change_set })).await?;
    let Some(row) = rows.first_mut() else { return Ok(None) };
    Ok(Some(Committed { revision: row.revision("revision")?, repeated: true, request: row.get("request")? }))
}

pub async fn since(line: &Line, revision: Revision, at_most: usize) -> Result<Vec<LogEntry>, Trouble> {
    let (mut tx, meta) = line.settled().await?;
    let text = "MATCH (c:ChangeSet) WHERE c.revision > $after AND c.revision <= $upto
        RETURN c.revision AS revision, toString(c.at) AS at, c.actor AS actor, c.source AS source
        ORDER BY revision LIMIT $limit";
    let params = json!({
        "after": integer(revision.0), "upto": meta.announced, "limit": limit(at_most),
    });
    let mut entries: Vec<LogEntry> = tx.rows(text, params).await?.iter_mut().map(entry).collect::<Result<_, _>>()?;
    if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
        let text = "MATCH (c:Change) WHERE c.revision >= $first AND c.revision <= $last
            RETURN c.revision AS revision, c.of AS of, c.type AS type, c.thing AS thing, c.how AS how,
                c.fields AS fields
            ORDER BY revision, c.seq";
        let rows = tx.rows(text, json!({ "first": first.revision, "last": last.revision })).await?;
        let mut at = 0;
        for mut row in rows {
            let revision = row.revision("revision")?;
            while entries.get(at).is_some_and(|entry| entry.revision < revision) {
                at += 1;
            }
            if let Some(entry) = entries.get_mut(at) {
                entry.changes.push(change(&mut row)?);
            }
        }
    }
    tx.roll_back().await?;
    Ok(entries)
}

fn entry(row: &mut Row) -> Result<LogEntry, Trouble> {
    Ok(LogEntry {
        revision: row.revision("revision")?,
        at: row.word("at")?,
        actor: row.text("actor")?,
        source: row.text("source")?,
        changes: Vec::new(),
    })
}

fn change(row: &mut Row) -> Result<LoggedChange, Trouble> {
    Ok(LoggedChange { of: thing(row)?, id: row.text("thing")?, how: row.word("how")?, fields: row.get("fields")? })
}

/// What kind of thing a row is about, from two of its columns.
pub fn thing(row: &mut Row) -> Result<ChangedThing, Trouble> {
    let (of, word): (String, Option<String>) = (row.get("of")?, row.get("type")?);
    changed_thing(&of, word.as_deref()).ok_or_else(|| Trouble::unreadable("of"))
}

pub async fn health(line: &Line) -> Result<Health, Trouble> {
    let meta = Meta::glance(line).await?.ok_or_else(emptied)?.usable()?;
    let text = "MATCH (r:Run) WHERE r.finishedAt IS NULL
        RETURN r.id AS run, r.what AS what, r.changeSets AS changeSets ORDER BY r.revision DESC LIMIT 1";
    let mut rows = line.read(text, json!({})).await?;
    let unfinished = rows.first_mut().map(|row| {
        Ok::<_, Trouble>(UnfinishedRun {
            run: row.text("run")?,
            what: row.text("what")?,
            change_sets: row.get("changeSets")?,
        })
    });
    Ok(Health {
        revision: meta.revision,
        announced: meta.announced,
        log_since: meta.log_since,
        unfinished: unfinished.transpose()?,
    })
}

/// Lets go of the oldest entries, up to the first that is not before the moment or not announced yet, some at a time so
/// that writers get their turn. Says how many went.
pub async fn let_go(line: &Line, before: Timestamp) -> Result<u64, Trouble> {
    let mut gone = 0;
    loop {
        let (mut tx, meta) = line.settled().await?;
        let text = "MATCH (c:ChangeSet) WHERE c.revision <= $upto
            RETURN c.revision AS revision, toString(c.at) AS at ORDER BY revision LIMIT $limit";
        let rows = tx.rows(text, json!({ "upto": meta.announced, "limit": LET_GO_AT_ONCE })).await?;
        let looked_at = rows.len();
        let mut last = meta.log_since;
        for mut row in rows {
            let (revision, at) = (row.revision("revision")?, row.word::<Timestamp>("at")?);
            if at >= before {
                break;
            }
            last = revision;
        }
        let went = last.0 - meta.log_since.0;
        if went == 0 {
            tx.roll_back().await?;
            return Ok(gone);
        }
        tx.run("MATCH (m:Meta {only: 1}) SET m.logSince = $last REMOVE m.lock", json!({ "last": last })).await?;
        for label in ["PersonalChange", "Change", "ChangeSet"] {
            let text = format!("MATCH (c:{label}) WHERE c.revision <= $last DELETE c");
            tx.run(&text, json!({ "last": last })).await?;
        }
        tx.commit().await?;
        gone += went;
        if went < looked_at as u64 || looked_at < LET_GO_AT_ONCE {
            return Ok(gone);
        }
    }
}

/// At most so many times 5,000 changes go in one transaction.
const LET_GO_AT_ONCE: usize = 10;

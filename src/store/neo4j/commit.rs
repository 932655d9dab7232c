//! Committing a change set: one transaction that takes the lock, bumps the revision, applies the set and writes its log.
//! Called by the adapter's `commit` alone. All or nothing; a set that was committed before is a retry.

use super::lines::Line;
use super::meta::{META, Meta, emptied};
use super::trouble::Trouble;
use super::tx::Tx;
use super::values::integer;
use super::{erase, held, kin, log, nodes, refs, relations, sources};
use crate::model::{ChangeSet, Expectation, NodeId, NodeRecord, RelationId, Revision, RunPart};
use crate::store::archive::LogRow;
use crate::store::effects::{Effects, Held, Wanted};
use crate::store::{Committed, StoreError};
use jiff::Timestamp;
use rustc_hash::FxHashSet;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often a transaction is tried that the server could not do at the moment.
const TRIES: u32 = 5;
/// How long to wait before the second try; each further one waits twice as long.
const PAUSE: Duration = Duration::from_millis(20);

/// Commits the set. `asked` becomes true once the server has been asked to make it last: when no answer comes after that,
/// nobody here knows whether it did.
pub async fn commit(line: &Line, set: &ChangeSet, asked: &AtomicBool) -> Result<Committed, Trouble> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match attempt(line, set, asked).await {
            Err(trouble) if trouble.passes() => {
                // The server said that it did not.
                asked.store(false, Ordering::Relaxed);
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            outcome => return outcome,
        }
    }
    attempt(line, set, asked).await
}

async fn attempt(line: &Line, set: &ChangeSet, asked: &AtomicBool) -> Result<Committed, Trouble> {
    let mut tx = line.begin().await?;
    match apply(&mut tx, set).await {
        Ok(committed) if committed.repeated => {
            tx.roll_back().await?;
            Ok(committed)
        }
        Ok(committed) => {
            asked.store(true, Ordering::Relaxed);
            tx.commit().await?;
            Ok(committed)
        }
        // The lock must not wait for the connection to be closed.
        Err(Trouble::Ours(refusal)) => {
            tx.roll_back().await?;
            Err(refusal.into())
        }
        Err(trouble) => Err(trouble),
    }
}

/// Everything but making it last.
async fn apply(tx: &mut Tx, set: &ChangeSet) -> Result<Committed, Trouble> {
    // The first write takes the lock, which is held until the end: who reads after it reads what all before it wrote.
    let text = format!(
        "MATCH (m:Meta {{only: 1}}) SET m.lock = true
         WITH m SET m.revision = m.revision + 1 REMOVE m.lock
         WITH m OPTIONAL MATCH (c:ChangeSet {{id: $id}})
         RETURN {META}, c.revision AS earlier, c.request AS request"
    );
    let mut rows = tx.rows(&text, json!({ "id": set.id })).await?;
    let row = rows.first_mut().ok_or_else(emptied)?;
    let meta = Meta::of(row)?.usable()?;
    if let Some(earlier) = row.get::<Option<u64>>("earlier")? {
        return Ok(Committed { revision: Revision(earlier), repeated: true, request: row.get("request")? });
    }
    expect(tx, &set.expects, meta.log_since).await?;
    let revision = meta.revision;
    let wanted = Wanted::of(set.changes.clone());
    let held = held::of(tx, &wanted).await?;
    let effects = wanted.effects(&held, revision).map_err(StoreError::Refused)?;
    write(tx, &effects, &held, set.at).await?;
    if let Some(part) = &set.run {
        keep_run(tx, part, revision, set.at).await?;
    }
    let entry = LogRow {
        revision,
        change_set: set.id.clone(),
        at: set.at,
        actor: set.actor.clone(),
        source: set.source.clone(),
        run: set.run.as_ref().map(|part| part.run.clone()),
        request: set.request.clone(),
    };
    log::write_entries(tx, std::slice::from_ref(&entry)).await?;
    log::write_changes(tx, &effects.log).await?;
    log::write_personal(tx, &effects.personal).await?;
    if set.run.as_ref().is_none_or(|part| part.last) {
        tx.run("MATCH (m:Meta {only: 1}) SET m.announced = $revision", json!({ "revision": revision })).await?;
    }
    Ok(Committed { revision, repeated: false, request: entry.request })
}

/// Refuses the set when a thing was touched that it expects untouched, or may have been in the part of the log that has
/// been let go.
async fn expect(tx: &mut Tx, expects: &[Expectation], log_since: Revision) -> Result<(), Trouble> {
    let text = "UNWIND $keys AS key
        MATCH (c:Change) WHERE c.thing = key.thing AND c.revision > key.since
        RETURN DISTINCT c.thing AS thing, key.since AS since";
    let mut rows = tx.ask(text, expects.iter().map(key).collect()).await?;
    let forgotten: Vec<Value> = expects.iter().filter(|each| each.untouched_since < log_since).map(key).collect();
    let text = format!(
        "UNWIND $keys AS key
         WITH key WHERE EXISTS {{ MATCH (n:Thing {{id: key.thing}}) }}
            OR EXISTS {{ MATCH (s:Source {{name: key.thing}}) }}
            OR EXISTS {{ MATCH ()-[r:{}]->() WHERE r.id = key.thing }}
         RETURN key.thing AS thing, key.since AS since",
        relations::kinds()
    );
    rows.extend(tx.ask(&text, forgotten).await?);
    let mut overtaken: FxHashSet<(String, Revision)> = FxHashSet::default();
    for mut row in rows {
        overtaken.insert((row.text("thing")?, row.revision("since")?));
    }
    match expects.iter().find(|each| overtaken.contains(&(each.thing.clone(), each.untouched_since))) {
        None => Ok(()),
        Some(each) => Err(StoreError::Overtaken { thing: each.thing.clone(), since: each.untouched_since }.into()),
    }
}

fn key(expected: &Expectation) -> Value {
    json!({ "thing": expected.thing, "since": integer(expected.untouched_since.0) })
}

async fn write(tx: &mut Tx, effects: &Effects, held: &Held, at: Timestamp) -> Result<(), Trouble> {
    let gone: Vec<&RelationId> = effects.gone_relations.iter().collect();
    relations::delete(tx, &gone).await?;
    nodes::delete(tx, &effects.gone_nodes).await?;
    if !effects.erased.is_empty() {
        erase::past(tx, effects).await?;
    }
    sources::write(tx, &effects.sources).await?;
    write_nodes(tx, effects, held, at).await?;
    relations::put(tx, &effects.relations, &effects.gone_relations, held).await
}

/// A ref may pass from one node to another, so all that are no longer held go before any is given.
async fn write_nodes(tx: &mut Tx, effects: &Effects, held: &Held, at: Timestamp) -> Result<(), Trouble> {
    let gone: FxHashSet<&NodeId> = effects.gone_nodes.iter().collect();
    let (mut known, mut with_other_refs, mut let_go) = (FxHashSet::default(), Vec::new(), Vec::new());
    for NodeRecord { node, .. } in &effects.nodes {
        let before = held.nodes.get(&node.id).filter(|_| !gone.contains(&node.id));
        known.extend(before.map(|_| &node.id));
        if before.is_none_or(|before| before.node.refs != node.refs) {
            with_other_refs.push(node);
            let_go.extend(before.map(|_| json!(node.id)));
        }
    }
    refs::let_go(tx, let_go).await?;
    let records: Vec<(&NodeRecord, Timestamp)> = effects.nodes.iter().map(|record| (record, at)).collect();
    nodes::write(tx, &records).await?;
    refs::write(tx, &with_other_refs).await?;
    kin::follow(tx, &effects.nodes, &known).await
}

/// The last part finishes its run, and with it broken-off attempts at the same thing. A part that comes after another
/// process finished them opens its run again.
async fn keep_run(tx: &mut Tx, part: &RunPart, revision: Revision, at: Timestamp) -> Result<(), Trouble> {
    let params = json!({ "run": part.run, "what": part.what, "at": at, "revision": revision });
    let text = "MERGE (r:Run {id: $run})
        ON CREATE SET r.what = $what, r.startedAt = datetime($at), r.changeSets = 0
        SET r.changeSets = r.changeSets + 1, r.revision = $revision
        REMOVE r.finishedAt";
    tx.run(text, params.clone()).await?;
    if part.last {
        let text = "MATCH (r:Run) WHERE r.finishedAt IS NULL AND (r.id = $run OR r.what = $what)
            SET r.finishedAt = datetime($at)";
        tx.run(text, params).await?;
    }
    Ok(())
}

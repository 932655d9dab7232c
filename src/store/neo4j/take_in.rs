//! Filling an empty database with all there is in another store. It takes many transactions, so a mark on `Meta` keeps
//! everybody else out until it is whole; broken off, what came is taken out again, or the mark stays and says so.
//! Used by this adapter alone.

use super::kin::{KIN, named};
use super::lines::Line;
use super::trouble::Trouble;
use super::tx::Tx;
use super::{log, nodes, refs, relations, sources};
use crate::model::{Node, NodeRecord, RelationRecord, Revision, Source};
use crate::store::StoreError;
use crate::store::archive::{ChangeRow, LogRow, PersonalRow, Piece, RunRow};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use jiff::Timestamp;
use serde_json::json;

/// Pieces of each kind, in the order in which they are written.
#[derive(Default)]
struct Sorted {
    sources: Vec<Source>,
    nodes: Vec<(NodeRecord, Timestamp)>,
    relations: Vec<RelationRecord>,
    runs: Vec<RunRow>,
    entries: Vec<LogRow>,
    changes: Vec<ChangeRow>,
    personal: Vec<PersonalRow>,
    end: Option<End>,
}

#[derive(Clone, Copy)]
struct End {
    revision: Revision,
    announced: Revision,
    log_since: Revision,
}

pub async fn all(line: &Line, pieces: &mut BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), Trouble> {
    begin(line).await?;
    let outcome = fill(line, pieces).await;
    if outcome.is_err() {
        // When this fails too, the mark stays, and opening the store says what to do.
        let _ = empty_again(line).await;
    }
    outcome
}

async fn begin(line: &Line) -> Result<(), Trouble> {
    let (mut tx, meta) = line.settled().await?;
    if meta.revision != Revision(0) {
        tx.roll_back().await?;
        let why = "it holds a graph already: take an empty store, or another database";
        return Err(StoreError::Refused(why.to_owned()).into());
    }
    tx.run("MATCH (m:Meta {only: 1}) SET m.copying = true REMOVE m.lock", json!({})).await?;
    tx.commit().await
}

async fn fill(line: &Line, pieces: &mut BoxStream<'static, Result<Vec<Piece>, StoreError>>) -> Result<(), Trouble> {
    let mut end = None;
    while let Some(batch) = pieces.next().await {
        let sorted = Sorted::of(batch?);
        end = end.or(sorted.end);
        let mut tx = line.begin().await?;
        sorted.write(&mut tx).await?;
        tx.commit().await?;
    }
    let Some(end) = end else { return Err(broken_off()) };
    for (label, property, kin) in KIN {
        let text = format!(
            "MATCH (a:{label}) WHERE a.{property} IS NOT NULL
             CALL (a) {{
                 UNWIND {} AS id
                 MATCH (b:Thing {{id: id}})
                 MERGE (a)-[:{kin}]->(b)
             }} IN TRANSACTIONS OF 1000 ROWS",
            named(property)
        );
        line.run(&text).await?;
    }
    finish(line, end).await
}

async fn finish(line: &Line, end: End) -> Result<(), Trouble> {
    let mut tx = line.begin().await?;
    let End { revision, announced, log_since } = end;
    let text = "MATCH (m:Meta {only: 1})
        SET m.revision = $revision, m.announced = $announced, m.logSince = $logSince
        REMOVE m.copying
        WITH m MATCH (c:ChangeSet) WHERE c.revision > $logSince AND c.revision <= $revision
        RETURN count(c) AS entries";
    let params = json!({ "revision": revision, "announced": announced, "logSince": log_since });
    let entries: u64 = tx.rows(text, params).await?.first_mut().map_or(Ok(0), |row| row.get("entries"))?;
    // The log has to reach from where it says to where it says.
    if entries != revision.0.saturating_sub(log_since.0) {
        tx.roll_back().await?;
        return Err(broken_off());
    }
    tx.commit().await
}

fn broken_off() -> Trouble {
    let why = "the copy broke off before its end, and nothing of it was kept: try again";
    StoreError::Unavailable(why.to_owned()).into()
}

/// The database held nothing before, and the mark has kept everybody else from writing.
async fn empty_again(line: &Line) -> Result<(), Trouble> {
    for label in ["PersonalChange", "Change", "ChangeSet", "Run", "Ref", "Source", "Thing"] {
        line.run(&format!("MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 1000 ROWS")).await?;
    }
    line.run("MATCH (m:Meta {only: 1}) REMOVE m.copying").await
}

impl Sorted {
    fn of(pieces: Vec<Piece>) -> Self {
        let mut sorted = Self::default();
        for piece in pieces {
            match piece {
                Piece::Source(source) => sorted.sources.push(source),
                Piece::Node { record, updated_at } => sorted.nodes.push((record, updated_at)),
                Piece::Relation(record) => sorted.relations.push(record),
                Piece::Run(row) => sorted.runs.push(row),
                Piece::Log(row) => sorted.entries.push(row),
                Piece::Change(row) => sorted.changes.push(row),
                Piece::PersonalChange(row) => sorted.personal.push(row),
                Piece::End { revision, announced, log_since } => {
                    sorted.end = Some(End { revision, announced, log_since });
                }
            }
        }
        sorted
    }

    async fn write(&self, tx: &mut Tx) -> Result<(), Trouble> {
        sources::write(tx, &self.sources).await?;
        let records: Vec<(&NodeRecord, Timestamp)> = self.nodes.iter().map(|(record, at)| (record, *at)).collect();
        nodes::write(tx, &records).await?;
        let with_refs: Vec<&Node> = self.nodes.iter().map(|(record, _)| &record.node).collect();
        refs::write(tx, &with_refs).await?;
        let relations: Vec<(&RelationRecord, bool)> = self.relations.iter().map(|record| (record, false)).collect();
        relations::write(tx, &relations).await?;
        log::write_runs(tx, &self.runs).await?;
        log::write_entries(tx, &self.entries).await?;
        log::write_changes(tx, &self.changes).await?;
        log::write_personal(tx, &self.personal).await
    }
}

//! All there is, piece by piece and in the archive's order, for moving it to another store. Used by this adapter alone.
//! Keys are put in order here, since theirs is bytewise; things are then fetched by their keys.

use super::lines::Line;
use super::meta::Meta;
use super::past::{CHANGE, PERSONAL_CHANGE, change, personal_change};
use super::trouble::Trouble;
use super::tx::ROWS_A_STATEMENT;
use super::values::Row;
use super::{nodes, relations, sources};
use crate::model::{NodeId, RelationId};
use crate::store::StoreError;
use crate::store::archive::{LogRow, Piece, RunRow};
use serde_json::json;
use tokio::sync::mpsc;

pub type Batch = Result<Vec<Piece>, StoreError>;

/// So many change sets, of at most 5,000 changes each, are asked for at once.
const CHANGE_SETS: usize = 10;
/// So many people's personal changes are.
const PEOPLE: usize = 100;

/// Hands all on, until nobody takes it any more. It fails when somebody wrote meanwhile.
pub async fn all(line: &Line, to: &mpsc::Sender<Batch>) -> Result<(), Trouble> {
    let start = line.settled_meta().await?;
    let mut out = Out { to, batch: Vec::new() };
    graph(line, &mut out).await?;
    log(line, &mut out).await?;
    if line.settled_meta().await? != start {
        let why = "somebody changed the store while it was being read: stop what writes to it, and try again";
        return Err(StoreError::Unavailable(why.to_owned()).into());
    }
    let Meta { revision, announced, log_since, .. } = start;
    out.give(Piece::End { revision, announced, log_since }).await?;
    out.flush().await
}

struct Out<'a> {
    to: &'a mpsc::Sender<Batch>,
    batch: Vec<Piece>,
}

impl Out<'_> {
    async fn give(&mut self, piece: Piece) -> Result<(), Trouble> {
        self.batch.push(piece);
        if self.batch.len() >= ROWS_A_STATEMENT { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), Trouble> {
        let batch = std::mem::take(&mut self.batch);
        let nobody = |_| StoreError::Unavailable("nobody takes what is read out any more".to_owned());
        Ok(self.to.send(Ok(batch)).await.map_err(nobody)?)
    }
}

async fn graph(line: &Line, out: &mut Out<'_>) -> Result<(), Trouble> {
    let mut rows = line.read(&format!("MATCH (s:Source) RETURN {}", sources::SOURCE), json!({})).await?;
    let mut all = rows.iter_mut().map(sources::source).collect::<Result<Vec<_>, _>>()?;
    all.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    for source in all {
        out.give(Piece::Source(source)).await?;
    }
    let text = format!("MATCH (n:Thing) WHERE n.id IN $keys RETURN {}", nodes::whole());
    for ids in keys(line, "MATCH (n:Thing) RETURN n.id AS key").await?.chunks(ROWS_A_STATEMENT) {
        let mut rows = line.read_keys(&text, ids).await?;
        let mut records = rows.iter_mut().map(nodes::record).collect::<Result<Vec<_>, _>>()?;
        records.sort_unstable_by(|(a, _), (b, _)| NodeId::cmp(&a.node.id, &b.node.id));
        for (record, updated_at) in records {
            out.give(Piece::Node { record, updated_at }).await?;
        }
    }
    let text = format!("MATCH (:Thing)-[r:{}]->(:Thing) RETURN r.id AS key", relations::kinds());
    for ids in keys(line, &text).await?.chunks(ROWS_A_STATEMENT) {
        let mut rows = line.read_keys(&relations::by_id(&relations::whole()), ids).await?;
        let mut records = rows.iter_mut().map(relations::record).collect::<Result<Vec<_>, _>>()?;
        records.sort_unstable_by(|a, b| RelationId::cmp(&a.relation.id, &b.relation.id));
        for record in records {
            out.give(Piece::Relation(record)).await?;
        }
    }
    Ok(())
}

async fn log(line: &Line, out: &mut Out<'_>) -> Result<(), Trouble> {
    let mut rows = line.read(&format!("MATCH (r:Run) RETURN {RUN}"), json!({})).await?;
    let mut runs = rows.iter_mut().map(run).collect::<Result<Vec<_>, _>>()?;
    runs.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    for run in runs {
        out.give(Piece::Run(run)).await?;
    }
    let mut revisions = Vec::new();
    let mut rows = line.stream(&format!("MATCH (c:ChangeSet) RETURN {LOG} ORDER BY revision"), json!({})).await?;
    while let Some(mut row) = rows.next().await? {
        let entry = log_row(&mut row)?;
        revisions.push(entry.revision);
        out.give(Piece::Log(entry)).await?;
    }
    drop(rows);
    let text = format!(
        "MATCH (c:Change) WHERE c.revision >= $first AND c.revision <= $last RETURN {CHANGE} ORDER BY c.revision, c.seq"
    );
    for revisions in revisions.chunks(CHANGE_SETS) {
        let mut rows = line.stream(&text, json!({ "first": revisions.first(), "last": revisions.last() })).await?;
        while let Some(mut row) = rows.next().await? {
            out.give(Piece::Change(change(&mut row)?)).await?;
        }
    }
    let text = format!("MATCH (p:PersonalChange) WHERE p.individual IN $keys RETURN {PERSONAL_CHANGE}");
    for people in keys(line, "MATCH (p:PersonalChange) RETURN DISTINCT p.individual AS key").await?.chunks(PEOPLE) {
        let mut rows = line.read_keys(&text, people).await?;
        let mut changes = rows.iter_mut().map(personal_change).collect::<Result<Vec<_>, _>>()?;
        changes.sort_unstable_by(|a, b| {
            (&a.individual, a.revision, a.seq, &a.field).cmp(&(&b.individual, b.revision, b.seq, &b.field))
        });
        for change in changes {
            out.give(Piece::PersonalChange(change)).await?;
        }
    }
    Ok(())
}

/// The keys that a statement returns, in bytewise order.
async fn keys(line: &Line, text: &str) -> Result<Vec<String>, Trouble> {
    let mut keys = Vec::new();
    let mut rows = line.stream(text, json!({})).await?;
    while let Some(mut row) = rows.next().await? {
        keys.push(row.text("key")?);
    }
    keys.sort_unstable();
    Ok(keys)
}

const RUN: &str = "r.id AS id, r.what AS what, toString(r.startedAt) AS startedAt,
    toString(r.finishedAt) AS finishedAt, r.changeSets AS changeSets, r.revision AS revision";

fn run(row: &mut Row) -> Result<RunRow, Trouble> {
    Ok(RunRow {
        id: row.text("id")?,
        what: row.text("what")?,
        started_at: row.word("startedAt")?,
        finished_at: row.word_if("finishedAt")?,
        change_sets: row.get("changeSets")?,
        revision: row.revision("revision")?,
    })
}

const LOG: &str = "c.revision AS revision, c.id AS id, toString(c.at) AS at, c.actor AS actor, c.source AS source,
    c.run AS run, c.request AS request";

fn log_row(row: &mut Row) -> Result<LogRow, Trouble> {
    Ok(LogRow {
        revision: row.revision("revision")?,
        change_set: row.text("id")?,
        at: row.word("at")?,
        actor: row.text("actor")?,
        source: row.text("source")?,
        run: row.get("run")?,
        request: row.get("request")?,
    })
}

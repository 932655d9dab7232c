//! What the snapshot lacks, for the dataloaders, and things whole, for whoever is about to change a few. Used by this
//! adapter alone; an unknown key is no error.

use super::lines::Line;
use super::trouble::Trouble;
use super::values::Row;
use super::{nodes, relations};
use crate::model::{Details, NodeId, RelationId, RelationRecord};
use crate::store::{Records, RelationDetails};
use serde_json::json;
use std::collections::HashMap;
use std::time::Duration;

pub async fn details(line: &Line, ids: &[NodeId]) -> Result<HashMap<NodeId, Details>, Trouble> {
    let ids: Vec<&str> = ids.iter().map(NodeId::as_str).collect();
    let text = format!("MATCH (n:Thing) WHERE n.id IN $keys RETURN {}", nodes::whole());
    let read = |rows: Vec<Row>| {
        let records = rows.into_iter().map(|mut row| nodes::record(&mut row));
        records.map(|record| record.map(|(record, _)| (record.node.id, record.details))).collect()
    };
    once_written(line, &text, &ids, read).await
}

pub async fn evidence(line: &Line, ids: &[RelationId]) -> Result<HashMap<RelationId, RelationDetails>, Trouble> {
    let ids: Vec<&str> = ids.iter().map(RelationId::as_str).collect();
    let read = |rows: Vec<Row>| {
        let records = rows.into_iter().map(|mut row| relations::record(&mut row));
        let details = |record: RelationRecord| {
            (record.relation.id, RelationDetails { evidence: record.evidence, note: record.note })
        };
        records.map(|record| record.map(details)).collect()
    };
    once_written(line, &relations::by_id(&relations::whole()), &ids, read).await
}

/// How long to wait before reading again what could not be read; each further time twice as long.
const PAUSE: Duration = Duration::from_millis(10);
const TRIES: u32 = 6;

/// A row may be seen half-written while a commit is being applied. That passes; what is broken does not.
async fn once_written<T>(
    line: &Line,
    text: &str,
    keys: &[&str],
    read: impl Fn(Vec<Row>) -> Result<T, Trouble>,
) -> Result<T, Trouble> {
    let mut pause = PAUSE;
    for _ in 1..TRIES {
        match read(line.read_keys(text, keys).await?) {
            Err(Trouble::Unreadable(_)) => tokio::time::sleep(pause).await,
            outcome => return outcome,
        }
        pause *= 2;
    }
    read(line.read_keys(text, keys).await?)
}

/// Things whole, with the revision they are of.
pub async fn records(line: &Line, nodes: &[NodeId], relations: &[RelationId]) -> Result<Records, Trouble> {
    let (mut tx, meta) = line.settled().await?;
    let mut records = Records { revision: meta.revision, ..Records::default() };
    let text = format!("MATCH (n:Thing) WHERE n.id IN $keys RETURN {}", nodes::whole());
    for mut row in tx.ask(&text, nodes.iter().map(|id| json!(id)).collect()).await? {
        let (record, _) = nodes::record(&mut row)?;
        records.nodes.insert(record.node.id.clone(), record);
    }
    let text = relations::by_id(&relations::whole());
    for mut row in tx.ask(&text, relations.iter().map(|id| json!(id)).collect()).await? {
        let record = relations::record(&mut row)?;
        records.relations.insert(record.relation.id.clone(), record);
    }
    tx.roll_back().await?;
    Ok(records)
}

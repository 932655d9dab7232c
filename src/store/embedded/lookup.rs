//! What the snapshot lacks, for the dataloaders: one statement for each thousand keys, whatever they are. And things
//! whole, for whoever is about to change a few. Used by this adapter alone; an unknown key is no error.

use super::cells::{Cells, json};
use super::{log, nodes, relations};
use crate::model::{Details, NodeId, RelationId};
use crate::store::{Records, RelationDetails};
use rusqlite::Transaction;
use std::collections::HashMap;

const KEYS_A_STATEMENT: usize = 1_000;

pub fn details(tx: &Transaction<'_>, ids: &[NodeId]) -> rusqlite::Result<HashMap<NodeId, Details>> {
    let mut found = HashMap::with_capacity(ids.len());
    let mut statement = tx.prepare_cached(&format!(
        "SELECT n.id, {} FROM json_each(?1) wanted JOIN {} WHERE n.id = wanted.value",
        nodes::DETAILS,
        nodes::FROM
    ))?;
    for keys in ids.chunks(KEYS_A_STATEMENT) {
        let mut rows = statement.query([json(&keys)])?;
        while let Some(row) = rows.next()? {
            let mut cells = Cells::of(row);
            found.insert(cells.node()?, nodes::details(&mut cells)?);
        }
    }
    Ok(found)
}

pub fn evidence(tx: &Transaction<'_>, ids: &[RelationId]) -> rusqlite::Result<HashMap<RelationId, RelationDetails>> {
    let mut found: HashMap<RelationId, RelationDetails> = HashMap::with_capacity(ids.len());
    let mut statement = tx.prepare_cached(
        "SELECT r.id, t.note, e.kind, e.source, e.date
         FROM (SELECT DISTINCT value FROM json_each(?1)) wanted
             JOIN relation r ON r.id = wanted.value
             JOIN evidence e ON e.relation = r.id
             LEFT JOIN relation_text t ON t.relation = r.id",
    )?;
    for keys in ids.chunks(KEYS_A_STATEMENT) {
        let mut rows = statement.query([json(&keys)])?;
        while let Some(row) = rows.next()? {
            let mut cells = Cells::of(row);
            let details = found.entry(RelationId::known(cells.text()?)).or_default();
            details.note = cells.get()?;
            details.evidence.push(relations::evidence(&mut cells)?);
        }
    }
    for details in found.values_mut() {
        details.evidence.sort();
        // A key that was asked for twice, in two chunks, was read twice.
        details.evidence.dedup();
    }
    Ok(found)
}

/// Things whole, with the revision they are of.
pub fn records(tx: &Transaction<'_>, nodes: &[NodeId], relations: &[RelationId]) -> rusqlite::Result<Records> {
    let mut records = Records { revision: log::health(tx)?.revision, ..Records::default() };
    for id in nodes {
        if let Some(record) = nodes::record(tx, id.as_str())? {
            records.nodes.insert(id.clone(), record);
        }
    }
    for id in relations {
        if let Some(record) = relations::record(tx, id.as_str())? {
            records.relations.insert(id.clone(), record);
        }
    }
    Ok(records)
}

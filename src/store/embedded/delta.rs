//! What has become of the things that changed after a revision, for a snapshot that follows. In one transaction.
//! Used by this adapter alone. A thing is told as it is now, which an import still under way may have changed again.

use super::cells::{Cells, integer};
use super::{log, nodes, relations, sources};
use crate::model::{NodeId, RelationId, Revision};
use crate::store::Delta;
use rusqlite::{Transaction, params};

pub fn after(tx: &Transaction<'_>, after: Revision, limit: usize) -> rusqlite::Result<Option<Delta>> {
    let health = log::health(tx)?;
    if after < health.log_since || after > health.revision {
        return Ok(None);
    }
    // Whoever loaded during an import may be ahead of what is announced.
    let mut delta = Delta { revision: after.max(health.announced), ..Delta::default() };
    let mut statement = tx.prepare_cached(
        "SELECT DISTINCT of, thing FROM log_change WHERE revision > ?1 AND revision <= ?2 ORDER BY of, thing LIMIT ?3",
    )?;
    let enough = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows = statement.query(params![integer(after.0), integer(health.announced.0), enough])?;
    let mut things = 0;
    while let Some(row) = rows.next()? {
        things += 1;
        if things > limit {
            return Ok(None);
        }
        let mut cells = Cells::of(row);
        let (of, thing) = (cells.text()?, cells.text()?);
        match of {
            "NODE" => match nodes::stored(tx, thing)? {
                Some(node) => delta.nodes.push(node),
                None => delta.gone_nodes.push(NodeId::known(thing)),
            },
            "RELATION" => match relations::stored(tx, thing)? {
                Some(relation) => delta.relations.push(relation),
                None => delta.gone_relations.push(RelationId::known(thing)),
            },
            // The table admits nothing else, and sources never go.
            _ => delta.sources.extend(sources::named(tx, thing)?),
        }
    }
    Ok(Some(delta))
}

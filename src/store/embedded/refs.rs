//! Refs as rows: each names one node of its space, and the table holds them to that.
//! Used by this adapter's `commit`, `load` and `nodes`. Those of individuals are personal.

use super::cells::Cells;
use super::trouble::Trouble;
use crate::model::{Node, NodeId, NodeType, Ref, RefSpace};
use rusqlite::{OptionalExtension as _, Transaction, params};

pub fn reference(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Ref> {
    let (scheme, value) = (cells.text()?, cells.text()?);
    Ref::new(scheme, value).map_err(|_| cells.unreadable::<Ref>())
}

/// Those of a node, the one to show first.
pub fn of(tx: &Transaction<'_>, node: &NodeId) -> rusqlite::Result<Vec<Ref>> {
    tx.prepare_cached("SELECT scheme, value FROM ref WHERE node = ?1 ORDER BY position")?
        .query_map([node.as_str()], |row| reference(&mut Cells::of(row)))?
        .collect()
}

pub fn let_go(tx: &Transaction<'_>, node: &NodeId) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM ref WHERE node = ?1")?.execute([node.as_str()])?;
    Ok(())
}

/// Gives the node its refs; refused when another has one of them.
pub fn put(tx: &Transaction<'_>, node: &Node) -> Result<(), Trouble> {
    let space = space(node.node_type());
    for (position, reference) in (0_i64..).zip(&node.refs) {
        let (scheme, value) = (reference.scheme(), reference.value());
        let owner: Option<String> = tx
            .prepare_cached("SELECT node FROM ref WHERE space = ?1 AND scheme = ?2 AND value = ?3")?
            .query_one([space, scheme, value], |row| row.get(0))
            .optional()?;
        match owner {
            Some(owner) if owner == node.id.as_str() => {}
            Some(owner) => {
                return Err(Trouble::Refused(format!(
                    "{reference} already names {owner}, so it cannot name {} as well",
                    node.id
                )));
            }
            None => {
                tx.prepare_cached(
                    "INSERT INTO ref (space, scheme, value, node, position) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![space, scheme, value, node.id.as_str(), position])?;
            }
        }
    }
    Ok(())
}

fn space(node_type: NodeType) -> &'static str {
    match RefSpace::of(node_type) {
        RefSpace::Area => "AREA",
        RefSpace::Other => "OTHER",
    }
}

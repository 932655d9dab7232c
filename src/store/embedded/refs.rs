//! Refs as rows: each names one node of its space, and the table holds them to that.
//! Used by this adapter alone. Those of individuals are personal.

use super::cells::Cells;
use crate::model::{Node, NodeId, Ref, RefSpace};
use rusqlite::{OptionalExtension as _, Transaction, params};

pub fn reference(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Ref> {
    let (scheme, value) = (cells.text()?, cells.text()?);
    Ref::new(scheme, value).map_err(|_| cells.unreadable::<Ref>())
}

/// Those of a node, the one to show first.
pub fn of(tx: &Transaction<'_>, node: &str) -> rusqlite::Result<Vec<Ref>> {
    tx.prepare_cached("SELECT scheme, value FROM ref WHERE node = ?1 ORDER BY position")?
        .query_map([node], |row| reference(&mut Cells::of(row)))?
        .collect()
}

pub fn let_go(tx: &Transaction<'_>, node: &NodeId) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM ref WHERE node = ?1")?.execute([node.as_str()])?;
    Ok(())
}

/// Gives a node without refs its refs.
pub fn write(tx: &Transaction<'_>, node: &Node) -> rusqlite::Result<()> {
    let space = word(RefSpace::of(node.node_type()));
    let mut statement =
        tx.prepare_cached("INSERT INTO ref (space, scheme, value, node, position) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (position, reference) in (0_i64..).zip(&node.refs) {
        statement.execute(params![space, reference.scheme(), reference.value(), node.id.as_str(), position])?;
    }
    Ok(())
}

/// The node that a ref names.
pub fn holder(tx: &Transaction<'_>, space: RefSpace, reference: &Ref) -> rusqlite::Result<Option<NodeId>> {
    tx.prepare_cached("SELECT node FROM ref WHERE space = ?1 AND scheme = ?2 AND value = ?3")?
        .query_one([word(space), reference.scheme(), reference.value()], |row| Cells::of(row).node())
        .optional()
}

fn word(space: RefSpace) -> &'static str {
    match space {
        RefSpace::Area => "AREA",
        RefSpace::Other => "OTHER",
    }
}

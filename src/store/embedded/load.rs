//! Reading the whole graph for a snapshot, in one transaction. It leaves out what the snapshot does without.

use super::cells::Cells;
use super::{log, nodes, refs, relations, sources};
use crate::model::{NodeId, Relation};
use crate::store::{Graph, StoredNode};
use rusqlite::Transaction;
use rustc_hash::FxHashMap;

pub fn graph(tx: &Transaction<'_>) -> rusqlite::Result<Graph> {
    let revision = log::health(tx)?.revision;
    let nodes = all_nodes(tx)?;
    let relations = all_relations(tx, &nodes)?;
    Ok(Graph { revision, nodes, relations, sources: sources::all(tx)? })
}

fn all_nodes(tx: &Transaction<'_>) -> rusqlite::Result<Vec<StoredNode>> {
    let mut all = tx
        .prepare_cached(&format!("SELECT {} FROM {} ORDER BY n.id", nodes::NODE, nodes::FROM))?
        .query_map([], |row| nodes::node(&mut Cells::of(row)))?
        .collect::<rusqlite::Result<Vec<StoredNode>>>()?;
    hand_out(
        tx,
        "SELECT node, scheme, value FROM ref ORDER BY node, position",
        &mut all,
        |stored| stored.node.id.as_str(),
        |stored, cells| {
            stored.node.refs.push(refs::reference(cells)?);
            Ok(())
        },
    )?;
    Ok(all)
}

fn all_relations(tx: &Transaction<'_>, nodes: &[StoredNode]) -> rusqlite::Result<Vec<Relation>> {
    let keys: FxHashMap<&str, &NodeId> =
        nodes.iter().map(|stored| (stored.node.id.as_str(), &stored.node.id)).collect();
    // Ends share the nodes' keys: a graph has several times more ends than nodes.
    let end = |text: &str| keys.get(text).map_or_else(|| NodeId::known(text), |id| (*id).clone());
    let mut all = tx
        .prepare_cached(&format!("SELECT {} FROM relation r ORDER BY r.id", relations::RELATION))?
        .query_map([], |row| relations::relation(&mut Cells::of(row), end))?
        .collect::<rusqlite::Result<Vec<Relation>>>()?;
    hand_out(
        tx,
        "SELECT relation, title FROM relation_text WHERE title IS NOT NULL ORDER BY relation",
        &mut all,
        |relation| relation.id.as_str(),
        |relation, cells| {
            relation.title = cells.get()?;
            Ok(())
        },
    )?;
    Ok(all)
}

/// Gives each row to the thing that its first cell names. Both come in the order of ids, bytewise, so that one pass
/// does it: a join would look each of them up.
fn hand_out<T>(
    tx: &Transaction<'_>,
    sql: &str,
    things: &mut [T],
    id: impl Fn(&T) -> &str,
    give: impl Fn(&mut T, &mut Cells<'_, '_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut things = things.iter_mut().peekable();
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        let owner = cells.text()?;
        while things.next_if(|thing| id(thing) < owner).is_some() {}
        if let Some(thing) = things.peek_mut() {
            give(thing, &mut cells)?;
        }
    }
    Ok(())
}

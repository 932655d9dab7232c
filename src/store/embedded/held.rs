//! What the store holds as far as a change set is concerned, read in the transaction that will change it.
//! Used by `commit` alone. What of it matters, and why, `store::effects` knows.

use super::cells::Cells;
use super::{nodes, refs, relations, sources};
use crate::model::NodeId;
use crate::store::effects::{Held, Wanted};
use rusqlite::Transaction;

pub fn of(tx: &Transaction<'_>, wanted: &Wanted) -> rusqlite::Result<Held> {
    let mut held = Held::default();
    for name in wanted.source_names() {
        if let Some(source) = sources::named(tx, name)? {
            held.sources.insert(source.name.clone(), source);
        }
    }
    for id in wanted.node_ids() {
        if let Some(record) = nodes::record(tx, id.as_str())? {
            held.nodes.insert(id.clone(), record);
        }
    }
    for (space, reference) in wanted.refs() {
        if let Some(node) = refs::holder(tx, space, reference)? {
            held.refs.insert((space, reference.clone()), node);
        }
    }
    for id in wanted.relation_ids() {
        if let Some(record) = relations::record(tx, id.as_str())? {
            held.relations.insert(id.clone(), record);
        }
    }
    for id in wanted.uprooted() {
        for record in relations::at(tx, id)? {
            held.relations.insert(record.relation.id.clone(), record);
        }
        let mut merged = tx.prepare_cached("SELECT id FROM node WHERE merged_into = ?1 ORDER BY id")?;
        for merged in merged.query_map([id.as_str()], |row| Cells::of(row).node())? {
            held.merged.push((merged?, id.clone()));
        }
    }
    let ends: Vec<NodeId> =
        held.relations.values().flat_map(|record| [&record.relation.from, &record.relation.to]).cloned().collect();
    for id in wanted.named().chain(&ends) {
        if !held.types.contains_key(id)
            && let Some(known) = nodes::type_of(tx, id)?
        {
            held.types.insert(id.clone(), known);
        }
    }
    Ok(held)
}

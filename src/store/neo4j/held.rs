//! What the store holds as far as a change set is concerned, read in the transaction that will change it.
//! Used by `commit` alone. What of it matters, and why, `store::effects` knows.

use super::trouble::Trouble;
use super::tx::Tx;
use super::{nodes, refs, relations, sources};
use crate::model::{NodeId, RelationRecord};
use crate::store::effects::{Held, Wanted};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

pub async fn of(tx: &mut Tx, wanted: &Wanted) -> Result<Held, Trouble> {
    let mut held = Held::default();
    let names = wanted.source_names().map(|name| json!(name)).collect();
    for source in sources::named(tx, names).await? {
        held.sources.insert(source.name.clone(), source);
    }
    let text = format!("MATCH (n:Thing) WHERE n.id IN $keys RETURN {}", nodes::whole());
    let keys = wanted.node_ids().map(|id| json!(id)).collect();
    for mut row in tx.ask(&text, keys).await? {
        let (record, _) = nodes::record(&mut row)?;
        held.nodes.insert(record.node.id.clone(), record);
    }
    let refs: Vec<_> = wanted.refs().collect();
    held.refs = refs::holders(tx, &refs).await?;
    let keys = wanted.relation_ids().map(|id| json!(id)).collect();
    for mut row in tx.ask(&relations::by_id(&relations::whole()), keys).await? {
        hold(&mut held, relations::record(&mut row)?);
    }
    let uprooted: Vec<&NodeId> = wanted.uprooted().collect();
    for id in uprooted {
        for record in relations::at(tx, id).await? {
            hold(&mut held, record);
        }
        let text = "MATCH (n:Thing {mergedInto: $id}) RETURN n.id AS id ORDER BY id";
        for mut row in tx.rows(text, json!({ "id": id })).await? {
            held.merged.push((row.node("id")?, id.clone()));
        }
    }
    let named = named(wanted, &held);
    held.types.extend(nodes::types(tx, named).await?);
    Ok(held)
}

/// All nodes whose types are needed, each once.
fn named(wanted: &Wanted, held: &Held) -> Vec<Value> {
    let ends = held.relations.values().flat_map(|record| [&record.relation.from, &record.relation.to]);
    let named: FxHashSet<&NodeId> = wanted.named().chain(ends).collect();
    named.into_iter().map(|id| json!(id)).collect()
}

fn hold(held: &mut Held, record: RelationRecord) {
    held.relations.insert(record.relation.id.clone(), record);
}

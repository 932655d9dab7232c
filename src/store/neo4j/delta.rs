//! What has become of the things that changed after a revision, for a snapshot that follows, and for a load that was
//! overtaken. Read under the lock, so that it is of one revision. Used by this adapter alone.

use super::lines::Line;
use super::trouble::Trouble;
use super::tx::Tx;
use super::values::{integer, limit};
use super::{nodes, relations, sources};
use crate::model::{NodeId, RelationId, Revision};
use crate::store::Delta;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub async fn after(line: &Line, after: Revision, at_most: usize) -> Result<Option<Delta>, Trouble> {
    let (mut tx, meta) = line.settled().await?;
    let within_the_log = after >= meta.log_since && after <= meta.revision;
    let delta = if within_the_log { between(&mut tx, after, meta.announced, at_most).await? } else { None };
    tx.roll_back().await?;
    Ok(delta)
}

/// What has become of the things that changed after a revision and up to another; `None` when those are too many. A thing
/// is told as it is now.
pub async fn between(tx: &mut Tx, after: Revision, upto: Revision, at_most: usize) -> Result<Option<Delta>, Trouble> {
    let text = "MATCH (c:Change) WHERE c.revision > $after AND c.revision <= $upto
        RETURN DISTINCT c.of AS of, c.thing AS thing LIMIT $limit";
    let enough = limit(at_most).saturating_add(1);
    let rows = tx.rows(text, json!({ "after": integer(after.0), "upto": upto, "limit": enough })).await?;
    if rows.len() > at_most {
        return Ok(None);
    }
    let (mut of_nodes, mut of_relations, mut of_sources) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for mut row in rows {
        let things = match row.text("of")?.as_str() {
            "NODE" => &mut of_nodes,
            "RELATION" => &mut of_relations,
            "SOURCE" => &mut of_sources,
            _ => return Err(Trouble::unreadable("of")),
        };
        things.insert(row.text("thing")?);
    }
    let keys = |things: &BTreeSet<String>| -> Vec<Value> { things.iter().map(|thing| json!(thing)).collect() };
    // Whoever loaded during an import may be ahead of what is announced.
    let mut delta = Delta { revision: after.max(upto), ..Delta::default() };
    let text = format!("MATCH (n:Thing) WHERE n.id IN $keys RETURN {}", nodes::lean());
    for mut row in tx.ask(&text, keys(&of_nodes)).await? {
        let stored = nodes::stored(&mut row)?;
        of_nodes.remove(stored.node.id.as_str());
        delta.nodes.push(stored);
    }
    for mut row in tx.ask(&relations::by_id(&relations::lean()), keys(&of_relations)).await? {
        let relation = relations::record(&mut row)?.relation;
        of_relations.remove(relation.id.as_str());
        delta.relations.push(relation);
    }
    // Sources never go.
    delta.sources = sources::named(tx, keys(&of_sources)).await?;
    delta.gone_nodes = of_nodes.into_iter().map(NodeId::known).collect();
    delta.gone_relations = of_relations.into_iter().map(RelationId::known).collect();
    delta.nodes.sort_unstable_by(|a, b| a.node.id.cmp(&b.node.id));
    delta.relations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    delta.sources.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(Some(delta))
}

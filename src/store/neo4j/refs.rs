//! Refs as nodes that name what they are of, so that each names one thing of its space, and so that an analyst can start
//! from one. Used by this adapter alone. The list on the node itself keeps their order.

use super::trouble::Trouble;
use super::tx::Tx;
use crate::model::{Node, NodeId, Ref, RefSpace};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

const fn word(space: RefSpace) -> &'static str {
    match space {
        RefSpace::Area => "AREA",
        RefSpace::Other => "OTHER",
    }
}

/// Who holds them; those that nobody holds are absent.
pub async fn holders(tx: &mut Tx, refs: &[(RefSpace, &Ref)]) -> Result<FxHashMap<(RefSpace, Ref), NodeId>, Trouble> {
    let mut holders = FxHashMap::default();
    for space in [RefSpace::Area, RefSpace::Other] {
        let refs = refs.iter().filter(|(its, _)| *its == space).map(|(_, reference)| json!(reference)).collect();
        let text = format!(
            "MATCH (r:Ref)-[:NAMES]->(n:Thing) WHERE r.space = '{}' AND r.ref IN $keys
             RETURN r.ref AS ref, n.id AS id",
            word(space)
        );
        for mut row in tx.ask(&text, refs).await? {
            holders.insert((space, row.get("ref")?), row.node("id")?);
        }
    }
    Ok(holders)
}

pub async fn let_go(tx: &mut Tx, nodes: Vec<Value>) -> Result<(), Trouble> {
    tx.write("UNWIND $rows AS id MATCH (:Thing {id: id})<-[:NAMES]-(r:Ref) DETACH DELETE r", nodes).await
}

/// Gives nodes their refs. Nobody may hold one of them.
pub async fn write(tx: &mut Tx, nodes: &[&Node]) -> Result<(), Trouble> {
    let refs = nodes.iter().flat_map(|node| {
        let space = word(RefSpace::of(node.node_type()));
        node.refs.iter().map(move |reference| json!({ "id": node.id, "space": space, "ref": reference }))
    });
    let text = "UNWIND $rows AS row
        MATCH (n:Thing {id: row.id})
        CREATE (:Ref {space: row.space, ref: row.ref})-[:NAMES]->(n)";
    tx.write(text, refs.collect()).await
}

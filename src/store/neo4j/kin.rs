//! Relationships that follow from what nodes say of themselves: the areas that one lies in, the groups that one is part
//! of, what it was merged into. For analysts alone: nothing here is read back, and each stands exactly where both its
//! ends do. Used by this adapter's commits and copies.

use super::trouble::Trouble;
use super::tx::Tx;
use crate::model::{NodeId, NodeRecord, NodeType};
use rustc_hash::FxHashSet;
use serde_json::{Value, json};

/// (what kind of node, its property, the relationship)
pub const KIN: [(&str, &str, &str); 5] = [
    ("Area", "parents", "WITHIN"),
    ("UnderservedGroup", "parents", "PART_OF"),
    ("UnderservedGroup", "sameAs", "SAME_AS"),
    ("UnderservedGroup", "area", "LIVES_IN"),
    ("Thing", "mergedInto", "MERGED_INTO"),
];

/// After nodes were written: `known` are those of them that were there before.
pub async fn follow(tx: &mut Tx, written: &[NodeRecord], known: &FxHashSet<&NodeId>) -> Result<(), Trouble> {
    let mut changed = Vec::new();
    let mut rows: [Vec<Value>; KIN.len()] = Default::default();
    let mut newcomers = Vec::new();
    for record in written {
        let node = &record.node;
        if known.contains(&node.id) {
            changed.push(json!(node.id));
        } else if matches!(node.node_type(), NodeType::Area | NodeType::UnderservedGroup) {
            // Only these are named before they are there: what a node is merged into is known.
            newcomers.push(json!(node.id));
        }
        let area = node.area().map_or(&[] as &[_], |facts| &facts.parents);
        let group = node.group();
        let named: [&[NodeId]; KIN.len()] = [
            area,
            group.map_or(&[], |facts| &facts.parents),
            group.map_or(&[], |facts| &facts.same_as),
            group.map_or(&[], |facts| facts.area.as_slice()),
            node.merged_into.as_slice(),
        ];
        for (rows, named) in rows.iter_mut().zip(named) {
            rows.extend(named.iter().map(|to| json!({ "from": node.id, "to": to })));
        }
    }
    let types = KIN.map(|(_, _, kin)| kin).join("|");
    tx.write(&format!("UNWIND $rows AS id MATCH (:Thing {{id: id}})-[r:{types}]->() DELETE r"), changed).await?;
    for ((_, _, kin), rows) in KIN.iter().zip(rows) {
        let text = format!(
            "UNWIND $rows AS row
             MATCH (a:Thing {{id: row.from}})
             MATCH (b:Thing {{id: row.to}})
             MERGE (a)-[:{kin}]->(b)"
        );
        tx.write(&text, rows).await?;
    }
    welcome(tx, newcomers).await
}

/// Joins newcomers to those who had named them already.
async fn welcome(tx: &mut Tx, newcomers: Vec<Value>) -> Result<(), Trouble> {
    if newcomers.is_empty() {
        return Ok(());
    }
    for (label, property, kin) in KIN.iter().filter(|(label, ..)| *label != "Thing") {
        tx.run(
            &format!(
                "MATCH (a:{label}) WHERE a.{property} IS NOT NULL
                 UNWIND {} AS id
                 WITH a, id WHERE id IN $newcomers
                 MATCH (b:Thing {{id: id}})
                 MERGE (a)-[:{kin}]->(b)",
                named(property)
            ),
            json!({ "newcomers": newcomers }),
        )
        .await?;
    }
    Ok(())
}

/// What a node `a` names by a property, as a list.
pub fn named(property: &str) -> String {
    if matches!(property, "area" | "mergedInto") { format!("[a.{property}]") } else { format!("a.{property}") }
}

//! From rows to changes: which node each row is about, what it alters, and what of it differs from the graph as it is.
//! Pure; the only way from any format to a change set.

mod attributes;
mod claims;
mod consents;
mod draft;
mod links;
mod nodes;
mod relations;
mod spans;
mod tally;

use super::{Batch, Known, Report, succession};
use crate::model::{Body, Change, Date, IdGenerator, NodeId, NodeRecord, NodeType};
use claims::Claims;
pub(in crate::ingest) use draft::Draft;
use rustc_hash::FxHashMap;

/// What an import would change, and what became of its rows.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Sources, then nodes, then relations: nothing comes before what it names. Only what differs from the graph.
    pub changes: Vec<Change>,
    pub report: Report,
}

/// Works out what a batch changes. Neither the order of rows nor that of sheets decides an id or whether a reference
/// is found; where two rows fill one cell, the later wins. `today` is the day on which consents are recorded.
pub fn plan(known: &Known, batch: Batch, ids: &mut IdGenerator, today: Date) -> Plan {
    let Batch { nodes, attributes, relations, sources, report } = batch;
    let mut claims = Claims::new(known);
    let claimed = claims.claim_all(&nodes, &attributes);
    let mut draft = Draft::new(known, claims, ids, today, report);
    draft.put_sources(sources);
    let places = draft.put_nodes(&nodes, claimed.nodes);
    draft.put_spans(&nodes, &places);
    draft.put_answers(&nodes, &places);
    draft.put_attributes(&attributes, claimed.attributes);
    draft.order_refs();
    draft.put_links(&nodes, &places);
    draft.put_areas(&nodes, &places);
    draft.put_relations(relations);
    succession::repoint(&mut draft);
    draft.finish()
}

impl Draft<'_> {
    /// The changes in order, whatever the order of rows, and the report.
    fn finish(self) -> Plan {
        let (sources, mut nodes, mut relations, report) = self.into_parts();
        let depths = depths(&nodes);
        nodes.sort_by_cached_key(|record| {
            let depth = depths.get(&record.node.id).copied().unwrap_or(0);
            (type_order(record.node.node_type()), depth, record.node.id.clone())
        });
        relations.sort_by(|a, b| a.relation.id.cmp(&b.relation.id));
        let mut changes: Vec<Change> = sources.into_iter().map(Change::PutSource).collect();
        changes.extend(nodes.into_iter().map(Change::PutNode));
        changes.extend(relations.into_iter().map(Change::PutRelation));
        Plan { changes, report }
    }
}

/// Areas first, since groups name them.
fn type_order(node_type: NodeType) -> usize {
    match node_type {
        NodeType::Area => 0,
        NodeType::Organisation => 1,
        NodeType::SoftwareProduct => 2,
        NodeType::PopulationSegment => 3,
        NodeType::Initiative => 4,
        NodeType::UnderservedGroup => 5,
        NodeType::Network | NodeType::WorkingGroup => 6,
        NodeType::Individual => 7,
    }
}

/// How many parents above parents each node has among the changed ones. There are no cycles here: `links` refused them.
fn depths(nodes: &[NodeRecord]) -> FxHashMap<NodeId, usize> {
    let by_id: FxHashMap<&NodeId, &NodeRecord> = nodes.iter().map(|record| (&record.node.id, record)).collect();
    let mut depths: FxHashMap<NodeId, usize> = FxHashMap::default();
    for record in nodes {
        let mut stack = vec![record];
        while let Some(record) = stack.last() {
            let above: Vec<&NodeRecord> =
                parents(record).iter().filter_map(|parent| by_id.get(parent).copied()).collect();
            let unknown = above.iter().find(|parent| !depths.contains_key(&parent.node.id));
            if let Some(parent) = unknown {
                stack.push(parent);
            } else {
                let depth = above.iter().map(|parent| depths[&parent.node.id] + 1).max().unwrap_or(0);
                depths.insert(record.node.id.clone(), depth);
                stack.pop();
            }
        }
    }
    depths
}

/// The things a node is part of, for areas and groups.
fn parents(record: &NodeRecord) -> &[NodeId] {
    match &record.node.body {
        Body::Area(facts) => &facts.parents,
        Body::UnderservedGroup(facts) => &facts.parents,
        Body::Organisation(_)
        | Body::Individual(_)
        | Body::Network(_)
        | Body::PopulationSegment(_)
        | Body::SoftwareProduct(_)
        | Body::Initiative(_) => &[],
    }
}

//! Reading the whole graph for a snapshot. It comes as a stream while others write, so what was written meanwhile is read
//! again at the end, under the lock: the graph is then of exactly one revision. It leaves out what the snapshot does
//! without.

use super::lines::Line;
use super::trouble::Trouble;
use super::{delta, nodes, relations, sources};
use crate::model::{NodeId, Relation, RelationId, Source};
use crate::store::{Delta, Graph, StoreError, StoredNode};
use rustc_hash::FxHashSet;
use serde_json::json;

/// What a stream gave while others wrote: a row may have been seen half-written.
struct Seen<T> {
    things: Vec<T>,
    /// Where a row could not be read.
    unread: Vec<Trouble>,
}

pub async fn graph(line: &Line) -> Result<Graph, Trouble> {
    let start = line.settled_meta().await?.revision;
    let nodes = all_nodes(line).await?;
    let relations = all_relations(line, &nodes.things).await?;
    let sources = all_sources(line).await?;
    let mut unread: Vec<Trouble> = nodes.unread.into_iter().chain(relations.unread).chain(sources.unread).collect();
    let mut graph =
        Graph { revision: start, nodes: nodes.things, relations: relations.things, sources: sources.things };
    let (mut tx, meta) = line.settled().await?;
    if meta.revision > start {
        if meta.log_since > start {
            let why = "the log was let go of while the graph was being loaded: try again";
            return Err(StoreError::Unavailable(why.to_owned()).into());
        }
        let delta = delta::between(&mut tx, start, meta.revision, usize::MAX).await?.unwrap_or_default();
        unread.retain(|trouble| !explains(&delta, trouble));
        overtake(&mut graph, delta);
    }
    tx.roll_back().await?;
    if let Some(trouble) = unread.into_iter().next() {
        return Err(trouble);
    }
    graph.nodes.sort_unstable_by(|a, b| a.node.id.cmp(&b.node.id));
    graph.relations.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    graph.sources.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    Ok(graph)
}

async fn all_nodes(line: &Line) -> Result<Seen<StoredNode>, Trouble> {
    let mut seen = Seen::default();
    let mut rows = line.stream(&format!("MATCH (n:Thing) RETURN {}", nodes::lean()), json!({})).await?;
    while let Some(mut row) = rows.next().await? {
        seen.keep(nodes::stored(&mut row))?;
    }
    Ok(seen)
}

async fn all_relations(line: &Line, nodes: &[StoredNode]) -> Result<Seen<Relation>, Trouble> {
    // Ends share the nodes' keys: a graph has several times more ends than nodes.
    let keys: FxHashSet<&NodeId> = nodes.iter().map(|stored| &stored.node.id).collect();
    let shared = |end: NodeId| keys.get(&end).map_or(end, |key| (*key).clone());
    let mut seen = Seen::default();
    let text = format!("MATCH (a:Thing)-[r:{}]->(b:Thing) RETURN {}", relations::kinds(), relations::lean());
    let mut rows = line.stream(&text, json!({})).await?;
    while let Some(mut row) = rows.next().await? {
        seen.keep(relations::record(&mut row).map(|record| {
            let relation = record.relation;
            Relation { from: shared(relation.from), to: shared(relation.to), ..relation }
        }))?;
    }
    Ok(seen)
}

async fn all_sources(line: &Line) -> Result<Seen<Source>, Trouble> {
    let mut seen = Seen::default();
    for mut row in line.read(&format!("MATCH (s:Source) RETURN {}", sources::SOURCE), json!({})).await? {
        seen.keep(sources::source(&mut row))?;
    }
    Ok(seen)
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self { things: Vec::new(), unread: Vec::new() }
    }
}

impl<T> Seen<T> {
    fn keep(&mut self, read: Result<T, Trouble>) -> Result<(), Trouble> {
        match read {
            Ok(thing) => self.things.push(thing),
            Err(trouble @ Trouble::Unreadable(_)) => self.unread.push(trouble),
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }
}

/// Whether a row could not be read because its thing was being written. One whose id could not be read either was.
fn explains(delta: &Delta, trouble: &Trouble) -> bool {
    let Trouble::Unreadable(place) = trouble else { return false };
    let nodes = delta.nodes.iter().map(|stored| &stored.node.id).chain(&delta.gone_nodes).map(NodeId::as_str);
    let relations = delta.relations.iter().map(|relation| &relation.id).chain(&delta.gone_relations);
    !place.contains(':') || nodes.chain(relations.map(RelationId::as_str)).any(|id| id == place)
}

/// Puts in what is newer. A thing may be there as it was before, as it is now, or not at all.
fn overtake(graph: &mut Graph, delta: Delta) {
    let nodes: FxHashSet<&NodeId> = delta.nodes.iter().map(|stored| &stored.node.id).chain(&delta.gone_nodes).collect();
    graph.nodes.retain(|stored| !nodes.contains(&stored.node.id));
    let relations: FxHashSet<_> =
        delta.relations.iter().map(|relation| &relation.id).chain(&delta.gone_relations).collect();
    graph.relations.retain(|relation| !relations.contains(&relation.id));
    let sources: FxHashSet<&str> = delta.sources.iter().map(|source| source.name.as_str()).collect();
    graph.sources.retain(|source| !sources.contains(source.name.as_str()));
    graph.revision = delta.revision;
    graph.nodes.extend(delta.nodes);
    graph.relations.extend(delta.relations);
    graph.sources.extend(delta.sources);
}

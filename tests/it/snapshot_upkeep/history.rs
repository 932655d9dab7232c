//! Random histories: a graph, the graphs it becomes, and the deltas in between. A later graph is another random world, or
//! the last one with things missing or otherwise, so that little and much changes at a time.

mod dress;

use crate::outreach::worlds::{self, Case, Theme};
use dress::{dresses, thin};
use inroads::model::{NodeId, Relation, RelationId, Revision, Source};
use inroads::store::{Delta, Graph, StoredNode};
use proptest::collection::vec;
use proptest::prelude::*;

#[derive(Debug)]
pub struct History {
    pub first: Graph,
    pub eras: Vec<Era>,
    /// A question about the last graph; about the others it may make no sense, to both sides alike.
    pub case: Case,
}

#[derive(Debug)]
pub struct Era {
    pub steps: Vec<Step>,
    /// What the graph is after the steps.
    pub graph: Graph,
}

#[derive(Debug)]
pub struct Step {
    pub delta: Delta,
    pub fold: bool,
    /// Whether hop costs are taken along at once, or later for several steps together.
    pub price: bool,
}

/// How one graph is turned into the next.
#[derive(Debug, Clone)]
struct Way {
    /// Bits, one for each change, that are used over and over.
    shuffle: Vec<u16>,
    /// How many changes a delta holds.
    at_a_time: usize,
    folds: Vec<bool>,
    prices: Vec<bool>,
    /// Relations of nodes that go are left to go with them.
    silent: bool,
    /// Deltas are told twice.
    repeated: bool,
}

#[derive(Debug, Clone)]
enum Change {
    GoneRelation(RelationId),
    PutSource(Source),
    /// A ref is let go of before another takes it.
    StripNode(StoredNode),
    PutNode(StoredNode),
    PutRelation(Relation),
    GoneNode(NodeId),
}

pub fn histories(theme: Theme) -> impl Strategy<Value = History> {
    let ways = (
        vec(any::<u16>(), 24),
        prop_oneof![Just(1_usize), 2..6_usize, Just(1000)],
        vec(prop::bool::weighted(0.1), 7),
        vec(any::<bool>(), 5),
        any::<bool>(),
        prop::bool::weighted(0.2),
    )
        .prop_map(|(shuffle, at_a_time, folds, prices, silent, repeated)| Way {
            shuffle,
            at_a_time,
            folds,
            prices,
            silent,
            repeated,
        });
    let earlier = prop_oneof![
        2 => (Just(None), any::<[u64; 3]>()),
        1 => (worlds::worlds(theme).prop_map(Some), any::<[u64; 3]>()),
    ];
    (worlds::cases(theme), vec((earlier, dresses()), 1..4), dresses(), vec(ways, 3)).prop_map(
        |(case, earlier, last, ways)| {
            let mut graphs: Vec<Graph> = earlier
                .into_iter()
                .map(|((world, bits), dress)| match world {
                    Some(world) => dress.on(&world),
                    None => thin(bits, &dress.on(&case.world)),
                })
                .collect();
            graphs.push(last.on(&case.world));
            build(graphs, &ways, case)
        },
    )
}

fn build(graphs: Vec<Graph>, ways: &[Way], case: Case) -> History {
    let mut graphs = graphs.into_iter();
    let mut now = graphs.next().expect("there is a first graph");
    let first = now.clone();
    let eras = graphs
        .zip(ways.iter().cycle())
        .map(|(mut next, way)| {
            let mut changes = changes(&now, &next, way.silent);
            let mut bits = way.shuffle.iter().cycle();
            // Nodes before the relations that name them, and after those that no longer do.
            changes.sort_by_cached_key(|change| (change.stage(), bits.next().copied()));
            let mut steps: Vec<Step> = Vec::new();
            for part in changes.chunks(way.at_a_time) {
                now.revision = Revision(now.revision.0 + 1);
                let delta = delta(now.revision, part);
                let flag = |flags: &[bool], place: usize| flags[place % flags.len()];
                let (fold, price) = (flag(&way.folds, steps.len()), flag(&way.prices, steps.len()));
                if way.repeated {
                    steps.push(Step { delta: delta.clone(), fold: false, price });
                }
                steps.push(Step { delta, fold, price });
            }
            next.revision = now.revision;
            now = next.clone();
            Era { steps, graph: next }
        })
        .collect();
    History { first, eras, case }
}

impl Change {
    fn stage(&self) -> u8 {
        match self {
            Self::GoneRelation(_) | Self::PutSource(_) => 0,
            Self::StripNode(_) => 1,
            Self::PutNode(_) => 2,
            Self::PutRelation(_) => 3,
            Self::GoneNode(_) => 4,
        }
    }
}

fn changes(before: &Graph, after: &Graph, silent: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    let stays = |id: &NodeId| after.nodes.iter().any(|stored| stored.node.id == *id);
    for relation in &before.relations {
        let goes_anyway = silent && !(stays(&relation.from) && stays(&relation.to));
        if !goes_anyway && after.relations.iter().all(|other| other.id != relation.id) {
            changes.push(Change::GoneRelation(relation.id.clone()));
        }
    }
    let refs = |id: &NodeId| after.nodes.iter().find(|stored| stored.node.id == *id).map(|stored| &stored.node.refs);
    for stored in before.nodes.iter().filter(|stored| refs(&stored.node.id) != Some(&stored.node.refs)) {
        let mut stripped = stored.clone();
        stripped.node.refs.clear();
        changes.push(Change::StripNode(stripped));
    }
    let same = |a: &StoredNode, b: &StoredNode| a.node == b.node && a.updated_at == b.updated_at;
    let nodes = after.nodes.iter().filter(|stored| !before.nodes.iter().any(|known| same(known, stored)));
    changes.extend(nodes.cloned().map(Change::PutNode));
    let relations = after.relations.iter().filter(|relation| !before.relations.contains(relation));
    changes.extend(relations.cloned().map(Change::PutRelation));
    let sources = after.sources.iter().filter(|source| !before.sources.contains(source));
    changes.extend(sources.cloned().map(Change::PutSource));
    let gone = before.nodes.iter().map(|stored| &stored.node.id).filter(|id| !stays(id));
    changes.extend(gone.cloned().map(Change::GoneNode));
    changes
}

fn delta(revision: Revision, changes: &[Change]) -> Delta {
    let mut delta = Delta { revision, ..Delta::default() };
    for change in changes.iter().cloned() {
        match change {
            Change::GoneRelation(id) => delta.gone_relations.push(id),
            Change::PutSource(source) => delta.sources.push(source),
            Change::StripNode(stored) | Change::PutNode(stored) => delta.nodes.push(stored),
            Change::PutRelation(relation) => delta.relations.push(relation),
            Change::GoneNode(id) => delta.gone_nodes.push(id),
        }
    }
    delta.nodes.retain(|stored| !delta.gone_nodes.contains(&stored.node.id));
    delta
}

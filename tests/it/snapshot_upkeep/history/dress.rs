//! What the worlds of the path engine's tests leave plain: names, refs, software, sources, merges. And how a graph is
//! made a little different.

use crate::outreach::builders::{World, node, relation};
use inroads::model::{Body, EvidenceKind, Node, NodeId, NodeType, Ref, RelationKind, Revision, SoftwareFacts, Source};
use inroads::store::{Graph, StoredNode};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: &[&str] = &[
    "Health",
    "Helath",
    "Healthy",
    "Homelessness",
    "Homelesness",
    "Carer's",
    "Café",
    "St.",
    "Mary",
    "Marie",
    "of",
    "Liverpool",
    "Live",
    "EMIS",
    "&",
    "N81059",
    "N81058",
    "!!!",
];

/// What is put on the nodes of a world, one after another, and over again when it runs out.
#[derive(Debug, Clone)]
pub struct Dress {
    nodes: Vec<NodeDress>,
    software: Vec<&'static str>,
    sources: Vec<(usize, Option<&'static str>)>,
    rotation: usize,
}

#[derive(Debug, Clone)]
struct NodeDress {
    name: Vec<&'static str>,
    alias: Option<&'static str>,
    has_ref: bool,
    merged: bool,
    touched: i64,
}

pub fn dresses() -> impl Strategy<Value = Dress> {
    let nodes = (
        vec(select(WORDS), 1..4),
        option::weighted(0.3, select(WORDS)),
        any::<bool>(),
        prop::bool::weighted(0.08),
        0..3_i64,
    )
        .prop_map(|(name, alias, has_ref, merged, touched)| NodeDress { name, alias, has_ref, merged, touched });
    let sources = vec((0..4_usize, option::of(select(WORDS))), 0..3);
    (vec(nodes, 1..8), vec(select(WORDS), 0..3), sources, 0..40_usize)
        .prop_map(|(nodes, software, sources, rotation)| Dress { nodes, software, sources, rotation })
}

impl Dress {
    pub fn on(&self, world: &World) -> Graph {
        let mut nodes: Vec<Node> = world.nodes.clone();
        let mut relations = world.relations.clone();
        for (place, supplier) in self.software.iter().enumerate() {
            let facts = SoftwareFacts { supplier: Some((*supplier).to_owned()), nation: None };
            let product = node(&format!("sw:{place}"), Body::SoftwareProduct(facts));
            let users = world.nodes.iter().filter(|node| node.organisation().is_some()).skip(place).step_by(2);
            relations.extend(users.map(|user| relation(RelationKind::Uses, &user.id, &product.id)));
            nodes.push(product);
        }
        let ids: Vec<_> = nodes.iter().map(|node| (node.node_type(), node.id.clone())).collect();
        let mut refs = 0;
        let stored = |(node, dress): (&mut Node, &NodeDress)| {
            // Names that no rename may touch stay: people's tell of them in suggestions.
            node.name = dress.name.join(" ");
            node.aliases = dress.alias.map(str::to_owned).into_iter().collect();
            if dress.has_ref {
                let place = (refs + self.rotation) % 40;
                refs += 1;
                let scheme = if node.node_type() == NodeType::Area { "E08" } else { "GB-NHS" };
                node.refs = vec![Ref::new(scheme, &format!("N8105{place}")).expect("a ref")];
            }
            if dress.merged {
                let survivor = ids.iter().filter(|(of, id)| *of == node.node_type() && *id > node.id).min();
                node.merged_into = survivor.map(|(_, id)| id.clone());
            }
            let updated_at = jiff::Timestamp::from_second(dress.touched * 1000).expect("a moment");
            StoredNode { node: node.clone(), updated_at }
        };
        let nodes = nodes.iter_mut().zip(self.nodes.iter().cycle()).map(stored).collect();
        Graph { revision: Revision(1), nodes, relations, sources: self.told() }
    }

    fn told(&self) -> Vec<Source> {
        // Sources are never taken back, so every graph has them all.
        let name = |place: usize| ["a register", "field notes", "a letter", "a workshop"][place].to_owned();
        let source = |place: usize| Source {
            name: name(place),
            publisher: self.sources.iter().find(|(other, _)| *other == place).and_then(|(_, by)| by.map(str::to_owned)),
            licence: None,
            published_on: None,
            url: None,
        };
        (0..4).map(source).collect()
    }
}

/// A graph with some nodes missing, some relations missing and some otherwise.
pub fn thin([nodes, relations, faded]: [u64; 3], graph: &Graph) -> Graph {
    // Each bit is drawn twice, so that most things stay.
    let bit = |bits: u64, place: usize| bits >> (place % 32) & bits >> (place % 32 + 32) & 1 == 1;
    let mut graph = graph.clone();
    let mut place = 0;
    graph.nodes.retain(|_| {
        place += 1;
        !bit(nodes, place)
    });
    let stays = |id: &NodeId| graph.nodes.iter().any(|stored| stored.node.id == *id);
    let mut kept = Vec::new();
    for (place, mut relation) in graph.relations.into_iter().enumerate() {
        if bit(relations, place) || !stays(&relation.from) || !stays(&relation.to) {
            continue;
        }
        if bit(faded, place) {
            relation.strength = if relation.strength.is_none() { Some(0.25) } else { None };
            relation.best_evidence = EvidenceKind::Documented;
            relation.validity.to = if relation.validity.to.is_none() { relation.validity.from } else { None };
            if relation.kind != RelationKind::Serves {
                relation.title = None;
            }
        }
        kept.push(relation);
    }
    graph.relations = kept;
    graph
}

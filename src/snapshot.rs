//! The read model: one revision of the graph, immutable and in memory, with all that is filtered, ordered, counted,
//! searched or walked. `app` and `outreach` read it. It does no I/O and holds no personal contact details.
//!
//! Nodes stand in the order of their ids and relations in the order of theirs, so an index compares as its id does.

pub mod areas;
mod csr;
pub mod day;
pub mod filter;
pub mod groups;
pub mod names;
pub mod order;
pub mod page;
pub mod people;
pub mod plain;
pub mod relations;
pub mod resolve;
pub mod stats;
mod succession;

pub use day::Day;
pub use filter::{CompiledFilter, FilterProblem};
pub use page::{Page, PageError, PageRequest};
pub use relations::{Direction, RelIx, Relations};
pub use resolve::{Expect, Resolved};

use crate::model::{Date, Node, NodeId, NodeType, Ref, RefSpace, Revision, Source};
use crate::store::Graph;
use rustc_hash::FxHashMap;

/// A node's place in this snapshot. Good for this snapshot only.
pub type NodeIx = u32;

/// How much of people a reader may see: the part of the policy that filters, orders and searches need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// People have names, refs and every relation.
    Full,
    /// People have neither name nor ref, and serve nobody, as far as this reader can tell.
    PeopleUnnamed,
}

pub struct Snapshot {
    revision: Revision,
    nodes: Vec<Node>,
    types: Vec<NodeType>,
    live: Vec<(Day, Day)>,
    updated_at: Vec<jiff::Timestamp>,
    by_id: FxHashMap<NodeId, NodeIx>,
    by_ref: FxHashMap<(RefSpace, Ref), NodeIx>,
    pub relations: Relations,
    pub areas: areas::Areas,
    pub groups: groups::Groups,
    pub names: names::NameIndex,
    sources: Vec<Source>,
    first_fact: Option<Day>,
}

impl Snapshot {
    pub fn build(graph: Graph) -> Self {
        let Graph { revision, nodes: mut stored, relations, mut sources } = graph;
        stored.sort_unstable_by(|a, b| a.node.id.cmp(&b.node.id));
        sources.sort_unstable();
        let (nodes, updated_at): (Vec<Node>, Vec<_>) = stored.into_iter().map(|s| (s.node, s.updated_at)).unzip();
        let by_id: FxHashMap<NodeId, NodeIx> = (0..).zip(&nodes).map(|(ix, node)| (node.id.clone(), ix)).collect();
        let mut by_ref = FxHashMap::default();
        for (ix, node) in (0..).zip(&nodes) {
            for reference in &node.refs {
                by_ref.insert((RefSpace::of(node.node_type()), reference.clone()), ix);
            }
        }
        let types: Vec<NodeType> = nodes.iter().map(Node::node_type).collect();
        let live = nodes.iter().map(|node| Day::span(node.validity)).collect();
        let relations = Relations::build(relations, &by_id, nodes.len());
        let areas = areas::Areas::build(&nodes, &by_id);
        let groups = groups::Groups::build(&nodes, &by_id);
        let names = names::NameIndex::build(&nodes);
        let first_fact =
            nodes.iter().filter_map(|node| node.validity.from).chain(relations.first_day()).min().map(Day::from);
        Self {
            revision,
            nodes,
            types,
            live,
            updated_at,
            by_id,
            by_ref,
            relations,
            areas,
            groups,
            names,
            sources,
            first_fact,
        }
    }

    pub fn revision(&self) -> Revision {
        self.revision
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    pub fn all(&self) -> std::ops::Range<NodeIx> {
        0..self.count()
    }

    fn count(&self) -> NodeIx {
        NodeIx::try_from(self.nodes.len()).unwrap_or(NodeIx::MAX)
    }

    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix as usize]
    }

    pub fn id(&self, ix: NodeIx) -> &NodeId {
        &self.nodes[ix as usize].id
    }

    pub fn node_type(&self, ix: NodeIx) -> NodeType {
        self.types[ix as usize]
    }

    pub fn updated_at(&self, ix: NodeIx) -> jiff::Timestamp {
        self.updated_at[ix as usize]
    }

    /// Whether the node itself is live on a day, whatever its relations.
    pub fn live_on(&self, ix: NodeIx, day: Day) -> bool {
        let (from, to) = self.live[ix as usize];
        from <= day && day < to
    }

    /// Whether the node had ended by a day.
    pub fn ended_by(&self, ix: NodeIx, day: Day) -> bool {
        self.live[ix as usize].1 <= day
    }

    /// The last day on which the node was open, if it has an end.
    pub fn last_day(&self, ix: NodeIx) -> Option<Day> {
        self.live[ix as usize].1.before()
    }

    pub fn by_id(&self, id: &str) -> Option<NodeIx> {
        self.by_id.get(id).copied()
    }

    pub fn by_ref(&self, space: RefSpace, reference: &Ref) -> Option<NodeIx> {
        self.by_ref.get(&(space, reference.clone())).copied()
    }

    pub fn of_type(&self, node_type: NodeType) -> impl Iterator<Item = NodeIx> + '_ {
        self.all().filter(move |ix| self.types[*ix as usize] == node_type)
    }

    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The earliest day that any dated fact speaks of.
    pub fn first_fact(&self) -> Option<Date> {
        self.first_fact.map(Day::date)
    }
}

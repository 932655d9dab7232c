//! The read model: one revision of the graph, immutable and in memory, with all that is filtered, ordered, counted,
//! searched or walked. `app` and `outreach` read it. It does no I/O and holds no personal contact details.
//!
//! A newer revision is grown from an older one and shares with it what did not change (`grow`); now and then it is
//! folded into one piece again (`fold`). A folded node's place compares as its id does; `order` and `sort` hold for all.

pub mod areas;
pub mod column;
pub mod day;
pub mod filter;
mod fold;
pub mod groups;
mod grow;
mod layered;
mod links;
pub mod names;
pub mod order;
pub mod page;
pub mod people;
pub mod plain;
pub mod relations;
pub mod resolve;
mod rows;
mod sequence;
pub mod stats;
mod succession;

pub use day::Day;
pub use filter::{CompiledFilter, FilterProblem};
pub use grow::Changed;
pub use page::{Page, PageError, PageRequest};
pub use relations::{Direction, RelIx, Relations};
pub use resolve::{Expect, Resolved};

use crate::model::{Date, Node, NodeId, NodeType, Ref, RefSpace, Revision, Source};
use crate::store::StoredNode;
use column::Column;
use layered::Layered;
use sequence::Sequence;
use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

/// A node's place in this snapshot and those grown from it; folding gives it another.
pub type NodeIx = u32;

/// How much of people a reader may see: the part of the policy that filters, orders and searches need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sight {
    /// People have names, refs and every relation.
    Full,
    /// People have neither name nor ref, and serve nobody, as far as this reader can tell.
    PeopleUnnamed,
}

/// Cheap to clone: clones share what they hold.
#[derive(Clone)]
pub struct Snapshot {
    revision: Revision,
    nodes: Column<Arc<StoredNode>>,
    traits: Column<Traits>,
    sequence: Sequence,
    by_id: Layered<NodeId, NodeIx>,
    by_ref: Layered<(RefSpace, Ref), NodeIx>,
    pub relations: Relations,
    pub areas: areas::Areas,
    pub groups: groups::Groups,
    names: names::NameIndex,
    sources: Arc<[Source]>,
    /// Looked for when first asked after what held it has gone.
    first_fact: OnceLock<Option<Day>>,
    /// How many things changed since it was folded.
    grown: usize,
}

/// What whoever goes through all nodes looks at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Traits {
    /// Absent where the node is gone.
    node_type: Option<NodeType>,
    live: (Day, Day),
}

impl Traits {
    const GONE: Self = Self { node_type: None, live: (Day::NEVER, Day::NEVER) };

    fn of(node: &Node) -> Self {
        Self { node_type: Some(node.node_type()), live: Day::span(node.validity) }
    }
}

impl Snapshot {
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.sequence.len() as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more than the greatest place, for lists by place.
    pub fn slots(&self) -> u32 {
        self.sequence.slots()
    }

    /// Whether each place below `slots` stands for a node and compares as its id does.
    pub fn is_plain(&self) -> bool {
        self.sequence.is_plain()
    }

    /// Every node, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = NodeIx> + '_ {
        self.sequence.iter().filter(|ix| self.traits.get(*ix).node_type.is_some())
    }

    /// Compares two nodes by their ids, bytewise.
    pub fn order(&self, a: NodeIx, b: NodeIx) -> Ordering {
        self.sequence.order(a, b, || self.id(a).cmp(self.id(b)))
    }

    /// Sorts nodes by their ids.
    pub fn sort(&self, nodes: &mut [NodeIx]) {
        nodes.sort_unstable_by(|a, b| self.order(*a, *b));
    }

    pub fn node(&self, ix: NodeIx) -> &Node {
        &self.nodes.get(ix).node
    }

    pub fn id(&self, ix: NodeIx) -> &NodeId {
        &self.node(ix).id
    }

    pub fn node_type(&self, ix: NodeIx) -> NodeType {
        self.traits.get(ix).node_type.unwrap_or_else(|| self.node(ix).node_type())
    }

    pub fn updated_at(&self, ix: NodeIx) -> jiff::Timestamp {
        self.nodes.get(ix).updated_at
    }

    /// Whether the node itself is live on a day, whatever its relations.
    pub fn live_on(&self, ix: NodeIx, day: Day) -> bool {
        let (from, to) = self.traits.get(ix).live;
        from <= day && day < to
    }

    /// Whether the node had ended by a day.
    pub fn ended_by(&self, ix: NodeIx, day: Day) -> bool {
        self.traits.get(ix).live.1 <= day
    }

    /// The last day on which the node was open, if it has an end.
    pub fn last_day(&self, ix: NodeIx) -> Option<Day> {
        self.traits.get(ix).live.1.before()
    }

    pub fn by_id(&self, id: &str) -> Option<NodeIx> {
        self.by_id.get(id).copied()
    }

    pub fn by_ref(&self, space: RefSpace, reference: &Ref) -> Option<NodeIx> {
        self.by_ref.get(&(space, reference.clone())).copied()
    }

    /// The nodes of a type, in the order of ids.
    pub fn of_type(&self, node_type: NodeType) -> impl Iterator<Item = NodeIx> + '_ {
        self.sequence.iter().filter(move |ix| self.traits.get(*ix).node_type == Some(node_type))
    }

    /// In the order of their names.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The earliest day that any dated fact speaks of.
    pub fn first_fact(&self) -> Option<Date> {
        let first = self.first_fact.get_or_init(|| {
            let starts = self.traits.iter().map(|traits| traits.live.0).chain(self.relations.starts());
            starts.filter(|day| day.is_known()).min()
        });
        first.map(Day::date)
    }
}

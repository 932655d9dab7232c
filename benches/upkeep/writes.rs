//! The writes that are timed, as deltas.

use crate::synthetic::{self, Dice};
use inroads::model::{Body, ConsentStatus, NodeType, Relation, RelationKind, Revision, Validity};
use inroads::snapshot::{Direction, NodeIx, RelIx, Snapshot};
use inroads::store::{Delta, StoredNode};

#[derive(Clone, Copy)]
pub enum Write {
    Relation,
    RelationAtHub,
    Confirmation,
    NodeAndThree,
    Rename,
    Consent,
    Closure,
    RelationGone,
    Erasure,
}

impl Write {
    pub const ALL: [Self; 9] = [
        Self::Relation,
        Self::RelationAtHub,
        Self::Confirmation,
        Self::NodeAndThree,
        Self::Rename,
        Self::Consent,
        Self::Closure,
        Self::RelationGone,
        Self::Erasure,
    ];

    pub const fn words(self) -> &'static str {
        match self {
            Self::Relation => "a relation is recorded",
            Self::RelationAtHub => "a relation is recorded, at the greatest hub",
            Self::Confirmation => "a relation is confirmed",
            Self::NodeAndThree => "a body is made, with three relations",
            Self::Rename => "a body is renamed",
            Self::Consent => "a person withdraws consent",
            Self::Closure => "a body closes",
            Self::RelationGone => "a relation is removed",
            Self::Erasure => "a person is erased, with their relations",
        }
    }
}

pub struct Writes {
    dice: Dice,
    made: usize,
    hub: Option<NodeIx>,
}

impl Writes {
    pub fn new() -> Self {
        Self { dice: Dice::new(2), made: 0, hub: None }
    }

    /// What such a write makes of a graph.
    pub fn next(&mut self, snapshot: &Snapshot, write: Write) -> Delta {
        let mut delta = Delta { revision: Revision(snapshot.revision().0 + 1), ..Delta::default() };
        match write {
            Write::Relation => {
                let to = self.any(snapshot, NodeType::Organisation);
                delta.relations.push(self.to(snapshot, to));
            }
            Write::RelationAtHub => {
                let hub = *self.hub.get_or_insert_with(|| {
                    let ways = |ix: &NodeIx| snapshot.relations.at(*ix, Direction::In).len();
                    snapshot.of_type(NodeType::Organisation).max_by_key(ways).expect("there are bodies")
                });
                delta.relations.push(self.to(snapshot, hub));
            }
            Write::Confirmation => {
                let mut relation = self.any_relation(snapshot);
                relation.last_confirmed_on = Some(synthetic::today());
                delta.relations.push(relation);
            }
            Write::NodeAndThree => {
                self.made += 1;
                let node = synthetic::node(0, usize::MAX - self.made, None, &mut self.dice);
                for _ in 0..3 {
                    let to = self.any(snapshot, NodeType::Organisation);
                    let to = snapshot.id(to);
                    let kind = RelationKind::PartnersWith;
                    delta.relations.push(synthetic::related(kind, &node.id, to, &mut self.dice));
                }
                delta.nodes.push(StoredNode { node, updated_at: jiff::Timestamp::UNIX_EPOCH });
            }
            Write::Rename => {
                let mut stored = self.stored(snapshot, NodeType::Organisation);
                stored.node.name = synthetic::name(&mut self.dice);
                delta.nodes.push(stored);
            }
            Write::Consent => {
                let mut stored = self.stored(snapshot, NodeType::Individual);
                if let Body::Individual(facts) = &mut stored.node.body {
                    facts.introduce.status = ConsentStatus::Withdrawn;
                }
                delta.nodes.push(stored);
            }
            Write::Closure => {
                let mut stored = self.stored(snapshot, NodeType::Organisation);
                stored.node.validity.to = Some(synthetic::today());
                delta.nodes.push(stored);
            }
            Write::RelationGone => delta.gone_relations.push(self.any_relation(snapshot).id),
            Write::Erasure => {
                let person = self.any(snapshot, NodeType::Individual);
                delta.gone_nodes.push(snapshot.id(person).clone());
                let all = snapshot.relations.around(person);
                delta.gone_relations.extend(all.map(|ix| snapshot.relations.id(ix)));
            }
        }
        delta
    }

    fn any(&mut self, snapshot: &Snapshot, wanted: NodeType) -> NodeIx {
        let slots = snapshot.slots() as usize;
        loop {
            let ix = NodeIx::try_from(self.dice.below(slots)).expect("places are small");
            if snapshot.by_id(snapshot.id(ix).as_str()) == Some(ix) && snapshot.node_type(ix) == wanted {
                return ix;
            }
        }
    }

    fn stored(&mut self, snapshot: &Snapshot, wanted: NodeType) -> StoredNode {
        let ix = self.any(snapshot, wanted);
        StoredNode { node: snapshot.node(ix).clone(), updated_at: jiff::Timestamp::UNIX_EPOCH }
    }

    /// A new relation from anybody.
    fn to(&mut self, snapshot: &Snapshot, to: NodeIx) -> Relation {
        let from = self.any(snapshot, NodeType::Individual);
        synthetic::related(RelationKind::RoleAt, snapshot.id(from), snapshot.id(to), &mut self.dice)
    }

    /// A relation that is there, told as a store would.
    fn any_relation(&mut self, snapshot: &Snapshot) -> Relation {
        let relations = &snapshot.relations;
        let ix = loop {
            let ix = RelIx::try_from(self.dice.below(relations.slots() as usize)).expect("places are small");
            if relations.is_here(ix) {
                break ix;
            }
        };
        let (from, to) = (snapshot.id(relations.from(ix)), snapshot.id(relations.to(ix)));
        Relation {
            id: relations.id(ix),
            mode: relations.mode(ix),
            validity: Validity { from: relations.valid_from(ix), to: relations.valid_to(ix) },
            last_confirmed_on: relations.last_confirmed_on(ix),
            best_evidence: relations.best_evidence(ix),
            ..synthetic::related(relations.kind(ix), from, to, &mut self.dice)
        }
    }
}

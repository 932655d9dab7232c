//! The rules of *Allowed* (design section 3), and what each lets through when it is relaxed. One place judges nodes and
//! relations, for the search and for explaining why there is no path.

use super::HopCosts;
use super::serving::{Places, Strictness, shares_area};
use super::task::Task;
use crate::model::{ConsentPurpose, ConsentStatus, HopClass, NodeType, RelationKind};
use crate::snapshot::{Direction, NodeIx, RelIx, Sight, Snapshot};

/// The rules that a search can be run without, in the order in which they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    Inferred,
    Consent,
    DoNotApproach,
    Dates,
    Hops,
    Constraints,
}

impl Rule {
    pub const ALL: [Self; 6] =
        [Self::Inferred, Self::Consent, Self::DoNotApproach, Self::Dates, Self::Hops, Self::Constraints];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A set of relaxed rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relaxed(u8);

impl Relaxed {
    pub const NOTHING: Self = Self(0);
    pub const EVERYTHING: Self = Self(0b11_1111);

    pub fn only(rule: Rule) -> Self {
        Self(rule.bit())
    }

    #[must_use]
    pub fn and(self, rule: Rule) -> Self {
        Self(self.0 | rule.bit())
    }

    pub fn has(self, rule: Rule) -> bool {
        self.0 & rule.bit() != 0
    }
}

/// What a search looks at.
pub struct World<'a> {
    pub snapshot: &'a Snapshot,
    pub costs: &'a HopCosts,
    pub task: &'a Task,
}

impl World<'_> {
    /// The sources from which a search may start.
    pub fn sources(&self, relaxed: Relaxed) -> Vec<NodeIx> {
        self.task
            .sources
            .iter()
            .copied()
            .filter(|ix| {
                (relaxed.has(Rule::Dates) || !self.is_expired(*ix))
                    && (relaxed.has(Rule::Constraints) || !self.is_avoided(*ix))
            })
            .collect()
    }

    pub fn is_expired(&self, ix: NodeIx) -> bool {
        !self.snapshot.live_on(ix, self.task.as_of)
    }

    pub fn is_avoided(&self, ix: NodeIx) -> bool {
        self.task.avoid.contains(&ix)
    }

    /// Inside a do-not-approach window today.
    pub fn is_left_alone(&self, ix: NodeIx) -> bool {
        self.snapshot.node(ix).do_not_approach.as_ref().is_some_and(|window| window.holds_on(self.task.today))
    }

    /// How a person's consent to introduce stands today; `None` for whoever needs none.
    pub fn introduce(&self, ix: NodeIx) -> Option<ConsentStatus> {
        let facts = self.snapshot.node(ix).individual()?;
        (!facts.team).then(|| facts.consent(ConsentPurpose::Introduce).on(self.task.today))
    }

    /// Whether a path may pass through a person, as far as consent goes.
    pub fn consents(&self, ix: NodeIx) -> bool {
        match self.introduce(ix) {
            None | Some(ConsentStatus::Granted) => true,
            Some(ConsentStatus::NotAsked) => self.task.include_unasked,
            Some(ConsentStatus::Refused | ConsentStatus::Withdrawn | ConsentStatus::Expired) => false,
        }
    }

    /// Whether a node may be on a path at all, other than as its source.
    pub fn admits(&self, ix: NodeIx, relaxed: Relaxed) -> bool {
        (relaxed.has(Rule::Dates) || !self.is_expired(ix))
            && (relaxed.has(Rule::DoNotApproach) || !self.is_left_alone(ix))
            && (relaxed.has(Rule::Constraints) || !self.is_avoided(ix))
    }

    /// Whether a path may go on from a node that is not its source.
    pub fn lets_through(&self, ix: NodeIx, relaxed: Relaxed) -> bool {
        self.snapshot.node_type(ix) != NodeType::UnderservedGroup
            && self.admits(ix, relaxed)
            && (relaxed.has(Rule::Consent) || self.consents(ix))
    }

    /// Whether a relation exists as far as this reader can tell: whom a person serves is not for everyone.
    pub fn is_seen(&self, relation: RelIx) -> bool {
        let relations = &self.snapshot.relations;
        self.task.reader.sight == Sight::Full
            || relations.kind(relation) != RelationKind::Serves
            || self.snapshot.node_type(relations.from(relation)) != NodeType::Individual
    }

    /// Whether the asker allows hops of a class.
    pub fn allows_class(&self, class: HopClass) -> bool {
        class == HopClass::Trust || self.task.allow.is_empty() || self.task.allow.contains(&class)
    }

    /// Whether the asker allows the mode of a serving relation; any, for other relations.
    pub fn allows_mode(&self, relation: RelIx) -> bool {
        self.task.serve_modes.is_empty()
            || self.snapshot.relations.mode(relation).is_none_or(|mode| self.task.serve_modes.contains(&mode))
    }

    /// Whether evidence other than a guess is asked for and missing.
    pub fn is_guess(&self, relation: RelIx) -> bool {
        !self.task.include_inferred && self.snapshot.relations.only_inferred(relation)
    }

    /// Whether a hop over a relation is allowed, as far as the relation itself goes.
    pub fn walks(&self, relation: RelIx, relaxed: Relaxed) -> bool {
        let relations = &self.snapshot.relations;
        let Some(class) = relations.kind(relation).class() else { return false };
        self.is_seen(relation)
            && (relaxed.has(Rule::Dates) || self.costs.live(relation))
            && (relaxed.has(Rule::Inferred) || !self.is_guess(relation))
            && (relaxed.has(Rule::Constraints) || (self.allows_class(class) && self.allows_mode(relation)))
    }

    /// The relations between two nodes that can be walked from the one to the other, whatever the rules.
    pub fn steps(&self, tail: NodeIx, head: NodeIx) -> impl Iterator<Item = (RelIx, Direction)> + '_ {
        let relations = &self.snapshot.relations;
        [Direction::Out, Direction::In].into_iter().flat_map(move |direction| {
            relations
                .at(tail, direction)
                .iter()
                .copied()
                .filter(move |ix| {
                    relations.other(*ix, direction) == head
                        && super::costs::walkable(relations.kind(*ix), relations.one_way(*ix)).contains(&direction)
                        && self.is_seen(*ix)
                })
                .map(move |ix| (ix, direction))
        })
    }
}

/// Whether a node may serve a target group, as far as places go. Looks each node up once.
pub struct ServingRule<'a> {
    world: &'a World<'a>,
    asked: Option<Places>,
    own: Vec<Option<Places>>,
    strictness: Strictness,
    relaxed: Relaxed,
}

impl<'a> ServingRule<'a> {
    pub fn new(world: &'a World<'a>, relaxed: Relaxed) -> Self {
        let task = world.task;
        let places = |areas: &[NodeIx]| (!areas.is_empty()).then(|| Places::of(world.snapshot, areas));
        Self {
            world,
            asked: places(&task.areas),
            own: task.targets.groups.iter().map(|named| places(named.area.as_slice())).collect(),
            strictness: Strictness {
                any_date: relaxed.has(Rule::Dates),
                inferred_roles: task.include_inferred || relaxed.has(Rule::Inferred),
            },
            relaxed,
        }
    }

    fn shares(&self, node: NodeIx, places: &Places) -> bool {
        shares_area(self.world.snapshot, node, places, self.world.task.as_of, self.strictness)
    }

    pub fn in_asked_areas(&self, node: NodeIx) -> bool {
        self.relaxed.has(Rule::Constraints) || self.asked.as_ref().is_none_or(|places| self.shares(node, places))
    }

    /// Whether serving this group counts as serving one that was named, whose own area the node shares.
    pub fn in_own_area(&self, node: NodeIx, group: NodeIx) -> bool {
        self.world.task.targets.groups.iter().zip(&self.own).any(|(named, own)| {
            named.closure.contains(&group) && own.as_ref().is_none_or(|places| self.shares(node, places))
        })
    }

    pub fn allows(&self, node: NodeIx, group: NodeIx) -> bool {
        self.in_own_area(node, group) && self.in_asked_areas(node)
    }
}

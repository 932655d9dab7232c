//! Small worlds, told as they are read: `World::new().team("ann").org("centre").contact_of("ann", "centre")`.
//! What is said of dates, strength, evidence or consent is said of the node or relation added last.

use inroads::model::{
    AreaFacts, Body, Consent, ConsentStatus, Date, DoNotApproach, EvidenceKind, Formality, GroupFacts, GroupKind,
    IndividualFacts, NetworkFacts, Node, NodeId, NodeRef, OrganisationFacts, OrganisationFilter, OrganisationKind,
    Relation, RelationId, RelationKind, Revision, ServeMode, Validity, parse_day,
};
use inroads::outreach::Reader;
use inroads::snapshot::{Sight, Snapshot};
use inroads::store::{Graph, StoredNode};

/// Someone of the programme, who may know everything a path rests on.
pub const TEAM: Reader =
    Reader { sight: Sight::Full, may_include_unasked: true, may_name_people: true, may_know_why: true };
/// Someone of a partner body, to whom people are nameless.
pub const PARTNER: Reader =
    Reader { sight: Sight::PeopleUnnamed, may_include_unasked: false, may_name_people: false, may_know_why: false };

pub fn day(text: &str) -> Date {
    parse_day(text).expect("tests write days as 2026-03-10")
}

/// The day on which all these tests happen.
pub fn today() -> Date {
    day("2026-03-10")
}

#[derive(Clone, Default)]
pub struct World {
    pub nodes: Vec<Node>,
    pub relations: Vec<Relation>,
    /// Whether the last thing added was a relation.
    at_relation: bool,
}

/// One line a node and a relation, so that a failing random world can be read.
impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f)?;
        for node in &self.nodes {
            let Node { id, validity: Validity { from, to }, do_not_approach, body, .. } = node;
            writeln!(f, "  {id} [{from:?}, {to:?}) {do_not_approach:?} {body:?}")?;
        }
        for relation in &self.relations {
            let Relation { id, kind, from, to, validity, strength, last_confirmed_on, best_evidence, .. } = relation;
            let Relation { mode, one_way, title, .. } = relation;
            writeln!(
                f,
                "  {id} {from} {kind} {to} [{:?}, {:?}) {mode:?} {title:?} {strength:?} {last_confirmed_on:?} {best_evidence} {one_way}",
                validity.from, validity.to
            )?;
        }
        Ok(())
    }
}

pub fn node(id: &str, body: Body) -> Node {
    let name = id.split_once(':').map_or(id, |(_, name)| name).to_owned();
    Node {
        id: NodeId::known(id),
        refs: Vec::new(),
        name,
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: true,
        body,
    }
}

pub fn relation(kind: RelationKind, from: &NodeId, to: &NodeId) -> Relation {
    Relation {
        id: Relation::identity(kind, from, to, None, None, None),
        kind,
        from: from.clone(),
        to: to.clone(),
        title: None,
        mode: None,
        validity: Validity::ALWAYS,
        strength: None,
        one_way: false,
        champion: false,
        gatekeeper: false,
        last_confirmed_on: None,
        best_evidence: EvidenceKind::FirstHand,
        synthetic: true,
    }
}

/// The id that the relation's cells make; to be called once they are all in.
pub fn identified(mut relation: Relation) -> Relation {
    relation.id = Relation::identity(
        relation.kind,
        &relation.from,
        &relation.to,
        relation.title.as_deref(),
        relation.mode,
        relation.validity.from,
    );
    relation
}

pub fn organisation(kind: OrganisationKind) -> OrganisationFacts {
    OrganisationFacts { kind, sector: None, nation: None, list_size: None, deprivation_decile: None, rural: None }
}

pub fn group_of(kind: GroupKind) -> GroupFacts {
    GroupFacts {
        kind,
        framework: None,
        category: None,
        area: None,
        parents: Vec::new(),
        same_as: Vec::new(),
        members: None,
    }
}

impl World {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn snapshot(&self) -> Snapshot {
        let stored = |node: &Node| StoredNode { node: node.clone(), updated_at: jiff::Timestamp::UNIX_EPOCH };
        Snapshot::build(Graph {
            revision: Revision(1),
            nodes: self.nodes.iter().map(stored).collect(),
            relations: self.relations.clone(),
            sources: Vec::new(),
        })
    }

    pub fn id(&self, name: &str) -> NodeId {
        let found = self.nodes.iter().find(|node| node.name == name);
        found.unwrap_or_else(|| panic!("nobody here is called {name}")).id.clone()
    }

    pub fn named(&self, name: &str) -> NodeRef {
        NodeRef::Id(self.id(name).to_string())
    }

    // Nodes.

    fn add(mut self, prefix: &str, name: &str, body: Body) -> Self {
        self.nodes.push(node(&format!("{prefix}:{name}"), body));
        self.at_relation = false;
        self
    }

    /// One of ours, of whom no consent is needed.
    pub fn team(self, name: &str) -> Self {
        self.add("ind", name, Body::Individual(IndividualFacts { team: true, ..IndividualFacts::default() }))
    }

    /// A person with this answer to whether they would introduce us.
    pub fn person_who(self, name: &str, introduce: ConsentStatus) -> Self {
        let introduce = Consent { status: introduce, expires_on: None };
        self.add("ind", name, Body::Individual(IndividualFacts { introduce, ..IndividualFacts::default() }))
    }

    /// A person who agreed to introduce us.
    pub fn person(self, name: &str) -> Self {
        self.person_who(name, ConsentStatus::Granted)
    }

    pub fn org(self, name: &str) -> Self {
        self.org_of(name, OrganisationKind::Vcfse)
    }

    pub fn org_of(self, name: &str, kind: OrganisationKind) -> Self {
        self.add("org", name, Body::Organisation(organisation(kind)))
    }

    pub fn network(self, name: &str, formality: Formality) -> Self {
        let facts = NetworkFacts { formality: Some(formality), ..NetworkFacts::default() };
        self.add("net", name, Body::Network(facts))
    }

    pub fn area(self, name: &str) -> Self {
        self.add("area", name, Body::Area(AreaFacts::default()))
    }

    pub fn area_in(self, name: &str, parent: &str) -> Self {
        let parents = vec![self.id(parent)];
        self.add("area", name, Body::Area(AreaFacts { parents, ..AreaFacts::default() }))
    }

    pub fn group(self, name: &str) -> Self {
        self.add("grp", name, Body::UnderservedGroup(group_of(GroupKind::Population)))
    }

    /// A group that is a saved filter over organisations.
    pub fn practices(self, name: &str, members: OrganisationFilter) -> Self {
        let facts = GroupFacts { members: Some(Box::new(members)), ..group_of(GroupKind::Practice) };
        self.add("grp", name, Body::UnderservedGroup(facts))
    }

    // Of the node added last.

    fn last_node(&mut self) -> &mut Node {
        assert!(!self.at_relation, "the last thing added was a relation");
        self.nodes.last_mut().expect("a node was added")
    }

    fn last_group(&mut self) -> &mut GroupFacts {
        match &mut self.last_node().body {
            Body::UnderservedGroup(facts) => facts,
            _ => panic!("the last thing added was not a group"),
        }
    }

    fn last_person(&mut self) -> &mut IndividualFacts {
        match &mut self.last_node().body {
            Body::Individual(facts) => facts,
            _ => panic!("the last thing added was not a person"),
        }
    }

    pub fn child_of(mut self, parent: &str) -> Self {
        let parent = self.id(parent);
        self.last_group().parents.push(parent);
        self
    }

    pub fn same_as(mut self, other: &str) -> Self {
        let other = self.id(other);
        self.last_group().same_as.push(other);
        self
    }

    /// The area a local group lives in.
    pub fn living_in(mut self, area: &str) -> Self {
        let area = self.id(area);
        self.last_group().area = Some(area);
        self
    }

    pub fn contact(mut self, status: ConsentStatus) -> Self {
        self.last_person().contact = Consent { status, expires_on: None };
        self
    }

    /// The first day on which their consent to introduce no longer holds.
    pub fn consent_ends(mut self, on: &str) -> Self {
        self.last_person().introduce.expires_on = Some(day(on));
        self
    }

    pub fn left_alone(mut self, from: Option<&str>, until: &str) -> Self {
        let window = DoNotApproach { from: from.map(day), until: day(until), reason: None };
        self.last_node().do_not_approach = Some(window);
        self
    }

    // Relations.

    pub fn relate(mut self, kind: RelationKind, from: &str, to: &str) -> Self {
        let added = relation(kind, &self.id(from), &self.id(to));
        self.relations.push(added);
        self.at_relation = true;
        self
    }

    pub fn knows(self, from: &str, to: &str) -> Self {
        self.relate(RelationKind::Knows, from, to)
    }

    pub fn contact_of(self, person: &str, body: &str) -> Self {
        self.relate(RelationKind::ContactOf, person, body)
    }

    pub fn role_at(self, person: &str, body: &str) -> Self {
        self.relate(RelationKind::RoleAt, person, body)
    }

    pub fn partners(self, one: &str, other: &str) -> Self {
        self.relate(RelationKind::PartnersWith, one, other)
    }

    pub fn member_of(self, member: &str, network: &str) -> Self {
        self.relate(RelationKind::MemberOf, member, network)
    }

    pub fn hosts(self, host: &str, hosted: &str) -> Self {
        self.relate(RelationKind::Hosts, host, hosted)
    }

    pub fn serves(self, server: &str, group: &str, mode: ServeMode) -> Self {
        let mut world = self.relate(RelationKind::Serves, server, group);
        world.last_relation(|relation| relation.mode = Some(mode));
        world
    }

    pub fn located_in(self, body: &str, area: &str) -> Self {
        self.relate(RelationKind::LocatedIn, body, area)
    }

    pub fn covers(self, body: &str, area: &str) -> Self {
        self.relate(RelationKind::Covers, body, area)
    }

    pub fn succeeded_by(self, old: &str, new: &str) -> Self {
        self.relate(RelationKind::SucceededBy, old, new)
    }

    // Of the relation added last.

    fn last_relation(&mut self, change: impl FnOnce(&mut Relation)) {
        assert!(self.at_relation, "the last thing added was a node");
        let mut last = self.relations.pop().expect("a relation was added");
        change(&mut last);
        self.relations.push(identified(last));
    }

    pub fn strength(mut self, strength: f64) -> Self {
        self.last_relation(|relation| relation.strength = Some(strength));
        self
    }

    pub fn confirmed(mut self, on: &str) -> Self {
        self.last_relation(|relation| relation.last_confirmed_on = Some(day(on)));
        self
    }

    /// Confirmed today, so that age does not matter.
    pub fn fresh(mut self) -> Self {
        self.last_relation(|relation| relation.last_confirmed_on = Some(today()));
        self
    }

    pub fn evidence(mut self, best: EvidenceKind) -> Self {
        self.last_relation(|relation| relation.best_evidence = best);
        self
    }

    pub fn inferred(self) -> Self {
        self.evidence(EvidenceKind::Inferred)
    }

    pub fn one_way(mut self) -> Self {
        self.last_relation(|relation| relation.one_way = true);
        self
    }

    pub fn titled(mut self, title: &str) -> Self {
        self.last_relation(|relation| relation.title = Some(title.to_owned()));
        self
    }

    /// Gives it an id of its own, where ties are decided by it.
    pub fn with_id(mut self, id: &str) -> Self {
        assert!(self.at_relation, "the last thing added was a node");
        self.relations.last_mut().expect("a relation was added").id = RelationId::known(id);
        self
    }

    // Of the node or relation added last.

    /// Valid from a day on.
    pub fn since(self, from: &str) -> Self {
        self.dated(|validity| validity.from = Some(day(from)))
    }

    /// Valid up to, but not on, a day.
    pub fn until(self, to: &str) -> Self {
        self.dated(|validity| validity.to = Some(day(to)))
    }

    fn dated(mut self, change: impl FnOnce(&mut Validity)) -> Self {
        if self.at_relation {
            self.last_relation(|relation| change(&mut relation.validity));
        } else {
            change(&mut self.last_node().validity);
        }
        self
    }
}

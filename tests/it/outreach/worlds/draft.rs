//! Putting the parts together: who is there, and who is joined to whom by what.

use super::super::builders::{World, group_of, identified, node, relation, today};
use super::parts::{GroupSpec, Link, Strand, Thing};
use super::{Shades, Troubles};
use inroads::model::{
    AreaFacts, Body, Consent, ConsentStatus, DoNotApproach, EvidenceKind, GroupFacts, GroupKind, HopClass, Node,
    NodeId, NodeType, RelationKind, Validity,
};
use proptest::sample::Index;

// What may stand at the ends of a link.

pub fn is_walked(node: NodeType) -> bool {
    !is_group(node) && !is_area(node)
}

pub fn is_group(node: NodeType) -> bool {
    node == NodeType::UnderservedGroup
}

pub fn is_area(node: NodeType) -> bool {
    node == NodeType::Area
}

pub struct Draft {
    pub world: World,
    pub troubles: Troubles,
}

impl Draft {
    pub fn add_nodes(&mut self, things: Vec<Thing>, groups: Vec<GroupSpec>, areas: Vec<(Option<Index>, Validity)>) {
        let mut area_ids: Vec<NodeId> = Vec::new();
        let areas = if self.troubles.local { areas } else { Vec::new() };
        for (place, (parent, span)) in areas.into_iter().enumerate() {
            let parents = parent.filter(|_| place > 0).map(|parent| parent.get(&area_ids).clone());
            let body = Body::Area(AreaFacts { parents: parents.into_iter().collect(), ..AreaFacts::default() });
            let area = node(&format!("area:{place}"), body);
            area_ids.push(area.id.clone());
            self.put(area, span, None);
        }
        for (place, thing) in things.into_iter().enumerate() {
            let mut body = thing.body;
            if let Body::Individual(facts) = &mut body
                && !self.troubles.refusals
            {
                facts.contact = Consent { status: ConsentStatus::Granted, expires_on: None };
                facts.introduce = facts.contact;
            }
            let prefix = node("x:x", body.clone()).node_type().id_prefix();
            // Ids that sort otherwise than the nodes were made.
            let added = node(&format!("{prefix}:{}", (place * 5 + 3) % 7), body);
            self.put(added, thing.span, thing.window);
        }
        let bodies: Vec<NodeId> = self.of(|node| node.organisation().is_some()).map(|node| node.id.clone()).collect();
        for (place, spec) in groups.into_iter().enumerate() {
            let peers: Vec<NodeId> = self
                .of(|node| node.group().is_some_and(|facts| facts.kind == GroupKind::Population))
                .map(|node| node.id.clone())
                .collect();
            let peer = |index: Option<Index>| {
                index.filter(|_| !peers.is_empty() && spec.practice.is_none()).map(|index| index.get(&peers).clone())
            };
            let kind = if spec.practice.is_some() { GroupKind::Practice } else { GroupKind::Population };
            let facts = GroupFacts {
                area: spec.area.filter(|_| !area_ids.is_empty()).map(|index| index.get(&area_ids).clone()),
                parents: peer(spec.parent).into_iter().collect(),
                same_as: peer(spec.same_as).into_iter().collect(),
                members: spec.practice.as_ref().map(|filter| Box::new(filter.build(&area_ids, &bodies))),
                ..group_of(kind)
            };
            self.put(node(&format!("grp:{place}"), Body::UnderservedGroup(facts)), spec.span, spec.window);
        }
    }

    fn put(&mut self, mut node: Node, span: Validity, window: Option<DoNotApproach>) {
        node.validity = if self.troubles.dates { span } else { Validity::ALWAYS };
        if node.individual().is_some() {
            // A name that no sentence holds by chance.
            node.name = format!("Person {}", node.id);
        }
        node.do_not_approach = window.filter(|_| self.troubles.windows);
        self.world.nodes.push(node);
    }

    fn of(&self, wanted: impl Fn(&Node) -> bool) -> impl Iterator<Item = &Node> {
        self.world.nodes.iter().filter(move |node| wanted(node))
    }

    /// Makes the links between stakeholders and nodes of a sort; in a row, or anyhow.
    pub fn join_all(
        &mut self,
        links: Vec<Link>,
        in_a_row: bool,
        sort: fn(NodeType) -> bool,
        wanted: fn(RelationKind) -> bool,
    ) {
        let ones: Vec<Node> = self.of(|node| is_walked(node.node_type())).cloned().collect();
        let others: Vec<Node> = self.of(|node| sort(node.node_type())).cloned().collect();
        if others.is_empty() {
            return;
        }
        for (place, link) in links.iter().enumerate() {
            if !in_a_row {
                self.join(link.one.get(&ones), link.other.get(&others), &link.strands, wanted);
            } else if place + 1 < ones.len() {
                self.join(&ones[place], &ones[place + 1], &link.strands, wanted);
            }
        }
    }

    /// Joins two nodes by relations of kinds that may join them, in whichever direction they may.
    fn join(&mut self, one: &Node, other: &Node, strands: &[Strand], wanted: fn(RelationKind) -> bool) {
        if one.id == other.id {
            return;
        }
        let ends = [(one, other), (other, one)];
        let kinds: Vec<(RelationKind, &Node, &Node)> = RelationKind::ALL
            .iter()
            .filter(|kind| wanted(**kind))
            .flat_map(|kind| ends.map(|(from, to)| (*kind, from, to)))
            .filter(|(kind, from, to)| {
                kind.ends().0.contains(&from.node_type()) && kind.ends().1.contains(&to.node_type())
            })
            .collect();
        for strand in strands.iter().filter(|_| !kinds.is_empty()) {
            let is_meant = |kind: RelationKind| (kind.class() == Some(HopClass::Structural)) == strand.structural;
            let meant: Vec<_> = kinds.iter().filter(|(kind, ..)| is_meant(*kind)).copied().collect();
            let choose_all = meant.is_empty() || !self.troubles.half_structural;
            let (kind, from, to) = strand.kind.get(if choose_all { &kinds } else { &meant });
            let mut added = relation(*kind, &from.id, &to.id);
            added.mode = kind.has_mode().then_some(strand.mode);
            added.title = strand.title.map(str::to_owned).filter(|_| !kind.has_mode());
            added.one_way = strand.one_way && *kind == RelationKind::Knows;
            if self.troubles.dates {
                added.validity = strand.span;
            }
            match self.troubles.shades {
                Shades::None => {}
                Shades::Ties => {
                    added.strength = Some(if strand.strength.is_some() { 0.25 } else { 0.5 });
                    added.last_confirmed_on = Some(today());
                }
                Shades::Any => {
                    added.strength = strand.strength;
                    added.last_confirmed_on = strand.confirmed;
                    added.best_evidence = strand.evidence;
                }
            }
            added.best_evidence = match (self.troubles.guesses, strand.evidence) {
                (true, EvidenceKind::Inferred) => EvidenceKind::Inferred,
                (false, EvidenceKind::Inferred) => EvidenceKind::FirstHand,
                _ => added.best_evidence,
            };
            let added = identified(added);
            if self.world.relations.iter().all(|known| known.id != added.id) {
                self.world.relations.push(added);
            }
        }
    }

    /// Closes bodies, each with another as its successor; two of one body are a split, one after another a chain.
    pub fn close_and_succeed(&mut self, successions: &[(Index, Index, bool)]) {
        let bodies: Vec<NodeId> = self.of(|node| node.organisation().is_some()).map(|node| node.id.clone()).collect();
        for (old, new, closed) in successions.iter().filter(|_| bodies.len() > 1) {
            let (old, new) = (old.get(&bodies), new.get(&bodies));
            if old != new {
                let body = self.world.nodes.iter_mut().find(|node| node.id == *old).expect("it was just listed");
                // Now and then the body is yet to open: it stands for itself then.
                body.validity = if *closed {
                    Validity { from: None, to: Some(today().saturating_sub(jiff::Span::new().days(90))) }
                } else {
                    Validity { from: Some(today().saturating_add(jiff::Span::new().days(90))), to: None }
                };
                let added = relation(RelationKind::SucceededBy, old, new);
                if self.world.relations.iter().all(|known| known.id != added.id) {
                    self.world.relations.push(added);
                }
            }
        }
    }
}

//! Changes to a graph, told in a line each: what a mutation or an import would write.

use crate::outreach::builders::{self, day, organisation};
use inroads::model::{
    Body, Change, Details, Evidence, EvidenceKind, GroupKind, IndividualFacts, NetworkFacts, NodeId, NodeRecord,
    OrganisationKind, RelationId, RelationKind, RelationRecord, Source,
};

fn put(id: &str, name: &str, body: Body) -> NodeRecord {
    let mut node = builders::node(id, body);
    name.clone_into(&mut node.name);
    NodeRecord { node, details: Details::default() }
}

pub fn body(id: &str, name: &str) -> Change {
    Change::PutNode(put(id, name, Body::Organisation(organisation(OrganisationKind::Vcfse))))
}

pub fn network(id: &str, name: &str) -> Change {
    Change::PutNode(put(id, name, Body::Network(NetworkFacts::default())))
}

pub fn group(id: &str, name: &str) -> Change {
    Change::PutNode(put(id, name, Body::UnderservedGroup(builders::group_of(GroupKind::Population))))
}

/// A person, with what nobody but the team may read.
pub fn person(id: &str, name: &str, email: &str) -> Change {
    let mut record = put(id, name, Body::Individual(IndividualFacts::default()));
    record.details.email = Some(email.to_owned());
    Change::PutNode(record)
}

/// A person who turned out to be another.
pub fn merged(id: &str, name: &str, into: &str) -> Change {
    let mut record = put(id, name, Body::Individual(IndividualFacts::default()));
    record.node.merged_into = Some(NodeId::known(into));
    Change::PutNode(record)
}

pub fn source(name: &str, publisher: &str) -> Change {
    let publisher = Some(publisher.to_owned());
    Change::PutSource(Source { name: name.to_owned(), publisher, licence: None, published_on: None, url: None })
}

/// Without evidence and so on, a relation's id depends on its kind and ends alone here.
pub fn relation_id(kind: RelationKind, from: &str, to: &str) -> RelationId {
    builders::relation(kind, &NodeId::known(from), &NodeId::known(to)).id
}

/// A relation that somebody has confirmed, with a note about it.
pub fn relation(kind: RelationKind, from: &str, to: &str, confirmed: &str, note: &str) -> Change {
    let mut relation = builders::relation(kind, &NodeId::known(from), &NodeId::known(to));
    relation.last_confirmed_on = Some(day(confirmed));
    let evidence = vec![Evidence { kind: EvidenceKind::FirstHand, source: "a visit".into(), date: None }];
    Change::PutRelation(RelationRecord { relation, evidence, note: Some(note.to_owned()) })
}

pub fn unrelate(kind: RelationKind, from: &str, to: &str) -> Change {
    Change::RemoveRelation(relation_id(kind, from, to))
}

pub fn remove(id: &str) -> Change {
    Change::RemoveNode(NodeId::known(id))
}

pub fn erase(id: &str) -> Change {
    Change::Erase(NodeId::known(id))
}

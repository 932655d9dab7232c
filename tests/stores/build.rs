//! Builders of the things that tests commit: each makes the plainest of its kind, to be changed where a test cares.

use inroads::model::*;

pub fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

pub fn day(text: &str) -> Date {
    parse_day(text).unwrap()
}

pub fn id(text: &str) -> NodeId {
    NodeId::known(text)
}

pub fn set(id: &str, changes: Vec<Change>) -> ChangeSet {
    ChangeSet {
        id: id.to_owned(),
        at: at("2026-03-01T09:00:00Z"),
        actor: "tester".to_owned(),
        source: "a test".to_owned(),
        run: None,
        request: None,
        expects: Vec::new(),
        changes,
    }
}

/// A change set of a run that imports the seed.
pub fn part(id: &str, run: &str, last: bool, changes: Vec<Change>) -> ChangeSet {
    let run = RunPart { run: run.to_owned(), what: "seed".to_owned(), last };
    ChangeSet { run: Some(run), ..set(id, changes) }
}

/// A change set that expects a thing untouched since a revision.
pub fn expecting(id: &str, thing: &str, untouched_since: u64, changes: Vec<Change>) -> ChangeSet {
    let expectation = Expectation { thing: thing.to_owned(), untouched_since: Revision(untouched_since) };
    ChangeSet { expects: vec![expectation], ..set(id, changes) }
}

pub fn record(id: &str, name: &str, body: Body) -> NodeRecord {
    let node = Node {
        id: NodeId::known(id),
        refs: Vec::new(),
        name: name.to_owned(),
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: false,
        body,
    };
    NodeRecord { node, details: Details::default() }
}

pub fn practice(id: &str) -> NodeRecord {
    let facts = OrganisationFacts {
        kind: OrganisationKind::GpPractice,
        sector: None,
        nation: None,
        list_size: None,
        deprivation_decile: None,
        rural: None,
    };
    record(id, &format!("Practice {id}"), Body::Organisation(facts))
}

pub fn person(id: &str) -> NodeRecord {
    record(id, &format!("Person {id}"), Body::Individual(IndividualFacts::default()))
}

pub fn area(id: &str) -> NodeRecord {
    record(id, &format!("Area {id}"), Body::Area(AreaFacts::default()))
}

pub fn with_ref(mut record: NodeRecord, reference: &str) -> NodeRecord {
    record.node.refs.push(Ref::parse(reference).unwrap());
    record
}

pub fn named(mut record: NodeRecord, name: &str) -> NodeRecord {
    name.clone_into(&mut record.node.name);
    record
}

pub fn merged(mut record: NodeRecord, into: &str) -> NodeRecord {
    record.node.merged_into = Some(NodeId::known(into));
    record
}

pub fn source(name: &str) -> Source {
    Source { name: name.to_owned(), publisher: None, licence: None, published_on: None, url: None }
}

/// With one piece of evidence, from a source.
pub fn relation(kind: RelationKind, from: &str, to: &str, title: Option<&str>, source: &str) -> RelationRecord {
    let (from, to) = (NodeId::known(from), NodeId::known(to));
    let mode = kind.has_mode().then_some(ServeMode::PeerLed);
    let relation = Relation {
        id: Relation::identity(kind, &from, &to, title, mode, None),
        kind,
        from,
        to,
        title: title.map(str::to_owned),
        mode,
        validity: Validity::ALWAYS,
        strength: None,
        one_way: false,
        champion: false,
        gatekeeper: false,
        last_confirmed_on: None,
        best_evidence: EvidenceKind::Imported,
        synthetic: false,
    };
    let evidence = vec![Evidence { kind: EvidenceKind::Imported, source: source.to_owned(), date: None }];
    RelationRecord { relation, evidence, note: None }.checked().unwrap()
}

pub fn role(from: &str, to: &str, title: &str, source: &str) -> RelationRecord {
    relation(RelationKind::RoleAt, from, to, Some(title), source)
}

pub fn put(record: &NodeRecord) -> Change {
    Change::PutNode(record.clone())
}

pub fn link(record: &RelationRecord) -> Change {
    Change::PutRelation(record.clone())
}

pub fn unlink(record: &RelationRecord) -> Change {
    Change::RemoveRelation(record.relation.id.clone())
}

pub fn remove(id: &str) -> Change {
    Change::RemoveNode(NodeId::known(id))
}

pub fn erase(id: &str) -> Change {
    Change::Erase(NodeId::known(id))
}

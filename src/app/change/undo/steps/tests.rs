use super::{Step, Why, steps};
use crate::model::change::{node_fields, relation_fields};
use crate::model::{
    Body, Change, Details, Evidence, EvidenceKind, NetworkFacts, Node, NodeId, NodeRecord, RelationId, RelationKind,
    RelationRecord, RelationSaid, Revision, Validity,
};
use crate::store::effects::{Held, Wanted};
use crate::store::{ChangedThing, Happened, Past};
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A graph in memory that keeps its log as the stores do.
#[derive(Debug, Clone, Default, PartialEq)]
struct Graph {
    nodes: BTreeMap<NodeId, NodeRecord>,
    relations: BTreeMap<RelationId, RelationRecord>,
}

impl Graph {
    /// What the set did, or nothing if it is refused whole.
    fn commit(&mut self, changes: Vec<Change>, revision: u64) -> Option<Vec<Past>> {
        let held = Held {
            nodes: self.nodes.clone().into_iter().collect(),
            relations: self.relations.clone().into_iter().collect(),
            types: self.nodes.iter().map(|(id, record)| (id.clone(), record.node.node_type())).collect(),
            ..Held::default()
        };
        let effects = Wanted::of(changes).effects(&held, Revision(revision)).ok()?;
        for id in &effects.gone_relations {
            self.relations.remove(id);
        }
        for id in &effects.gone_nodes {
            self.nodes.remove(id);
        }
        self.nodes.extend(effects.nodes.into_iter().map(|record| (record.node.id.clone(), record)));
        self.relations.extend(effects.relations.into_iter().map(|record| (record.relation.id.clone(), record)));
        let told = |row: &crate::store::archive::ChangeRow| Past {
            revision: row.revision,
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: "team".to_owned(),
            source: "a test".to_owned(),
            id: row.thing.clone(),
            of: row.of,
            how: row.how,
            fields: row
                .told(&effects.personal.iter().filter(|personal| personal.seq == row.seq).cloned().collect::<Vec<_>>()),
        };
        Some(effects.log.iter().map(told).collect())
    }

    fn fields(&self, past: &Past) -> Option<Map<String, Value>> {
        match past.of {
            ChangedThing::Node(_) => self.nodes.get(past.id.as_str()).map(node_fields),
            ChangedThing::Relation(_) => self.relations.get(past.id.as_str()).map(relation_fields),
            ChangedThing::Source => None,
        }
    }

    fn undo(&self, past: &[Past]) -> Result<Vec<Change>, Vec<super::Conflict>> {
        let change = |step| match step {
            Step::PutNode(record) => Change::PutNode(record),
            Step::PutRelation(record) => Change::PutRelation(record),
            Step::RemoveNode(id) => Change::RemoveNode(id),
            Step::Erase(id) => Change::Erase(id),
            Step::RemoveRelation(id) => Change::RemoveRelation(id),
        };
        Ok(steps(past, |one| self.fields(one))?.into_iter().map(change).collect())
    }
}

fn network(name: u8, said: u8) -> NodeRecord {
    let purpose = (said & 1 == 1).then(|| format!("purpose {said}"));
    let node = Node {
        id: NodeId::known(format!("net:network:{name}")),
        refs: Vec::new(),
        name: format!("Network {}", said >> 2),
        aliases: (said & 2 == 2).then(|| format!("alias {said}")).into_iter().collect(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: said & 4 == 4,
        body: Body::Network(NetworkFacts { working_group: said & 8 == 8, formality: None, purpose }),
    };
    let website = (said & 16 == 16).then(|| format!("https://{said}.example.org"));
    NodeRecord { node, details: Details { website, ..Details::default() } }
}

fn said(from: u8, to: u8, said: u8) -> RelationSaid {
    let end = |name| NodeId::known(format!("net:network:{name}"));
    let kind = if said & 1 == 1 { EvidenceKind::Documented } else { EvidenceKind::FirstHand };
    let evidence = Evidence { kind, source: format!("source {}", said >> 6), date: None };
    RelationSaid {
        strength: (said & 2 == 2).then_some(0.5),
        note: (said & 4 == 4).then(|| format!("note {said}")),
        ..RelationSaid::new(RelationKind::SimilarTo, end(from), end(to), evidence)
    }
}

#[derive(Debug, Clone)]
enum Wish {
    Put(u8, u8),
    Remove(u8),
    Relate(u8, u8, u8),
    Part(u8, u8),
}

fn wishes() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    let name = || 0..4_u8;
    let wish = prop_oneof![
        4 => (name(), any::<u8>()).prop_map(|(name, said)| Wish::Put(name, said)),
        1 => name().prop_map(Wish::Remove),
        3 => (name(), name(), any::<u8>())
            .prop_filter("two things", |(a, b, _)| a != b)
            .prop_map(|(a, b, said)| Wish::Relate(a, b, said)),
        1 => (name(), name()).prop_map(|(a, b)| Wish::Part(a, b)),
    ];
    proptest::collection::vec(proptest::collection::vec(wish, 1..5), 1..8)
}

fn changes(graph: &Graph, wishes: &[Wish]) -> Vec<Change> {
    let change = |wish: &Wish| match *wish {
        Wish::Put(name, said) => Change::PutNode(network(name, said)),
        Wish::Remove(name) => Change::RemoveNode(network(name, 0).node.id),
        Wish::Relate(from, to, cells) => {
            let said = said(from, to, cells);
            Change::PutRelation(said.clone().onto(graph.relations.get(&said.id())).unwrap())
        }
        Wish::Part(from, to) => Change::RemoveRelation(said(from, to, 0).id()),
    };
    wishes.iter().map(change).collect()
}

proptest! {
    #[test]
    fn undoing_puts_everything_back_and_undoing_that_does_it_again(wishes in wishes()) {
        let (mut graph, mut revision) = (Graph::default(), 0);
        for wishes in wishes {
            let before = graph.clone();
            revision += 1;
            let Some(past) = graph.commit(changes(&before, &wishes), revision) else {
                prop_assert_eq!(&graph, &before);
                continue;
            };
            let after = graph.clone();
            let mut undone = graph.clone();
            let back = undone.commit(undone.undo(&past).unwrap(), revision + 1);
            prop_assert!(back.is_some(), "refused");
            prop_assert_eq!(&undone, &before);
            let again = undone.undo(&back.unwrap()).unwrap();
            prop_assert!(undone.commit(again, revision + 2).is_some(), "refused");
            prop_assert_eq!(undone, after);
        }
    }

    /// Whatever came after: either all goes back but what the later set did to other fields, or nothing does.
    #[test]
    fn what_changed_since_is_never_lost(first in wishes(), later in (0..4_u8, any::<u8>())) {
        let mut graph = Graph::default();
        let mut last = Vec::new();
        for (revision, wishes) in (1..).zip(first) {
            last = graph.commit(changes(&graph, &wishes), revision).unwrap_or_default();
        }
        let before = graph.clone();
        let theirs = network(later.0, later.1);
        let changed = graph.commit(vec![Change::PutNode(theirs.clone())], 90).unwrap();
        let touched: Vec<&str> = changed.iter().flat_map(|past| &past.fields).map(|change| change.field.as_str()).collect();
        let mine: Vec<&str> = last
            .iter()
            .filter(|past| past.id == theirs.node.id.as_str())
            .flat_map(|past| &past.fields)
            .map(|change| change.field.as_str())
            .collect();
        let clash = touched.iter().any(|field| mine.contains(field));
        if let Err(conflicts) = graph.undo(&last) {
            prop_assert!(clash || !before.nodes.contains_key(&theirs.node.id), "{:?}", conflicts);
        } else {
            // Of what the set made, its newest revision tells that it has changed since: `undo` counts on that.
            let made = last.iter().any(|past| past.how == Happened::Created && past.id == theirs.node.id.as_str());
            prop_assert!(!clash || made, "{:?} and {:?}", touched, mine);
        }
    }
}

#[test]
fn it_says_which_fields_have_changed() {
    let mut graph = Graph::default();
    graph.commit(vec![Change::PutNode(network(1, 0))], 1).unwrap();
    let past = graph.commit(vec![Change::PutNode(network(1, 0b1_0101))], 2).unwrap();
    graph.commit(vec![Change::PutNode(network(1, 0b1_0100))], 3).unwrap();
    let conflicts = graph.undo(&past).unwrap_err();
    assert_eq!(conflicts[0].why, Why::Changed(vec!["purpose".to_owned(), "website".to_owned()]));
    graph.commit(vec![Change::RemoveNode(network(1, 0).node.id)], 4).unwrap();
    assert_eq!(graph.undo(&past).unwrap_err()[0].why, Why::Gone);
}

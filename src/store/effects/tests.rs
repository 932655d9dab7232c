//! What a set does to what is held: which rows are written, in which order, and what the log is told. What a set may not
//! do, and what becomes of it in a store, is in `tests/stores`.

use super::{Effects, Held, Wanted};
use crate::model::{Change, NodeId, NodeRecord, RefSpace, RelationRecord, Revision};
use crate::store::Happened;
use crate::store::build::{
    erase, id, link, merged, named, person, practice, put, relation, remove, role, source, unlink, with_ref,
};
use serde_json::json;

/// What a store that holds these things reads for a set: what was asked for and no more.
fn held(wanted: &Wanted, nodes: &[NodeRecord], relations: &[RelationRecord]) -> Held {
    let node = |id: &NodeId| nodes.iter().find(|record| record.node.id == *id);
    let mut held = Held::default();
    for record in wanted.node_ids().filter_map(node) {
        held.nodes.insert(record.node.id.clone(), record.clone());
    }
    for record in relations {
        let ends = [&record.relation.from, &record.relation.to];
        if wanted.relation_ids().any(|id| *id == record.relation.id) || wanted.uprooted().any(|id| ends.contains(&id)) {
            held.relations.insert(record.relation.id.clone(), record.clone());
        }
    }
    for (space, reference) in wanted.refs() {
        let holds = |record: &&NodeRecord| {
            RefSpace::of(record.node.node_type()) == space && record.node.refs.contains(reference)
        };
        if let Some(holder) = nodes.iter().find(holds) {
            held.refs.insert((space, reference.clone()), holder.node.id.clone());
        }
    }
    let ends = held.relations.values().flat_map(|record| [&record.relation.from, &record.relation.to]);
    for record in wanted.named().chain(ends).filter_map(node) {
        held.types.insert(record.node.id.clone(), record.node.node_type());
    }
    for id in wanted.uprooted() {
        let merged = nodes.iter().filter(|record| record.node.merged_into.as_ref() == Some(id));
        held.merged.extend(merged.map(|record| (record.node.id.clone(), id.clone())));
    }
    held
}

fn outcome(changes: Vec<Change>, nodes: &[NodeRecord], relations: &[RelationRecord]) -> Result<Effects, String> {
    let wanted = Wanted::of(changes);
    let held = held(&wanted, nodes, relations);
    wanted.effects(&held, Revision(7))
}

#[track_caller]
fn effects(changes: Vec<Change>, nodes: &[NodeRecord], relations: &[RelationRecord]) -> Effects {
    outcome(changes, nodes, relations).unwrap()
}

fn told(effects: &Effects) -> Vec<(u64, &str, Happened)> {
    effects.log.iter().map(|row| (row.seq, row.thing.as_str(), row.how)).collect()
}

#[test]
fn what_is_so_already_is_neither_written_nor_logged() {
    let (a, b) = (practice("org:a"), practice("org:b"));
    let deal = role("org:a", "org:b", "deal", "register");
    let nothing = effects(vec![put(&a), put(&b), link(&deal)], &[a, b], std::slice::from_ref(&deal));
    assert!(nothing.nodes.is_empty() && nothing.relations.is_empty() && nothing.log.is_empty());
}

#[test]
fn changes_are_numbered_removals_first_then_sources_nodes_and_relations() {
    let (a, b, c) = (practice("org:a"), practice("org:b"), practice("org:c"));
    let (old, new) = (role("org:a", "org:b", "old", "register"), role("org:b", "org:c", "new", "register"));
    let changes = vec![link(&new), put(&c), remove("org:a"), Change::PutSource(source("register")), unlink(&old)];
    let effects = effects(changes, &[a, b], std::slice::from_ref(&old));
    assert_eq!(
        told(&effects),
        [
            (1, old.relation.id.as_str(), Happened::Removed),
            (2, "org:a", Happened::Removed),
            (3, "register", Happened::Created),
            (4, "org:c", Happened::Created),
            (5, new.relation.id.as_str(), Happened::Created),
        ]
    );
    assert!(effects.log.iter().all(|row| row.revision == Revision(7)));
    assert_eq!((effects.gone_nodes, effects.erased), (vec![id("org:a")], Vec::new()));
}

#[test]
fn the_log_keeps_values_of_changes_and_removals_and_only_names_of_what_is_made() {
    let before = practice("org:a");
    let changes = vec![put(&named(before.clone(), "Renamed")), put(&practice("org:b"))];
    let effects = effects(changes, &[before], &[]);
    let [changed, made] = &effects.log[..] else { panic!("{:?}", effects.log) };
    assert_eq!(changed.fields, ["name"]);
    assert_eq!(json!(changed.before), json!({"name": "Practice org:a"}));
    assert_eq!(json!(changed.after), json!({"name": "Renamed"}));
    assert!(made.fields.contains(&"name".to_owned()));
    assert_eq!((&made.before, &made.after), (&None, &None));
}

#[test]
fn personal_values_stand_apart_by_the_people_they_are_about() {
    let (a, b) = (person("ind:a"), person("ind:b"));
    let knows = relation(crate::model::RelationKind::Knows, "ind:a", "ind:b", None, "a friend");
    let mut closer = knows.clone();
    closer.note = Some("Zebedee".to_owned());
    closer.relation.strength = Some(0.5);
    let renamed = named(a.clone(), "Zebedee");
    let effects = effects(vec![put(&renamed), link(&closer)], &[a, b], &[knows]);
    let personal: Vec<_> = effects
        .personal
        .iter()
        .map(|row| (row.individual.as_str(), row.other.as_ref().map(NodeId::as_str), row.seq, row.field.as_str()))
        .collect();
    assert_eq!(personal, [("ind:a", None, 1, "name"), ("ind:a", Some("ind:b"), 2, "note")]);
    assert_eq!(effects.personal[1].after, Some(json!("Zebedee")));
    // The names of the fields are in the log, and the values of those that are not personal.
    assert_eq!(json!(effects.log[1].after), json!({"strength": 0.5}));
    assert!(effects.log[1].fields.contains(&"note".to_owned()));
    assert!(!format!("{:?}", effects.log).contains("Zebedee"));
}

#[test]
fn erasing_takes_all_relations_and_tells_nothing_of_them() {
    let nodes = [person("ind:a"), person("ind:b"), practice("org:a")];
    let relations = [role("ind:a", "org:a", "Lead", "x"), role("ind:b", "org:a", "Lead", "x")];
    let mut theirs = [
        relations[0].clone(),
        relation(crate::model::RelationKind::Knows, "ind:b", "ind:a", None, "x"),
        relation(crate::model::RelationKind::Knows, "ind:a", "ind:b", None, "x"),
    ];
    let all: Vec<_> = theirs.iter().chain(&relations[1..]).cloned().collect();
    // One of them is named as well: it is erased all the same.
    let effects = effects(vec![unlink(&theirs[0]), erase("ind:a")], &nodes, &all);
    theirs.sort_by(|a, b| a.relation.id.cmp(&b.relation.id));
    let ids: Vec<_> = theirs.iter().map(|record| record.relation.id.clone()).collect();
    assert_eq!(effects.gone_relations, ids);
    assert_eq!((&effects.gone_nodes, &effects.erased), (&vec![id("ind:a")], &vec![id("ind:a")]));
    assert!(effects.log.iter().all(|row| row.how == Happened::Erased && row.fields.is_empty() && row.before.is_none()));
    assert_eq!(effects.log.last().unwrap().thing, "ind:a");
    assert!(effects.personal.is_empty());
}

#[test]
fn a_survivor_may_go_once_what_was_merged_into_it_goes_or_parts() {
    let nodes = [practice("org:a"), merged(practice("org:b"), "org:a"), practice("org:c")];
    let with = |change: Change| outcome(vec![remove("org:a"), change], &nodes, &[]);
    let why = with(put(&named(practice("org:c"), "Renamed"))).unwrap_err();
    assert_eq!(why, "org:a cannot go: org:b was merged into it");
    assert_eq!(with(remove("org:b")).unwrap().gone_nodes, [id("org:a"), id("org:b")]);
    assert!(with(put(&practice("org:b"))).is_ok());
    assert!(with(put(&merged(practice("org:b"), "org:c"))).is_ok());
    assert!(with(put(&named(merged(practice("org:b"), "org:a"), "Renamed"))).is_err());
}

#[test]
fn a_ref_is_free_when_its_holder_goes_or_gives_it_up() {
    let holder = with_ref(practice("org:a"), "GB-NHS:N1");
    let nodes = [holder.clone(), practice("org:b")];
    let taker = with_ref(practice("org:b"), "GB-NHS:N1");
    let with = |more: Vec<Change>| outcome([vec![put(&taker)], more].concat(), &nodes, &[]);
    assert_eq!(with(vec![]).unwrap_err(), "ref GB-NHS:N1 of org:b is already that of org:a");
    assert!(with(vec![put(&named(holder, "Renamed"))]).is_err());
    assert!(with(vec![put(&practice("org:a"))]).is_ok());
    assert!(with(vec![remove("org:a")]).is_ok());
    // Said twice of one node, it is one.
    let twice = with_ref(with_ref(practice("org:c"), "GB-NHS:N2"), "GB-NHS:N2");
    assert_eq!(effects(vec![put(&twice)], &[], &[]).nodes[0].node.refs.len(), 1);
}

#[test]
fn a_chain_of_thousands_may_go_at_once() {
    let nodes: Vec<NodeRecord> = (0..3_000).map(|n| practice(&format!("org:{n}"))).collect();
    let relations: Vec<RelationRecord> =
        (1..3_000).map(|n| role(&format!("org:{n}"), &format!("org:{}", n - 1), "next", "x")).collect();
    let changes = nodes.iter().map(|record| remove(record.node.id.as_str())).chain(relations.iter().map(unlink));
    let mut held = Held::default();
    held.nodes.extend(nodes.iter().map(|record| (record.node.id.clone(), record.clone())));
    held.relations.extend(relations.iter().map(|record| (record.relation.id.clone(), record.clone())));
    held.types.extend(nodes.iter().map(|record| (record.node.id.clone(), record.node.node_type())));
    let effects = Wanted::of(changes.collect()).effects(&held, Revision(1)).unwrap();
    assert_eq!((effects.gone_nodes.len(), effects.gone_relations.len()), (3_000, 2_999));
    assert_eq!(effects.log.len(), 5_999);
}

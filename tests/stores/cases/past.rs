//! What happened to a thing, and in a change set, with the values.

use crate::build::*;
use crate::ground::{Ground, Store};
use inroads::model::{Change, NodeType, RelationKind, Revision};
use inroads::store::{ChangedThing, Happened, Past, PastOf};
use serde_json::{Value, json};

async fn past(store: &Store, thing: &str) -> Vec<Past> {
    store.past(&PastOf::Thing(thing.to_owned()), None, 100).await.unwrap()
}

/// Name, before, after, personal.
fn told(past: &Past) -> Vec<(&str, Value, Value, bool)> {
    let side = |side: &Option<Value>| side.clone().unwrap_or_default();
    let fields = past.fields.iter();
    fields.map(|change| (change.field.as_str(), side(&change.before), side(&change.after), change.personal)).collect()
}

fn name(past: &Past) -> (&str, Value, Value, bool) {
    told(past).into_iter().find(|told| told.0 == "name").unwrap()
}

fn names(past: &Past) -> Vec<&str> {
    past.fields.iter().map(|change| change.field.as_str()).collect()
}

pub async fn a_thing_tells_its_past_newest_first(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a")), put(&practice("org:b"))])).await.unwrap();
    let renamed = named(practice("org:a"), "Renamed");
    store.commit(set("2", vec![put(&renamed)])).await.unwrap();
    store.commit(set("3", vec![put(&practice("org:b"))])).await.unwrap();
    let mut moved = named(renamed, "Moved");
    moved.details.postcode = Some("L1 1AA".to_owned());
    store.commit(set("4", vec![put(&moved)])).await.unwrap();
    store.commit(set("5", vec![remove("org:a")])).await.unwrap();

    let all = past(&ground.again().await, "org:a").await;
    let how: Vec<_> = all.iter().map(|past| (past.revision.0, past.how)).collect();
    assert_eq!(how, [(5, Happened::Removed), (4, Happened::Updated), (2, Happened::Updated), (1, Happened::Created)]);
    assert!(all.iter().all(|past| past.id == "org:a" && past.of == ChangedThing::Node(NodeType::Organisation)));
    assert_eq!((all[0].actor.as_str(), all[0].source.as_str(), all[0].at), ("tester", "a test", set("", vec![]).at));

    // Of what was removed the values before, of what was made only the names.
    assert_eq!(name(&all[0]), ("name", json!("Moved"), Value::Null, false));
    assert!(names(&all[0]).contains(&"kind") && names(&all[0]).contains(&"postcode"));
    let mut changes = told(&all[1]);
    changes.sort_by_key(|told| told.0);
    assert_eq!(
        changes,
        [("name", json!("Renamed"), json!("Moved"), false), ("postcode", Value::Null, json!("L1 1AA"), false)]
    );
    assert_eq!(told(&all[2]), [("name", json!("Practice org:a"), json!("Renamed"), false)]);
    assert_eq!(name(&all[3]), ("name", Value::Null, Value::Null, false));

    let some = async |before: Option<u64>, limit| {
        let of = PastOf::Thing("org:a".to_owned());
        let some = store.past(&of, before.map(Revision), limit).await.unwrap();
        some.into_iter().map(|past| past.revision.0).collect::<Vec<_>>()
    };
    assert_eq!(some(None, 2).await, [5, 4]);
    assert_eq!(some(Some(4), 2).await, [2, 1]);
    assert_eq!(some(Some(1), 2).await, [0_u64; 0]);
    assert_eq!(past(&store, "org:never").await, []);
}

pub async fn a_change_set_tells_all_it_did(ground: &dyn Ground) {
    let store = ground.empty().await;
    let mut deal = role("org:a", "org:b", "deal", "register");
    store.commit(set("1", vec![put(&practice("org:a")), put(&practice("org:b")), link(&deal)])).await.unwrap();
    deal.note = Some("A note between organisations".to_owned());
    let changes = vec![link(&deal), put(&named(practice("org:b"), "Renamed")), Change::PutSource(source("register"))];
    store.commit(set("2", changes)).await.unwrap();
    store.commit(set("3", vec![put(&practice("org:b"))])).await.unwrap();

    let did = store.past(&PastOf::ChangeSet(Revision(2)), None, 100).await.unwrap();
    let ids: Vec<_> = did.iter().map(|past| (past.id.as_str(), past.of, past.how)).collect();
    let relation = deal.relation.id.as_str();
    assert_eq!(
        ids,
        [
            ("register", ChangedThing::Source, Happened::Created),
            ("org:b", ChangedThing::Node(NodeType::Organisation), Happened::Updated),
            (relation, ChangedThing::Relation(RelationKind::RoleAt), Happened::Updated)
        ]
    );
    assert_eq!(told(&did[2]), [("note", Value::Null, json!("A note between organisations"), false)]);
    assert_eq!(store.past(&PastOf::ChangeSet(Revision(2)), None, 2).await.unwrap(), did[..2]);
    assert_eq!(store.past(&PastOf::ChangeSet(Revision(2)), Some(Revision(2)), 100).await.unwrap(), []);
    assert_eq!(store.past(&PastOf::ChangeSet(Revision(4)), None, 100).await.unwrap(), []);
}

pub async fn what_is_personal_is_told_as_such(ground: &dyn Ground) {
    let store = ground.empty().await;
    let mut knows = crate::build::relation(RelationKind::Knows, "ind:a", "ind:b", None, "a friend");
    store.commit(set("1", vec![put(&person("ind:a")), put(&person("ind:b")), link(&knows)])).await.unwrap();
    let mut somebody = person("ind:a");
    somebody.details.email = Some("zebedee@example.org".to_owned());
    somebody.node.validity.to = Some(day("2030-01-01"));
    knows.note = Some("They met in Bootle".to_owned());
    knows.relation.strength = Some(0.5);
    store.commit(set("2", vec![put(&somebody), link(&knows)])).await.unwrap();
    store.commit(set("3", vec![unlink(&knows)])).await.unwrap();

    let of_person = past(&store, "ind:a").await;
    let mut changes = told(&of_person[0]);
    changes.sort_by_key(|told| told.0);
    let ends = ("validTo", Value::Null, json!("2030-01-01"), false);
    assert_eq!(changes, [("email", Value::Null, json!("zebedee@example.org"), true), ends]);
    let made = told(&of_person[1]);
    assert!(made.contains(&("name", Value::Null, Value::Null, true)), "{made:?}");
    assert!(made.contains(&("id", Value::Null, Value::Null, false)), "{made:?}");

    let of_relation = past(&ground.again().await, knows.relation.id.as_str()).await;
    let mut changes = told(&of_relation[1]);
    changes.sort_by_key(|told| told.0);
    let note = json!("They met in Bootle");
    assert_eq!(changes, [("note", Value::Null, note.clone(), true), ("strength", Value::Null, json!(0.5), false)]);
    let removed = told(&of_relation[0]);
    assert!(removed.contains(&("note", note, Value::Null, true)), "{removed:?}");
    assert!(removed.contains(&("from", json!("ind:a"), Value::Null, false)), "{removed:?}");
    assert!(removed.contains(&("strength", json!(0.5), Value::Null, false)), "{removed:?}");
    assert!(told(&of_relation[2]).contains(&("evidence", Value::Null, Value::Null, true)));
}

//! A file that an earlier inroads wrote: it is brought up to date with all it holds.

use crate::build::*;
use crate::ground::Store;
use inroads::model::{Change, NodeType, RelationKind, Revision};
use inroads::store::embedded::EmbeddedStore;
use inroads::store::{ChangedThing, Happened, LoggedChange, PastOf};
use rusqlite::Connection;
use std::sync::Arc;

/// A file of the first schema, written as the first inroads did: a person, a practice and a role, made and then changed.
fn first_schema(path: &std::path::Path) {
    let sql = Connection::open(path).unwrap();
    sql.pragma_update(None, "journal_mode", "WAL").unwrap();
    sql.execute_batch(include_str!("../../schema/sqlite/0001_graph_and_log.sql")).unwrap();
    sql.pragma_update(None, "user_version", 1).unwrap();
    sql.execute_batch(
        r#"PRAGMA foreign_keys = ON;
        INSERT INTO source (name) VALUES ('register');
        INSERT INTO node (id, type, name, synthetic, updated_at, facts)
            VALUES ('org:a', 'ORGANISATION', 'Renamed', 0, '2026-03-02T09:00:00Z', '{"kind":"GP_PRACTICE"}');
        INSERT INTO node (id, type, synthetic, updated_at) VALUES ('ind:a', 'INDIVIDUAL', 0, '2026-03-02T09:00:00Z');
        INSERT INTO personal (individual, name, team, contact, introduce, email)
            VALUES ('ind:a', 'Person ind:a', 0, 'NOT_ASKED', 'NOT_ASKED', 'new@example.org');
        INSERT INTO relation (id, kind, from_node, to_node, one_way, champion, gatekeeper, best_evidence, synthetic)
            VALUES ('rel:a', 'ROLE_AT', 'ind:a', 'org:a', 0, 0, 0, 'IMPORTED', 0);
        INSERT INTO evidence (relation, kind, source) VALUES ('rel:a', 'IMPORTED', 'register');
        INSERT INTO run (id, what, started_at, finished_at, change_sets, revision)
            VALUES ('a run', 'seed', '2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z', 1, 1);
        INSERT INTO log (revision, change_set, at, actor, source, run)
            VALUES (1, '1', '2026-03-01T09:00:00Z', 'tester', 'a test', 'a run');
        INSERT INTO log (revision, change_set, at, actor, source)
            VALUES (2, '2', '2026-03-02T09:00:00Z', 'tester', 'a test');
        INSERT INTO log_change (revision, seq, of, type, thing, created, fields) VALUES
            (1, 1, 'SOURCE', NULL, 'register', 1, '["name"]'),
            (1, 2, 'NODE', 'ORGANISATION', 'org:a', 1, '["id","name","kind"]'),
            (1, 3, 'NODE', 'INDIVIDUAL', 'ind:a', 1, '["id","name","email"]'),
            (1, 4, 'RELATION', 'ROLE_AT', 'rel:a', 1, '["id","kind","from","to"]');
        INSERT INTO log_change (revision, seq, of, type, thing, created, fields, before, after) VALUES
            (2, 1, 'NODE', 'ORGANISATION', 'org:a', 0, '["name"]', '{"name":"First"}', '{"name":"Renamed"}'),
            (2, 2, 'NODE', 'INDIVIDUAL', 'ind:a', 0, '["email"]', '{}', '{}');
        INSERT INTO personal_change (individual, revision, seq, field, before, after)
            VALUES ('ind:a', 2, 2, 'email', '"old@example.org"', '"new@example.org"');
        UPDATE meta SET revision = 2, announced = 2;"#,
    )
    .unwrap();
}

#[tokio::test]
async fn a_file_of_the_first_schema_opens_with_all_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("graph.db");
    first_schema(&path);

    let store: Store = Arc::new(EmbeddedStore::open(&path).await.unwrap());
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let health = store.health().await.unwrap();
    assert_eq!((health.revision.0, health.announced.0, health.log_since.0), (2, 2, 0));
    assert_eq!(store.committed("1").await.unwrap().unwrap().request, None);

    let log = store.changes_since(Revision(0), 10).await.unwrap();
    let told = |entry: usize| log[entry].changes.iter().map(|change| change.how).collect::<Vec<_>>();
    assert_eq!((told(0), told(1)), (vec![Happened::Created; 4], vec![Happened::Updated; 2]));
    let of = ChangedThing::Relation(RelationKind::RoleAt);
    let fields = ["id", "kind", "from", "to"].map(str::to_owned).into();
    assert_eq!(log[0].changes[3], LoggedChange { id: "rel:a".into(), of, how: Happened::Created, fields });

    let past = store.past(&PastOf::Thing("ind:a".into()), None, 10).await.unwrap();
    assert_eq!(past[0].of, ChangedThing::Node(NodeType::Individual));
    let email = &past[0].fields[0];
    assert_eq!((email.before.as_ref().unwrap(), email.personal), (&"old@example.org".into(), true));
    let delta = store.delta(Revision(1), 10).await.unwrap().unwrap();
    assert_eq!(delta.nodes.len(), 2);

    // And it goes on from there, erasure included.
    store.commit(set("3", vec![erase("ind:a"), Change::PutSource(source("another"))])).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let kept = crate::ground::pieces(&store).await;
    assert!(!format!("{kept:?}").contains("example.org"));
}

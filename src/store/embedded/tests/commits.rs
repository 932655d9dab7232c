//! Change sets: whole or not at all, once, in one order of revisions, announced when their run is.

use super::worlds::{part, person, practice, put, record, role, set, with_ref};
use super::{EmbeddedStore, Home, refusal};
use crate::model::{AreaFacts, Body, Change, ChangeSet, NodeId, NodeType, RelationKind, Revision, Source};
use crate::store::embedded::commit;
use crate::store::{ChangedThing, Committed, GraphStore as _, Health, UnfinishedRun};
use rusqlite::TransactionBehavior;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_retry_is_applied_once_and_answers_with_the_earlier_revision() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    home.store.commit(set("2", vec![])).await.unwrap();

    let again = home.store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    assert_eq!(again, Committed { revision: Revision(1), repeated: true });
    assert_eq!(home.store.health().await.unwrap().revision, Revision(2));
}

#[tokio::test]
async fn a_refused_set_leaves_nothing() {
    let home = Home::with(set("1", vec![put(&with_ref(practice("org:a"), "GB-NHS:N1"))])).await;

    let lost = role("org:b", "org:nowhere", "Lead", "register");
    let why = refusal(home.store.commit(set("2", vec![put(&practice("org:b")), Change::PutRelation(lost)])).await);
    assert!(why.contains("org:nowhere"), "{why}");

    let thief = with_ref(practice("org:c"), "GB-NHS:N1");
    let why = refusal(home.store.commit(set("2", vec![put(&thief)])).await);
    assert_eq!(why, "GB-NHS:N1 already names org:a, so it cannot name org:c as well");

    let mut merged = practice("org:a");
    merged.node.merged_into = Some(NodeId::known("org:gone"));
    let why = refusal(home.store.commit(set("2", vec![put(&merged)])).await);
    assert_eq!(why, "org:a is merged into org:gone, which the store does not know");

    let area = record("org:a", "A", Body::Area(AreaFacts::default()));
    let why = refusal(home.store.commit(set("2", vec![put(&area)])).await);
    assert_eq!(why, "org:a is of the type ORGANISATION; it cannot become AREA");

    let graph = home.store.load().await.unwrap();
    assert_eq!((graph.revision, graph.nodes.len(), graph.relations.len()), (Revision(1), 1, 0));
    assert_eq!(home.store.changes_since(Revision(1), 10).await.unwrap(), []);
    // The same id, corrected, goes through.
    assert!(!home.store.commit(set("2", vec![put(&practice("org:b"))])).await.unwrap().repeated);
}

#[tokio::test]
async fn a_ref_may_pass_from_one_node_to_another_in_one_set_in_either_order() {
    let home =
        Home::with(set("1", vec![put(&with_ref(practice("org:a"), "GB-NHS:N1")), put(&practice("org:b"))])).await;
    let (bare, owner) = (practice("org:a"), with_ref(practice("org:b"), "GB-NHS:N1"));
    home.store.commit(set("2", vec![put(&owner), put(&bare)])).await.unwrap();
    assert_eq!(home.node("org:b").await, owner);
    assert_eq!(home.node("org:a").await, bare);
}

#[tokio::test]
async fn an_area_and_its_body_may_share_a_ref() {
    let body = with_ref(practice("org:S08"), "S08:S08000031");
    let area = with_ref(record("area:S08", "Its area", Body::Area(AreaFacts::default())), "S08:S08000031");
    let home = Home::with(set("1", vec![put(&body), put(&area)])).await;
    assert_eq!(home.node("org:S08").await, body);
    assert_eq!(home.node("area:S08").await, area);
}

#[tokio::test]
async fn of_several_statements_about_one_thing_the_last_counts() {
    let mut last = practice("org:a");
    last.node.name = "The last word".to_owned();
    let home = Home::with(set("1", vec![put(&practice("org:a")), put(&last)])).await;
    assert_eq!(home.node("org:a").await, last);
    assert_eq!(home.store.changes_since(Revision(0), 10).await.unwrap()[0].changes.len(), 1);
}

#[tokio::test]
async fn the_log_tells_what_each_revision_did() {
    let role = role("ind:a", "org:a", "Manager", "register");
    let home =
        Home::with(set("1", vec![put(&person("ind:a")), put(&practice("org:a")), Change::PutRelation(role.clone())]))
            .await;
    let mut renamed = practice("org:a");
    renamed.node.name = "Renamed".to_owned();
    let source = Source { name: "register".to_owned(), publisher: None, licence: None, published_on: None, url: None };
    home.store.commit(set("2", vec![put(&renamed), Change::PutSource(source)])).await.unwrap();

    let log = home.store.changes_since(Revision(0), 10).await.unwrap();
    assert_eq!(log.iter().map(|entry| entry.revision.0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((log[0].actor.as_str(), log[0].source.as_str()), ("tester", "a test"));
    let told = |entry: usize| {
        log[entry].changes.iter().map(|change| (change.id.as_str(), change.of, change.created)).collect::<Vec<_>>()
    };
    assert_eq!(
        told(0),
        [
            ("ind:a", ChangedThing::Node(NodeType::Individual), true),
            ("org:a", ChangedThing::Node(NodeType::Organisation), true),
            (role.relation.id.as_str(), ChangedThing::Relation(RelationKind::RoleAt), true),
        ]
    );
    assert_eq!(
        told(1),
        [("register", ChangedThing::Source, true), ("org:a", ChangedThing::Node(NodeType::Organisation), false)]
    );
    assert_eq!(log[1].changes[1].fields, ["name"]);
    assert_eq!(home.store.changes_since(Revision(0), 1).await.unwrap(), log[..1]);
    assert_eq!(home.store.changes_since(Revision(1), 10).await.unwrap(), log[1..]);

    let values: (String, String) = home
        .sql()
        .query_one("SELECT before, after FROM log_change WHERE revision = 2 AND of = 'NODE'", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(values, (r#"{"name":"Practice org:a"}"#.to_owned(), r#"{"name":"Renamed"}"#.to_owned()));
}

#[tokio::test]
async fn a_run_is_announced_by_its_last_part_which_closes_broken_off_ones_of_its_name() {
    let home = Home::with(set("1", vec![])).await;
    let health = |revision, announced, unfinished: Option<(&str, u64)>| Health {
        revision: Revision(revision),
        announced: Revision(announced),
        unfinished: unfinished.map(|(run, change_sets)| UnfinishedRun {
            run: run.to_owned(),
            what: "seed".to_owned(),
            change_sets,
        }),
    };
    assert_eq!(home.store.health().await.unwrap(), health(1, 1, None));

    home.store.commit(part("2", "broken off", false, vec![put(&practice("org:a"))])).await.unwrap();
    home.store.commit(part("3", "broken off", false, vec![])).await.unwrap();
    assert_eq!(home.store.health().await.unwrap(), health(3, 1, Some(("broken off", 2))));

    home.store.commit(part("4", "resumed", false, vec![])).await.unwrap();
    assert_eq!(home.store.health().await.unwrap(), health(4, 1, Some(("resumed", 1))));
    // A retry is not another part.
    home.store.commit(part("4", "resumed", false, vec![])).await.unwrap();
    assert_eq!(home.store.health().await.unwrap(), health(4, 1, Some(("resumed", 1))));

    home.store.commit(part("5", "resumed", true, vec![])).await.unwrap();
    assert_eq!(home.store.health().await.unwrap(), health(5, 5, None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commits_at_once_take_one_revision_each_without_gaps() {
    let home = Home::new().await;
    // A second handle on the file stands for another process.
    let other = EmbeddedStore::open(home.store.path()).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let store = if task % 2 == 0 { home.store.clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut revisions = Vec::new();
                for n in 0..5 {
                    let change = put(&practice(&format!("org:{task}-{n}")));
                    revisions.push(store.commit(set(&format!("{task}-{n}"), vec![change])).await.unwrap().revision.0);
                    let graph = store.load().await.unwrap();
                    assert_eq!(graph.nodes.len() as u64, graph.revision.0, "a load is of one revision");
                }
                revisions
            })
        })
        .collect();
    let mut all = BTreeSet::new();
    for task in tasks {
        let revisions = task.await.unwrap();
        assert!(revisions.is_sorted());
        all.extend(revisions);
    }
    assert_eq!(all, (1..=40).collect());
    assert_eq!(home.store.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_process_killed_within_a_commit_leaves_the_revision_before() {
    let home = Home::with(set("1", vec![put(&practice("org:a"))])).await;
    let crashed = home.folder.path().join("crashed.db");
    let many: Vec<Change> = (0..5_000).map(|n| put(&practice(&format!("org:{n}")))).collect();
    let half_way: ChangeSet = set("2", many);
    {
        let mut writer = home.store.writer.lock().await;
        // So small a cache spills unfinished pages to the write-ahead log, as a large commit does.
        writer.pragma_update(None, "cache_size", 10).unwrap();
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        commit::apply(&tx, half_way.clone()).unwrap();
        // The files as a kill at this moment leaves them.
        std::fs::copy(home.store.path(), &crashed).unwrap();
        let log = |name: &str| home.folder.path().join(name);
        assert!(std::fs::metadata(log("graph.db-wal")).unwrap().len() > 500_000, "pages were spilt");
        std::fs::copy(log("graph.db-wal"), log("crashed.db-wal")).unwrap();
    }
    let store = EmbeddedStore::open(&crashed).await.unwrap();
    let graph = store.load().await.unwrap();
    assert_eq!((graph.revision, graph.nodes.len()), (Revision(1), 1));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    assert_eq!(store.commit(half_way).await.unwrap(), Committed { revision: Revision(2), repeated: false });
}

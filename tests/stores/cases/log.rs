//! The change log: what each revision did, and letting go of its old end.

use crate::build::*;
use crate::ground::{Ground, pieces, state};
use inroads::model::{Change, ChangeSet, NodeType, RelationKind, Revision};
use inroads::store::{ChangedThing, Happened, LoggedChange, PastOf, Piece};

pub async fn it_tells_what_each_revision_did(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("ind:a", "org:a", "Manager", "register");
    store.commit(set("1", vec![put(&person("ind:a")), put(&practice("org:a")), link(&lead)])).await.unwrap();
    let renamed = named(practice("org:a"), "Renamed");
    store.commit(set("2", vec![put(&renamed), Change::PutSource(source("register"))])).await.unwrap();
    store.commit(ChangeSet { actor: "somebody else".into(), ..set("3", vec![erase("ind:a")]) }).await.unwrap();
    store.commit(set("4", vec![remove("org:a")])).await.unwrap();

    let log = ground.again().await.changes_since(Revision(0), 10).await.unwrap();
    assert_eq!(log.iter().map(|entry| entry.revision.0).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!((log[0].actor.as_str(), log[0].source.as_str(), log[0].at), ("tester", "a test", set("", vec![]).at));
    assert_eq!(log[2].actor, "somebody else");
    let told = |entry: usize| -> Vec<(&str, ChangedThing, Happened)> {
        log[entry].changes.iter().map(|change| (change.id.as_str(), change.of, change.how)).collect()
    };
    let (individual, organisation) =
        (ChangedThing::Node(NodeType::Individual), ChangedThing::Node(NodeType::Organisation));
    let (relation, role_at) = (lead.relation.id.as_str(), ChangedThing::Relation(RelationKind::RoleAt));
    assert_eq!(
        told(0),
        [
            ("ind:a", individual, Happened::Created),
            ("org:a", organisation, Happened::Created),
            (relation, role_at, Happened::Created)
        ]
    );
    let renaming = &log[1].changes[1];
    assert_eq!(told(1)[0], ("register", ChangedThing::Source, Happened::Created));
    assert_eq!(
        *renaming,
        LoggedChange { id: "org:a".into(), of: organisation, how: Happened::Updated, fields: vec!["name".into()] }
    );
    assert_eq!(told(2), [(relation, role_at, Happened::Erased), ("ind:a", individual, Happened::Erased)]);
    assert_eq!(told(3), [("org:a", organisation, Happened::Removed)]);

    assert_eq!(store.changes_since(Revision(0), 1).await.unwrap(), log[..1]);
    assert_eq!(store.changes_since(Revision(1), 2).await.unwrap(), log[1..3]);
    assert_eq!(store.changes_since(Revision(4), 10).await.unwrap(), []);
    assert_eq!(store.changes_since(Revision(9), 10).await.unwrap(), []);
    assert_eq!(store.changes_since(Revision(0), 0).await.unwrap(), []);
}

pub async fn it_is_let_go_from_its_old_end(ground: &dyn Ground) {
    let store = ground.empty().await;
    let dated = |id: &str, day: &str, changes| ChangeSet { at: at(&format!("{day}T12:00:00Z")), ..set(id, changes) };
    let somebody = |mark: &str| named(person("ind:a"), mark);
    store.commit(dated("1", "2026-03-01", vec![put(&somebody("Zebedee"))])).await.unwrap();
    store.commit(dated("2", "2026-03-02", vec![put(&somebody("Florence"))])).await.unwrap();
    // A clock that was wrong: it holds back what came after it.
    store.commit(dated("3", "2026-03-05", vec![put(&somebody("Dougal"))])).await.unwrap();
    store.commit(dated("4", "2026-03-03", vec![put(&practice("org:a"))])).await.unwrap();
    store.commit(ChangeSet { at: at("2026-03-03T00:00:00Z"), ..part("5", "a run", false, vec![]) }).await.unwrap();
    let before = state(&store).await;

    assert_eq!(store.let_go_of_log(at("2026-03-02T12:00:00Z")).await.unwrap(), 1);
    assert_eq!(store.health().await.unwrap().log_since, Revision(1));
    assert_eq!(store.let_go_of_log(at("2026-03-04T00:00:00Z")).await.unwrap(), 1);
    assert_eq!(store.let_go_of_log(at("2026-03-04T00:00:00Z")).await.unwrap(), 0);

    let store = ground.again().await;
    assert_eq!(store.health().await.unwrap().log_since, Revision(2));
    assert_eq!(store.changes_since(Revision(0), 10).await.unwrap()[0].revision, Revision(3));
    assert_eq!(store.past(&PastOf::Thing("ind:a".into()), None, 10).await.unwrap().len(), 1);
    assert_eq!(store.past(&PastOf::ChangeSet(Revision(2)), None, 10).await.unwrap(), []);
    assert_eq!(store.committed("2").await.unwrap(), None);
    assert_eq!(state(&store).await, before, "the graph stays");
    let kept = pieces(&store).await;
    let told = |word: &str| format!("{kept:?}").contains(word);
    assert!(!told("Zebedee") && told("Florence"), "personal changes go with their entries");
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());

    // What is not announced yet, followers still have to be told.
    assert_eq!(store.let_go_of_log(jiff::Timestamp::MAX).await.unwrap(), 2);
    let health = store.health().await.unwrap();
    assert_eq!((health.revision, health.announced, health.log_since), (Revision(5), Revision(4), Revision(4)));
    store.commit(part("6", "a run", true, vec![])).await.unwrap();
    assert_eq!(store.let_go_of_log(jiff::Timestamp::MAX).await.unwrap(), 2);
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    assert_eq!(store.commit(set("7", vec![])).await.unwrap().revision, Revision(7));
    assert!(matches!(pieces(&store).await.last(), Some(Piece::End { log_since: Revision(6), .. })));
}

//! What a change set expects of the graph it was made for.

use crate::build::*;
use crate::ground::{Ground, Store, pieces};
use inroads::model::{Change, ChangeSet, Expectation, Revision};
use inroads::store::StoreError;

/// Whether a set with this expectation goes through; if not, that it is this thing that has overtaken it.
async fn goes(store: &Store, id: &str, thing: &str, untouched_since: u64) -> bool {
    match store.commit(expecting(id, thing, untouched_since, vec![])).await {
        Ok(committed) => !committed.repeated,
        Err(StoreError::Overtaken { thing: other, since }) => {
            assert_eq!((other.as_str(), since), (thing, Revision(untouched_since)));
            false
        }
        Err(other) => panic!("{other:?}"),
    }
}

pub async fn a_thing_that_was_touched_overtakes(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("ind:a", "org:a", "Lead", "register");
    let made = vec![put(&practice("org:a")), put(&person("ind:a")), link(&lead), Change::PutSource(source("register"))];
    store.commit(set("1", made)).await.unwrap();
    store.commit(set("2", vec![put(&practice("org:b"))])).await.unwrap();
    for (n, thing) in ["org:a", "ind:a", lead.relation.id.as_str(), "register"].into_iter().enumerate() {
        assert!(!goes(&store, "late", thing, 0).await, "{thing}");
        assert!(goes(&store, &format!("3.{n}"), thing, 1).await, "{thing}");
    }

    // One of several is enough, and nothing of the set is done.
    let expects = ["org:b", "org:a"].map(|thing| Expectation { thing: thing.to_owned(), untouched_since: Revision(1) });
    let before = pieces(&store).await;
    let mixed = ChangeSet { expects: expects.into(), ..set("4", vec![put(&practice("org:c"))]) };
    let outcome = store.commit(mixed).await;
    assert!(matches!(outcome, Err(StoreError::Overtaken { thing, .. }) if thing == "org:b"));
    assert_eq!(pieces(&store).await, before);

    // Changed, removed, erased: each is a touch.
    let touches = vec![put(&named(practice("org:a"), "Renamed")), unlink(&lead), erase("ind:a")];
    let touched = store.commit(set("5", touches)).await.unwrap().revision.0;
    for thing in ["org:a", "ind:a", lead.relation.id.as_str()] {
        assert!(!goes(&store, "late", thing, touched - 1).await, "{thing}");
        assert!(goes(&store, &format!("6.{thing}"), thing, touched).await, "{thing}");
    }
    // A set that says what is so already touches nothing.
    store.commit(set("7", vec![put(&named(practice("org:a"), "Renamed"))])).await.unwrap();
    assert!(goes(&store, "8", "org:a", touched).await);
}

pub async fn a_thing_that_never_was(ground: &dyn Ground) {
    let store = ground.empty().await;
    assert!(goes(&store, "1", "org:a", 0).await);
    store.commit(expecting("2", "org:a", 0, vec![put(&practice("org:a"))])).await.unwrap();
    assert!(!goes(&store, "3", "org:a", 0).await);
    // One that was removed has been.
    store.commit(set("3", vec![remove("org:a")])).await.unwrap();
    assert!(!goes(&store, "4", "org:a", 0).await);
    assert!(goes(&store, "4", "org:b", 0).await);
}

pub async fn what_the_log_has_let_go_may_have_been_touched(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    store.commit(set("2", vec![put(&practice("org:b"))])).await.unwrap();
    store.let_go_of_log(at("2026-03-01T09:00:01Z")).await.unwrap();

    let store = ground.again().await;
    assert!(!goes(&store, "3", "org:a", 1).await, "nobody can tell any more");
    assert!(goes(&store, "3", "org:a", 2).await);
    assert!(goes(&store, "4", "org:c", 0).await, "what is not there was not touched");
}

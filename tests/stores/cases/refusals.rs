//! A change set that contradicts what is there: refused whole, with a reason, and nothing of it stays.

use crate::build::*;
use crate::ground::{Ground, Store, pieces, refusal};
use inroads::model::{Change, ChangeSet};
use inroads::store::StoreError;

async fn furnished(ground: &dyn Ground) -> Store {
    let store = ground.empty().await;
    let things = vec![
        put(&with_ref(practice("org:a"), "GB-NHS:N1")),
        put(&practice("org:b")),
        put(&merged(practice("org:old"), "org:b")),
        put(&with_ref(person("ind:a"), "team:somebody")),
        put(&merged(person("ind:twin"), "ind:b")),
        put(&person("ind:b")),
        link(&role("ind:a", "org:a", "Lead", "register")),
    ];
    store.commit(set("1", things)).await.unwrap();
    store
}

/// Each with something that would be done were it not for the rest.
fn contradictions() -> Vec<(&'static str, Vec<Change>)> {
    let fine = || put(&practice("org:c"));
    vec![
        (
            "names org:nowhere, which the store does not know",
            vec![fine(), link(&role("org:c", "org:nowhere", "Lead", "register"))],
        ),
        (
            "names ind:a, which the store does not know",
            vec![erase("ind:a"), put(&practice("org:c")), link(&role("ind:a", "org:c", "Lead", "register"))],
        ),
        ("ref GB-NHS:N1 of org:c is already that of org:a", vec![put(&with_ref(practice("org:c"), "GB-NHS:N1"))]),
        (
            "ref GB-NHS:N2 of org:d is already that of org:c",
            vec![put(&with_ref(practice("org:c"), "GB-NHS:N2")), put(&with_ref(practice("org:d"), "GB-NHS:N2"))],
        ),
        ("org:a is of the type ORGANISATION; it cannot become AREA", vec![fine(), put(&area("org:a"))]),
        (
            "org:c is merged into org:gone, which the store does not know",
            vec![put(&merged(practice("org:c"), "org:gone"))],
        ),
        (
            "org:c is merged into org:a, which the store does not know",
            vec![
                unlink(&role("ind:a", "org:a", "Lead", "register")),
                remove("org:a"),
                put(&merged(practice("org:c"), "org:a")),
            ],
        ),
        ("org:a cannot be removed: relation rel:", vec![fine(), remove("org:a")]),
        ("org:b cannot go: org:old was merged into it", vec![fine(), remove("org:b")]),
        ("ind:b cannot go: ind:twin was merged into it", vec![fine(), erase("ind:b")]),
        ("org:a is no individual; only individuals are erased", vec![fine(), erase("org:a")]),
        ("ind:a is an individual; individuals are erased, not removed", vec![fine(), remove("ind:a")]),
    ]
}

pub async fn a_refused_set_leaves_nothing(ground: &dyn Ground) {
    let store = furnished(ground).await;
    let before = pieces(&store).await;
    for (why, changes) in contradictions() {
        let told = refusal(store.commit(set("2", changes.clone())).await);
        assert!(told.contains(why), "{told:?} instead of {why:?}");
        let in_a_run = refusal(store.commit(part("2", "a run", true, changes)).await);
        assert_eq!(in_a_run, told);
        assert_eq!(pieces(&store).await, before, "{why}");
        assert_eq!(store.committed("2").await.unwrap(), None);
    }
    let overtaken = expecting("2", "org:a", 0, vec![put(&practice("org:c"))]);
    assert!(matches!(store.commit(overtaken).await, Err(StoreError::Overtaken { thing, .. }) if thing == "org:a"));
    assert_eq!(pieces(&store).await, before);

    // The same id, corrected, goes through.
    let mended = vec![remove("org:b"), put(&practice("org:old")), put(&practice("org:c"))];
    let committed = store.commit(ChangeSet { request: Some("x".into()), ..set("2", mended) }).await.unwrap();
    assert_eq!((committed.revision.0, committed.repeated), (2, false));
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
}

pub async fn a_refusal_quotes_nothing_personal(ground: &dyn Ground) {
    let store = furnished(ground).await;
    for thief in [person("ind:c"), practice("org:c")] {
        let thief = with_ref(named(thief, "Zebedee"), "team:somebody");
        let why = refusal(store.commit(set("2", vec![put(&thief)])).await);
        assert!(why.contains("is already that of ind:a") && !why.contains("somebody"), "{why}");
        assert!(!why.contains("Zebedee"), "{why}");
    }
}

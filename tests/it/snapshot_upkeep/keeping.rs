//! The application keeps what it shows up with its store, and nobody has to wait for that.

use super::watched::Watched;
use crate::outreach::builders::{day, node, organisation};
use inroads::access::{Role, Viewer};
use inroads::app::{App, Asking, Pace};
use inroads::error::ErrorCode;
use inroads::model::{
    Body, Change, ChangeSet, Clock, Date, Details, NodeRecord, OrganisationFilter, OrganisationKind, Revision,
};
use inroads::outreach::Settings;
use inroads::snapshot::PageRequest;
use inroads::store::GraphStore;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

/// Long enough that only what is broken takes so long.
const AGES: Duration = Duration::from_mins(1);

/// A clock that is moved by hand.
#[derive(Default)]
struct Hand(AtomicI64);

impl Clock for Hand {
    fn today(&self) -> Date {
        day("2026-03-10")
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

struct Kept {
    store: Arc<Watched>,
    clock: Arc<Hand>,
    app: Arc<App>,
    sets: AtomicU64,
}

/// Folds when told to, never because of time.
const CALM: Pace = Pace { patience: AGES, fold_beyond: usize::MAX, fold_after: AGES };

impl Kept {
    async fn at(pace: Pace) -> Self {
        let (store, clock) = (Arc::new(Watched::empty().await), Arc::new(Hand::default()));
        let port: Arc<dyn GraphStore> = Arc::clone(&store) as _;
        let app = App::open_at(pace, port, Arc::clone(&clock) as _, Settings::default()).await.expect("an app");
        Self { store, clock, app: Arc::new(app), sets: AtomicU64::new(0) }
    }

    /// Writes organisations as another process would.
    async fn write(&self, names: impl IntoIterator<Item = String>) -> Revision {
        let put = |name: String| {
            let node = node(&format!("org:{name}"), Body::Organisation(organisation(OrganisationKind::Vcfse)));
            Change::PutNode(NodeRecord { node, details: Details::default() })
        };
        let set = ChangeSet {
            id: format!("set {}", self.sets.fetch_add(1, Ordering::SeqCst)),
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: "tester".into(),
            source: "a test".into(),
            run: None,
            request: None,
            expects: Vec::new(),
            changes: names.into_iter().map(put).collect(),
        };
        self.store.commit(set).await.expect("written").revision
    }

    async fn write_one(&self, name: &str) -> Revision {
        self.write([name.to_owned()]).await
    }

    fn ask(&self) -> Asking {
        self.app.asking(viewer())
    }
}

fn viewer() -> Viewer {
    Viewer::new(Role::Team)
}

fn names(asking: &Asking) -> Vec<String> {
    let all = PageRequest { first: Some(10_000), ..PageRequest::default() };
    let listing = asking.organisations(&OrganisationFilter::default(), None, &all, 10).expect("a list");
    listing.items.into_iter().filter_map(|found| found.view.name).collect()
}

#[tokio::test]
async fn a_write_shows_without_loading_the_graph_again_and_earlier_questions_do_not_see_it() {
    let kept = Kept::at(CALM).await;
    kept.app.catch_up(kept.write_one("b").await).await.expect("shown");
    let before = kept.ask();
    for name in ["c", "a"] {
        let revision = kept.write_one(name).await;
        kept.app.catch_up(revision).await.expect("shown");
        assert_eq!((kept.app.revision(), kept.ask().revision()), (revision, revision));
    }
    assert_eq!(
        (names(&before), names(&kept.ask())),
        (vec!["b".to_owned()], ["a", "b", "c"].map(str::to_owned).to_vec())
    );
    assert_eq!(kept.store.loads(), 1);
}

#[tokio::test]
async fn what_others_write_is_followed_and_told() {
    let kept = Kept::at(CALM).await;
    let mut revisions = kept.app.revisions();
    let app = Arc::clone(&kept.app);
    let following = tokio::spawn(async move { app.follow(Duration::from_millis(1)).await });
    let revision = kept.write_one("a").await;
    let told = tokio::time::timeout(AGES, revisions.wait_for(|told| *told >= revision)).await;
    assert_eq!(*told.expect("in time").expect("it lives"), revision);
    assert_eq!(names(&kept.ask()), ["a"]);
    following.abort();
}

#[tokio::test]
async fn a_request_waits_for_the_revision_that_its_asker_has_seen() {
    let kept = Kept::at(CALM).await;
    let revision = kept.write_one("a").await;
    assert!(kept.app.revision() < revision, "nobody has told the app");
    let asking = kept.app.asking_at(viewer(), Some(revision)).await.expect("it comes");
    assert_eq!((asking.revision(), names(&asking)), (revision, vec!["a".to_owned()]));
    assert!(kept.app.asking_at(viewer(), None).await.is_ok());
}

#[tokio::test]
async fn a_revision_that_does_not_come_is_stale() {
    let kept = Kept::at(Pace { patience: Duration::from_millis(1), ..CALM }).await;
    let Err(error) = kept.app.asking_at(viewer(), Some(Revision(9))).await else { panic!("nobody wrote it") };
    assert_eq!(error.code(), ErrorCode::Stale);
    assert!(error.to_string().contains("revision 9"), "{error}");
}

#[tokio::test]
async fn questions_are_answered_from_memory_while_the_store_is_out_of_reach() {
    let kept = Kept::at(CALM).await;
    kept.app.catch_up(kept.write_one("a").await).await.expect("shown");
    assert_eq!(kept.app.unconfirmed_for(), None);
    kept.store.out_of_reach.store(true, Ordering::SeqCst);
    kept.clock.0.fetch_add(30, Ordering::SeqCst);
    assert_eq!(kept.app.refresh().await.expect_err("out of reach").code(), ErrorCode::Unavailable);
    assert_eq!(kept.app.unconfirmed_for(), Some(Duration::from_secs(30)));
    kept.clock.0.fetch_add(12, Ordering::SeqCst);
    assert_eq!((kept.app.unconfirmed_for(), names(&kept.ask())), (Some(Duration::from_secs(42)), vec!["a".to_owned()]));
    kept.store.out_of_reach.store(false, Ordering::SeqCst);
    let revision = kept.write_one("b").await;
    assert!(kept.app.refresh().await.expect("in reach again"));
    assert_eq!((kept.app.unconfirmed_for(), kept.app.revision()), (None, revision));
}

#[tokio::test]
async fn a_store_that_is_older_than_what_is_shown_is_loaded_whole() {
    let kept = Kept::at(CALM).await;
    kept.app.catch_up(kept.write_one("a").await).await.expect("shown");
    kept.store.replace().await;
    assert!(kept.app.refresh().await.expect("loaded"));
    assert_eq!((kept.app.revision(), kept.app.is_empty()), (Revision(0), true));
    kept.app.catch_up(kept.write_one("b").await).await.expect("shown");
    assert_eq!((names(&kept.ask()), kept.store.loads()), (vec!["b".to_owned()], 2));
}

#[tokio::test]
async fn after_very_many_changes_the_graph_is_loaded_while_questions_go_on() {
    let kept = Kept::at(CALM).await;
    kept.app.catch_up(kept.write_one("a").await).await.expect("shown");
    let revision = kept.write((0..1500).map(|number| format!("b{number}"))).await;
    let held = kept.store.may_load.acquire().await.expect("open");
    kept.store.loading.acquire().await.expect("the first load").forget();
    let app = Arc::clone(&kept.app);
    let loading = tokio::spawn(async move { app.catch_up(revision).await });
    kept.store.loading.acquire().await.expect("it loads").forget();
    assert_eq!(names(&kept.ask()), ["a"], "nobody waits for a load");
    drop(held);
    loading.await.expect("it ran").expect("loaded");
    assert_eq!((names(&kept.ask()).len(), kept.store.loads()), (1501, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_graph_is_folded_in_the_background_while_writes_go_on() {
    let kept = Kept::at(Pace { fold_beyond: 20, ..CALM }).await;
    let mut revisions = kept.app.revisions();
    let early = kept.ask();
    for number in 0..200 {
        let revision = kept.write_one(&format!("{number:03}")).await;
        kept.app.catch_up(revision).await.expect("shown");
        assert_eq!(names(&kept.ask()).len(), number + 1);
    }
    let folded = tokio::time::timeout(AGES, async {
        while kept.app.overlaid() > 20 {
            revisions.changed().await.expect("it lives");
        }
    });
    folded.await.expect("folded");
    let expected: Vec<String> = (0..200).map(|number| format!("{number:03}")).collect();
    assert_eq!((names(&kept.ask()), names(&early)), (expected, Vec::new()));
    assert_eq!(kept.store.loads(), 1);
}

#[tokio::test]
async fn what_has_long_been_laid_over_the_graph_is_folded_without_another_write() {
    let kept = Kept::at(Pace { fold_after: Duration::ZERO, ..CALM }).await;
    let mut revisions = kept.app.revisions();
    kept.app.catch_up(kept.write_one("a").await).await.expect("shown");
    let folded = tokio::time::timeout(AGES, async {
        while kept.app.overlaid() > 0 {
            kept.app.refresh().await.expect("in reach");
            revisions.changed().await.expect("it lives");
        }
    });
    folded.await.expect("folded");
    assert_eq!((names(&kept.ask()), kept.store.loads()), (vec!["a".to_owned()], 1));
}

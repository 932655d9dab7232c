//! A served graph that others write to, with a clock that is moved by hand.

use super::http::LISTENING;
use super::socket::{Client, Served};
use crate::outreach::builders::day;
use crate::snapshot_upkeep::watched::Watched;
use futures_util::{Stream, StreamExt as _};
use inroads::access::{Role, Viewer};
use inroads::app::{App, ChangeEvent};
use inroads::cli::serve;
use inroads::config::{Http, Limits};
use inroads::http::router;
use inroads::model::{Change, ChangeSet, Clock, Date, NodeType, Revision, RunPart};
use inroads::outreach::Settings;
use inroads::store::GraphStore;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tokio::io::DuplexStream;

/// A clock that is moved by hand, from when it all began.
#[derive(Default)]
pub struct Hand(AtomicI64);

/// 2026-03-10T09:00:00Z.
const BEGINNING: i64 = 1_773_133_200;

impl Hand {
    pub fn move_on(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn today(&self) -> Date {
        day("2026-03-10")
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(BEGINNING + self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

pub struct Live {
    pub store: Arc<Watched>,
    pub clock: Arc<Hand>,
    pub app: Arc<App>,
    sets: AtomicU64,
}

impl Live {
    pub async fn new() -> Self {
        let (store, clock) = (Arc::new(Watched::empty().await), Arc::new(Hand::default()));
        let app =
            App::open(Arc::clone(&store) as _, Arc::clone(&clock) as _, Settings::default()).await.expect("an app");
        Self { store, clock, app: Arc::new(app), sets: AtomicU64::new(0) }
    }

    /// Another server over the same store.
    pub async fn neighbour(&self, role: Role) -> axum::Router {
        let (store, clock) = (Arc::clone(&self.store) as _, Arc::clone(&self.clock) as _);
        let app = Arc::new(App::open(store, clock, Settings::default()).await.expect("an app"));
        router(serve::parts(&Limits::default(), &app, Viewer::new(role)), &Http::default(), LISTENING)
    }

    /// Writes as another process would: this one does not know of it yet.
    pub async fn write(&self, changes: Vec<Change>) -> Revision {
        self.write_part(changes, None).await
    }

    pub async fn write_part(&self, changes: Vec<Change>, run: Option<RunPart>) -> Revision {
        let number = self.sets.fetch_add(1, Ordering::SeqCst);
        let set = ChangeSet {
            id: format!("set {number}"),
            at: self.clock.now(),
            actor: "ann@team".to_owned(),
            source: "a visit".to_owned(),
            run,
            request: None,
            expects: Vec::new(),
            changes,
        };
        self.store.commit(set).await.expect("written").revision
    }

    /// Writes, and sees it.
    pub async fn change(&self, changes: Vec<Change>) -> Revision {
        let revision = self.write(changes).await;
        self.app.refresh().await.expect("seen");
        revision
    }

    pub fn watch(
        &self,
        role: Role,
        since: Option<u64>,
        types: &[NodeType],
    ) -> impl Stream<Item = ChangeEvent> + Unpin + use<> {
        let watching = self.app.asking(Viewer::new(role)).watching();
        watching.changes(since.map(Revision), types.to_vec()).boxed()
    }

    /// The server as it is put together in earnest, for callers of one role.
    pub fn router(&self, role: Role) -> axum::Router {
        let parts = serve::parts(&Limits::default(), &self.app, Viewer::new(role));
        router(parts, &Http::default(), LISTENING)
    }

    pub async fn socket(&self, role: Role) -> Client<DuplexStream> {
        Served::new(self.router(role)).ready().await
    }

    /// The data of an answer without errors.
    pub async fn ask(&self, role: Role, query: &str) -> Value {
        let body = json!({ "query": query }).to_string();
        let mut answer = super::http::post(&self.router(role), "application/json", body).await.json();
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].take()
    }
}

//! Keeps the snapshot up with the store. What has changed is laid over the snapshot at once; folding it into one piece and
//! loading it whole happen beside the questions, which never wait for either. `App` alone uses it.

mod contact;
mod fold;
#[cfg(test)]
mod tests;

use super::costs::KnownCosts;
use crate::error::{AppError, ErrorCode};
use crate::model::{Clock, Revision};
use crate::outreach::Settings;
use crate::snapshot::Snapshot;
use crate::store::{Delta, GraphStore};
use arc_swap::ArcSwap;
use contact::Contact;
use fold::Folds;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, watch};

/// While the store cannot be reached, it is looked at no less often than this.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// How often it is looked whether somebody still reads an old snapshot.
const LINGER: Duration = Duration::from_millis(50);

/// How the snapshot is kept up.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How long a request waits for a revision that is not here yet.
    pub patience: Duration,
    /// It is folded once more things than this have changed (more in graphs of millions), ...
    pub fold_beyond: usize,
    /// ... or once something changed so long ago (longer where folding takes seconds).
    pub fold_after: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { patience: Duration::from_secs(1), fold_beyond: 512, fold_after: Duration::from_secs(5) }
    }
}

/// A snapshot, and the hop costs known of it.
#[derive(Clone)]
pub(super) struct Edition {
    pub snapshot: Arc<Snapshot>,
    pub costs: Arc<KnownCosts>,
}

pub(super) struct Upkeep {
    pace: Pace,
    store: Arc<dyn GraphStore>,
    outreach: Arc<Settings>,
    current: ArcSwap<Edition>,
    /// Whoever puts another edition in place holds this.
    turn: Mutex<Folds>,
    revisions: watch::Sender<Revision>,
    contact: Contact,
    /// How often another store was put in the place of the one before.
    replaced: AtomicU64,
}

impl Edition {
    fn after(&self, delta: &Delta) -> Self {
        let (snapshot, changed) = self.snapshot.after(delta);
        Self { snapshot: Arc::new(snapshot), costs: Arc::new(self.costs.after(&changed)) }
    }
}

impl Upkeep {
    /// Loads the graph.
    pub async fn begin(
        pace: Pace,
        store: Arc<dyn GraphStore>,
        clock: Arc<dyn Clock>,
        outreach: Settings,
    ) -> Result<Self, AppError> {
        let outreach = Arc::new(outreach);
        let edition = load(store.as_ref(), &outreach).await?;
        let revisions = watch::Sender::new(edition.snapshot.revision());
        let (current, turn) = (ArcSwap::from_pointee(edition), Mutex::default());
        let (contact, replaced) = (Contact::begin(clock), AtomicU64::new(0));
        Ok(Self { pace, store, outreach, current, turn, revisions, contact, replaced })
    }

    pub fn current(&self) -> Edition {
        Edition::clone(&self.current.load())
    }

    pub fn revision(&self) -> Revision {
        self.current.load().snapshot.revision()
    }

    pub fn revisions(&self) -> watch::Receiver<Revision> {
        self.revisions.subscribe()
    }

    /// Tells stores apart that were put in each other's place: what one's log said holds for that one only.
    pub fn replacements(&self) -> u64 {
        self.replaced.load(Ordering::SeqCst)
    }

    pub fn unconfirmed_for(&self) -> Option<Duration> {
        self.contact.lost_for()
    }

    /// Shows at least a revision, if the store has announced it.
    pub async fn catch_up(self: &Arc<Self>, at_least: Revision) -> Result<(), AppError> {
        if self.revision() >= at_least {
            return Ok(());
        }
        let mut folds = self.turn.lock().await;
        let shown = self.revision();
        if shown >= at_least {
            return Ok(());
        }
        let most = most_at_once(&self.current().snapshot);
        match self.contact.note(self.store.delta(shown, most).await)? {
            Some(delta) if delta.revision > shown => self.grow(&mut folds, delta).await,
            Some(_) => Ok(()),
            None => self.reload(&mut folds).await,
        }
    }

    /// Shows what the store has announced; folds what is due. Says whether there was anything newer.
    pub async fn refresh(self: &Arc<Self>) -> Result<bool, AppError> {
        let shown = self.revision();
        let health = self.contact.note(self.store.health().await)?;
        if health.revision < shown {
            tracing::warn!(
                shown = shown.0,
                store = health.revision.0,
                "the store is older than the graph in memory: another was put in its place; loading it"
            );
            self.replaced.fetch_add(1, Ordering::SeqCst);
            self.reload(&mut *self.turn.lock().await).await?;
            return Ok(true);
        }
        if health.announced > shown {
            self.catch_up(health.announced).await?;
        } else if let Ok(mut folds) = self.turn.try_lock() {
            self.fold_if_due(&mut folds);
        }
        Ok(self.revision() > shown)
    }

    pub async fn follow(self: &Arc<Self>, every: Duration) {
        let mut wait = every;
        loop {
            tokio::time::sleep(wait).await;
            wait = match self.refresh().await {
                Ok(newer) => {
                    if newer {
                        tracing::info!(revision = self.revision().0, "a newer graph is in use");
                    }
                    every
                }
                Err(_) => (wait * 2).min(LONGEST_WAIT.max(every)),
            };
        }
    }

    /// Waits until a revision is shown; `STALE` when it does not come in time.
    pub async fn wait_for(self: &Arc<Self>, revision: Revision) -> Result<(), AppError> {
        let mut revisions = self.revisions();
        if *revisions.borrow_and_update() >= revision {
            return Ok(());
        }
        let upkeep = Arc::clone(self);
        // On its own: what it has begun is of use to others too when this request stops waiting.
        tokio::spawn(async move { upkeep.catch_up(revision).await });
        let shown = revisions.wait_for(|shown| *shown >= revision);
        if tokio::time::timeout(self.pace.patience, shown).await.is_ok_and(|shown| shown.is_ok()) {
            return Ok(());
        }
        let message = format!("revision {revision} is not here yet: the newest known is {}", self.revision());
        Err(AppError::new(ErrorCode::Stale, message)
            .hint("ask again in a moment, or without Inroads-Revision for what there is"))
    }

    async fn grow(self: &Arc<Self>, folds: &mut Folds, delta: Delta) -> Result<(), AppError> {
        let (edition, delta) = (self.current(), Arc::new(delta));
        let change = Arc::clone(&delta);
        let next = aside("laying a change over the graph", move || edition.after(&change)).await?;
        folds.note(delta);
        self.put(next);
        self.fold_if_due(folds);
        Ok(())
    }

    /// Where the log does not tell what has changed, or too much has.
    async fn reload(&self, folds: &mut Folds) -> Result<(), AppError> {
        let loaded = self.contact.note(self.store.load().await)?;
        let outreach = Arc::clone(&self.outreach);
        let days = self.current().costs.days();
        let edition = aside("building the snapshot", move || {
            let snapshot = Snapshot::build(loaded);
            let costs = KnownCosts::of_days(&days, &snapshot, outreach);
            Edition { snapshot: Arc::new(snapshot), costs: Arc::new(costs) }
        });
        let edition = edition.await?;
        folds.restart();
        self.put(edition);
        Ok(())
    }

    /// What follows from here on is asked of this edition.
    fn put(&self, edition: Edition) {
        let revision = edition.snapshot.revision();
        let old = self.current.swap(Arc::new(edition));
        self.revisions.send_replace(revision);
        let old = Edition::clone(&old);
        // To free a graph takes a while: no question is to be the one that has to.
        tokio::spawn(async move {
            while Arc::strong_count(&old.snapshot) > 1 {
                tokio::time::sleep(LINGER).await;
            }
            tokio::task::spawn_blocking(move || drop(old)).await.ok();
        });
    }
}

/// Where more things than this have changed at once, loading the graph anew takes less.
fn most_at_once(snapshot: &Snapshot) -> usize {
    ((snapshot.len() + snapshot.relations.len()) / 4).clamp(1_000, 200_000)
}

async fn load(store: &dyn GraphStore, outreach: &Arc<Settings>) -> Result<Edition, AppError> {
    let graph = store.load().await?;
    let snapshot = aside("building the snapshot", move || Snapshot::build(graph)).await?;
    Ok(Edition { snapshot: Arc::new(snapshot), costs: Arc::new(KnownCosts::none(Arc::clone(outreach))) })
}

/// Runs work for a processor off the async threads.
async fn aside<T: Send + 'static>(
    doing: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::internal(doing, error))
}

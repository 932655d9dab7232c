//! The use cases: one function for each thing a user does, shared by the GraphQL API and the command line. It owns the
//! store, the current snapshot, the clock and the random ids, and it alone hands out what the policy has cut.

mod asking;
pub mod change;
mod changes;
mod copy;
mod costs;
mod coverage;
mod edges;
mod find;
mod fragility;
mod history;
mod import;
mod kin;
mod lists;
mod outreach;
mod programme;
mod registers;
mod relation;
mod searching;
mod seed;
mod upkeep;

pub use asking::Asking;
pub use changes::{ChangeEvent, ChangeView, Watching};
pub use copy::{Copied, copy};
pub use coverage::{CellView, CoverageView, Cursored, ServerView};
pub use edges::{EdgeView, Edges, RelationSide};
pub use fragility::{GroupLossView, LossView, LossesView, LostCellView};
pub use history::{History, HistoryEntry};
pub use import::{Imported, Importer, Progress};
pub use lists::{Found, Listing, SearchHit, StatKey, StatRow};
pub use outreach::{AnswerView, HopView, NoPathView, NoticeView, PathView};
pub use programme::{CityCount, KindCount, Programme, WorkingGroupCount};
pub use registers::Register;
pub use relation::RelationView;
pub use seed::{RUN as SEED_RUN, SeedOptions, Step, seed};
pub use upkeep::Pace;

use crate::error::AppError;
use crate::model::{Clock, IdGenerator, Revision};
use crate::outreach::Settings;
use crate::store::GraphStore;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use upkeep::Upkeep;

/// How long a store may be out of reach before it is worth a word.
const HICCUP: Duration = Duration::from_secs(2);

pub struct App {
    store: Arc<dyn GraphStore>,
    upkeep: Arc<Upkeep>,
    clock: Arc<dyn Clock>,
    ids: Mutex<IdGenerator>,
    /// Whoever changes the graph holds this meanwhile: the store takes one change at a time anyway, and so nobody has to
    /// begin again because of a neighbour in this process.
    writing: tokio::sync::Mutex<()>,
    outreach: Settings,
    /// Searches are work for a processor: no more at a time than there are.
    searches: Semaphore,
    recent: changes::Recent,
}

impl App {
    /// Loads the graph from a store.
    pub async fn open(store: Arc<dyn GraphStore>, clock: Arc<dyn Clock>, outreach: Settings) -> Result<Self, AppError> {
        Self::open_at(Pace::default(), store, clock, outreach).await
    }

    /// Loads the graph from a store, to be kept up at a pace of one's own.
    pub async fn open_at(
        pace: Pace,
        store: Arc<dyn GraphStore>,
        clock: Arc<dyn Clock>,
        outreach: Settings,
    ) -> Result<Self, AppError> {
        let upkeep = Upkeep::begin(pace, Arc::clone(&store), Arc::clone(&clock), outreach.clone()).await?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            store,
            upkeep: Arc::new(upkeep),
            clock,
            ids: Mutex::new(IdGenerator::from_entropy()),
            writing: tokio::sync::Mutex::new(()),
            outreach,
            searches: Semaphore::new(processors),
            recent: changes::Recent::default(),
        })
    }

    /// Takes random ids from elsewhere, so that tests know them beforehand.
    pub fn with_ids(mut self, ids: IdGenerator) -> Self {
        self.ids = Mutex::new(ids);
        self
    }

    pub fn revision(&self) -> Revision {
        self.upkeep.revision()
    }

    /// Tells each newer revision once questions see it. Whoever is slow is told the newest only.
    pub fn revisions(&self) -> watch::Receiver<Revision> {
        self.upkeep.revisions()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.upkeep.current().snapshot.is_empty()
    }

    /// How many changed things are laid over the graph in memory and wait to be folded into it.
    pub fn overlaid(&self) -> usize {
        self.upkeep.current().snapshot.grown()
    }

    /// Shows what the store has announced since. Says whether there was anything.
    pub async fn refresh(&self) -> Result<bool, AppError> {
        self.upkeep.refresh().await
    }

    /// Brings the snapshot to a revision that this process has just committed, so that the next question sees it.
    pub async fn catch_up(&self, revision: Revision) -> Result<(), AppError> {
        self.upkeep.catch_up(revision).await
    }

    /// Shows what other processes write to the store, for ever: looks every so often, less often while the store cannot
    /// be reached. Questions go on being answered from memory.
    pub async fn follow(&self, every: Duration) {
        self.upkeep.follow(every).await;
    }

    /// For how long it is not known whether the graph shown is the newest, since the store cannot be reached; `None` while
    /// it can.
    pub fn unconfirmed_for(&self) -> Option<Duration> {
        self.upkeep.unconfirmed_for()
    }

    /// The same once it has lasted longer than a hiccup does: answers say so from then on.
    pub fn in_doubt_for(&self) -> Option<Duration> {
        self.unconfirmed_for().filter(|lost| *lost > HICCUP)
    }
}

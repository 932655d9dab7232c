//! The use cases: one function for each thing a user does, shared by the GraphQL API and the command line. It owns the
//! store, the current snapshot, the clock and the random ids, and it alone hands out what the policy has cut.

mod asking;
mod edges;
mod find;
mod import;
mod kin;
mod lists;
mod outreach;
mod programme;
mod registers;
mod seed;

pub use asking::Asking;
pub use edges::{EdgeView, Edges, RelationSide};
pub use import::{Imported, Importer, Progress};
pub use lists::{Found, Listing, SearchHit, StatKey, StatRow};
pub use outreach::{AnswerView, HopView, NoPathView, NoticeView, PathView};
pub use programme::{CityCount, KindCount, Programme, WorkingGroupCount};
pub use registers::Register;
pub use seed::{RUN as SEED_RUN, SeedOptions, Step, seed};

use crate::error::AppError;
use crate::model::{Clock, Revision};
use crate::outreach::{HopCosts, Settings};
use crate::snapshot::{Day, Snapshot};
use crate::store::GraphStore;
use arc_swap::ArcSwap;
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;

/// How many days' worth of hop costs are kept at a time: questions mostly ask about today.
const COSTS_KEPT: usize = 4;

pub struct App {
    store: Arc<dyn GraphStore>,
    snapshot: ArcSwap<Snapshot>,
    clock: Arc<dyn Clock>,
    outreach: Settings,
    costs: Mutex<Vec<(Revision, Day, Arc<HopCosts>)>>,
    /// Searches are work for a processor: no more at a time than there are.
    searches: Semaphore,
}

impl App {
    /// Loads the graph from a store.
    pub async fn open(store: Arc<dyn GraphStore>, clock: Arc<dyn Clock>, outreach: Settings) -> Result<Self, AppError> {
        let snapshot = build(store.as_ref()).await?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            store,
            snapshot: ArcSwap::from_pointee(snapshot),
            clock,
            outreach,
            costs: Mutex::new(Vec::new()),
            searches: Semaphore::new(processors),
        })
    }

    pub fn revision(&self) -> Revision {
        self.snapshot.load().revision()
    }

    /// Whether nothing is known yet.
    pub fn is_empty(&self) -> bool {
        self.snapshot.load().is_empty()
    }

    /// Loads the graph again if the store has announced a newer revision. Says whether it had.
    pub async fn refresh(&self) -> Result<bool, AppError> {
        if self.store.health().await?.announced <= self.revision() {
            return Ok(false);
        }
        let fresh = build(self.store.as_ref()).await?;
        self.snapshot.store(Arc::new(fresh));
        Ok(true)
    }

    /// Hop costs for a day, computed once for a snapshot.
    fn costs(&self, snapshot: &Snapshot, as_of: Day) -> Arc<HopCosts> {
        let key = (snapshot.revision(), as_of);
        let lock = || self.costs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known =
            lock().iter().find(|(revision, day, _)| (*revision, *day) == key).map(|(_, _, costs)| Arc::clone(costs));
        known.unwrap_or_else(|| {
            let fresh = Arc::new(HopCosts::compute(snapshot, as_of, &self.outreach));
            let mut kept = lock();
            kept.retain(|(revision, _, _)| *revision == key.0);
            if kept.len() >= COSTS_KEPT {
                kept.remove(0);
            }
            kept.push((key.0, key.1, Arc::clone(&fresh)));
            fresh
        })
    }
}

async fn build(store: &dyn GraphStore) -> Result<Snapshot, AppError> {
    let graph = store.load().await?;
    tokio::task::spawn_blocking(move || Snapshot::build(graph))
        .await
        .map_err(|error| AppError::internal("building the snapshot", error))
}

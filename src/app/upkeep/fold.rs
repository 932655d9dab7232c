//! Folding in the background: the grown snapshot is written together anew while changes go on being laid over the old
//! one, and takes them in before it is put in place.

use super::{Edition, Upkeep, aside};
use crate::app::costs::KnownCosts;
use crate::outreach::Settings;
use crate::snapshot::Snapshot;
use crate::store::Delta;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Folding may take one part in so many of a processor's time.
const SHARE: u32 = 20;
/// In graphs of millions it takes more changes to be worth it: one thing in so many.
const ONE_IN: usize = 2048;
/// So few late changes are taken in while others wait; more of them before that.
const FEW: usize = 4;

/// Where folding stands.
#[derive(Default)]
pub struct Folds {
    /// Since when the snapshot is not in one piece.
    grown_since: Option<Instant>,
    /// How long folding took the last time.
    took: Duration,
    under_way: Option<UnderWay>,
    /// How many have been begun.
    begun: u64,
}

struct UnderWay {
    number: u64,
    /// What has happened since it was begun.
    late: Vec<Arc<Delta>>,
}

impl Folds {
    /// Notes a change that has been laid over the snapshot.
    pub fn note(&mut self, delta: Arc<Delta>) {
        self.grown_since.get_or_insert_with(Instant::now);
        if let Some(under_way) = &mut self.under_way {
            under_way.late.push(delta);
        }
    }

    /// Notes that a snapshot in one piece has been put in place, and that what is under way is of no use any more.
    pub fn restart(&mut self) {
        self.grown_since = None;
        self.under_way = None;
    }
}

/// A snapshot in one piece that nobody else knows yet.
pub struct Fold {
    snapshot: Snapshot,
    costs: KnownCosts,
}

impl Fold {
    fn of(edition: &Edition, outreach: Arc<Settings>) -> Self {
        let snapshot = edition.snapshot.fold();
        let costs = KnownCosts::of_days(&edition.costs.days(), &snapshot, outreach);
        Self { snapshot, costs }
    }

    fn take_in(mut self, late: &[Arc<Delta>]) -> Self {
        for delta in late {
            let changed = self.snapshot.take_in(delta);
            self.costs = self.costs.after(&changed);
        }
        self
    }
}

impl Upkeep {
    /// Begins to fold, where that is due and not under way.
    pub(super) fn fold_if_due(self: &Arc<Self>, folds: &mut Folds) {
        let (edition, Some(since)) = (self.current(), folds.grown_since) else { return };
        let things = edition.snapshot.len() + edition.snapshot.relations.len();
        let much = edition.snapshot.grown() > self.pace.fold_beyond.max(things / ONE_IN);
        let long = since.elapsed() >= self.pace.fold_after.max(folds.took * SHARE);
        if folds.under_way.is_some() || !(much || long) {
            return;
        }
        folds.begun += 1;
        let number = folds.begun;
        folds.under_way = Some(UnderWay { number, late: Vec::new() });
        let upkeep = Arc::clone(self);
        tokio::spawn(async move {
            if let Err(error) = upkeep.fold(edition, number).await {
                tracing::error!(%error, "the graph in memory could not be folded; it goes on as it is");
                upkeep.turn.lock().await.under_way = None;
            }
        });
    }

    async fn fold(self: &Arc<Self>, edition: Edition, number: u64) -> Result<(), crate::error::AppError> {
        let began = Instant::now();
        let outreach = Arc::clone(&self.outreach);
        let mut fold = aside("folding the graph", move || Fold::of(&edition, outreach)).await?;
        loop {
            let mut folds = self.turn.lock().await;
            // Somebody may have loaded the graph anew meanwhile.
            let Some(under_way) = folds.under_way.as_mut().filter(|under_way| under_way.number == number) else {
                return Ok(());
            };
            let late = std::mem::take(&mut under_way.late);
            let last = late.len() <= FEW;
            let waiting = if last { Some(folds) } else { None };
            fold = aside("taking late changes into the folded graph", move || fold.take_in(&late)).await?;
            if let Some(mut folds) = waiting {
                folds.restart();
                folds.took = began.elapsed();
                folds.grown_since = (fold.snapshot.grown() > 0).then(Instant::now);
                self.put(Edition { snapshot: Arc::new(fold.snapshot), costs: Arc::new(fold.costs) });
                return Ok(());
            }
        }
    }
}

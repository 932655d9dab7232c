//! Hop costs of one snapshot, for a few days: computed when first asked for, or taken over from the snapshot that it grew
//! from and put right where something changed.

use crate::outreach::{HopCosts, Settings};
use crate::snapshot::{Changed, Day, Snapshot};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many days' worth is kept at a time: questions mostly ask about today.
const DAYS_KEPT: usize = 4;

pub struct KnownCosts {
    settings: Arc<Settings>,
    /// The day asked about longest ago first.
    known: Mutex<Vec<Known>>,
}

#[derive(Clone)]
enum Known {
    Here(Arc<HopCosts>),
    /// Those of an earlier snapshot, and what has changed since.
    Earlier(Arc<HopCosts>, Changed),
}

impl Known {
    fn day(&self) -> Day {
        match self {
            Self::Here(costs) | Self::Earlier(costs, _) => costs.as_of,
        }
    }
}

impl KnownCosts {
    pub fn none(settings: Arc<Settings>) -> Self {
        Self { settings, known: Mutex::default() }
    }

    /// Computes those of some days, which takes a while.
    pub fn of_days(days: &[Day], snapshot: &Snapshot, settings: Arc<Settings>) -> Self {
        let compute = |day: &Day| Known::Here(Arc::new(HopCosts::compute(snapshot, *day, &settings)));
        let known = Mutex::new(days.iter().map(compute).collect());
        Self { settings, known }
    }

    /// Hop costs for a day of the snapshot that these belong to.
    pub fn of(&self, snapshot: &Snapshot, as_of: Day) -> Arc<HopCosts> {
        let known = self.lock().iter().find(|known| known.day() == as_of).cloned();
        let costs = match known {
            Some(Known::Here(costs)) => return costs,
            Some(Known::Earlier(costs, changed)) => costs.after(snapshot, &changed),
            None => HopCosts::compute(snapshot, as_of, &self.settings),
        };
        let costs = Arc::new(costs);
        let mut known = self.lock();
        known.retain(|known| known.day() != as_of);
        if known.len() == DAYS_KEPT {
            known.remove(0);
        }
        known.push(Known::Here(Arc::clone(&costs)));
        costs
    }

    pub fn days(&self) -> Vec<Day> {
        self.lock().iter().map(Known::day).collect()
    }

    /// Those of the snapshot that grows from this one.
    pub fn after(&self, changed: &Changed) -> Self {
        let after = |known: &Known| match known {
            Known::Here(costs) => Known::Earlier(Arc::clone(costs), changed.clone()),
            Known::Earlier(costs, before) => Known::Earlier(Arc::clone(costs), before.clone().then(changed)),
        };
        let known = self.lock().iter().map(after).collect();
        Self { settings: Arc::clone(&self.settings), known: Mutex::new(known) }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Whether the store can be reached, and since when it cannot.

use crate::model::Clock;
use crate::store::StoreError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub struct Contact {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Clone, Copy)]
struct State {
    confirmed_at: jiff::Timestamp,
    lost: bool,
}

impl Contact {
    /// The store has just been reached.
    pub fn begin(clock: Arc<dyn Clock>) -> Self {
        let state = State { confirmed_at: clock.now(), lost: false };
        Self { clock, state: Mutex::new(state) }
    }

    /// Notes what came of asking the store, and says so once where that is news.
    pub fn note<T>(&self, outcome: Result<T, StoreError>) -> Result<T, StoreError> {
        let mut state = self.state();
        match &outcome {
            Ok(_) => {
                if state.lost {
                    tracing::info!("the store can be reached again");
                }
                *state = State { confirmed_at: self.clock.now(), lost: false };
            }
            Err(error) => {
                if !state.lost {
                    tracing::warn!(%error, "the store cannot be looked at; answering from the graph in memory");
                }
                state.lost = true;
            }
        }
        outcome
    }

    /// How long ago the store was last reached, while it cannot be.
    pub fn lost_for(&self) -> Option<Duration> {
        let state = *self.state();
        let since = || self.clock.now().duration_since(state.confirmed_at);
        state.lost.then(|| Duration::try_from(since()).unwrap_or_default())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

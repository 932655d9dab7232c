//! The readers: a few connections that may only read, opened when first needed and handed round.
//! Used by this adapter alone. A reader never writes and never waits for the writer.

use super::open;
use rusqlite::{Connection, Transaction};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Reads are short and mostly in memory: more would only contend.
const SEATS: usize = 4;

pub struct Readers {
    path: Arc<Path>,
    idle: Mutex<Vec<Connection>>,
    seats: Arc<Semaphore>,
}

impl Readers {
    pub fn new(path: Arc<Path>) -> Self {
        Self { path, idle: Mutex::default(), seats: Arc::new(Semaphore::new(SEATS)) }
    }

    /// Waits for a turn without holding a thread. Keep it as long as `read` takes.
    pub async fn seat(&self) -> OwnedSemaphorePermit {
        let Ok(seat) = Arc::clone(&self.seats).acquire_owned().await else {
            unreachable!("the semaphore is never closed");
        };
        seat
    }

    /// A connection that failed is dropped rather than put back.
    pub fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let idle = self.idle().pop();
        let mut conn = idle.map_or_else(|| open::reader(&self.path), Ok)?;
        let answer = {
            let tx = conn.transaction()?;
            work(&tx)?
        };
        self.idle().push(conn);
        Ok(answer)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! The one connection that writes. Used by this adapter alone, one caller at a time.
//! It never leaves a transaction open, and sees to it that what was erased leaves the files.

use super::trouble::Trouble;
use super::{archive, commit, erase, log, open};
use crate::model::ChangeSet;
use crate::store::{Committed, Piece, StoreError};
use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// How long a commit that erased waits for those who still read what it erased. Later ones do not.
const READERS_END: Duration = Duration::from_secs(1);

pub struct Writer {
    pub conn: Connection,
    /// The write-ahead log may still hold pages that tell of somebody who was erased.
    old_pages: bool,
}

impl Writer {
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut writer = Self { conn: open::writer(path)?, old_pages: true };
        // A process that was killed after an erasure could not do it.
        match erase::has_traces(&writer.conn) {
            Ok(true) => writer.sweep(),
            Ok(false) => writer.let_go_of_old_pages(Duration::ZERO),
            Err(error) => return Err(Trouble::Sql(error).told(path, "opening the store")),
        }
        Ok(writer)
    }

    pub fn commit(&mut self, set: ChangeSet) -> Result<Committed, Trouble> {
        let done = commit::commit(&mut self.conn, set)?;
        if done.erased {
            self.sweep();
        } else if self.old_pages {
            self.let_go_of_old_pages(Duration::ZERO);
        }
        Ok(done.committed)
    }

    /// Says how many entries went. What was personal of them leaves the files too.
    pub fn let_go_of_log(&mut self, before: Timestamp) -> Result<u64, Trouble> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone = log::let_go(&tx, before)?;
        if gone > 0 {
            erase::note_traces(&tx)?;
        }
        tx.commit()?;
        if gone > 0 {
            self.sweep();
        }
        Ok(gone)
    }

    pub fn take_in(&mut self, batches: impl Iterator<Item = Result<Vec<Piece>, StoreError>>) -> Result<(), Trouble> {
        archive::take_in(&mut self.conn, batches)
    }

    /// What is committed is committed, whether or not this can be done now: the next erasure or start tries again.
    fn sweep(&mut self) {
        self.old_pages = true;
        if let Err(error) = erase::sweep(&self.conn) {
            tracing::warn!(
                %error,
                "unused parts of the store's file may still tell of what was erased: it will be swept at the next start"
            );
        }
        self.let_go_of_old_pages(READERS_END);
    }

    /// Tried again with the next commit where somebody still reads an old revision.
    fn let_go_of_old_pages(&mut self, patience: Duration) {
        if self.conn.busy_timeout(patience).is_err() {
            return;
        }
        let emptied = erase::old_pages(&self.conn).unwrap_or_else(|error| {
            tracing::debug!(%error, "the write-ahead log could not be emptied");
            false
        });
        let patient_again = self.conn.busy_timeout(open::PATIENCE);
        self.old_pages = !emptied || patient_again.is_err();
    }
}

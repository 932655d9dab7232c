//! The newest part of the change log, kept so that a change is read once and not once for every subscriber. Whoever
//! comes from further back reads for themselves until they have caught up.

use crate::model::Revision;
use crate::store::{GraphStore, LogEntry, StoreError};
use std::{collections::VecDeque, sync::Arc};
use tokio::sync::Mutex;

/// How many change sets are read, and handed out, at a time. An import's hold thousands of changes each.
const AT_A_TIME: usize = 20;

/// How many change sets are kept, and how many changes they may hold together.
const KEPT_SETS: usize = 1_000;
const KEPT_CHANGES: usize = 20_000;

#[derive(Default)]
pub struct Recent {
    kept: Mutex<Kept>,
}

/// Change sets one after the other, without gaps.
#[derive(Default)]
struct Kept {
    /// Which store's they are.
    store: u64,
    entries: VecDeque<Arc<LogEntry>>,
    changes: usize,
}

impl Recent {
    /// Some of what the store has announced after a revision, oldest first; empty where there is nothing. `which` tells
    /// stores apart that were put in each other's place.
    pub async fn after(
        &self,
        store: &dyn GraphStore,
        which: u64,
        revision: Revision,
    ) -> Result<Vec<Arc<LogEntry>>, StoreError> {
        let mut kept = self.kept.lock().await;
        if kept.store != which {
            *kept = Kept { store: which, ..Kept::default() };
        }
        if kept.entries.front().is_some_and(|first| revision.0 + 1 < first.revision.0) {
            drop(kept);
            return read(store, revision).await;
        }
        let known = kept.after(revision);
        if !known.is_empty() {
            return Ok(known);
        }
        // Under the lock: whoever else waits for the same finds it kept.
        let fresh = read(store, revision).await?;
        kept.add(revision, &fresh);
        Ok(fresh)
    }
}

async fn read(store: &dyn GraphStore, after: Revision) -> Result<Vec<Arc<LogEntry>>, StoreError> {
    Ok(store.changes_since(after, AT_A_TIME).await?.into_iter().map(Arc::new).collect())
}

impl Kept {
    fn after(&self, revision: Revision) -> Vec<Arc<LogEntry>> {
        let start = self.entries.partition_point(|entry| entry.revision <= revision);
        self.entries.iter().skip(start).take(AT_A_TIME).cloned().collect()
    }

    /// Adds what was read after a revision. What is kept already is let go where the two do not join.
    fn add(&mut self, after: Revision, fresh: &[Arc<LogEntry>]) {
        let joins = |last: &Arc<LogEntry>| fresh.first().is_some_and(|first| first.revision.0 == last.revision.0 + 1);
        if fresh.is_empty() {
            return;
        }
        if !self.entries.back().is_some_and(|last| last.revision == after && joins(last)) {
            *self = Self { store: self.store, ..Self::default() };
        }
        for entry in fresh {
            self.changes += entry.changes.len();
            self.entries.push_back(Arc::clone(entry));
        }
        while self.entries.len() > KEPT_SETS || (self.changes > KEPT_CHANGES && self.entries.len() > 1) {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.changes -= oldest.changes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChangedThing, Happened};
    use crate::store::LoggedChange;

    fn entries(revisions: std::ops::RangeInclusive<u64>, changes: usize) -> Vec<Arc<LogEntry>> {
        let change = LoggedChange {
            id: "a register".to_owned(),
            of: ChangedThing::Source,
            how: Happened::Updated,
            fields: Vec::new(),
        };
        let entry = |revision| LogEntry {
            revision: Revision(revision),
            at: jiff::Timestamp::UNIX_EPOCH,
            actor: String::new(),
            source: String::new(),
            changes: vec![change.clone(); changes],
        };
        revisions.map(|revision| Arc::new(entry(revision))).collect()
    }

    fn kept(kept: &Kept) -> Option<(u64, u64, usize)> {
        Some((kept.entries.front()?.revision.0, kept.entries.back()?.revision.0, kept.changes))
    }

    #[test]
    fn only_what_joins_is_kept_together() {
        let mut some = Kept::default();
        some.add(Revision(4), &entries(5..=9, 2));
        some.add(Revision(9), &entries(10..=12, 2));
        assert_eq!(kept(&some), Some((5, 12, 16)));
        assert_eq!(some.after(Revision(10)).len(), 2);
        // Read further on, after what the log had let go, and by somebody who is behind.
        for (after, fresh, expected) in [(20, 21..=22, (21, 22, 4)), (22, 30..=30, (30, 30, 2)), (0, 1..=3, (1, 3, 6))]
        {
            some.add(Revision(after), &entries(fresh, 2));
            assert_eq!(kept(&some), Some(expected));
        }
        some.add(Revision(3), &[]);
        assert_eq!(kept(&some), Some((1, 3, 6)));
    }

    #[test]
    fn no_more_is_kept_than_fits() {
        let mut many = Kept::default();
        for revision in 1..=1_500 {
            many.add(Revision(revision - 1), &entries(revision..=revision, 1));
        }
        assert_eq!(kept(&many), Some((501, 1_500, 1_000)));
        many.add(Revision(1_500), &entries(1_501..=1_503, 8_000));
        assert_eq!(kept(&many), Some((1_502, 1_503, 16_000)));
        many.add(Revision(1_503), &entries(1_504..=1_504, 50_000));
        assert_eq!(kept(&many), Some((1_504, 1_504, 50_000)), "the newest is kept, however large");
    }
}

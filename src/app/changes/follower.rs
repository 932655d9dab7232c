//! One subscriber's way through the log: what is next, what is missing, and what there is to tell of a change set.

use super::{App, ChangeEvent, ChangeView, MOST_CHANGES, logged};
use crate::access::Viewer;
use crate::model::{ChangedThing, NodeType, Revision};
use crate::store::{LogEntry, LoggedChange, StoreError};
use std::{cmp::Ordering, collections::VecDeque, sync::Arc, time::Duration};
use tokio::sync::watch;

/// How long to wait before asking a store again that could not answer: longer each time, up to a limit.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// One subscriber's place in the log.
pub struct Follower {
    app: Arc<App>,
    viewer: Viewer,
    types: Vec<NodeType>,
    /// What the snapshot has come to. Nobody is told of a change that a question would not show yet.
    revisions: watch::Receiver<Revision>,
    /// Which store the log is of.
    store: u64,
    /// All up to here has been told, or need not be.
    told: Revision,
    /// Read, and not told yet.
    waiting: VecDeque<Arc<LogEntry>>,
    patience: Patience,
}

impl Follower {
    /// Somebody who has been told, or need not be, of all up to a revision.
    pub fn new(app: &Arc<App>, viewer: Viewer, types: Vec<NodeType>, told: Revision) -> Self {
        Self {
            app: Arc::clone(app),
            viewer,
            types,
            revisions: app.revisions(),
            store: app.upkeep.replacements(),
            told,
            waiting: VecDeque::new(),
            patience: Patience::new(),
        }
    }

    /// The next change set that there is something to tell of; none once the process ends.
    pub async fn next(&mut self) -> Option<ChangeEvent> {
        loop {
            let newest = *self.revisions.borrow_and_update();
            let store = self.app.upkeep.replacements();
            if store != self.store {
                self.store = store;
                return Some(self.gap(newest));
            }
            if let Some(entry) = self.waiting.pop_front() {
                self.told = entry.revision;
                if let Some(event) = self.cut(&entry) {
                    return Some(event);
                }
                continue;
            }
            let step = match newest.cmp(&self.told) {
                Ordering::Greater => self.read(newest).await,
                Ordering::Equal => Ok(Step::Wait),
                Ordering::Less => self.look_for_more(newest).await,
            };
            let step = match step {
                Ok(step) => step,
                Err(error) => {
                    self.patience.wait(&error).await;
                    continue;
                }
            };
            self.patience = Patience::new();
            match step {
                Step::Go => {}
                Step::Wait => self.revisions.changed().await.ok()?,
                Step::Gap(from) => return Some(self.gap(from)),
            }
        }
    }

    /// Reads on, up to what the snapshot has come to.
    async fn read(&mut self, newest: Revision) -> Result<Step, StoreError> {
        let entries = self.app.recent.after(self.app.store.as_ref(), self.store, self.told).await?;
        // Revisions have no gaps, so that one in the log is seen at once.
        if entries.first().is_some_and(|first| first.revision.0 == self.told.0 + 1) {
            self.waiting = entries.into_iter().filter(|entry| entry.revision <= newest).collect();
            return Ok(Step::Go);
        }
        let log_since = self.app.store.health().await?.log_since;
        if log_since <= self.told {
            return Err(StoreError::Unavailable("the store does not show yet what it has announced".to_owned()));
        }
        Ok(if log_since <= newest { Step::Gap(log_since) } else { Step::Wait })
    }

    /// A revision that is not here yet may be on its way, or be one of another store.
    async fn look_for_more(&self, newest: Revision) -> Result<Step, StoreError> {
        let announced = self.app.store.health().await?.announced;
        Ok(if announced < self.told { Step::Gap(newest) } else { Step::Wait })
    }

    /// What happened before a revision cannot be told: goes on from there.
    fn gap(&mut self, from: Revision) -> ChangeEvent {
        self.told = from;
        self.waiting.clear();
        ChangeEvent {
            revision: from,
            at: self.app.clock.now(),
            actor: None,
            source: None,
            changes: Vec::new(),
            truncated: false,
            gap: true,
        }
    }

    /// What there is to tell of a change set, if anything.
    fn cut(&self, entry: &LogEntry) -> Option<ChangeEvent> {
        let snapshot = self.app.upkeep.current().snapshot;
        let thing = |change: &LoggedChange| logged(&snapshot, change.of, &change.id);
        let wanted = |change: &&LoggedChange| match change.of {
            ChangedThing::Node(node_type) => self.types.is_empty() || self.types.contains(&node_type),
            ChangedThing::Relation(_) | ChangedThing::Source => self.types.is_empty(),
        };
        let about_people = || entry.changes.iter().any(|change| thing(change).about_people());
        // A source may be named after whoever said so.
        let shows_source = self.viewer.sees_people() || self.viewer.sees_source_of_change(about_people());
        let may_be_told = |change: &&LoggedChange| {
            (shows_source || change.of != ChangedThing::Source) && thing(change).is_told(self.viewer)
        };
        let mut told = entry.changes.iter().filter(wanted).filter(may_be_told);
        let view = |change: &LoggedChange| ChangeView {
            id: change.id.clone(),
            of: change.of,
            how: change.how,
            fields: thing(change).field_names(&change.fields, self.viewer),
        };
        let changes: Vec<ChangeView> = told.by_ref().take(MOST_CHANGES).map(view).collect();
        // Who sees all is told of all, so that they can count revisions.
        let sees_all = self.viewer.sees_people() && self.types.is_empty();
        if changes.is_empty() && !sees_all {
            return None;
        }
        let truncated = told.next().is_some();
        Some(ChangeEvent {
            revision: entry.revision,
            at: entry.at,
            actor: self.viewer.sees_actors().then(|| entry.actor.clone()),
            source: shows_source.then(|| entry.source.clone()),
            changes,
            truncated,
            gap: false,
        })
    }
}

/// What a subscriber does next.
enum Step {
    /// There is something to tell.
    Go,
    /// Nothing is new.
    Wait,
    /// Go on from this revision, and say so.
    Gap(Revision),
}

/// Waiting for a store. Says so once.
struct Patience {
    pause: Duration,
    said: bool,
}

impl Patience {
    fn new() -> Self {
        Self { pause: FIRST_PAUSE, said: false }
    }

    async fn wait(&mut self, error: &StoreError) {
        if !self.said {
            tracing::warn!(%error, "a subscriber waits for the store's change log");
            self.said = true;
        }
        tokio::time::sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
    }
}

//! What happened to one thing: who changed what, when, and from which source. And how much of that is kept at all.

use super::changes::logged;
use super::{App, Asking};
use crate::access::{Redaction, RedactionReason};
use crate::error::AppError;
use crate::model::{ChangedThing, FieldChange, Happened, Revision};
use crate::store::{Past, PastOf};
use jiff::{SignedDuration, Timestamp};

/// One change to a thing, as a viewer may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    pub revision: Revision,
    /// Which of the revision's changes to the thing it is, from the last.
    pub place: usize,
    pub at: Timestamp,
    /// Absent where it may name one of the team.
    pub actor: Option<String>,
    /// Absent where it may name a person.
    pub source: Option<String>,
    pub of: ChangedThing,
    pub how: Happened,
    pub fields: Vec<FieldChange>,
    pub redactions: Vec<Redaction>,
}

/// A page of a thing's past, newest first.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub entries: Vec<HistoryEntry>,
    pub has_next: bool,
}

impl Asking {
    /// What happened to a thing, newest first, after the entry of a revision and place. Nothing for what nobody knows,
    /// and nothing for what this viewer may not know of.
    pub async fn history(&self, id: &str, after: Option<(Revision, usize)>, first: usize) -> Result<History, AppError> {
        // A set may touch a thing twice, as when it is taken out and put back: a page may end in between.
        let (revision, seen) = after.map_or((self.revision(), 0), |(revision, place)| (revision, place + 1));
        // Not beyond what the rest of this query sees.
        let before = Revision(revision.min(self.revision()).0 + 1);
        let thing = PastOf::Thing(id.to_owned());
        let mut past = self.app.store.past(&thing, Some(before), first.saturating_add(seen).saturating_add(1)).await?;
        let mut place = (Revision::default(), 0);
        let mut entries: Vec<HistoryEntry> = past
            .drain(..)
            .map(|past| {
                place = if past.revision == place.0 { (past.revision, place.1 + 1) } else { (past.revision, 0) };
                (place.1, past)
            })
            .filter(|(place, past)| past.revision < revision || *place >= seen)
            .filter_map(|(place, past)| self.past(place, past))
            .collect();
        let has_next = entries.len() > first;
        entries.truncate(first);
        Ok(History { entries, has_next })
    }

    fn past(&self, place: usize, past: Past) -> Option<HistoryEntry> {
        if past.of == ChangedThing::Source {
            return None;
        }
        let logged = logged(&self.snapshot, past.of, &past.id);
        if !logged.is_told(self.viewer()) {
            return None;
        }
        let (fields, kept_back) = logged.fields(past.fields, self.viewer());
        let shows_source = self.viewer().sees_source_of_change(logged.about_people());
        let actor = self.viewer().sees_actors().then_some(past.actor);
        let source = shows_source.then_some(past.source);
        let hidden =
            [("actor", actor.is_none()), ("source", source.is_none())].into_iter().filter(|(_, hidden)| *hidden);
        let redactions = hidden.map(|(field, _)| Redaction { field, reason: RedactionReason::Personal });
        Some(HistoryEntry {
            revision: past.revision,
            place,
            at: past.at,
            redactions: redactions.chain(kept_back).collect(),
            actor,
            source,
            of: past.of,
            how: past.how,
            fields,
        })
    }
}

impl App {
    /// Lets go of the log's entries of more than so many days ago. The graph stays as it is. Says how many went.
    pub async fn let_go_of_history(&self, keep_days: u32) -> Result<u64, AppError> {
        let kept = SignedDuration::from_hours(24 * i64::from(keep_days));
        let before = self.clock.now().checked_sub(kept).unwrap_or(Timestamp::MIN);
        Ok(self.store.let_go_of_log(before).await?)
    }
}

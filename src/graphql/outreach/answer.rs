//! The answer as a whole.

use super::{NoVerifiedPath, Notice, OutreachPath, SearchLimit, Withheld};
use crate::app::AnswerView;
use crate::graphql::connection::whole;
use crate::graphql::interfaces::{Stakeholder, stakeholders};
use crate::graphql::scalars::Day;
use crate::graphql::types::{Redaction, redactions};
use async_graphql::Object;

pub struct OutreachAnswer(pub AnswerView);

/// The ways there, best first, or why there is none.
#[Object]
impl OutreachAnswer {
    /// The paths, likeliest first.
    fn paths(&self) -> Vec<OutreachPath> {
        self.0.paths.iter().cloned().map(OutreachPath::from).collect()
    }

    /// How many paths would stand among these, were it not for somebody who has not agreed to introduce us, or who is to be
    /// left alone: numbers only, never who. Empty when there are none. For the team; null for others. Takes another search,
    /// so it is counted only when it is asked for.
    fn withheld(&self) -> Option<Vec<Withheld>> {
        self.0.withheld.as_ref().map(|withheld| withheld.iter().copied().map(Withheld).collect())
    }

    /// What is null here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.0.redactions)
    }

    /// Why there is no path. Null where there is one, or where the sources are there already.
    fn no_verified_path(&self) -> Option<NoVerifiedPath> {
        self.0.no_path.clone().map(NoVerifiedPath)
    }

    /// Targets that were named as sources too.
    fn already_there(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.already_there)
    }

    /// What to know when reading this answer.
    fn notices(&self) -> Vec<Notice> {
        self.0.notices.iter().cloned().map(Notice).collect()
    }

    /// Set when the search had to stop early: the paths shown are the best, but there may be more after them.
    fn search_limit(&self) -> Option<SearchLimit> {
        self.0.limit.map(SearchLimit)
    }

    /// How many partial paths the search looked at.
    fn searched(&self) -> i32 {
        whole(self.0.searched)
    }

    /// The revision of the graph that answered. It grows with every change.
    fn revision(&self) -> i32 {
        whole(self.0.revision.0)
    }

    /// The day that the answer is about.
    fn as_of(&self) -> Day {
        Day(self.0.as_of)
    }
}

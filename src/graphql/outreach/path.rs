//! One way there.

use super::Hop;
use crate::app::PathView;
use crate::graphql::connection::whole;
use crate::graphql::enums::{Likelihood, Warmth};
use crate::graphql::interfaces::{Stakeholder, stakeholders};
use async_graphql::Object;
use std::sync::Arc;

pub struct OutreachPath(Arc<PathView>);

impl From<PathView> for OutreachPath {
    fn from(path: PathView) -> Self {
        Self(Arc::new(path))
    }
}

/// One way there: who introduces us to whom, from a source to a target.
#[Object]
impl OutreachPath {
    /// Everybody on the way, the source first.
    fn nodes(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.nodes)
    }

    /// The steps, from the source.
    fn hops(&self) -> Vec<Hop> {
        (0..self.0.hops.len()).map(|place| Hop::new(&self.0, place)).collect()
    }

    /// What the path is ordered by, in millionths of a nat: the sum over its steps of minus the natural logarithm of each
    /// one's probability. Less is better.
    fn cost_micronats(&self) -> i32 {
        whole(self.0.cost)
    }

    /// How likely it is that every step works, from 0 to 1.
    fn probability(&self) -> f64 {
        self.0.probability
    }

    /// The same in a word.
    fn likelihood(&self) -> Likelihood {
        self.0.likelihood.into()
    }

    /// How personal it is.
    fn warmth(&self) -> Warmth {
        self.0.warmth.into()
    }

    /// The least likely step.
    fn weakest_link(&self) -> Hop {
        Hop::new(&self.0, self.0.weakest)
    }

    /// The step that was confirmed the longest ago. Null when all are structural, which do not age.
    fn stalest_link(&self) -> Option<Hop> {
        self.0.stalest.map(|place| Hop::new(&self.0, place))
    }

    /// Whom to ask for what, in words.
    fn ask(&self) -> &str {
        &self.0.ask
    }

    /// Why this path comes before the next one, in a sentence: the step that counts most against the next. Null for the
    /// last path.
    fn why_this_rank(&self) -> Option<&str> {
        self.0.why_this_rank.as_deref()
    }
}

//! Where a search had to stop.

use crate::graphql::connection::whole;
use crate::graphql::enums::SearchLimitKind;
use crate::outreach::Limit;
use async_graphql::Object;

pub struct SearchLimit(pub Limit);

/// The search stopped early. What is shown is right as far as it goes.
#[Object]
impl SearchLimit {
    /// Which limit it met.
    fn reached(&self) -> SearchLimitKind {
        self.0.reached.into()
    }

    /// How many of the paths shown are proven to be the best.
    fn proven(&self) -> i32 {
        whole(self.0.proven)
    }

    /// How likely any other path is at the most, from 0 to 1: nothing likelier was left to look at. Paths that were left
    /// out on purpose, as detours or as too much like another, do not count.
    fn others_at_most(&self) -> f64 {
        self.0.others_at_most()
    }
}

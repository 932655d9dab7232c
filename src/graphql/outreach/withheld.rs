//! How many paths a rule keeps back.

use crate::graphql::connection::whole;
use crate::graphql::enums::NoPathReason;
use crate::outreach;
use async_graphql::Object;

pub struct Withheld(pub outreach::Withheld);

/// Paths that one rule keeps back, and that would stand among those shown. A path that two rules keep back is counted once.
#[Object]
impl Withheld {
    /// The rule: `BLOCKED_BY_CONSENT` or `DO_NOT_APPROACH`.
    fn reason(&self) -> NoPathReason {
        self.0.reason.into()
    }

    /// How many, at the least: no more than 100 are looked at.
    fn at_least(&self) -> i32 {
        whole(u64::try_from(self.0.at_least).unwrap_or(u64::MAX))
    }
}

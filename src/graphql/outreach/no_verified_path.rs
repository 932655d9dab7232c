//! Why there is no path.

use crate::app::NoPathView;
use crate::graphql::enums::NoPathReason;
use crate::graphql::interfaces::{Shown as _, Stakeholder};
use crate::graphql::types::{Redaction, redactions};
use async_graphql::Object;

pub struct NoVerifiedPath(pub NoPathView);

/// Why there is no path, and what could be done about it.
#[Object]
impl NoVerifiedPath {
    /// The reason. Partners read less of it than the team.
    fn reason(&self) -> NoPathReason {
        self.0.reason.into()
    }

    /// The rules that stand in the way; without them there would be a path.
    fn rules(&self) -> Vec<NoPathReason> {
        self.0.rules.iter().copied().map(Into::into).collect()
    }

    /// How far one gets before the first of these rules stands in the way.
    fn closest_reached(&self) -> Option<Stakeholder> {
        self.0.closest.clone().and_then(Stakeholder::of)
    }

    /// What to try instead.
    fn suggestions(&self) -> &[String] {
        &self.0.suggestions
    }

    /// What is null, empty or less exact here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.0.redactions)
    }
}

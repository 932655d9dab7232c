//! The words of coverage.

use async_graphql::Enum;

/// How well we reach a group in an area: the first of these that holds. From `NO_MATCHING_TARGET` on there is no way in,
/// and the value says why, as `noVerifiedPath` does.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::CoverageStatus")]
pub enum CoverageStatus {
    /// Every practice of the group there is one of the sources itself.
    AlreadyThere,
    /// Through somebody we know: a fresh path that is WARM.
    Warm,
    /// Through networks, roles or partners: a fresh path that is NETWORKED, and none that is WARM.
    Networked,
    /// Over structure only: every fresh path is COLD, nobody on it is known to know the next.
    Cold,
    /// There are paths, but on each some step was confirmed so long ago that it counts as little as a step can.
    StaleOnly,
    /// The group stands for nothing there: no practice passes its filter.
    NoMatchingTarget,
    /// We know of nobody who serves the group there.
    NobodyServesTarget,
    /// Only over links that were guessed; `includeInferred` walks them.
    OnlyInferredLinks,
    /// Only through somebody who has not agreed to introduce us.
    BlockedByConsent,
    /// Only through somebody who is to be left alone at the moment.
    DoNotApproach,
    /// Only over links or bodies that have ended, or not begun.
    OnlyExpiredLinks,
    /// Only in more steps than `maxHops`.
    TooManyHops,
    /// Only with somebody who serves the group elsewhere.
    ConstraintsExcludeAll,
    /// Only against several of these rules together.
    SeveralRules,
    /// Nothing leads there, whatever the rules.
    Disconnected,
    /// There is no way in that your role may know of.
    NoPath,
}

/// How urgent a group in an area is: the first of these that holds.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::Urgency")]
pub enum CoverageUrgency {
    /// Nobody is known to serve the group there.
    NobodyServes,
    /// Somebody serves it there, and nothing leads to them: `DISCONNECTED`, `TOO_MANY_HOPS`,
    /// `CONSTRAINTS_EXCLUDE_ALL`, `NO_PATH`.
    Unreachable,
    /// A way in is there and is shut: `BLOCKED_BY_CONSENT`, `DO_NOT_APPROACH`, `ONLY_INFERRED_LINKS`,
    /// `ONLY_EXPIRED_LINKS`, `SEVERAL_RULES`.
    Blocked,
    /// Every way in is stale.
    Stale,
    /// Every fresh way in is over structure only.
    Cold,
    /// Every way in leads through the same person or body.
    OneBroker,
    /// None of these.
    Covered,
    /// There are no such practices there, or they are sources themselves.
    NothingToReach,
}

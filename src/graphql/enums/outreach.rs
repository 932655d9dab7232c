//! The words of a path answer.

use async_graphql::Enum;

/// How a step carries an introduction, from the warmest.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::HopClass")]
pub enum HopClass {
    /// Two people know each other, or somebody of the team is in contact with a body.
    Warm,
    /// Somebody has a role at a body.
    Role,
    /// Two belong to the same network, or are partners, or one funds the other.
    Network,
    /// One commissions, contains, operates or hosts the other: on the books, not necessarily in person.
    Structural,
    /// A body or person serves the group that the question is about: always the last step.
    Trust,
}

/// A path's probability, in a word.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::Likelihood")]
pub enum Likelihood {
    /// From 0.5.
    Likely,
    /// From 0.2.
    Possible,
    /// From 0.05.
    Unlikely,
    /// Below 0.05.
    Remote,
}

/// How personal a path is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::Warmth")]
pub enum Warmth {
    /// It starts with somebody we know, and no step is merely structural.
    Warm,
    /// Something between the two.
    Networked,
    /// Every step up to the last is structural: nobody on it is known to know the next.
    Cold,
}

/// Why there is no path, or which rule stands in its way.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::NoPathReason")]
pub enum NoPathReason {
    /// The target stands for nothing: no organisation passes the filter.
    NoMatchingTarget,
    /// We know of nobody who serves the group, there or at all.
    NobodyServesTarget,
    /// There is one, but only over links that were guessed; `includeInferred` walks them.
    OnlyInferredLinks,
    /// There is one, but through somebody who has not agreed to introduce us.
    BlockedByConsent,
    /// There is one, but through somebody who is to be left alone at the moment.
    DoNotApproach,
    /// There is one, but over links or bodies that have ended, or not begun.
    OnlyExpiredLinks,
    /// There is one, but it takes more steps than `maxHops`.
    TooManyHops,
    /// There is one, but the question's own conditions (such as `areas`, `via` or `minProbability`) exclude it.
    ConstraintsExcludeAll,
    /// There is one, but only against several of these rules together.
    SeveralRules,
    /// There is none, whatever the rules.
    Disconnected,
    /// The search met its limit before it could tell.
    SearchLimit,
    /// There is none that your role may know of.
    NoPath,
}

/// What an answer draws attention to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::NoticeCode")]
pub enum NoticeCode {
    /// Something the question named as a source was not used.
    SourceDropped,
    /// A body that has closed was named; its successors stand for it.
    SuccessorUsed,
    /// Somebody named as a target said no to being contacted, and was left out.
    ContactRefused,
    /// The day asked about is before anything we know.
    BeforeFirstFact,
    /// The target stands for more organisations than a search takes; some were left out.
    TargetsLimited,
}

/// Which limit ended a search early.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::outreach::LimitKind")]
pub enum SearchLimitKind {
    /// It had looked at as many partial paths as one search may.
    Expansions,
    /// It had taken as long as it may, or as `deadlineMs` allowed.
    Deadline,
    /// It had read 10,000 paths for ones that differ as much as `diversity` asks.
    Diversity,
}

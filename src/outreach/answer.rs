//! What an answer is made of. Nodes and relations are places in the snapshot that answered; `app` gives them names.

use super::costs::{Cost, Factors, cost_of, probability_of};
use crate::model::{Date, HopClass};
use crate::snapshot::{Direction, NodeIx, RelIx};

#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub paths: Vec<Path>,
    /// What is kept back; `None` where it was not asked for or this reader may not know.
    pub withheld: Option<Vec<Withheld>>,
    pub no_path: Option<NoPath>,
    /// Targets that were sources themselves.
    pub already_there: Vec<NodeIx>,
    pub notices: Vec<Notice>,
    pub limit: Option<Limit>,
    /// Partial paths that the search looked at.
    pub searched: u64,
    pub as_of: Date,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    pub nodes: Vec<NodeIx>,
    pub hops: Vec<Hop>,
    pub cost: u64,
    pub probability: f64,
    pub likelihood: Likelihood,
    pub warmth: Warmth,
    /// Places in `hops`: the least likely, and the one that was confirmed longest ago.
    pub weakest: usize,
    pub stalest: Option<usize>,
    /// Who asks whom for what, in words.
    pub ask: String,
    /// What decides against the next path shown, in words; none for the last.
    pub why_this_rank: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hop {
    pub from: NodeIx,
    pub to: NodeIx,
    pub relation: RelIx,
    pub direction: Direction,
    pub class: HopClass,
    pub factors: Factors,
    pub probability: f64,
    pub cost: Cost,
    /// The other live relations of the step.
    pub further: Vec<RelIx>,
    /// The person stepped to was not asked yet whether they would introduce.
    pub needs_consent: bool,
}

/// For reading: costs are compared, so that the bounds are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likelihood {
    Likely,
    Possible,
    Unlikely,
    Remote,
}

impl Likelihood {
    pub fn of(cost: u64) -> Self {
        let within = |probability| cost <= u64::from(cost_of(probability));
        if within(0.5) {
            Self::Likely
        } else if within(0.2) {
            Self::Possible
        } else if within(0.05) {
            Self::Unlikely
        } else {
            Self::Remote
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warmth {
    Warm,
    Networked,
    Cold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPathReason {
    NoMatchingTarget,
    NobodyServesTarget,
    OnlyInferredLinks,
    BlockedByConsent,
    DoNotApproach,
    OnlyExpiredLinks,
    TooManyHops,
    ConstraintsExcludeAll,
    SeveralRules,
    Disconnected,
    SearchLimit,
    /// All that some readers may know.
    NoPath,
}

/// How many paths one rule keeps back that would stand among those shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withheld {
    /// `BlockedByConsent` or `DoNotApproach`.
    pub reason: NoPathReason,
    pub at_least: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NoPath {
    pub reason: NoPathReason,
    pub rules: Vec<NoPathReason>,
    pub closest: Option<NodeIx>,
    pub suggestions: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeCode {
    SourceDropped,
    SuccessorUsed,
    ContactRefused,
    BeforeFirstFact,
    TargetsLimited,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub code: NoticeCode,
    pub message: String,
    pub nodes: Vec<NodeIx>,
}

impl Notice {
    pub fn new(code: NoticeCode, message: impl Into<String>, nodes: Vec<NodeIx>) -> Self {
        Self { code, message: message.into(), nodes }
    }
}

/// The search stopped early: the paths shown are the first of the order, and there may be more after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    pub reached: LimitKind,
    /// How many paths are proven to be the first of the order.
    pub proven: usize,
    /// What any path costs at the least that was not looked at, in micronats.
    pub unseen_cost: u64,
}

impl Limit {
    /// How likely a path that was not looked at is at the most.
    pub fn others_at_most(&self) -> f64 {
        probability_of(self.unseen_cost)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitKind {
    Expansions,
    Deadline,
    /// As many paths as may be were read for ones that differ enough.
    Diversity,
}

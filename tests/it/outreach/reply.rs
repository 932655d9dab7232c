//! An answer in terms that outlive a snapshot: ids instead of places, numbers that compare to the bit, sets where the
//! design gives no order. Both the engine and the oracle answer in it, so a test compares whole answers at once.

use inroads::model::{Date, HopClass};
use inroads::outreach::{Answer, Likelihood, NoPathReason, NoticeCode, Warmth};
use inroads::snapshot::{Direction, NodeIx, RelIx, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// A number that equals another only to the bit.
#[derive(Clone, Copy)]
pub struct Exact(pub f64);

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl std::fmt::Debug for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

#[derive(Debug, PartialEq)]
pub struct Reply {
    pub paths: Vec<Route>,
    pub no_path: Option<Why>,
    /// How many paths each of the two rules keeps back; `None` where it is not told.
    pub withheld: Option<Vec<(NoPathReason, usize)>>,
    pub already_there: BTreeSet<String>,
    /// The nodes that notices of each code speak of.
    pub notices: BTreeMap<&'static str, BTreeSet<String>>,
    pub as_of: Date,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    pub nodes: Vec<String>,
    pub hops: Vec<Step>,
    pub cost: u64,
    pub probability: Exact,
    pub likelihood: Likelihood,
    pub warmth: Warmth,
    pub weakest: usize,
    pub stalest: Option<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub relation: String,
    pub forward: bool,
    pub class: HopClass,
    /// Strength, freshness, confidence, hub.
    pub factors: [Exact; 4],
    pub probability: Exact,
    pub cost: u64,
    pub further: BTreeSet<String>,
    pub needs_consent: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    pub reason: NoPathReason,
    pub rules: Vec<NoPathReason>,
    pub closest: Option<String>,
}

/// The notices that the design's words pin down; the engine may say more.
pub fn settled(code: NoticeCode) -> Option<&'static str> {
    match code {
        NoticeCode::SourceDropped => Some("SOURCE_DROPPED"),
        NoticeCode::SuccessorUsed => Some("SUCCESSOR_USED"),
        NoticeCode::ContactRefused => Some("CONTACT_REFUSED"),
        NoticeCode::BeforeFirstFact | NoticeCode::TargetsLimited => None,
    }
}

impl Reply {
    /// What the engine answered.
    pub fn of(answer: &Answer, snapshot: &Snapshot) -> Self {
        let id = |ix: NodeIx| snapshot.id(ix).to_string();
        let relation = |ix: RelIx| snapshot.relations.id(ix).to_string();
        let mut notices: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
        for notice in &answer.notices {
            if let Some(code) = settled(notice.code) {
                notices.entry(code).or_default().extend(notice.nodes.iter().map(|ix| id(*ix)));
            }
        }
        let paths = answer.paths.iter().map(|path| {
            for (hop, pair) in path.hops.iter().zip(path.nodes.windows(2)) {
                assert_eq!([hop.from, hop.to], *pair, "a hop joins the path's own nodes");
            }
            assert_eq!(path.hops.len() + 1, path.nodes.len());
            Route {
                nodes: path.nodes.iter().map(|ix| id(*ix)).collect(),
                hops: path
                    .hops
                    .iter()
                    .map(|hop| Step {
                        relation: relation(hop.relation),
                        forward: hop.direction == Direction::Out,
                        class: hop.class,
                        factors: [
                            Exact(hop.factors.strength),
                            Exact(hop.factors.freshness),
                            Exact(hop.factors.confidence),
                            Exact(hop.factors.hub),
                        ],
                        probability: Exact(hop.probability),
                        cost: u64::from(hop.cost),
                        further: hop.further.iter().map(|ix| relation(*ix)).collect(),
                        needs_consent: hop.needs_consent,
                    })
                    .collect(),
                cost: path.cost,
                probability: Exact(path.probability),
                likelihood: path.likelihood,
                warmth: path.warmth,
                weakest: path.weakest,
                stalest: path.stalest,
            }
        });
        Self {
            paths: paths.collect(),
            no_path: answer.no_path.as_ref().map(|no_path| Why {
                reason: no_path.reason,
                rules: no_path.rules.clone(),
                closest: no_path.closest.map(id),
            }),
            withheld: answer
                .withheld
                .as_ref()
                .map(|withheld| withheld.iter().map(|kept| (kept.reason, kept.at_least)).collect()),
            already_there: answer.already_there.iter().map(|ix| id(*ix)).collect(),
            notices,
            as_of: answer.as_of,
        }
    }
}

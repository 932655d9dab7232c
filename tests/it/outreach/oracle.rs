//! The oracle: design section 3 said once more, in the slowest way that is plainly right. It works on model values and
//! lists every simple path. It shares with the engine the model, the question and the settings, and nothing else.

pub mod cells;
mod facts;
mod hops;
mod targets;
mod walks;
mod why;
mod withheld;

use super::reply::{Exact, Reply, Route, Step};
use inroads::model::{Date, HopClass, Node, NodeRef, NodeType, Relation, RelationKind};
use inroads::outreach::{Likelihood, Question, Reader, Settings, SourceName, Warmth};
use inroads::snapshot::Sight;
use std::collections::{BTreeMap, BTreeSet};
use targets::Targets;
use walks::Walk;

/// A node's place among the nodes in the order of their ids.
type At = usize;

/// A relation with its ends looked up.
#[derive(Debug, Clone, Copy)]
struct Tie<'a> {
    facts: &'a Relation,
    from: At,
    to: At,
}

/// A rule that a relaxed search may set aside, in the order in which the design tries them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    Inferred,
    Consent,
    DoNotApproach,
    Dates,
    Hops,
    Constraints,
}

const RULES: [Rule; 6] =
    [Rule::Inferred, Rule::Consent, Rule::DoNotApproach, Rule::Dates, Rule::Hops, Rule::Constraints];

pub struct Oracle<'a> {
    nodes: Vec<&'a Node>,
    /// In the order of their ids, without those that are not there for this reader.
    ties: Vec<Tie<'a>>,
    question: &'a Question,
    settings: &'a Settings,
    reader: Reader,
    today: Date,
    as_of: Date,
}

/// The question's names, looked up.
struct Asked {
    /// Every named source; the dropped ones among them are found by their broken rules.
    sources: BTreeSet<At>,
    targets: Targets,
    already_there: BTreeSet<At>,
    areas: Vec<At>,
    avoid: BTreeSet<At>,
    via: BTreeSet<At>,
    notices: BTreeMap<&'static str, BTreeSet<At>>,
}

impl<'a> Oracle<'a> {
    pub fn new(
        nodes: &'a [Node],
        relations: &'a [Relation],
        question: &'a Question,
        settings: &'a Settings,
        reader: Reader,
        today: Date,
    ) -> Self {
        let mut nodes: Vec<&Node> = nodes.iter().collect();
        nodes.sort_by(|a, b| a.id.as_str().as_bytes().cmp(b.id.as_str().as_bytes()));
        let place =
            |id: &str| nodes.iter().position(|node| node.id.as_str() == id).expect("relations join known nodes");
        let mut ties: Vec<Tie> = relations
            .iter()
            .map(|facts| Tie { facts, from: place(facts.from.as_str()), to: place(facts.to.as_str()) })
            // Whom a person serves is not there for a reader to whom people are nameless.
            .filter(|tie| {
                reader.sight == Sight::Full
                    || tie.facts.kind != RelationKind::Serves
                    || nodes[tie.from].node_type() != NodeType::Individual
            })
            .collect();
        ties.sort_by(|a, b| a.facts.id.as_str().as_bytes().cmp(b.facts.id.as_str().as_bytes()));
        let as_of = question.as_of.unwrap_or(today);
        Self { nodes, ties, question, settings, reader, today, as_of }
    }

    pub fn answer(&self) -> Reply {
        let asked = self.look_up();
        let stream = self.stream(&asked, &[]);
        let order = in_order(&stream, self.question.include_detours);
        let mut shown: Vec<&Walk> = Vec::new();
        for walk in &order {
            let differs = |theta| shown.iter().all(|taken| walk.shared_with(taken) <= theta);
            if shown.len() < self.question.k && self.question.diversity.is_none_or(differs) {
                shown.push(walk);
            }
        }
        let may_count = self.question.count_withheld && self.reader.may_know_why;
        let withheld = may_count.then(|| self.withheld(&asked, &order, &shown));
        let emptied = asked.targets.is_empty() && !asked.already_there.is_empty();
        Reply {
            no_path: (shown.is_empty() && !emptied).then(|| self.why_not(&asked)),
            paths: shown.into_iter().map(|walk| self.told(walk)).collect(),
            withheld,
            already_there: self.ids(&asked.already_there),
            notices: asked.notices.iter().map(|(code, nodes)| (*code, self.ids(nodes))).collect(),
            as_of: self.as_of,
        }
    }

    /// How many paths there are altogether, detours included.
    pub fn count(&self) -> usize {
        self.stream(&self.look_up(), &[]).len()
    }

    fn look_up(&self) -> Asked {
        let mut notices = BTreeMap::new();
        let mut sources = BTreeSet::new();
        for source in &self.question.from {
            match source {
                SourceName::Team => sources.extend(self.team()),
                SourceName::Node(name) => sources.extend(self.stands_for(name, self.as_of, &mut notices)),
            }
        }
        let mut avoid = BTreeSet::new();
        for name in &self.question.avoid {
            avoid.insert(self.named(name));
            avoid.extend(self.stands_for(name, self.as_of, &mut notices));
        }
        let via =
            self.question.via.nodes.iter().flat_map(|name| self.stands_for(name, self.as_of, &mut notices)).collect();
        let areas: Vec<At> = self.question.areas.iter().map(|name| self.named(name)).collect();
        let mut targets = self.targets(&areas, &mut notices);
        let dropped = |at: At| avoid.contains(&at) || !self.is_open(at, self.as_of);
        for at in sources.iter().filter(|at| dropped(**at)) {
            notices.entry("SOURCE_DROPPED").or_default().insert(*at);
        }
        let already_there: BTreeSet<At> =
            sources.iter().copied().filter(|at| !dropped(*at) && targets.contains(*at)).collect();
        for at in &already_there {
            targets.remove(*at);
        }
        Asked { sources, targets, already_there, areas, avoid, via, notices }
    }

    fn named(&self, name: &NodeRef) -> At {
        let NodeRef::Id(id) = name else { unreachable!("the worlds of these tests name nodes by id") };
        self.nodes.iter().position(|node| node.id.as_str() == id).expect("the worlds' questions name known nodes")
    }

    fn id(&self, at: At) -> String {
        self.nodes[at].id.to_string()
    }

    fn ids<'b>(&self, nodes: impl IntoIterator<Item = &'b At>) -> BTreeSet<String> {
        nodes.into_iter().map(|at| self.id(*at)).collect()
    }

    /// Everything the answer says of a path.
    fn told(&self, walk: &Walk) -> Route {
        let pairs: Vec<(At, At)> = walk.nodes.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let hops: Vec<Step> = pairs
            .iter()
            .zip(&walk.ties)
            .enumerate()
            .map(|(place, ((from, to), tie))| {
                let factors = self.factors(*tie, *from);
                let probability = hops::product(factors);
                let through = place + 1 < pairs.len();
                Step {
                    relation: self.ties[*tie].facts.id.to_string(),
                    forward: self.ties[*tie].from == *from,
                    class: self.class(*tie),
                    factors: factors.map(Exact),
                    probability: Exact(probability),
                    cost: hops::cost_of(probability),
                    further: self
                        .walkable(*from, *to)
                        .filter(|other| other != tie && self.is_live(*other))
                        .map(|other| self.ties[other].facts.id.to_string())
                        .collect(),
                    needs_consent: through && self.was_not_asked(*to),
                }
            })
            .collect();
        let least = |key: &dyn Fn(&Step) -> Option<f64>| {
            let mut best: Option<(usize, f64)> = None;
            for (place, value) in hops.iter().enumerate().filter_map(|(place, hop)| Some((place, key(hop)?))) {
                if best.is_none_or(|(_, least)| value < least) {
                    best = Some((place, value));
                }
            }
            best.map(|(place, _)| place)
        };
        let weakest = least(&|hop| Some(hop.probability.0)).expect("a path has a hop");
        let stalest = least(&|hop| (hop.class != HopClass::Structural).then_some(hop.factors[1].0));
        Route {
            nodes: walk.nodes.iter().map(|at| self.id(*at)).collect(),
            cost: walk.cost,
            probability: Exact(hops::probability_of(walk.cost)),
            likelihood: likelihood(walk.cost),
            warmth: self.warmth(pairs[0], &hops),
            weakest,
            stalest,
            hops,
        }
    }

    fn warmth(&self, first: (At, At), hops: &[Step]) -> Warmth {
        let structural = hops.iter().filter(|hop| hop.class == HopClass::Structural).count();
        let trust = hops.iter().filter(|hop| hop.class == HopClass::Trust).count();
        let warm_start = hops[0].class == HopClass::Trust
            || self
                .walkable(first.0, first.1)
                .any(|tie| self.class(tie) == HopClass::Warm && self.broken_by_tie(tie).is_empty());
        if structural == 0 && warm_start {
            Warmth::Warm
        } else if structural > 0 && structural + trust == hops.len() {
            Warmth::Cold
        } else {
            Warmth::Networked
        }
    }
}

/// The paths of a stream, with those that go the long way round left out unless they are wanted.
fn in_order(stream: &[Walk], with_detours: bool) -> Vec<&Walk> {
    let is_detour = |place: usize| stream[..place].iter().any(|better| stream[place].is_detour_of(better));
    (0..stream.len()).filter(|place| with_detours || !is_detour(*place)).map(|place| &stream[place]).collect()
}

fn likelihood(cost: u64) -> Likelihood {
    if cost <= hops::cost_of(0.5) {
        Likelihood::Likely
    } else if cost <= hops::cost_of(0.2) {
        Likelihood::Possible
    } else if cost <= hops::cost_of(0.05) {
        Likelihood::Unlikely
    } else {
        Likelihood::Remote
    }
}

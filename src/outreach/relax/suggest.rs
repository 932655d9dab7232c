//! What would help where there is no path, in words: whom to ask, which link to confirm, who serves the group. Only `relax`
//! calls it, and only for readers who may know why there is none. It names no person who may not be asked.

use super::super::rules::{Rule, World};
use super::broken::Broken;
use crate::model::{ConsentPurpose, ConsentStatus, NodeType};
use crate::snapshot::{NodeIx, RelIx};

/// At least one suggestion for each rule that a relaxed path breaks, and who serves the group at its end.
pub fn what_would_help(world: &World<'_>, broken: &Broken, path: &[NodeIx]) -> Vec<String> {
    let words = Words { world, path };
    let mut helpful: Vec<String> = broken.rules.iter().flat_map(|rule| words.against(*rule, broken)).collect();
    helpful.extend(words.nearest_serving(broken));
    helpful
}

/// Nothing joins the sources with whoever serves the target.
pub fn where_nothing_joins(world: &World<'_>, serving: &[NodeIx]) -> Vec<String> {
    let words = Words { world, path: &[] };
    let known = serving.iter().filter(|ix| words.is_there(**ix)).find_map(|ix| words.name(*ix));
    let mut helpful =
        vec!["Nothing joins the two at all: record a contact, a membership or a role that does.".to_owned()];
    helpful.extend(known.map(|name| format!("{name} serves this group: find out who knows them.")));
    helpful
}

struct Words<'a> {
    world: &'a World<'a>,
    path: &'a [NodeIx],
}

impl<'a> Words<'a> {
    /// A name that may be said: of people, only those who may still be asked whether they would introduce us, and who said
    /// no to nothing.
    fn name(&self, ix: NodeIx) -> Option<&'a str> {
        let node = self.world.snapshot.node(ix);
        let nameable = node.individual().is_none_or(|facts| {
            let stands = |purpose| facts.consent(purpose).on(self.world.task.today);
            matches!(stands(ConsentPurpose::Introduce), ConsentStatus::NotAsked | ConsentStatus::Expired)
                && !matches!(stands(ConsentPurpose::Contact), ConsentStatus::Refused | ConsentStatus::Withdrawn)
        });
        nameable.then_some(node.name.as_str())
    }

    /// Whether they are open and may be approached.
    fn is_there(&self, ix: NodeIx) -> bool {
        !self.world.is_expired(ix) && !self.world.is_left_alone(ix)
    }

    /// The first step of which this holds for every relation that joins the two.
    fn first_step(&self, test: impl Fn(RelIx) -> bool) -> Option<(NodeIx, NodeIx)> {
        let mut steps = self.path.windows(2).map(|pair| (pair[0], pair[1]));
        steps.find(|(tail, head)| self.world.steps(*tail, *head).all(|(relation, _)| test(relation)))
    }

    fn link(&self, (tail, head): (NodeIx, NodeIx)) -> String {
        match (self.name(tail), self.name(head)) {
            (Some(tail), Some(head)) => format!("the link between {tail} and {head}"),
            (Some(tail), None) => format!("the link from {tail} to the person who comes next"),
            (None, Some(head)) => format!("the link that leads to {head}"),
            (None, None) => "the link between two people on the way".to_owned(),
        }
    }

    fn against(&self, rule: Rule, broken: &Broken) -> Vec<String> {
        match rule {
            Rule::Inferred => vec![self.inferred()],
            Rule::Consent => self.consent(),
            Rule::DoNotApproach => vec![self.left_alone()],
            Rule::Dates => vec![self.dates()],
            Rule::Hops => {
                let hops = self.path.len() - 1;
                vec![format!("The nearest way in takes {hops} hops: ask with maxHops {hops}.")]
            }
            Rule::Constraints => vec![constraints(&broken.constraints)],
        }
    }

    fn inferred(&self) -> String {
        let link = self.first_step(|relation| self.world.snapshot.relations.only_inferred(relation));
        match link {
            Some(link) => format!("Confirm {}, which is only inferred, or ask with includeInferred.", self.link(link)),
            None => "Confirm a link or a role that is only inferred, or ask with includeInferred.".to_owned(),
        }
    }

    /// Everybody on the way who may be asked; that others said no is said once.
    fn consent(&self) -> Vec<String> {
        let passed = &self.path[1..self.path.len().max(2) - 1];
        let mut helpful = Vec::new();
        let mut refused = false;
        for person in passed.iter().filter(|ix| !self.world.consents(**ix)) {
            let words = match (self.name(*person), self.world.introduce(*person)) {
                (Some(name), Some(ConsentStatus::NotAsked)) => {
                    format!("Ask {name} whether they would introduce you: they were not asked yet.")
                }
                (Some(name), Some(ConsentStatus::Expired)) => {
                    format!("Ask {name} again whether they would introduce you: their consent has run out.")
                }
                _ => {
                    refused = true;
                    continue;
                }
            };
            helpful.push(words);
        }
        if refused || helpful.is_empty() {
            let hint = "The way in leads through somebody who said no; find another, or meet new people there.";
            helpful.push(hint.to_owned());
        }
        helpful
    }

    fn left_alone(&self) -> String {
        let mut alone = self.path[1..].iter().filter(|ix| self.world.is_left_alone(**ix));
        let named = alone.find_map(|ix| Some((*ix, self.name(*ix)?)));
        match named {
            Some((ix, name)) => {
                let window = self.world.snapshot.node(ix).do_not_approach.as_ref();
                let when = window.map_or_else(String::new, |window| format!(" before {}", window.until));
                format!("{name} is not to be approached{when}; ask again then.")
            }
            None => "The way in leads through somebody who is not to be approached now; ask again later.".to_owned(),
        }
    }

    /// The first node that is not open, else the first link that does not hold.
    fn dates(&self) -> String {
        let (snapshot, as_of) = (self.world.snapshot, self.world.task.as_of);
        let mut closed = self.path.iter().filter(|ix| self.world.is_expired(**ix));
        if let Some((ix, name)) = closed.find_map(|ix| Some((*ix, self.name(*ix)?))) {
            let validity = snapshot.node(ix).validity;
            return match (validity.from, validity.to) {
                (Some(from), _) if from > as_of.date() => {
                    format!("{name} does not open before {from}; ask again then.")
                }
                (_, Some(to)) => format!("{name} closed on {to}: find out who carries on their work."),
                (_, None) => format!("{name} is not open on that day."),
            };
        }
        let relations = &snapshot.relations;
        let Some(link) = self.first_step(|relation| !relations.live_on(relation, as_of)) else {
            return "What leads there has ended or not begun: confirm whether it still holds.".to_owned();
        };
        let ended = self.world.steps(link.0, link.1).filter_map(|(relation, _)| relations.valid_to(relation)).max();
        match ended.filter(|day| *day <= as_of.date()) {
            Some(day) => format!("Confirm whether {} still holds: it ended on {day}.", self.link(link)),
            None => format!("Confirm whether {} holds already: it has not begun on that day.", self.link(link)),
        }
    }

    /// Who serves the group that the path ends at.
    fn nearest_serving(&self, broken: &Broken) -> Option<String> {
        let [.., serving, last] = self.path else { return None };
        let of_group = self.world.snapshot.node_type(*last) == NodeType::UnderservedGroup;
        // A source that serves needs no finding, and who is closed or to be left alone is no help now.
        let found = of_group && self.path.len() > 2 && self.is_there(*serving);
        let lead = if broken.constraints.contains(&"areas") { "Outside those areas, the" } else { "The" };
        self.name(*serving).filter(|_| found).map(|name| format!("{lead} nearest who serves this group is {name}."))
    }
}

fn constraints(names: &[&'static str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => format!("The likeliest way in does not keep to {last}: ask without it, or for less of it."),
        Some((last, rest)) => {
            let rest = rest.join(", ");
            format!("The likeliest way in does not keep to {rest} and {last}: ask without them, or for less of them.")
        }
        None => "Your own conditions leave no way in: drop one of them.".to_owned(),
    }
}

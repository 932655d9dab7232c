//! Which rules a relaxed path breaks, and how far it gets before the first of them. Only `relax` calls it.

use super::super::arcs::Arc;
use super::super::rules::{Relaxed, Rule, ServingRule, World};
use super::super::search::Found;
use crate::model::{HopClass, NodeType};
use crate::snapshot::{NodeIx, RelIx};

#[derive(Debug, Default)]
pub struct Broken {
    /// Each once, in their order.
    pub rules: Vec<Rule>,
    /// Of the asker's own constraints, by their names in the question.
    pub constraints: Vec<&'static str>,
    /// The last node before the first break; none when the source is it.
    pub closest: Option<NodeIx>,
}

/// The breaks found so far, each with the place of the first node that is not reached any more.
#[derive(Default)]
struct Breaks {
    rules: Vec<(usize, Rule)>,
    constraints: Vec<&'static str>,
}

impl Breaks {
    fn rule(&mut self, breaks: bool, place: usize, rule: Rule) {
        if breaks {
            self.rules.push((place, rule));
        }
    }

    fn constraint(&mut self, breaks: bool, place: usize, name: &'static str) {
        if breaks {
            self.rules.push((place, Rule::Constraints));
            self.constraints.push(name);
        }
    }
}

impl Broken {
    pub fn of(world: &World<'_>, relaxed: Relaxed, found: &Found, path: &[NodeIx]) -> Self {
        let hops = found.arcs.hops_of(path, &world.snapshot.relations);
        let mut breaks = Breaks::default();
        breaks.rule(world.is_expired(path[0]), 0, Rule::Dates);
        breaks.constraint(world.is_avoided(path[0]), 0, "avoid");
        let mut structural = Vec::new();
        for (before, (pair, arc)) in path.windows(2).zip(&hops).enumerate() {
            let place = before + 1;
            by_node(world, &mut breaks, pair[1], place, place + 1 < path.len());
            let equal = equally_cheap(world, relaxed, &hops, (pair[0], pair[1]), arc);
            by_relations(world, &mut breaks, &equal, place);
            if equal.iter().all(|relation| is_structural(world, *relation)) {
                structural.push(place);
            }
            if world.snapshot.node_type(pair[1]) == NodeType::UnderservedGroup {
                for rule in missing_area(world, pair[0], pair[1]) {
                    match rule {
                        Rule::Constraints => breaks.constraint(true, place, "areas"),
                        rule => breaks.rule(true, place, rule),
                    }
                }
            }
        }
        by_terms(world, &mut breaks, path, &hops, &structural);
        breaks.settled(relaxed, path)
    }
}

impl Breaks {
    fn settled(mut self, relaxed: Relaxed, path: &[NodeIx]) -> Broken {
        self.rules.retain(|(_, rule)| relaxed.has(*rule));
        let first = self.rules.iter().map(|(place, _)| *place).min();
        let mut rules: Vec<Rule> = self.rules.into_iter().map(|(_, rule)| rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let mut constraints = if relaxed.has(Rule::Constraints) { self.constraints } else { Vec::new() };
        constraints.sort_unstable();
        constraints.dedup();
        let closest = first.and_then(|place| place.checked_sub(1)).map(|place| path[place]);
        Broken { rules, constraints, closest }
    }
}

fn by_node(world: &World<'_>, breaks: &mut Breaks, ix: NodeIx, place: usize, passed: bool) {
    breaks.rule(passed && !world.consents(ix), place, Rule::Consent);
    breaks.rule(world.is_left_alone(ix), place, Rule::DoNotApproach);
    breaks.rule(world.is_expired(ix), place, Rule::Dates);
    breaks.constraint(world.is_avoided(ix), place, "avoid");
}

/// A step breaks a rule only when none of its equally cheap relations keeps it.
fn by_relations(world: &World<'_>, breaks: &mut Breaks, equal: &[RelIx], place: usize) {
    let relations = &world.snapshot.relations;
    let all = |breaks: &dyn Fn(RelIx) -> bool| equal.iter().all(|relation| breaks(*relation));
    let of_class = |relation| relations.kind(relation).class().is_some_and(|class| world.allows_class(class));
    breaks.rule(all(&|relation| world.is_guess(relation)), place, Rule::Inferred);
    breaks.rule(all(&|relation| !relations.live_on(relation, world.task.as_of)), place, Rule::Dates);
    if all(&|relation| !(of_class(relation) && world.allows_mode(relation))) {
        let by_class = equal.iter().any(|relation| !of_class(*relation));
        breaks.constraint(true, place, if by_class { "allow" } else { "serveModes" });
    }
}

/// What the question asks of the path as a whole.
fn by_terms(world: &World<'_>, breaks: &mut Breaks, path: &[NodeIx], hops: &[Arc], structural: &[usize]) {
    let (terms, last) = (&world.task.terms, path.len() - 1);
    breaks.rule(hops.len() > terms.max_hops, terms.max_hops + 1, Rule::Hops);
    if let Some(via) = &terms.via {
        let met = path[1..last].iter().any(|ix| via.means(world.snapshot, *ix));
        breaks.constraint(!met, last, "via");
    }
    if let Some(place) = terms.structural.and_then(|most| structural.get(most)) {
        breaks.constraint(true, *place, "maxStructuralHops");
    }
    if let Some(most) = terms.max_cost {
        let spent = hops.iter().scan(0, |spent, arc| {
            *spent += u64::from(arc.cost);
            Some(*spent)
        });
        if let Some((before, _)) = spent.enumerate().find(|(_, spent)| *spent > most) {
            breaks.constraint(true, before + 1, "minProbability");
        }
    }
}

fn is_structural(world: &World<'_>, relation: RelIx) -> bool {
    world.snapshot.relations.kind(relation).class() == Some(HopClass::Structural)
}

/// The relations of a step that would do as well as the one taken: as cheap, and within a limit of structural hops that
/// was not relaxed.
fn equally_cheap(
    world: &World<'_>,
    relaxed: Relaxed,
    hops: &[Arc],
    (tail, head): (NodeIx, NodeIx),
    taken: &Arc,
) -> Vec<RelIx> {
    let had = hops.iter().filter(|arc| arc.structural).count();
    let one_more = taken.structural || world.task.terms.structural(relaxed).is_none_or(|most| had < most);
    world
        .steps(tail, head)
        .filter(|(relation, direction)| {
            world.walks(*relation, relaxed)
                && world.costs.cost(*relation, *direction) == taken.cost
                && (one_more || !is_structural(world, *relation))
        })
        .map(|(relation, _)| relation)
        .collect()
}

/// The rules that a serving node's missing area is down to: the first that alone would cure it, else the fewest that do.
fn missing_area(world: &World<'_>, node: NodeIx, group: NodeIx) -> Vec<Rule> {
    const CURES: [&[Rule]; 8] = [
        &[],
        &[Rule::Inferred],
        &[Rule::Dates],
        &[Rule::Constraints],
        &[Rule::Inferred, Rule::Dates],
        &[Rule::Inferred, Rule::Constraints],
        &[Rule::Dates, Rule::Constraints],
        &[Rule::Inferred, Rule::Dates, Rule::Constraints],
    ];
    CURES
        .into_iter()
        .find(|rules| {
            let relaxed = rules.iter().fold(Relaxed::NOTHING, |relaxed, rule| relaxed.and(*rule));
            ServingRule::new(world, relaxed).allows(node, group)
        })
        .map_or_else(Vec::new, <[Rule]>::to_vec)
}

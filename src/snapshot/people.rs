//! The evaluator for individuals. What a reader may not see counts as absent.

use super::resolve::{Expect, Problem};
use super::{Day, NodeIx, Sight, Snapshot};
use crate::model::{NodeRef, NodeType, RelationKind};
use rustc_hash::FxHashSet;

#[derive(Debug, Clone, Default)]
pub struct IndividualFilter {
    pub team: Option<bool>,
    pub organisation: Option<NodeRef>,
    pub network: Option<NodeRef>,
    /// Words in the title of a role held today.
    pub role_title: Option<String>,
    pub text: Option<String>,
    pub synthetic: Option<bool>,
    pub any_of: Vec<IndividualFilter>,
}

#[derive(Debug)]
struct Test {
    team: Option<bool>,
    organisation: Option<NodeIx>,
    network: Option<NodeIx>,
    role_title: Option<String>,
    text: Option<FxHashSet<NodeIx>>,
    synthetic: Option<bool>,
    any_of: Vec<Test>,
}

impl Snapshot {
    /// The individuals that a filter lets through on a day, in the order of their ids.
    pub fn individuals(&self, filter: &IndividualFilter, today: Day, sight: Sight) -> Result<Vec<NodeIx>, Problem> {
        let test = self.compile_people(filter, sight)?;
        Ok(self
            .of_type(NodeType::Individual)
            .filter(|ix| {
                self.live_on(*ix, today)
                    && self.node(*ix).merged_into.is_none()
                    && self.person_passes(&test, *ix, today, sight)
            })
            .collect())
    }

    fn compile_people(&self, filter: &IndividualFilter, sight: Sight) -> Result<Test, Problem> {
        let named = |name: Option<&NodeRef>, expect: Expect, field: &str| {
            name.map(|name| self.resolve(name, expect, sight)).transpose().map_err(|problem| problem.at(field))
        };
        let any_of = filter
            .any_of
            .iter()
            .enumerate()
            .map(|(place, part)| self.compile_people(part, sight).map_err(|problem| problem.at(place).at("anyOf")));
        Ok(Test {
            any_of: any_of.collect::<Result<_, _>>()?,
            team: filter.team,
            organisation: named(filter.organisation.as_ref(), Expect::ORGANISATION, "organisation")?,
            network: named(filter.network.as_ref(), Expect::NETWORK, "network")?,
            role_title: filter.role_title.as_deref().map(super::names::normalise).filter(|title| !title.is_empty()),
            text: filter
                .text
                .as_deref()
                .filter(|text| !text.trim().is_empty())
                .map(|text| self.search(text, sight == Sight::Full).into_iter().map(|hit| hit.node).collect()),
            synthetic: filter.synthetic,
        })
    }

    fn person_passes(&self, test: &Test, ix: NodeIx, today: Day, sight: Sight) -> bool {
        let node = self.node(ix);
        let open = sight == Sight::Full;
        let role = |at: Option<NodeIx>, title: Option<&str>| {
            self.joined_on(ix, RelationKind::RoleAt, today).any(|(relation, body)| {
                // A reader who may not see people sees their roles at organisations, and no other.
                (open || self.node_type(body) == NodeType::Organisation)
                    && at.is_none_or(|at| at == body)
                    && title.is_none_or(|title| {
                        self.relations
                            .title(relation)
                            .is_some_and(|known| super::names::normalise(known).contains(title))
                    })
            })
        };
        let in_network = |network: NodeIx| {
            open && (role(Some(network), None)
                || self
                    .joined_on(ix, RelationKind::MemberOf, today)
                    .chain(self.joined_on(ix, RelationKind::Convenes, today))
                    .any(|(_, body)| body == network))
        };
        test.team.is_none_or(|team| open && node.individual().is_some_and(|facts| facts.team == team))
            && test.synthetic.is_none_or(|synthetic| node.synthetic == synthetic)
            && test.text.as_ref().is_none_or(|found| found.contains(&ix))
            && (test.organisation.is_none() && test.role_title.is_none()
                || role(test.organisation, test.role_title.as_deref()))
            && test.network.is_none_or(in_network)
            && (test.any_of.is_empty() || test.any_of.iter().any(|part| self.person_passes(part, ix, today, sight)))
    }
}

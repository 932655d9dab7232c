//! The one evaluator of organisation filters: lists, counts, saved PRACTICE groups and outreach targets all use it.

use super::areas::AreaSet;
use super::resolve::{Expect, Problem, ProblemKind};
use super::{Day, Direction, NodeIx, RelIx, Sight, Snapshot};
use crate::model::{
    IntRange, Nation, NodeRef, OrganisationFacts, OrganisationFilter, OrganisationKind, RelationKind, Sector,
};
use rustc_hash::FxHashSet;

pub type FilterProblem = Problem;

/// On which day a filter judges validity: of the organisation, and of its `LOCATED_IN`, `USES` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// Only what is open on the day.
    On(Day),
    /// Closed ones too, each as it stood on its last day.
    WheneverOpen(Day),
}

/// A filter with all its names looked up.
#[derive(Debug)]
pub struct CompiledFilter {
    test: Test,
    /// Closed bodies that were named, with those that stand for them.
    pub replaced: Vec<(NodeIx, Vec<NodeIx>)>,
}

#[derive(Debug, Default)]
struct Test {
    /// Absent in a part of `anyOf` that says nothing of days: the day of the whole then holds, and is not asked for again.
    judged: Option<Judged>,
    kind: Option<Vec<OrganisationKind>>,
    not_kind: Option<Vec<OrganisationKind>>,
    sector: Option<Vec<Sector>>,
    nation: Option<Vec<Nation>>,
    area: Option<AreaSet>,
    icb: Option<FxHashSet<NodeIx>>,
    commissioned_by: Option<FxHashSet<NodeIx>>,
    network: Option<FxHashSet<NodeIx>>,
    software: Option<FxHashSet<NodeIx>>,
    rural: Option<bool>,
    deprivation_decile: Option<IntRange>,
    list_size: Option<IntRange>,
    serves: Option<FxHashSet<NodeIx>>,
    synthetic: Option<bool>,
    updated_since: Option<jiff::Timestamp>,
    text: Option<FxHashSet<NodeIx>>,
    any_of: Vec<Test>,
}

/// A condition that is not given holds.
fn holds<T>(condition: Option<&T>, check: impl FnOnce(&T) -> bool) -> bool {
    condition.is_none_or(check)
}

/// Absent and empty lists are the same: no condition.
fn given<T: Clone>(list: Option<&Vec<T>>) -> Option<Vec<T>> {
    list.filter(|list| !list.is_empty()).cloned()
}

impl Snapshot {
    /// Looks up a filter's names. `default_day` is the day it judges on unless it says `openAsOf` itself.
    pub fn compile(
        &self,
        filter: &OrganisationFilter,
        default_day: Day,
        sight: Sight,
    ) -> Result<CompiledFilter, FilterProblem> {
        let mut replaced = Vec::new();
        let mut test = self.compile_test(filter, default_day, sight, &mut replaced)?;
        test.judged.get_or_insert(Judged::On(default_day));
        Ok(CompiledFilter { test, replaced })
    }

    fn compile_test(
        &self,
        filter: &OrganisationFilter,
        day: Day,
        sight: Sight,
        replaced: &mut Vec<(NodeIx, Vec<NodeIx>)>,
    ) -> Result<Test, FilterProblem> {
        if filter.open_as_of.is_some() && filter.include_closed == Some(true) {
            return Err(Problem::invalid("give openAsOf or includeClosed, not both").at("includeClosed"));
        }
        let day = filter.open_as_of.map_or(day, Day::from);
        let judged = match (filter.open_as_of, filter.include_closed) {
            (Some(_), _) => Some(Judged::On(day)),
            (None, Some(true)) => Some(Judged::WheneverOpen(day)),
            (None, _) => None,
        };
        let mut bodies = |name: Option<&NodeRef>, expect: Expect, field: &str| {
            name.map(|name| {
                let named = self.resolve(name, expect, sight).map_err(|problem| problem.at(field))?;
                let successors = self.live_successors(named, day);
                if successors.is_empty() {
                    return Ok(FxHashSet::from_iter([named]));
                }
                replaced.push((named, successors.clone()));
                Ok(successors.into_iter().collect())
            })
            .transpose()
        };
        let icb = bodies(filter.icb.as_ref(), Expect::ORGANISATION, "icb")?;
        let commissioned_by = bodies(filter.commissioned_by.as_ref(), Expect::ORGANISATION, "commissionedBy")?;
        let network = bodies(filter.network.as_ref(), Expect::NETWORK, "network")?;
        let named_area = filter.area.as_ref().map(|name| self.resolve(name, Expect::AREA, sight)).transpose();
        let named_group = filter.serves_group.as_ref().map(|name| self.resolve(name, Expect::GROUP, sight)).transpose();
        let any_of = filter.any_of.iter().flatten().enumerate().map(|(place, part)| {
            if part.open_as_of.is_some() || part.include_closed.is_some() {
                return Err(Problem::invalid("openAsOf and includeClosed belong to the outer filter")
                    .at(place)
                    .at("anyOf"));
            }
            self.compile_test(part, day, sight, replaced).map_err(|problem| problem.at(place).at("anyOf"))
        });
        Ok(Test {
            any_of: any_of.collect::<Result<_, _>>()?,
            judged,
            kind: given(filter.kind.as_ref()),
            not_kind: given(filter.not_kind.as_ref()),
            sector: given(filter.sector.as_ref()),
            nation: given(filter.nation.as_ref()),
            area: named_area.map_err(|problem| problem.at("area"))?.map(|area| self.areas.within([area])),
            icb,
            commissioned_by,
            network,
            software: self.compile_software(filter.uses_software.as_ref())?,
            rural: filter.rural,
            deprivation_decile: range(filter.deprivation_decile, "deprivationDecile")?,
            list_size: range(filter.list_size, "listSize")?,
            serves: named_group
                .map_err(|problem| problem.at("servesGroup"))?
                .map(|group| self.groups.closure(group).into_iter().collect()),
            synthetic: filter.synthetic,
            updated_since: filter.updated_since,
            text: filter
                .text
                .as_deref()
                .filter(|text| !text.trim().is_empty())
                .map(|text| self.search(text, sight == Sight::Full).into_iter().map(|hit| hit.node).collect()),
        })
    }

    /// Software by ref, product name, alias or supplier.
    fn compile_software(&self, names: Option<&Vec<String>>) -> Result<Option<FxHashSet<NodeIx>>, FilterProblem> {
        let Some(names) = names.filter(|names| !names.is_empty()) else { return Ok(None) };
        let mut found = FxHashSet::default();
        for (place, name) in names.iter().enumerate() {
            let products = self.software_called(name);
            if products.is_empty() {
                return Err(Problem::new(
                    ProblemKind::NotFound,
                    format!("no software has the ref, name or supplier `{name}`; softwareProducts lists what there is"),
                )
                .at(place)
                .at("usesSoftware"));
            }
            found.extend(products);
        }
        Ok(Some(found))
    }

    /// Software products whose ref, name, alias or supplier is this text.
    pub fn software_called(&self, name: &str) -> Vec<NodeIx> {
        let wanted = super::names::normalise(name);
        self.of_type(crate::model::NodeType::SoftwareProduct)
            .filter(|ix| {
                let node = self.node(*ix);
                let supplier = match &node.body {
                    crate::model::Body::SoftwareProduct(facts) => facts.supplier.as_deref(),
                    _ => None,
                };
                node.refs.iter().any(|reference| reference.as_str() == name)
                    || std::iter::once(node.name.as_str())
                        .chain(node.aliases.iter().map(String::as_str))
                        .chain(supplier)
                        .any(|known| super::names::normalise(known) == wanted)
            })
            .collect()
    }

    /// The organisations that a filter lets through, in the order of their ids.
    pub fn matching(&self, filter: &CompiledFilter) -> Vec<NodeIx> {
        self.of_type(crate::model::NodeType::Organisation).filter(|ix| self.matches(filter, *ix)).collect()
    }

    pub fn matches(&self, filter: &CompiledFilter, organisation: NodeIx) -> bool {
        let Some(facts) = self.node(organisation).organisation() else { return false };
        if self.node(organisation).merged_into.is_some() {
            return false;
        }
        self.passes(&filter.test, organisation, facts, Day::NEVER)
    }

    fn passes(&self, test: &Test, ix: NodeIx, facts: &OrganisationFacts, day: Day) -> bool {
        let day = match test.judged {
            None => day,
            Some(Judged::On(day)) if self.live_on(ix, day) => day,
            Some(Judged::On(_)) => return false,
            Some(Judged::WheneverOpen(day)) if self.ended_by(ix, day) => self.last_day(ix).unwrap_or(day),
            Some(Judged::WheneverOpen(day)) => day,
        };
        let joined = |kind: RelationKind, ends: &FxHashSet<NodeIx>| {
            self.relations
                .of_kind(ix, kind, Direction::Out)
                .any(|(relation, other)| ends.contains(&other) && self.relations.live_on(relation, day))
        };
        holds(test.kind.as_ref(), |kinds| kinds.contains(&facts.kind))
            && holds(test.not_kind.as_ref(), |kinds| !kinds.contains(&facts.kind))
            && holds(test.sector.as_ref(), |sectors| facts.sector.is_some_and(|sector| sectors.contains(&sector)))
            && holds(test.nation.as_ref(), |nations| facts.nation.is_some_and(|nation| nations.contains(&nation)))
            && holds(test.rural.as_ref(), |rural| facts.rural == Some(*rural))
            && holds(test.deprivation_decile.as_ref(), |range| {
                facts.deprivation_decile.is_some_and(|decile| range.contains(i64::from(decile)))
            })
            && holds(test.list_size.as_ref(), |range| {
                facts.list_size.is_some_and(|size| range.contains(i64::from(size)))
            })
            && holds(test.synthetic.as_ref(), |synthetic| self.node(ix).synthetic == *synthetic)
            && holds(test.updated_since.as_ref(), |since| self.updated_at(ix) >= *since)
            && holds(test.text.as_ref(), |found| found.contains(&ix))
            && holds(test.area.as_ref(), |areas| joined(RelationKind::LocatedIn, areas))
            && holds(test.commissioned_by.as_ref(), |bodies| joined(RelationKind::CommissionedBy, bodies))
            && holds(test.network.as_ref(), |networks| {
                joined(RelationKind::MemberOf, networks) || joined(RelationKind::Convenes, networks)
            })
            && holds(test.software.as_ref(), |products| joined(RelationKind::Uses, products))
            && holds(test.serves.as_ref(), |groups| joined(RelationKind::Serves, groups))
            && holds(test.icb.as_ref(), |icbs| self.icbs_of(ix, day).any(|icb| icbs.contains(&icb)))
            && (test.any_of.is_empty() || test.any_of.iter().any(|part| self.passes(part, ix, facts, day)))
    }

    /// The ICBs in whose geography a body is on a day: directly, or through its sub-ICB location.
    pub fn icbs_of(&self, body: NodeIx, day: Day) -> impl Iterator<Item = NodeIx> + '_ {
        let is =
            |ix: NodeIx, kind: OrganisationKind| self.node(ix).organisation().is_some_and(|facts| facts.kind == kind);
        let geography = move |ix: NodeIx| self.joined_on(ix, RelationKind::InGeographyOf, day).map(|(_, body)| body);
        let sub_icbs = geography(body)
            .chain(self.joined_on(body, RelationKind::CommissionedBy, day).map(|(_, body)| body))
            .filter(move |ix| is(*ix, OrganisationKind::SubIcbLocation));
        geography(body).chain(sub_icbs.flat_map(geography)).filter(move |ix| is(*ix, OrganisationKind::Icb))
    }

    /// What a body is joined to by a kind of relation that is live on a day.
    pub fn joined_on(&self, body: NodeIx, kind: RelationKind, day: Day) -> impl Iterator<Item = (RelIx, NodeIx)> + '_ {
        self.relations
            .of_kind(body, kind, Direction::Out)
            .filter(move |(relation, _)| self.relations.live_on(*relation, day))
    }
}

fn range(range: Option<IntRange>, field: &str) -> Result<Option<IntRange>, FilterProblem> {
    match range {
        Some(IntRange { min: Some(min), max: Some(max) }) if min > max => {
            Err(Problem::invalid(format!("min {min} is above max {max}")).at(field))
        }
        range => Ok(range.filter(|range| !range.is_open())),
    }
}

//! Questions about a random world: everything that may be asked, most of it rarely.

use super::super::builders::{PARTNER, TEAM, World};
use super::{Theme, days};
use inroads::model::{
    Date, Formality, HopClass, IntRange, NodeId, NodeRef, NodeType, OrganisationFilter, OrganisationKind, RelationKind,
    ServeMode,
};
use inroads::outreach::{Question, Reader, SourceName, TargetName, ViaName};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Debug, Clone)]
pub struct FilterSpec {
    plain: OrganisationFilter,
    area: Option<Index>,
    commissioned_by: Option<Index>,
    any_of: Option<Vec<OrganisationFilter>>,
}

pub fn filter() -> impl Strategy<Value = FilterSpec> {
    (
        plain_filter(),
        prop_oneof![4 => Just((None, None)), 1 => days().prop_map(|day| (Some(day), None)), 1 => Just((None, Some(true)))],
        (option::weighted(0.15, any::<Index>()), option::weighted(0.1, any::<Index>())),
        option::weighted(0.25, vec(plain_filter(), 1..=2)),
    )
        .prop_map(|(plain, (open_as_of, include_closed), (area, commissioned_by), any_of)| FilterSpec {
            plain: OrganisationFilter { open_as_of, include_closed, ..plain },
            area,
            commissioned_by,
            any_of,
        })
}

/// Conditions on the organisation's own facts; never none at all.
fn plain_filter() -> impl Strategy<Value = OrganisationFilter> {
    let kinds =
        || vec(select(vec![OrganisationKind::Vcfse, OrganisationKind::GpPractice, OrganisationKind::Icb]), 0..=3);
    let bounds = (option::of(select(vec![1000_i64, 2000, 3000])), option::of(select(vec![3000_i64, 5000])));
    (
        option::weighted(0.5, kinds()),
        option::weighted(0.15, kinds()),
        option::weighted(0.1, any::<bool>()),
        option::weighted(0.1, bounds),
    )
        .prop_map(|(kind, not_kind, rural, list_size)| {
            let list_size = list_size.map(|(min, max)| IntRange { min, max });
            let filter = OrganisationFilter { kind, not_kind, rural, list_size, ..OrganisationFilter::default() };
            if filter.is_empty() {
                OrganisationFilter { not_kind: Some(vec![OrganisationKind::University]), ..filter }
            } else {
                filter
            }
        })
}

impl FilterSpec {
    pub fn build(&self, areas: &[NodeId], bodies: &[NodeId]) -> OrganisationFilter {
        let pick = |index: Option<Index>, among: &[NodeId]| {
            index.filter(|_| !among.is_empty()).map(|index| NodeRef::Id(index.get(among).to_string()))
        };
        OrganisationFilter {
            area: pick(self.area, areas),
            commissioned_by: pick(self.commissioned_by, bodies),
            any_of: self.any_of.clone(),
            ..self.plain.clone()
        }
    }
}

#[derive(Debug, Clone)]
enum To {
    Group(Index),
    Organisations(Box<FilterSpec>),
    Nodes(Vec<Index>),
    Groups(Vec<Index>),
}

#[derive(Debug, Clone)]
struct Limits {
    areas: Vec<Index>,
    avoid: Vec<Index>,
    allow: Vec<HopClass>,
    serve_modes: Vec<ServeMode>,
    switches: [bool; 4],
    terms: Terms,
}

/// What is asked of a path as a whole.
#[derive(Debug, Clone)]
struct Terms {
    via: Vec<Index>,
    types: Vec<NodeType>,
    organisation_kinds: Vec<OrganisationKind>,
    formality: Option<Formality>,
    max_structural_hops: Option<usize>,
    min_probability: Option<f64>,
    diversity: Option<f64>,
}

fn rarely<S: Strategy>(often: f64, list: impl Fn() -> S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: Clone,
{
    option::weighted(often, vec(list(), 1..=2)).prop_map(Option::unwrap_or_default)
}

/// Seldom anything when a run dwells on something else; often two of them together when it dwells on these.
fn terms(theme: Theme) -> impl Strategy<Value = Terms> {
    let often = if theme == Theme::Terms { 0.5 } else { 0.06 };
    let some = |share: f64| prop::bool::weighted(often * share);
    let types =
        || select(vec![NodeType::Individual, NodeType::Network, NodeType::WorkingGroup, NodeType::Organisation]);
    let kinds = || select(vec![OrganisationKind::Vcfse, OrganisationKind::GpPractice, OrganisationKind::Icb]);
    (
        (some(1.0), vec(any::<Index>(), 0..=2), vec(types(), 0..=1), vec(kinds(), 0..=1)),
        option::weighted(0.2, select(vec![Formality::Formal, Formality::Informal])),
        option::weighted(often, prop_oneof![8 => 0..=2_usize, 1 => 3..=8_usize]),
        option::weighted(often, select(vec![1.0, 0.25, 0.124, 0.06, 0.05, 0.031, 0.03, 0.015, 0.01, 1e-9])),
        option::weighted(often * 0.6, select(vec![0.0, 0.2, 0.25, 1.0 / 3.0, 0.5, 2.0 / 3.0, 0.75, 1.0])),
    )
        .prop_map(|((via, nodes, types, organisation_kinds), formality, structural, probable, diversity)| Terms {
            via: if via { nodes } else { Vec::new() },
            types: if via { types } else { Vec::new() },
            organisation_kinds: if via { organisation_kinds } else { Vec::new() },
            formality: formality.filter(|_| via),
            max_structural_hops: structural,
            min_probability: probable,
            diversity,
        })
}

fn limits(theme: Theme) -> impl Strategy<Value = Limits> {
    // What an answer is to show of the terms, the other limits should seldom hide.
    let often = if theme == Theme::Terms { 0.05 } else { 0.15 };
    (
        rarely(if theme == Theme::Places { 0.5 } else { often }, any::<Index>),
        rarely(often, any::<Index>),
        option::weighted(often, vec(select(HopClass::ALL), 1..=3)).prop_map(Option::unwrap_or_default),
        rarely(often / 1.5, || select(ServeMode::ALL)),
        [0.25, 0.3, 0.25, 0.5].map(prop::bool::weighted),
        terms(theme),
    )
        .prop_map(|(areas, avoid, allow, serve_modes, switches, terms)| Limits {
            areas,
            avoid,
            allow,
            serve_modes,
            switches,
            terms,
        })
}

pub fn question(world: &World, theme: Theme) -> impl Strategy<Value = (Question, Reader)> + use<> {
    let others = u32::from(theme != Theme::Places);
    let to = prop_oneof![
        6 => any::<Index>().prop_map(To::Group),
        others => filter().prop_map(|filter| To::Organisations(Box::new(filter))),
        2 => vec(any::<Index>(), 1..=3).prop_map(To::Nodes),
        2 => vec(any::<Index>(), 2..=3).prop_map(To::Groups),
    ];
    let numbers = (
        prop_oneof![4 => 1..=10_usize, 2 => Just(100)],
        prop_oneof![1 => Just(1), 2 => Just(2), 4 => Just(3), 4 => Just(5), 1 => 4..=8_usize],
        option::weighted(if theme == Theme::Terms { 0.05 } else { 0.25 }, days()),
        prop::bool::weighted(0.2),
    );
    let from = (prop::bool::weighted(0.25), vec(any::<Index>(), 1..=2));
    let world = world.clone();
    (from, to, numbers, limits(theme))
        .prop_map(move |(from, to, numbers, limits)| build(&world, from, &to, numbers, limits))
}

fn build(
    world: &World,
    (team, from): (bool, Vec<Index>),
    to: &To,
    (k, max_hops, as_of, partner): (usize, usize, Option<Date>, bool),
    limits: Limits,
) -> (Question, Reader) {
    let ids = |wanted: &dyn Fn(NodeType) -> bool| -> Vec<NodeId> {
        let nodes = world.nodes.iter().filter(|node| wanted(node.node_type()));
        nodes.map(|node| node.id.clone()).collect()
    };
    let nameable = |kind: NodeType| kind != NodeType::Area && !(partner && kind == NodeType::Individual);
    let groups = ids(&|kind| kind == NodeType::UnderservedGroup);
    let sources = ids(&|kind| nameable(kind) && kind != NodeType::UnderservedGroup);
    let stakeholders = ids(&nameable);
    let areas = ids(&|kind| kind == NodeType::Area);
    let bodies = ids(&|kind| kind == NodeType::Organisation);
    let served: Vec<NodeId> =
        groups.iter().filter(|id| world.relations.iter().any(|relation| relation.to == **id)).cloned().collect();
    let name = |id: &NodeId| NodeRef::Id(id.to_string());
    let names = |indices: &[Index], among: &[NodeId]| -> Vec<NodeRef> {
        indices.iter().filter(|_| !among.is_empty()).map(|index| name(index.get(among))).collect()
    };
    let to = match to {
        // Seldom a group that nobody serves: there is little to ask about it.
        To::Group(index) => TargetName::Group(name(match served.len() {
            0 => index.get(&groups),
            _ if index.index(8) == 0 => index.get(&groups),
            _ => index.get(&served),
        })),
        To::Organisations(filter) => TargetName::Organisations(filter.build(&areas, &bodies)),
        To::Nodes(indices) => TargetName::Nodes(names(indices, &stakeholders)),
        To::Groups(indices) => TargetName::Nodes(names(indices, &groups)),
    };
    let only_groups = match &to {
        TargetName::Group(_) => true,
        TargetName::Organisations(_) => false,
        TargetName::Nodes(names) => {
            names.iter().all(|name| groups.iter().any(|id| *name == NodeRef::Id(id.to_string())))
        }
    };
    let mut sources: Vec<SourceName> = names(&from, &sources).into_iter().map(SourceName::Node).collect();
    if team || sources.is_empty() {
        sources.push(SourceName::Team);
    }
    let via = names(&limits.terms.via, &stakeholders);
    // What is both to be passed and to be avoided is refused, and a closed body stands for others.
    let succeeded = world.relations.iter().any(|relation| relation.kind == RelationKind::SucceededBy);
    let clashes = |name: &NodeRef| !via.is_empty() && (succeeded || via.contains(name));
    let avoid = names(&limits.avoid, &stakeholders).into_iter().filter(|name| !clashes(name)).collect();
    let question = Question {
        k,
        max_hops,
        as_of,
        areas: if only_groups { names(&limits.areas, &areas) } else { Vec::new() },
        avoid,
        allow: limits.allow,
        serve_modes: limits.serve_modes,
        via: ViaName {
            nodes: via,
            types: limits.terms.types,
            organisation_kinds: limits.terms.organisation_kinds,
            formality: limits.terms.formality,
        },
        max_structural_hops: limits.terms.max_structural_hops,
        min_probability: limits.terms.min_probability,
        diversity: limits.terms.diversity,
        include_inferred: limits.switches[0],
        include_unasked: limits.switches[1] && !partner,
        include_detours: limits.switches[2],
        count_withheld: limits.switches[3],
        ..Question::new(sources, to)
    };
    (question, if partner { PARTNER } else { TEAM })
}

//! Questions about a random world: everything that may be asked, most of it rarely.

use super::super::builders::{PARTNER, TEAM, World};
use super::{Theme, days};
use inroads::model::{
    Date, HopClass, IntRange, NodeId, NodeRef, NodeType, OrganisationFilter, OrganisationKind, ServeMode,
};
use inroads::outreach::{Question, Reader, SourceName, TargetName};
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
    switches: [bool; 3],
}

fn rarely<S: Strategy>(often: f64, list: impl Fn() -> S) -> impl Strategy<Value = Vec<S::Value>>
where
    S::Value: Clone,
{
    option::weighted(often, vec(list(), 1..=2)).prop_map(Option::unwrap_or_default)
}

fn limits(theme: Theme) -> impl Strategy<Value = Limits> {
    (
        rarely(if theme == Theme::Places { 0.5 } else { 0.15 }, any::<Index>),
        rarely(0.15, any::<Index>),
        option::weighted(0.15, vec(select(HopClass::ALL), 1..=3)).prop_map(Option::unwrap_or_default),
        rarely(0.1, || select(ServeMode::ALL)),
        [prop::bool::weighted(0.25), prop::bool::weighted(0.3), prop::bool::weighted(0.25)],
    )
        .prop_map(|(areas, avoid, allow, serve_modes, switches)| Limits {
            areas,
            avoid,
            allow,
            serve_modes,
            switches,
        })
}

pub fn question(world: &World, theme: Theme) -> impl Strategy<Value = (Question, Reader)> + use<> {
    let others = u32::from(theme == Theme::Anything);
    let to = prop_oneof![
        6 => any::<Index>().prop_map(To::Group),
        others => filter().prop_map(|filter| To::Organisations(Box::new(filter))),
        2 => vec(any::<Index>(), 1..=3).prop_map(To::Nodes),
        2 => vec(any::<Index>(), 2..=3).prop_map(To::Groups),
    ];
    let numbers = (
        prop_oneof![4 => 1..=10_usize, 2 => Just(100)],
        prop_oneof![1 => Just(1), 2 => Just(2), 4 => Just(3), 4 => Just(5), 1 => 4..=8_usize],
        option::weighted(0.25, days()),
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
    let question = Question {
        k,
        max_hops,
        as_of,
        areas: if only_groups { names(&limits.areas, &areas) } else { Vec::new() },
        avoid: names(&limits.avoid, &stakeholders),
        allow: limits.allow,
        serve_modes: limits.serve_modes,
        include_inferred: limits.switches[0],
        include_unasked: limits.switches[1] && !partner,
        include_detours: limits.switches[2],
        ..Question::new(sources, to)
    };
    (question, if partner { PARTNER } else { TEAM })
}

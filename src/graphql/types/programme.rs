//! The programme at a glance.

use super::{Area, Redaction, WorkingGroup, redactions};
use crate::access::{self, RedactionReason};
use crate::app;
use crate::graphql::connection::{count, whole};
use crate::graphql::enums::{NodeType, OrganisationKind};
use crate::graphql::interfaces::Shown as _;
use async_graphql::{Object, SimpleObject};

pub struct Programme(pub app::Programme);

/// The programme at a glance: how much of what is in the graph today.
#[Object]
impl Programme {
    /// How many open organisations there are of each kind.
    fn counts_by_kind(&self) -> Vec<OrganisationKindCount> {
        let one = |each: &app::KindCount| OrganisationKindCount { kind: each.kind.into(), count: whole(each.count) };
        self.0.organisations.iter().map(one).collect()
    }

    /// How many things there are of each type.
    fn counts_by_type(&self) -> Vec<NodeTypeCount> {
        let one = |(node_type, number): &(crate::model::NodeType, Option<usize>)| NodeTypeCount {
            node_type: (*node_type).into(),
            count: count(*number),
            redactions: too_few("count", *number),
        };
        self.0.nodes.iter().map(one).collect()
    }

    /// How many belong to each of the programme's working groups.
    fn counts_by_working_group(&self) -> Vec<WorkingGroupCount> {
        let one = |each: &app::WorkingGroupCount| {
            Some(WorkingGroupCount {
                working_group: WorkingGroup::of(each.working_group.clone())?,
                members: count(each.members),
                redactions: too_few("members", each.members),
            })
        };
        self.0.working_groups.iter().filter_map(one).collect()
    }

    /// How many open organisations have their place in each of the programme's cities.
    fn counts_by_city(&self) -> Vec<CityCount> {
        let one = |each: &app::CityCount| {
            Some(CityCount { city: Area::of(each.city.clone())?, organisations: whole(each.organisations) })
        };
        self.0.cities.iter().filter_map(one).collect()
    }

    /// How many relations hold today.
    fn relations(&self) -> i32 {
        whole(self.0.relations)
    }
}

/// How many open organisations there are of a kind.
#[derive(SimpleObject)]
pub struct OrganisationKindCount {
    /// The kind of organisation.
    kind: OrganisationKind,
    /// How many.
    count: i32,
}

/// How many things there are of a type.
#[derive(SimpleObject)]
pub struct NodeTypeCount {
    /// The type.
    #[graphql(name = "type")]
    node_type: NodeType,
    /// How many. Null where that would tell of too few people.
    count: Option<i32>,
    /// What is null here for a reason of policy, and the reason.
    redactions: Vec<Redaction>,
}

/// How many belong to a working group.
#[derive(SimpleObject)]
pub struct WorkingGroupCount {
    /// The working group.
    working_group: WorkingGroup,
    /// How many organisations and people are members, convene it or have a role in it. Null where that would tell of too
    /// few people.
    members: Option<i32>,
    /// What is null here for a reason of policy, and the reason.
    redactions: Vec<Redaction>,
}

/// How many open organisations have their place in a city.
#[derive(SimpleObject)]
pub struct CityCount {
    /// The city, as the area of its council.
    city: Area,
    /// How many.
    organisations: i32,
}

fn too_few(field: &'static str, number: Option<usize>) -> Vec<Redaction> {
    let kept_back = access::Redaction { field, reason: RedactionReason::FewerThanFive };
    if number.is_none() { redactions(&[kept_back]) } else { Vec::new() }
}

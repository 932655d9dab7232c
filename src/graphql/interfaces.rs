//! The interfaces, and the one place where a node that `app` handed out becomes a GraphQL type.

use super::types::{
    Area, Individual, Initiative, Network, Organisation, PopulationSegment, SoftwareProduct, UnderservedGroup,
    WorkingGroup,
};
use crate::access::View;
use crate::model::NodeType;
use async_graphql::{Context, ID, Interface, OutputType, Result};

/// A GraphQL type that shows nodes of certain types.
pub trait Shown: OutputType + Sized + 'static {
    const TYPES: &'static [NodeType];

    /// Nothing if the node is of another type.
    fn of(view: View) -> Option<Self>;
}

/// Anything in the graph that has a key.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The key of this thing. It never changes."))]
pub enum Node {
    Organisation(Organisation),
    Individual(Individual),
    Network(Network),
    WorkingGroup(WorkingGroup),
    Area(Area),
    UnderservedGroup(UnderservedGroup),
    PopulationSegment(PopulationSegment),
    SoftwareProduct(SoftwareProduct),
    Initiative(Initiative),
}

/// Whatever a path may pass: bodies, people, networks, initiatives, and the group at its end.
#[expect(clippy::duplicated_attributes, reason = "two fields of an interface may be of one type")]
#[derive(Interface)]
#[graphql(
    field(name = "id", ty = "ID", desc = "The key of this stakeholder. It never changes."),
    field(
        name = "ref",
        method = "reference",
        ty = "Option<String>",
        desc = "The name by which a register knows it, such as GB-NHS:N81059. Null where your role may not see it."
    ),
    field(name = "name", ty = "Option<String>", desc = "Its name. Null where your role may not see it.")
)]
pub enum Stakeholder {
    Organisation(Organisation),
    Individual(Individual),
    Network(Network),
    WorkingGroup(WorkingGroup),
    UnderservedGroup(UnderservedGroup),
    Initiative(Initiative),
}

impl Shown for Node {
    const TYPES: &'static [NodeType] = NodeType::ALL;

    fn of(view: View) -> Option<Self> {
        Some(match view.node_type {
            NodeType::Organisation => Organisation::of(view)?.into(),
            NodeType::Individual => Individual::of(view)?.into(),
            NodeType::Network => Network::of(view)?.into(),
            NodeType::WorkingGroup => WorkingGroup::of(view)?.into(),
            NodeType::Area => Area::of(view)?.into(),
            NodeType::UnderservedGroup => UnderservedGroup::of(view)?.into(),
            NodeType::PopulationSegment => PopulationSegment::of(view)?.into(),
            NodeType::SoftwareProduct => SoftwareProduct::of(view)?.into(),
            NodeType::Initiative => Initiative::of(view)?.into(),
        })
    }
}

impl Shown for Stakeholder {
    const TYPES: &'static [NodeType] = &[
        NodeType::Organisation,
        NodeType::Individual,
        NodeType::Network,
        NodeType::WorkingGroup,
        NodeType::UnderservedGroup,
        NodeType::Initiative,
    ];

    fn of(view: View) -> Option<Self> {
        match view.node_type {
            NodeType::Organisation => Some(Organisation::of(view)?.into()),
            NodeType::Individual => Some(Individual::of(view)?.into()),
            NodeType::Network => Some(Network::of(view)?.into()),
            NodeType::WorkingGroup => Some(WorkingGroup::of(view)?.into()),
            NodeType::UnderservedGroup => Some(UnderservedGroup::of(view)?.into()),
            NodeType::Initiative => Some(Initiative::of(view)?.into()),
            NodeType::Area | NodeType::PopulationSegment | NodeType::SoftwareProduct => None,
        }
    }
}

/// What the interfaces ask of their types: they call these by name.
macro_rules! keyed {
    ($($name:ident),+) => { $(
        impl $name {
            pub async fn id(&self, _: &Context<'_>) -> Result<ID> {
                Ok(self.view.id.as_str().into())
            }
        }
    )+ };
}
macro_rules! named {
    ($($name:ident),+) => { $(
        impl $name {
            pub async fn reference(&self, _: &Context<'_>) -> Result<Option<String>> {
                Ok(self.view.refs.first().map(ToString::to_string))
            }

            pub async fn name(&self, _: &Context<'_>) -> Result<Option<String>> {
                Ok(self.view.name.clone())
            }
        }
    )+ };
}
keyed!(
    Organisation,
    Individual,
    Network,
    WorkingGroup,
    Area,
    UnderservedGroup,
    PopulationSegment,
    SoftwareProduct,
    Initiative
);
named!(Organisation, Individual, Network, WorkingGroup, UnderservedGroup, Initiative);

/// Stakeholders of an answer, in its order.
pub fn stakeholders(views: &[View]) -> Vec<Stakeholder> {
    views.iter().cloned().filter_map(Stakeholder::of).collect()
}

/// Declares a GraphQL type that shows nodes of one type: what `app` handed out, and what only this type has.
macro_rules! node_type {
    ($name:ident of $body:ident: $facts:ident) => {
        pub struct $name {
            pub(in crate::graphql) view: Box<$crate::access::View>,
            facts: Box<$crate::model::$facts>,
        }

        impl $crate::graphql::interfaces::Shown for $name {
            const TYPES: &'static [$crate::model::NodeType] = &[$crate::model::NodeType::$name];

            fn of(view: $crate::access::View) -> Option<Self> {
                match &view.body {
                    $crate::model::Body::$body(facts) if Self::TYPES.contains(&view.node_type) => {
                        Some(Self { facts: Box::new(facts.clone()), view: Box::new(view) })
                    }
                    _ => None,
                }
            }
        }
    };
}
pub(super) use node_type;

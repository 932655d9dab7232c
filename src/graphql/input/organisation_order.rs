//! The order of a list of organisations.

use crate::graphql::enums::{OrderDirection, OrganisationOrderField};
use crate::snapshot::order::Order;
use async_graphql::InputObject;

/// The order of a list of organisations. Without one it is that of their keys.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct OrganisationOrder {
    /// By what.
    field: OrganisationOrderField,
    /// Which way.
    #[graphql(default_with = "Some(OrderDirection::Asc)")]
    direction: Option<OrderDirection>,
}

impl From<OrganisationOrder> for Order {
    fn from(order: OrganisationOrder) -> Self {
        Self { field: order.field.into(), descending: order.direction == Some(OrderDirection::Desc) }
    }
}

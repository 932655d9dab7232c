//! What a thing in the graph is.

use async_graphql::Enum;

/// What a thing in the graph is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::NodeType")]
pub enum NodeType {
    /// A body: an NHS commissioner, a general practice, a council, a charity, a supplier.
    Organisation,
    /// A person.
    Individual,
    /// People and organisations that meet for a purpose.
    Network,
    /// One of the programme's own working groups.
    WorkingGroup,
    /// A place with an official code, from a nation down to a neighbourhood.
    Area,
    /// A group that services and research keep missing. The fault is not the group's.
    UnderservedGroup,
    /// A slice of the population that the programme plans for, such as people with a certain condition.
    PopulationSegment,
    /// A computer system that practices and others use.
    SoftwareProduct,
    /// A project, workstream or campaign.
    Initiative,
}

//! Whom a path has to pass through.

use super::{NodeRef, few};
use crate::error::AppError;
use crate::graphql::enums::{Formality, NodeType, OrganisationKind};
use crate::outreach::ViaName;
use async_graphql::InputObject;

/// Somebody on the way, neither the first nor the last, that is any one of these: a node named here, or of one of these
/// types, or an organisation of one of these kinds, or a network of this formality. An empty list counts as not given.
#[derive(InputObject, Debug, Clone)]
pub struct ViaInput {
    /// Any of these.
    nodes: Option<Vec<NodeRef>>,
    /// Anything of one of these types.
    types: Option<Vec<NodeType>>,
    /// Any organisation of one of these kinds.
    organisation_kinds: Option<Vec<OrganisationKind>>,
    /// Any network or working group of this formality: INFORMAL for a local network of people who know each other.
    formality: Option<Formality>,
}

impl ViaInput {
    pub fn read(self) -> Result<ViaName, AppError> {
        let nodes = self.nodes.unwrap_or_default();
        few(&nodes, "nodes")?;
        Ok(ViaName {
            nodes: nodes.into_iter().map(Into::into).collect(),
            types: self.types.unwrap_or_default().into_iter().map(Into::into).collect(),
            organisation_kinds: self.organisation_kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            formality: self.formality.map(Into::into),
        })
    }
}

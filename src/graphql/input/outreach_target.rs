//! Where a path is to end.

use super::{NodeRef, OrganisationFilter, few};
use crate::error::AppError;
use crate::outreach::TargetName;
use async_graphql::OneofObject;

/// Where a path is to end. Give exactly one of these.
#[derive(OneofObject, Debug, Clone)]
pub enum OutreachTargetInput {
    /// An under-served group: the path ends with whoever serves it. For a group of practices, at one of them.
    Group(NodeRef),
    /// Any organisation that passes this filter, which may not be empty.
    Organisations(Box<OrganisationFilter>),
    /// Any of these.
    Nodes(Vec<NodeRef>),
}

impl OutreachTargetInput {
    pub fn read(self) -> Result<TargetName, AppError> {
        match self {
            Self::Group(name) => Ok(TargetName::Group(name.into())),
            Self::Organisations(filter) => {
                Ok(TargetName::Organisations(filter.read().map_err(|error| error.at(["organisations"]))?))
            }
            Self::Nodes(names) => {
                few(&names, "nodes")?;
                Ok(TargetName::Nodes(names.into_iter().map(Into::into).collect()))
            }
        }
    }
}

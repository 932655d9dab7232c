//! Where a path may start.

use crate::error::AppError;
use crate::model::NodeRef;
use crate::outreach::SourceName;
use async_graphql::{ID, OneofObject};

/// Where a path may start. Give exactly one of these.
#[derive(OneofObject, Debug, Clone)]
pub enum SourceInput {
    /// A person, organisation, network, working group or initiative, by its key.
    Id(ID),
    /// A person, organisation, network, working group or initiative, by a ref.
    Ref(String),
    /// Write `true`: any member of the engagement team.
    Team(bool),
}

impl SourceInput {
    pub fn read(self) -> Result<SourceName, AppError> {
        match self {
            Self::Id(id) => Ok(SourceName::Node(NodeRef::Id(id.0))),
            Self::Ref(text) => Ok(SourceName::Node(NodeRef::Ref(text))),
            Self::Team(true) => Ok(SourceName::Team),
            Self::Team(false) => {
                Err(AppError::invalid_argument("`team` can only be true: leave it out to start elsewhere").at(["team"]))
            }
        }
    }
}

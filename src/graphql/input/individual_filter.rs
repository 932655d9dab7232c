//! The filter over people as clients write it.

use super::{NodeRef, few, short};
use crate::error::AppError;
use crate::snapshot::people;
use async_graphql::InputObject;

/// Which people: those for whom every given field holds. What your role may not see counts as not known.
#[derive(InputObject, Debug, Clone, Default)]
pub struct IndividualFilter {
    /// Of the engagement team, or not.
    team: Option<bool>,
    /// With a role at this organisation today.
    organisation: Option<NodeRef>,
    /// Belonging to this network, convening it, or with a role in it today.
    network: Option<NodeRef>,
    /// With these words in the title of a role held today; with `organisation`, of a role held there.
    role_title: Option<String>,
    /// Whose name or ref fits these words. Slips of the keyboard are forgiven.
    text: Option<String>,
    /// Made up for trying things out, or not.
    synthetic: Option<bool>,
    /// At least one of these filters holds as well.
    any_of: Option<Vec<IndividualFilter>>,
}

impl IndividualFilter {
    /// The filter as `app` takes it. Refuses lists and texts longer than anybody means.
    pub fn read(self) -> Result<people::IndividualFilter, AppError> {
        short(self.text.as_deref(), "text")?;
        short(self.role_title.as_deref(), "roleTitle")?;
        let parts = self.any_of.unwrap_or_default();
        few(&parts, "anyOf")?;
        let read = |(place, part): (usize, Self)| {
            part.read().map_err(|error| error.at(["anyOf".to_owned(), place.to_string()]))
        };
        Ok(people::IndividualFilter {
            team: self.team,
            organisation: self.organisation.map(Into::into),
            network: self.network.map(Into::into),
            role_title: self.role_title,
            text: self.text,
            synthetic: self.synthetic,
            any_of: parts.into_iter().enumerate().map(read).collect::<Result<_, _>>()?,
        })
    }
}

//! The organisation filter as clients write it.

use super::{IntRange, NodeRef, few, short};
use crate::error::AppError;
use crate::graphql::enums::{Nation, OrganisationKind, Sector};
use crate::graphql::scalars::{Day, Moment};
use crate::model;
use async_graphql::InputObject;

/// Which organisations: those for which every given field holds. An empty list counts as not given.
#[derive(InputObject, Debug, Clone, Default)]
pub struct OrganisationFilter {
    /// Of one of these kinds.
    kind: Option<Vec<OrganisationKind>>,
    /// Of none of these kinds.
    not_kind: Option<Vec<OrganisationKind>>,
    /// Belonging to one of these parts of life.
    sector: Option<Vec<Sector>>,
    /// Working in one of these nations.
    nation: Option<Vec<Nation>>,
    /// Located in this area, or within it.
    area: Option<NodeRef>,
    /// In the geography of this integrated care board (ICB), directly or through its part for one place (sub-ICB).
    icb: Option<NodeRef>,
    /// Commissioned (planned and paid for) by this body.
    commissioned_by: Option<NodeRef>,
    /// Belonging to this network, or convening it.
    network: Option<NodeRef>,
    /// Using one of these computer systems, by ref, name or supplier, such as `SystmOne` or `TPP`.
    uses_software: Option<Vec<String>>,
    /// In a rural place, or not. Those for which it is not known are left out either way.
    rural: Option<bool>,
    /// In these tenths of the nation by deprivation: 1 is the most deprived, 10 the least.
    deprivation_decile: Option<IntRange>,
    /// With so many registered patients.
    list_size: Option<IntRange>,
    /// Serving this under-served group, one within it, or the same one by another name.
    serves_group: Option<NodeRef>,
    /// Open on this day, and judged as things stood then. Without it: today.
    open_as_of: Option<Day>,
    /// Closed ones as well, each judged as it stood on its last day. Not together with `openAsOf`.
    include_closed: Option<bool>,
    /// Made up for trying things out, or not.
    synthetic: Option<bool>,
    /// Changed since this moment.
    updated_since: Option<Moment>,
    /// Whose name, alias or ref fits these words. Slips of the keyboard are forgiven.
    text: Option<String>,
    /// At least one of these filters holds as well.
    any_of: Option<Vec<OrganisationFilter>>,
}

impl OrganisationFilter {
    /// The filter as `app` takes it. Refuses lists and texts longer than anybody means.
    pub fn read(self) -> Result<model::OrganisationFilter, AppError> {
        fn all<A: Into<B>, B>(list: Option<Vec<A>>, argument: &str) -> Result<Option<Vec<B>>, AppError> {
            let Some(list) = list else { return Ok(None) };
            few(&list, argument)?;
            Ok(Some(list.into_iter().map(Into::into).collect()))
        }
        short(self.text.as_deref(), "text")?;
        let any_of = self.any_of.map(|parts| {
            few(&parts, "anyOf")?;
            let read = |(place, part): (usize, Self)| {
                part.read().map_err(|error| error.at(["anyOf".to_owned(), place.to_string()]))
            };
            parts.into_iter().enumerate().map(read).collect()
        });
        Ok(model::OrganisationFilter {
            kind: all(self.kind, "kind")?,
            not_kind: all(self.not_kind, "notKind")?,
            sector: all(self.sector, "sector")?,
            nation: all(self.nation, "nation")?,
            area: self.area.map(Into::into),
            icb: self.icb.map(Into::into),
            commissioned_by: self.commissioned_by.map(Into::into),
            network: self.network.map(Into::into),
            uses_software: all(self.uses_software, "usesSoftware")?,
            rural: self.rural,
            deprivation_decile: self.deprivation_decile.map(Into::into),
            list_size: self.list_size.map(Into::into),
            serves_group: self.serves_group.map(Into::into),
            open_as_of: self.open_as_of.map(|day| day.0),
            include_closed: self.include_closed,
            synthetic: self.synthetic,
            updated_since: self.updated_since.map(|moment| moment.0),
            text: self.text,
            any_of: any_of.transpose()?,
        })
    }
}

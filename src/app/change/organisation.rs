//! What is said of organisations.

use super::common::CommonFields;
use super::faults::{Faults, at};
use super::form::Form;
use super::keep;
use crate::error::AppError;
use crate::model::{
    Body, Nation, NodeRecord, NodeType, OrganisationFacts, OrganisationKind, Patch, RelationKind, Sector,
};

/// What somebody says of an organisation.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct OrganisationFields {
    pub common: CommonFields,
    pub kind: Patch<OrganisationKind>,
    pub sector: Patch<Sector>,
    pub nation: Patch<Nation>,
    pub list_size: Patch<i64>,
    pub deprivation_decile: Patch<i64>,
    pub rural: Patch<bool>,
}

impl Form for OrganisationFields {
    const NAMES: [&'static str; 2] = ["organisationCreate", "organisationUpdate"];
    const TYPES: &'static [NodeType] = &[NodeType::Organisation];
    const ARGUMENT: &'static str = "organisation";
    const AREA: RelationKind = RelationKind::LocatedIn;

    fn common(&self) -> &CommonFields {
        &self.common
    }

    fn start(&self, faults: &mut Faults) -> Option<Body> {
        let Patch::Set(kind) = self.kind else {
            faults.invalid(&at("kind"), "a kind is needed");
            return None;
        };
        Some(Body::Organisation(OrganisationFacts {
            kind,
            sector: None,
            nation: None,
            list_size: None,
            deprivation_decile: None,
            rural: None,
        }))
    }

    fn own_onto(&self, record: &mut NodeRecord, faults: &mut Faults) {
        let Body::Organisation(facts) = &mut record.node.body else { return };
        let kept = keep(self.kind, &mut facts.kind, "a kind");
        faults.keep(&at("kind"), kept);
        self.sector.onto(&mut facts.sector);
        self.nation.onto(&mut facts.nation);
        self.rural.onto(&mut facts.rural);
        number(self.list_size, &mut facts.list_size, 0..=i64::from(i32::MAX), "listSize", faults);
        number(self.deprivation_decile, &mut facts.deprivation_decile, 1..=10, "deprivationDecile", faults);
    }
}

/// A whole number within a range.
fn number<T: TryFrom<i64>>(
    patch: Patch<i64>,
    slot: &mut Option<T>,
    range: std::ops::RangeInclusive<i64>,
    field: &str,
    faults: &mut Faults,
) {
    match patch {
        Patch::Leave => {}
        Patch::Clear => *slot = None,
        Patch::Set(value) => {
            let (from, to) = (range.start(), range.end());
            let words = || AppError::invalid_argument(format!("a whole number from {from} to {to}, not {value}"));
            let fits = range.contains(&value).then(|| T::try_from(value).ok()).flatten();
            *slot = faults.keep(&at(field), fits.ok_or_else(words));
        }
    }
}

//! Published grants in the 360Giving standard (JSON, a package of grants): who funded whom, and where it was to help.
//! Grants to people are left out, and so are descriptions, which may speak of people.

mod package;

use super::{
    Batch, RawFile, Row,
    report::Origin,
    sheets::{Facts, NodeRow, OrganisationCells, RelationCells, RelationRow},
};
use crate::model::{
    Date, EvidenceKind, Invalid, OrganisationKind, Ref, RelationKind, Sector, Validity,
    text::{checked_name, checked_postcode, checked_website},
};
use package::{Grant, Location, Organisation};
use std::{cmp::Reverse, sync::Arc};

#[derive(Debug, Clone, Default)]
pub struct GrantsOptions {
    /// The data set's name; default: the file's.
    pub source: Option<String>,
}

/// Reads a package. A line of its report is a grant's place in the list.
pub fn grants(file: &RawFile, options: &GrantsOptions) -> Batch {
    let mut batch = Batch::default();
    let values = match package::grants_of(&file.bytes) {
        Ok(values) => values,
        Err(reason) => {
            batch.report.refuse_file(&file.label, reason, 0);
            return batch;
        }
    };
    let source: Arc<str> = options.source.as_deref().unwrap_or(&file.name).into();
    // The newest award's name and postcode win, so they come first, and later ones fill gaps.
    let mut bodies: Vec<(Reverse<Option<Date>>, Row<NodeRow>)> = Vec::new();
    for (place, value) in values.into_iter().enumerate() {
        batch.report.rows_read += 1;
        let line = u32::try_from(place + 1).unwrap_or(u32::MAX);
        let origin = Origin { file: file.label.clone(), line };
        let row = |cells| Row { origin: origin.clone(), source: source.clone(), cells };
        let told = Grant::read(value).and_then(|grant| {
            if grant.recipients.is_empty() && grant.to_a_person { Ok(None) } else { told(&grant).map(Some) }
        });
        match told {
            Ok(None) => batch.report.leave_out(&origin, "a grant to a person; never imported"),
            Ok(Some(told)) => {
                bodies.extend(told.bodies.into_iter().map(|body| (Reverse(told.awarded), row(body))));
                let relation = |cells| Row { origin: origin.clone(), source: source.clone(), cells };
                batch.relations.extend(told.relations.into_iter().map(relation));
                let refusal = |(place, Invalid(reason)): (String, _)| {
                    origin.refusal(Some("beneficiaryLocation"), Some(&place), reason, true)
                };
                batch.report.refused.extend(told.unplaced.into_iter().map(refusal));
            }
            Err((field, Invalid(reason))) => {
                batch.report.refused_rows += 1;
                batch.report.refused.push(origin.refusal(Some(field), None, reason, false));
            }
        }
    }
    bodies.sort_by_key(|(awarded, _)| *awarded);
    batch.nodes.extend(bodies.into_iter().map(|(_, row)| row));
    batch
}

/// A field of a grant and why it cannot be taken.
type Objection = (&'static str, Invalid);

/// What one grant tells.
struct Told {
    awarded: Option<Date>,
    bodies: Vec<NodeRow>,
    relations: Vec<RelationRow>,
    /// Places without a usable code.
    unplaced: Vec<(String, Invalid)>,
}

fn told(grant: &Grant) -> Result<Told, Objection> {
    let awarded = grant.awarded;
    let valid_to = grant.ended.map(super::cells::day_after).transpose().map_err(|invalid| ("plannedDates", invalid))?;
    let valid_from = grant.started.or(awarded);
    Validity::new(valid_from, valid_to).map_err(|invalid| ("plannedDates", invalid))?;
    let funder = grant.funders.first().ok_or(("fundingOrganization", Invalid::new("names no funder")))?;
    let funder_refs = refs(funder).map_err(|invalid| ("fundingOrganization", invalid))?;
    if grant.recipients.is_empty() {
        return Err(("recipientOrganization", Invalid::new("names no recipient")));
    }
    let mut told = Told { awarded, bodies: Vec::new(), relations: Vec::new(), unplaced: Vec::new() };
    let mut areas = Vec::new();
    for location in &grant.locations {
        match area(location) {
            Ok(area) => areas.extend(area),
            Err(invalid) => told.unplaced.push((location.shown(), invalid)),
        }
    }
    for recipient in &grant.recipients {
        let refs = refs(recipient).map_err(|invalid| ("recipientOrganization", invalid))?;
        let funds = RelationCells {
            title: Some(grant.id.clone()),
            valid_from,
            valid_to,
            last_confirmed_on: awarded,
            note: grant.amount.clone(),
            ..RelationCells::new(EvidenceKind::Documented)
        };
        told.relations.push(RelationRow {
            kind: RelationKind::Funds,
            from: funder_refs[0].clone(),
            to: refs[0].clone(),
            cells: funds,
        });
        told.relations.extend(areas.iter().map(|area| RelationRow {
            kind: RelationKind::Covers,
            from: refs[0].clone(),
            to: area.clone(),
            cells: RelationCells { last_confirmed_on: awarded, ..RelationCells::new(EvidenceKind::Imported) },
        }));
        told.bodies.push(body(recipient, refs).map_err(|invalid| ("recipientOrganization", invalid))?);
    }
    told.bodies.push(body(funder, funder_refs).map_err(|invalid| ("fundingOrganization", invalid))?);
    Ok(told)
}

/// A body as a grant knows it: by the way, so it corrects nothing that is recorded of it.
fn body(organisation: &Organisation, refs: Vec<Ref>) -> Result<NodeRow, Invalid> {
    let cells = OrganisationCells {
        kind: Some(OrganisationKind::Vcfse),
        sector: Some(Sector::VoluntaryAndCommunity),
        nation: None,
        postcode: organisation.postcode.as_deref().and_then(|text| checked_postcode(text).ok()),
        website: organisation.url.as_deref().and_then(|text| checked_website(text).ok()),
    };
    Ok(NodeRow {
        name: Some(checked_name(&organisation.name)?),
        fills_gaps: true,
        ..NodeRow::new(refs, Facts::Organisation(cells))
    })
}

/// Every ref of a body: its org-id, then its charity and company numbers. Never empty.
fn refs(organisation: &Organisation) -> Result<Vec<Ref>, Invalid> {
    let mut refs = vec![Ref::parse_org_id(&organisation.id)?];
    if refs[0].names_only_areas() {
        return Err(Invalid::new(format!("`{}` names an area", organisation.id)));
    }
    let charity = organisation.charity_number.as_deref().map(compact).filter(|number| !number.is_empty());
    if let Some(number) = charity {
        let scheme = if number.starts_with("SC") {
            "GB-SC"
        } else if number.starts_with("NIC") {
            "GB-NIC"
        } else {
            "GB-CHC"
        };
        refs.push(Ref::new(scheme, &number)?);
    }
    let company = organisation.company_number.as_deref().map(compact).filter(|number| !number.is_empty());
    if let Some(number) = company {
        // Companies House numbers have eight characters; spreadsheets eat leading zeros.
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        refs.push(Ref::new("GB-COH", &if digits { format!("{number:0>8}") } else { number })?);
    }
    refs.dedup();
    Ok(refs)
}

fn compact(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// The area of a place, where it has a code. The code's first three characters are its family, whichever name
/// `geoCodeType` gives that.
fn area(location: &Location) -> Result<Option<Ref>, Invalid> {
    let Some(code) = location.code.as_deref().map(str::trim).filter(|code| !code.is_empty()) else {
        return Ok(None);
    };
    let family = code.get(..3).unwrap_or(code);
    if family == "E01" {
        return Err(Invalid::new("an LSOA code without its year: codes of 2011 and 2021 overlap"));
    }
    let area = Ref::new(family, code)?;
    if area.may_name_area() { Ok(Some(area)) } else { Err(Invalid::new("not the code of an area")) }
}

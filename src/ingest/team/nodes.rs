//! The team sheets whose rows are things: organisations, people, networks, groups, areas and the smaller lists.

use crate::{
    ingest::{
        cells::{RowReader, text},
        sheets::{End, Facts, GroupCells, IndividualCells, NetworkCells, NodeRow, OrganisationCells},
    },
    model::{
        GroupKind, Invalid, OrganisationFilter, Ref, Validity,
        text::{checked_name, checked_postcode, checked_website},
    },
};

/// The columns that every sheet of things has, as far as this one has them. `refs` may hold several, all of them names
/// for the same thing.
fn node(row: &mut RowReader<'_>, facts: Facts) -> Option<NodeRow> {
    let of_areas = matches!(facts, Facts::Area { .. });
    let may_name = |reference: &Ref| if of_areas { reference.may_name_area() } else { !reference.names_only_areas() };
    let refs = row.list("ref", |text| {
        let reference = Ref::parse(text)?;
        if may_name(&reference) {
            Ok(reference)
        } else if of_areas {
            Err(Invalid::new(format!("`{}` names no areas", reference.scheme())))
        } else {
            Err(Invalid::new(format!("`{}` names areas only", reference.scheme())))
        }
    });
    row.needed("ref", |_| Ok(()));
    let name = row.read("name", checked_name);
    let valid_from = row.day("valid_from");
    let valid_to = row.day("valid_to");
    if let Err(Invalid(reason)) = Validity::new(valid_from, valid_to) {
        row.refuse("valid_to", reason);
    }
    let areas = row.refs("area");
    if areas.iter().any(|area| !area.may_name_area()) {
        row.refuse("area", "this names no area; write for example E08:E08000012");
    }
    let node = NodeRow {
        name,
        aliases: row.list("aliases", checked_name),
        valid_from,
        valid_to: valid_to.map_or(End::Unsaid, End::On),
        do_not_approach_until: row.day("do_not_approach_until"),
        synthetic: row.flag("synthetic"),
        areas,
        ..NodeRow::new(refs, facts)
    };
    (!node.refs.is_empty()).then_some(node)
}

pub(super) fn organisation(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let cells = OrganisationCells {
        kind: row.code("kind"),
        sector: row.code("sector"),
        nation: row.code("nation"),
        postcode: row.read("postcode", checked_postcode),
        website: row.read("website", checked_website),
    };
    node(row, Facts::Organisation(cells))
}

pub(super) fn individual(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let cells = IndividualCells {
        team: row.flag("team"),
        email: row.text("email"),
        phone: row.text("phone"),
        languages: row.list("languages", text),
        lived_experience: row.list("lived_experience", text),
        contact: row.code("consent_contact"),
        introduce: row.code("consent_introduce"),
    };
    node(row, Facts::Individual(Box::new(cells)))
}

pub(super) fn network(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let working_group = row.read("kind", |kind| match kind {
        "WORKING_GROUP" => Ok(true),
        "NETWORK" => Ok(false),
        _ => Err(Invalid::new("write WORKING_GROUP, or leave it blank")),
    });
    let cells = NetworkCells { working_group, formality: row.code("formality"), purpose: row.text("purpose") };
    node(row, Facts::Network(cells))
}

pub(super) fn group(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let kind = row.code("kind");
    let members = row.read("members", OrganisationFilter::from_json);
    if members.as_ref().is_some_and(OrganisationFilter::is_empty) {
        row.refuse("members", "a filter that asks for nothing would take in every organisation");
    }
    if members.is_some() && kind == Some(GroupKind::Population) {
        row.refuse("members", "a filter is for groups of kind PRACTICE");
    }
    let mut areas = row.refs("area");
    if areas.len() > 1 {
        row.refuse("area", "a group has one area at most");
    }
    let cells = GroupCells {
        kind,
        framework: row.text("framework"),
        category: row.text("category"),
        area: areas.pop(),
        parents: row.refs("parent"),
        same_as: row.refs("same_as"),
        members,
    };
    // Its area is a fact of its own, not a relation.
    node(row, Facts::Group(Box::new(cells))).map(|node| NodeRow { areas: Vec::new(), ..node })
}

pub(super) fn area(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let parents = row.refs("parents");
    if parents.iter().any(|parent| !parent.may_name_area()) {
        row.refuse("parents", "the parents of an area are areas");
    }
    node(row, Facts::Area { parents })
}

pub(super) fn software(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let facts = Facts::Software { supplier: row.text("supplier"), nation: row.text("nation") };
    node(row, facts)
}

pub(super) fn initiative(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let facts = Facts::Initiative { kind: row.text("kind") };
    node(row, facts)
}

pub(super) fn segment(row: &mut RowReader<'_>) -> Option<NodeRow> {
    let facts = Facts::Segment { description: row.text("description") };
    node(row, facts)
}

//! The team sheets whose rows are about things told elsewhere: relations, attributes, and the sources of it all.

use crate::{
    ingest::{
        cells::{RowReader, flag, text, whole},
        sheets::{Attribute, AttributeRow, RelationCells, RelationRow},
    },
    model::{
        Invalid, Ref, RelationKind, Source, Validity,
        text::{checked_name, checked_website},
    },
};

pub(super) fn relation(row: &mut RowReader<'_>) -> Option<RelationRow> {
    let kind: Option<RelationKind> = row.needed("kind", str::parse);
    let from = row.needed("from", Ref::parse);
    let to = row.needed("to", Ref::parse);
    let evidence = row.needed("evidence", str::parse);
    let cells = RelationCells {
        title: row.text("title"),
        mode: row.code("mode"),
        strength: row.read("strength", strength),
        one_way: row.flag("one_way"),
        champion: row.flag("champion"),
        gatekeeper: row.flag("gatekeeper"),
        valid_from: row.day("valid_from"),
        valid_to: row.day("valid_to"),
        last_confirmed_on: row.day("last_confirmed_on"),
        note: row.text("note"),
        synthetic: row.flag("synthetic"),
        ..RelationCells::new(evidence?)
    };
    let (kind, from, to) = (kind?, from?, to?);
    if let Err(Invalid(reason)) = Validity::new(cells.valid_from, cells.valid_to) {
        row.refuse("valid_to", reason);
    }
    match (kind.has_mode(), cells.mode) {
        (true, None) => row.refuse("mode", format!("{kind} needs a mode")),
        (false, Some(_)) => row.refuse("mode", format!("a mode is for SERVES, not for {kind}")),
        _ => {}
    }
    if cells.one_way == Some(true) && kind != RelationKind::Knows {
        row.refuse("one_way", format!("one_way is for KNOWS, not for {kind}"));
    }
    for (column, cell) in [("champion", cells.champion), ("gatekeeper", cells.gatekeeper)] {
        if cell == Some(true) && kind != RelationKind::RoleAt {
            row.refuse(column, format!("{column} is for ROLE_AT, not for {kind}"));
        }
    }
    Some(RelationRow { kind, from, to, cells })
}

fn strength(text: &str) -> Result<f64, Invalid> {
    text.parse()
        .ok()
        .filter(|strength| *strength > 0.0 && *strength <= 1.0)
        .ok_or_else(|| Invalid::new("a strength is above 0 and at most 1"))
}

pub(super) fn attribute(row: &mut RowReader<'_>) -> Option<AttributeRow> {
    let reference = row.needed("ref", Ref::parse);
    let name = row.needed("attribute", |name| Ok(name.to_owned()));
    let (reference, name) = (reference?, name?);
    let attribute = match name.as_str() {
        "list_size" => row.read("value", whole).map(Attribute::ListSize),
        "deprivation_decile" => row.read("value", decile).map(Attribute::DeprivationDecile),
        "deprivation_rank" => row.read("value", rank).map(Attribute::DeprivationRank),
        "rural" => row.read("value", flag).map(Attribute::Rural),
        "small_areas" => row.read("value", whole).map(Attribute::SmallAreas),
        "deprived_small_areas" => row.read("value", whole).map(Attribute::DeprivedSmallAreas),
        "rural_small_areas" => row.read("value", whole).map(Attribute::RuralSmallAreas),
        "alias" => row.read("value", checked_name).map(Attribute::Alias),
        "identifier" => row.read("value", Ref::parse).map(Attribute::Identifier),
        _ => {
            row.refuse(
                "attribute",
                "not one of list_size, deprivation_decile, deprivation_rank, rural, small_areas, \
                 deprived_small_areas, rural_small_areas, alias, identifier",
            );
            None
        }
    };
    Some(AttributeRow { reference, attribute })
}

fn decile(text: &str) -> Result<u8, Invalid> {
    whole(text).ok().filter(|decile| (1..=10).contains(decile)).ok_or_else(|| Invalid::new("a decile is from 1 to 10"))
}

fn rank(text: &str) -> Result<u32, Invalid> {
    whole(text).ok().filter(|rank| *rank > 0).ok_or_else(|| Invalid::new("a rank is a whole number from 1"))
}

pub(super) fn source(row: &mut RowReader<'_>) -> Option<Source> {
    let name = row.needed("source", text);
    let source = Source {
        name: name?,
        publisher: row.text("publisher"),
        licence: row.text("licence"),
        published_on: row.day("published_on"),
        url: row.read("url", checked_website),
    };
    Some(source)
}

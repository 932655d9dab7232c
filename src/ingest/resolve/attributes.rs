//! What attribute rows say of the nodes they name.

use super::{
    draft::Draft,
    nodes::{add_alias, add_refs, add_source},
    tally::Touched,
};
use crate::{
    ingest::{
        Row,
        sheets::{Attribute, AttributeRow},
    },
    model::{Body, Node},
};

impl Draft<'_> {
    pub(super) fn put_attributes(&mut self, rows: &[Row<AttributeRow>], claimed: Vec<Result<usize, String>>) {
        for (row, claimed) in rows.iter().zip(claimed) {
            let shown = row.cells.reference.to_string();
            let done = claimed.map_err(|reason| ("ref", reason)).and_then(|set| {
                let place = self.place(set);
                self.put_attribute(row, place)
            });
            if let Err((column, reason)) = done {
                self.refuse(&row.origin, column, Some(&shown), reason);
            }
        }
    }

    fn put_attribute(&mut self, row: &Row<AttributeRow>, place: usize) -> Result<(), (&'static str, String)> {
        let AttributeRow { reference, attribute } = &row.cells;
        let before =
            self.records[place].as_ref().ok_or(("ref", "the row that would make it was refused".to_owned()))?;
        let Some(attribute) = attribute else {
            self.tally.touch(&row.origin, Touched::Node(place), false);
            return Ok(());
        };
        let mut record = before.clone();
        if !set(&mut record.node, attribute) {
            let noun = record.node.node_type().noun();
            return Err(("attribute", format!("{reference} is of type {noun}, which has no such attribute")));
        }
        add_source(&mut record.details, &row.source);
        self.put_record(row, place, record);
        Ok(())
    }
}

/// Sets an attribute; false where this type of node has none such.
fn set(node: &mut Node, attribute: &Attribute) -> bool {
    match attribute {
        Attribute::Alias(alias) => add_alias(node, alias),
        Attribute::Identifier(identifier) => add_refs(node, std::slice::from_ref(identifier)),
        Attribute::ListSize(_)
        | Attribute::DeprivationDecile(_)
        | Attribute::DeprivationRank(_)
        | Attribute::Rural(_)
        | Attribute::SmallAreas(_)
        | Attribute::DeprivedSmallAreas(_)
        | Attribute::RuralSmallAreas(_) => return set_figure(&mut node.body, attribute),
    }
    true
}

fn set_figure(body: &mut Body, attribute: &Attribute) -> bool {
    match (body, attribute) {
        (Body::Organisation(facts), Attribute::ListSize(size)) => facts.list_size = Some(*size),
        (Body::Organisation(facts), Attribute::DeprivationDecile(decile)) => facts.deprivation_decile = Some(*decile),
        (Body::Organisation(facts), Attribute::Rural(rural)) => facts.rural = Some(*rural),
        (Body::Area(facts), Attribute::DeprivationDecile(decile)) => facts.deprivation_decile = Some(*decile),
        (Body::Area(facts), Attribute::DeprivationRank(rank)) => facts.deprivation_rank = Some(*rank),
        (Body::Area(facts), Attribute::Rural(rural)) => facts.rural = Some(*rural),
        (Body::Area(facts), Attribute::SmallAreas(count)) => facts.small_areas = Some(*count),
        (Body::Area(facts), Attribute::DeprivedSmallAreas(count)) => facts.deprived_small_areas = Some(*count),
        (Body::Area(facts), Attribute::RuralSmallAreas(count)) => facts.rural_small_areas = Some(*count),
        _ => return false,
    }
    true
}

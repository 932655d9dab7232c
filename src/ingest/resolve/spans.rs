//! From when to when things are valid, once all rows have been read: one row may tell the first day and another the end.

use super::draft::Draft;
use crate::{
    ingest::{
        Row,
        sheets::{End, NodeRow},
    },
    model::{Date, Invalid, Validity},
};
use std::collections::BTreeMap;

/// What rows say of one thing's days, and the last row that says any.
struct Span<'r> {
    row: &'r Row<NodeRow>,
    from: Option<Date>,
    to: End,
}

impl Draft<'_> {
    pub(super) fn put_spans(&mut self, rows: &[Row<NodeRow>], places: &[Option<usize>]) {
        let mut spans: BTreeMap<usize, Span<'_>> = BTreeMap::new();
        for (row, place) in rows.iter().zip(places) {
            let NodeRow { valid_from, valid_to, .. } = row.cells;
            let Some(place) = place.filter(|_| valid_from.is_some() || valid_to != End::Unsaid) else { continue };
            let span = spans.entry(place).or_insert(Span { row, from: None, to: End::Unsaid });
            span.row = row;
            span.from = valid_from.or(span.from);
            span.to = if valid_to == End::Unsaid { span.to } else { valid_to };
        }
        for (place, Span { row, from, to }) in spans {
            let Some(mut record) = self.records[place].clone() else { continue };
            let known = record.node.validity;
            let to = match to {
                End::Unsaid => known.to,
                End::On(day) => Some(day),
                End::By(day) => Some(known.to.map_or(day, |known| known.min(day))),
                End::Open => None,
            };
            match Validity::new(from.or(known.from), to) {
                Ok(validity) => {
                    record.node.validity = validity;
                    self.put_record(row, place, record);
                }
                Err(Invalid(reason)) => self.refuse(&row.origin, "valid_to", None, reason),
            }
        }
    }
}

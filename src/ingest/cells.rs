//! Reading the cells of one row: each either holds what its column is for, or becomes a refusal that says why not.
//! For the parsers of this room.

use super::{
    report::{Origin, Refusal, Report},
    table::{Line, Table},
};
use crate::model::{Date, Invalid, Ref, parse_day, text::lines};
use rustc_hash::FxHashMap;
use std::{str::FromStr, sync::Arc};

/// Longer texts are no cell of a sheet.
const MAX_TEXT: usize = 2_000;

/// The columns a sheet may have.
pub(super) struct Shape {
    pub needed: &'static [&'static str],
    pub optional: &'static [&'static str],
    /// Columns whose cells speak of a person: reports do not repeat them.
    pub personal: &'static [&'static str],
}

/// Where the columns of a sheet stand in this file.
pub(super) struct Columns(FxHashMap<&'static str, usize>);

impl Columns {
    /// Finds a sheet's columns under its header; refuses the file where one that is needed is missing or one stands twice.
    pub fn of(table: &Table, shape: &Shape, report: &mut Report) -> Option<Self> {
        let mut places = FxHashMap::default();
        let mut twice = Vec::new();
        let mut unknown = Vec::new();
        for (place, header) in table.header.iter().enumerate() {
            match shape.needed.iter().chain(shape.optional).find(|name| *name == header) {
                Some(name) if places.insert(*name, place).is_some() => twice.push(*name),
                Some(_) => {}
                None if header.is_empty() => {}
                None => unknown.push(header.as_str()),
            }
        }
        let missing: Vec<&str> = shape.needed.iter().filter(|name| !places.contains_key(*name)).copied().collect();
        // The rows were counted as read when the table was made.
        let refused = table.rows.len() as u64;
        if !missing.is_empty() || !twice.is_empty() {
            let reason = if missing.is_empty() {
                format!("the header names {} twice", twice.join(", "))
            } else {
                format!("the header lacks {}; it is: {}", missing.join(", "), table.header.join(", "))
            };
            report.refuse_file(&table.file, reason, 0);
            report.refused_rows += refused;
            return None;
        }
        if !unknown.is_empty() {
            report.remark(&table.file, format!("columns we do not know are left out: {}", unknown.join(", ")));
        }
        Some(Self(places))
    }
}

/// One row, read column by column. What cannot be read is collected until `finish`.
pub(super) struct RowReader<'a> {
    columns: &'a Columns,
    personal: &'static [&'static str],
    line: &'a Line,
    pub origin: Origin,
    file_source: Arc<str>,
    problems: Vec<Refusal>,
}

impl<'a> RowReader<'a> {
    pub fn new(table: &Table, columns: &'a Columns, shape: &Shape, line: &'a Line) -> Self {
        Self {
            columns,
            personal: shape.personal,
            line,
            origin: table.origin(line),
            file_source: table.source.clone(),
            problems: Vec::new(),
        }
    }

    fn raw(&self, column: &str) -> Option<&'a str> {
        let place = self.columns.0.get(column)?;
        self.line.cells.get(*place).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Refuses the row for what a column holds, or lacks.
    pub fn refuse(&mut self, column: &str, reason: impl Into<String>) {
        let shown = self.raw(column).filter(|_| !self.personal.contains(&column));
        self.problems.push(self.origin.refusal(Some(column), shown, reason, false));
    }

    /// What the cell holds, if it holds anything that can be read.
    pub fn read<T>(&mut self, column: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        match parse(self.raw(column)?) {
            Ok(value) => Some(value),
            Err(Invalid(reason)) => {
                self.refuse(column, reason);
                None
            }
        }
    }

    /// As `read`, for a cell that must hold something.
    pub fn needed<T>(&mut self, column: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Option<T> {
        if self.raw(column).is_none() {
            self.refuse(column, "must not be blank");
        }
        self.read(column, parse)
    }

    pub fn code<T: FromStr<Err = Invalid>>(&mut self, column: &str) -> Option<T> {
        self.read(column, str::parse)
    }

    pub fn day(&mut self, column: &str) -> Option<Date> {
        self.read(column, parse_day)
    }

    pub fn flag(&mut self, column: &str) -> Option<bool> {
        self.read(column, flag)
    }

    pub fn text(&mut self, column: &str) -> Option<String> {
        self.read(column, text)
    }

    /// The parts of a list cell, each read on its own.
    pub fn list<T>(&mut self, column: &str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Vec<T> {
        let parts = self.raw(column).unwrap_or_default().split('|').map(str::trim).filter(|part| !part.is_empty());
        let mut values = Vec::new();
        for part in parts {
            match parse(part) {
                Ok(value) => values.push(value),
                Err(Invalid(reason)) => self.refuse(column, reason),
            }
        }
        values
    }

    pub fn refs(&mut self, column: &str) -> Vec<Ref> {
        self.list(column, Ref::parse)
    }

    pub fn source(&mut self) -> Arc<str> {
        self.text("source").map_or_else(|| self.file_source.clone(), Into::into)
    }

    /// Whether the row can be taken; if not, it is counted and its refusals are told.
    pub fn finish(self, report: &mut Report) -> bool {
        let fine = self.problems.is_empty();
        report.refused_rows += u64::from(!fine);
        report.refused.extend(self.problems);
        fine
    }
}

/// Free words: one line or several, of bearable length.
pub(super) fn text(text: &str) -> Result<String, Invalid> {
    lines(text, MAX_TEXT)
}

pub(super) fn flag(text: &str) -> Result<bool, Invalid> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Invalid::new("write true, or leave it blank")),
    }
}

/// A whole number, also where a program wrote it as `10.0`.
pub(super) fn whole<T: FromStr>(text: &str) -> Result<T, Invalid> {
    let digits =
        text.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map_or(text, |(whole, _)| whole);
    digits.parse().map_err(|_| Invalid::new("not a whole number in range"))
}

/// A day as NHS registers write it, `20260401`, or as we do.
pub(super) fn register_day(text: &str) -> Result<Date, Invalid> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        parse_day(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
            .map_err(|_| Invalid::new(format!("`{text}` is not a day")))
    } else {
        parse_day(text)
    }
}

/// The first day after a last day of validity, which is what registers give.
pub(super) fn day_after(last: Date) -> Result<Date, Invalid> {
    last.tomorrow().map_err(|_| Invalid::new("no day comes after it"))
}

//! From bytes to rows of text: CSV in any encoding people have, and the sheets of a workbook. For the parsers of this
//! room; it knows columns and lines, never what they mean.

mod csv_text;
mod workbook;

pub(super) use csv_text::read_csv;

use super::{RawFile, Report, report::Origin};
use csv::StringRecord;
use std::sync::Arc;

/// A cell longer than this is a quote that was never closed.
const MAX_CELL: usize = 20_000;

/// Rows of text under a header row.
#[derive(Debug)]
pub(super) struct Table {
    /// The sheet's name, or the file's without its ending; lower case.
    pub sheet: String,
    pub file: Arc<str>,
    /// What counts as the source of rows that name none.
    pub source: Arc<str>,
    /// Lower case, words joined by `_`.
    pub header: Vec<String>,
    pub rows: Vec<Line>,
}

/// One row of cells and the line of the file on which it starts.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub number: u32,
    pub cells: StringRecord,
}

impl Table {
    pub fn origin(&self, line: &Line) -> Origin {
        Origin { file: self.file.clone(), line: line.number }
    }
}

/// The tables of a file, whichever kind of file it is. What cannot be read is refused in the report.
pub(super) fn read_tables(file: &RawFile, report: &mut Report) -> Vec<Table> {
    if is_workbook(file) {
        return workbook::read_workbook(file, report);
    }
    let sheet = file.name.rsplit_once('.').map_or(&*file.name, |(stem, _)| stem);
    let lines = read_csv(file, report);
    table(sheet, &file.label, &file.name, lines, report).into_iter().collect()
}

pub(super) fn is_workbook(file: &RawFile) -> bool {
    file.bytes.starts_with(b"PK\x03\x04")
}

/// Splits off the header and sorts out rows that do not fit under it.
fn table(sheet: &str, label: &Arc<str>, source: &Arc<str>, lines: Vec<Line>, report: &mut Report) -> Option<Table> {
    let mut lines = lines.into_iter();
    // No lines: the file was refused, or is an empty sheet of a workbook.
    let header: Vec<String> = lines.next()?.cells.iter().map(normalised).collect();
    let width = header.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        report.rows_read += 1;
        let origin = Origin { file: label.clone(), line: line.number };
        let cells = line.cells.len();
        if line.cells.iter().any(|cell| cell.len() > MAX_CELL) {
            report.refuse_row(&origin, "a cell is longer than any should be; is a quote left open?");
        } else if line.cells.iter().skip(width).any(|cell| !cell.trim().is_empty()) {
            let reason =
                format!("{cells} cells under {width} columns; a cell that holds a comma needs quotes around it");
            report.refuse_row(&origin, reason);
        } else {
            if cells < width {
                report.remark_row(&origin, "fewer cells than columns; the missing ones count as blank");
            }
            rows.push(line);
        }
    }
    if rows.is_empty() {
        report.remark(label, "no rows under the header");
    }
    let header = header.into_iter().take(width).collect();
    Some(Table { sheet: sheet.trim().to_lowercase(), file: label.clone(), source: source.clone(), header, rows })
}

/// A column's or sheet's name without the accidents of case, spaces and line breaks.
pub(super) fn normalised(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("_").to_lowercase()
}

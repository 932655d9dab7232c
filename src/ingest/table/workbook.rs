//! The sheets of an XLSX workbook as rows of text, cell by cell, so that one stray cell far out costs nothing.
//! Days become ISO days; whole numbers have no decimals.

use super::{Line, Table, table};
use crate::ingest::{RawFile, Report};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use csv::StringRecord;
use std::{collections::BTreeMap, io::Cursor, sync::Arc};

/// No sheet of ours has as many columns; cells beyond are left out.
const MAX_COLUMNS: u32 = 200;

pub(super) fn read_workbook(file: &RawFile, report: &mut Report) -> Vec<Table> {
    let mut book: Xlsx<_> = match open_workbook_from_rs(Cursor::new(file.bytes.as_slice())) {
        Ok(book) => book,
        Err(error) => {
            let error: XlsxError = error;
            report.refuse_file(&file.label, format!("not a workbook that can be read: {error}"), 0);
            return Vec::new();
        }
    };
    let mut tables = Vec::new();
    for sheet in book.sheet_names() {
        let label: Arc<str> = format!("{}, sheet {sheet}", file.label).into();
        match read_sheet(&mut book, &sheet, &label, report) {
            Ok(lines) if lines.is_empty() => report.remark(&label, "the sheet is empty"),
            Ok(lines) => tables.extend(table(&sheet, &label, &file.name, lines, report)),
            Err(error) => report.refuse_file(&label, format!("the sheet cannot be read: {error}"), 0),
        }
    }
    tables
}

fn read_sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    label: &Arc<str>,
    report: &mut Report,
) -> Result<Vec<Line>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut beyond = false;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        if column >= MAX_COLUMNS {
            beyond = true;
            continue;
        }
        let row = rows.entry(row).or_default();
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text;
    }
    if beyond {
        report.remark(label, format!("cells beyond column {MAX_COLUMNS} are left out"));
    }
    // Workbooks do not keep empty cells, so a short row is no accident there.
    let width = rows.values().map(Vec::len).max().unwrap_or(0);
    let line = |(row, mut cells): (u32, Vec<String>)| {
        cells.resize(width, String::new());
        Line { number: row.saturating_add(1), cells: StringRecord::from(cells) }
    };
    Ok(rows.into_iter().map(line).collect())
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Displays without a decimal point when there is nothing behind it.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => day_of(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.split_once('T').map_or(text.as_str(), |(day, _)| day).to_owned()
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn day_of(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

use super::{World, day};
use crate::{
    ingest::{RawFile, team},
    model::RelationKind,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

#[test]
fn a_workbook_reads_like_a_folder_of_sheets() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Organisations").unwrap();
    for (column, header) in (0..).zip(["ref", "Name", " kind ", "Valid\nFrom", "synthetic", "source"]) {
        sheet.write(0, column, header).unwrap();
    }
    for (row, code) in (1..).zip(["GB-CHC:1", "GB-CHC:2"]) {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, 42).unwrap();
        sheet.write(row, 2, "VCFSE").unwrap();
    }
    sheet.write_with_format(1, 3, ExcelDateTime::from_ymd(2024, 2, 29).unwrap(), &date).unwrap();
    sheet.write(1, 4, true).unwrap();
    // Far out of the table, as stray cells are.
    sheet.write(1_000_000, 16_000, "stray").unwrap();
    let sheet = book.add_worksheet().set_name("attributes").unwrap();
    for (column, header) in (0..).zip(["ref", "attribute", "value"]) {
        sheet.write(0, column, header).unwrap();
    }
    for (column, cell) in (0..).zip(["GB-CHC:1", "list_size"]) {
        sheet.write(1, column, cell).unwrap();
    }
    sheet.write(1, 2, 3000).unwrap();
    let sheet = book.add_worksheet().set_name("relations").unwrap();
    for (column, header) in (0..).zip(["kind", "from", "to", "evidence", "strength"]) {
        sheet.write(0, column, header).unwrap();
    }
    for (column, cell) in (0..).zip(["FUNDS", "GB-CHC:1", "GB-CHC:2", "DOCUMENTED"]) {
        sheet.write(1, column, cell).unwrap();
    }
    sheet.write(1, 4, 0.25).unwrap();
    book.add_worksheet().set_name("Notes").unwrap();
    let file = RawFile::new("contacts.xlsx", book.save_to_buffer().unwrap());

    let mut world = World::empty();
    let report = world.import(team(&file.clone().into()));
    assert_eq!((report.rows_read, report.refused.len()), (4, 0), "{report}");
    let record = world.node("GB-CHC:1");
    assert_eq!((record.node.name.as_str(), record.node.synthetic), ("42", true));
    assert_eq!(record.node.validity.from, Some(day("2024-02-29")));
    assert_eq!(record.node.organisation().unwrap().list_size, Some(3000));
    assert_eq!(record.details.sources, ["contacts.xlsx"]);
    assert_eq!(world.relations(RelationKind::Funds)[0].relation.strength, Some(0.25));
    assert!(world.plan(team(&file.into())).changes.is_empty());
}

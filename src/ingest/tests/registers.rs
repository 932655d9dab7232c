use super::{World, day, refusals};
use crate::{
    ingest::{OdsOptions, OdsScope, PcnOptions, RawFile, ods, pcn},
    model::{Nation, OrganisationKind, RelationKind, Validity},
};
use rust_xlsxwriter::Workbook;

const EXCERPT: &[u8] = include_bytes!("../../../tests/fixtures/epraccur_excerpt.csv");
const COMMISSIONERS: &str = "ref,name,kind\n\
    GB-NHS:01E,Old sub-ICB,SUB_ICB_LOCATION\nGB-NHS:02E,Warrington,SUB_ICB_LOCATION\nGB-NHS:99A,Liverpool,SUB_ICB_LOCATION\n";

fn world() -> World {
    World::of(&[("organisations.csv", COMMISSIONERS)])
}

fn register(text: impl AsRef<[u8]>) -> RawFile {
    RawFile::new("epraccur.csv", text.as_ref())
}

/// A line of the register: code, open, close, status, commissioner, joined, left, setting.
fn line(cells: [&str; 8]) -> String {
    let [code, open, close, status, commissioner, joined, left, setting] = cells;
    let mut row = vec![""; 27];
    for (column, cell) in [
        (1, code),
        (2, "A SURGERY"),
        (3, "Y62"),
        (4, "QYG"),
        (10, "WA3  4DZ"),
        (11, open),
        (12, close),
        (13, status),
        (15, commissioner),
        (16, joined),
        (17, left),
        (26, setting),
    ] {
        row[column - 1] = cell;
    }
    row.join(",") + "\n"
}

#[test]
fn the_register_as_it_is_published() {
    let mut world = world();
    let options = OdsOptions { scope: OdsScope::England, ..OdsOptions::default() };
    let report = world.import(ods(&register(EXCERPT), &options));
    assert_eq!((report.rows_read, report.new, report.left_out), (5, 3, 2), "{report}");
    let remarks: Vec<_> = report.remarks.iter().map(|remark| (remark.text.as_str(), remark.rows)).collect();
    assert_eq!(remarks, [("not a GP practice; left out", 1), ("outside the scope of this import; left out", 1)]);
    let practice = world.node("GB-NHS:N81059");
    assert_eq!(practice.node.name, "CULCHETH MEDICAL CENTRE");
    assert_eq!(practice.details.postcode.as_deref(), Some("WA3 4DZ"));
    let facts = practice.node.organisation().unwrap();
    assert_eq!((facts.kind, facts.nation), (OrganisationKind::GpPractice, Some(Nation::England)));
    let commissioned = world.relation(RelationKind::CommissionedBy, "GB-NHS:N81059", "GB-NHS:02E").unwrap();
    assert_eq!(commissioned.relation.validity.from, Some(day("2013-04-01")));
    // The commissioners of the other two are not known: the practices are taken all the same.
    assert!(report.refused.iter().all(|refusal| refusal.rest_taken), "{report}");
    let again = world.import(ods(&register(EXCERPT), &options));
    assert!(again.nothing_new() && again.unchanged == 3, "{again}");
}

#[test]
fn statuses_become_days() {
    let mut world = world();
    let text = [
        line(["A1", "19740401", "", "A", "99A", "20130401", "", "4"]),
        line(["A2", "20250102", "", "A", "", "", "", "4"]),
        line(["C1", "19740401", "20200331", "C", "99A", "20130401", "20200331", "4"]),
        line(["D1", "19740401", "", "D", "99A", "20130401", "", "4"]),
        line(["P1", "20260901", "", "P", "99A", "20260901", "", "4"]),
        line(["X1", "19740401", "", "X", "99A", "20130401", "", "4"]),
        line(["X2", "19740401", "", "C", "99A", "20130401", "", "4"]),
        line(["X3", "20200101", "20190101", "C", "99A", "20130401", "", "4"]),
        line(["X4", "2020010", "", "A", "99A", "20130401", "", "4"]),
        "too,short\n".to_owned(),
    ]
    .concat();
    let report = world.import(ods(&register(&text), &OdsOptions::default()));
    assert_eq!((report.new, report.refused_rows), (5, 5), "{report}");
    let validity = |code: &str| world.node(&format!("GB-NHS:{code}")).node.validity;
    assert_eq!(validity("A1"), Validity { from: Some(day("1974-04-01")), to: None });
    // A close date is the last day.
    assert_eq!(validity("C1").to, Some(day("2020-04-01")));
    // The newest open date of an active record is the day of the register; a dormant practice is not open then.
    assert_eq!(validity("D1").to, Some(day("2025-01-02")));
    assert_eq!(validity("P1").from, Some(day("2026-09-01")));
    let left = &world.relation(RelationKind::CommissionedBy, "GB-NHS:C1", "GB-NHS:99A").unwrap().relation;
    assert_eq!(left.validity.to, Some(day("2020-04-01")));
    assert_eq!(left.last_confirmed_on, Some(day("2025-01-02")));

    // A later register: still dormant changes nothing, open again opens.
    let later = |status| {
        let options = OdsOptions { stamp: Some(day("2026-01-01")), ..OdsOptions::default() };
        ods(&register(line(["D1", "19740401", "", status, "", "", "", "4"])), &options)
    };
    assert_eq!(world.import(later("D")).unchanged, 1);
    assert_eq!(world.import(later("A")).changed, 1);
    assert_eq!(world.node("GB-NHS:D1").node.validity.to, None);
}

#[test]
fn a_scope_takes_in_what_it_names() {
    let text = [
        line(["A1", "19740401", "", "A", "99A", "20130401", "", "4"]),
        line(["A2", "19740401", "", "A", "02E", "20130401", "", "4"]),
    ]
    .concat();
    for (scope, expected) in [
        (OdsScope::Commissioners(["99A".to_owned()].into()), 1),
        (OdsScope::Icbs(["QYG".to_owned()].into()), 2),
        (OdsScope::Icbs(["QXX".to_owned()].into()), 0),
    ] {
        let report = world().import(ods(&register(&text), &OdsOptions { scope, ..OdsOptions::default() }));
        assert_eq!((report.new, report.left_out), (expected, 2 - expected));
    }
}

#[test]
fn a_sibling_lists_another_kind_and_its_geography() {
    let mut world = World::of(&[("organisations.csv", "ref,name,kind\nGB-NHS:QYG,An ICB,ICB\n")]);
    let options = OdsOptions { kind: OrganisationKind::NhsTrust, ..OdsOptions::default() };
    let report = world.import(ods(&register(line(["RBS", "19910401", "", "", "", "", "", ""])), &options));
    assert_eq!(report.new, 1, "{report}");
    assert!(world.relation(RelationKind::InGeographyOf, "GB-NHS:RBS", "GB-NHS:QYG").is_some());
}

fn workbook(networks: &[[&str; 5]], partners: &[[&str; 4]]) -> RawFile {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("PCNDetails").unwrap();
    let header = ["PCN Code", "PCN Name", "Current\nSub ICB Loc\nCode", "Open Date", "Close Date", "Postcode"];
    for (column, text) in (0..).zip(header) {
        sheet.write(0, column, text).unwrap();
    }
    for (row, cells) in (1..).zip(networks) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column, *cell).unwrap();
        }
    }
    let sheet = book.add_worksheet().set_name("PCN Core Partner Details").unwrap();
    let header = [
        "Partner\nOrganisation\nCode",
        "PCN Code",
        "Practice to PCN\nRelationship\nStart Date",
        "Practice to PCN\nRelationship\nEnd Date",
    ];
    for (column, text) in (0..).zip(header) {
        sheet.write(0, column, text).unwrap();
    }
    for (row, cells) in (1..).zip(partners) {
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write(row, column, *cell).unwrap();
        }
    }
    RawFile::new("ePCN.xlsx", book.save_to_buffer().unwrap())
}

#[test]
fn the_workbook_of_networks() {
    let mut world = world();
    world.sheets(&[("organisations.csv", "ref,name,kind\nGB-NHS:N81007,A,GP_PRACTICE\nGB-NHS:N81008,B,GP_PRACTICE\n")]);
    let file = workbook(
        &[
            ["U00001", "NORTH PCN", "99A", "20191001", "20220531"],
            ["U00002", "SOUTH PCN", "99A", "20191001", ""],
            ["U00003", "ELSEWHERE PCN", "05X", "20191001", ""],
        ],
        &[
            ["N81007", "U00001", "20191001", "20191001"],
            ["N81007", "U00002", "20191002", ""],
            ["N89999", "U00002", "20191002", ""],
            ["N81008", "U00003", "20230109", ""],
        ],
    );
    let options = PcnOptions { sub_icbs: Some(["99A".to_owned()].into()), ..PcnOptions::default() };
    let report = world.import(pcn(&file, &options));
    assert_eq!((report.rows_read, report.new, report.refused_rows, report.left_out), (7, 4, 1, 2), "{report}");
    assert_eq!(world.node("GB-NHS:U00001").node.validity.to, Some(day("2022-06-01")));
    let one_day = &world.relation(RelationKind::PartnerTo, "GB-NHS:N81007", "GB-NHS:U00001").unwrap().relation;
    assert_eq!(one_day.validity, Validity { from: Some(day("2019-10-01")), to: Some(day("2019-10-02")) });
    assert_eq!(one_day.last_confirmed_on, Some(day("2023-01-09")));

    // Without a scope: a network whose sub-ICB is not known stays, without that relation.
    let report = world.import(pcn(&file, &PcnOptions::default()));
    assert_eq!((report.new, report.unchanged), (2, 4), "{report}");
    assert!(refusals(&report).iter().any(|refusal| refusal.contains("GB-NHS:05X") && refusal.contains("rest")));
    assert_eq!(world.node("GB-NHS:U00003").node.name, "ELSEWHERE PCN");
}

#[test]
fn another_workbook_is_refused() {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "a").unwrap();
    let report =
        World::empty().import(pcn(&RawFile::new("x.xlsx", book.save_to_buffer().unwrap()), &PcnOptions::default()));
    assert!(refusals(&report)[0].contains("PCNDetails"), "{report}");
    let report = World::empty().import(pcn(&RawFile::new("x.csv", "a,b\n"), &PcnOptions::default()));
    assert!(refusals(&report)[0].contains("not an .xlsx"), "{report}");
}

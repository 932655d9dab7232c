//! No input makes a parser panic, and whatever it makes of it can be planned.

use super::World;
use crate::ingest::{GrantsOptions, OdsOptions, PcnOptions, RawFile, grants, ods, pcn, team};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

const NAMES: [&str; 12] = [
    "organisations.csv",
    "individuals.csv",
    "networks.csv",
    "groups.csv",
    "areas.csv",
    "software.csv",
    "initiatives.csv",
    "segments.csv",
    "attributes.csv",
    "relations.csv",
    "sources.csv",
    "x",
];

fn digest(bytes: &[u8]) {
    for name in NAMES {
        World::empty().import(team(&RawFile::new(name, bytes).into()));
    }
    World::empty().import(ods(&RawFile::new("ods.csv", bytes), &OdsOptions::default()));
    World::empty().import(pcn(&RawFile::new("pcn.xlsx", bytes), &PcnOptions::default()));
    World::empty().import(grants(&RawFile::new("grants.json", bytes), &GrantsOptions::default()));
}

/// Cells that are nearly right.
fn odd_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        proptest::sample::select(vec![
            "",
            "GB-CHC:1",
            "S08:S08000031",
            "E08:E1|E08:E1",
            "group:a",
            "team:a",
            "|",
            "2026-02-30",
            "9999-12-31",
            "-9999-01-01",
            "true",
            "NaN",
            "1e999",
            "-1",
            "4294967296",
            "VCFSE",
            "PRACTICE",
            "GRANTED",
            "SERVES",
            "FAITH",
            "{\"anyOf\":[{}]}",
            "IMPORTED",
            "20260401",
            "99991231",
            "A",
            "D",
            "C",
            "4",
            "ref",
            "name",
            "kind",
        ])
        .prop_map(str::to_owned),
    ]
}

fn csv_of(header: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    if !header.is_empty() {
        writer.write_record(header).unwrap();
    }
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

fn odd_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        odd_cell().prop_map(Into::into),
        Just("GB-CHC-1".into()),
        Just("2015-06-10T23:30:00Z".into()),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key = proptest::sample::select(vec![
            "id",
            "name",
            "awardDate",
            "plannedDates",
            "startDate",
            "endDate",
            "fundingOrganization",
            "recipientOrganization",
            "recipientIndividual",
            "beneficiaryLocation",
            "geoCode",
            "charityNumber",
            "amountAwarded",
        ])
        .prop_map(str::to_owned);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::btree_map(key, inner, 0..10)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn arbitrary_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        digest(&bytes);
    }

    #[test]
    fn arbitrary_text(text in "\\PC*([\",\n\r]\\PC{0,5}){0,40}") {
        digest(text.as_bytes());
    }

    #[test]
    fn arbitrary_rows(width in 1..30_usize, rows in proptest::collection::vec(proptest::collection::vec(odd_cell(), 1..30), 0..6)) {
        digest(&csv_of(&[], &rows));
        let all = ["ref", "name", "kind", "valid_from", "valid_to", "area", "parents", "parent", "same_as", "members",
            "value", "attribute", "from", "to", "evidence", "mode", "strength", "title", "consent_contact", "source",
            "postcode", "website", "do_not_approach_until", "aliases", "formality", "rural", "team", "synthetic", "note", "one_way"];
        let fitting: Vec<Vec<String>> = rows.into_iter().map(|mut row| { row.resize(all.len(), "VCFSE".to_owned()); row }).collect();
        digest(&csv_of(&all, &fitting));
        digest(&csv_of(&all[..width], &fitting));
    }

    #[test]
    fn arbitrary_registers(rows in proptest::collection::vec(proptest::collection::vec(odd_cell(), 27), 0..6)) {
        digest(&csv_of(&[], &rows));
    }

    #[test]
    fn arbitrary_packages(grants in proptest::collection::vec(odd_json(), 0..5)) {
        digest(serde_json::json!({ "grants": grants }).to_string().as_bytes());
    }

    #[test]
    fn damaged_workbooks(places in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6)) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("organisations").unwrap();
        for (column, header) in (0..).zip(["ref", "name", "kind"]) {
            sheet.write(0, column, header).unwrap();
            sheet.write(1, column, f64::from(column)).unwrap();
        }
        let mut bytes = book.save_to_buffer().unwrap();
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        digest(&bytes);
    }
}

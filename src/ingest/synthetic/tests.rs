//! What holds of the made-up people, whatever they are placed in: the sheets themselves, the graph that they make with
//! the seed, and the answers that it gives.

mod answers;
mod people;
mod relations;
mod worlds;

use super::{SEED, SOURCE, sheets};
use crate::model::Ref;
use std::collections::BTreeMap;
use worlds::{REAL, SHEETS, empty, peopled, without};

/// A sheet's rows, by column.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

#[test]
fn one_graph_and_one_seed_give_the_same_bytes() {
    assert_eq!(*SHEETS, sheets(&REAL.snapshot, super::INDIVIDUALS, SEED));
    assert_ne!(*SHEETS, sheets(&REAL.snapshot, super::INDIVIDUALS, SEED + 1));
}

/// On every machine: a digest of a small story that needs no seed.
#[test]
fn chance_is_the_same_everywhere() {
    use sha2::{Digest as _, Sha256};
    let mut digest = Sha256::new();
    for sheet in sheets(&empty().snapshot, 60, SEED) {
        digest.update(&sheet.csv);
    }
    let start = u64::from_be_bytes(digest.finalize()[..8].try_into().unwrap());
    assert_eq!(format!("{start:016x}"), "732f14e4a58cf7b4");
}

#[test]
fn made_up_things_already_there_change_nothing() {
    assert_eq!(*SHEETS, sheets(&peopled().snapshot, super::INDIVIDUALS, SEED));
}

#[test]
fn importing_them_again_changes_nothing() {
    let report = worlds::again(&SHEETS);
    assert!(report.nothing_new(), "{report}");
}

#[test]
fn every_row_says_that_it_is_made_up() {
    for sheet in SHEETS.iter() {
        for row in rows(&sheet.csv) {
            assert_eq!((row["synthetic"].as_str(), row["source"].as_str()), ("true", SOURCE), "{row:?}");
        }
    }
}

#[test]
fn every_ref_is_one() {
    for sheet in SHEETS.iter() {
        for row in rows(&sheet.csv) {
            let cells = ["ref", "from", "to", "area"].iter().filter_map(|column| row.get(*column));
            for reference in cells.flat_map(|cell| cell.split('|')).filter(|reference| !reference.is_empty()) {
                assert!(Ref::parse(reference).is_ok(), "{reference}");
            }
        }
    }
}

/// Whatever the graph lacks, there are as many people as were asked for and every row can be imported.
#[test]
fn a_graph_that_lacks_parts_will_do() {
    let half = [without(&["S08", "S12", "S37"]), without(&["GB-CHC", "GB-UKPRN"]), without(&["group", "network"])];
    for world in half.iter().chain([&empty()]) {
        for count in [0, 5, 60, 700] {
            let sheets = sheets(&world.snapshot, count, SEED);
            assert_eq!(rows(&sheets[0].csv).len(), count);
            let report = world.import(&sheets);
            assert_eq!(report.refused, [], "{count} people");
        }
    }
}

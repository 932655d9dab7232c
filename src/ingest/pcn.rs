//! The NHS workbook of primary care networks, `ePCN.xlsx`: a sheet of networks and one of the practices in them.

use super::{
    Batch, RawFile, Row,
    cells::{Columns, RowReader, Shape, day_after, register_day},
    sheets::{End, Facts, NodeRow, OrganisationCells, RelationCells, RelationRow},
    table::{Table, is_workbook, read_tables},
};
use crate::model::{
    Date, EvidenceKind, Invalid, Nation, OrganisationKind, Ref, RelationKind, Sector, Validity,
    text::{checked_name, checked_postcode},
};
use std::{collections::BTreeSet, sync::Arc};

#[derive(Debug, Clone, Default)]
pub struct PcnOptions {
    /// Only the networks of these sub-ICB locations, by code; default: all.
    pub sub_icbs: Option<BTreeSet<String>>,
    /// The day the workbook speaks of; default: its newest open or start date.
    pub stamp: Option<Date>,
    /// The data set's name; default: the file's.
    pub source: Option<String>,
}

const DETAILS: &str = "pcndetails";
const PARTNERS: &str = "pcn core partner details";
const OUTSIDE: &str = "outside the scope of this import; left out";

const DETAILS_SHAPE: Shape = Shape {
    needed: &["pcn_code", "pcn_name", "current_sub_icb_loc_code", "open_date", "close_date", "postcode"],
    optional: &[
        "sub_icb_location",
        "address_line_1",
        "address_line_2",
        "address_line_3",
        "address_line_4",
        "address_line_5",
    ],
    personal: &[],
};
const START: &str = "practice_to_pcn_relationship_start_date";
const FINISH: &str = "practice_to_pcn_relationship_end_date";
const PARTNERS_SHAPE: Shape = Shape {
    needed: &["partner_organisation_code", "pcn_code", START, FINISH],
    optional: &[
        "partner_name",
        "practice_parent_sub_icb_loc_code",
        "practice_parent_sub_icb_loc_name",
        "pcn_name",
        "pcn_parent_sub_icb_loc_code",
        "pcn_parent_sub_icb_loc_name",
        "practice_sub_icb_loc_and_pcn_sub_icb_loc_match",
    ],
    personal: &[],
};

pub fn pcn(file: &RawFile, options: &PcnOptions) -> Batch {
    let mut batch = Batch::default();
    if !is_workbook(file) {
        batch.report.refuse_file(&file.label, "not an .xlsx workbook", 0);
        return batch;
    }
    let tables = read_tables(file, &mut batch.report);
    let sheet = |name: &str| tables.iter().find(|table| table.sheet == name);
    let (Some(details), Some(partners)) = (sheet(DETAILS), sheet(PARTNERS)) else {
        let names: Vec<&str> = tables.iter().map(|table| table.sheet.as_str()).collect();
        let reason =
            format!("needs the sheets `PCNDetails` and `PCN Core Partner Details`; it has: {}", names.join(", "));
        let rows = batch.report.rows_read - batch.report.refused_rows;
        batch.report.refuse_file(&file.label, reason, 0);
        batch.report.refused_rows += rows;
        return batch;
    };
    for table in &tables {
        if table.sheet != DETAILS && table.sheet != PARTNERS {
            batch.report.remark(&table.file, "a sheet we do not know; left out");
            batch.report.left_out += table.rows.len() as u64;
        }
    }
    let workbook = Workbook {
        source: options.source.as_deref().unwrap_or(&file.name).into(),
        stamp: options.stamp.or_else(|| newest(details, "open_date").max(newest(partners, START))),
        options,
    };
    let wanted = workbook.networks(details, &mut batch);
    workbook.memberships(partners, wanted.as_ref(), &mut batch);
    batch
}

struct Workbook<'a> {
    source: Arc<str>,
    stamp: Option<Date>,
    options: &'a PcnOptions,
}

impl Workbook<'_> {
    /// Reads the networks; returns the codes of those within the scope, unless all are.
    fn networks(&self, table: &Table, batch: &mut Batch) -> Option<BTreeSet<String>> {
        let mut wanted = self.options.sub_icbs.as_ref().map(|_| BTreeSet::new());
        let Some(columns) = Columns::of(table, &DETAILS_SHAPE, &mut batch.report) else { return wanted };
        for line in &table.rows {
            let mut row = RowReader::new(table, &columns, &DETAILS_SHAPE, line);
            let origin = row.origin.clone();
            let sub_icb = row.text("current_sub_icb_loc_code").unwrap_or_default();
            if let (Some(scope), Some(wanted)) = (&self.options.sub_icbs, &mut wanted) {
                if !scope.contains(&sub_icb) {
                    batch.report.leave_out(&origin, OUTSIDE);
                    continue;
                }
                wanted.extend(row.text("pcn_code"));
            }
            let cells = OrganisationCells {
                kind: Some(OrganisationKind::Pcn),
                sector: Some(Sector::HealthSystem),
                nation: Some(Nation::England),
                // An office's, which may stand far from the network's patients.
                postcode: row.read("postcode", |text| Ok(checked_postcode(text).ok())).flatten(),
                website: None,
            };
            let reference = row.needed("pcn_code", nhs);
            let name = row.needed("pcn_name", checked_name);
            let valid_from = row.read("open_date", register_day);
            let valid_to = row.read("close_date", |text| day_after(register_day(text)?));
            if let Err(Invalid(reason)) = Validity::new(valid_from, valid_to) {
                row.refuse("close_date", reason);
            }
            let parent = row.read("current_sub_icb_loc_code", nhs);
            if !row.finish(&mut batch.report) {
                continue;
            }
            let Some(reference) = reference else { unreachable!("a row without its code was refused") };
            let source = self.source.clone();
            if let Some(to) = parent {
                let cells = RelationCells { last_confirmed_on: self.stamp, ..official() };
                let cells = RelationRow { kind: RelationKind::CommissionedBy, from: reference.clone(), to, cells };
                batch.relations.push(Row { origin: origin.clone(), source: source.clone(), cells });
            }
            let valid_to = valid_to.map_or(End::Open, End::On);
            let cells =
                NodeRow { name, valid_from, valid_to, ..NodeRow::new(vec![reference], Facts::Organisation(cells)) };
            batch.nodes.push(Row { origin, source, cells });
        }
        wanted
    }

    fn memberships(&self, table: &Table, wanted: Option<&BTreeSet<String>>, batch: &mut Batch) {
        let Some(columns) = Columns::of(table, &PARTNERS_SHAPE, &mut batch.report) else { return };
        for line in &table.rows {
            let mut row = RowReader::new(table, &columns, &PARTNERS_SHAPE, line);
            let origin = row.origin.clone();
            let network = row.text("pcn_code").unwrap_or_default();
            if wanted.is_some_and(|wanted| !wanted.contains(&network)) {
                batch.report.leave_out(&origin, OUTSIDE);
                continue;
            }
            let from = row.needed("partner_organisation_code", nhs);
            let to = row.needed("pcn_code", nhs);
            let valid_from = row.read(START, register_day);
            let valid_to = row.read(FINISH, |text| day_after(register_day(text)?));
            if let Err(Invalid(reason)) = Validity::new(valid_from, valid_to) {
                row.refuse(FINISH, reason);
            }
            if !row.finish(&mut batch.report) {
                continue;
            }
            let (Some(from), Some(to)) = (from, to) else { unreachable!("a row without its codes was refused") };
            let cells = RelationCells { valid_from, valid_to, last_confirmed_on: self.stamp, ..official() };
            let cells = RelationRow { kind: RelationKind::PartnerTo, from, to, cells };
            batch.relations.push(Row { origin, source: self.source.clone(), cells });
        }
    }
}

fn official() -> RelationCells {
    RelationCells::new(EvidenceKind::OfficialRegister)
}

fn nhs(code: &str) -> Result<Ref, Invalid> {
    Ref::new("GB-NHS", code)
}

fn newest(table: &Table, column: &str) -> Option<Date> {
    let place = table.header.iter().position(|header| header == column)?;
    table.rows.iter().filter_map(|line| register_day(line.cells.get(place)?.trim()).ok()).max()
}

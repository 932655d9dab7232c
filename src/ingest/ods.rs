//! The CSV files of the NHS Organisation Data Service that have 27 columns and no header: `epraccur` (GP practices)
//! and its siblings. The column numbers are those of the service's own description, counted from 1.

use super::{
    Batch, RawFile, Row,
    cells::{day_after, register_day},
    report::Origin,
    sheets::{End, Facts, NodeRow, OrganisationCells, RelationCells, RelationRow},
    table::{Line, read_csv},
};
use crate::model::{
    Date, EvidenceKind, Invalid, Nation, OrganisationKind, Ref, RelationKind, Sector, Validity,
    text::{checked_name, checked_postcode},
};
use std::{collections::BTreeSet, sync::Arc};

const COLUMNS: usize = 27;
const NATIONAL_GROUPING: usize = 3;
/// ICB, or for older files the area above the commissioner.
const HIGH_LEVEL: usize = 4;
const COMMISSIONER: usize = 15;
const PRESCRIBING_SETTING: usize = 26;
/// The prescribing setting of a GP practice, which is what tells it from walk-in centres, hospices and the like.
const GP_PRACTICE_SETTING: &str = "4";
const WALES: &str = "W00";

/// Which rows of the register are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OdsScope {
    #[default]
    Everywhere,
    England,
    /// The ICB of column 4, by its code.
    Icbs(BTreeSet<String>),
    /// The commissioner of column 15, by its code.
    Commissioners(BTreeSet<String>),
}

#[derive(Debug, Clone)]
pub struct OdsOptions {
    /// What the file lists. Only for GP practices does the prescribing setting decide; other kinds are also placed in
    /// the geography that column 4 names.
    pub kind: OrganisationKind,
    pub scope: OdsScope,
    /// The day the register speaks of; default: the newest open date of an active record.
    pub stamp: Option<Date>,
    /// The data set's name; default: the file's.
    pub source: Option<String>,
}

impl Default for OdsOptions {
    fn default() -> Self {
        Self { kind: OrganisationKind::GpPractice, scope: OdsScope::default(), stamp: None, source: None }
    }
}

/// A column and why its cell cannot be taken.
type Objection = (usize, Invalid);

pub fn ods(file: &RawFile, options: &OdsOptions) -> Batch {
    let mut batch = Batch::default();
    let lines = read_csv(file, &mut batch.report);
    let source: Arc<str> = options.source.as_deref().unwrap_or(&file.name).into();
    let stamp = options.stamp.or_else(|| newest_opening(&lines));
    for line in &lines {
        batch.report.rows_read += 1;
        let origin = Origin { file: file.label.clone(), line: line.number };
        if line.cells.len() != COLUMNS {
            let reason = format!("{} cells; this family of files has {COLUMNS}", line.cells.len());
            batch.report.refuse_row(&origin, reason);
            continue;
        }
        let record = Record { line, kind: options.kind };
        if let Some(why) = record.unwanted(&options.scope) {
            batch.report.leave_out(&origin, why);
            continue;
        }
        match record.node(stamp).and_then(|node| Ok((node, record.relations(stamp)?))) {
            Ok((node, relations)) => {
                let relation = |cells| Row { origin: origin.clone(), source: source.clone(), cells };
                batch.relations.extend(relations.into_iter().map(relation));
                batch.nodes.push(Row { origin, source: source.clone(), cells: node });
            }
            Err((column, Invalid(reason))) => {
                batch.report.refused_rows += 1;
                let shown = Some(record.cell(column)).filter(|cell| !cell.is_empty());
                let refusal = origin.refusal(Some(&column.to_string()), shown, reason, false);
                batch.report.refused.push(refusal);
            }
        }
    }
    batch
}

fn newest_opening(lines: &[Line]) -> Option<Date> {
    let active = lines.iter().filter(|line| line.cells.get(12) == Some("A"));
    active.filter_map(|line| register_day(line.cells.get(10)?.trim()).ok()).max()
}

struct Record<'a> {
    line: &'a Line,
    kind: OrganisationKind,
}

impl Record<'_> {
    fn cell(&self, column: usize) -> &str {
        self.line.cells.get(column - 1).unwrap_or_default().trim()
    }

    fn unwanted(&self, scope: &OdsScope) -> Option<&'static str> {
        if self.kind == OrganisationKind::GpPractice && self.cell(PRESCRIBING_SETTING) != GP_PRACTICE_SETTING {
            return Some("not a GP practice; left out");
        }
        let wanted = match scope {
            OdsScope::Everywhere => true,
            OdsScope::England => self.cell(NATIONAL_GROUPING) != WALES,
            OdsScope::Icbs(codes) => codes.contains(self.cell(HIGH_LEVEL)),
            OdsScope::Commissioners(codes) => codes.contains(self.cell(COMMISSIONER)),
        };
        (!wanted).then_some("outside the scope of this import; left out")
    }

    fn day(&self, column: usize) -> Result<Option<Date>, Objection> {
        match self.cell(column) {
            "" => Ok(None),
            text => register_day(text).map(Some).map_err(|invalid| (column, invalid)),
        }
    }

    fn day_after(&self, column: usize) -> Result<Option<Date>, Objection> {
        self.day(column)?.map(day_after).transpose().map_err(|invalid| (column, invalid))
    }

    fn reference(&self, column: usize) -> Result<Ref, Objection> {
        Ref::new("GB-NHS", self.cell(column)).map_err(|invalid| (column, invalid))
    }

    fn node(&self, stamp: Option<Date>) -> Result<NodeRow, Objection> {
        let opened = self.day(11)?;
        let closed = self.day_after(12)?;
        let valid_to = match (self.cell(13), closed) {
            ("C", None) => return Err((12, Invalid::new("closed, but without a close date"))),
            ("A" | "C" | "P" | "D" | "", Some(day)) => End::On(day),
            // Not open on the day the register speaks of, and nobody says since when.
            ("D", None) => End::By(stamp.ok_or((13, Invalid::new("dormant, and no day to stamp that with")))?),
            ("A" | "P" | "", None) => End::Open,
            _ => return Err((13, Invalid::new("not one of the statuses A, C, D and P"))),
        };
        if let End::On(end) | End::By(end) = valid_to {
            Validity::new(opened, Some(end)).map_err(|invalid| (12, invalid))?;
        }
        let nation = match self.cell(NATIONAL_GROUPING) {
            WALES => Some(Nation::Wales),
            grouping if grouping.starts_with('Y') => Some(Nation::England),
            _ => None,
        };
        let facts = Facts::Organisation(OrganisationCells {
            kind: Some(self.kind),
            sector: Some(Sector::HealthSystem),
            nation,
            // A register's odd postcode is no reason to do without the body.
            postcode: checked_postcode(self.cell(10)).ok(),
            website: None,
        });
        Ok(NodeRow {
            name: Some(checked_name(self.cell(2)).map_err(|invalid| (2, invalid))?),
            valid_from: opened,
            valid_to,
            ..NodeRow::new(vec![self.reference(1)?], facts)
        })
    }

    fn relations(&self, stamp: Option<Date>) -> Result<Vec<RelationRow>, Objection> {
        let mut relations = Vec::new();
        let known = RelationCells { last_confirmed_on: stamp, ..RelationCells::new(EvidenceKind::OfficialRegister) };
        if !self.cell(COMMISSIONER).is_empty() {
            let (valid_from, valid_to) = (self.day(16)?, self.day_after(17)?);
            Validity::new(valid_from, valid_to).map_err(|invalid| (17, invalid))?;
            relations.push(RelationRow {
                kind: RelationKind::CommissionedBy,
                from: self.reference(1)?,
                to: self.reference(COMMISSIONER)?,
                cells: RelationCells { valid_from, valid_to, ..known.clone() },
            });
        }
        // Practices are in a geography through their commissioner, so that succession applies to them.
        if self.kind != OrganisationKind::GpPractice && !self.cell(HIGH_LEVEL).is_empty() {
            relations.push(RelationRow {
                kind: RelationKind::InGeographyOf,
                from: self.reference(1)?,
                to: self.reference(HIGH_LEVEL)?,
                cells: known,
            });
        }
        Ok(relations)
    }
}

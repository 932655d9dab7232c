//! What imports do, told by behaviour. Worlds are built from sheets, as a user would.

mod consents;
mod encodings;
mod grants;
mod input;
mod registers;
mod reimport;
mod robustness;
mod sheets;
mod succession;
mod workbooks;

use super::*;
use crate::model::{Change, Date, IdGenerator, NodeRecord, RelationKind, RelationRecord, parse_day};

pub(super) fn day(text: &str) -> Date {
    parse_day(text).unwrap()
}

/// A folder of sheets, by name and content.
pub(super) fn folder(sheets: &[(&str, &str)]) -> Input {
    Input {
        files: sheets.iter().map(|(name, text)| RawFile::new(name, text.as_bytes())).collect(),
        left_out: Vec::new(),
    }
}

/// A graph that imports are made into, one after another.
pub(super) struct World {
    pub known: Known,
    ids: IdGenerator,
}

impl World {
    pub fn empty() -> Self {
        Self { known: Known::default(), ids: IdGenerator::from_seed(7) }
    }

    pub fn of(sheets: &[(&str, &str)]) -> Self {
        let mut world = Self::empty();
        let report = world.import(team(&folder(sheets)));
        assert!(report.refused.is_empty(), "{report}");
        world
    }

    pub fn plan(&mut self, batch: Batch) -> Plan {
        plan(&self.known, batch, &mut self.ids, day("2026-05-01"))
    }

    /// Plans, commits and reports.
    pub fn import(&mut self, batch: Batch) -> Report {
        let Plan { changes, report } = self.plan(batch);
        assert_ends_come_first(&self.known, &changes);
        let rows = report.new + report.changed + report.unchanged + report.refused_rows + report.left_out;
        assert_eq!(report.rows_read, rows, "each row is counted once: {report}");
        self.known.apply(&changes);
        report
    }

    pub fn sheets(&mut self, sheets: &[(&str, &str)]) -> Report {
        self.import(team(&folder(sheets)))
    }

    pub fn node(&self, reference: &str) -> &NodeRecord {
        let found = self.known.nodes().find(|record| record.node.refs.iter().any(|known| known.as_str() == reference));
        found.unwrap_or_else(|| panic!("no node has the ref {reference}"))
    }

    pub fn relations(&self, kind: RelationKind) -> Vec<&RelationRecord> {
        let mut relations: Vec<_> = self.known.relations().filter(|record| record.relation.kind == kind).collect();
        relations.sort_by_key(|record| (&record.relation.from, &record.relation.to, record.relation.validity));
        relations
    }

    pub fn relation(&self, kind: RelationKind, from: &str, to: &str) -> Option<&RelationRecord> {
        let (from, to) = (&self.node(from).node.id, &self.node(to).node.id);
        self.relations(kind).into_iter().find(|record| record.relation.from == *from && record.relation.to == *to)
    }
}

/// Whatever a change names is there already, or comes before it.
fn assert_ends_come_first(known: &Known, changes: &[Change]) {
    let mut there: std::collections::HashSet<_> = known.nodes().map(|record| record.node.id.clone()).collect();
    for change in changes {
        match change {
            Change::PutNode(record) => {
                if let Some(area) = record.node.area() {
                    assert!(area.parents.iter().all(|parent| there.contains(parent)), "{}", record.node.id);
                }
                there.insert(record.node.id.clone());
            }
            Change::PutRelation(record) => {
                assert!(there.contains(&record.relation.from) && there.contains(&record.relation.to));
            }
            Change::PutSource(_) => {}
            Change::RemoveRelation(_) | Change::RemoveNode(_) | Change::Erase(_) => panic!("an import only adds"),
        }
    }
}

/// The reasons of a report's refusals, each with its line and column.
pub(super) fn refusals(report: &Report) -> Vec<String> {
    report.refused.iter().map(ToString::to_string).collect()
}

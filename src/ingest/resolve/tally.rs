//! Counting rows by what became of them. A row counts by what it did to the graph in the end, so that a cell set and
//! set back within one import is no change.

use crate::ingest::report::{Origin, Refusal, Report};
use rustc_hash::FxHashMap;

/// A thing that rows touch: its place among the draft's nodes, relations or sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Touched {
    Node(usize),
    Relation(usize),
    Source(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    Refused,
    Unchanged,
    Changed,
    New,
}

pub(super) struct Tally {
    pub report: Report,
    rows: FxHashMap<Origin, usize>,
    touches: Vec<Touch>,
}

struct Touch {
    row: usize,
    /// Absent when this part of the row was refused.
    what: Option<Touched>,
    altered: bool,
}

impl Tally {
    pub fn new(report: Report) -> Self {
        Self { report, rows: FxHashMap::default(), touches: Vec::new() }
    }

    fn row(&mut self, origin: &Origin) -> usize {
        if let Some(row) = self.rows.get(origin) {
            return *row;
        }
        let row = self.rows.len();
        self.rows.insert(origin.clone(), row);
        row
    }

    /// Notes that a row spoke of a thing, and whether that altered what stood there.
    pub fn touch(&mut self, origin: &Origin, what: Touched, altered: bool) {
        let row = self.row(origin);
        self.touches.push(Touch { row, what: Some(what), altered });
    }

    /// Notes that a part of a row, such as its relation, could not be taken.
    pub fn refuse(&mut self, refusal: Refusal) {
        if let Some(origin) = refusal.origin() {
            let row = self.row(&origin);
            self.touches.push(Touch { row, what: None, altered: false });
        }
        self.report.refused.push(refusal);
    }

    /// Settles the counts, given what became of each thing.
    pub fn settle(mut self, fate_of: impl Fn(Touched) -> Fate) -> Report {
        let mut fates = vec![Fate::Refused; self.rows.len()];
        for touch in &self.touches {
            let Some(what) = touch.what else { continue };
            let fate = match (fate_of(what), touch.altered) {
                (fate, false) => fate.min(Fate::Unchanged),
                (fate, true) => fate,
            };
            fates[touch.row] = fates[touch.row].max(fate);
        }
        for fate in &fates {
            *match fate {
                Fate::Refused => &mut self.report.refused_rows,
                Fate::Unchanged => &mut self.report.unchanged,
                Fate::Changed => &mut self.report.changed,
                Fate::New => &mut self.report.new,
            } += 1;
        }
        for refusal in &mut self.report.refused {
            let row = refusal.origin().and_then(|origin| self.rows.get(&origin));
            refusal.rest_taken = row.is_some_and(|row| fates[*row] != Fate::Refused);
        }
        self.report.refused.sort_by(|a, b| (&a.file, a.line, &a.column).cmp(&(&b.file, b.line, &b.column)));
        self.report
    }
}

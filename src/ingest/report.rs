//! What became of an import, row by row. Built by the parsers and the resolver, shown by the command line and the API.
//! Nothing is cut from the data; only the terminal's view of it is.

use std::{collections::BTreeSet, fmt, sync::Arc};

/// Where a row stood. For JSON, the line is the item's place in its list, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Origin {
    pub file: Arc<str>,
    pub line: u32,
}

/// Something that could not be taken, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    pub file: Arc<str>,
    /// Absent when the whole file was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the cell held; left out where it speaks of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    pub reason: String,
    /// Only this cell or relation was left out; the rest of the row was taken.
    pub rest_taken: bool,
}

/// Something worth knowing that cost nothing: an encoding, an unknown column, rows that were not meant for us.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    pub file: Arc<str>,
    pub text: String,
    /// How many rows it is about; 0 when it is about the file.
    pub rows: u64,
    /// The first few of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
}

/// Every row read is counted once, as new, changed, unchanged, refused or left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub rows_read: u64,
    /// Rows that created something.
    pub new: u64,
    /// Rows that altered something that was there.
    pub changed: u64,
    pub unchanged: u64,
    /// Rows of which nothing was taken.
    pub refused_rows: u64,
    /// Rows that are not meant for us, or outside the scope asked for; the remarks say which.
    pub left_out: u64,
    /// Relations added because a body they named had been succeeded.
    pub repointed: u64,
    pub refused: Vec<Refusal>,
    pub remarks: Vec<Remark>,
}

const LINES_KEPT: usize = 10;
const REFUSALS_SHOWN: usize = 20;

impl Report {
    /// The refused part of the rows that were meant for us, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a share, for comparing with a limit")]
    pub fn refused_share(&self) -> f64 {
        let meant = self.rows_read.saturating_sub(self.left_out);
        if meant == 0 { 0.0 } else { self.refused_rows as f64 / meant as f64 }
    }

    /// Whether so much was refused that the import should change nothing: both limits must be passed.
    pub fn refused_too_much(&self, share: f64, rows: u64) -> bool {
        self.refused_rows > rows && self.refused_share() > share
    }

    /// Whether everything that was read had been known already.
    pub fn nothing_new(&self) -> bool {
        self.new == 0 && self.changed == 0 && self.repointed == 0
    }

    pub fn absorb(&mut self, other: Self) {
        self.rows_read += other.rows_read;
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.refused_rows += other.refused_rows;
        self.left_out += other.left_out;
        self.repointed += other.repointed;
        self.refused.extend(other.refused);
        self.remarks.extend(other.remarks);
    }

    pub(super) fn refuse_file(&mut self, file: &Arc<str>, reason: impl Into<String>, rows: u64) {
        self.rows_read += rows;
        self.refused_rows += rows;
        self.refused.push(Refusal {
            file: file.clone(),
            line: None,
            column: None,
            value: None,
            reason: reason.into(),
            rest_taken: false,
        });
    }

    /// Refuses a whole row that the parser has counted as read.
    pub(super) fn refuse_row(&mut self, origin: &Origin, reason: impl Into<String>) {
        self.refused_rows += 1;
        self.refused.push(origin.refusal(None, None, reason, false));
    }

    pub(super) fn remark(&mut self, file: &Arc<str>, text: impl Into<String>) {
        self.remarks.push(Remark { file: file.clone(), text: text.into(), rows: 0, lines: Vec::new() });
    }

    /// Remarks on a row; rows with the same remark are told together.
    pub(super) fn remark_row(&mut self, origin: &Origin, text: &str) {
        let known = self.remarks.iter_mut().rev().find(|remark| remark.file == origin.file && remark.text == text);
        if let Some(remark) = known {
            remark.rows += 1;
            if remark.lines.len() < LINES_KEPT {
                remark.lines.push(origin.line);
            }
        } else {
            self.remarks.push(Remark {
                file: origin.file.clone(),
                text: text.to_owned(),
                rows: 1,
                lines: vec![origin.line],
            });
        }
    }

    pub(super) fn leave_out(&mut self, origin: &Origin, why: &str) {
        self.left_out += 1;
        self.remark_row(origin, why);
    }
}

impl Origin {
    pub(super) fn refusal(
        &self,
        column: Option<&str>,
        value: Option<&str>,
        reason: impl Into<String>,
        rest_taken: bool,
    ) -> Refusal {
        Refusal {
            file: self.file.clone(),
            line: Some(self.line),
            column: column.map(str::to_owned),
            value: value.map(str::to_owned),
            reason: reason.into(),
            rest_taken,
        }
    }
}

impl Refusal {
    pub(super) fn origin(&self) -> Option<Origin> {
        self.line.map(|line| Origin { file: self.file.clone(), line })
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, " {column}")?;
        }
        if let Some(value) = &self.value {
            write!(f, " `{value}`")?;
        }
        write!(f, ": {}", self.reason)?;
        f.write_str(if self.rest_taken { " (the rest of the row was taken)" } else { "" })
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.text)?;
        match (self.rows, self.lines.as_slice()) {
            (0, _) => Ok(()),
            (1, [line]) => write!(f, " (line {line})"),
            (rows, lines) => {
                let list = lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
                let more = if rows > lines.len() as u64 { ", …" } else { "" };
                write!(f, " ({rows} rows: {list}{more})")
            }
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows_read, new, changed, unchanged, refused_rows, left_out, .. } = self;
        write!(
            f,
            "{rows_read} rows read: {new} new, {changed} changed, {unchanged} unchanged, {refused_rows} refused"
        )?;
        if *left_out > 0 {
            write!(f, ", {left_out} left out")?;
        }
        writeln!(f, ".")?;
        if self.repointed > 0 {
            writeln!(f, "{} relations now also lead to the successor of a closed body.", self.repointed)?;
        }
        if self.nothing_new() {
            writeln!(f, "Nothing changed: all that was taken from here was known.")?;
        }
        if !self.refused.is_empty() {
            let files: BTreeSet<&Arc<str>> = self.refused.iter().map(|refusal| &refusal.file).collect();
            writeln!(f, "Refused ({} in {} files):", self.refused.len(), files.len())?;
            for refusal in self.refused.iter().take(REFUSALS_SHOWN) {
                writeln!(f, "  {refusal}")?;
            }
            if self.refused.len() > REFUSALS_SHOWN {
                writeln!(f, "  … and {} more", self.refused.len() - REFUSALS_SHOWN)?;
            }
        }
        if !self.remarks.is_empty() {
            writeln!(f, "Remarks:")?;
            for remark in &self.remarks {
                writeln!(f, "  {remark}")?;
            }
        }
        Ok(())
    }
}

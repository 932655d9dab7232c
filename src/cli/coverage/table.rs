//! Coverage for the terminal: the matrix, what its marks mean, and what is most urgent.

use super::{name, place, words};
use crate::app::{CellView, CoverageView};
use std::fmt::Write as _;

/// How wide a group's name may be before it is cut.
const NAME_WIDTH: usize = 44;
/// How many of the most urgent cells are told in words.
const TOLD: usize = 10;

pub fn in_words(coverage: &CoverageView) -> String {
    let mut out = String::new();
    for notice in coverage.notices() {
        let _ = writeln!(out, "Note: {}", notice.message);
    }
    let mut lines = vec![vec!["Group".to_owned()]];
    lines[0].extend(coverage.areas().iter().map(|area| short(place(area.as_ref()))));
    for (row, group) in coverage.groups().iter().enumerate() {
        let cells = coverage.row(row);
        lines.push(std::iter::once(short(name(group))).chain(cells.iter().map(in_short)).collect());
    }
    out.push_str(&aligned(&lines));
    out.push_str("\nPercentages: how likely the likeliest path is to work. b: all paths lead through one broker. ");
    out.push_str("s: one alone serves them. n/m: so many of so many practices.\n");
    if coverage.since().is_some() {
        out.push_str("*: had another status on the day compared with.\n");
    }
    let counts: Vec<String> =
        coverage.counts().into_iter().map(|(status, cells)| format!("{} {cells}", words(status))).collect();
    let _ = writeln!(out, "Cells: {}.\n\nMost urgent:", counts.join(", "));
    for (place, (_, cell)) in coverage.by_urgency(None, TOLD).items.iter().enumerate() {
        let _ = writeln!(out, "{:>3}. {}", place + 1, told(cell));
    }
    let _ = writeln!(out, "As of {}, revision {}.", coverage.as_of(), coverage.revision());
    out
}

/// Columns under one another, two spaces apart.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let _ = writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    out
}

fn short(text: &str) -> String {
    if text.chars().count() <= NAME_WIDTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(NAME_WIDTH - 1).collect();
    format!("{}…", kept.trim_end())
}

fn percent(probability: f64) -> String {
    if probability < 0.001 { "under 0.1%".to_owned() } else { format!("{:.1}%", probability * 100.0) }
}

/// A cell of the matrix.
fn in_short(cell: &CellView) -> String {
    let mut parts = vec![words(cell.status()).to_owned()];
    parts.extend(cell.probability().map(percent));
    let practices = cell.practices().filter(|practices| practices.of > 0);
    parts.extend(practices.map(|practices| format!("{}/{}", practices.reached, practices.of)));
    let other_status = cell.then().is_some_and(|then| then.status != cell.status());
    let marks = [(cell.has_single_broker(), 'b'), (cell.has_single_server(), 's'), (other_status, '*')];
    let marks: String = marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect();
    if !marks.is_empty() {
        parts.push(marks);
    }
    parts.join(" ")
}

/// A cell in a sentence.
fn told(cell: &CellView) -> String {
    let mut out = format!("{} ({}): {}", name(&cell.group()), place(cell.area().as_ref()), words(cell.status()));
    if let Some(probability) = cell.probability() {
        let _ = write!(out, ", {}", percent(probability));
    }
    let brokers = cell.brokers();
    if !brokers.is_empty() {
        let names: Vec<&str> = brokers.iter().map(name).collect();
        let _ = write!(out, "; every path leads through {}", names.join(" and "));
    }
    if let Some(then) = cell.then().filter(|then| then.status != cell.status()) {
        let _ = write!(out, "; was {}", words(then.status));
    }
    out
}

//! Coverage as CSV: one line a cell, the most urgent first. The header is a promise: extend at its end, never rename.

use super::name;
use crate::access::View;
use crate::app::{CellView, CoverageView};
use crate::model::Ref;
use crate::outreach::costs::probability_of;
use crate::outreach::{CoverageStatus, Urgency};
use std::io::Write;

const HEADER: [&str; 20] = [
    "urgency",
    "group_ref",
    "group",
    "area_ref",
    "area",
    "status",
    "best_probability",
    "cost_micronats",
    "best_path",
    "single_broker",
    "brokers",
    "single_server",
    "servers",
    "practices_reached",
    "practices",
    "changed",
    "status_then",
    "best_probability_then",
    "as_of",
    "revision",
];

pub fn write(coverage: &CoverageView, to: impl Write) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_writer(to);
    out.write_record(HEADER)?;
    for (_, cell) in coverage.by_urgency(None, usize::MAX).items {
        out.write_record(record(coverage, &cell))?;
    }
    out.flush()?;
    Ok(())
}

fn record(coverage: &CoverageView, cell: &CellView) -> [String; HEADER.len()] {
    let (group, area) = (cell.group(), cell.area());
    let (practices, then) = (cell.practices(), cell.then());
    let reference = |view: &View| view.refs.first().map(Ref::to_string).unwrap_or_default();
    let names = |views: &[View]| views.iter().map(name).collect::<Vec<_>>().join("|");
    let number = |value: Option<f64>| value.map(|value| format!("{value:.6}")).unwrap_or_default();
    let count = |value: Option<usize>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        urgency(cell.urgency()).to_owned(),
        reference(&group),
        name(&group).to_owned(),
        area.as_ref().map(reference).unwrap_or_default(),
        area.as_ref().map(name).unwrap_or_default().to_owned(),
        code(cell.status()).to_owned(),
        number(cell.probability()),
        cell.cost().map(|cost| cost.to_string()).unwrap_or_default(),
        names(&cell.best_path()),
        yes(cell.has_single_broker()),
        names(&cell.brokers()),
        yes(cell.has_single_server()),
        cell.server_count().to_string(),
        count(practices.map(|practices| practices.reached)),
        count(practices.map(|practices| practices.of)),
        yes(then.is_some()),
        then.map(|then| code(then.status)).unwrap_or_default().to_owned(),
        number(then.and_then(|then| then.cost).map(probability_of)),
        coverage.as_of().to_string(),
        coverage.revision().to_string(),
    ]
}

/// `true` or blank, as in the team's own sheets.
fn yes(holds: bool) -> String {
    if holds { "true".to_owned() } else { String::new() }
}

/// The API's word for a status.
const fn code(status: CoverageStatus) -> &'static str {
    match status {
        CoverageStatus::AlreadyThere => "ALREADY_THERE",
        CoverageStatus::Warm => "WARM",
        CoverageStatus::Networked => "NETWORKED",
        CoverageStatus::Cold => "COLD",
        CoverageStatus::StaleOnly => "STALE_ONLY",
        CoverageStatus::NoMatchingTarget => "NO_MATCHING_TARGET",
        CoverageStatus::NobodyServesTarget => "NOBODY_SERVES_TARGET",
        CoverageStatus::OnlyInferredLinks => "ONLY_INFERRED_LINKS",
        CoverageStatus::BlockedByConsent => "BLOCKED_BY_CONSENT",
        CoverageStatus::DoNotApproach => "DO_NOT_APPROACH",
        CoverageStatus::OnlyExpiredLinks => "ONLY_EXPIRED_LINKS",
        CoverageStatus::TooManyHops => "TOO_MANY_HOPS",
        CoverageStatus::ConstraintsExcludeAll => "CONSTRAINTS_EXCLUDE_ALL",
        CoverageStatus::SeveralRules => "SEVERAL_RULES",
        CoverageStatus::Disconnected => "DISCONNECTED",
        CoverageStatus::NoPath => "NO_PATH",
    }
}

const fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::NobodyServes => "NOBODY_SERVES",
        Urgency::Unreachable => "UNREACHABLE",
        Urgency::Blocked => "BLOCKED",
        Urgency::Stale => "STALE",
        Urgency::Cold => "COLD",
        Urgency::OneBroker => "ONE_BROKER",
        Urgency::Covered => "COVERED",
        Urgency::NothingToReach => "NOTHING_TO_REACH",
    }
}

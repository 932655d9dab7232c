//! `inroads coverage`: whom are we missing, as a table or as CSV.

mod csv;
mod table;

use super::{Common, Ended, open_store};
use crate::access::{Role, View, Viewer};
use crate::app::{App, Asking};
use crate::error::AppError;
use crate::model::{LondonClock, NodeRef, NodeType, parse_day};
use crate::outreach::{CoverageQuestion, CoverageStatus, SourceName};
use crate::snapshot::Expect;
use std::sync::Arc;

/// See whom we are missing: how well each under-served group is reached in each area, or why it is not
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// Where to start: a ref such as GB-NHS:N81059, a name, or `team`. May be given several times
    #[arg(long, value_name = "REF|team", required = true)]
    pub from: Vec<String>,
    /// An under-served group, by ref, name or alias. May be given several times; default: all of them
    #[arg(long, value_name = "TEXT|REF")]
    pub group: Vec<String>,
    /// An area, by ref or name. May be given several times; default: anywhere
    #[arg(long, value_name = "TEXT|REF")]
    pub area: Vec<String>,
    /// The day to judge by, as in 2026-04-01; default: today
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<jiff::civil::Date>,
    /// An earlier day to compare with
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<jiff::civil::Date>,
    /// The most hops that a path may have
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub max_hops: usize,
    /// Walk links that are only inferred
    #[arg(long)]
    pub include_inferred: bool,
    /// Walk through people who were not asked for consent yet
    #[arg(long)]
    pub include_unasked: bool,
    /// Print one line a cell as CSV, the most urgent first, for spreadsheets
    #[arg(long)]
    pub csv: bool,
}

fn day(text: &str) -> Result<jiff::civil::Date, String> {
    parse_day(text).map_err(|invalid| invalid.0)
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let store = open_store(&config.store).await?;
    let app = Arc::new(App::open(store, Arc::new(LondonClock), config.outreach.clone()).await?);
    let asking = app.asking(Viewer::new(Role::Team));
    let coverage = asking.coverage(question(&asking, &arguments)?).await?;
    if arguments.csv {
        csv::write(&coverage, std::io::stdout().lock())?;
    } else {
        print!("{}", table::in_words(&coverage));
    }
    Ok(Ended::Done)
}

fn question(asking: &Asking, arguments: &Arguments) -> Result<CoverageQuestion, AppError> {
    let meant = |text: &String, types, argument| {
        let view = asking.meant(text, types).map_err(|error: AppError| error.at([argument]))?;
        Ok(NodeRef::Id(view.id.to_string()))
    };
    let source = |text: &String| {
        if text == "team" { Ok(SourceName::Team) } else { meant(text, Expect::SOURCE.0, "from").map(SourceName::Node) }
    };
    let all = |texts: &[String], types, argument| -> Result<Vec<NodeRef>, AppError> {
        texts.iter().map(|text| meant(text, types, argument)).collect()
    };
    Ok(CoverageQuestion {
        groups: all(&arguments.group, &[NodeType::UnderservedGroup], "group")?,
        areas: all(&arguments.area, &[NodeType::Area], "area")?,
        as_of: arguments.as_of,
        since: arguments.since,
        max_hops: arguments.max_hops,
        include_inferred: arguments.include_inferred,
        include_unasked: arguments.include_unasked,
        ..CoverageQuestion::new(arguments.from.iter().map(source).collect::<Result<_, _>>()?)
    })
}

fn name(view: &View) -> &str {
    view.name.as_deref().unwrap_or("somebody")
}

/// The name of an area, or that it is anywhere.
fn place(area: Option<&View>) -> &str {
    area.map_or("anywhere", name)
}

const fn words(status: CoverageStatus) -> &'static str {
    match status {
        CoverageStatus::AlreadyThere => "already there",
        CoverageStatus::Warm => "warm",
        CoverageStatus::Networked => "networked",
        CoverageStatus::Cold => "cold",
        CoverageStatus::StaleOnly => "stale only",
        CoverageStatus::NoMatchingTarget => "no such practices",
        CoverageStatus::NobodyServesTarget => "nobody serves them",
        CoverageStatus::OnlyInferredLinks => "only inferred links",
        CoverageStatus::BlockedByConsent => "blocked by consent",
        CoverageStatus::DoNotApproach => "do not approach",
        CoverageStatus::OnlyExpiredLinks => "only expired links",
        CoverageStatus::TooManyHops => "too many hops",
        CoverageStatus::ConstraintsExcludeAll => "only elsewhere",
        CoverageStatus::SeveralRules => "several rules",
        CoverageStatus::Disconnected => "disconnected",
        CoverageStatus::NoPath => "no path",
    }
}

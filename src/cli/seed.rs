//! `inroads seed`: fill the store with what ships. Doing it again changes nothing.

use super::{Common, Ended, bar, open_store};
use crate::app::{Importer, SeedOptions, seed};
use crate::config::Import;
use crate::model::{IdGenerator, LondonClock};
use crate::store::GraphStore;
use std::sync::Arc;

/// Fill the store with the real organisations that the project ships, and synthetic people around them
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// Add every GP practice and primary care network of England
    #[arg(long)]
    pub england: bool,
    /// How many synthetic individuals to make
    #[arg(long, value_name = "N", default_value_t = SeedOptions::default().individuals)]
    pub individuals: usize,
    /// Leave out everything that is made up
    #[arg(long, conflicts_with = "individuals")]
    pub real_only: bool,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let store = open_store(&config.store).await?;
    let individuals = if arguments.real_only { 0 } else { arguments.individuals };
    let report = fill(store, &config.import, SeedOptions { england: arguments.england, individuals }).await?;
    println!("{report}");
    Ok(Ended::Done)
}

/// The ids of made-up people are the same on every machine, as they are.
const IDS_SEED: u64 = 360;

/// Fills a store with the seed, with a progress bar; one line says what was done.
pub async fn fill(store: Arc<dyn GraphStore>, limits: &Import, options: SeedOptions) -> anyhow::Result<String> {
    let (clock, ids) = (Arc::new(LondonClock), IdGenerator::from_seed(IDS_SEED));
    let mut importer = Importer::open(store, clock, ids, limits.clone()).await?;
    let progress = bar();
    let (report, revision) = seed(&mut importer, options, &mut |step| {
        progress.set_message(format!("{}/{} {}", step.place + 1, step.steps, step.name));
        progress.set_length(step.progress.changes as u64);
        progress.set_position(step.progress.committed as u64);
    })
    .await?;
    progress.finish_and_clear();
    Ok(match revision {
        Some(revision) => format!("Seeded: {} rows read, {} new; revision {revision}.", report.rows_read, report.new),
        None => format!("Seeded already: {} rows read, none new.", report.rows_read),
    })
}

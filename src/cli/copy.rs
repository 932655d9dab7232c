//! `inroads copy`: move a graph with its log from one store to another, losslessly.

use super::{CannotStart, Ended, open_store, open_store_that_is};
use crate::app::{Copied, copy};
use crate::config::{self, StoreUrl};
use crate::store::{GraphStore, StoreError};
use indicatif::ProgressBar;

/// Copy a whole graph with its log into an empty store, of whatever kind
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The store to read: embedded:PATH or bolt://USER@HOST:PORT
    #[arg(long, value_name = "URL")]
    pub from: StoreUrl,
    /// The empty store to fill: embedded:PATH or bolt://USER@HOST:PORT
    #[arg(long, value_name = "URL")]
    pub to: StoreUrl,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let store = |url: &StoreUrl| config::Store { url: url.clone(), ..config::Store::default() };
    let from = open_store_that_is(&store(&arguments.from)).await?;
    let to = open_store(&store(&arguments.to)).await?;
    let copied = with_bar(from.as_ref(), to.as_ref()).await.map_err(|error| match error {
        StoreError::Refused(why) => anyhow::Error::from(CannotStart(format!("{}: {why}", arguments.to))),
        other => other.into(),
    })?;
    let Copied { nodes, relations, log_entries } = copied;
    println!("Copied: {nodes} nodes, {relations} relations, {log_entries} log entries.");
    Ok(Ended::Done)
}

async fn with_bar(from: &dyn GraphStore, to: &dyn GraphStore) -> Result<Copied, StoreError> {
    let progress = ProgressBar::new_spinner();
    let shown = progress.clone();
    let copied = copy(from, to, move |Copied { nodes, relations, log_entries }| {
        shown.set_message(format!("{nodes} nodes, {relations} relations, {log_entries} log entries"));
        shown.tick();
    })
    .await;
    progress.finish_and_clear();
    copied
}

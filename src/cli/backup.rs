//! `inroads backup`: a consistent copy of a store in one file, while it is served and written.

use super::{CannotStart, Common, Ended};
use crate::config::StoreUrl;
use crate::store::embedded::{Draft, EmbeddedStore};
use std::path::PathBuf;

/// Copy the store into a new file, also while it is being served; the copy is a store itself
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// The file to make; one that is there already is not overwritten
    #[arg(long, value_name = "FILE")]
    pub to: PathBuf,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let StoreUrl::Embedded(path) = &config.store.url else {
        return Err(CannotStart(format!(
            "{} is backed up with Neo4j's own tools (docs/NEO4J.md), or into a file with `inroads copy --to embedded:FILE`",
            config.store.url
        ))
        .into());
    };
    let store = EmbeddedStore::open_existing(path).await?;
    let draft = Draft::of(&arguments.to)?;
    store.copy_to(&draft).await?;
    draft.finish()?;
    println!("Backed up to {0}; use it with --store embedded:{0}", arguments.to.display());
    Ok(Ended::Done)
}

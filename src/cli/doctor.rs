//! `inroads doctor`: look a store over, and say what is wrong with it.

use super::{Common, Ended, open_store_that_is};

/// Check that a store is whole; exit code 1 when it is not
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let config = arguments.common.settle()?;
    let findings = open_store_that_is(&config.store).await?.check().await?;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("The store is whole.");
        return Ok(Ended::Done);
    }
    Ok(Ended::FoundErrors)
}

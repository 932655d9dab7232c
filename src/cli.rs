//! The command line: one file per command, and what they share. Only `main` calls it. A command reads its arguments,
//! calls a use case and prints; it owns no logic. Results go to standard output, everything else to standard error.
//!
//! Exit codes: 0 done, 1 the work found errors, 2 could not start (one line says what to do).

pub mod backup;
pub mod copy;
pub mod coverage;
pub mod doctor;
pub mod import;
pub mod paths;
pub mod schema;
pub mod seed;
pub mod serve;

use crate::{
    config::{self, Config, ConfigError, StoreUrl},
    http::CannotListen,
    ingest::InputError,
    store::{
        GraphStore, StoreError,
        embedded::EmbeddedStore,
        neo4j::{self, Neo4jStore},
    },
};
use clap::error::{ContextKind, ContextValue};
use clap::{Args, Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::{path::PathBuf, process::ExitCode, sync::Arc};

/// Finds trusted, consented ways in to the groups and practices that services keep missing.
#[derive(Debug, Parser)]
#[command(name = "inroads", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Seed(seed::Arguments),
    Import(import::Arguments),
    Paths(paths::Arguments),
    Coverage(coverage::Arguments),
    Schema(schema::Arguments),
    Doctor(doctor::Arguments),
    Backup(backup::Arguments),
    Copy(copy::Arguments),
}

/// What every command that opens the store takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Where the graph is kept: embedded:PATH, or bolt://USER@HOST:PORT for Neo4j
    #[arg(long, value_name = "URL", env = "INROADS_STORE", hide_env_values = true)]
    pub store: Option<StoreUrl>,
    /// A TOML file of settings; config.default.toml explains them all
    #[arg(long, value_name = "FILE", env = "INROADS_CONFIG")]
    pub config: Option<PathBuf>,
}

impl Common {
    /// The settings in force: flag, else environment, else file, else default.
    pub fn settle(&self) -> Result<Config, ConfigError> {
        let mut config = Config::read(self.config.as_deref())?;
        if let Some(store) = &self.store {
            config.store.url = store.clone();
        }
        Ok(config)
    }
}

/// How a command ended that could start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Done,
    /// It ran, and what it found is wrong: refused rows, a failed check. It has said so itself.
    FoundErrors,
}

/// Wraps a cause for which exit code 2 is right and that is none of the library's own. The text says what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotStart(pub String);

/// Opens the store that the settings name, making it if absent.
async fn open_store(store: &config::Store) -> anyhow::Result<Arc<dyn GraphStore>> {
    Ok(match &store.url {
        StoreUrl::Embedded(path) => Arc::new(EmbeddedStore::open(path).await?),
        StoreUrl::Neo4j(address) => Arc::new(Neo4jStore::open(&neo4j(store, address)?).await?),
    })
}

/// Opens a store that is only to be looked at: a slip in its name must not make an empty one.
async fn open_store_that_is(store: &config::Store) -> anyhow::Result<Arc<dyn GraphStore>> {
    Ok(match &store.url {
        StoreUrl::Embedded(path) => Arc::new(EmbeddedStore::open_existing(path).await?),
        StoreUrl::Neo4j(address) => Arc::new(Neo4jStore::open_existing(&neo4j(store, address)?).await?),
    })
}

fn neo4j(store: &config::Store, address: &config::Neo4jAddress) -> Result<neo4j::Settings, ConfigError> {
    let config::Neo4jAddress { user, host, port, tls } = address.clone();
    Ok(neo4j::Settings {
        host,
        port,
        user,
        password: store.password()?,
        tls,
        deadline: store.deadline(),
        long_deadline: store.long_deadline(),
        connections: store.connections,
    })
}

/// A progress bar on standard error; nothing where that is not a terminal.
fn bar() -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

pub fn main() -> ExitCode {
    match run(Arguments::try_parse().unwrap_or_else(|error| without_address(error).exit())) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::FoundErrors) => ExitCode::from(1),
        Err(error) => {
            // One line, whatever the causes look like.
            eprintln!("inroads: {}", format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" "));
            ExitCode::from(exit_code(&error))
        }
    }
}

/// The parser quotes what it cannot take; a store's address may hold a password.
fn without_address(mut error: clap::Error) -> clap::Error {
    let of_address = |argument: &ContextValue| argument.to_string().contains("<URL>");
    if error.get(ContextKind::InvalidArg).is_some_and(of_address) {
        error.insert(ContextKind::InvalidValue, ContextValue::String("(not shown)".to_owned()));
    }
    error
}

fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let runtime = tokio::runtime::Runtime::new()?;
    let ended = runtime.block_on(async {
        match arguments.command {
            Command::Serve(arguments) => serve::run(arguments).await,
            Command::Seed(arguments) => seed::run(arguments).await,
            Command::Import(arguments) => import::run(arguments).await,
            Command::Paths(arguments) => paths::run(arguments).await,
            Command::Coverage(arguments) => coverage::run(arguments).await,
            Command::Schema(arguments) => Ok(schema::run(arguments)),
            Command::Doctor(arguments) => doctor::run(arguments).await,
            Command::Backup(arguments) => backup::run(arguments).await,
            Command::Copy(arguments) => copy::run(arguments).await,
        }
    });
    // A search still running for a client that is gone must not hold up the end.
    runtime.shutdown_background();
    ended
}

fn exit_code(error: &anyhow::Error) -> u8 {
    let could_not_start = error.chain().any(|cause| {
        cause.is::<CannotStart>()
            || cause.is::<ConfigError>()
            || cause.is::<CannotListen>()
            || cause.is::<InputError>()
            || matches!(cause.downcast_ref(), Some(StoreError::Unusable(_) | StoreError::Unavailable(_)))
    });
    if could_not_start { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("inroads.toml");
        std::fs::write(&file, "[store]\nurl = \"embedded:from-file.db\"\n").expect("written");
        let url = |store: Option<&str>, config: Option<PathBuf>| {
            let common = Common { store: store.map(|text| text.parse().expect("a store")), config };
            common.settle().expect("settled").store.url.to_string()
        };
        assert_eq!(url(Some("embedded:from-flag.db"), Some(file.clone())), "embedded:from-flag.db");
        assert_eq!(url(None, Some(file)), "embedded:from-file.db");
        assert_eq!(url(None, None), "embedded:data/inroads.db");
    }

    #[test]
    fn exit_codes_tell_a_failed_start_from_failed_work() {
        let code = |error: anyhow::Error| exit_code(&error.context("while serving"));
        assert_eq!(code(StoreError::Unusable("newer schema".into()).into()), 2);
        assert_eq!(code(CannotStart("run `make playground`".into()).into()), 2);
        assert_eq!(code(StoreError::Refused("self-relation".into()).into()), 1);
        assert_eq!(code(anyhow::anyhow!("anything else")), 1);
    }
}

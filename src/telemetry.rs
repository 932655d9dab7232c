//! Where logs go and in what shape; `main` sets it up once. `docs/LOGGING.md` says what may be logged and what never.
//! It never writes to standard output, which belongs to what a command was asked for.

use crate::config::{Log, LogFormat, LogLevel};
use std::{
    io::IsTerminal as _,
    sync::{Arc, Mutex, PoisonError},
};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer as _, filter::Targets, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// What ties a request's log lines together, and what an INTERNAL error shows to be quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TraceId(Arc<str>);

impl TraceId {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for TraceId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for TraceId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Hands out trace ids: random in use, from a seed in tests.
#[derive(Clone)]
pub struct TraceIds(Arc<Mutex<crate::model::IdGenerator>>);

impl TraceIds {
    pub fn new(ids: crate::model::IdGenerator) -> Self {
        Self(Arc::new(Mutex::new(ids)))
    }

    pub fn next(&self) -> TraceId {
        // A generator that was interrupted in a panic still gives ids.
        let mut ids = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        TraceId(ids.token().into())
    }
}

/// Sends logs to standard error. A second call changes nothing, so that tests may share a process.
pub fn init(settings: &Log) {
    // What we depend on may quote requests and rows at its lower levels: only its warnings pass.
    let filter = Targets::new()
        .with_default(LevelFilter::WARN.min(settings.level.into()))
        .with_target("inroads", settings.level)
        // The Neo4j driver's warnings may quote what the server said; its errors are told by the store.
        .with_target("neo4rs", LevelFilter::OFF);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match settings.format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_span_list(false).boxed(),
    };
    let _ = tracing_subscriber::registry().with(lines.with_filter(filter)).try_init();
}

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
        }
    }
}

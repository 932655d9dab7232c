//! The connections. Each is a driver of its own with room for one connection, lent to one task at a time, and it is kept
//! only when the task ended well: after an error, a deadline or a broken exchange it is closed. So a transaction that was
//! left open is rolled back at once, and nobody is ever handed what was left of somebody else's answer.
//! Used by this adapter alone. It never tries anything twice.

use super::settings::Settings;
use super::trouble::Trouble;
use super::tx::ROWS_A_STATEMENT;
use crate::store::StoreError;
use neo4rs::{ConfigBuilder, Graph};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

pub struct Lines {
    config: neo4rs::Config,
    server: Arc<str>,
    deadline: Duration,
    long_deadline: Duration,
    seats: Arc<Semaphore>,
    idle: Mutex<Vec<Graph>>,
}

/// One connection, for the time of a task.
pub struct Line {
    pub graph: Graph,
    /// How long one step may take.
    pub step: Duration,
}

/// How long a task may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// In all, for whoever waits for a request or a first word.
    Request,
    /// In all, for a step of an import.
    Long,
    /// Each step of it, however many there are.
    EachStep,
}

impl Patience {
    /// Requests ask for no more keys than one statement takes; whoever asks for more is an import.
    pub fn for_keys(keys: usize) -> Self {
        if keys <= ROWS_A_STATEMENT { Self::Request } else { Self::EachStep }
    }
}

impl Lines {
    pub fn new(settings: &Settings) -> Result<Self, StoreError> {
        let server: Arc<str> = settings.server().into();
        let config = ConfigBuilder::default()
            .uri(settings.uri())
            .user(settings.user.clone())
            .password(settings.password.clone())
            .fetch_size(ROWS_A_STATEMENT)
            .max_connections(1)
            // The driver waits no longer than that for any one message; our own deadlines are shorter or as long.
            .connection_timeout(settings.long_deadline.max(settings.deadline))
            .build()
            .map_err(|error| Trouble::Driver(error).told(&server, "opening the store"))?;
        Ok(Self {
            config,
            server,
            deadline: settings.deadline,
            long_deadline: settings.long_deadline,
            seats: Arc::new(Semaphore::new(settings.connections)),
            idle: Mutex::default(),
        })
    }

    pub fn server(&self) -> &str {
        &self.server
    }

    /// Runs `work` in a task of its own: it goes on to its end or its deadline when nobody waits for it any more.
    pub async fn with<T, F>(
        self: &Arc<Self>,
        doing: &'static str,
        patience: Patience,
        work: impl FnOnce(Line) -> F + Send + 'static,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Trouble>> + Send + 'static,
    {
        let until = Instant::now() + self.limit(patience);
        let seat = self.seat(until, doing).await?;
        let lines = Arc::clone(self);
        let task = tokio::spawn(async move {
            let _seat = seat;
            lines.run(patience, until, work).await.map_err(|trouble| trouble.told(&lines.server, doing))
        });
        task.await.unwrap_or_else(|error| {
            Err(StoreError::Internal { context: "a store task broke off".to_owned(), source: Box::new(error) })
        })
    }

    async fn run<T, F>(&self, patience: Patience, until: Instant, work: impl FnOnce(Line) -> F) -> Result<T, Trouble>
    where
        F: Future<Output = Result<T, Trouble>>,
    {
        let graph = self.idle_or_new()?;
        let line = Line { graph: graph.clone(), step: self.limit(patience) };
        let outcome = match patience {
            Patience::Request | Patience::Long => timeout_at(until, work(line)).await.unwrap_or(Err(Trouble::Late)),
            Patience::EachStep => work(line).await,
        };
        match &outcome {
            Ok(_) => self.idle().push(graph),
            // Those that idle were made before the trouble, and each would cost the next caller a deadline.
            Err(trouble) if trouble.is_of_the_connection() => self.idle().clear(),
            Err(_) => {}
        }
        outcome
    }

    fn limit(&self, patience: Patience) -> Duration {
        match patience {
            Patience::Request => self.deadline,
            Patience::Long | Patience::EachStep => self.long_deadline,
        }
    }

    async fn seat(&self, until: Instant, doing: &str) -> Result<OwnedSemaphorePermit, StoreError> {
        match timeout_at(until, Arc::clone(&self.seats).acquire_owned()).await {
            Ok(Ok(seat)) => Ok(seat),
            // The semaphore is never closed.
            Ok(Err(_)) | Err(_) => Err(StoreError::Unavailable(format!(
                "all connections to Neo4j at {} are busy while {doing}: try again, or allow more with [store] \
                 connections",
                self.server
            ))),
        }
    }

    fn idle_or_new(&self) -> Result<Graph, Trouble> {
        if let Some(graph) = self.idle().pop() {
            return Ok(graph);
        }
        Ok(Graph::connect(self.config.clone())?)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Graph>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

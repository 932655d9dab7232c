//! `inroads serve`: the GraphQL API and the playground, until told to stop.

use super::{CannotStart, Common, Ended, open_store, seed};
use crate::{
    access::{Role, Viewer},
    app::{App, SEED_RUN, SeedOptions},
    config::{Config, Limits},
    graphql::Api,
    http::{self, GraphQl, Parts, Question, Readiness},
    model::{LondonClock, Revision},
    telemetry,
};
use clap::{Args, ValueEnum};
use std::{io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

/// A change that another process makes shows within this time.
const LOOK_AT_STORE_EVERY: Duration = Duration::from_millis(500);

/// How often older history is let go, where it is not kept for ever.
const LET_GO_EVERY: Duration = Duration::from_hours(24);

/// Serve the GraphQL API and the playground on this machine
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    /// Where to listen: a loopback address and a port
    #[arg(long, value_name = "ADDR", env = "INROADS_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Fill an empty store with the seed first
    #[arg(long)]
    pub seed: bool,
    /// Whom to treat callers as, until there is authentication
    #[arg(long = "as", value_enum, value_name = "ROLE", default_value_t = Caller::Team)]
    pub caller: Caller,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Caller {
    Partner,
    Team,
    Steward,
}

impl Caller {
    const fn role(self) -> Role {
        match self {
            Self::Partner => Role::Partner,
            Self::Team => Role::Team,
            Self::Steward => Role::Steward,
        }
    }
}

pub async fn run(arguments: Arguments) -> anyhow::Result<Ended> {
    let mut config = arguments.common.settle()?;
    if let Some(listen) = arguments.listen {
        config.http.listen = listen;
    }
    telemetry::init(&config.log);

    // The address first: a start that cannot serve must not seed.
    let listener = http::bind(config.http.listen).await?;
    let address = listener.local_addr()?;
    let (parts, app) = open(&config, &arguments).await?;
    greet(address, &app)?;
    if config.store.keep_history_days > 0 {
        tokio::spawn(forget(Arc::clone(&app), config.store.keep_history_days));
    }
    tokio::spawn(async move { app.follow(LOOK_AT_STORE_EVERY).await });
    http::serve(listener, parts, &config.http, stop()).await?;
    Ok(Ended::Done)
}

/// The graph behind the API.
async fn open(config: &Config, arguments: &Arguments) -> anyhow::Result<(Parts, Arc<App>)> {
    let store = open_store(&config.store).await?;
    let health = store.health().await?;
    let seed_broken_off = health.unfinished.as_ref().is_some_and(|run| run.what == SEED_RUN);
    if seed_broken_off && !arguments.seed {
        return Err(CannotStart(format!(
            "{} holds a seed that was broken off; finish it with `inroads seed`, or start with --seed",
            config.store.url
        ))
        .into());
    }
    if arguments.seed && (seed_broken_off || health.revision == Revision::default()) {
        eprintln!("{}", seed::fill(Arc::clone(&store), &config.import, SeedOptions::default()).await?);
    } else if let Some(run) = health.unfinished {
        tracing::warn!(
            what = run.what,
            "an import is under way elsewhere, or was broken off: import the file again to finish it"
        );
    }
    let app = Arc::new(App::open(store, Arc::new(LondonClock), config.outreach.clone()).await?);
    let viewer = Viewer::new(arguments.caller.role());
    Ok((parts(&config.limits, &app, viewer), app))
}

/// What the transport is given to serve a graph to a viewer.
pub fn parts(limits: &Limits, app: &Arc<App>, viewer: Viewer) -> Parts {
    let api = Api::new(limits, Arc::clone(app), viewer);
    let (running, ready) = (api.clone(), Arc::clone(app));
    let run = move |question: Question| {
        let running = running.clone().run(question.request, question.at_least);
        async { running.await.into() }
    };
    let stream = move |question: Question| api.clone().stream(question.request, question.at_least);
    let readiness = move || Readiness::Ready { revision: ready.revision(), unconfirmed_for: ready.in_doubt_for() };
    Parts::new(GraphQl::new(run, stream), readiness)
}

/// Lets go of history that is older than it has to be.
async fn forget(app: Arc<App>, keep_days: u32) {
    let mut every = tokio::time::interval(LET_GO_EVERY);
    loop {
        every.tick().await;
        match app.let_go_of_history(keep_days).await {
            Ok(0) => {}
            Ok(entries) => tracing::info!(entries, keep_days, "older history was let go"),
            Err(error) => tracing::warn!(%error, "older history could not be let go; the next try is tomorrow"),
        }
    }
}

/// In one piece: whoever has read its first line may have heard enough, and a server does not end for that.
fn greet(address: SocketAddr, app: &App) -> std::io::Result<()> {
    let next = if app.is_empty() {
        "The graph is empty: fill it with `inroads seed`, or with files of your own with `inroads import`.".to_owned()
    } else {
        format!("Ask         {READY_MADE}")
    };
    let mut out = std::io::stdout().lock();
    let text = format!("Playground  http://{address}/playground\nAPI         http://{address}/graphql\n{next}\n");
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A question to start with, in one line.
const READY_MADE: &str = "{ outreachPaths(question: { from: [{ team: true }], to: { group: { ref: \
    \"group:core20plus5/people-experiencing-homelessness\" } }, areas: [{ ref: \"E08:E08000012\" }] }) { paths { likelihood ask } } }";

async fn stop() {
    if let Err(error) = http::stop_signal().await {
        tracing::warn!(%error, "signals cannot be watched: stop the server by ending its process");
        std::future::pending::<()>().await;
    }
}

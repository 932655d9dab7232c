//! `inroads serve`: the GraphQL API and the playground, until told to stop.

use super::{CannotStart, Common, Ended, open_store, seed};
use crate::{
    access::{Role, Viewer},
    app::{App, SEED_RUN, SeedOptions},
    config::Config,
    graphql,
    http::{self, GraphQl, Parts, Readiness},
    model::{LondonClock, Revision},
    telemetry,
};
use clap::{Args, ValueEnum};
use std::{io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

/// A change that another process makes shows within this time.
const LOOK_AT_STORE_EVERY: Duration = Duration::from_millis(500);

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
    tokio::spawn(follow(app));
    http::serve(listener, parts, &config.http, stop()).await?;
    Ok(Ended::Done)
}

/// The graph behind the API.
async fn open(config: &Config, arguments: &Arguments) -> anyhow::Result<(Parts, Arc<App>)> {
    let store = open_store(&config.store.url).await?;
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
    let (schema, viewer) = (graphql::schema(&config.limits), Viewer::new(arguments.caller.role()));
    let asked = Arc::clone(&app);
    let graphql = GraphQl::new(move |request| {
        let (schema, asking) = (schema.clone(), asked.asking(viewer));
        async move { schema.execute(request, asking).await }
    });
    let ready = Arc::clone(&app);
    Ok((Parts::new(graphql, move || Readiness::Ready { revision: ready.revision() }), app))
}

/// Shows what other processes have written to the store.
async fn follow(app: Arc<App>) {
    let mut every = tokio::time::interval(LOOK_AT_STORE_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        match app.refresh().await {
            Ok(true) => tracing::info!(revision = app.revision().0, "a newer graph is in use"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the store cannot be looked at; answering from the graph in memory"),
        }
    }
}

fn greet(address: SocketAddr, app: &App) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Playground  http://{address}/playground")?;
    writeln!(out, "API         http://{address}/graphql")?;
    if app.is_empty() {
        writeln!(
            out,
            "The graph is empty: fill it with `inroads seed`, or with files of your own with `inroads import`."
        )?;
    } else {
        writeln!(out, "Ask         {READY_MADE}")?;
    }
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

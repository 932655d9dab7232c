//! The transport: GraphQL over HTTP and WebSocket, the playground, health. `cli` starts it and tests drive its router. It never
//! decides anything about the graph: it is given a way to run a GraphQL request and a way to tell whether it is ready.

mod decode;
mod graphql;
mod guard;
mod listen;
mod media;
mod operation;
mod pages;
mod playground;
mod refusal;
mod reply;
mod request_log;
mod revision;
mod variables;
mod websocket;

pub use listen::{CannotListen, bind, serve, stop_signal};

use crate::{
    config::{Http, Origin},
    model::{IdGenerator, Revision},
    telemetry::TraceIds,
};
use async_graphql::{Request, Response};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, HeaderValue, Method, header},
    middleware::from_fn_with_state,
    routing::{any, get},
};
use futures_util::{FutureExt as _, Stream, StreamExt as _, future::BoxFuture, stream::BoxStream};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};
use websocket::Sockets;

/// A GraphQL request, on its way to the schema. It carries its [`TraceId`](crate::telemetry::TraceId) as data.
pub struct Question {
    pub request: Request,
    /// What the client has seen already: an answer from before that would take it back.
    pub at_least: Option<Revision>,
}

/// What the schema said, and the revision that it was asked of.
pub struct Answer {
    pub response: Response,
    pub revision: Revision,
}

impl From<(Response, Revision)> for Answer {
    fn from((response, revision): (Response, Revision)) -> Self {
        Self { response, revision }
    }
}

/// A way to run GraphQL requests: queries and mutations, which have one answer, and subscriptions, which have many.
#[derive(Clone)]
pub struct GraphQl {
    run: Arc<dyn Fn(Question) -> BoxFuture<'static, Answer> + Send + Sync>,
    stream: Arc<dyn Fn(Question) -> BoxStream<'static, Response> + Send + Sync>,
}

impl GraphQl {
    pub fn new<F, Running, G, Streaming>(run: F, stream: G) -> Self
    where
        F: Fn(Question) -> Running + Send + Sync + 'static,
        Running: Future<Output = Answer> + Send + 'static,
        G: Fn(Question) -> Streaming + Send + Sync + 'static,
        Streaming: Stream<Item = Response> + Send + 'static,
    {
        Self {
            run: Arc::new(move |question| run(question).boxed()),
            stream: Arc::new(move |question| stream(question).boxed()),
        }
    }

    async fn run(&self, question: Question) -> Answer {
        (self.run)(question).await
    }

    fn stream(&self, question: Question) -> BoxStream<'static, Response> {
        (self.stream)(question)
    }
}

/// Whether questions can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// `unconfirmed_for` says for how long the store could not be asked whether there is a newer one.
    Ready {
        revision: Revision,
        unconfirmed_for: Option<Duration>,
    },
    Loading,
}

/// What the router is made of.
#[derive(Clone)]
pub struct Parts {
    pub graphql: GraphQl,
    pub readiness: Arc<dyn Fn() -> Readiness + Send + Sync>,
    pub traces: TraceIds,
}

impl Parts {
    pub fn new(graphql: GraphQl, readiness: impl Fn() -> Readiness + Send + Sync + 'static) -> Self {
        Self { graphql, readiness: Arc::new(readiness), traces: TraceIds::new(IdGenerator::from_entropy()) }
    }
}

/// What every handler sees.
#[derive(Clone)]
struct Shell {
    parts: Parts,
    settings: Arc<Http>,
    listening: SocketAddr,
    sockets: Sockets,
}

impl Shell {
    /// What the graph has come to.
    fn newest(&self) -> Revision {
        match (self.parts.readiness)() {
            Readiness::Ready { revision, .. } => revision,
            Readiness::Loading => Revision::default(),
        }
    }
}

/// As narrow as the playground's editor allows. It stands beside the page it is written for.
const CONTENT_SECURITY_POLICY: &str = include_str!("../web/csp.txt").trim_ascii();

/// Brotli's own default is its slowest, meant for files that are packed once and sent often.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// How long a browser may remember that a development origin is allowed.
const PREFLIGHT_AGE: Duration = Duration::from_mins(10);

/// The whole surface. `listening` is the address that clients reach: `Host` and `Origin` are held against it.
pub fn router(parts: Parts, settings: &Http, listening: SocketAddr) -> Router {
    routes(parts, settings, listening, Sockets::new(settings.websocket.max_sockets))
}

fn routes(parts: Parts, settings: &Http, listening: SocketAddr, sockets: Sockets) -> Router {
    let shell = Shell { parts, settings: Arc::new(settings.clone()), listening, sockets };
    let routes = Router::new()
        .route(
            "/graphql",
            get(graphql::get).post(graphql::post).layer(DefaultBodyLimit::max(settings.body_limit_bytes)),
        )
        .route("/healthz", get(pages::alive))
        .route("/readyz", get(pages::ready))
        .route("/", get(pages::home))
        .route("/playground", get(playground::index))
        .route("/playground/", get(playground::index))
        .route("/playground/assets/{*path}", get(playground::asset))
        .fallback(any(pages::nowhere))
        .method_not_allowed_fallback(pages::wrong_method)
        .with_state(shell.clone());

    // Each layer wraps those before it: the last one sees a request first and its answer last.
    let routes = routes.layer(CompressionLayer::new().quality(COMPRESSION));
    let routes = match settings.development_origins.as_slice() {
        [] => routes,
        origins => routes.layer(cors(origins)),
    };
    routes
        .layer(from_fn_with_state(shell.clone(), guard::check))
        .layer(fixed_header(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(fixed_header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed_header(header::REFERRER_POLICY, "no-referrer"))
        .layer(from_fn_with_state(shell, request_log::log))
}

fn fixed_header(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}

fn cors(origins: &[Origin]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::from_str(origin.as_str()).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE, revision::HEADER])
        .expose_headers([request_log::TRACE_HEADER, revision::HEADER])
        .max_age(PREFLIGHT_AGE)
}

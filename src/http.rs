//! The transport: GraphQL over HTTP, the playground, health. `cli` starts it and tests drive its router. It never
//! decides anything about the graph: it is given a way to run a GraphQL request and a way to tell whether it is ready.

mod decode;
mod graphql;
mod guard;
mod listen;
mod media;
mod pages;
mod playground;
mod refusal;
mod reply;
mod request_log;
mod variables;

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
use futures_util::future::BoxFuture;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tower_http::{
    CompressionLevel,
    compression::CompressionLayer,
    cors::{AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

/// A way to run a GraphQL request. Each request carries its [`TraceId`](crate::telemetry::TraceId) as data.
#[derive(Clone)]
pub struct GraphQl(Arc<dyn Fn(Request) -> BoxFuture<'static, Response> + Send + Sync>);

impl GraphQl {
    pub fn new<F, Running>(run: F) -> Self
    where
        F: Fn(Request) -> Running + Send + Sync + 'static,
        Running: Future<Output = Response> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(run(request))))
    }

    async fn run(&self, request: Request) -> Response {
        (self.0)(request).await
    }
}

/// Whether questions can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    Ready { revision: Revision },
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
}

/// As narrow as the playground's editor allows. It stands beside the page it is written for.
const CONTENT_SECURITY_POLICY: &str = include_str!("../web/csp.txt").trim_ascii();

/// Brotli's own default is its slowest, meant for files that are packed once and sent often.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(4);

/// How long a browser may remember that a development origin is allowed.
const PREFLIGHT_AGE: Duration = Duration::from_mins(10);

/// The whole surface. `listening` is the address that clients reach: `Host` and `Origin` are held against it.
pub fn router(parts: Parts, settings: &Http, listening: SocketAddr) -> Router {
    let shell = Shell { parts, settings: Arc::new(settings.clone()), listening };
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
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE])
        .expose_headers([request_log::TRACE_HEADER])
        .max_age(PREFLIGHT_AGE)
}

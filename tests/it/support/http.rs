//! A server over a toy schema, without a socket, and requests to it.

use async_graphql::{ErrorExtensions as _, Object, Schema, Subscription};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt as _;
use inroads::{
    config::Http,
    http::{GraphQl, Parts, Readiness, router},
    model::{IdGenerator, Revision},
    telemetry::{TraceId, TraceIds},
};
use serde_json::Value;
use std::{net::SocketAddr, time::Duration};
use tower::ServiceExt as _;

pub struct Query;

#[Object]
impl Query {
    async fn hello(&self, name: Option<String>) -> String {
        format!("hello {}", name.unwrap_or_else(|| "you".into()))
    }

    async fn double(&self, n: i32) -> i32 {
        n * 2
    }

    /// Null with an error beside it.
    async fn missing(&self) -> Option<async_graphql::Result<String>> {
        Some(Err(async_graphql::Error::new("nobody of that name").extend_with(|_, e| e.set("code", "NOT_FOUND"))))
    }

    /// An error that takes the whole answer along.
    async fn required(&self) -> async_graphql::Result<String> {
        Err(async_graphql::Error::new("nobody of that name").extend_with(|_, e| e.set("code", "NOT_FOUND")))
    }

    async fn trace(&self, context: &async_graphql::Context<'_>) -> String {
        context.data_unchecked::<TraceId>().to_string()
    }

    async fn never(&self) -> bool {
        std::future::pending().await
    }

    async fn broken(&self) -> bool {
        "a bug".parse().expect("a bug")
    }

    async fn long(&self) -> String {
        "inroads ".repeat(10_000)
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

pub struct Ticks;

#[Subscription]
impl Ticks {
    async fn ticks(&self) -> impl futures_util::Stream<Item = i32> {
        futures_util::stream::iter([1])
    }
}

pub const LISTENING: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

pub fn parts() -> Parts {
    let schema = Schema::new(Query, Mutation, Ticks);
    let graphql = GraphQl::new(move |request| {
        let schema = schema.clone();
        async move { schema.execute(request).await }
    });
    let mut parts = Parts::new(graphql, || Readiness::Ready { revision: Revision(7) });
    parts.traces = TraceIds::new(IdGenerator::from_seed(1));
    parts
}

/// The toy server with short patience.
pub fn server() -> Router {
    server_with(|_| {})
}

pub fn server_with(change: impl FnOnce(&mut Http)) -> Router {
    let mut settings = Http { request_timeout_ms: 200, body_limit_bytes: 4_096, ..Http::default() };
    change(&mut settings);
    router(parts(), &settings, LISTENING)
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// Status and code of an error, and that it is said as GraphQL says errors.
    #[track_caller]
    pub fn assert_error(&self, status: u16, code: &str) {
        let json = self.json();
        assert_eq!(
            (self.status.as_u16(), json["errors"][0]["extensions"]["code"].as_str()),
            (status, Some(code)),
            "{json}"
        );
        assert!(json["errors"][0]["message"].as_str().is_some_and(|message| !message.is_empty()), "{json}");
        assert!(json.get("data").is_none(), "{json}");
        assert_eq!(self.header(header::CACHE_CONTROL), "no-store");
        assert!(self.header(header::CONTENT_TYPE).ends_with("json; charset=utf-8"));
    }
}

pub async fn send(server: &Router, request: Request<Body>) -> Answer {
    let response = server.clone().oneshot(request).await.expect("infallible");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

/// A request as a well-behaved program sends it.
pub fn request(method: Method, uri: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(uri).header(header::HOST, "localhost:8080")
}

pub async fn post(server: &Router, accept: &str, body: impl Into<Body>) -> Answer {
    let request = request(Method::POST, "/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, accept)
        .body(body.into());
    send(server, request.expect("a request")).await
}

pub async fn get(server: &Router, uri: &str) -> Answer {
    send(server, request(Method::GET, uri).body(Body::empty()).expect("a request")).await
}

/// For what takes "a moment" on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

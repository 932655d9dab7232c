//! A server over a toy schema, without a socket, and requests to it.

use async_graphql::{Context, ErrorExtensions as _, Object, Response, Schema, Subscription};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures_util::{Stream, StreamExt as _, stream};
use http_body_util::BodyExt as _;
use inroads::{
    config::Http,
    http::{Answer as GraphQlAnswer, GraphQl, Parts, Question, Readiness, router},
    model::{IdGenerator, Revision},
    telemetry::{TraceId, TraceIds},
};
use serde_json::Value;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
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

    async fn trace(&self, context: &Context<'_>) -> String {
        context.data_unchecked::<TraceId>().to_string()
    }

    /// The revision that the client says it has seen.
    async fn seen(&self, context: &Context<'_>) -> Option<u64> {
        context.data_unchecked::<Option<Revision>>().map(|revision| revision.0)
    }

    async fn never(&self, context: &Context<'_>) -> bool {
        let _running = context.data_unchecked::<Arc<Watch>>().begin();
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

    async fn hang(&self) -> bool {
        std::future::pending().await
    }
}

pub struct Ticks;

#[Subscription]
impl Ticks {
    async fn ticks(&self, #[graphql(default = 1)] to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    /// Goes on for as long as anybody asks, at ten thousand bytes a time.
    async fn flood(&self, context: &Context<'_>) -> impl Stream<Item = String> + use<> {
        let watch: Arc<Watch> = Arc::clone(context.data_unchecked());
        let running = watch.begin();
        stream::repeat_with(move || {
            let _ = &running;
            watch.given.fetch_add(1, Ordering::Relaxed);
            "inroads ".repeat(1_250)
        })
    }

    /// Says nothing, for as long as anybody listens.
    async fn silence(&self, context: &Context<'_>) -> impl Stream<Item = i32> + use<> {
        let running = context.data_unchecked::<Arc<Watch>>().begin();
        stream::pending().inspect(move |_| {
            let _ = &running;
        })
    }

    async fn refused(&self) -> async_graphql::Result<stream::Empty<i32>> {
        Err(async_graphql::Error::new("not for you").extend_with(|_, e| e.set("code", "FORBIDDEN")))
    }

    async fn breaks(&self) -> impl Stream<Item = i32> {
        stream::iter(1..).map(|n| if n < 3 { n } else { "a bug".parse().expect("a bug") })
    }
}

/// What the toy server is up to.
#[derive(Default)]
pub struct Watch {
    /// How many answers of a flood were asked for.
    pub given: AtomicUsize,
    /// How many operations that would go on for ever are under way.
    pub running: tokio::sync::watch::Sender<usize>,
}

impl Watch {
    fn begin(self: &Arc<Self>) -> Running {
        self.running.send_modify(|running| *running += 1);
        Running(Arc::clone(self))
    }

    /// Waits until so many operations are under way.
    pub async fn settles_at(&self, count: usize) {
        let mut running = self.running.subscribe();
        let waiting = running.wait_for(|running| *running == count);
        tokio::time::timeout(PATIENCE * 10, waiting).await.expect("in time").expect("watched");
    }
}

struct Running(Arc<Watch>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.send_modify(|running| *running -= 1);
    }
}

pub const LISTENING: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8080);

/// What the toy graph has come to.
pub const REVISION: Revision = Revision(7);

pub fn parts() -> Parts {
    parts_under(&Arc::new(Watch::default()))
}

pub fn parts_under(watch: &Arc<Watch>) -> Parts {
    let schema = Schema::build(Query, Mutation, Ticks).data(Arc::clone(watch)).finish();
    let streaming = schema.clone();
    let run = move |question: Question| {
        let (schema, request) = (schema.clone(), question.request.data(question.at_least));
        async move { GraphQlAnswer { response: schema.execute(request).await, revision: Revision(6) } }
    };
    let graphql = GraphQl::new(run, move |question| streaming.execute_stream(question.request));
    of(graphql)
}

pub fn of(graphql: GraphQl) -> Parts {
    let mut parts = Parts::new(graphql, || Readiness::Ready { revision: REVISION, unconfirmed_for: None });
    parts.traces = TraceIds::new(IdGenerator::from_seed(1));
    parts
}

/// A way to run requests that only has an answer to what is asked once.
pub fn once<Running>(run: impl Fn(Question) -> Running + Send + Sync + 'static) -> GraphQl
where
    Running: Future<Output = Response> + Send + 'static,
{
    let run = move |question| {
        let running = run(question);
        async { GraphQlAnswer { response: running.await, revision: REVISION } }
    };
    GraphQl::new(run, |_| stream::empty())
}

/// The toy server with short patience.
pub fn server() -> Router {
    server_with(|_| {})
}

pub fn server_with(change: impl FnOnce(&mut Http)) -> Router {
    router(parts(), &settings(change), LISTENING)
}

pub fn settings(change: impl FnOnce(&mut Http)) -> Http {
    let mut settings = Http { request_timeout_ms: 200, body_limit_bytes: 4_096, ..Http::default() };
    change(&mut settings);
    settings
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

//! `/graphql`. One request passes these stages, each of which may end it: agree on a media type, read, look at which
//! operation is meant, run within the time allowed, reply. A WebSocket leaves at the first.

use super::{
    Question, Shell, decode,
    media::{MediaType, negotiate},
    operation::Operation,
    refusal::Refusal,
    reply,
    request_log::Outcome,
    revision, websocket,
};
use crate::{error::ErrorCode, telemetry::TraceId};
use async_graphql::{Response as GraphQlResponse, ServerError, parser::types::OperationType};
use axum::{
    Extension,
    body::Bytes,
    extract::{FromRequest as _, Request, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use tokio::time::{Instant, timeout_at};

pub async fn post(State(shell): State<Shell>, Extension(trace): Extension<TraceId>, request: Request) -> Response {
    let Some(media) = negotiate(request.headers()) else { return not_acceptable() };
    let deadline = Instant::now() + shell.settings.request_timeout();
    let read = async {
        let at_least = revision::wanted(request.headers())?;
        decode::content_type(request.headers())?;
        let read = timeout_at(deadline, Bytes::from_request(request, &()));
        let bytes = read.await.map_err(|_| too_slow(StatusCode::REQUEST_TIMEOUT, &shell, ""))?;
        let request = decode::body(&bytes.map_err(|rejection| unreadable(rejection.status(), &shell))?)?;
        Ok(Question { request, at_least })
    };
    match read.await {
        Ok(question) => answer(&shell, &trace, question, media, deadline, Allowed::QueriesAndMutations).await,
        Err(refusal) => Refusal::in_media(refusal, media).into_response(),
    }
}

pub async fn get(State(shell): State<Shell>, Extension(trace): Extension<TraceId>, request: Request) -> Response {
    if websocket::is_wanted(request.headers()) {
        return websocket::open(shell, trace, request).await;
    }
    let Some(media) = negotiate(request.headers()) else { return not_acceptable() };
    let deadline = Instant::now() + shell.settings.request_timeout();
    let read = revision::wanted(request.headers()).and_then(|at_least| {
        let request = decode::address(request.uri())?;
        Ok(Question { request, at_least })
    });
    match read {
        Ok(question) => answer(&shell, &trace, question, media, deadline, Allowed::Queries).await,
        Err(refusal) => refusal.in_media(media).into_response(),
    }
}

/// What a method may ask for: a GET must be safe to follow, repeat and prefetch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowed {
    Queries,
    QueriesAndMutations,
}

async fn answer(
    shell: &Shell,
    trace: &TraceId,
    question: Question,
    media: MediaType,
    deadline: Instant,
    allowed: Allowed,
) -> Response {
    let operation = match Operation::of(question.request) {
        Ok(operation) => operation,
        Err(error) => return never_runs(shell, error, media),
    };
    let refusal = match (operation.asked.operation, allowed) {
        (Some(OperationType::Mutation), Allowed::Queries) => {
            Some(Refusal::method("A GET changes nothing: send mutations by POST.", "POST"))
        }
        (Some(OperationType::Subscription), Allowed::Queries) => {
            Some(Refusal::method("A GET answers once: subscriptions need a WebSocket.", "POST"))
        }
        // Without an operation the schema says what is wrong.
        _ => None,
    };
    let mut response = match (refusal, operation.lacking) {
        (Some(refusal), _) => refusal.in_media(media).into_response(),
        (None, _) if operation.asked.operation == Some(OperationType::Subscription) => {
            let message = "A POST answers once: subscribe over a WebSocket on /graphql (graphql-transport-ws).";
            never_runs(shell, ServerError::new(message, None), media)
        }
        (None, Some(error)) => never_runs(shell, error, media),
        (None, None) => {
            let request = operation.request.data(trace.clone());
            let kind = operation.asked.operation;
            let question = Question { request, at_least: question.at_least };
            let response = run(shell, trace, question, kind, media, deadline).await;
            match kind {
                // The revision with the change that it made.
                Some(OperationType::Mutation) => revision::stamp(response, shell.newest()),
                _ => response,
            }
        }
    };
    if let Some(outcome) = response.extensions_mut().get_mut::<Outcome>() {
        outcome.asked = Some(operation.asked);
    }
    response
}

async fn run(
    shell: &Shell,
    trace: &TraceId,
    question: Question,
    kind: Option<OperationType>,
    media: MediaType,
    deadline: Instant,
) -> Response {
    // A panic must not take the connection along, and other requests share nothing with this one that it could break.
    let running = AssertUnwindSafe(shell.parts.graphql.run(question)).catch_unwind();
    match timeout_at(deadline, running).await {
        Ok(Ok(answer)) => revision::stamp(reply::encode(answer.response, media), answer.revision),
        Ok(Err(_)) => {
            tracing::error!(%trace, "a request panicked; standard error has the place");
            Refusal::internal(trace).in_media(media).into_response()
        }
        Err(_) => {
            let doubt = if kind == Some(OperationType::Mutation) { IN_DOUBT } else { "" };
            too_slow(StatusCode::GATEWAY_TIMEOUT, shell, doubt).in_media(media).into_response()
        }
    }
}

/// Nothing was asked of the graph, so any revision is true of it; clients find the newest all the same.
fn never_runs(shell: &Shell, error: ServerError, media: MediaType) -> Response {
    revision::stamp(reply::encode(GraphQlResponse::from_errors(vec![error]), media), shell.newest())
}

fn not_acceptable() -> Response {
    let message = "Answers come as application/graphql-response+json or application/json: accept one of them.";
    Refusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadRequest, message).into_response()
}

/// A change that was cut short may have reached the store.
const IN_DOUBT: &str =
    " Whether it changed anything is not known: read again, or send it again under the same idempotencyKey.";

fn too_slow(status: StatusCode, shell: &Shell, doubt: &str) -> Refusal {
    let allowed = shell.settings.request_timeout_ms;
    Refusal::new(status, ErrorCode::Timeout, format!("The request took longer than the {allowed} ms allowed.{doubt}"))
}

fn unreadable(status: StatusCode, shell: &Shell) -> Refusal {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let limit = shell.settings.body_limit_bytes;
        let message = format!("The body is larger than the {limit} bytes allowed.");
        return Refusal::new(status, ErrorCode::LimitExceeded, message);
    }
    Refusal::bad_request("The body broke off.")
}

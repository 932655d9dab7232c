//! `/graphql`. One request passes these stages, each of which may end it: agree on a media type, read, look at which
//! operation is meant, run within the time allowed, reply.

use super::{
    Shell, decode,
    media::{MediaType, negotiate},
    refusal::Refusal,
    reply,
    request_log::{Asked, Outcome},
    variables,
};
use crate::{error::ErrorCode, telemetry::TraceId};
use async_graphql::{
    Request as GraphQlRequest, Response as GraphQlResponse, ServerError,
    parser::parse_query,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection},
};
use axum::{
    Extension,
    body::Bytes,
    extract::{FromRequest as _, Request, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use std::panic::AssertUnwindSafe;
use tokio::time::{Instant, timeout_at};

pub async fn post(State(shell): State<Shell>, Extension(trace): Extension<TraceId>, request: Request) -> Response {
    let Some(media) = negotiate(request.headers()) else { return not_acceptable() };
    let deadline = Instant::now() + shell.settings.request_timeout();
    let read = async {
        decode::content_type(request.headers())?;
        let read = timeout_at(deadline, Bytes::from_request(request, &()));
        let bytes = read.await.map_err(|_| too_slow(StatusCode::REQUEST_TIMEOUT, &shell))?;
        decode::body(&bytes.map_err(|rejection| unreadable(rejection.status(), &shell))?)
    };
    match read.await {
        Ok(request) => answer(&shell, &trace, request, media, deadline, Allowed::QueriesAndMutations).await,
        Err(refusal) => refusal.in_media(media).into_response(),
    }
}

pub async fn get(
    State(shell): State<Shell>,
    Extension(trace): Extension<TraceId>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    if headers.contains_key(header::UPGRADE) {
        let message = "There is no WebSocket here yet: subscriptions come with the next release.";
        return Refusal::new(StatusCode::NOT_IMPLEMENTED, ErrorCode::BadRequest, message).into_response();
    }
    let Some(media) = negotiate(&headers) else { return not_acceptable() };
    let deadline = Instant::now() + shell.settings.request_timeout();
    match decode::address(&uri) {
        Ok(request) => answer(&shell, &trace, request, media, deadline, Allowed::Queries).await,
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
    mut request: GraphQlRequest,
    media: MediaType,
    deadline: Instant,
    allowed: Allowed,
) -> Response {
    let document = match parse_query(&request.query) {
        Ok(document) => document,
        Err(error) => return never_runs(error.into(), media),
    };
    let operation = operation(&document, request.operation_name.as_deref());
    let asked = asked(operation);
    let lacking = operation.and_then(|operation| variables::lacking(operation, &request.variables));
    let refusal = match (asked.operation, allowed) {
        (Some(OperationType::Mutation), Allowed::Queries) => {
            Some(Refusal::method("A GET changes nothing: send mutations by POST.", "POST"))
        }
        (Some(OperationType::Subscription), Allowed::Queries) => {
            Some(Refusal::method("A GET answers once: subscriptions need another transport.", "POST"))
        }
        // Without an operation, or with a subscription by POST, the schema says what is wrong.
        _ => None,
    };
    let mut response = match (refusal, lacking) {
        (Some(refusal), _) => refusal.in_media(media).into_response(),
        (None, Some(error)) => never_runs(error, media),
        (None, None) => {
            request.set_parsed_query(document);
            run(shell, trace, request.data(trace.clone()), media, deadline).await
        }
    };
    if let Some(outcome) = response.extensions_mut().get_mut::<Outcome>() {
        outcome.asked = Some(asked);
    }
    response
}

async fn run(shell: &Shell, trace: &TraceId, request: GraphQlRequest, media: MediaType, deadline: Instant) -> Response {
    // A panic must not take the connection along, and other requests share nothing with this one that it could break.
    let running = AssertUnwindSafe(shell.parts.graphql.run(request)).catch_unwind();
    match timeout_at(deadline, running).await {
        Ok(Ok(response)) => reply::encode(response, media),
        Ok(Err(_)) => {
            tracing::error!(%trace, "a request panicked; standard error has the place");
            Refusal::internal(trace).in_media(media).into_response()
        }
        Err(_) => too_slow(StatusCode::GATEWAY_TIMEOUT, shell).in_media(media).into_response(),
    }
}

/// The operation that would run: `GetOperation()` of the specification.
fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name),
        (DocumentOperations::Multiple(operations), None) => {
            operations.values().next().filter(|_| operations.len() == 1)
        }
    };
    operation.map(|operation| &operation.node)
}

/// What to log of it: the fields that it starts from. Aliases and arguments are the client's own words.
fn asked(operation: Option<&OperationDefinition>) -> Asked {
    let selections = operation.iter().flat_map(|operation| &operation.selection_set.node.items);
    let fields = selections.filter_map(|selection| match &selection.node {
        Selection::Field(field) => Some(field.node.name.node.to_string()),
        Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
    });
    Asked { operation: operation.map(|operation| operation.ty), fields: fields.collect() }
}

fn never_runs(error: ServerError, media: MediaType) -> Response {
    reply::encode(GraphQlResponse::from_errors(vec![error]), media)
}

fn not_acceptable() -> Response {
    let message = "Answers come as application/graphql-response+json or application/json: accept one of them.";
    Refusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadRequest, message).into_response()
}

fn too_slow(status: StatusCode, shell: &Shell) -> Refusal {
    let allowed = shell.settings.request_timeout_ms;
    Refusal::new(status, ErrorCode::Timeout, format!("The request took longer than the {allowed} ms allowed."))
}

fn unreadable(status: StatusCode, shell: &Shell) -> Refusal {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        let limit = shell.settings.body_limit_bytes;
        let message = format!("The body is larger than the {limit} bytes allowed.");
        return Refusal::new(status, ErrorCode::LimitExceeded, message);
    }
    Refusal::bad_request("The body broke off.")
}

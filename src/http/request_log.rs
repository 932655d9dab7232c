//! One log line a request, or an operation over a WebSocket, and the trace id that ties it to everything else logged on
//! the way. `docs/LOGGING.md` lists the fields. It never sees a query's text, its variables or its answer: handlers leave it an `Outcome` instead.

use super::Shell;
use crate::{error::ErrorCode, telemetry::TraceId};
use async_graphql::parser::types::OperationType;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use tracing::Instrument as _;

pub const TRACE_HEADER: HeaderName = HeaderName::from_static("inroads-trace");

/// What a handler wants logged of its answer.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub codes: Vec<ErrorCode>,
    /// The schema accepted the request. Before that a field's name may be anything, a person's included.
    pub ran: bool,
    pub asked: Option<Asked>,
}

/// What was asked for, in the schema's words.
#[derive(Debug, Clone)]
pub struct Asked {
    pub operation: Option<OperationType>,
    pub fields: Vec<String>,
}

pub async fn log(State(shell): State<Shell>, mut request: Request, next: Next) -> Response {
    let trace = shell.parts.traces.next();
    request.extensions_mut().insert(trace.clone());
    let span = tracing::error_span!("request", %trace);
    let mut line = Line::new(&request, trace);

    let mut response = next.run(request).instrument(span).await;
    if let Ok(value) = HeaderValue::from_str(line.trace.as_str()) {
        response.headers_mut().insert(TRACE_HEADER, value);
    }
    line.answer = Some((response.status(), response.extensions_mut().remove().unwrap_or_default()));
    response
}

/// Written when dropped: also when the client left before there was an answer.
struct Line {
    trace: TraceId,
    method: Method,
    path: Option<MatchedPath>,
    started: Instant,
    answer: Option<(StatusCode, Outcome)>,
}

impl Line {
    fn new(request: &Request, trace: TraceId) -> Self {
        // The route's template, not the path: that one is the client's own words.
        let path = request.extensions().get::<MatchedPath>().cloned();
        Self { trace, method: request.method().clone(), path, started: Instant::now(), answer: None }
    }
}

/// More root fields than this are counted, not named.
const NAMED_FIELDS: usize = 8;

impl Drop for Line {
    fn drop(&mut self) {
        let (status, outcome) = match self.answer.take() {
            Some((status, outcome)) => (Some(status.as_u16()), outcome),
            None => (None, Outcome::default()),
        };
        let Words { operation, fields, errors } = words(&outcome);
        tracing::info!(
            trace = %self.trace,
            method = method(&self.method),
            path = self.path.as_ref().map_or("-", MatchedPath::as_str),
            status,
            duration_ms = since(self.started),
            operation,
            fields,
            errors,
            gone = status.is_none().then_some(true),
            "request"
        );
    }
}

/// What an operation over a WebSocket leaves in the log, once it has ended or the client has left it.
pub struct OperationLine {
    trace: TraceId,
    started: Instant,
    outcome: Outcome,
    answers: u64,
    ended: bool,
}

impl OperationLine {
    pub fn new(trace: TraceId, asked: Option<Asked>) -> Self {
        let outcome = Outcome { asked, ..Outcome::default() };
        Self { trace, started: Instant::now(), outcome, answers: 0, ended: false }
    }

    pub fn trace(&self) -> &TraceId {
        &self.trace
    }

    /// An answer has been found, with these codes among its errors.
    pub fn answered(&mut self, codes: &[ErrorCode], ran: bool) {
        self.answers += 1;
        self.outcome.ran |= ran;
        for code in codes {
            if !self.outcome.codes.contains(code) {
                self.outcome.codes.push(*code);
            }
        }
    }

    /// It has come to its end.
    pub fn end(&mut self) {
        self.ended = true;
    }
}

impl Drop for OperationLine {
    fn drop(&mut self) {
        let Words { operation, fields, errors } = words(&self.outcome);
        tracing::info!(
            trace = %self.trace,
            duration_ms = since(self.started),
            operation,
            fields,
            answers = self.answers,
            errors,
            gone = (!self.ended).then_some(true),
            "operation"
        );
    }
}

/// An outcome as a line tells it.
struct Words {
    operation: Option<String>,
    fields: Option<String>,
    errors: Option<String>,
}

fn words(outcome: &Outcome) -> Words {
    let asked = outcome.asked.as_ref();
    let errors = outcome.codes.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(",");
    Words {
        operation: asked.and_then(|asked| asked.operation).map(|operation| operation.to_string()),
        fields: asked.filter(|_| outcome.ran).map(|asked| brief(&asked.fields)),
        errors: (!errors.is_empty()).then_some(errors),
    }
}

fn since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// A client may invent methods, too.
fn method(method: &Method) -> &str {
    match *method {
        Method::GET | Method::POST | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE | Method::PATCH => {
            method.as_str()
        }
        _ => "-",
    }
}

fn brief(fields: &[String]) -> String {
    let named = fields.iter().take(NAMED_FIELDS).map(String::as_str).collect::<Vec<_>>().join(",");
    match fields.len().saturating_sub(NAMED_FIELDS) {
        0 => named,
        more => format!("{named},+{more}"),
    }
}

//! The operations of one socket: from a request to the messages that answer it. A query or mutation runs to its end
//! whether or not the client is reading; a subscription goes on only when it is asked for its next answer.

use super::message::{OperationId, ToClient};
use crate::error::ErrorCode;
use crate::http::{
    Question, Shell,
    operation::Operation,
    reply::Reply,
    request_log::{Asked, OperationLine},
};
use crate::model::Revision;
use crate::telemetry::TraceId;
use async_graphql::{ErrorExtensionValues, Request, Response, ServerError, parser::types::OperationType};
use futures_util::{
    Stream, StreamExt as _,
    stream::{self, AbortHandle, Abortable, BoxStream, SelectAll},
};
use std::{collections::HashMap, panic::AssertUnwindSafe};
use tokio::{task::JoinSet, time::timeout};

/// A message for the client.
pub struct Said {
    pub id: OperationId,
    pub text: String,
    /// The operation is over with it.
    pub last: bool,
}

/// What is under way on a socket.
#[derive(Default)]
pub struct Operations {
    running: SelectAll<Abortable<BoxStream<'static, Said>>>,
    by_id: HashMap<OperationId, AbortHandle>,
}

impl Operations {
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn contains(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn start(&mut self, id: OperationId, messages: BoxStream<'static, Said>) {
        let (handle, registration) = AbortHandle::new_pair();
        self.running.push(Abortable::new(messages, registration));
        self.by_id.insert(id, handle);
    }

    /// The client wants no more of it. Nothing more is said, and the name is free.
    pub fn cancel(&mut self, id: &str) {
        if let Some(handle) = self.by_id.remove(id) {
            handle.abort();
        }
    }

    /// The next message of any; none while nothing is under way.
    pub async fn next(&mut self) -> Option<Said> {
        let said = self.running.next().await?;
        if said.last {
            self.by_id.remove(&said.id);
        }
        Some(said)
    }
}

/// Runs an operation for a client that has seen a revision.
pub fn of(shell: &Shell, id: &OperationId, request: Request, at_least: Option<Revision>) -> BoxStream<'static, Said> {
    let trace = shell.parts.traces.next();
    let operation = match Operation::of(request) {
        Ok(operation) => operation,
        Err(error) => return refused(trace, id, None, error),
    };
    if let Some(error) = operation.lacking {
        return refused(trace, id, Some(operation.asked), error);
    }
    let subscription = operation.asked.operation == Some(OperationType::Subscription);
    let request = operation.request.data(trace.clone());
    let question = Question { request, at_least };
    let answers = if subscription { many(shell, question).boxed() } else { stream::once(one(shell, question)).boxed() };
    let line = OperationLine::new(trace, Some(operation.asked));
    told(id, line, subscription, answers)
}

/// Too much is under way: the client may try again when something has ended.
pub fn too_many(shell: &Shell, id: &OperationId) -> BoxStream<'static, Said> {
    let most = shell.settings.websocket.max_operations;
    let message = format!("This WebSocket has {most} operations under way, and may have no more: complete one first.");
    refused(shell.parts.traces.next(), id, None, coded(ErrorCode::LimitExceeded, message))
}

/// Why there is no answer.
enum Broken {
    Panicked,
    TooSlow,
}

fn many(shell: &Shell, question: Question) -> impl Stream<Item = Result<Response, Broken>> + use<> {
    let answers = AssertUnwindSafe(shell.parts.graphql.stream(question)).catch_unwind();
    answers.map(|answer| answer.map_err(|_| Broken::Panicked))
}

/// The answer is found on a task of its own: what it holds on its way, such as a turn to search, must not wait for a
/// client to read.
fn one(shell: &Shell, question: Question) -> impl Future<Output = Result<Response, Broken>> + use<> {
    let allowed = shell.settings.request_timeout();
    let graphql = shell.parts.graphql.clone();
    async move {
        // When nobody wants it any more the set is dropped, and the task with it.
        let mut task = JoinSet::new();
        task.spawn(async move { timeout(allowed, graphql.run(question)).await });
        match task.join_next().await {
            Some(Ok(Ok(answer))) => Ok(answer.response),
            Some(Ok(Err(_))) => Err(Broken::TooSlow),
            Some(Err(_)) | None => Err(Broken::Panicked),
        }
    }
}

fn refused(trace: TraceId, id: &OperationId, asked: Option<Asked>, error: ServerError) -> BoxStream<'static, Said> {
    let answer = Ok(Response::from_errors(vec![error]));
    told(id, OperationLine::new(trace, asked), false, stream::once(async { answer }).boxed())
}

/// From answers to messages. An operation that cannot begin is an `error`, and so is one that breaks; else each answer is
/// a `next`, with its own errors where fields failed, and the end is `complete`.
fn told(
    id: &OperationId,
    line: OperationLine,
    subscription: bool,
    answers: BoxStream<'static, Result<Response, Broken>>,
) -> BoxStream<'static, Said> {
    let telling = Telling { id: OperationId::clone(id), line, subscription, answers, over: false };
    stream::unfold(telling, |mut telling| async move {
        let said = telling.next().await?;
        Some((said, telling))
    })
    .boxed()
}

struct Telling {
    id: OperationId,
    line: OperationLine,
    subscription: bool,
    answers: BoxStream<'static, Result<Response, Broken>>,
    over: bool,
}

impl Telling {
    async fn next(&mut self) -> Option<Said> {
        if self.over {
            return None;
        }
        let id = OperationId::clone(&self.id);
        let reply = match self.answers.next().await {
            Some(Ok(answer)) => Reply::of(answer),
            Some(Err(broken)) => Reply::of(Response::from_errors(vec![self.word_for(&broken)])),
            None => {
                self.over = true;
                self.line.end();
                return Some(Said { text: ToClient::Complete { id: &id }.text(), id, last: true });
            }
        };
        // A subscription whose first answer has no data has not begun, whatever the path of its error.
        self.over = reply.never_ran || (self.subscription && reply.has_no_data());
        self.line.answered(&reply.codes, !reply.never_ran);
        let text = if self.over {
            self.line.end();
            ToClient::Error { id: &id, payload: &reply.errors }.text()
        } else {
            ToClient::Next { id: &id, payload: &reply }.text()
        };
        Some(Said { id, text, last: self.over })
    }

    fn word_for(&self, broken: &Broken) -> ServerError {
        let trace = self.line.trace();
        match broken {
            Broken::Panicked => {
                tracing::error!(%trace, "a request panicked; standard error has the place");
                let shown = crate::error::ShownError::internal(trace);
                let mut error = coded(shown.error.code, shown.error.message);
                if let Some(extensions) = &mut error.extensions {
                    extensions.set("trace", trace.as_str());
                }
                error
            }
            Broken::TooSlow => {
                let message = "The operation took longer than allowed. If it was to change something, whether it did is \
                               not known: read again, or send it again under the same idempotencyKey.";
                coded(ErrorCode::Timeout, message.to_owned())
            }
        }
    }
}

fn coded(code: ErrorCode, message: String) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.as_str());
    ServerError { extensions: Some(extensions), ..ServerError::new(message, None) }
}

//! From a GraphQL response to an HTTP response: body, status, headers.
//!
//! The draft "GraphQL over HTTP" lets `application/graphql-response+json` carry any status. A request that never ran
//! (it does not parse, validate, or fit its variables) answers without `data` and with 400; one that ran answers 200,
//! even in part. Under `application/json` a well-formed request always answers 200: clients of that type take
//! any other status for a proxy's. These are the codes of the published conformance audit and of clients in use;
//! the draft's newest revisions propose 422 and 294, which no client knows yet.

use super::{media::MediaType, request_log::Outcome};
use crate::error::ErrorCode;
use async_graphql::{ErrorExtensionValues, Response as GraphQlResponse, ServerError, Value};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A response as it goes out, whatever the transport.
#[derive(Serialize)]
pub struct Reply {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: BTreeMap<String, Value>,
    /// The distinct codes of its errors.
    #[serde(skip)]
    pub codes: Vec<ErrorCode>,
    /// The schema refused the request before anything ran.
    #[serde(skip)]
    pub never_ran: bool,
}

impl Reply {
    pub fn of(response: GraphQlResponse) -> Self {
        let mut errors = response.errors;
        // What failed while running has a path: to the field, even when its null spread to the top.
        let never_ran = response.data == Value::Null && !errors.is_empty() && errors.iter().all(|e| e.path.is_empty());
        let mut codes: Vec<ErrorCode> = errors.iter_mut().map(ensure_code).collect();
        codes.sort_unstable();
        codes.dedup();
        let data = (!never_ran).then_some(response.data);
        Self { errors, data, extensions: response.extensions, codes, never_ran }
    }

    /// Whatever was asked for, nothing came of it.
    pub fn has_no_data(&self) -> bool {
        self.data.as_ref().is_none_or(|data| *data == Value::Null)
    }
}

pub fn encode(response: GraphQlResponse, media: MediaType) -> Response {
    let reply = Reply::of(response);
    let status = match reply.codes.iter().copied().map(status).max() {
        Some(status) if reply.never_ran && (media == MediaType::GraphQlResponse || status.is_server_error()) => status,
        _ => StatusCode::OK,
    };
    let headers = [(header::CONTENT_TYPE, media.as_str()), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, json(&reply)).into_response();
    response.extensions_mut().insert(Outcome { codes: reply.codes, ran: !reply.never_ran, asked: None });
    response
}

/// A value that cannot be written as JSON does not arise from a schema.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| unreachable!("GraphQL values are JSON: {error}"))
}

/// The error's code. Errors of the GraphQL library have none: all are about the request, whose text they quote.
fn ensure_code(error: &mut ServerError) -> ErrorCode {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if let Some(Value::String(name)) = extensions.get("code") {
        // A code outside the closed list is a mistake of ours; the list is what clients and logs know.
        return ErrorCode::named(name).unwrap_or(ErrorCode::Internal);
    }
    let code = if error.path.is_empty() { ErrorCode::BadRequest } else { ErrorCode::InvalidArgument };
    extensions.set("code", code.as_str());
    code
}

/// For a request that never ran.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::BadRequest
        | ErrorCode::InvalidArgument
        | ErrorCode::NotFound
        | ErrorCode::Ambiguous
        | ErrorCode::LimitExceeded
        | ErrorCode::Conflict
        | ErrorCode::Stale
        | ErrorCode::PersistedQueryNotSupported => StatusCode::BAD_REQUEST,
    }
}

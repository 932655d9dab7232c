//! A request that is turned away before GraphQL sees it, said as GraphQL says errors, so that clients need one reader.

use super::{media::MediaType, request_log::Outcome};
use crate::{error::ErrorCode, telemetry::TraceId};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: ErrorCode,
    message: String,
    media: MediaType,
    trace: Option<TraceId>,
    allow: Option<&'static str>,
}

impl Refusal {
    pub fn new(status: StatusCode, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), media: MediaType::Json, trace: None, allow: None }
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, message)
    }

    /// The method is wrong for what is asked; HTTP wants to know which ones are right.
    pub fn method(message: impl Into<String>, allow: &'static str) -> Self {
        let refusal = Self::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, message);
        Self { allow: Some(allow), ..refusal }
    }

    pub fn internal(trace: &TraceId) -> Self {
        let shown = crate::error::ShownError::internal(trace);
        let refusal = Self::new(StatusCode::INTERNAL_SERVER_ERROR, shown.error.code, shown.error.message);
        Self { trace: shown.trace, ..refusal }
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn in_media(self, media: MediaType) -> Self {
        Self { media, ..self }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut extensions = json!({ "code": self.code.as_str() });
        if let Some(trace) = &self.trace {
            extensions["traceId"] = trace.as_str().into();
        }
        let body = json!({ "errors": [{ "message": self.message, "extensions": extensions }] });
        let headers = [(header::CONTENT_TYPE, self.media.as_str()), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, headers, body.to_string()).into_response();
        if let Some(allow) = self.allow {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allow));
        }
        response.extensions_mut().insert(Outcome { codes: vec![self.code], ..Outcome::default() });
        response
    }
}

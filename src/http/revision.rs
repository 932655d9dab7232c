//! `Inroads-Revision`: in a reply, the revision of the graph that it is true of; in a request, one that the client has
//! seen already, so that nobody reads the graph as it was before their own change.

use super::refusal::Refusal;
use crate::model::Revision;
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};

pub const HEADER: HeaderName = HeaderName::from_static("inroads-revision");

/// What the request asks for, if it does.
pub fn wanted(headers: &HeaderMap) -> Result<Option<Revision>, Refusal> {
    let mut written = headers.get_all(HEADER).iter();
    let Some(first) = written.next() else { return Ok(None) };
    // `parse` alone would also take a sign.
    let digits = first.to_str().ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    match (digits.and_then(|text| text.parse().ok()), written.next()) {
        (Some(revision), None) => Ok(Some(Revision(revision))),
        _ => Err(Refusal::bad_request(
            "Inroads-Revision must be one whole number, as an earlier reply's Inroads-Revision gave it.",
        )),
    }
}

pub fn stamp(mut response: Response, revision: Revision) -> Response {
    response.headers_mut().insert(HEADER, HeaderValue::from(revision.0));
    response
}

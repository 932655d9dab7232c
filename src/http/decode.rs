//! From an HTTP request to a GraphQL request, and no further: what a request says is for the schema to judge.
//! It follows the draft "GraphQL over HTTP"; a body is JSON and nothing else, which also keeps browsers from
//! sending one across sites without asking first.

use super::refusal::Refusal;
use crate::error::ErrorCode;
use async_graphql::{Request, Variables};
use axum::{
    body::Bytes,
    extract::Query,
    http::{HeaderMap, StatusCode, Uri, header},
};
use mime::Mime;
use serde::Deserialize;
use serde_json::{Map, Value};

/// A body's members. Others are ignored, as the draft demands.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<Map<String, Value>>,
    extensions: Option<Map<String, Value>>,
}

/// The same in an address, where maps are written as JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddressParameters {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

/// Refuses a body that does not say it is JSON in UTF-8, before reading it.
pub fn content_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let unsupported =
        |message: &str| Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BadRequest, message));
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return unsupported("Send the body as it is, without Content-Encoding.");
    }
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()?.parse::<Mime>().ok());
    match declared {
        Some(declared) if declared.essence_str() == "application/json" => {
            let utf_8 = declared.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8);
            if utf_8 { Ok(()) } else { unsupported("Send the body in UTF-8.") }
        }
        _ => unsupported("Send the body as Content-Type: application/json."),
    }
}

pub fn body(bytes: &Bytes) -> Result<Request, Refusal> {
    let json: Value = serde_json::from_slice(bytes)
        .map_err(|error| Refusal::bad_request(format!("The body is not JSON: {error}.")))?;
    match json {
        Value::Object(_) => {}
        Value::Array(_) => {
            return Err(Refusal::bad_request("Requests are taken one at a time: send one object, not a list of them."));
        }
        _ => return Err(Refusal::bad_request("The body must be a JSON object with the member `query`.")),
    }
    let parameters: Parameters = serde_json::from_value(json)
        .map_err(|error| Refusal::bad_request(format!("The body is no GraphQL request: {error}.")))?;
    request(parameters)
}

pub fn address(uri: &Uri) -> Result<Request, Refusal> {
    let Query(written) = Query::<AddressParameters>::try_from_uri(uri)
        .map_err(|error| Refusal::bad_request(format!("The address is no GraphQL request: {error}.")))?;
    request(Parameters {
        query: written.query,
        operation_name: written.operation_name,
        variables: map("variables", written.variables)?,
        extensions: map("extensions", written.extensions)?,
    })
}

fn map(parameter: &str, written: Option<String>) -> Result<Option<Map<String, Value>>, Refusal> {
    // In an address, an empty parameter counts as absent.
    let Some(written) = written.filter(|written| !written.is_empty()) else { return Ok(None) };
    serde_json::from_str(&written)
        .map_err(|error| Refusal::bad_request(format!("`{parameter}` must be a JSON object: {error}.")))
}

pub fn request(parameters: Parameters) -> Result<Request, Refusal> {
    let extensions = parameters.extensions.unwrap_or_default();
    let Some(query) = parameters.query else {
        if extensions.contains_key("persistedQuery") {
            // Clients of Apollo's that ask by hash first fall back to the whole query on this very message.
            let code = ErrorCode::PersistedQueryNotSupported;
            return Err(Refusal::new(StatusCode::BAD_REQUEST, code, "PersistedQueryNotSupported"));
        }
        let message = "There is no `query`. The playground, at /playground, helps to write one.";
        return Err(Refusal::bad_request(message));
    };
    let mut request = Request::new(query);
    request.operation_name = parameters.operation_name.filter(|name| !name.is_empty());
    request.variables = Variables::from_json(Value::Object(parameters.variables.unwrap_or_default()));
    Ok(request)
}

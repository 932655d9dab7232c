//! What is not GraphQL and not the playground: health for whoever runs the server, and a word for who is lost.

use super::{Readiness, Shell, refusal::Refusal};
use crate::error::ErrorCode;
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect},
};
use serde_json::json;

pub async fn home() -> Redirect {
    Redirect::temporary("/playground")
}

/// The process answers. Nothing else is looked at, so that a busy store does not get it restarted.
pub async fn alive() -> impl IntoResponse {
    fresh(StatusCode::OK, json!({ "status": "alive" }))
}

/// The graph is loaded: send questions.
pub async fn ready(State(shell): State<Shell>) -> impl IntoResponse {
    match (shell.parts.readiness)() {
        Readiness::Ready { revision, unconfirmed_for } => {
            let mut body = json!({ "status": "ready", "revision": revision });
            if let Some(since) = unconfirmed_for {
                // Still ready: what is in memory answers. Who runs the server should know all the same.
                body["unconfirmedForSeconds"] = since.as_secs().into();
            }
            fresh(StatusCode::OK, body)
        }
        Readiness::Loading => fresh(StatusCode::SERVICE_UNAVAILABLE, json!({ "status": "loading", "revision": null })),
    }
}

pub async fn nowhere() -> impl IntoResponse {
    let message = "There is nothing here. The API is at /graphql, the playground at /playground.";
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message)
}

/// The router adds which methods are allowed.
pub async fn wrong_method() -> impl IntoResponse {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BadRequest, "This address does not take that method.")
}

fn fresh(status: StatusCode, body: serde_json::Value) -> impl IntoResponse {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body))
}

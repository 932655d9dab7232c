//! `Inroads-Revision`, as the transport reads and writes it. `read_your_writes` has what becomes of it.

use crate::support::http::{Answer, LISTENING, get, parts, post, request, send, server, server_with, settings};
use axum::{
    body::Body,
    http::{Method, header},
};
use inroads::{
    http::{Readiness, router},
    model::Revision,
};
use serde_json::json;
use std::{sync::Arc, time::Duration};

const NEW: &str = "application/graphql-response+json";

fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}

async fn having_seen(values: &[&str], method: Method) -> Answer {
    let uri = if method == Method::GET { "/graphql?query=%7Bseen%7D" } else { "/graphql" };
    let mut request = request(method, uri).header(header::CONTENT_TYPE, "application/json");
    for value in values {
        request = request.header("inroads-revision", *value);
    }
    send(&server(), request.body(Body::from(query("{ seen }"))).expect("a request")).await
}

#[tokio::test]
async fn a_request_may_say_what_its_client_has_seen() {
    for method in [Method::GET, Method::POST] {
        assert_eq!(having_seen(&[], method.clone()).await.json()["data"], json!({ "seen": null }));
        assert_eq!(having_seen(&["12"], method.clone()).await.json()["data"], json!({ "seen": 12 }));
        for wrong in [&["x"][..], &[""], &["-1"], &["+1"], &["1.0"], &["1, 2"], &["1", "2"], &["99999999999999999999"]]
        {
            let answer = having_seen(wrong, method.clone()).await;
            answer.assert_error(400, "BAD_REQUEST");
            assert!(answer.text().contains("Inroads-Revision must be one whole number"), "{wrong:?}");
        }
    }
}

#[tokio::test]
async fn an_answer_says_what_it_is_true_of_and_a_mutations_what_it_made() {
    let revision = async |text: &str| post(&server(), NEW, query(text)).await.header("inroads-revision").to_owned();
    assert_eq!(revision("{ hello }").await, "6");
    assert_eq!(revision("{ hello missing }").await, "6");
    assert_eq!(revision("{ nothing }").await, "6");
    assert_eq!(revision("mutation { change }").await, "7");
    assert_eq!(revision("{").await, "7");
    assert_eq!(get(&server(), "/graphql?query=%7Bhello%7D").await.header("inroads-revision"), "6");
    assert_eq!(get(&server(), "/healthz").await.header("inroads-revision"), "");
}

#[tokio::test]
async fn pages_of_a_development_origin_may_read_and_send_it() {
    let server = server_with(|settings| {
        settings.development_origins = vec!["http://localhost:5173".to_owned().try_into().expect("an origin")];
    });
    let asked = request(Method::GET, "/graphql?query=%7Bhello%7D").header(header::ORIGIN, "http://localhost:5173");
    let answer = send(&server, asked.body(Body::empty()).expect("a request")).await;
    assert!(answer.header(header::ACCESS_CONTROL_EXPOSE_HEADERS).contains("inroads-revision"));
    let preflight = request(Method::OPTIONS, "/graphql")
        .header(header::ORIGIN, "http://localhost:5173")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "inroads-revision");
    let answer = send(&server, preflight.body(Body::empty()).expect("a request")).await;
    assert!(answer.header(header::ACCESS_CONTROL_ALLOW_HEADERS).contains("inroads-revision"));
}

#[tokio::test]
async fn readiness_says_when_the_store_has_not_been_heard_of() {
    let mut parts = parts();
    parts.readiness =
        Arc::new(|| Readiness::Ready { revision: Revision(7), unconfirmed_for: Some(Duration::from_millis(12_900)) });
    let answer = get(&router(parts, &settings(|_| {}), LISTENING), "/readyz").await;
    let expected = json!({ "status": "ready", "revision": 7, "unconfirmedForSeconds": 12 });
    assert_eq!((answer.status.as_u16(), answer.json()), (200, expected));
}

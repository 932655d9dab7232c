//! Without authentication, only this machine's own programs and pages may speak to the server.

use crate::support::http::{Answer, send, server, server_with};
use axum::{
    body::Body,
    http::{HeaderValue, Method, Request, header},
};

async fn with_headers(headers: &[(&'static str, &str)]) -> Answer {
    let mut request = Request::builder().uri("/graphql?query=%7Bhello%7D");
    for (name, value) in headers {
        request = request.header(*name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
    }
    send(&server(), request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    for host in ["localhost", "localhost:8080", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:8080", "[::1]:8080", "[::1]"]
    {
        assert_eq!(with_headers(&[("host", host)]).await.status.as_u16(), 200, "{host}");
    }
    for host in [
        "rebound.example",
        "rebound.example:8080",
        "localhost:8081",
        "localhost.rebound.example:8080",
        "127.0.0.1.rebound.example",
        "192.168.0.7:8080",
        "127.0.0.2:8080",
        "user@localhost:8080",
        "localhost:",
    ] {
        let answer = with_headers(&[("host", host)]).await;
        answer.assert_error(421, "FORBIDDEN");
        assert!(answer.text().contains("DNS rebinding"));
    }
    for hosts in [&[][..], &[("host", "localhost"), ("host", "localhost")], &[("host", "")], &[("host", "a b")]] {
        with_headers(hosts).await.assert_error(400, "BAD_REQUEST");
    }
}

#[tokio::test]
async fn an_absolute_address_must_name_the_same_host() {
    let request = Request::builder().uri("http://rebound.example/healthz").header(header::HOST, "localhost");
    send(&server(), request.body(Body::empty()).expect("a request")).await.assert_error(400, "BAD_REQUEST");
}

#[tokio::test]
async fn pages_of_other_origins_may_not_call() {
    assert_eq!(
        with_headers(&[("host", "localhost:8080"), ("origin", "http://localhost:8080")]).await.status.as_u16(),
        200
    );
    for origin in [
        "http://rebound.example",
        "http://localhost:8081",
        "http://127.0.0.1:8080",
        "https://localhost:8080",
        "http://localhost",
        "null",
        "",
    ] {
        let answer = with_headers(&[("host", "localhost:8080"), ("origin", origin)]).await;
        answer.assert_error(403, "FORBIDDEN");
        assert!(answer.text().contains("development_origins"), "{origin}");
    }
}

#[tokio::test]
async fn requests_that_a_proxy_passed_on_are_refused() {
    for name in ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"] {
        let answer = with_headers(&[("host", "localhost"), (name, "10.0.0.1")]).await;
        answer.assert_error(400, "BAD_REQUEST");
        assert!(answer.text().contains(name));
    }
}

#[tokio::test]
async fn the_guard_stands_before_every_address() {
    for uri in ["/", "/playground", "/playground/assets/x.js", "/healthz", "/readyz", "/nowhere"] {
        let request = Request::builder().uri(uri).header(header::HOST, "rebound.example");
        send(&server(), request.body(Body::empty()).expect("a request")).await.assert_error(421, "FORBIDDEN");
    }
}

async fn preflight(configured: &[&str], origin: &str) -> Answer {
    let server = server_with(|settings| {
        let origins = configured.iter().map(|origin| (*origin).to_owned().try_into().expect("an origin"));
        settings.development_origins = origins.collect();
    });
    let request = Request::builder()
        .method(Method::OPTIONS)
        .uri("/graphql")
        .header(header::HOST, "localhost:8080")
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
    send(&server, request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_development_origin_may_call_and_no_other() {
    let configured = ["http://localhost:5173", "http://localhost:3000"];
    let answer = preflight(&configured, "http://localhost:5173").await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "http://localhost:5173");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_METHODS), "GET,POST");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_HEADERS), "accept,content-type,inroads-revision");
    assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS), "");

    for (configured, origin) in [(&configured[..], "http://rebound.example"), (&[], "http://localhost:5173")] {
        let refused = preflight(configured, origin).await;
        refused.assert_error(403, "FORBIDDEN");
        assert_eq!(refused.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "");
    }
}

#[tokio::test]
async fn a_development_page_may_read_answers_and_errors() {
    let server = server_with(|settings| {
        settings.development_origins = vec!["http://localhost:5173".to_owned().try_into().expect("an origin")];
    });
    for (uri, status) in [("/graphql?query=%7Bhello%7D", 200), ("/graphql", 400)] {
        let request = Request::builder().uri(uri).header(header::HOST, "localhost:8080");
        let request = request.header(header::ORIGIN, "http://localhost:5173").body(Body::empty());
        let answer = send(&server, request.expect("a request")).await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "http://localhost:5173");
    }
}

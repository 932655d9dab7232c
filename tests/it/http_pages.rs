//! Health, the playground's files, and the headers that every reply carries.

use crate::support::http::{LISTENING, get, parts, post, server};
use axum::http::header;
use inroads::{
    config::Http,
    http::{Readiness, router},
};
use serde_json::json;
use std::sync::Arc;

#[tokio::test]
async fn health_is_about_the_process_and_readiness_about_the_graph() {
    let ready = get(&server(), "/readyz").await;
    assert_eq!((ready.status.as_u16(), ready.json()), (200, json!({ "status": "ready", "revision": 7 })));

    let mut loading = parts();
    loading.readiness = Arc::new(|| Readiness::Loading);
    let loading = router(loading, &Http::default(), LISTENING);
    let ready = get(&loading, "/readyz").await;
    assert_eq!((ready.status.as_u16(), ready.json()), (503, json!({ "status": "loading", "revision": null })));
    let alive = get(&loading, "/healthz").await;
    assert_eq!((alive.status.as_u16(), alive.json()), (200, json!({ "status": "alive" })));
}

#[tokio::test]
async fn the_front_door_leads_to_the_playground() {
    let answer = get(&server(), "/").await;
    assert_eq!((answer.status.as_u16(), answer.header(header::LOCATION)), (307, "/playground"));
}

// The folder may or may not be built where this runs: both are right, and both are told.
#[tokio::test]
async fn the_playground_is_a_page_or_says_how_to_build_it() {
    for uri in ["/playground", "/playground/"] {
        let answer = get(&server(), uri).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
        assert_eq!(answer.status.as_u16(), 200);
        if answer.text().contains("<div id=\"root\">") {
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-cache");
        } else {
            assert!(answer.text().contains("make playground") && answer.text().contains("npm --prefix web ci"));
            assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        }
    }
}

#[tokio::test]
async fn nothing_outside_the_playgrounds_assets_is_served() {
    for uri in [
        "/playground/assets/nothing.js",
        "/playground/assets/..%2f..%2f..%2fCargo.toml",
        "/playground/assets/../../Cargo.toml",
        "/playground/assets/%2fetc%2fpasswd",
        "/playground/assets/",
        "/playground/elsewhere",
        "/elsewhere",
    ] {
        get(&server(), uri).await.assert_error(404, "NOT_FOUND");
    }
}

#[tokio::test]
async fn every_reply_tells_browsers_what_not_to_do() {
    let server = server();
    let answers = [
        get(&server, "/playground").await,
        get(&server, "/healthz").await,
        get(&server, "/elsewhere").await,
        get(&server, "/graphql?query=%7Bhello%7D").await,
        post(&server, "text/html", "").await,
    ];
    for answer in answers {
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-eval") && !policy.contains("http"), "{policy}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(answer.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(answer.header("inroads-trace").len(), 32);
    }
}

//! Whoever has seen a revision is never answered from an earlier one; and an answer says when it may be out of date.

use crate::support::deeds::body;
use crate::support::http::{Answer, get, post, request, send};
use crate::support::live::Live;
use crate::support::socket::Served;
use axum::{
    Router,
    body::Body,
    http::{Method, header},
};
use inroads::access::Role;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const NEW: &str = "application/graphql-response+json";

async fn having_seen(server: &Router, revision: u64, accept: &str) -> Answer {
    let query = json!({ "query": r#"{ revision node(id: "org:a") { id } }"# }).to_string();
    let request = request(Method::POST, "/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, accept)
        .header("inroads-revision", revision)
        .body(Body::from(query));
    send(server, request.expect("a request")).await
}

#[tokio::test(start_paused = true)]
async fn a_write_elsewhere_is_waited_for() {
    let live = Live::new().await;
    let server = live.router(Role::Team);
    // This server has not looked since.
    let revision = live.write(vec![body("org:a", "A")]).await;
    let unaware = get(&server, "/graphql?query=%7Brevision%7D").await;
    assert_eq!((unaware.header("inroads-revision"), unaware.json()["data"]["revision"].as_u64()), ("0", Some(0)));
    let answer = having_seen(&server, revision.0, NEW).await;
    assert_eq!(answer.json(), json!({ "data": { "revision": 1, "node": { "id": "org:a" } } }));
    assert_eq!(answer.header("inroads-revision"), "1");
    // What has been seen is no wish for just that.
    live.change(vec![body("org:a", "B")]).await;
    assert_eq!(having_seen(&server, 1, NEW).await.header("inroads-revision"), "2");
}

#[tokio::test(start_paused = true)]
async fn a_mutation_says_what_it_made_and_others_may_insist_on_it() {
    let live = Live::new().await;
    let (server, other) = (live.router(Role::Team), live.neighbour(Role::Team).await);
    let create = r#"mutation {
        organisationCreate(input: { name: "Harbour", kind: VCFSE, source: "a visit" }) { organisation { id } userErrors { code } revision }
    }"#;
    let made = post(&server, NEW, json!({ "query": create }).to_string()).await;
    let payload = made.json()["data"]["organisationCreate"].clone();
    assert_eq!((&payload["userErrors"], &payload["revision"]), (&json!([]), &json!(1)), "{}", made.text());
    assert_eq!(made.header("inroads-revision"), "1");

    let id = &payload["organisation"]["id"];
    let query =
        json!({ "query": format!("{{ revision node(id: {id}) {{ id }} history(id: {id}) {{ nodes {{ kind }} }} }}") });
    let asked = |header: &str| {
        let request = request(Method::POST, "/graphql").header(header::CONTENT_TYPE, "application/json");
        request.header("inroads-revision", header).body(Body::from(query.to_string())).expect("a request")
    };
    let seen = json!({ "revision": 1, "node": { "id": id }, "history": { "nodes": [{ "kind": "CREATED" }] } });
    assert_eq!(send(&other, asked(made.header("inroads-revision"))).await.json()["data"], seen);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_in_time_is_stale() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    let server = live.router(Role::Team);
    for (accept, status) in [(NEW, 400), ("application/json", 200)] {
        let started = tokio::time::Instant::now();
        let answer = having_seen(&server, 9, accept).await;
        answer.assert_error(status, "STALE");
        assert!(started.elapsed().as_millis() >= 1_000, "{:?}", started.elapsed());
        assert_eq!(answer.header("inroads-revision"), "1");
        assert!(answer.json()["errors"][0]["extensions"]["hint"].as_str().is_some_and(|hint| hint.contains("again")));
    }
}

#[tokio::test(start_paused = true)]
async fn a_socket_says_it_once_for_all_its_operations() {
    let live = Live::new().await;
    let revision = live.write(vec![body("org:a", "A")]).await;
    let mut client = Served::new(live.router(Role::Team)).open().await;
    client.init(json!({ "revision": revision })).await;
    client.subscribe("1", "{ revision }").await;
    assert_eq!(client.data("1").await, json!({ "revision": 1 }));

    let mut client = Served::new(live.router(Role::Team)).open().await;
    client.init(json!({ "revision": 9 })).await;
    for query in ["{ revision }", "subscription { changes { revision } }"] {
        client.subscribe("1", query).await;
        assert_eq!(client.error("1").await["extensions"]["code"], "STALE", "{query}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_says_when_its_store_has_not_been_heard_of() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    let server = live.router(Role::Team);
    let extensions = async || get(&server, "/graphql?query=%7Brevision%7D").await.json()["extensions"].clone();
    let ready = async || get(&server, "/readyz").await;
    let well = json!({ "status": "ready", "revision": 1 });
    assert_eq!((extensions().await, ready().await.json()), (Value::Null, well.clone()));

    live.store.out_of_reach.store(true, Ordering::SeqCst);
    live.clock.move_on(2);
    live.app.refresh().await.expect_err("out of reach");
    assert_eq!((extensions().await, ready().await.json()), (Value::Null, well.clone()), "a hiccup is no news");
    live.clock.move_on(10);
    assert_eq!(extensions().await, json!({ "snapshot": { "revision": 1, "unconfirmedForSeconds": 12 } }));
    let doubtful = ready().await;
    let expected = json!({ "status": "ready", "revision": 1, "unconfirmedForSeconds": 12 });
    assert_eq!((doubtful.status.as_u16(), doubtful.json()), (200, expected));
    let stale = having_seen(&server, 9, NEW).await;
    stale.assert_error(400, "STALE");
    assert_eq!(stale.json()["extensions"]["snapshot"]["unconfirmedForSeconds"], 12);
    let mut client = live.socket(Role::Team).await;
    client.subscribe("1", "{ revision }").await;
    assert_eq!(client.next().await["payload"]["extensions"]["snapshot"]["unconfirmedForSeconds"], 12);

    live.store.out_of_reach.store(false, Ordering::SeqCst);
    live.app.refresh().await.expect("within reach");
    assert_eq!((extensions().await, ready().await.json()), (Value::Null, well));
}

//! GraphQL over HTTP: media types, status codes, methods, and what is refused.

use crate::support::http::{get, post, request, send, server, server_with};
use axum::{
    body::Body,
    http::{Method, header},
};
use serde_json::{Value, json};

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

fn query(text: &str) -> String {
    json!({ "query": text }).to_string()
}

#[tokio::test]
async fn a_question_is_answered_in_the_media_type_it_asks_for() {
    for (accept, content_type) in [
        (NEW, "application/graphql-response+json; charset=utf-8"),
        (OLD, "application/json; charset=utf-8"),
        ("*/*", "application/json; charset=utf-8"),
    ] {
        let answer = post(&server(), accept, query("{ hello }")).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "data": { "hello": "hello you" } })));
        assert_eq!(answer.header(header::CONTENT_TYPE), content_type);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
    post(&server(), "text/html", query("{ hello }")).await.assert_error(406, "BAD_REQUEST");
}

#[tokio::test]
async fn a_request_that_never_runs_is_400_in_the_new_type_and_200_in_the_old() {
    let bodies = [
        query("{"),
        query(""),
        query("{ nothing }"),
        query("query A { hello } query B { hello }"),
        query("subscription { ticks }"),
        json!({ "query": "query A { hello }", "operationName": "B" }).to_string(),
        json!({ "query": "query($n: Int!) { double(n: $n) }" }).to_string(),
        json!({ "query": "query($n: Int!) { double(n: $n) }", "variables": { "n": null } }).to_string(),
        json!({ "query": "query($n: Int!) { double(n: $n) }", "variables": { "n": "two" } }).to_string(),
        json!({ "query": "query($n: ID!) { __typename }", "variables": { "n": null } }).to_string(),
        json!({ "query": "query($n: Int! = 1, $m: Int!) { double(n: $n) a: double(n: $m) }" }).to_string(),
    ];
    for body in bodies {
        for (accept, status) in [(NEW, 400), (OLD, 200)] {
            let answer = post(&server(), accept, body.clone()).await;
            answer.assert_error(status, "BAD_REQUEST");
        }
    }
}

#[tokio::test]
async fn an_answer_in_part_and_an_answer_of_null_are_200() {
    for accept in [NEW, OLD] {
        let answer = post(&server(), accept, query("{ hello missing }")).await;
        assert_eq!(answer.status.as_u16(), 200);
        assert_eq!(answer.json()["data"], json!({ "hello": "hello you", "missing": null }));
        assert_eq!(answer.json()["errors"][0]["extensions"]["code"], "NOT_FOUND");

        let answer = post(&server(), accept, query("{ required }")).await;
        assert_eq!((answer.status.as_u16(), answer.json().get("data")), (200, Some(&Value::Null)));
    }
}

#[tokio::test]
async fn variables_operation_names_and_unknown_members_are_taken() {
    let body = json!({
        "query": "query A { hello } query B($name: String) { hello(name: $name) }",
        "operationName": "B",
        "variables": { "name": "Ŵyn 🏃" },
        "extensions": { "any": "thing" },
        "somethingElse": 1,
    });
    let answer = post(&server(), NEW, body.to_string()).await;
    assert_eq!(answer.json(), json!({ "data": { "hello": "hello Ŵyn 🏃" } }));
    let nulls = json!({ "query": "{ hello }", "operationName": null, "variables": null, "extensions": null });
    assert_eq!(post(&server(), NEW, nulls.to_string()).await.status.as_u16(), 200);
}

#[tokio::test]
async fn what_is_no_graphql_request_is_400_in_both_types() {
    let bodies = [
        "{ \"not a JSON".to_owned(),
        String::new(),
        "null".into(),
        "\"{ hello }\"".into(),
        json!({ "qeury": "{ hello }" }).to_string(),
        json!({ "query": ["{ hello }"] }).to_string(),
        json!({ "query": "{ hello }", "operationName": 7 }).to_string(),
        json!({ "query": "{ hello }", "variables": [7] }).to_string(),
        json!({ "query": "{ hello }", "variables": "{}" }).to_string(),
        json!({ "query": "{ hello }", "extensions": false }).to_string(),
        json!([{ "query": "{ hello }" }]).to_string(),
        format!("{{\"query\":\"{{hello}}\",\"variables\":{}1{}}}", "{\"a\":".repeat(200), "}".repeat(200)),
    ];
    for body in bodies {
        for accept in [NEW, OLD] {
            post(&server(), accept, body.clone()).await.assert_error(400, "BAD_REQUEST");
        }
    }
    let batch = post(&server(), OLD, "[]").await.text();
    assert!(batch.contains("one at a time"), "{batch}");
    let latin_1 = post(&server(), OLD, b"{\"query\":\"{ hello(name: \\\"J\xe9r\\\") }\"}".to_vec()).await;
    latin_1.assert_error(400, "BAD_REQUEST");
}

#[tokio::test]
async fn a_query_by_hash_is_told_to_come_whole() {
    let body = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "ab" } } });
    let answer = post(&server(), NEW, body.to_string()).await;
    answer.assert_error(400, "PERSISTED_QUERY_NOT_SUPPORTED");
    assert_eq!(answer.json()["errors"][0]["message"], "PersistedQueryNotSupported");
}

#[tokio::test]
async fn a_body_says_that_it_is_json() {
    for (content_type, status) in [
        (Some("application/json"), 200),
        (Some("application/json; charset=utf-8"), 200),
        (Some("Application/JSON;charset=\"UTF-8\""), 200),
        (Some("application/json; charset=latin1"), 415),
        (Some("text/plain"), 415),
        (Some("application/graphql"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some("multipart/form-data; boundary=x"), 415),
        (Some("json"), 415),
        (None, 415),
    ] {
        let mut request = request(Method::POST, "/graphql");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let answer = send(&server(), request.body(Body::from(query("{ hello }"))).expect("a request")).await;
        assert_eq!(answer.status.as_u16(), status, "{content_type:?} {}", answer.text());
        if status == 415 {
            answer.assert_error(415, "BAD_REQUEST");
        }
    }
    let packed = request(Method::POST, "/graphql").header(header::CONTENT_TYPE, "application/json");
    let packed = packed.header(header::CONTENT_ENCODING, "gzip").body(Body::from("..")).expect("a request");
    send(&server(), packed).await.assert_error(415, "BAD_REQUEST");
}

#[tokio::test]
async fn a_get_asks_and_changes_nothing() {
    let server = server();
    let answer = get(&server, "/graphql?query=%7B%20hello%20%7D&operationName=&variables=&extensions=").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "data": { "hello": "hello you" } })));
    let with_variables = "/graphql?query=query(%24n%3AInt!)%7Bdouble(n%3A%24n)%7D&variables=%7B%22n%22%3A21%7D";
    assert_eq!(get(&server, with_variables).await.json(), json!({ "data": { "double": 42 } }));

    for text in [
        "mutation%20%7B%20change%20%7D",
        "subscription%7Bticks%7D",
        "query%20A%7Bhello%7D%20mutation%20B%7Bchange%7D&operationName=B",
    ] {
        let answer = get(&server, &format!("/graphql?query={text}")).await;
        answer.assert_error(405, "BAD_REQUEST");
        assert_eq!(answer.header(header::ALLOW), "POST");
    }
    // Of two operations the named one counts, and the other is harmless.
    let query = get(&server, "/graphql?query=query%20A%7Bhello%7D%20mutation%20B%7Bchange%7D&operationName=A").await;
    assert_eq!(query.json(), json!({ "data": { "hello": "hello you" } }));

    for uri in ["/graphql", "/graphql?query=%7Bhello%7D&variables=7", "/graphql?query=a&query=b"] {
        get(&server, uri).await.assert_error(400, "BAD_REQUEST");
    }
}

#[tokio::test]
async fn other_methods_are_told_which_ones_work() {
    for method in [Method::PUT, Method::DELETE, Method::OPTIONS] {
        let answer = send(&server(), request(method, "/graphql").body(Body::empty()).expect("a request")).await;
        answer.assert_error(405, "BAD_REQUEST");
        assert_eq!(answer.header(header::ALLOW), "GET,HEAD,POST");
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit_is_413() {
    let server = server_with(|settings| settings.body_limit_bytes = 64);
    let fits = post(&server, NEW, query("{ hello }")).await;
    assert_eq!(fits.status.as_u16(), 200);
    let large = json!({ "query": "{ hello }", "extensions": { "filler": "x".repeat(64) } }).to_string();
    post(&server, NEW, large.clone()).await.assert_error(413, "LIMIT_EXCEEDED");
    // The same without a length announced.
    let chunks =
        futures_util::stream::iter(large.into_bytes().into_iter().map(|byte| Ok::<_, std::io::Error>(vec![byte])));
    post(&server, NEW, Body::from_stream(chunks)).await.assert_error(413, "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_slow_answer_is_504_and_a_slow_question_408() {
    post(&server(), NEW, query("{ never }")).await.assert_error(504, "TIMEOUT");
    post(&server(), OLD, query("{ never }")).await.assert_error(504, "TIMEOUT");
    // Of a change nobody may say that it was not made.
    let cut_short = post(&server(), NEW, query("mutation { hang }")).await;
    cut_short.assert_error(504, "TIMEOUT");
    assert!(cut_short.text().contains("not known"), "{}", cut_short.text());
    let stalled = Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>());
    post(&server(), NEW, stalled).await.assert_error(408, "TIMEOUT");
}

#[tokio::test]
async fn a_bug_is_500_with_a_trace_to_quote() {
    let answer = post(&server(), NEW, query("{ broken }")).await;
    answer.assert_error(500, "INTERNAL");
    let trace = answer.header("inroads-trace");
    assert_eq!(answer.json()["errors"][0]["extensions"]["traceId"], trace);
    assert!(!answer.text().contains("a bug") && answer.text().contains(trace));
}

#[tokio::test]
async fn resolvers_see_the_trace_that_the_reply_carries() {
    let answer = post(&server(), NEW, query("{ trace }")).await;
    assert_eq!(answer.json()["data"]["trace"], answer.header("inroads-trace"));
}

#[tokio::test]
async fn long_answers_are_compressed_for_who_can_read_it() {
    for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let long = request(Method::GET, "/graphql?query=%7Blong%7D").header(header::ACCEPT_ENCODING, accepted);
        let answer = send(&server(), long.body(Body::empty()).expect("a request")).await;
        assert_eq!((answer.status.as_u16(), answer.header(header::CONTENT_ENCODING)), (200, encoding));
        assert_eq!(answer.bytes.len() < 10_000, !encoding.is_empty());
    }
}

//! One log line a request, without anything personal.

use crate::support::http::{get, post, server};
use crate::support::socket::Served;
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, Once},
    time::Duration,
};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.bytes().clone()).expect("text")
    }

    fn requests(&self) -> Vec<Value> {
        self.called("request")
    }

    fn called(&self, message: &str) -> Vec<Value> {
        let lines = self.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>();
        lines.into_iter().filter(|line| line["message"] == message).collect()
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().expect("unbroken")
    }
}

impl io::Write for &Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Lines;

    fn make_writer(&'a self) -> &'a Lines {
        self
    }
}

/// Everything down to the lowest level, from every crate.
fn watched() -> (Lines, tracing::subscriber::DefaultGuard) {
    // A line that a thread without a subscriber comes to first may be taken to interest nobody, here as there. So that
    // no test beside this one does that, each has a subscriber, which keeps nothing.
    static FOR_ALL: Once = Once::new();
    FOR_ALL.call_once(|| {
        tracing::subscriber::set_global_default(tracing_subscriber::registry()).expect("nobody else sets one");
    });
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(lines.clone())
        .finish();
    (lines, tracing::subscriber::set_default(subscriber))
}

#[tokio::test]
async fn a_request_leaves_one_line_in_the_schemas_words() {
    let (lines, _watching) = watched();
    let query = json!({ "query": "query JaneDoe { greeting: hello(name: \"Jane Doe\") missing }" });
    let answer = post(&server(), "*/*", query.to_string()).await;
    let [line] = lines.requests().try_into().expect("one line");
    let expected = json!({
        "trace": answer.header("inroads-trace"),
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "query",
        "fields": "hello,missing",
        "errors": "NOT_FOUND",
    });
    for (field, value) in expected.as_object().expect("an object") {
        assert_eq!(&line[field], value, "{line}");
    }
    assert!(line["duration_ms"].is_u64());
}

#[tokio::test]
async fn no_word_of_the_client_is_logged() {
    let (lines, _watching) = watched();
    let server = server();
    for body in [
        json!({ "query": "query JaneDoe { JaneDoe: hello(name: \"JaneDoe\") }", "operationName": "JaneDoe" }),
        json!({ "query": "query($JaneDoe: String) { hello(name: $JaneDoe) }", "variables": { "JaneDoe": "JaneDoe" } }),
        json!({ "query": "{ JaneDoe }" }),
        json!({ "query": "{ JaneDoe" }),
        json!({ "query": "query { double(n: \"JaneDoe\") }" }),
        json!({ "variables": "JaneDoe" }),
        json!({ "query": "{ missing }", "extensions": { "JaneDoe": "JaneDoe" } }),
    ] {
        post(&server, "application/json, text/JaneDoe", body.to_string()).await;
    }
    for uri in ["/JaneDoe", "/playground/assets/JaneDoe", "/graphql?query=%7BJaneDoe%7D", "/graphql?JaneDoe=JaneDoe"] {
        get(&server, uri).await;
    }
    let text = lines.text();
    assert!(!text.contains("JaneDoe"), "{text}");
    assert_eq!(lines.requests().len(), 11);
}

#[tokio::test]
async fn a_client_that_leaves_still_leaves_a_line() {
    let (lines, _watching) = watched();
    let server = server();
    // Asked, waited for just once, and dropped.
    assert!(get(&server, "/graphql?query=%7Bnever%7D").now_or_never().is_none());
    let [line] = lines.requests().try_into().expect("one line");
    assert_eq!((&line["gone"], &line["status"]), (&json!(true), &Value::Null));
}

#[tokio::test(start_paused = true)]
async fn an_operation_over_a_socket_leaves_one_line_and_no_word_of_the_client() {
    let (lines, _watching) = watched();
    let mut client = Served::new(server()).ready().await;
    client.subscribe("JaneDoe", "subscription JaneDoe { JaneDoe: ticks(to: 3) }").await;
    for _ in 1..=3 {
        client.data("JaneDoe").await;
    }
    client.completed("JaneDoe").await;
    client.subscribe("JaneDoe", "{ JaneDoe }").await;
    client.error("JaneDoe").await;
    client.subscribe("JaneDoe", "{ hello(name: \"JaneDoe\") missing }").await;
    client.next().await;
    client.completed("JaneDoe").await;
    client.subscribe("JaneDoe", "subscription { silence }").await;
    client.complete("JaneDoe").await;
    client.say("JaneDoe").await;
    assert_eq!(client.closed().await.0, 4400);
    drop(client);
    while lines.called("socket closed").is_empty() {
        // Time stands still until nothing else is left to do.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    let told = |line: &Value| {
        ["operation", "fields", "answers", "errors", "gone"].map(|field| line.get(field).cloned().unwrap_or_default())
    };
    let expected = [
        [json!("subscription"), json!("ticks"), json!(3), json!(null), json!(null)],
        [json!("query"), json!(null), json!(1), json!("BAD_REQUEST"), json!(null)],
        [json!("query"), json!("hello,missing"), json!(1), json!("NOT_FOUND"), json!(null)],
        [json!("subscription"), json!(null), json!(0), json!(null), json!(true)],
    ];
    assert_eq!(lines.called("operation").iter().map(told).collect::<Vec<_>>(), expected);
    let [closed] = lines.called("socket closed").try_into().expect("one line");
    assert_eq!(closed["code"], 4400);
    let [opened] = lines.requests().try_into().expect("one line");
    assert_eq!((&opened["status"], &opened["trace"]), (&json!(101), &closed["trace"]));
    let text = lines.text();
    assert!(!text.contains("JaneDoe"), "{text}");
}

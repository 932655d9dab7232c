//! A server process of ours on a port of its own, which ends with the value.

use super::client::{Answer, ask};
use super::place::Place;
use serde_json::{Value, json};
use std::fs::File;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// What is to happen soon has to have happened by then, on a busy machine too.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The store's own deadline of five seconds, and what a busy machine takes on top.
pub const IN_TIME: Duration = Duration::from_secs(15);

pub struct Serving {
    child: Child,
    pub address: SocketAddr,
    pub log: PathBuf,
}

impl Serving {
    /// Serves a store to stewards, and returns once it answers.
    pub async fn start(place: &Place) -> Self {
        Self::start_as(place, "steward").await
    }

    pub async fn start_as(place: &Place, role: &str) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let (out, log) =
            (place.folder.path().join(format!("out-{nth}")), place.folder.path().join(format!("log-{nth}")));
        let mut child = place
            .command(&["serve", "--listen", "127.0.0.1:0", "--as", role])
            .stdin(Stdio::null())
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let said = || std::fs::read_to_string(&log).unwrap();
        let address = until("a server says where it is", async || {
            if let Some(status) = child.try_wait().unwrap() {
                panic!("the server ended ({status}): {}", said());
            }
            let greeting = std::fs::read_to_string(&out).unwrap();
            let (_, rest) = greeting.split_once("http://")?;
            Some(rest.split_once("/playground")?.0.parse().unwrap())
        })
        .await;
        Self { child, address, log }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The answer to a query as it comes over the wire.
    pub async fn answer(&self, query: &str, variables: &Value) -> Answer {
        ask(self.address, query, variables, &[]).await.unwrap()
    }

    /// The body of the answer to a query.
    pub async fn graphql(&self, query: &str, variables: &Value) -> Value {
        self.answer(query, variables).await.json()
    }

    /// As `graphql`, while the store is not well: in time all the same.
    pub async fn graphql_in_time(&self, query: &str, variables: &Value) -> Value {
        let asked = Instant::now();
        let body = self.graphql(query, variables).await;
        assert!(asked.elapsed() < IN_TIME, "{query}: {:?}", asked.elapsed());
        body
    }

    /// The data of an answer without errors.
    pub async fn data(&self, query: &str) -> Value {
        let mut body = self.graphql(query, &Value::Null).await;
        assert_eq!(body.get("errors"), None, "{query}: {body}");
        body["data"].take()
    }

    pub async fn revision(&self) -> u64 {
        self.data("{ revision }").await["revision"].as_u64().unwrap()
    }

    /// The body of the answer to a mutation.
    pub async fn mutate(&self, name: &str, input: Value) -> Value {
        self.graphql(&mutation(name), &json!({ "input": input })).await
    }

    /// Does it, and gives the revision that it made.
    pub async fn done(&self, name: &str, input: Value) -> u64 {
        let body = self.mutate(name, input).await;
        let payload = &body["data"][name];
        assert!(body.get("errors").is_none() && payload["userErrors"] == json!([]), "{name}: {body}");
        payload["revision"].as_u64().unwrap()
    }

    /// As `done`, again and again while the store is not well: for what has an idempotency key.
    pub async fn done_at_last(&self, name: &str, input: Value) -> u64 {
        until(name, async || {
            let body = self.mutate(name, input.clone()).await;
            let payload = &body["data"][name];
            let unavailable = body["errors"][0]["extensions"]["code"] == "UNAVAILABLE";
            assert!(unavailable || payload["userErrors"] == json!([]), "{name}: {body}");
            payload["revision"].as_u64()
        })
        .await
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn mutation(name: &str) -> String {
    let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    format!("mutation($input: {of}!) {{ {name}(input: $input) {{ userErrors {{ path code message }} revision }} }}")
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs async work on threads of its own.
pub fn run(work: impl Future<Output = ()>) {
    runtime().block_on(work);
}

pub fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Asks again and again until there is something.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    until_or_late(look).await.unwrap_or_else(|| panic!("not in {PATIENCE:?}: {what}"))
}

/// As `until`; nothing where it takes too long.
pub async fn until_or_late<T>(mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if let Some(found) = look().await {
            return Some(found);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    None
}

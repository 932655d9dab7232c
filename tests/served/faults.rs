//! Neo4j stopped, killed and frozen under a server that is asked and written to all the while: what it holds in memory it
//! goes on telling, all else is refused in time, and when Neo4j is back so is everything, without a restart.

use crate::neo4j_server::{Server, server};
use crate::support::client::get;
use crate::support::place::Place;
use crate::support::process::{PATIENCE, Serving, mutation, run, until};
use crate::support::small::{self, WAY_IN, another, of_the_store};
use crate::support::subscriber::Subscriber;
use futures_util::future::{join_all, join3};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::block_in_place;
use tokio::time::{sleep, timeout};

/// Between one question and the next of the same client.
const A_LITTLE: Duration = Duration::from_millis(50);

#[test]
fn stopped() {
    through(|neo4j| neo4j.end("TERM"), Server::restart);
}

#[test]
fn killed() {
    through(|neo4j| neo4j.end("KILL"), Server::restart);
}

#[test]
fn frozen() {
    through(|neo4j| neo4j.signal("STOP"), |neo4j| neo4j.signal("CONT"));
}

fn through(strike: impl Fn(&mut Server), mend: impl Fn(&mut Server)) {
    let mut neo4j = server();
    run(async {
        let place = Place::on(&neo4j).await;
        let serving = Arc::new(Serving::start(&place).await);
        small::fill(&serving).await;
        let begun = serving.revision().await;
        let over = Arc::new(AtomicBool::new(false));
        let mut known = Vec::new();
        for query in of_the_store() {
            known.push((query.clone(), serving.data(&query).await));
        }
        let reader = tokio::spawn(read(Arc::clone(&serving), Arc::clone(&over), known));
        let writer = tokio::spawn(write(Arc::clone(&serving), Arc::clone(&over), begun));
        let follower = tokio::spawn(follow(Subscriber::since(serving.address, begun).await, begun));
        until("a change is made", async || (serving.revision().await > begun).then_some(())).await;
        block_in_place(|| strike(&mut neo4j));
        while_it_is_away(&serving).await;
        block_in_place(|| mend(&mut neo4j));
        for query in of_the_store() {
            until("it is answered again", async || told(&serving, &query, &Value::Null).await).await;
        }
        over.store(true, Ordering::SeqCst);
        let (read, written, followed) = timeout(PATIENCE, join3(reader, writer, follower)).await.expect("in time");
        read.unwrap();
        assert_eq!(written.unwrap(), followed.unwrap());
        let answer = serving.graphql(WAY_IN, &Value::Null).await;
        assert_eq!(answer.get("extensions"), None, "the graph in memory is confirmed again");
        place.assert_whole();
    });
}

async fn while_it_is_away(serving: &Serving) {
    let queries = of_the_store();
    for answer in join_all(queries.iter().map(|query| told(serving, query, &Value::Null))).await {
        assert_eq!(answer, None, "only Neo4j knows");
    }
    let doubt = until("an answer says how old it may be", async || {
        let answer = told(serving, WAY_IN, &Value::Null).await.expect("it is in memory");
        Some(answer.get("extensions")?["snapshot"].clone())
    })
    .await;
    assert!(doubt["unconfirmedForSeconds"].as_u64() >= Some(2) && doubt["revision"].is_u64(), "{doubt}");
    let ready = get(serving.address, "/readyz").await.unwrap();
    assert_eq!((ready.status, &ready.json()["status"]), (200, &json!("ready")));
    assert_eq!(get(serving.address, "/healthz").await.unwrap().status, 200);
}

/// Asks again and again: what is told is what was told before, and what is in memory is told always.
async fn read(serving: Arc<Serving>, over: Arc<AtomicBool>, known: Vec<(String, Value)>) {
    while !over.load(Ordering::SeqCst) {
        for (query, before) in &known {
            let answer = told(&serving, query, &Value::Null).await;
            assert!(answer.is_none_or(|answer| answer["data"] == *before), "{query}");
        }
        let answer = told(&serving, WAY_IN, &Value::Null).await.expect("it is in memory");
        assert!(answer["data"]["outreachPaths"]["paths"][0]["ask"].is_string(), "{answer}");
        sleep(A_LITTLE).await;
    }
}

/// Makes one change after the other, each asked for until it is done: none is done twice, or said to be done and lost. Gives
/// the revision of the last, which is made when all is over.
async fn write(serving: Arc<Serving>, over: Arc<AtomicBool>, mut revision: u64) -> u64 {
    let mut refused = 0;
    loop {
        let last = over.load(Ordering::SeqCst);
        let name = if last { "last".to_owned() } else { format!("after-{revision}") };
        let payload = done(&serving, &json!({ "input": another(&name) }), &mut refused).await;
        revision += 1;
        assert_eq!(payload, json!({ "userErrors": [], "revision": revision }));
        if last {
            assert!(refused > 0);
            return revision;
        }
        sleep(A_LITTLE).await;
    }
}

/// Is told of each change up to the last, and gives its revision.
async fn follow(mut subscriber: Subscriber, mut revision: u64) -> u64 {
    loop {
        let told = subscriber.up_to(revision, revision + 1).await;
        revision += 1;
        let mut changes = told[0]["changes"].as_array().unwrap().iter();
        if changes.any(|change| change["id"] == "org:team:org/last") {
            return revision;
        }
    }
}

async fn done(serving: &Serving, input: &Value, refused: &mut usize) -> Value {
    loop {
        if let Some(mut body) = told(serving, &mutation("organisationCreate"), input).await {
            return body["data"]["organisationCreate"].take();
        }
        *refused += 1;
        sleep(A_LITTLE).await;
    }
}

/// The answer, in time; nothing where it says that the store is away.
async fn told(serving: &Serving, query: &str, variables: &Value) -> Option<Value> {
    let body = serving.graphql_in_time(query, variables).await;
    let Some(error) = body["errors"].get(0) else { return Some(body) };
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{body}");
    assert!(error["message"].as_str().is_some_and(|words| words.contains("Neo4j at 127.0.0.1")), "{body}");
    None
}

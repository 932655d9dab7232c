//! Whatever a client sends, in whatever order, the server does what a few lines say the protocol demands.

use crate::support::http::server;
use crate::support::socket::Served;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::HashSet;
use tokio_tungstenite::tungstenite::Message;

#[derive(Debug, Clone)]
enum Sent {
    Init,
    Ping(u8),
    Pong,
    /// An operation that says nothing and does not end.
    Subscribe(&'static str),
    Complete(&'static str),
    Nonsense(&'static str),
}

fn sent() -> impl Strategy<Value = Sent> {
    let id = || select(&["a", "b", "c"][..]);
    let nonsense = select(&["", "null", "[{}]", r#"{"type":7}"#, r#"{"type":"next","id":"a"}"#, "\u{0}"][..]);
    prop_oneof![
        2 => Just(Sent::Init),
        4 => any::<u8>().prop_map(Sent::Ping),
        2 => Just(Sent::Pong),
        6 => id().prop_map(Sent::Subscribe),
        6 => id().prop_map(Sent::Complete),
        1 => nonsense.prop_map(Sent::Nonsense),
    ]
}

impl Sent {
    fn text(&self) -> String {
        let query = json!({ "query": "subscription { silence }" });
        match self {
            Self::Init => json!({ "type": "connection_init" }).to_string(),
            Self::Ping(n) => json!({ "type": "ping", "payload": { "n": n } }).to_string(),
            Self::Pong => json!({ "type": "pong" }).to_string(),
            Self::Subscribe(id) => json!({ "type": "subscribe", "id": id, "payload": query }).to_string(),
            Self::Complete(id) => json!({ "type": "complete", "id": id }).to_string(),
            Self::Nonsense(text) => (*text).to_owned(),
        }
    }
}

/// The answers that are due, and the code of the close that ends them.
fn expected(all: &[Sent]) -> (Vec<Value>, u16) {
    let (mut ready, mut under_way, mut answers) = (false, HashSet::new(), Vec::new());
    for sent in all {
        match sent {
            Sent::Init if ready => return (answers, 4429),
            Sent::Init => {
                ready = true;
                answers.push(json!({ "type": "connection_ack", "payload": { "revision": 7 } }));
            }
            Sent::Ping(n) => answers.push(json!({ "type": "pong", "payload": { "n": n } })),
            Sent::Pong => {}
            Sent::Subscribe(_) if !ready => return (answers, 4401),
            Sent::Subscribe(id) => {
                if !under_way.insert(*id) {
                    return (answers, 4409);
                }
            }
            Sent::Complete(id) => {
                under_way.remove(id);
            }
            Sent::Nonsense(_) => return (answers, 4400),
        }
    }
    unreachable!("every conversation ends in nonsense")
}

async fn received(all: &[Sent]) -> (Vec<Value>, u16) {
    let mut client = Served::new(server()).open().await;
    for sent in all {
        client.say(sent.text()).await;
    }
    let mut answers = Vec::new();
    loop {
        match client.frame().await {
            Message::Text(text) => answers.push(serde_json::from_str(&text).expect("JSON")),
            Message::Close(Some(frame)) => return (answers, frame.code.into()),
            Message::Ping(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_conversation_goes_by_the_protocol(mut all in vec(sent(), 0..12)) {
        all.push(Sent::Nonsense("the end"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build();
        let received = runtime.expect("a runtime").block_on(received(&all));
        prop_assert_eq!(received, expected(&all));
    }
}

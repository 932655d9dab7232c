//! `/graphql` over WebSocket: the protocol, message by message and code by code, and the bounds of what one client and
//! all of them may hold. Time stands still here, so that waiting costs none.

use crate::support::http::{LISTENING, Watch, parts_under, server, settings};
use crate::support::socket::{SUBPROTOCOL, Served};
use axum::http::header;
use futures_util::{SinkExt as _, StreamExt as _};
use inroads::{config::Http, http::router};
use serde_json::{Value, json};
use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

fn served(change: impl FnOnce(&mut Http)) -> (Served, Arc<Watch>) {
    let watch = Arc::new(Watch::default());
    (Served::new(router(parts_under(&watch), &settings(change), LISTENING)), watch)
}

fn toy() -> Served {
    Served::new(server())
}

#[tokio::test(start_paused = true)]
async fn one_socket_carries_queries_mutations_and_subscriptions() {
    let mut client = toy().open().await;
    let ready = client.init(json!({ "token": "for another server" })).await;
    assert_eq!(ready, json!({ "type": "connection_ack", "payload": { "revision": 7 } }));

    client.subscribe("query", "{ hello }").await;
    assert_eq!(client.data("query").await, json!({ "hello": "hello you" }));
    client.completed("query").await;
    client.subscribe("mutation", "mutation { change }").await;
    assert_eq!(client.data("mutation").await, json!({ "change": true }));
    client.completed("mutation").await;
    client.subscribe("subscription", "subscription { ticks(to: 3) }").await;
    for n in 1..=3 {
        assert_eq!(client.data("subscription").await, json!({ "ticks": n }));
    }
    client.completed("subscription").await;

    let payload = json!({
        "query": "query A { hello } query B($n: Int!) { double(n: $n) }", "operationName": "B", "variables": { "n": 21 },
        "extensions": { "for": "others" },
    });
    client.send(json!({ "type": "subscribe", "id": "named", "payload": payload })).await;
    assert_eq!(client.data("named").await, json!({ "double": 42 }));
    client.completed("named").await;
}

#[tokio::test(start_paused = true)]
async fn operations_share_a_socket_and_a_name_is_free_again_once_its_operation_has_ended() {
    let (server, watch) = served(|_| {});
    let mut client = server.ready().await;
    client.subscribe("quiet", "subscription { silence }").await;
    for _ in 0..3 {
        client.subscribe("1", "{ hello }").await;
        client.data("1").await;
        client.completed("1").await;
        client.subscribe("1", "{ nothing }").await;
        client.error("1").await;
        client.subscribe("1", "subscription { silence }").await;
        watch.settles_at(2).await;
        client.complete("1").await;
        watch.settles_at(1).await;
    }
    // A client may complete what has just ended, or never was.
    client.complete("1").await;
    client.subscribe("1", "{ hello }").await;
    client.data("1").await;
}

#[tokio::test(start_paused = true)]
async fn a_request_that_cannot_run_is_an_error_and_the_socket_goes_on() {
    let mut client = toy().ready().await;
    for (query, code) in [
        ("{", "BAD_REQUEST"),
        ("", "BAD_REQUEST"),
        ("{ nothing }", "BAD_REQUEST"),
        ("subscription { nothing }", "BAD_REQUEST"),
        ("query($n: Int!) { double(n: $n) }", "BAD_REQUEST"),
        ("query A { hello } query B { hello }", "BAD_REQUEST"),
        ("{ never }", "TIMEOUT"),
        ("{ broken }", "INTERNAL"),
        ("subscription { refused }", "FORBIDDEN"),
    ] {
        client.subscribe("1", query).await;
        let error = client.error("1").await;
        assert_eq!(error["extensions"]["code"], code, "{query} {error}");
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()));
    }
    client.subscribe("1", "{ broken }").await;
    let error = client.error("1").await.to_string();
    assert!(!error.contains("a bug") && error.contains("trace"), "{error}");
    client.subscribe("1", "{ hello }").await;
    assert_eq!(client.data("1").await, json!({ "hello": "hello you" }));
}

#[tokio::test(start_paused = true)]
async fn a_field_that_fails_is_an_answer_with_errors() {
    let mut client = toy().ready().await;
    client.subscribe("1", "{ hello missing }").await;
    let answer = client.next().await;
    assert_eq!((&answer["type"], &answer["payload"]["data"]["missing"]), (&json!("next"), &Value::Null));
    assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
    client.completed("1").await;
    client.subscribe("1", "{ required }").await;
    let answer = client.next().await;
    assert_eq!((&answer["type"], answer["payload"].get("data")), (&json!("next"), Some(&Value::Null)));
    client.completed("1").await;
}

#[tokio::test(start_paused = true)]
async fn a_subscription_that_breaks_says_so_after_what_it_has_given() {
    let mut client = toy().ready().await;
    client.subscribe("1", "subscription { breaks }").await;
    for n in 1..=2 {
        assert_eq!(client.data("1").await, json!({ "breaks": n }));
    }
    assert_eq!(client.error("1").await["extensions"]["code"], "INTERNAL");
    client.subscribe("1", "{ hello }").await;
    client.data("1").await;
}

#[tokio::test(start_paused = true)]
async fn each_breach_of_the_protocol_has_its_code() {
    let init = r#"{"type":"connection_init"}"#;
    let subscribe = r#"{"type":"subscribe","id":"1","payload":{"query":"subscription { silence }"}}"#;
    let cases: &[(&[&str], u16, &str)] = &[
        (&["{"], 4400, "Invalid message"),
        (&["[]"], 4400, "Invalid message"),
        (&[r#"{"type":"start"}"#], 4400, "`start`"),
        (&[r#"{"type":"connection_ack"}"#], 4400, "connection_ack"),
        (&[init, r#"{"type":"subscribe","id":"1"}"#], 4400, "payload"),
        (&[init, r#"{"type":"subscribe","id":"1","payload":{}}"#], 4400, "query"),
        (&[init, r#"{"type":"complete"}"#], 4400, "id"),
        (&[r#"{"type":"connection_init","payload":{"revision":"new"}}"#], 4400, "string"),
        (&[subscribe], 4401, "Unauthorized"),
        (&[init, subscribe, subscribe], 4409, "Subscriber for 1 already exists"),
        (&[init, init], 4429, "Too many initialisation requests"),
        (&[], 4408, "Connection initialisation timeout"),
        (&[r#"{"type":"ping"}"#], 4408, "Connection initialisation timeout"),
    ];
    for (messages, code, reason) in cases {
        let mut client = toy().open().await;
        for message in *messages {
            client.say(*message).await;
        }
        let close = loop {
            match client.frame().await {
                Message::Close(Some(frame)) => break frame,
                Message::Text(text) => assert!(text.contains("connection_ack") || text.contains("pong"), "{text}"),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(u16::from(close.code), *code, "{messages:?} {}", close.reason);
        assert!(close.reason.contains(reason), "{messages:?} {}", close.reason);
        assert!(client.socket.next().await.is_none(), "the line ends with the close");
    }
}

#[tokio::test(start_paused = true)]
async fn a_reason_fits_into_its_frame_whatever_it_quotes() {
    let mut client = toy().open().await;
    client.say(format!(r#"{{"type":"{}"}}"#, "ä".repeat(500))).await;
    let (code, reason) = client.closed().await;
    assert_eq!(code, 4400);
    assert!(reason.len() <= 123 && reason.contains('ä'), "{reason}");
}

#[tokio::test(start_paused = true)]
async fn frames_that_are_no_messages_close_the_socket() {
    let mut client = toy().open().await;
    client.socket.send(Message::binary(b"{}".to_vec())).await.expect("sent");
    assert_eq!(client.closed().await.0, 4400);

    let mut client = toy().open().await;
    let latin_1 = Frame::message(b"\xe4".to_vec(), OpCode::Data(Data::Text), true);
    client.socket.send(Message::Frame(latin_1)).await.expect("sent");
    assert_eq!(client.closed().await.0, 1007);

    let mut client = toy().open().await;
    let reserved = Frame::message(b"".to_vec(), OpCode::Data(Data::Reserved(3)), true);
    client.socket.send(Message::Frame(reserved)).await.expect("sent");
    assert_eq!(client.closed().await.0, 1002);
}

#[tokio::test(start_paused = true)]
async fn a_message_is_bounded_as_a_body_is() {
    let ping = |bytes: usize| {
        let empty = json!({ "type": "ping", "payload": { "x": "" } }).to_string().len();
        json!({ "type": "ping", "payload": { "x": "y".repeat(bytes - empty) } }).to_string()
    };
    let mut client = toy().open().await;
    client.say(ping(4_096)).await;
    assert_eq!(client.next().await["type"], "pong");
    client.say(ping(4_097)).await;
    let (code, reason) = client.closed().await;
    assert_eq!((code, reason.as_str()), (1009, "A message may have at most 4096 bytes"));
}

#[tokio::test(start_paused = true)]
async fn only_its_own_subprotocol_is_spoken() {
    for offered in ["", "Sec-WebSocket-Protocol: graphql-ws\r\n", "Sec-WebSocket-Protocol: soap, mqtt\r\n"] {
        let (mut client, response) = toy().open_offering(offered).await;
        assert!(!response.to_lowercase().contains("sec-websocket-protocol"), "{response}");
        assert_eq!(client.closed().await, (4406, "Subprotocol not acceptable: use graphql-transport-ws".into()));
    }
    let among = [("sec-websocket-protocol", "graphql-ws, graphql-transport-ws")];
    let Ok((mut client, response)) = toy().open_with(&among).await else { panic!("a handshake") };
    assert_eq!(response.headers()[header::SEC_WEBSOCKET_PROTOCOL], SUBPROTOCOL);
    client.init(Value::Null).await;
}

#[tokio::test(start_paused = true)]
async fn pings_are_answered_on_both_levels_and_at_any_time() {
    let mut client = toy().open().await;
    client.send(json!({ "type": "ping" })).await;
    assert_eq!(client.next().await, json!({ "type": "pong" }));
    client.init(Value::Null).await;
    client.send(json!({ "type": "ping", "payload": { "sent": [1, null] } })).await;
    assert_eq!(client.next().await, json!({ "type": "pong", "payload": { "sent": [1, null] } }));
    client.send(json!({ "type": "pong", "payload": { "nobody": "asked" } })).await;
    client.socket.send(Message::Ping(b"hi".to_vec().into())).await.expect("sent");
    assert_eq!(client.frame().await, Message::Pong(b"hi".to_vec().into()));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_answers_pings_stays_and_one_that_is_silent_goes() {
    let (server, watch) = served(|_| {});
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { silence }").await;
    watch.settles_at(1).await;
    // Reading answers them.
    for _ in 0..100 {
        assert!(matches!(client.frame().await, Message::Ping(_)));
    }
    watch.settles_at(0).await;
    assert_eq!(client.closed().await, (1001, "Nothing was heard for too long".into()));
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_sent_no_more_than_it_reads() {
    let (server, watch) = served(|_| {});
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { flood }").await;
    let given = async || {
        // Nothing else is left to happen by then.
        tokio::time::sleep(Duration::from_secs(5)).await;
        watch.given.load(Ordering::Relaxed)
    };
    for read in 0..20 {
        // One on its way, two on the wire, two in the client's own buffer.
        let given = given().await;
        assert!((read + 1..=read + 5).contains(&given), "{given} were given when {read} had been read");
        client.data("1").await;
    }
    client.complete("1").await;
    watch.settles_at(0).await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_stops_reading_for_good_is_let_go() {
    let (server, watch) = served(|settings| settings.websocket.max_sockets = 1);
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { flood }").await;
    watch.settles_at(1).await;
    tokio::time::sleep(Duration::from_mins(2)).await;
    watch.settles_at(0).await;
    server.ready().await;
}

#[tokio::test(start_paused = true)]
async fn a_client_that_leaves_takes_its_operations_along() {
    let (server, watch) = served(|settings| settings.request_timeout_ms = 3_600_000);
    for leave_in_words in [true, false] {
        let mut client = server.ready().await;
        client.subscribe("1", "subscription { silence }").await;
        client.subscribe("2", "{ never }").await;
        watch.settles_at(2).await;
        if leave_in_words {
            client.socket.close(None).await.expect("closed");
        }
        drop(client);
        watch.settles_at(0).await;
    }
    let mut client = server.ready().await;
    client.subscribe("2", "{ never }").await;
    watch.settles_at(1).await;
    client.complete("2").await;
    watch.settles_at(0).await;
}

#[tokio::test(start_paused = true)]
async fn a_socket_has_so_many_operations_and_no_more() {
    let (server, watch) = served(|settings| settings.websocket.max_operations = 2);
    let mut client = server.ready().await;
    client.subscribe("1", "subscription { silence }").await;
    client.subscribe("2", "subscription { silence }").await;
    watch.settles_at(2).await;
    client.subscribe("3", "{ hello }").await;
    let error = client.error("3").await;
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{error}");
    client.complete("1").await;
    client.subscribe("3", "{ hello }").await;
    client.data("3").await;
    watch.settles_at(1).await;
}

#[tokio::test(start_paused = true)]
async fn there_are_so_many_sockets_and_no_more() {
    let (server, _watch) = served(|settings| settings.websocket.max_sockets = 2);
    let protocol = [("sec-websocket-protocol", SUBPROTOCOL)];
    let mut first = server.ready().await;
    let _second = server.ready().await;
    let Err(refused) = server.open_with(&protocol).await else { panic!("one too many") };
    let body: Value = serde_json::from_slice(refused.body().as_deref().unwrap_or_default()).expect("JSON");
    assert_eq!((refused.status().as_u16(), &body["errors"][0]["extensions"]["code"]), (503, &json!("UNAVAILABLE")));
    first.socket.close(None).await.expect("closed");
    while first.socket.next().await.is_some() {}
    // The seat is free once the server has noticed.
    while server.open_with(&protocol).await.is_err() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_socket_is_guarded_as_any_request_is() {
    let from = |origin| [("sec-websocket-protocol", SUBPROTOCOL), ("origin", origin)];
    let Err(refused) = toy().open_with(&from("https://elsewhere.example")).await else { panic!("let in") };
    assert_eq!(refused.status().as_u16(), 403);
    let same = format!("http://{LISTENING}");
    assert!(toy().open_with(&from(&same)).await.is_ok());
    let rebound = [("sec-websocket-protocol", SUBPROTOCOL), ("host", "rebound.example:8080")];
    let Err(refused) = toy().open_with(&rebound).await else { panic!("let in") };
    assert_eq!(refused.status().as_u16(), 421);
    let old = [("sec-websocket-protocol", SUBPROTOCOL), ("sec-websocket-version", "8")];
    let Err(refused) = toy().open_with(&old).await else { panic!("let in") };
    let words = String::from_utf8_lossy(refused.body().as_deref().unwrap_or_default()).into_owned();
    assert!(refused.status().as_u16() == 400 && words.contains("handshake"), "{words}");
}

#[tokio::test(start_paused = true)]
async fn what_the_client_has_seen_holds_for_all_it_asks() {
    let mut client = toy().open().await;
    client.init(json!({ "revision": 5 })).await;
    for id in ["1", "2"] {
        client.subscribe(id, "{ seen }").await;
        assert_eq!(client.data(id).await, json!({ "seen": 5 }));
        client.completed(id).await;
    }
    let mut client = toy().ready().await;
    client.subscribe("1", "{ seen }").await;
    assert_eq!(client.data("1").await, json!({ "seen": null }));
}

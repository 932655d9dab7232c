//! Somebody who follows the changes of the graph over a WebSocket.

use super::process::PATIENCE;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest as _};
use tokio_tungstenite::{WebSocketStream, client_async};

pub struct Subscriber {
    socket: WebSocketStream<TcpStream>,
}

impl Subscriber {
    /// Follows from a revision on.
    pub async fn since(address: SocketAddr, revision: u64) -> Self {
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().unwrap());
        let line = TcpStream::connect(address).await.unwrap();
        let (socket, _) = client_async(request, line).await.unwrap();
        let mut subscriber = Self { socket };
        subscriber.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(subscriber.next().await["type"], "connection_ack");
        let query = format!(
            "subscription {{ changes(sinceRevision: {revision}) {{ revision gap changes {{ id kind fields }} }} }}"
        );
        subscriber.say(&json!({ "type": "subscribe", "id": "1", "payload": { "query": query } })).await;
        subscriber
    }

    async fn say(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn next(&mut self) -> Value {
        loop {
            match timeout(PATIENCE, self.socket.next()).await.expect("in time").expect("open").unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Ping(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The next change set.
    pub async fn event(&mut self) -> Value {
        let mut message = self.next().await;
        assert!(message["type"] == "next" && message["payload"].get("errors").is_none(), "{message}");
        message["payload"]["data"]["changes"].take()
    }

    /// The next change sets up to a revision: none left out, none twice.
    pub async fn up_to(&mut self, mut seen: u64, last: u64) -> Vec<Value> {
        let mut events = Vec::new();
        while seen < last {
            let event = self.event().await;
            seen += 1;
            assert!(event["revision"] == json!(seen) && event["gap"] == json!(false), "{seen}: {event}");
            events.push(event);
        }
        events
    }
}

//! A server behind a wire that ends in this process, so that time can stand still, and a plain WebSocket client.

use super::http::{LISTENING, PATIENCE};
use axum::{
    Router,
    http::{HeaderValue, Request, Response, StatusCode, header},
    serve::Listener,
};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, DuplexStream, duplex},
    net::TcpStream,
    sync::mpsc,
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Error, Message, client::IntoClientRequest as _, protocol::Role},
};

pub const SUBPROTOCOL: &str = "graphql-transport-ws";

/// How much the wire holds that nobody has read: about one message.
const WIRE_BYTES: usize = 16 * 1024;

/// A server that is only reached from here.
pub struct Served(mpsc::Sender<DuplexStream>);

struct Ends(mpsc::Receiver<DuplexStream>);

impl Listener for Ends {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (DuplexStream, ()) {
        match self.0.recv().await {
            Some(end) => (end, ()),
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Served {
    pub fn new(router: Router) -> Self {
        let (ends, accepted) = mpsc::channel(16);
        tokio::spawn(axum::serve(Ends(accepted), router).into_future());
        Self(ends)
    }

    async fn line(&self) -> DuplexStream {
        let (ours, theirs) = duplex(WIRE_BYTES);
        self.0.send(theirs).await.expect("a server");
        ours
    }

    /// A socket before its first message.
    pub async fn open(&self) -> Client<DuplexStream> {
        self.open_with(&[(header::SEC_WEBSOCKET_PROTOCOL.as_str(), SUBPROTOCOL)]).await.expect("opened").0
    }

    /// A socket that is ready for operations.
    pub async fn ready(&self) -> Client<DuplexStream> {
        let mut client = self.open().await;
        client.init(Value::Null).await;
        client
    }

    /// A handshake with certain headers, or the refusal.
    pub async fn open_with(
        &self,
        headers: &[(&'static str, &str)],
    ) -> Result<(Client<DuplexStream>, Response<Option<Vec<u8>>>), Response<Option<Vec<u8>>>> {
        shake_hands(self.line().await, &format!("ws://{LISTENING}/graphql"), headers).await
    }
}

impl Served {
    /// A handshake by hand, with what it answered: a client of the library's goes away where its offer is not taken.
    pub async fn open_offering(&self, header: &str) -> (Client<DuplexStream>, String) {
        let mut line = self.line().await;
        let request = format!(
            "GET /graphql HTTP/1.1\r\nHost: {LISTENING}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{header}\r\n"
        );
        line.write_all(request.as_bytes()).await.expect("sent");
        let mut response = Vec::new();
        while !response.ends_with(b"\r\n\r\n") {
            response.push(line.read_u8().await.expect("an answer"));
        }
        let response = String::from_utf8(response).expect("text");
        assert!(response.starts_with("HTTP/1.1 101"), "{response}");
        (Client { socket: WebSocketStream::from_raw_socket(line, Role::Client, None).await }, response)
    }
}

/// A socket on a server's real address, ready for operations.
pub async fn dial(address: std::net::SocketAddr) -> Client<TcpStream> {
    let line = TcpStream::connect(address).await.expect("connected");
    let headers = [(header::SEC_WEBSOCKET_PROTOCOL.as_str(), SUBPROTOCOL)];
    let (mut client, _) = shake_hands(line, &format!("ws://{address}/graphql"), &headers).await.expect("opened");
    client.init(Value::Null).await;
    client
}

async fn shake_hands<Line: AsyncRead + AsyncWrite + Unpin>(
    line: Line,
    address: &str,
    headers: &[(&'static str, &str)],
) -> Result<(Client<Line>, Response<Option<Vec<u8>>>), Response<Option<Vec<u8>>>> {
    let mut request: Request<()> = address.into_client_request().expect("a request");
    for (name, value) in headers {
        request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a value"));
    }
    match client_async(request, line).await {
        Ok((socket, response)) => {
            assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
            Ok((Client { socket }, response))
        }
        Err(Error::Http(response)) => Err(*response),
        Err(error) => panic!("{error}"),
    }
}

pub struct Client<Line> {
    pub socket: WebSocketStream<Line>,
}

impl<Line: AsyncRead + AsyncWrite + Unpin> Client<Line> {
    pub async fn send(&mut self, message: Value) {
        self.say(message.to_string()).await;
    }

    pub async fn say(&mut self, text: impl Into<String>) {
        self.socket.send(Message::text(text.into())).await.expect("sent");
    }

    /// Begins, and returns the acknowledgement.
    pub async fn init(&mut self, payload: Value) -> Value {
        self.send(json!({ "type": "connection_init", "payload": payload })).await;
        let answer = self.next().await;
        assert_eq!(answer["type"], "connection_ack", "{answer}");
        answer
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.send(json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    pub async fn complete(&mut self, id: &str) {
        self.send(json!({ "type": "complete", "id": id })).await;
    }

    /// The next message of the protocol.
    pub async fn next(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            Message::Ping(_) => Box::pin(self.next()).await,
            other => panic!("{other:?}"),
        }
    }

    /// The data of an operation's next answer.
    pub async fn data(&mut self, id: &str) -> Value {
        let mut answer = self.next().await;
        assert_eq!((&answer["type"], &answer["id"]), (&json!("next"), &json!(id)), "{answer}");
        assert_eq!(answer["payload"].get("errors"), None, "{answer}");
        answer["payload"]["data"].take()
    }

    /// The first error of an operation that does not begin, or breaks.
    pub async fn error(&mut self, id: &str) -> Value {
        let mut answer = self.next().await;
        assert_eq!((&answer["type"], &answer["id"]), (&json!("error"), &json!(id)), "{answer}");
        answer["payload"][0].take()
    }

    #[track_caller]
    pub fn assert_completed(answer: &Value, id: &str) {
        assert_eq!(answer, &json!({ "type": "complete", "id": id }));
    }

    pub async fn completed(&mut self, id: &str) {
        let answer = self.next().await;
        Self::assert_completed(&answer, id);
    }

    pub async fn frame(&mut self) -> Message {
        let frame = timeout(PATIENCE, self.socket.next()).await.expect("in time");
        frame.expect("open").expect("a frame")
    }

    /// Code and reason of the close that comes next.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match timeout(PATIENCE * 10, self.socket.next()).await.expect("in time").expect("a close").expect("a frame")
            {
                Message::Close(Some(frame)) => return (frame.code.into(), frame.reason.to_string()),
                Message::Ping(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }
}

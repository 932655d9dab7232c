//! One socket, from its first message to its close. It does one thing at a time: while a message goes out nothing is
//! read and nothing is worked out, so a client that does not read holds up nobody but itself.

use super::answers::{self, Operations};
use super::message::{self, Ack, FromClient, ToClient};
use crate::config;
use crate::http::Shell;
use crate::model::Revision;
use crate::telemetry::TraceId;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use std::time::Duration;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until, timeout};

/// How long the client has to answer a close before the line is cut.
const FAREWELL: Duration = Duration::from_secs(1);

/// A close frame holds no more than this (RFC 6455, section 5.5).
const LONGEST_REASON: usize = 123;

mod code {
    /// The server is going away, or takes the client to have gone (RFC 6455).
    pub const GOING_AWAY: u16 = 1001;
    pub const PROTOCOL_ERROR: u16 = 1002;
    pub const NOT_UTF_8: u16 = 1007;
    pub const TOO_LARGE: u16 = 1009;
    // Those of graphql-transport-ws.
    pub const BAD_MESSAGE: u16 = 4400;
    pub const UNAUTHORISED: u16 = 4401;
    pub const WRONG_SUBPROTOCOL: u16 = 4406;
    pub const NO_INIT: u16 = 4408;
    pub const ID_IN_USE: u16 = 4409;
    pub const TOO_MANY_INITS: u16 = 4429;
}

pub async fn run(shell: Shell, trace: TraceId, mut socket: WebSocket) {
    let opened = Instant::now();
    let right_subprotocol = socket.protocol().is_some();
    let settings = shell.settings.websocket.clone();
    let mut ping = interval_at(opened + settings.ping_every(), settings.ping_every());
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (heard, greeting) = (opened, Greeting::Awaited);
    let mut session = Session { shell, socket: &mut socket, settings, heard, ping, greeting };
    let end = if right_subprotocol { session.talk(opened).await } else { wrong_subprotocol() };
    let code = match end {
        End::Left => None,
        End::Close(frame) => {
            let code = frame.code;
            farewell(&mut socket, frame).await;
            Some(code)
        }
    };
    let duration_ms = u64::try_from(opened.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%trace, code, duration_ms, "socket closed");
}

/// Why a session is over.
enum End {
    /// The client has closed, or is gone.
    Left,
    Close(CloseFrame),
}

fn close(code: u16, reason: impl Into<String>) -> End {
    let mut reason = reason.into();
    reason.truncate(reason.floor_char_boundary(LONGEST_REASON));
    End::Close(CloseFrame { code, reason: reason.into() })
}

fn wrong_subprotocol() -> End {
    close(code::WRONG_SUBPROTOCOL, "Subprotocol not acceptable: use graphql-transport-ws")
}

struct Session<'a> {
    shell: Shell,
    socket: &'a mut WebSocket,
    settings: config::WebSocket,
    /// When the client last gave a sign of life.
    heard: Instant,
    ping: Interval,
    greeting: Greeting,
}

/// How far the two have got to know each other.
enum Greeting {
    Awaited,
    /// With what the client has seen of the graph, if it said so.
    Acknowledged {
        at_least: Option<Revision>,
    },
}

impl Session<'_> {
    async fn talk(&mut self, opened: Instant) -> End {
        let sockets = self.shell.sockets.clone();
        tokio::select! {
            end = self.exchange(opened) => end,
            () = sockets.told_to_close() => close(code::GOING_AWAY, "The server is stopping"),
        }
    }

    async fn exchange(&mut self, opened: Instant) -> End {
        let mut operations = Operations::default();
        let init_by = opened + self.settings.init_timeout();
        loop {
            let turn = tokio::select! {
                message = self.socket.recv() => match message {
                    None | Some(Ok(Message::Close(_))) => Err(End::Left),
                    Some(Ok(message)) => self.hear(message, &mut operations).await,
                    Some(Err(error)) => Err(unreadable(error, self.shell.settings.body_limit_bytes)),
                },
                Some(said) = operations.next() => self.say(said.text).await,
                _ = self.ping.tick() => self.keep_alive().await,
                () = sleep_until(init_by), if matches!(self.greeting, Greeting::Awaited) => {
                    Err(close(code::NO_INIT, "Connection initialisation timeout"))
                }
            };
            if let Err(end) = turn {
                return end;
            }
        }
    }

    async fn hear(&mut self, message: Message, operations: &mut Operations) -> Result<(), End> {
        self.heard = Instant::now();
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(close(code::BAD_MESSAGE, "Invalid message: send JSON as text")),
            // The library answers pings; close has been seen to.
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => return Ok(()),
        };
        match message::read(&text).map_err(|reason| close(code::BAD_MESSAGE, reason))? {
            FromClient::Init { at_least } => self.begin(at_least).await,
            FromClient::Ping { payload } => self.say(ToClient::Pong { payload }.text()).await,
            FromClient::Pong => Ok(()),
            FromClient::Subscribe { id, request } => {
                let Greeting::Acknowledged { at_least } = self.greeting else {
                    return Err(close(code::UNAUTHORISED, "Unauthorized"));
                };
                if operations.contains(&id) {
                    return Err(close(code::ID_IN_USE, format!("Subscriber for {id} already exists")));
                }
                let full = operations.len() >= self.settings.max_operations;
                let messages = if full {
                    answers::too_many(&self.shell, &id)
                } else {
                    answers::of(&self.shell, &id, *request, at_least)
                };
                operations.start(id, messages);
                Ok(())
            }
            FromClient::Complete { id } => {
                operations.cancel(&id);
                Ok(())
            }
        }
    }

    async fn begin(&mut self, at_least: Option<Revision>) -> Result<(), End> {
        if matches!(self.greeting, Greeting::Acknowledged { .. }) {
            return Err(close(code::TOO_MANY_INITS, "Too many initialisation requests"));
        }
        self.greeting = Greeting::Acknowledged { at_least };
        self.say(ToClient::ConnectionAck { payload: Ack { revision: self.shell.newest() } }.text()).await
    }

    /// Returns when the message has left. Waiting for a client to read is no silence of the client's, but it has an end.
    async fn say(&mut self, text: String) -> Result<(), End> {
        self.send(Message::text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), End> {
        let started = Instant::now();
        match timeout(self.settings.idle_timeout(), self.socket.send(message)).await {
            Ok(Ok(())) => {
                self.heard += started.elapsed();
                Ok(())
            }
            Ok(Err(_)) => Err(End::Left),
            Err(_) => Err(close(code::GOING_AWAY, "Nothing was read for too long")),
        }
    }

    async fn keep_alive(&mut self) -> Result<(), End> {
        if self.heard.elapsed() >= self.settings.idle_timeout() {
            return Err(close(code::GOING_AWAY, "Nothing was heard for too long"));
        }
        self.send(Message::Ping(Vec::new().into())).await
    }
}

/// What came over the line is no message, or the line is cut.
fn unreadable(error: axum::Error, limit: usize) -> End {
    use tungstenite::{Error, error::ProtocolError};
    match error.into_inner().downcast::<Error>().as_deref() {
        Ok(Error::Capacity(_)) => close(code::TOO_LARGE, format!("A message may have at most {limit} bytes")),
        Ok(Error::Utf8(_)) => close(code::NOT_UTF_8, "A message must be UTF-8"),
        Ok(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake)) => End::Left,
        Ok(Error::Protocol(_)) => close(code::PROTOCOL_ERROR, "That is no WebSocket frame"),
        _ => End::Left,
    }
}

/// Says why, and gives the client a moment to hear it. A line that is cut with something on it unread is reset, and the
/// close frame may be lost with it.
async fn farewell(socket: &mut WebSocket, frame: CloseFrame) {
    let parting = async {
        if socket.send(Message::Close(Some(frame))).await.is_err() {
            return;
        }
        loop {
            match socket.recv().await {
                Some(Ok(_)) => {}
                None => return,
                // What is left of a message that was too large cannot be read past.
                Some(Err(_)) => std::future::pending().await,
            }
        }
    };
    let _ = timeout(FAREWELL, parting).await;
}

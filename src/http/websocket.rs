//! `/graphql` over WebSocket, by the protocol `graphql-transport-ws`
//! (<https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>). Here a socket is let in, and all are counted and
//! told to close; `session` talks on one. Who may connect is the guard's to say, as for any request.

mod answers;
mod message;
mod session;

use super::{Shell, refusal::Refusal};
use crate::{error::ErrorCode, telemetry::TraceId};
use axum::{
    extract::{FromRequestParts as _, Request, ws::WebSocketUpgrade},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};

const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Most sockets are quiet: what each keeps ready for reading is what a usual message needs.
const READ_BUFFER_BYTES: usize = 8 * 1024;

/// Anything else in `Upgrade` may be ignored (RFC 9110, section 7.8).
pub fn is_wanted(headers: &HeaderMap) -> bool {
    let names = headers.get_all(header::UPGRADE).iter().filter_map(|value| value.to_str().ok());
    names.flat_map(|names| names.split(',')).any(|name| name.trim().eq_ignore_ascii_case("websocket"))
}

pub async fn open(shell: Shell, trace: TraceId, request: Request) -> Response {
    let (mut parts, _) = request.into_parts();
    let upgrade = match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let message = format!("This is no WebSocket handshake: {}.", rejection.body_text().trim_end_matches('.'));
            return Refusal::new(rejection.status(), ErrorCode::BadRequest, message).into_response();
        }
    };
    let Ok(seat) = Arc::clone(&shell.sockets.seats).try_acquire_owned() else {
        let message = "As many WebSockets are open as http.websocket.max_sockets allows: try again later.";
        return Refusal::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Unavailable, message).into_response();
    };
    let limit = shell.settings.body_limit_bytes;
    upgrade
        .protocols([SUBPROTOCOL])
        .max_message_size(limit)
        .max_frame_size(limit)
        .read_buffer_size(READ_BUFFER_BYTES)
        .on_upgrade(async move |socket| {
            session::run(shell, trace, socket).await;
            drop(seat);
        })
}

/// All sockets of a server.
#[derive(Clone)]
pub struct Sockets {
    seats: Arc<Semaphore>,
    closing: Arc<watch::Sender<bool>>,
    most: u32,
}

impl Sockets {
    pub fn new(most: u32) -> Self {
        let seats = usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS).min(Semaphore::MAX_PERMITS);
        Self { seats: Arc::new(Semaphore::new(seats)), closing: Arc::new(watch::Sender::new(false)), most }
    }

    /// Tells every socket to close, and those still to come.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    pub async fn all_gone(&self) {
        // Nobody ever closes the semaphore.
        let _ = self.seats.acquire_many(self.most).await;
    }

    /// Resolves when all are told to close.
    async fn told_to_close(&self) {
        // The sender lives as long as we do.
        let _ = self.closing.subscribe().wait_for(|closing| *closing).await;
    }
}

//! The messages of `graphql-transport-ws`, read from and written as JSON. What is no message is told in a reason to close.

use crate::http::{
    decode::{self, Parameters},
    reply,
};
use crate::model::Revision;
use async_graphql::{Request, ServerError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The client's name for an operation of its own.
pub type OperationId = Arc<str>;

/// It is repeated in every answer. Clients number their operations, or give each a UUID.
const LONGEST_ID: usize = 256;

pub enum FromClient {
    Init { at_least: Option<Revision> },
    Ping { payload: Option<Map<String, Value>> },
    Pong,
    Subscribe { id: OperationId, request: Box<Request> },
    Complete { id: OperationId },
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Read {
    ConnectionInit {
        payload: Option<Init>,
    },
    Ping {
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Parameters,
    },
    Complete {
        id: String,
    },
}

/// What else a client says there is for other servers.
#[derive(Deserialize)]
struct Init {
    revision: Option<Revision>,
}

pub fn read(text: &str) -> Result<FromClient, String> {
    let read = serde_json::from_str(text).map_err(|error| format!("Invalid message: {error}"))?;
    Ok(match read {
        Read::ConnectionInit { payload } => FromClient::Init { at_least: payload.and_then(|payload| payload.revision) },
        Read::Ping { payload } => FromClient::Ping { payload },
        Read::Pong { .. } => FromClient::Pong,
        Read::Subscribe { id, payload } => {
            let request = decode::request(payload).map_err(|refusal| refusal.message().to_owned())?;
            FromClient::Subscribe { id: operation_id(id)?, request: Box::new(request) }
        }
        Read::Complete { id } => FromClient::Complete { id: operation_id(id)? },
    })
}

fn operation_id(id: String) -> Result<OperationId, String> {
    match id.len() {
        1..=LONGEST_ID => Ok(id.into()),
        length => Err(format!("Invalid message: `id` must have 1 to {LONGEST_ID} bytes, and has {length}")),
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToClient<'a> {
    ConnectionAck {
        payload: Ack,
    },
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a reply::Reply,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

#[derive(Serialize)]
pub struct Ack {
    /// What the graph has come to: where to subscribe from, for who has just read it.
    pub revision: Revision,
}

impl ToClient<'_> {
    pub fn text(&self) -> String {
        reply::json(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_says_why() {
        let cases = [
            ("", "EOF"),
            ("7", "Invalid message"),
            ("[]", "Invalid message"),
            ("{}", "`type`"),
            (r#"{"type":"connection_ack"}"#, "connection_init"),
            (r#"{"type":"start","id":"1"}"#, "`start`"),
            (r#"{"type":"connection_init","payload":7}"#, "Invalid message"),
            (r#"{"type":"connection_init","payload":{"revision":-1}}"#, "-1"),
            (r#"{"type":"connection_init","payload":{"revision":"7"}}"#, "string"),
            (r#"{"type":"ping","payload":[]}"#, "Invalid message"),
            (r#"{"type":"pong","payload":""}"#, "Invalid message"),
            (r#"{"type":"subscribe","payload":{"query":"{a}"}}"#, "`id`"),
            (r#"{"type":"subscribe","id":7,"payload":{"query":"{a}"}}"#, "Invalid message"),
            (r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#, "1 to 256"),
            (r#"{"type":"subscribe","id":"1"}"#, "`payload`"),
            (r#"{"type":"subscribe","id":"1","payload":{}}"#, "`query`"),
            (r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}"#, "Invalid message"),
            (r#"{"type":"complete"}"#, "`id`"),
        ];
        for (text, words) in cases {
            let reason = read(text).err().unwrap_or_else(|| panic!("{text} is no message"));
            assert!(reason.contains(words), "{text}: {reason}");
        }
        let long = format!(r#"{{"type":"complete","id":"{}"}}"#, "x".repeat(LONGEST_ID + 1));
        assert!(read(&long).is_err());
    }

    #[test]
    fn members_for_other_servers_are_left_alone() {
        let text = r#"{"type":"connection_init","payload":{"revision":7,"token":"x"},"more":true}"#;
        assert!(matches!(read(text), Ok(FromClient::Init { at_least: Some(Revision(7)) })));
        let text = r#"{"type":"connection_init","payload":null}"#;
        assert!(matches!(read(text), Ok(FromClient::Init { at_least: None })));
    }
}

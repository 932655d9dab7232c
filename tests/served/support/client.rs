//! A plain HTTP client: one question, one connection.

use serde_json::{Value, json};
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// No question may take longer, whatever has become of the store.
pub const LONGEST: Duration = Duration::from_secs(40);

pub struct Answer {
    pub status: u16,
    head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        Some(line.split_once(':')?.1.trim())
    }
}

/// Asks a query over POST, with headers besides the usual ones.
pub async fn ask(address: SocketAddr, query: &str, variables: &Value, headers: &[(&str, &str)]) -> Result<Answer> {
    let body = json!({ "query": query, "variables": variables }).to_string();
    timeout(LONGEST, exchange(address, "POST", "/graphql", &body, headers))
        .await
        .map_err(|_| Error::new(ErrorKind::TimedOut, "no answer"))?
}

pub async fn get(address: SocketAddr, path: &str) -> Result<Answer> {
    timeout(LONGEST, exchange(address, "GET", path, "", &[]))
        .await
        .map_err(|_| Error::new(ErrorKind::TimedOut, "no answer"))?
}

async fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: &str,
    headers: &[(&str, &str)],
) -> Result<Answer> {
    let mut line = TcpStream::connect(address).await?;
    let more = headers.iter().fold(String::new(), |more, (name, value)| more + name + ": " + value + "\r\n");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n{more}\r\n{body}",
        body.len()
    );
    line.write_all(request.as_bytes()).await?;
    let mut all = Vec::new();
    line.read_to_end(&mut all).await?;
    let cut = || Error::new(ErrorKind::UnexpectedEof, "the answer was cut");
    let end = all.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let answer = Answer { status, head, body: all.split_off(end + 4) };
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    if length == Some(answer.body.len()) { Ok(answer) } else { Err(cut()) }
}

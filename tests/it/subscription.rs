//! Changes as they happen: each change set once, in order, whatever is broken off in between, to whom it may be told.

mod gaps;
mod processes;
mod resume;
mod told;

use crate::support::http::PATIENCE;
use futures_util::{Stream, StreamExt as _};
use inroads::app::ChangeEvent;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// All that there is to an event.
const EVENT: &str = "revision at actor source gap truncated changes { id type kind fields relation }";

async fn next(events: &mut (impl Stream<Item = ChangeEvent> + Unpin)) -> ChangeEvent {
    timeout(PATIENCE, events.next()).await.expect("in time").expect("it goes on")
}

/// That nothing comes, once all that was going to happen has happened. For tests in which time stands still.
async fn assert_silent(events: &mut (impl Stream<Item = ChangeEvent> + Unpin)) {
    let event = timeout(Duration::from_secs(10), events.next()).await;
    assert!(event.is_err(), "{event:?}");
}

/// Which things an event tells of, each with what was done to it.
fn ids(event: &Value) -> Vec<String> {
    let of =
        |change: &Value| format!("{} {}", change["kind"].as_str().unwrap_or("?"), change["id"].as_str().unwrap_or("?"));
    event["changes"].as_array().into_iter().flatten().map(of).collect()
}

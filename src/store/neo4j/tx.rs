//! Statements and their rows. Each step waits no longer than its line allows; rows given to a statement go in batches,
//! so that neither side holds more than it must. Used by this adapter alone; a transaction that is dropped is rolled
//! back with its connection.

use super::lines::Line;
use super::trouble::Trouble;
use super::values::Row;
use neo4rs::{BoltType, DetachedRowStream, Query, Txn};
use serde_json::{Value, json};
use std::future::Future;
use std::time::Duration;
use tokio::time::timeout;

/// So many rows or keys go into one statement, and so many rows of an answer come at a time.
pub const ROWS_A_STATEMENT: usize = 1_000;

/// A transaction: all that it writes lasts, or nothing.
pub struct Tx {
    txn: Txn,
    step: Duration,
}

/// Rows as they come. They must be taken to their end, or the connection is not used again.
pub struct Rows {
    stream: DetachedRowStream,
    step: Duration,
}

impl Line {
    pub async fn begin(&self) -> Result<Tx, Trouble> {
        Ok(Tx { txn: within(self.step, self.graph.start_txn()).await?, step: self.step })
    }

    /// Runs one statement that only reads. The driver tries it again where the server says that it may.
    pub async fn stream(&self, text: &str, params: Value) -> Result<Rows, Trouble> {
        let stream = within(self.step, self.graph.execute_read(query(text, params)?)).await?;
        Ok(Rows { stream, step: self.step })
    }

    pub async fn read(&self, text: &str, params: Value) -> Result<Vec<Row>, Trouble> {
        let mut stream = self.stream(text, params).await?;
        let mut rows = Vec::new();
        while let Some(row) = stream.next().await? {
            rows.push(row);
        }
        Ok(rows)
    }

    /// Asks for the keys, which the statement knows as `$keys`, in batches.
    pub async fn read_keys<T: AsRef<str>>(&self, text: &str, keys: &[T]) -> Result<Vec<Row>, Trouble> {
        let mut rows = Vec::with_capacity(keys.len());
        for keys in keys.chunks(ROWS_A_STATEMENT) {
            let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
            rows.extend(self.read(text, json!({ "keys": keys })).await?);
        }
        Ok(rows)
    }

    /// Runs one statement outside of any transaction of ours, as those that change the schema must be.
    pub async fn run(&self, text: &str) -> Result<(), Trouble> {
        within(self.step, self.graph.run(query(text, json!({}))?)).await
    }
}

impl Rows {
    pub async fn next(&mut self) -> Result<Option<Row>, Trouble> {
        within(self.step, self.stream.next()).await?.as_ref().map(Row::of).transpose()
    }
}

impl Tx {
    pub async fn run(&mut self, text: &str, params: Value) -> Result<(), Trouble> {
        within(self.step, self.txn.run(query(text, params)?)).await?;
        Ok(())
    }

    pub async fn rows(&mut self, text: &str, params: Value) -> Result<Vec<Row>, Trouble> {
        let mut stream = within(self.step, self.txn.execute(query(text, params)?)).await?;
        let mut rows = Vec::new();
        while let Some(row) = within(self.step, stream.next(self.txn.handle())).await? {
            rows.push(Row::of(&row)?);
        }
        Ok(rows)
    }

    /// Runs the statement for the rows, which it knows as `$rows`, in batches.
    pub async fn write(&mut self, text: &str, rows: Vec<Value>) -> Result<(), Trouble> {
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let batch: Vec<Value> = rows.by_ref().take(ROWS_A_STATEMENT).collect();
            self.run(text, json!({ "rows": batch })).await?;
        }
        Ok(())
    }

    /// Asks for the keys, which the statement knows as `$keys`, in batches.
    pub async fn ask(&mut self, text: &str, keys: Vec<Value>) -> Result<Vec<Row>, Trouble> {
        let mut keys = keys.into_iter().peekable();
        let mut rows = Vec::new();
        while keys.peek().is_some() {
            let batch: Vec<Value> = keys.by_ref().take(ROWS_A_STATEMENT).collect();
            rows.extend(self.rows(text, json!({ "keys": batch })).await?);
        }
        Ok(rows)
    }

    pub async fn commit(self) -> Result<(), Trouble> {
        within(self.step, self.txn.commit()).await?;
        Ok(())
    }

    pub async fn roll_back(self) -> Result<(), Trouble> {
        within(self.step, self.txn.rollback()).await?;
        Ok(())
    }
}

async fn within<T>(step: Duration, work: impl Future<Output = neo4rs::Result<T>>) -> Result<T, Trouble> {
    // The driver's futures are large, and ours would be made of many.
    match timeout(step, Box::pin(work)).await {
        Ok(outcome) => Ok(outcome?),
        Err(_) => Err(Trouble::Late),
    }
}

/// Parameters are a JSON object.
fn query(text: &str, params: Value) -> Result<Query, Trouble> {
    let query = Query::new(text.to_owned());
    match BoltType::try_from(params)? {
        BoltType::Map(params) => Ok(query.with_params(params)),
        _ => unreachable!("parameters are given as an object"),
    }
}

/// The part of a statement that is said for each of some properties.
pub fn for_each(properties: &[&str], say: impl Fn(&str) -> String) -> String {
    properties.iter().map(|property| say(property)).collect::<Vec<_>>().concat()
}

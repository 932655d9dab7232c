//! The sources of facts, as nodes that nothing is joined to. Used by this adapter alone; it judges nothing.

use super::trouble::Trouble;
use super::tx::Tx;
use super::values::Row;
use crate::model::Source;
use serde_json::{Value, json};

/// Columns of a source `s`.
pub const SOURCE: &str = "s.name AS name, s.publisher AS publisher, s.licence AS licence,
    toString(s.publishedOn) AS publishedOn, s.url AS url";

pub fn source(row: &mut Row) -> Result<Source, Trouble> {
    Ok(Source {
        name: row.text("name")?,
        publisher: row.get("publisher")?,
        licence: row.get("licence")?,
        published_on: row.word_if("publishedOn")?,
        url: row.get("url")?,
    })
}

/// Those of the names that are there.
pub async fn named(tx: &mut Tx, names: Vec<Value>) -> Result<Vec<Source>, Trouble> {
    let text = format!("MATCH (s:Source) WHERE s.name IN $keys RETURN {SOURCE}");
    tx.ask(&text, names).await?.iter_mut().map(source).collect()
}

pub async fn write(tx: &mut Tx, sources: &[Source]) -> Result<(), Trouble> {
    let rows = sources.iter().map(|source| json!(source)).collect();
    let text = "UNWIND $rows AS row
        MERGE (s:Source {name: row.name})
        SET s = row, s.publishedOn = date(row.publishedOn)";
    tx.write(text, rows).await
}

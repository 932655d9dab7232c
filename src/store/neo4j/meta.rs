//! The one `(:Meta)` node: which revision the graph is of, and the lock that puts writers in a row. Used by this adapter
//! alone. Whoever holds the lock sees all of the revisions committed so far and nothing of a later one: Neo4j lets
//! readers see a commit while it is still being applied, but the lock is given on only when that is done.

use super::lines::Line;
use super::trouble::Trouble;
use super::tx::Tx;
use super::values::Row;
use crate::model::Revision;
use crate::store::StoreError;
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    pub revision: Revision,
    pub announced: Revision,
    pub log_since: Revision,
    pub schema: u64,
    /// A copy into this store is under way, or was broken off.
    pub copying: bool,
}

/// What `Meta::of` reads.
pub const META: &str = "m.revision AS revision, m.announced AS announced, m.logSince AS logSince, m.schema AS schema,
    coalesce(m.copying, false) AS copying";

impl Meta {
    pub fn of(row: &mut Row) -> Result<Self, Trouble> {
        Ok(Self {
            revision: row.revision("revision")?,
            announced: row.revision("announced")?,
            log_since: row.revision("logSince")?,
            schema: row.get("schema")?,
            copying: row.get("copying")?,
        })
    }

    /// As it is, whether or not a commit is still being applied.
    pub async fn glance(line: &Line) -> Result<Option<Self>, Trouble> {
        let rows = line.read(&format!("MATCH (m:Meta {{only: 1}}) RETURN {META}"), json!({})).await?;
        rows.into_iter().next().as_mut().map(Self::of).transpose()
    }

    pub fn usable(self) -> Result<Self, Trouble> {
        if self.copying { Err(half_a_copy()) } else { Ok(self) }
    }
}

impl Line {
    /// A transaction that holds the lock: nothing is committed until it ends. It is for reading: it has to be rolled back.
    pub async fn settled(&self) -> Result<(Tx, Meta), Trouble> {
        let mut tx = self.begin().await?;
        let text = format!("MATCH (m:Meta {{only: 1}}) SET m.lock = true WITH m RETURN {META}");
        let mut rows = tx.rows(&text, json!({})).await?;
        let meta = rows.first_mut().ok_or_else(emptied).and_then(Meta::of)?;
        Ok((tx, meta.usable()?))
    }

    /// The state as it is once every commit so far has been applied.
    pub async fn settled_meta(&self) -> Result<Meta, Trouble> {
        let (tx, meta) = self.settled().await?;
        tx.roll_back().await?;
        Ok(meta)
    }
}

pub fn emptied() -> Trouble {
    let why = "somebody has emptied the database under the store: start inroads again to begin with an empty one";
    StoreError::Unusable(why.to_owned()).into()
}

pub fn half_a_copy() -> Trouble {
    StoreError::Unusable(
        "a copy into this store is under way or was broken off half-way; when it was broken off, empty the database \
         as docs/NEO4J.md says and copy again"
            .to_owned(),
    )
    .into()
}

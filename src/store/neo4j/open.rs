//! Opening: who answers, whether it is ours, and bringing its schema up to date. Used by this adapter alone.
//! It never empties or repairs a database, and leaves alone what is not ours.

use super::lines::{Line, Lines, Patience};
use super::meta::Meta;
use super::trouble::{Trouble, not_neo4j};
use crate::store::StoreError;
use serde_json::json;
use std::sync::Arc;

/// Released steps are never edited: a change of the schema is a new step.
pub const STEPS: &[&str] = &[include_str!("../../../schema/neo4j/0001_graph_and_log.cypher")];

/// The oldest version that this is tried with: the one with long-term support.
const OLDEST: (u32, u32) = (5, 26);

/// Whether an empty database may become a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    MayBecomeOne,
    IsNone,
}

pub async fn open(lines: &Arc<Lines>, empty: Empty) -> Result<(), StoreError> {
    let server = lines.server().to_owned();
    let found =
        lines.with("opening the store", Patience::Request, async move |line| look(&line, &server).await).await?;
    let known = STEPS.len() as u64;
    match found {
        Found::Ours(meta) if meta.schema > known => Err(StoreError::Unusable(format!(
            "the database at {} was written by a newer inroads (schema {}; this one knows {known}): upgrade inroads",
            lines.server(),
            meta.schema
        ))),
        Found::Ours(meta) if meta.schema == known => Ok(()),
        Found::Nothing if empty == Empty::IsNone => Err(StoreError::Unusable(format!(
            "there is no store at {}: the database is empty; check the address",
            lines.server()
        ))),
        Found::Ours(_) | Found::Nothing => {
            lines.with("preparing the database", Patience::Long, async move |line| prepare(&line).await).await
        }
    }
}

enum Found {
    Ours(Meta),
    Nothing,
}

async fn look(line: &Line, server: &str) -> Result<Found, Trouble> {
    let text = "CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version";
    let mut rows = line.read(text, json!({})).await?;
    let version = match rows.first_mut() {
        Some(row) => row.text("version")?,
        None => return Err(StoreError::Unusable(not_neo4j(server)).into()),
    };
    if !is_new_enough(&version) {
        let (major, minor) = OLDEST;
        return Err(StoreError::Unusable(format!(
            "Neo4j at {server} is version {version}, which is too old: {major}.{minor} or later is needed"
        ))
        .into());
    }
    if let Some(meta) = Meta::glance(line).await? {
        return Ok(Found::Ours(meta.usable()?));
    }
    let somebodys = line.read("MATCH (n) RETURN 1 AS one LIMIT 1", json!({})).await?;
    if somebodys.is_empty() {
        return Ok(Found::Nothing);
    }
    Err(StoreError::Unusable(format!(
        "the database at {server} holds a graph that is not of inroads, which is left alone: use an empty one"
    ))
    .into())
}

/// Versions are told as `5.26.25` or `2026.09.0`, with a word after a hyphen where the maker adds one.
fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OLDEST
}

/// Two processes may do it at once: every statement can be run again, and the last one makes the node once.
async fn prepare(line: &Line) -> Result<(), Trouble> {
    for step in STEPS {
        for statement in statements(step) {
            line.run(statement.trim()).await?;
        }
    }
    line.run("CALL db.awaitIndexes(300)").await?;
    let mut tx = line.begin().await?;
    let text = "MERGE (m:Meta {only: 1})
        ON CREATE SET m.revision = 0, m.announced = 0, m.logSince = 0
        SET m.schema = $schema";
    tx.run(text, json!({ "schema": STEPS.len() })).await?;
    tx.commit().await
}

/// The statements of a file, without its comments.
pub fn statements(file: &str) -> impl Iterator<Item = String> {
    let code: Vec<&str> = file.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let statements: Vec<String> = code.join("\n").split(';').map(|statement| statement.trim().to_owned()).collect();
    statements.into_iter().filter(|statement| !statement.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RelationKind;

    #[test]
    fn every_kind_of_relation_has_its_key() {
        let all: Vec<String> = STEPS.iter().flat_map(|step| statements(step)).collect();
        for kind in RelationKind::ALL {
            let pattern = format!("FOR ()-[r:{kind}]-() REQUIRE r.id IS UNIQUE");
            assert_eq!(all.iter().filter(|statement| statement.contains(&pattern)).count(), 1, "{kind}");
        }
        assert!(all.iter().all(|statement| statement.contains("IF NOT EXISTS")), "each may be run again");
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        for fine in ["5.26.0", "5.26.25", "5.27-aura", "2025.01.0", "2026.09.0"] {
            assert!(is_new_enough(fine), "{fine}");
        }
        for old in ["4.4.40", "5.9.0", "5.25.1", "3.5", "unheard-of", ""] {
            assert!(!is_new_enough(old), "{old}");
        }
    }
}

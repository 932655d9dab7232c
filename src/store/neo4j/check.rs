//! The doctor's look at the database: its indexes, what must hold between our own nodes, and whether all of it can be
//! read. It reports and never repairs.

use super::kin::{KIN, named};
use super::lines::Line;
use super::meta::Meta;
use super::open::{STEPS, statements};
use super::trouble::Trouble;
use super::values::Row;
use super::{nodes, relations};
use crate::store::StoreError;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::json;

/// Enough to see what is wrong; a broken database may have millions.
const AT_MOST: usize = 20;
/// How often to look while others write.
const TRIES: usize = 3;

/// One line for each thing that is not as it should be; empty is well.
pub async fn findings(line: &Line) -> Result<Vec<String>, Trouble> {
    for _ in 0..TRIES {
        let before = line.settled_meta().await?;
        let findings = look(line, &before).await?;
        // What is being written may look wrong for a moment.
        if findings.is_empty() || line.settled_meta().await? == before {
            return Ok(findings);
        }
    }
    let why = "the store is being changed all the time, so that it cannot be checked: try when less is going on";
    Err(StoreError::Unavailable(why.to_owned()).into())
}

async fn look(line: &Line, meta: &Meta) -> Result<Vec<String>, Trouble> {
    let mut findings = schema(line).await?;
    findings.extend(log(line, meta).await?);
    findings.extend(counts(line).await?);
    findings.extend(circles(line).await?);
    findings.extend(unreadable(line).await?);
    Ok(findings)
}

/// Each index and constraint of the schema's files has to be there and up to date.
async fn schema(line: &Line) -> Result<Vec<String>, Trouble> {
    let mut online: FxHashSet<String> = FxHashSet::default();
    for mut row in line.read("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name", json!({})).await? {
        online.insert(row.text("name")?);
    }
    let wanted = STEPS.iter().flat_map(|step| statements(step));
    let names = wanted.filter_map(|statement| statement.split_whitespace().nth(2).map(str::to_owned));
    let missing = names.filter(|name| !online.contains(name));
    Ok(missing
        .map(|name| format!("the index {name} is missing or not online: make it again as schema/neo4j says"))
        .collect())
}

async fn log(line: &Line, meta: &Meta) -> Result<Vec<String>, Trouble> {
    let (revision, since) = (meta.revision.0, meta.log_since.0);
    let text = "MATCH (c:ChangeSet) RETURN count(c) AS rows, coalesce(min(c.revision), 0) AS oldest,
        coalesce(max(c.revision), 0) AS newest";
    let mut answer = line.read(text, json!({})).await?;
    let row = answer.first_mut().ok_or_else(|| Trouble::unreadable("the log"))?;
    let (rows, oldest, newest): (u64, u64, u64) = (row.get("rows")?, row.get("oldest")?, row.get("newest")?);
    let mut findings = Vec::new();
    if meta.announced > meta.revision {
        findings.push(format!("revision {} is announced, the graph is at {revision}", meta.announced));
    }
    if rows == 0 && revision > since {
        findings.push(format!("the log is empty; it should tell of revisions {} to {revision}", since + 1));
    }
    if rows > 0 && newest != revision {
        findings.push(format!("the log ends at revision {newest}, the graph is at {revision}"));
    }
    if rows > 0 && oldest != since + 1 {
        findings.push(format!("the log begins with revision {oldest}; it should begin with {}", since + 1));
    }
    if rows > 0 && rows != newest - oldest + 1 {
        findings.push(format!("the log has {rows} entries between revisions {oldest} and {newest}"));
    }
    Ok(findings)
}

/// What must never be, each with a statement that counts it.
async fn counts(line: &Line) -> Result<Vec<String>, Trouble> {
    let kinds = relations::kinds();
    let mut looks: Vec<(String, String)> = vec![
        (
            "log entries lack some of their changes".to_owned(),
            "MATCH (c:Change) WITH c.revision AS revision, min(c.seq) AS first, max(c.seq) AS last, count(c) AS rows
             WHERE first <> 1 OR last <> rows RETURN count(*) AS rows"
                .to_owned(),
        ),
        (
            "changes are of no log entry".to_owned(),
            "MATCH (c:Change) WHERE NOT EXISTS { MATCH (:ChangeSet {revision: c.revision}) } RETURN count(c) AS rows"
                .to_owned(),
        ),
        (
            "personal changes are of no change, or of nobody".to_owned(),
            "MATCH (p:PersonalChange)
             WHERE NOT EXISTS { MATCH (:Change {revision: p.revision, seq: p.seq}) }
                OR NOT EXISTS { MATCH (:Individual&Thing {id: p.individual}) }
             RETURN count(p) AS rows"
                .to_owned(),
        ),
        (
            "relations have no id, or join what is no thing of ours".to_owned(),
            format!(
                "MATCH (a)-[r:{kinds}]->(b) WHERE (a:Thing OR b:Thing) AND (r.id IS NULL OR NOT a:Thing OR NOT b:Thing)
                 RETURN count(r) AS rows"
            ),
        ),
        (
            "relations have no evidence, or lists of it that do not match".to_owned(),
            format!(
                "MATCH (:Thing)-[r:{kinds}]->(:Thing)
                 WHERE r.id IS NOT NULL AND (coalesce(size(r.evidenceKinds), 0) = 0
                    OR size(r.evidenceKinds) <> size(r.evidenceSources)
                    OR size(r.evidenceKinds) <> size(r.evidenceDates))
                 RETURN count(r) AS rows"
            ),
        ),
        (
            "things do not have the refs that they list".to_owned(),
            "MATCH (n:Thing)
             WITH n, COLLECT { MATCH (n)<-[:NAMES]-(r:Ref) RETURN r.ref } AS named
             WHERE size(named) <> size(coalesce(n.refs, [])) OR any(ref IN n.refs WHERE NOT ref IN named)
             RETURN count(n) AS rows"
                .to_owned(),
        ),
        (
            "refs name nothing".to_owned(),
            "MATCH (r:Ref) WHERE NOT EXISTS { MATCH (r)-[:NAMES]->(:Thing) } RETURN count(r) AS rows".to_owned(),
        ),
        (
            "things are merged into one that is not there".to_owned(),
            "MATCH (n:Thing) WHERE n.mergedInto IS NOT NULL AND NOT EXISTS { MATCH (:Thing {id: n.mergedInto}) }
             RETURN count(n) AS rows"
                .to_owned(),
        ),
    ];
    for (label, property, kin) in KIN {
        looks.push((
            format!("{kin} relationships are missing"),
            format!(
                "MATCH (a:{label}) WHERE a.{property} IS NOT NULL
                 UNWIND {} AS id
                 MATCH (b:Thing {{id: id}}) WHERE NOT EXISTS {{ MATCH (a)-[:{kin}]->(b) }}
                 RETURN count(*) AS rows",
                named(property)
            ),
        ));
        looks.push((
            format!("{kin} relationships are there that nothing says"),
            format!(
                "MATCH (a:{label})-[r:{kin}]->(b:Thing)
                 WHERE a.{property} IS NULL OR NOT b.id IN {} RETURN count(r) AS rows",
                named(property)
            ),
        ));
    }
    let mut findings = Vec::new();
    for (what, text) in looks {
        let rows: u64 = line.read(&text, json!({})).await?.first_mut().map_or(Ok(0), |row| row.get("rows"))?;
        if rows > 0 {
            findings.push(format!("{rows} {what}"));
        }
    }
    Ok(findings)
}

/// A merged node stands for what it was merged into, and that must end somewhere.
async fn circles(line: &Line) -> Result<Vec<String>, Trouble> {
    let text = "MATCH (n:Thing) WHERE n.mergedInto IS NOT NULL RETURN n.id AS id, n.mergedInto AS into";
    let mut into: FxHashMap<String, String> = FxHashMap::default();
    for mut row in line.read(text, json!({})).await? {
        into.insert(row.text("id")?, row.text("into")?);
    }
    let in_a_circle = |start: &String| {
        let way = std::iter::successors(into.get(start), |here| into.get(*here)).take(into.len());
        way.into_iter().any(|here| here == start)
    };
    let rows = into.keys().filter(|id| in_a_circle(id)).count();
    Ok(if rows > 0 { vec![format!("{rows} nodes are merged into one another in a circle")] } else { Vec::new() })
}

type Read = fn(&mut Row) -> Result<(), Trouble>;

/// Each value has to be what its property is for. The message names the thing, never the value.
async fn unreadable(line: &Line) -> Result<Vec<String>, Trouble> {
    let of_nodes = format!("MATCH (n:Thing) RETURN {}", nodes::whole());
    let of_relations = format!("MATCH (a:Thing)-[r:{}]->(b:Thing) RETURN {}", relations::kinds(), relations::whole());
    let looks: [(String, Read); 2] =
        [(of_nodes, |row| nodes::record(row).map(drop)), (of_relations, |row| relations::record(row).map(drop))];
    let mut findings = Vec::new();
    for (text, read) in looks {
        let mut rows = line.stream(&text, json!({})).await?;
        while let Some(mut row) = rows.next().await? {
            match read(&mut row) {
                Ok(()) => {}
                Err(Trouble::Unreadable(_)) if findings.len() >= AT_MOST => {}
                Err(Trouble::Unreadable(place)) => findings.push(format!("{place} cannot be read")),
                Err(trouble) => return Err(trouble),
            }
        }
    }
    Ok(findings)
}

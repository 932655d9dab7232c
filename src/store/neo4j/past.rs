//! What happened to a thing, or in a change set, with the values: the log's open ones and the personal ones beside it.
//! Used by this adapter alone. It cuts nothing: whoever asks has to.

use super::lines::Line;
use super::log;
use super::trouble::Trouble;
use super::values::{Row, integer, limit};
use crate::model::{NodeId, Revision};
use crate::store::archive::{ChangeRow, PersonalRow};
use crate::store::{Past, PastOf};
use rustc_hash::FxHashMap;
use serde_json::json;

/// Columns of a change `c`.
pub const CHANGE: &str = "c.revision AS revision, c.seq AS seq, c.of AS of, c.type AS type, c.thing AS thing,
    c.how AS how, c.fields AS fields, c.before AS before, c.after AS after";
/// Columns of a personal change `p`.
pub const PERSONAL_CHANGE: &str = "p.individual AS individual, p.other AS other, p.revision AS revision, p.seq AS seq,
    p.field AS field, p.before AS before, p.after AS after";

pub async fn past(line: &Line, of: &PastOf, before: Option<Revision>, at_most: usize) -> Result<Vec<Past>, Trouble> {
    let (which, order, key) = match of {
        PastOf::Thing(id) => ("c.thing = $key", "c.revision DESC, c.seq DESC", json!(id)),
        PastOf::ChangeSet(revision) => ("c.revision = $key", "c.seq", json!(integer(revision.0))),
    };
    let text = format!(
        "MATCH (c:Change) WHERE {which} AND c.revision < $before
         WITH c ORDER BY {order} LIMIT $limit
         MATCH (s:ChangeSet {{revision: c.revision}})
         RETURN {CHANGE}, toString(s.at) AS at, s.actor AS actor, s.source AS source ORDER BY {order}"
    );
    let before = before.map_or(i64::MAX, |revision| integer(revision.0));
    // A set that is still being applied would be told in part.
    let (mut tx, _) = line.settled().await?;
    let rows = tx.rows(&text, json!({ "key": key, "before": before, "limit": limit(at_most) })).await?;
    let mut changes = Vec::with_capacity(rows.len());
    for mut row in rows {
        let told = (row.word("at")?, row.text("actor")?, row.text("source")?);
        changes.push((change(&mut row)?, told));
    }
    let keys = changes.iter().map(|(change, _)| json!([change.revision, change.seq])).collect();
    let text = format!(
        "UNWIND $keys AS key
         MATCH (p:PersonalChange) WHERE p.revision = key[0] AND p.seq = key[1] RETURN {PERSONAL_CHANGE}"
    );
    let mut personal: FxHashMap<(Revision, u64), Vec<PersonalRow>> = FxHashMap::default();
    for mut row in tx.ask(&text, keys).await? {
        let row = personal_change(&mut row)?;
        personal.entry((row.revision, row.seq)).or_default().push(row);
    }
    tx.roll_back().await?;
    Ok(changes
        .into_iter()
        .map(|(change, (at, actor, source))| {
            let personal = personal.get(&(change.revision, change.seq)).map_or(&[] as &[_], Vec::as_slice);
            let fields = change.told(personal);
            let ChangeRow { revision, thing: id, of, how, .. } = change;
            Past { revision, at, actor, source, id, of, how, fields }
        })
        .collect())
}

pub fn change(row: &mut Row) -> Result<ChangeRow, Trouble> {
    Ok(ChangeRow {
        revision: row.revision("revision")?,
        seq: row.get("seq")?,
        of: log::thing(row)?,
        thing: row.text("thing")?,
        how: row.word("how")?,
        fields: row.get("fields")?,
        before: row.json_if("before")?,
        after: row.json_if("after")?,
    })
}

pub fn personal_change(row: &mut Row) -> Result<PersonalRow, Trouble> {
    let other: Option<String> = row.get("other")?;
    Ok(PersonalRow {
        individual: row.node("individual")?,
        other: other.map(NodeId::known),
        revision: row.revision("revision")?,
        seq: row.get("seq")?,
        field: row.text("field")?,
        before: row.json_if("before")?,
        after: row.json_if("after")?,
    })
}

//! Relations as rows: typed columns for what the snapshot holds, free words and evidence apart.
//! Used by this adapter's `commit`, `load` and `lookup`; it never judges what it is given beyond the ends being there.

use super::cells::{Cells, written};
use super::log::Put;
use super::nodes;
use super::trouble::Trouble;
use crate::model::change::relation_changes;
use crate::model::{Evidence, NodeId, NodeType, Relation, RelationId, RelationRecord, Validity};
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

/// The columns that `relation` reads.
pub const RELATION: &str =
    "r.id, r.kind, r.from_node, r.to_node, r.mode, r.valid_from, r.valid_to, r.strength, r.one_way,
    r.champion, r.gatekeeper, r.last_confirmed_on, r.best_evidence, r.synthetic";

/// A relation without its title, which stands with the free words. `end` turns an end's text into its key, so that a
/// whole graph can share its keys.
pub fn relation(cells: &mut Cells<'_, '_>, end: impl Fn(&str) -> NodeId) -> rusqlite::Result<Relation> {
    Ok(Relation {
        id: RelationId::known(cells.text()?),
        kind: cells.word()?,
        from: end(cells.text()?),
        to: end(cells.text()?),
        mode: cells.word_if()?,
        validity: Validity { from: cells.word_if()?, to: cells.word_if()? },
        strength: cells.get()?,
        one_way: cells.get()?,
        champion: cells.get()?,
        gatekeeper: cells.get()?,
        last_confirmed_on: cells.word_if()?,
        best_evidence: cells.word()?,
        synthetic: cells.get()?,
        title: None,
    })
}

/// What `put` did, and whom it is about.
pub struct PutRelation {
    pub put: Put,
    pub people: Vec<NodeId>,
}

/// Makes the rows say what the relation is; `None` when they did so already. Refused when an end is unknown.
pub fn put(tx: &Transaction<'_>, after: &RelationRecord) -> Result<Option<PutRelation>, Trouble> {
    let before = stored(tx, &after.relation.id)?;
    if before.as_ref() == Some(after) {
        return Ok(None);
    }
    let mut people = Vec::new();
    for end in [&after.relation.from, &after.relation.to] {
        match nodes::type_of(tx, end)? {
            Some(NodeType::Individual) => people.push(end.clone()),
            Some(_) => {}
            None => {
                return Err(Trouble::Refused(format!(
                    "{} relation {} names {end}, which the store does not know",
                    after.relation.kind, after.relation.id
                )));
            }
        }
    }
    write(tx, &after.relation)?;
    write_words(tx, after)?;
    if before.as_ref().is_none_or(|before| before.evidence != after.evidence) {
        write_evidence(tx, after)?;
    }
    let fields = relation_changes(before.as_ref(), after, !people.is_empty());
    Ok(Some(PutRelation { put: Put { created: before.is_none(), fields }, people }))
}

fn stored(tx: &Transaction<'_>, id: &RelationId) -> rusqlite::Result<Option<RelationRecord>> {
    let found = tx
        .prepare_cached(&format!(
            "SELECT {RELATION}, t.title, t.note
             FROM relation r LEFT JOIN relation_text t ON t.relation = r.id WHERE r.id = ?1"
        ))?
        .query_one([id.as_str()], |row| {
            let mut cells = Cells::of(row);
            let mut relation = relation(&mut cells, |end| NodeId::known(end))?;
            relation.title = cells.get()?;
            Ok(RelationRecord { relation, evidence: Vec::new(), note: cells.get()? })
        })
        .optional()?;
    let Some(mut record) = found else { return Ok(None) };
    record.evidence = tx
        .prepare_cached("SELECT kind, source, date FROM evidence WHERE relation = ?1")?
        .query_map([id.as_str()], evidence_of_row)?
        .collect::<rusqlite::Result<_>>()?;
    record.evidence.sort();
    Ok(Some(record))
}

fn evidence_of_row(row: &Row<'_>) -> rusqlite::Result<Evidence> {
    evidence(&mut Cells::of(row))
}

pub fn evidence(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Evidence> {
    Ok(Evidence { kind: cells.word()?, source: cells.get()?, date: cells.word_if()? })
}

fn write(tx: &Transaction<'_>, relation: &Relation) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO relation (id, kind, from_node, to_node, mode, valid_from, valid_to, strength, one_way, champion,
             gatekeeper, last_confirmed_on, best_evidence, synthetic)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
             kind = excluded.kind, from_node = excluded.from_node, to_node = excluded.to_node, mode = excluded.mode,
             valid_from = excluded.valid_from, valid_to = excluded.valid_to, strength = excluded.strength,
             one_way = excluded.one_way, champion = excluded.champion, gatekeeper = excluded.gatekeeper,
             last_confirmed_on = excluded.last_confirmed_on, best_evidence = excluded.best_evidence,
             synthetic = excluded.synthetic",
    )?
    .execute(params![
        relation.id.as_str(),
        relation.kind.as_str(),
        relation.from.as_str(),
        relation.to.as_str(),
        relation.mode.map(crate::model::ServeMode::as_str),
        written(relation.validity.from),
        written(relation.validity.to),
        relation.strength,
        relation.one_way,
        relation.champion,
        relation.gatekeeper,
        written(relation.last_confirmed_on),
        relation.best_evidence.as_str(),
        relation.synthetic,
    ])?;
    Ok(())
}

fn write_words(tx: &Transaction<'_>, record: &RelationRecord) -> rusqlite::Result<()> {
    let (id, title, note) = (record.relation.id.as_str(), &record.relation.title, &record.note);
    if title.is_none() && note.is_none() {
        tx.prepare_cached("DELETE FROM relation_text WHERE relation = ?1")?.execute([id])?;
    } else {
        tx.prepare_cached("INSERT OR REPLACE INTO relation_text (relation, title, note) VALUES (?1, ?2, ?3)")?
            .execute(params![id, title, note])?;
    }
    Ok(())
}

fn write_evidence(tx: &Transaction<'_>, record: &RelationRecord) -> rusqlite::Result<()> {
    let id = record.relation.id.as_str();
    tx.prepare_cached("DELETE FROM evidence WHERE relation = ?1")?.execute([id])?;
    for evidence in &record.evidence {
        tx.prepare_cached("INSERT INTO evidence (relation, kind, source, date) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![id, evidence.kind.as_str(), evidence.source, written(evidence.date)])?;
    }
    Ok(())
}

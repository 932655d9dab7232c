//! Relations as rows: typed columns for what the snapshot holds, free words and evidence apart.
//! Used by this adapter alone; it never judges what it is given.

use super::cells::{Cells, written};
use crate::model::{Evidence, NodeId, Relation, RelationId, RelationRecord, Validity};
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

/// The columns that `of_row` reads after those.
pub const WORDS: &str = "t.title, t.note";
pub const FROM: &str = "relation r LEFT JOIN relation_text t ON t.relation = r.id";

/// A relation without its evidence.
fn with_words(row: &Row<'_>) -> rusqlite::Result<RelationRecord> {
    let mut cells = Cells::of(row);
    let mut relation = relation(&mut cells, |end| NodeId::known(end))?;
    relation.title = cells.get()?;
    Ok(RelationRecord { relation, evidence: Vec::new(), note: cells.get()? })
}

/// A relation whole, from a row of `RELATION` and `WORDS`.
pub fn of_row(tx: &Transaction<'_>, row: &Row<'_>) -> rusqlite::Result<RelationRecord> {
    let mut record = with_words(row)?;
    record.evidence = evidence_of(tx, record.relation.id.as_str())?;
    Ok(record)
}

/// A relation as `load` gives it.
pub fn stored(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Relation>> {
    let found = tx
        .prepare_cached(&format!("SELECT {RELATION}, {WORDS} FROM {FROM} WHERE r.id = ?1"))?
        .query_one([id], with_words)
        .optional()?;
    Ok(found.map(|record| record.relation))
}

/// A relation whole.
pub fn record(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<RelationRecord>> {
    tx.prepare_cached(&format!("SELECT {RELATION}, {WORDS} FROM {FROM} WHERE r.id = ?1"))?
        .query_one([id], |row| of_row(tx, row))
        .optional()
}

/// All relations at a node, whole.
pub fn at(tx: &Transaction<'_>, node: &NodeId) -> rusqlite::Result<Vec<RelationRecord>> {
    tx.prepare_cached(&format!(
        "SELECT {RELATION}, {WORDS} FROM {FROM} WHERE r.from_node = ?1 OR r.to_node = ?1 ORDER BY r.id"
    ))?
    .query_map([node.as_str()], |row| of_row(tx, row))?
    .collect()
}

fn evidence_of(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Vec<Evidence>> {
    let mut evidence = tx
        .prepare_cached("SELECT kind, source, date FROM evidence WHERE relation = ?1")?
        .query_map([id], evidence_of_row)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    evidence.sort();
    Ok(evidence)
}

/// Makes the rows say what the relation is.
pub fn write(tx: &Transaction<'_>, record: &RelationRecord) -> rusqlite::Result<()> {
    write_shown(tx, &record.relation)?;
    write_words(tx, record)?;
    write_evidence(tx, record)
}

pub fn delete(tx: &Transaction<'_>, id: &RelationId) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM relation WHERE id = ?1")?.execute([id.as_str()])?;
    Ok(())
}

fn evidence_of_row(row: &Row<'_>) -> rusqlite::Result<Evidence> {
    evidence(&mut Cells::of(row))
}

pub fn evidence(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Evidence> {
    Ok(Evidence { kind: cells.word()?, source: cells.get()?, date: cells.word_if()? })
}

fn write_shown(tx: &Transaction<'_>, relation: &Relation) -> rusqlite::Result<()> {
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

//! Nodes as rows: the one place that knows which column holds what, and that an individual's go to `personal`.
//! Used by this adapter alone; it judges nothing.

use super::cells::{Cells, json, list, written};
use super::refs;
use crate::model::{
    Body, Consent, Details, DoNotApproach, IndividualFacts, Node, NodeId, NodeRecord, NodeType, Validity,
};
use crate::store::StoredNode;
use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Transaction, params};

/// The columns that `node` reads. What is personal comes from `p`, which is all NULL for anything but a person.
pub const NODE: &str = "n.id, n.type, n.updated_at, n.valid_from, n.valid_to, n.merged_into, n.synthetic,
    coalesce(n.name, p.name), coalesce(n.aliases, p.aliases),
    coalesce(n.do_not_approach_from, p.do_not_approach_from),
    coalesce(n.do_not_approach_until, p.do_not_approach_until),
    coalesce(n.do_not_approach_reason, p.do_not_approach_reason),
    n.facts, p.team, p.contact, p.contact_expires_on, p.introduce, p.introduce_expires_on";
/// The columns that `details` reads.
pub const DETAILS: &str =
    "n.details, p.postcode, p.website, p.sources, p.email, p.phone, p.languages, p.lived_experience, p.consents";
pub const FROM: &str = "node n LEFT JOIN personal p ON p.individual = n.id";

/// A node without its refs, which stand in a table of their own.
pub fn node(cells: &mut Cells<'_, '_>) -> rusqlite::Result<StoredNode> {
    let id = cells.node()?;
    let node_type = cells.word()?;
    let updated_at = cells.word()?;
    let validity = Validity { from: cells.word_if()?, to: cells.word_if()? };
    let node = Node {
        id,
        refs: Vec::new(),
        validity,
        merged_into: cells.node_if()?,
        synthetic: cells.get()?,
        name: cells.get()?,
        aliases: cells.list()?,
        do_not_approach: do_not_approach(cells)?,
        body: body(cells, node_type)?,
    };
    Ok(StoredNode { node, updated_at })
}

fn do_not_approach(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Option<DoNotApproach>> {
    let (from, until, reason) = (cells.word_if()?, cells.word_if()?, cells.get()?);
    Ok(until.map(|until| DoNotApproach { from, until, reason }))
}

fn body(cells: &mut Cells<'_, '_>, node_type: NodeType) -> rusqlite::Result<Body> {
    Ok(match node_type {
        NodeType::Organisation => Body::Organisation(cells.json()?),
        NodeType::Individual => {
            cells.skip();
            Body::Individual(IndividualFacts {
                team: cells.get()?,
                contact: Consent { status: cells.word()?, expires_on: cells.word_if()? },
                introduce: Consent { status: cells.word()?, expires_on: cells.word_if()? },
            })
        }
        NodeType::Network | NodeType::WorkingGroup => Body::Network(cells.json()?),
        NodeType::Area => Body::Area(cells.json()?),
        NodeType::UnderservedGroup => Body::UnderservedGroup(cells.json()?),
        NodeType::PopulationSegment => Body::PopulationSegment(cells.json()?),
        NodeType::SoftwareProduct => Body::SoftwareProduct(cells.json()?),
        NodeType::Initiative => Body::Initiative(cells.json()?),
    })
}

pub fn details(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Details> {
    let of_a_thing: Option<Details> = cells.json_if()?;
    let of_a_person = Details {
        postcode: cells.get()?,
        website: cells.get()?,
        sources: cells.list()?,
        email: cells.get()?,
        phone: cells.get()?,
        languages: cells.list()?,
        lived_experience: cells.list()?,
        consents: cells.list()?,
    };
    Ok(of_a_thing.unwrap_or(of_a_person))
}

/// A node as `load` gives it.
pub fn stored(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<StoredNode>> {
    let found = tx
        .prepare_cached(&format!("SELECT {NODE} FROM {FROM} WHERE n.id = ?1"))?
        .query_one([id], |row| node(&mut Cells::of(row)))
        .optional()?;
    let Some(mut stored) = found else { return Ok(None) };
    stored.node.refs = refs::of(tx, id)?;
    Ok(Some(stored))
}

/// A node whole.
pub fn record(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<NodeRecord>> {
    let found = tx
        .prepare_cached(&format!("SELECT {DETAILS}, {NODE} FROM {FROM} WHERE n.id = ?1"))?
        .query_one([id], |row| {
            let mut cells = Cells::of(row);
            let details = details(&mut cells)?;
            Ok(NodeRecord { node: node(&mut cells)?.node, details })
        })
        .optional()?;
    let Some(mut record) = found else { return Ok(None) };
    record.node.refs = refs::of(tx, id)?;
    Ok(Some(record))
}

/// Makes the rows say what the node is, but for its refs.
pub fn write(tx: &Transaction<'_>, record: &NodeRecord, at: Timestamp) -> rusqlite::Result<()> {
    write_node(tx, record, at)?;
    record.node.individual().map_or(Ok(()), |facts| write_personal(tx, record, facts))
}

/// Takes a node out, with its refs and what is personal of it. Its relations must be gone already.
pub fn delete(tx: &Transaction<'_>, id: &NodeId) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM node WHERE id = ?1")?.execute([id.as_str()])?;
    Ok(())
}

/// What the `facts` column holds; a person's stand in `personal`.
fn facts(body: &Body) -> Option<String> {
    match body {
        Body::Organisation(facts) => Some(json(facts)),
        Body::Individual(_) => None,
        Body::Network(facts) => Some(json(facts)),
        Body::Area(facts) => Some(json(facts)),
        Body::UnderservedGroup(facts) => Some(json(facts)),
        Body::PopulationSegment(facts) => Some(json(facts)),
        Body::SoftwareProduct(facts) => Some(json(facts)),
        Body::Initiative(facts) => Some(json(facts)),
    }
}

/// The node's own row: of a person, only what may stand in the open.
fn write_node(tx: &Transaction<'_>, record: &NodeRecord, at: Timestamp) -> rusqlite::Result<()> {
    let node = &record.node;
    let open = node.individual().is_none().then_some(record);
    let pause = open.and_then(|record| record.node.do_not_approach.as_ref());
    let details = open.map(|record| &record.details).filter(|details| **details != Details::default());
    tx.prepare_cached(
        "INSERT INTO node (id, type, name, aliases, valid_from, valid_to, do_not_approach_from, do_not_approach_until,
             do_not_approach_reason, merged_into, synthetic, updated_at, facts, details)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (id) DO UPDATE SET
             type = excluded.type, name = excluded.name, aliases = excluded.aliases,
             valid_from = excluded.valid_from, valid_to = excluded.valid_to,
             do_not_approach_from = excluded.do_not_approach_from,
             do_not_approach_until = excluded.do_not_approach_until,
             do_not_approach_reason = excluded.do_not_approach_reason, merged_into = excluded.merged_into,
             synthetic = excluded.synthetic, updated_at = excluded.updated_at, facts = excluded.facts,
             details = excluded.details",
    )?
    .execute(params![
        node.id.as_str(),
        node.node_type().as_str(),
        open.map(|record| &record.node.name),
        open.and_then(|record| list(&record.node.aliases)),
        written(node.validity.from),
        written(node.validity.to),
        written(pause.and_then(|pause| pause.from)),
        written(pause.map(|pause| pause.until)),
        pause.and_then(|pause| pause.reason.as_ref()),
        node.merged_into.as_ref().map(NodeId::as_str),
        node.synthetic,
        at.to_string(),
        facts(&node.body),
        details.map(json),
    ])?;
    Ok(())
}

fn write_personal(tx: &Transaction<'_>, record: &NodeRecord, facts: &IndividualFacts) -> rusqlite::Result<()> {
    let NodeRecord { node, details } = record;
    let pause = node.do_not_approach.as_ref();
    tx.prepare_cached(
        "INSERT OR REPLACE INTO personal (individual, name, aliases, do_not_approach_from, do_not_approach_until,
             do_not_approach_reason, team, contact, contact_expires_on, introduce, introduce_expires_on, consents,
             email, phone, postcode, website, languages, lived_experience, sources)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
    )?
    .execute(params![
        node.id.as_str(),
        node.name,
        list(&node.aliases),
        written(pause.and_then(|pause| pause.from)),
        written(pause.map(|pause| pause.until)),
        pause.and_then(|pause| pause.reason.as_ref()),
        facts.team,
        facts.contact.status.as_str(),
        written(facts.contact.expires_on),
        facts.introduce.status.as_str(),
        written(facts.introduce.expires_on),
        list(&details.consents),
        details.email,
        details.phone,
        details.postcode,
        details.website,
        list(&details.languages),
        list(&details.lived_experience),
        list(&details.sources),
    ])?;
    Ok(())
}

/// The type of a node, if there is such a node.
pub fn type_of(tx: &Transaction<'_>, id: &NodeId) -> rusqlite::Result<Option<NodeType>> {
    tx.prepare_cached("SELECT type FROM node WHERE id = ?1")?
        .query_one([id.as_str()], |row| Cells::of(row).word())
        .optional()
}

//! What organisations, people and networks have in common, laid over what is recorded of them.

use super::draft::Draft;
use super::faults::{Faults, at};
use super::keep;
use crate::model::text::{
    checked_email, checked_name, checked_phone, checked_postcode, checked_source, checked_title, checked_website,
};
use crate::model::{Body, Date, Details, Invalid, Node, NodeId, NodeRecord, NodeRef, NodeType, Patch, Ref, Validity};

/// The most other names of one thing.
const MOST_ALIASES: usize = 100;
/// The most entries of a person's lists.
const MOST_ENTRIES: usize = 50;

/// What somebody says of a thing. What is left alone stays as it is.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct CommonFields {
    pub name: Patch<String>,
    /// All refs, the one to be shown first.
    pub refs: Patch<Vec<String>>,
    pub aliases: Patch<Vec<String>>,
    /// Where it is, or what it covers: see `place`.
    pub area: Patch<NodeRef>,
    pub postcode: Patch<String>,
    pub website: Patch<String>,
    pub email: Patch<String>,
    pub phone: Patch<String>,
    pub valid_from: Patch<Date>,
    pub valid_to: Patch<Date>,
    pub synthetic: Patch<bool>,
}

impl CommonFields {
    /// Lays this over a record; everything but the area, which is a relation.
    pub(super) fn onto(&self, record: &mut NodeRecord, draft: &Draft, faults: &mut Faults) {
        let NodeRecord { node, details } = record;
        let name = checked(&self.name, checked_name, "name", faults);
        let kept = keep(name, &mut node.name, "a name");
        faults.keep(&at("name"), kept);
        if node.name.is_empty() && !self.name.is_said() {
            faults.invalid(&at("name"), "a name is needed");
        }
        self.put_refs(node, draft, faults);
        put_list(&self.aliases, &mut node.aliases, MOST_ALIASES, checked_name, "aliases", faults);
        node.aliases.retain(|alias| *alias != node.name);
        checked(&self.postcode, checked_postcode, "postcode", faults).onto(&mut details.postcode);
        checked(&self.website, checked_website, "website", faults).onto(&mut details.website);
        checked(&self.email, checked_email, "email", faults).onto(&mut details.email);
        checked(&self.phone, checked_phone, "phone", faults).onto(&mut details.phone);
        let Validity { mut from, mut to } = node.validity;
        self.valid_from.onto(&mut from);
        self.valid_to.onto(&mut to);
        let blamed = if self.valid_to.is_said() { "validTo" } else { "validFrom" };
        if let Some(validity) = faults.keep(&at(blamed), Validity::new(from, to)) {
            node.validity = validity;
        }
        node.synthetic = said(self.synthetic, node.synthetic);
    }

    fn put_refs(&self, node: &mut Node, draft: &Draft, faults: &mut Faults) {
        match &self.refs {
            Patch::Leave => {}
            Patch::Set(texts) if !texts.is_empty() => {
                node.refs = draft.refs(texts, Some(&node.id), &at("refs"), faults);
            }
            Patch::Set(_) | Patch::Clear if node.individual().is_some() => node.refs.clear(),
            Patch::Set(_) | Patch::Clear => {
                let words =
                    format!("{} {} keeps at least one ref", node.node_type().article(), node.node_type().noun());
                faults.invalid(&at("refs"), words);
            }
        }
    }
}

/// A value that counts as the one named where nothing is known; cleared, it is that again.
pub(super) fn said(patch: Patch<bool>, known: bool) -> bool {
    match patch {
        Patch::Leave => known,
        Patch::Clear => false,
        Patch::Set(value) => value,
    }
}

/// What is said of a text, if it may stand.
pub(super) fn checked(
    patch: &Patch<String>,
    check: fn(&str) -> Result<String, Invalid>,
    field: &str,
    faults: &mut Faults,
) -> Patch<String> {
    match patch {
        Patch::Leave => Patch::Leave,
        Patch::Clear => Patch::Clear,
        Patch::Set(text) => faults.keep(&at(field), check(text)).into(),
    }
}

fn put_list(
    patch: &Patch<Vec<String>>,
    slot: &mut Vec<String>,
    most: usize,
    check: fn(&str) -> Result<String, Invalid>,
    field: &str,
    faults: &mut Faults,
) {
    let texts = match patch {
        Patch::Leave => return,
        Patch::Clear => return slot.clear(),
        Patch::Set(texts) => texts,
    };
    if !faults.few(&at(field), texts, most) {
        return;
    }
    slot.clear();
    for (place, text) in texts.iter().enumerate() {
        if let Some(text) = faults.keep(&at(field).item(place), check(text))
            && !slot.contains(&text)
        {
            slot.push(text);
        }
    }
}

/// A person's languages and the like.
pub(super) fn put_entries(patch: &Patch<Vec<String>>, slot: &mut Vec<String>, field: &str, faults: &mut Faults) {
    put_list(patch, slot, MOST_ENTRIES, checked_title, field, faults);
}

/// Other names, for what is not told of in [`CommonFields`].
pub(super) fn put_aliases(patch: &Patch<Vec<String>>, node: &mut Node, faults: &mut Faults) {
    put_list(patch, &mut node.aliases, MOST_ALIASES, checked_name, "aliases", faults);
    node.aliases.retain(|alias| *alias != node.name);
}

/// Notes who told us.
pub(super) fn put_source(source: Option<&str>, record: &mut NodeRecord, draft: &mut Draft, faults: &mut Faults) {
    let Some(source) = source.and_then(|source| faults.keep(&at("source"), checked_source(source))) else { return };
    draft.name_source(&source);
    if !record.details.sources.contains(&source) {
        record.details.sources.push(source);
    }
}

/// A new node's refs: the one it is named by first. Without any, one of our own is drawn.
pub(super) fn new_refs(
    reference: Option<&str>,
    further: &Patch<Vec<String>>,
    draft: &Draft,
    faults: &mut Faults,
) -> Vec<Ref> {
    let first = reference.and_then(|text| draft.free_ref(text, None, &at("ref"), faults));
    let mut refs = match further {
        Patch::Set(texts) => draft.refs(texts, None, &at("refs"), faults),
        Patch::Leave | Patch::Clear => Vec::new(),
    };
    match first {
        Some(first) => {
            refs.retain(|other| *other != first);
            refs.insert(0, first);
        }
        // As imports do, so that two deployments agree on the key.
        None => refs.sort_by(|a, b| (a.creation_rank(), a).cmp(&(b.creation_rank(), b))),
    }
    refs
}

/// A ref for what no register knows yet.
pub(super) fn minted(draft: &Draft) -> Option<Ref> {
    let token = draft.ids(crate::model::IdGenerator::token);
    Ref::new("team", &token[..16]).ok()
}

/// A node that nothing is recorded of yet, under the key that its first ref makes; refused where another has that key.
pub(super) async fn blank(
    node_type: NodeType,
    mut refs: Vec<Ref>,
    body: Body,
    draft: &mut Draft,
    faults: &mut Faults,
) -> Result<Option<NodeRecord>, super::Halt> {
    let id = if node_type == NodeType::Individual {
        draft.ids(crate::model::IdGenerator::individual)
    } else {
        if refs.is_empty() {
            refs.extend(minted(draft));
        }
        let Some(first) = refs.first() else { return Ok(None) };
        NodeId::from_ref(node_type, first)
    };
    draft.read(std::slice::from_ref(&id), &[]).await?;
    if draft.node(&id).is_some() {
        faults.conflict(&at("ref"), format!("the key {id} is another thing's already: name this one by another ref"));
        return Ok(None);
    }
    let node = Node {
        id,
        refs,
        name: String::new(),
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: false,
        body,
    };
    Ok(Some(NodeRecord { node, details: Details::default() }))
}

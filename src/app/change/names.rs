//! Looking up what a wish names. What has closed is named as what it is: nobody is quietly replaced by a successor.

use super::draft::Draft;
use super::faults::{At, Faults};
use crate::error::AppError;
use crate::model::{Node, NodeId, NodeRef, NodeType, Ref, RefSpace};
use crate::snapshot::NodeIx;
use crate::snapshot::resolve::Expect;

/// The most things of each sort that one wish may name.
pub(super) const MOST_NAMED: usize = 500;
/// The most refs of one thing.
const MOST_REFS: usize = 50;

impl Draft {
    /// The node that is named, if it is of one of these types.
    pub fn find(
        &self,
        name: &NodeRef,
        types: &'static [NodeType],
        at: &At,
        faults: &mut Faults,
    ) -> Option<(NodeIx, NodeId)> {
        let found = self.snapshot().resolve(name, Expect(types), self.asking().viewer().sight());
        let ix = faults.keep(at, found)?;
        Some((ix, self.snapshot().id(ix).clone()))
    }

    /// The nodes of a list, each once, in its order.
    pub fn find_all(
        &self,
        names: &[NodeRef],
        types: &'static [NodeType],
        at: &At,
        faults: &mut Faults,
    ) -> Vec<(NodeIx, NodeId)> {
        let mut found: Vec<(NodeIx, NodeId)> = Vec::new();
        if !faults.few(at, names, MOST_NAMED) {
            return found;
        }
        for (place, name) in names.iter().enumerate() {
            if let Some(one) = self.find(name, types, &at.item(place), faults)
                && !found.contains(&one)
            {
                found.push(one);
            }
        }
        found
    }

    /// How a node is called in messages: people by their key alone.
    pub fn shown(&self, ix: NodeIx) -> String {
        shown(self.snapshot().node(ix))
    }

    /// Words about a node that had closed by today: since when, and who took over.
    pub fn closed(&self, ix: NodeIx) -> Option<String> {
        let snapshot = self.snapshot();
        let on = snapshot.node(ix).validity.to.filter(|to| *to <= self.today())?;
        let successors = snapshot.live_successors(ix, self.today().into());
        let successors: Vec<String> = successors.into_iter().map(|ix| self.shown(ix)).collect();
        let after = match successors.as_slice() {
            [] => "and nobody is known to succeed it".to_owned(),
            [one] => format!("and {one} succeeds it"),
            several => format!("and {} succeed it", several.join(" and ")),
        };
        if snapshot.node(ix).individual().is_some() {
            return Some(format!("{} is on record until {on}", self.shown(ix)));
        }
        Some(format!("{} closed on {on}, {after}", self.shown(ix)))
    }

    /// Refs as they are written, those of other things refused.
    pub fn refs(&self, texts: &[String], of: Option<&NodeId>, at: &At, faults: &mut Faults) -> Vec<Ref> {
        let mut refs: Vec<Ref> = Vec::new();
        if !faults.few(at, texts, MOST_REFS) {
            return refs;
        }
        for (place, text) in texts.iter().enumerate() {
            if let Some(reference) = self.free_ref(text, of, &at.item(place), faults)
                && !refs.contains(&reference)
            {
                refs.push(reference);
            }
        }
        refs
    }

    /// A ref that nobody else has.
    pub fn free_ref(&self, text: &str, of: Option<&NodeId>, at: &At, faults: &mut Faults) -> Option<Ref> {
        let reference = faults.keep(at, Ref::parse(text))?;
        if reference.names_only_areas() {
            faults.invalid(at, format!("{} names areas, and this is no area", reference.scheme()));
            return None;
        }
        let holder = self.snapshot().by_ref(RefSpace::Other, &reference).map(|ix| self.snapshot().node(ix));
        if let Some(holder) = holder.filter(|holder| Some(&holder.id) != of) {
            let noun = holder.node_type().noun();
            faults.conflict(
                at,
                format!("this ref is already that of the {noun} {}: change that one, or merge the two", holder.id),
            );
            return None;
        }
        Some(reference)
    }
}

/// How a node is called in messages: people by their key alone.
pub(super) fn shown(node: &Node) -> String {
    let reference = node.refs.first().filter(|_| node.individual().is_none());
    reference.map_or_else(|| node.id.to_string(), ToString::to_string)
}

/// What a wish is about has to be there.
pub(super) fn needed<T>(list: &[T], at: &At, faults: &mut Faults) {
    if list.is_empty() {
        faults.add(at, AppError::invalid_argument("name at least one"));
    }
}

//! References that nodes hold to other nodes: the parents of areas and groups, a group's area, `sameAs` and filter.
//! They are followed when all nodes are there, so that it does not matter which row comes first.

use super::{draft::Draft, parents, tally::Touched};
use crate::{
    ingest::{
        Row,
        report::Origin,
        sheets::{Facts, GroupCells, NodeRow},
    },
    model::{Body, NodeId, NodeRef, NodeType, OrganisationFilter, Ref, RefSpace},
};
use std::collections::BTreeMap;

impl Draft<'_> {
    pub(super) fn put_links(&mut self, rows: &[Row<NodeRow>], places: &[Option<usize>]) {
        let mut above = Above::default();
        for (row, place) in rows.iter().zip(places) {
            let Some(place) = *place else { continue };
            let before = self.records[place].clone();
            match &row.cells.facts {
                Facts::Area { parents } => {
                    let parents = self.all_known(&row.origin, "parents", NodeType::Area, parents);
                    above.say(row, place, "parents", parents);
                }
                Facts::Group(cells) => self.put_group_links(&mut above, row, place, cells),
                Facts::Organisation(_)
                | Facts::Individual(_)
                | Facts::Network(_)
                | Facts::Segment { .. }
                | Facts::Software { .. }
                | Facts::Initiative { .. } => {}
            }
            if before != self.records[place] {
                self.tally.touch(&row.origin, Touched::Node(place), true);
            }
        }
        self.put_parents(above);
    }

    fn put_group_links(&mut self, above: &mut Above, row: &Row<NodeRow>, place: usize, cells: &GroupCells) {
        let group = NodeType::UnderservedGroup;
        let parents = self.all_known(&row.origin, "parent", group, &cells.parents);
        above.say(row, place, "parent", parents);
        let mut same = self.all_known(&row.origin, "same_as", group, &cells.same_as).unwrap_or_default();
        let area = cells.area.as_slice();
        let area = self.all_known(&row.origin, "area", NodeType::Area, area).unwrap_or_default().pop();
        let members = cells.members.as_ref().filter(|members| {
            let unknown = self.unknown_ref(members);
            if let Some(unknown) = &unknown {
                self.refuse(&row.origin, "members", Some(unknown), "the filter names something that is not known");
            }
            unknown.is_none()
        });
        let Some(record) = &mut self.records[place] else { return };
        same.retain(|id| *id != record.node.id);
        let Body::UnderservedGroup(facts) = &mut record.node.body else { return };
        if !same.is_empty() {
            facts.same_as = same;
        }
        facts.area = area.or(facts.area.take());
        facts.members = members.cloned().map(Box::new).or(facts.members.take());
    }

    /// The nodes that a cell names; none at all if one of them is not there, or not of the right type.
    fn all_known(&mut self, origin: &Origin, column: &str, node_type: NodeType, refs: &[Ref]) -> Option<Vec<NodeId>> {
        let mut ids = Vec::with_capacity(refs.len());
        for reference in refs {
            match self.find(RefSpace::of(node_type), reference) {
                Some(end) if end.node_type == node_type => ids.push(end.id),
                Some(end) => {
                    let reason = format!("this is of type {}, not {}", end.node_type.noun(), node_type.noun());
                    self.refuse(origin, column, Some(reference.as_str()), reason);
                    return None;
                }
                None => {
                    let reason = format!("no {} is known by this ref", node_type.noun());
                    self.refuse(origin, column, Some(reference.as_str()), reason);
                    return None;
                }
            }
        }
        Some(ids)
    }

    /// Gives all things their new parents, and takes them back from whatever ended up above itself.
    fn put_parents(&mut self, above: Above) {
        let mut changed = Vec::new();
        for (place, Said { origin, column, parents }) in above.0 {
            let Some(slot) = self.parents_mut(place) else { continue };
            if *slot != parents {
                let before = std::mem::replace(slot, parents);
                self.tally.touch(&origin, Touched::Node(place), true);
                changed.push((place, origin, column, before));
            }
        }
        // So that the order of rows does not decide which link of a ring goes.
        changed.sort_by(|(a, ..), (b, ..)| self.things[*a].id.cmp(&self.things[*b].id));
        while let Some(at) = changed.iter().position(|(place, ..)| self.is_above_itself(*place)) {
            let (place, origin, column, before) = changed.remove(at);
            if let Some(slot) = self.parents_mut(place) {
                *slot = before;
            }
            self.refuse(&origin, column, None, "it would be a part of itself");
        }
    }

    fn is_above_itself(&self, place: usize) -> bool {
        let Some(start) = &self.records[place] else { return false };
        let mut seen = Vec::new();
        let mut next: Vec<&NodeId> = parents(start).iter().collect();
        while let Some(id) = next.pop() {
            if *id == start.node.id {
                return true;
            }
            if !seen.contains(&id) {
                seen.push(id);
                next.extend(self.record(id).map(parents).unwrap_or_default());
            }
        }
        false
    }

    fn parents_mut(&mut self, place: usize) -> Option<&mut Vec<NodeId>> {
        match &mut self.records[place].as_mut()?.node.body {
            Body::Area(facts) => Some(&mut facts.parents),
            Body::UnderservedGroup(facts) => Some(&mut facts.parents),
            Body::Organisation(_)
            | Body::Individual(_)
            | Body::Network(_)
            | Body::PopulationSegment(_)
            | Body::SoftwareProduct(_)
            | Body::Initiative(_) => None,
        }
    }

    /// The first ref or id in a filter that names nothing.
    fn unknown_ref(&self, filter: &OrganisationFilter) -> Option<String> {
        let OrganisationFilter { area, icb, commissioned_by, network, serves_group, any_of, .. } = filter;
        let named = [
            (RefSpace::Area, area),
            (RefSpace::Other, icb),
            (RefSpace::Other, commissioned_by),
            (RefSpace::Other, network),
            (RefSpace::Other, serves_group),
        ];
        let unknown = named.into_iter().find_map(|(space, node)| match node.as_ref()? {
            NodeRef::Id(id) => self.record(&NodeId::known(id.as_str())).is_none().then(|| id.clone()),
            NodeRef::Ref(text) => {
                let found = Ref::parse(text).ok().and_then(|reference| self.find(space, &reference));
                found.is_none().then(|| text.clone())
            }
        });
        unknown.or_else(|| any_of.iter().flatten().find_map(|inner| self.unknown_ref(inner)))
    }
}

/// The parents that rows give, the last row's for each thing.
#[derive(Default)]
struct Above(BTreeMap<usize, Said>);

struct Said {
    origin: Origin,
    column: &'static str,
    parents: Vec<NodeId>,
}

impl Above {
    fn say(&mut self, row: &Row<NodeRow>, place: usize, column: &'static str, parents: Option<Vec<NodeId>>) {
        if let Some(parents) = parents.filter(|parents| !parents.is_empty()) {
            self.0.insert(place, Said { origin: row.origin.clone(), column, parents });
        }
    }
}

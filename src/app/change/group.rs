//! Under-served groups: whoever works with one more of them can name it. One form makes it and changes it.

use super::common::{blank, checked, put_aliases, put_source};
use super::created;
use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::names::MOST_NAMED;
use super::sealed::{Plan, Right};
use crate::model::text::{checked_name, checked_title};
use crate::model::{
    Body, GroupFacts, GroupKind, NodeId, NodeRecord, NodeRef, NodeType, OrganisationFilter, Patch, Ref, RefSpace,
};
use crate::snapshot::NodeIx;
use crate::store::Past;
use std::collections::BTreeSet;

#[derive(Debug, Clone, serde::Serialize)]
pub struct GroupDefine {
    /// Which group: one that nobody has this ref for is made.
    pub reference: String,
    pub kind: GroupKind,
    pub name: String,
    pub framework: Patch<String>,
    pub category: Patch<String>,
    pub aliases: Patch<Vec<String>>,
    pub area: Patch<NodeRef>,
    pub parents: Patch<Vec<NodeRef>>,
    pub same_as: Patch<Vec<NodeRef>>,
    pub members: Patch<OrganisationFilter>,
    pub source: Option<String>,
    pub expected_revision: Option<i64>,
    pub key: Option<String>,
}

const GROUP: &[NodeType] = &[NodeType::UnderservedGroup];

impl Plan for GroupDefine {
    const NAME: &'static str = "groupDefine";
    const NEEDS: Right = Right::Write;
    type Made = NodeId;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let Some(mut record) = self.standing(draft, &mut faults).await? else { return faults.stop() };
        let id = record.node.id.clone();
        draft.expect(id.as_str(), self.expected_revision, &mut faults);
        if let Some(name) = faults.keep(&at("name"), checked_name(&self.name)) {
            record.node.name = name;
        }
        put_aliases(&self.aliases, &mut record.node, &mut faults);
        put_source(self.source.as_deref(), &mut record, draft, &mut faults);
        let named = self.named(&id, draft, &mut faults);
        if let Body::UnderservedGroup(facts) = &mut record.node.body {
            self.onto(facts, named, draft, &mut faults);
            refuse_circles(&id, &facts.parents, &at("parents"), draft, &mut faults).await?;
        }
        faults.settle()?;
        draft.put_node(record);
        Ok(id)
    }

    fn again(&self, draft: &Draft, past: &[Past]) -> Option<NodeId> {
        created(draft, past).or_else(|| {
            let ix = draft.snapshot().by_ref(RefSpace::Other, &Ref::parse(&self.reference).ok()?)?;
            Some(draft.snapshot().id(ix).clone())
        })
    }
}

/// The other things that a form names.
struct Named {
    area: Patch<NodeId>,
    parents: Patch<Vec<NodeId>>,
    same_as: Patch<Vec<NodeId>>,
}

impl GroupDefine {
    /// The group as it is recorded, or a new one.
    async fn standing(&self, draft: &mut Draft, faults: &mut Faults) -> Result<Option<NodeRecord>, Halt> {
        let Some(reference) = faults.keep(&at("ref"), Ref::parse(&self.reference)) else { return Ok(None) };
        let holder = draft.snapshot().by_ref(RefSpace::Other, &reference);
        if let Some(ix) = holder.filter(|ix| GROUP.contains(&draft.snapshot().node_type(*ix))) {
            let id = draft.snapshot().id(ix).clone();
            draft.read(std::slice::from_ref(&id), &[]).await?;
            return draft.whole(&id).map(Some);
        }
        if draft.free_ref(&self.reference, None, &at("ref"), faults).is_none() {
            return Ok(None);
        }
        let facts = GroupFacts {
            kind: self.kind,
            framework: None,
            category: None,
            area: None,
            parents: Vec::new(),
            same_as: Vec::new(),
            members: None,
        };
        blank(NodeType::UnderservedGroup, vec![reference], Body::UnderservedGroup(facts), draft, faults).await
    }

    fn named(&self, id: &NodeId, draft: &Draft, faults: &mut Faults) -> Named {
        let area = match &self.area {
            Patch::Leave => Patch::Leave,
            Patch::Clear => Patch::Clear,
            Patch::Set(name) => draft.find(name, &[NodeType::Area], &at("area"), faults).map(|(_, id)| id).into(),
        };
        let mut groups = |list: &Patch<Vec<NodeRef>>, field: &str| match list {
            Patch::Leave => Patch::Leave,
            Patch::Clear => Patch::Clear,
            Patch::Set(names) => {
                let found: Vec<NodeId> =
                    draft.find_all(names, GROUP, &at(field), faults).into_iter().map(|(_, id)| id).collect();
                if found.contains(id) {
                    faults.invalid(&at(field), "a group is not its own");
                }
                Patch::Set(found)
            }
        };
        Named { area, parents: groups(&self.parents, "parents"), same_as: groups(&self.same_as, "sameAs") }
    }

    fn onto(&self, facts: &mut GroupFacts, named: Named, draft: &Draft, faults: &mut Faults) {
        facts.kind = self.kind;
        checked(&self.framework, checked_title, "framework", faults).onto(&mut facts.framework);
        checked(&self.category, checked_title, "category", faults).onto(&mut facts.category);
        named.area.onto(&mut facts.area);
        for (patch, slot) in [(named.parents, &mut facts.parents), (named.same_as, &mut facts.same_as)] {
            match patch {
                Patch::Leave => {}
                Patch::Clear => slot.clear(),
                Patch::Set(list) => *slot = list,
            }
        }
        match &self.members {
            Patch::Leave => {}
            Patch::Clear => facts.members = None,
            Patch::Set(filter) => {
                let snapshot = draft.snapshot();
                let compiled = snapshot.compile(filter, draft.today().into(), draft.asking().viewer().sight());
                faults.keep(&at("members"), compiled);
                if filter.is_empty() {
                    faults.invalid(&at("members"), "an empty filter is every organisation there is");
                }
                facts.members = Some(Box::new(filter.clone()));
            }
        }
        match (facts.kind, &facts.members) {
            (GroupKind::Practice, None) => {
                faults.invalid(&at("members"), "a group of kind PRACTICE needs the filter that says who belongs to it");
            }
            (GroupKind::Population, Some(_)) => {
                faults.invalid(&at("members"), "a filter is for kind PRACTICE; for a POPULATION clear it with null");
            }
            (GroupKind::Practice, Some(_)) | (GroupKind::Population, None) => {}
        }
    }
}

/// Refuses parents that are within the group already. All that stand above are read, so that nobody can close a circle
/// at the same moment from the other side.
pub(super) async fn refuse_circles(
    id: &NodeId,
    parents: &[NodeId],
    at: &At,
    draft: &mut Draft,
    faults: &mut Faults,
) -> Result<(), Halt> {
    let snapshot = draft.snapshot();
    let mut above: BTreeSet<NodeIx> = BTreeSet::new();
    let mut open: Vec<NodeIx> = parents.iter().filter_map(|parent| snapshot.by_id(parent.as_str())).collect();
    let own = snapshot.by_id(id.as_str());
    let mut circle = false;
    while let Some(next) = open.pop() {
        circle |= Some(next) == own;
        if Some(next) != own && above.insert(next) {
            open.extend(snapshot.groups.parents(next));
        }
    }
    if circle {
        faults.invalid(at, "the group would be a part of itself: one of its parents is within it already");
    }
    let above: Vec<NodeId> = above.into_iter().take(MOST_NAMED).map(|ix| snapshot.id(ix).clone()).collect();
    draft.read(&above, &[]).await
}

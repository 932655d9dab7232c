//! What stands above, below and beside areas and groups, and which organisations they stand for.

use super::{Asking, Listing};
use crate::access::View;
use crate::error::AppError;
use crate::model::{GroupKind, NodeId, NodeRef, NodeType, OrganisationFilter};
use crate::outreach::{Places, Strictness, shares_area};
use crate::snapshot::page::PageRequest;
use crate::snapshot::{Direction, NodeIx};

impl Asking {
    /// The areas or groups that this one is directly within.
    pub fn parents(&self, of: &NodeId) -> Vec<View> {
        let Some(ix) = self.place(of) else { return Vec::new() };
        let parents = match self.snapshot.node_type(ix) {
            NodeType::Area => self.snapshot.areas.parents(ix),
            _ => self.snapshot.groups.parents(ix),
        };
        self.shown(parents)
    }

    /// The areas or groups directly within this one.
    pub fn children(&self, of: &NodeId, request: &PageRequest, default_size: usize) -> Result<Listing, AppError> {
        let children = self.place(of).map(|ix| match self.snapshot.node_type(ix) {
            NodeType::Area => self.snapshot.areas.children(ix),
            _ => self.snapshot.groups.children(ix),
        });
        let mut found: Vec<NodeIx> = children.unwrap_or_default().to_vec();
        found.retain(|ix| self.is_shown(*ix));
        self.snapshot.sort(&mut found);
        let page = self.snapshot.ordered_page(found, None, request, default_size)?;
        Ok(self.listing(page, None))
    }

    /// Names for the same people in other frameworks.
    pub fn same_as(&self, group: &NodeId) -> Vec<View> {
        self.place(group).map(|ix| self.shown(&self.snapshot.same_as(ix))).unwrap_or_default()
    }

    /// The area where a local group lives.
    pub fn area_of_group(&self, group: &NodeId) -> Option<View> {
        let facts = self.snapshot.node(self.place(group)?).group()?;
        Some(self.view(self.place(facts.area.as_ref()?)?))
    }

    /// The organisations that are open today and located in an area or within it.
    pub fn organisations_within(
        &self,
        area: &NodeId,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Listing, AppError> {
        let within = OrganisationFilter { area: Some(NodeRef::Id(area.to_string())), ..OrganisationFilter::default() };
        self.organisations(&within, None, request, default_size)
    }

    /// The practices that a PRACTICE group stands for today; none for other groups.
    pub fn practices(&self, group: &NodeId, request: &PageRequest, default_size: usize) -> Result<Listing, AppError> {
        let facts = self.place(group).and_then(|ix| self.snapshot.node(ix).group());
        let saved = facts.filter(|facts| facts.kind == GroupKind::Practice).and_then(|facts| {
            let filter = facts.members.as_ref()?;
            Some((filter, facts.area.as_ref().and_then(|area| self.place(area))))
        });
        let found = match saved {
            None => Vec::new(),
            Some((filter, area)) => {
                let compiled = self.snapshot.compile(filter, self.day(), self.viewer().sight())?;
                let mut found = self.snapshot.matching(&compiled);
                if let Some(area) = area {
                    let (places, strictly) = (Places::of(&self.snapshot, &[area]), Strictness::default());
                    found.retain(|ix| shares_area(&self.snapshot, *ix, &places, self.day(), strictly));
                }
                found
            }
        };
        let page = self.snapshot.ordered_page(found, None, request, default_size)?;
        Ok(self.listing(page, None))
    }

    /// How many organisations and people belong to a network today: its members, whoever convenes it, roles in it.
    pub(super) fn members_of(&self, network: NodeIx) -> (usize, usize) {
        use crate::model::RelationKind::{Convenes, MemberOf, RoleAt};
        let relations = &self.snapshot.relations;
        let mut members: Vec<NodeIx> = [MemberOf, Convenes, RoleAt]
            .into_iter()
            .flat_map(|kind| relations.of_kind(network, kind, Direction::In))
            .filter(|(relation, member)| relations.live_on(*relation, self.day()) && self.is_shown(*member))
            .map(|(_, member)| member)
            .collect();
        members.sort_unstable();
        members.dedup();
        let people = members.iter().filter(|ix| self.snapshot.node_type(**ix) == NodeType::Individual).count();
        (members.len() - people, people)
    }

    fn shown(&self, nodes: &[NodeIx]) -> Vec<View> {
        nodes.iter().filter(|ix| self.is_shown(**ix)).map(|ix| self.view(*ix)).collect()
    }
}

//! Initiatives.

use super::{Area, DoNotApproach, Organisation};
use crate::graphql::common::Common;
use crate::graphql::interfaces::node_type;
use crate::graphql::relations::{Relations, connections};
use async_graphql::Object;

node_type!(Initiative of Initiative: InitiativeFacts);

/// A project, workstream or campaign.
#[Object]
impl Initiative {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// The programme's own word for what it is, such as "workstream".
    fn kind(&self) -> Option<&str> {
        self.facts.kind.as_deref()
    }

    /// The time in which nobody is to approach it, if there is one.
    fn do_not_approach(&self) -> Option<DoNotApproach> {
        self.view.do_not_approach.clone().map(DoNotApproach)
    }

    #[graphql(flatten)]
    async fn relations(&self) -> InitiativeRelations<'_> {
        InitiativeRelations(&self.view)
    }
}

connections!(InitiativeRelations {
    /// Organisations that it is tied to. The edge's relation says how.
    organisations: Relations<Organisation> = Out
        [CommissionedBy, InGeographyOf, OperatedBy, PartnerTo, SubdivisionOf, ConstituentOf, DirectedBy, Hosts, Supports];
    /// Areas that it has its place in, or works across.
    areas: Relations<Area> = Out [LocatedIn, Covers];
});

//! Networks.

use super::{Area, DoNotApproach, Individual, Organisation, UnderservedGroup};
use crate::graphql::common::Common;
use crate::graphql::enums::Formality;
use crate::graphql::interfaces::{Stakeholder, node_type};
use crate::graphql::loaders;
use crate::graphql::relations::{Relations, connections};
use async_graphql::{Context, Object, Result};

node_type!(Network of Network: NetworkFacts);

/// People and organisations that meet for a purpose, with rules or without.
#[Object]
impl Network {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// Whether it has rules or is just people who meet.
    fn formality(&self) -> Option<Formality> {
        self.facts.formality.map(Into::into)
    }

    /// What it is for.
    fn purpose(&self) -> Option<&str> {
        self.facts.purpose.as_deref()
    }

    /// Its website.
    async fn website(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(loaders::details(ctx, &self.view.id).await?.website)
    }

    /// The time in which nobody is to approach it, if there is one.
    fn do_not_approach(&self) -> Option<DoNotApproach> {
        self.view.do_not_approach.clone().map(DoNotApproach)
    }

    #[graphql(flatten)]
    async fn relations(&self) -> NetworkRelations<'_> {
        NetworkRelations(&self.view)
    }
}

connections!(NetworkRelations {
    /// Organisations and people that are members.
    members: Relations<Stakeholder> = In [MemberOf];
    /// Organisations that are members, or convene it.
    organisations: Relations<Organisation> = In [MemberOf, Convenes];
    /// People who are members, convene it or have a role in it.
    people: Relations<Individual> = In [MemberOf, Convenes, RoleAt];
    /// Whoever convenes it.
    convenors: Relations<Stakeholder> = In [Convenes];
    /// People of the team who are in contact with it.
    contacts: Relations<Individual> = In [ContactOf];
    /// Areas that it has its place in, or works across.
    areas: Relations<Area> = Out [LocatedIn, Covers];
    /// Under-served groups that it serves. The edge's mode says in what way.
    serves: Relations<UnderservedGroup> = Out [Serves];
});

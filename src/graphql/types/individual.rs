//! Individuals. What a viewer may not see is null or empty in the view already; for those fields nothing is loaded.

use super::{Area, Consent, DoNotApproach, Network, Organisation, UnderservedGroup, WorkingGroup};
use crate::access::DetailsView;
use crate::graphql::common::Common;
use crate::graphql::interfaces::{Stakeholder, node_type};
use crate::graphql::relations::{Relations, connections};
use crate::graphql::{asking, loaders};
use async_graphql::{Context, Object, Result};

node_type!(Individual of Individual: IndividualFacts);

impl Individual {
    async fn personal<T>(&self, ctx: &Context<'_>, field: impl FnOnce(DetailsView) -> Option<T>) -> Result<Option<T>> {
        if self.view.is_cut() {
            return Ok(None);
        }
        Ok(field(loaders::details(ctx, &self.view.id).await?))
    }
}

/// A person. For partners people stay nameless: all that is personal is null, and `redactions` says so.
#[Object]
impl Individual {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// Whether they are one of the engagement team.
    fn team(&self) -> Option<bool> {
        (!self.view.is_cut()).then_some(self.facts.team)
    }

    /// Their e-mail address.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.personal(ctx, |details| details.email).await
    }

    /// Their telephone number.
    async fn phone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.personal(ctx, |details| details.phone).await
    }

    /// Their postcode.
    async fn postcode(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.personal(ctx, |details| details.postcode).await
    }

    /// Their website.
    async fn website(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.personal(ctx, |details| details.website).await
    }

    /// Languages they speak.
    async fn languages(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        self.personal(ctx, |details| details.languages).await
    }

    /// Experience of their own that they chose to share.
    async fn lived_experience(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        self.personal(ctx, |details| details.lived_experience).await
    }

    /// What they agreed to, for each purpose.
    async fn consents(&self, ctx: &Context<'_>) -> Result<Option<Vec<Consent>>> {
        let today = asking(ctx)?.today();
        self.personal(ctx, |details| Some(Consent::for_each_purpose(&self.facts, &details.consents?, today))).await
    }

    /// The time in which nobody is to approach them, if there is one.
    fn do_not_approach(&self) -> Option<DoNotApproach> {
        self.view.do_not_approach.clone().map(DoNotApproach)
    }

    #[graphql(flatten)]
    async fn relations(&self) -> IndividualRelations<'_> {
        IndividualRelations(&self.view)
    }
}

connections!(IndividualRelations {
    /// Organisations where they have a role. The edge's title is the role.
    roles: Relations<Organisation> = Out [RoleAt];
    /// Networks that they belong to, convene or have a role in. Null where your role may not see it.
    networks: Option<Relations<Network>> = Out [MemberOf, Convenes, RoleAt];
    /// Working groups of the programme that they belong to, convene or have a role in. Null where your role may not see it.
    working_groups: Option<Relations<WorkingGroup>> = Out [MemberOf, Convenes, RoleAt];
    /// People who know them or whom they know. Null where your role may not see it.
    knows: Option<Relations<Individual>> = Out [Knows], In [Knows];
    /// Organisations and networks that they are in contact with on the team's behalf. Null where your role may not see it.
    contacts: Option<Relations<Stakeholder>> = Out [ContactOf];
    /// Under-served groups that they serve. Null where your role may not see it.
    serves: Option<Relations<UnderservedGroup>> = Out [Serves];
    /// Areas that they work across. Null where your role may not see it.
    areas: Option<Relations<Area>> = Out [Covers];
});

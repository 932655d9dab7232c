//! Organisations.

use super::{
    Area, DoNotApproach, Identifier, Individual, Initiative, Network, SoftwareProduct, UnderservedGroup, WorkingGroup,
};
use crate::graphql::common::Common;
use crate::graphql::enums::{Nation, OrganisationKind, Sector};
use crate::graphql::interfaces::{Stakeholder, node_type};
use crate::graphql::loaders;
use crate::graphql::relations::{Relations, connections};
use async_graphql::{Context, Object, Result};

node_type!(Organisation of Organisation: OrganisationFacts);

impl Organisation {
    fn number(&self, schemes: &[&str]) -> Option<&str> {
        let known = self.view.refs.iter().find(|reference| schemes.contains(&reference.scheme()));
        known.map(crate::model::Ref::value)
    }
}

/// A body: an NHS commissioner, a general practice, a council, a charity, a supplier.
#[Object]
impl Organisation {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// What kind of body it is.
    fn kind(&self) -> OrganisationKind {
        self.facts.kind.into()
    }

    /// The part of life it belongs to.
    fn sector(&self) -> Option<Sector> {
        self.facts.sector.map(Into::into)
    }

    /// Where in the United Kingdom it works.
    fn nation(&self) -> Option<Nation> {
        self.facts.nation.map(Into::into)
    }

    /// Its code in the NHS's register of organisations (ODS code), such as N81059.
    fn ods_code(&self) -> Option<&str> {
        self.number(&["GB-NHS"])
    }

    /// Its number in the register of charities of England and Wales, of Scotland (SC…) or of Northern Ireland (NIC…).
    fn charity_number(&self) -> Option<&str> {
        self.number(&["GB-CHC", "GB-SC", "GB-NIC"])
    }

    /// Its number at Companies House.
    fn company_number(&self) -> Option<&str> {
        self.number(&["GB-COH"])
    }

    /// Everything that registers know it by.
    fn identifiers(&self) -> Vec<Identifier> {
        self.view.refs.iter().cloned().map(Identifier).collect()
    }

    /// Whether it is in a rural place. Null where that is not known.
    fn rural(&self) -> Option<bool> {
        self.facts.rural
    }

    /// How many patients are registered with it: for general practices.
    fn list_size(&self) -> Option<i32> {
        self.facts.list_size.map(crate::graphql::connection::whole)
    }

    /// The tenth of the nation that its place falls in by deprivation: 1 is the most deprived, 10 the least.
    fn deprivation_decile(&self) -> Option<i32> {
        self.facts.deprivation_decile.map(i32::from)
    }

    /// The time in which nobody is to approach it, if there is one.
    fn do_not_approach(&self) -> Option<DoNotApproach> {
        self.view.do_not_approach.clone().map(DoNotApproach)
    }

    /// Its postcode.
    async fn postcode(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(loaders::details(ctx, &self.view.id).await?.postcode)
    }

    /// Its website.
    async fn website(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(loaders::details(ctx, &self.view.id).await?.website)
    }

    /// The e-mail address by which it is reached.
    async fn email(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(loaders::details(ctx, &self.view.id).await?.email)
    }

    /// The telephone number by which it is reached.
    async fn phone(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(loaders::details(ctx, &self.view.id).await?.phone)
    }

    #[graphql(flatten)]
    async fn relations(&self) -> OrganisationRelations<'_> {
        OrganisationRelations(&self.view)
    }

    #[graphql(flatten)]
    async fn structure(&self) -> OrganisationStructure<'_> {
        OrganisationStructure(&self.view)
    }
}

connections!(OrganisationRelations {
    /// People with a role there. The edge's title is the role.
    people: Relations<Individual> = In [RoleAt];
    /// People of the team who are in contact with it.
    contacts: Relations<Individual> = In [ContactOf];
    /// Networks that it belongs to or convenes.
    networks: Relations<Network> = Out [MemberOf, Convenes];
    /// Working groups of the programme that it belongs to or convenes.
    working_groups: Relations<WorkingGroup> = Out [MemberOf, Convenes];
    /// Bodies it works with as a partner, among them a primary care network and its core practices.
    partners: Relations<Organisation> = Out [PartnersWith, PartnerTo], In [PartnersWith, PartnerTo];
    /// Who funds it.
    funders: Relations<Organisation> = In [Funds];
    /// Whom it funds.
    funds: Relations<Organisation> = Out [Funds];
    /// Computer systems that it uses.
    software: Relations<SoftwareProduct> = Out [Uses];
    /// Areas that it has its place in, or works across.
    areas: Relations<Area> = Out [LocatedIn, Covers];
    /// Under-served groups that it serves. The edge's mode says in what way.
    serves: Relations<UnderservedGroup> = Out [Serves];
    /// Bodies that are like it.
    similar_to: Relations<Organisation> = Out [SimilarTo], In [SimilarTo];
});

connections!(OrganisationStructure {
    /// Who commissions it: plans and pays for what it does.
    commissioners: Relations<Organisation> = Out [CommissionedBy];
    /// Whom it commissions.
    commissions: Relations<Organisation> = In [CommissionedBy];
    /// The commissioners in whose geography it lies.
    in_geography_of: Relations<Organisation> = Out [InGeographyOf];
    /// The bodies that lie in its geography.
    geography: Relations<Organisation> = In [InGeographyOf];
    /// Who operates it.
    operators: Relations<Organisation> = Out [OperatedBy];
    /// What it operates.
    operates: Relations<Organisation> = In [OperatedBy];
    /// The bodies that it is a part of.
    part_of: Relations<Organisation> = Out [SubdivisionOf, ConstituentOf];
    /// Its own parts.
    parts: Relations<Organisation> = In [SubdivisionOf, ConstituentOf];
    /// Who directs it.
    directors: Relations<Organisation> = Out [DirectedBy];
    /// Whom it directs.
    directs: Relations<Organisation> = In [DirectedBy];
    /// Whom it hosts.
    hosts: Relations<Organisation> = Out [Hosts];
    /// Who hosts it.
    hosted_by: Relations<Stakeholder> = In [Hosts];
    /// Whom it supports.
    supports: Relations<Organisation> = Out [Supports];
    /// Who supports it.
    supported_by: Relations<Stakeholder> = In [Supports];
    /// Projects and workstreams that are tied to it, in whatever way.
    initiatives: Relations<Initiative> =
        In [CommissionedBy, InGeographyOf, OperatedBy, PartnerTo, SubdivisionOf, ConstituentOf, DirectedBy, Hosts, Supports];
    /// The bodies that it took over from when they closed.
    predecessors: Relations<Organisation> = In [SucceededBy];
    /// The bodies that took over from it when it closed.
    successors: Relations<Organisation> = Out [SucceededBy];
});

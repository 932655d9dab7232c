//! One thing by its name. A name that nobody has, or nobody that this viewer may see, answers null.

use crate::app::Register;
use crate::error::{AppError, ErrorCode};
use crate::graphql::input::{AreaBy, NodeRef, OrganisationBy};
use crate::graphql::interfaces::{Node, Shown};
use crate::graphql::types::{
    Area, Individual, Initiative, Network, Organisation, PopulationSegment, Relation, SoftwareProduct,
    UnderservedGroup, WorkingGroup,
};
use crate::graphql::{asking, limits};
use crate::model;
use async_graphql::{Context, ID, Object, Result};

#[derive(Default)]
pub struct Lookups;

#[Object]
impl Lookups {
    /// Anything by its key. Null if there is no such thing.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its key, as `id` gives it.")] id: ID,
    ) -> Result<Option<Node>> {
        Ok(asking(ctx)?.node(&id).and_then(Node::of))
    }

    /// Several things by their keys, in the same order, with null for those that are not there.
    #[graphql(complexity = "ids.len().saturating_mul(child_complexity).saturating_add(1)")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Their keys, as `id` gives them.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        let most = limits(ctx)?.page_max;
        if ids.len() > most {
            let message = format!("ids takes at most {most} entries, and {} were given", ids.len());
            return Err(AppError::new(ErrorCode::LimitExceeded, message).at(["ids"]).into());
        }
        let asking = asking(ctx)?;
        Ok(ids.iter().map(|id| asking.node(id).and_then(Node::of)).collect())
    }

    /// An organisation by one of its names or numbers. Null if there is no such organisation.
    async fn organisation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: OrganisationBy,
    ) -> Result<Option<Organisation>> {
        let registered = |register, number: &str, argument| {
            let found = asking(ctx)?.registered(register, number).map_err(|error| error.at(["by", argument]))?;
            Ok(found.and_then(Organisation::of))
        };
        match by {
            OrganisationBy::Id(id) => find(ctx, model::NodeRef::Id(id.0)),
            OrganisationBy::Ref(text) => find(ctx, model::NodeRef::Ref(text)),
            OrganisationBy::OdsCode(code) => registered(Register::Ods, &code, "odsCode"),
            OrganisationBy::CharityNumber(number) => registered(Register::Charity, &number, "charityNumber"),
            OrganisationBy::CompanyNumber(number) => registered(Register::Company, &number, "companyNumber"),
        }
    }

    /// A person. Null if there is nobody of that name, or your role may not know the name.
    async fn individual(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<Individual>> {
        find(ctx, by.into())
    }

    /// A relation by its key. Null if there is none, or none that your role may see.
    async fn relation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its key, as `relationId` gives it.")] id: ID,
    ) -> Result<Option<Relation>> {
        Ok(asking(ctx)?.relation(&id).map(Relation))
    }

    /// A network. Null if there is no such network.
    async fn network(&self, ctx: &Context<'_>, #[graphql(desc = "Which one.")] by: NodeRef) -> Result<Option<Network>> {
        find(ctx, by.into())
    }

    /// One of the programme's working groups. Null if there is no such group.
    async fn working_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<WorkingGroup>> {
        find(ctx, by.into())
    }

    /// An area. Null if there is no such area.
    async fn area(&self, ctx: &Context<'_>, #[graphql(desc = "Which one.")] by: AreaBy) -> Result<Option<Area>> {
        find(ctx, by.name().map_err(|error| error.at(["by"]))?)
    }

    /// An under-served group. Null if there is no such group.
    async fn underserved_group(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<UnderservedGroup>> {
        find(ctx, by.into())
    }

    /// A computer system. Null if there is no such system.
    async fn software_product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<SoftwareProduct>> {
        find(ctx, by.into())
    }

    /// A project, workstream or campaign. Null if there is no such initiative.
    async fn initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<Initiative>> {
        find(ctx, by.into())
    }

    /// A population segment. Null if there is no such segment.
    async fn population_segment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] by: NodeRef,
    ) -> Result<Option<PopulationSegment>> {
        find(ctx, by.into())
    }
}

fn find<T: Shown>(ctx: &Context<'_>, name: model::NodeRef) -> Result<Option<T>> {
    let found = asking(ctx)?.find(&name, T::TYPES).map_err(|error| error.at(["by"]))?;
    Ok(found.and_then(T::of))
}

//! Organisations.

mod inputs;

use super::payload::{act, node, nodes, payload};
use crate::app::change::Succession;
use crate::graphql::types::Organisation;
use crate::model::NodeId;
use async_graphql::{Context, Object, Result};
use inputs::{OrganisationCreateInput, OrganisationMergeInput, OrganisationSucceedInput, OrganisationUpdateInput};

payload! {
    /// What came of creating an organisation.
    OrganisationCreatePayload of NodeId {
        /// The new organisation.
        organisation: Organisation = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of changing an organisation.
    OrganisationUpdatePayload of NodeId {
        /// The organisation as it is now.
        organisation: Organisation = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of recording a succession.
    OrganisationSucceedPayload of Succession {
        /// The organisations that closed.
        predecessors: Vec<Organisation> = |asking, done| Some(nodes(asking, &done.predecessors));
        /// Those that took over.
        successors: Vec<Organisation> = |asking, done| Some(nodes(asking, &done.successors));
    }
}

payload! {
    /// What came of merging two records of one organisation.
    OrganisationMergePayload of NodeId {
        /// The one that stays, with all that it took over.
        organisation: Organisation = |asking, id| node(asking, id);
    }
}

#[derive(Default)]
pub struct Organisations;

#[Object]
impl Organisations {
    /// Adds an organisation. For the engagement team.
    async fn organisation_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of it.")] input: OrganisationCreateInput,
    ) -> Result<OrganisationCreatePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Changes what is known of an organisation: what is left out stays as it is, null takes a value away. For the
    /// engagement team.
    async fn organisation_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what is to be different.")] input: OrganisationUpdateInput,
    ) -> Result<OrganisationUpdatePayload> {
        act(ctx, input.read()).await
    }

    /// Records that organisations closed and others took over: a merger, a split, a new name. What was organised around a
    /// closed one (who commissions it, what it is a part of) then holds for its successor, if that is a single one. For the
    /// engagement team.
    async fn organisation_succeed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who closed, who took over, and when.")] input: OrganisationSucceedInput,
    ) -> Result<OrganisationSucceedPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Makes two records of one organisation one: the one that stays takes over the other's names, numbers and relations.
    /// For stewards.
    async fn organisation_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goes into which.")] input: OrganisationMergeInput,
    ) -> Result<OrganisationMergePayload> {
        act(ctx, Ok(input.read())).await
    }
}

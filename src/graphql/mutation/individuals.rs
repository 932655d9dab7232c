//! People.

mod inputs;

use super::payload::{act, node, payload};
use crate::graphql::types::Individual;
use crate::model::NodeId;
use async_graphql::{Context, ID, Object, Result};
use inputs::{IndividualCreateInput, IndividualEraseInput, IndividualMergeInput, IndividualUpdateInput};

payload! {
    /// What came of adding a person.
    IndividualCreatePayload of NodeId {
        /// The person.
        individual: Individual = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of changing what is known of a person.
    IndividualUpdatePayload of NodeId {
        /// The person as they are known now.
        individual: Individual = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of merging two records of one person.
    IndividualMergePayload of NodeId {
        /// The record that stays, with all that it took over.
        individual: Individual = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of erasing a person.
    IndividualErasePayload of NodeId {
        /// The key of whom nothing is known any more.
        erased_id: ID = |_, id| Some(id.as_str().into());
    }
}

#[derive(Default)]
pub struct Individuals;

#[Object]
impl Individuals {
    /// Adds a person. Nobody has asked them anything yet: `consentRecord` says what they agree to. For the engagement team.
    async fn individual_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of them.")] input: IndividualCreateInput,
    ) -> Result<IndividualCreatePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Changes what is known of a person: what is left out stays as it is, null takes a value away. For the engagement team.
    async fn individual_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and what is to be different.")] input: IndividualUpdateInput,
    ) -> Result<IndividualUpdatePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Makes two records of one person one. Of what they agreed to, the stricter answer stands. For stewards.
    async fn individual_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goes into which.")] input: IndividualMergeInput,
    ) -> Result<IndividualMergePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Forgets a person for good: everything about them, every record merged into theirs, their relations, and what the
    /// history tells of them. That it was done is remembered, and cannot be undone. For stewards.
    async fn individual_erase(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: IndividualEraseInput,
    ) -> Result<IndividualErasePayload> {
        act(ctx, Ok(input.read())).await
    }
}

//! What people agree to, and who is to be left alone.

mod inputs;

use super::payload::{act, node, nodes, payload};
use crate::graphql::interfaces::Stakeholder;
use crate::graphql::types::Individual;
use crate::model::NodeId;
use async_graphql::{Context, Object, Result};
use inputs::{ConsentRecordInput, ConsentWithdrawInput, DoNotApproachSetInput};

payload! {
    /// What came of recording an answer.
    ConsentRecordPayload of NodeId {
        /// The person, with what they agree to now.
        individual: Individual = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of withdrawing consent.
    ConsentWithdrawPayload of NodeId {
        /// The person, with what they agree to now.
        individual: Individual = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of saying who is to be left alone.
    DoNotApproachSetPayload of Vec<NodeId> {
        /// Those whom it is about, each once.
        nodes: Vec<Stakeholder> = |asking, ids| Some(nodes(asking, ids));
    }
}

#[derive(Default)]
pub struct Consents;

#[Object]
impl Consents {
    /// Records what a person answered when asked whether we may contact them, or whether they would introduce us. Earlier
    /// answers stay on record; the newest stands. For stewards.
    async fn consent_record(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who answered what.")] input: ConsentRecordInput,
    ) -> Result<ConsentRecordPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Records that a person takes back what they agreed to. No path passes them from now on. For stewards.
    async fn consent_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and for what.")] input: ConsentWithdrawInput,
    ) -> Result<ConsentWithdrawPayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Says until when nobody is to approach somebody, or that approaching is fine again. For the engagement team.
    #[graphql(complexity = "input.len().max(1).saturating_mul(child_complexity).saturating_add(1)")]
    async fn do_not_approach_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, until when, and why.")] input: DoNotApproachSetInput,
    ) -> Result<DoNotApproachSetPayload> {
        act(ctx, Ok(input.read())).await
    }
}

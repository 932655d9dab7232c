//! Networks and the programme's working groups, which are networks of a kind of their own.

mod inputs;

use super::payload::{act, node, payload};
use crate::graphql::types::{Network, WorkingGroup};
use crate::model::NodeId;
use async_graphql::{Context, Object, Result};
use inputs::{NetworkCreateInput, NetworkMergeInput, NetworkUpdateInput};

payload! {
    /// What came of adding a network.
    NetworkCreatePayload of NodeId {
        /// The new network. Null if it is one of the programme's working groups.
        network: Network = |asking, id| node(asking, id);
        /// The new working group, if it is one.
        working_group: WorkingGroup = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of changing a network.
    NetworkUpdatePayload of NodeId {
        /// The network as it is now. Null if it is one of the programme's working groups.
        network: Network = |asking, id| node(asking, id);
        /// The working group as it is now, if it is one.
        working_group: WorkingGroup = |asking, id| node(asking, id);
    }
}

payload! {
    /// What came of merging two records of one network.
    NetworkMergePayload of NodeId {
        /// The network that stays, with all that it took over. Null if it is one of the programme's working groups.
        network: Network = |asking, id| node(asking, id);
        /// The working group that stays, if it is one.
        working_group: WorkingGroup = |asking, id| node(asking, id);
    }
}

#[derive(Default)]
pub struct Networks;

#[Object]
impl Networks {
    /// Adds a network, or one of the programme's working groups. For the engagement team.
    async fn network_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is known of it.")] input: NetworkCreateInput,
    ) -> Result<NetworkCreatePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Changes what is known of a network or working group: what is left out stays as it is, null takes a value away. For
    /// the engagement team.
    async fn network_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and what is to be different.")] input: NetworkUpdateInput,
    ) -> Result<NetworkUpdatePayload> {
        act(ctx, Ok(input.read())).await
    }

    /// Makes two records of one network one. For stewards.
    async fn network_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goes into which.")] input: NetworkMergeInput,
    ) -> Result<NetworkMergePayload> {
        act(ctx, Ok(input.read())).await
    }
}

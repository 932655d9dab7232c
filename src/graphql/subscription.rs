//! What can be subscribed to.

use super::enums::NodeType;
use super::types::ChangeEvent;
use crate::app::Watching;
use crate::error::AppError;
use crate::model::Revision;
use async_graphql::{Context, Result, Subscription};
use futures_util::{Stream, StreamExt as _};

#[derive(Default)]
pub struct Changes;

/// What can be subscribed to, over a WebSocket on /graphql (the protocol graphql-transport-ws).
#[Subscription(name = "Subscription")]
impl Changes {
    /// Changes of the graph as they happen, one event for each change set, in order. A question asked when an event has
    /// come sees its change.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Go on after this revision: the last one you were told of, or the one that what you have read was \
                          true of. First comes all since then. Left out: what happens from now on."
        )]
        since_revision: Option<i32>,
        #[graphql(desc = "Only changes of things of these types, and no relations. Left out or empty: everything.")]
        types: Option<Vec<NodeType>>,
    ) -> Result<impl Stream<Item = ChangeEvent> + use<>> {
        let since = since_revision.map(revision).transpose().map_err(|error| error.at(["sinceRevision"]))?;
        let types = types.unwrap_or_default().into_iter().map(Into::into).collect();
        Ok(ctx.data::<Watching>()?.changes(since, types).map(ChangeEvent))
    }
}

fn revision(number: i32) -> Result<Revision, AppError> {
    let counted = u64::try_from(number).map(Revision);
    counted.map_err(|_| AppError::invalid_argument(format!("revisions count from 0, so not {number}")))
}

//! What happened to one thing.

use crate::graphql::paging::{self, PageArguments};
use crate::graphql::types::{HistoryConnection, place};
use crate::graphql::{asking, limits};
use async_graphql::{Context, ID, Object, Result};

#[derive(Default)]
pub struct Histories;

#[Object]
impl Histories {
    /// What happened to a thing or a relation, newest first: who changed what, when, and from which source. Empty for a
    /// key that nobody has, and for what your role may not see.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key of the thing or relation. That of somebody erased still tells that they were.")]
        id: ID,
        #[graphql(desc = "How many entries to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<HistoryConnection> {
        let (after, first) = PageArguments::forward(first, after).after_and_size(limits(ctx)?)?;
        let after = after.map(|key| place(&key).ok_or_else(|| paging::no_cursor("after"))).transpose()?;
        Ok(HistoryConnection::new(asking(ctx)?.history(&id, after, first).await?, after.is_some()))
    }
}

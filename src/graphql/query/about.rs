//! About the programme, where its facts come from, and who is asking.

use crate::graphql::connection::{Connection, Edge, whole};
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::types::{Programme, Source, Viewer};
use crate::graphql::{asking, limits};
use crate::model::NodeId;
use crate::snapshot::page::{Key, KeyValue};
use async_graphql::{Context, Object, Result};

#[derive(Default)]
pub struct About;

#[Object]
impl About {
    /// The programme at a glance: how much of what is in the graph today.
    async fn programme(&self, ctx: &Context<'_>) -> Result<Programme> {
        Ok(Programme(asking(ctx)?.programme()))
    }

    /// The data sets and files that facts in the graph come from, with their licences. A PARTNER sees the published ones.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<Connection<Source>> {
        let (after, first) = PageArguments::forward(first, after).after_and_size(limits(ctx)?)?;
        let after = after
            .map(|key| match key.value {
                Some(KeyValue::Text(name)) => Ok(name),
                _ => Err(paging::no_cursor("after")),
            })
            .transpose()?;
        let (sources, has_next, total) = asking(ctx)?.sources(after.as_deref(), first);
        let edge = |source: crate::model::Source| {
            let key = Key { value: Some(KeyValue::Text(source.name.clone())), id: NodeId::known("") };
            Edge { cursor: paging::cursor(&key), node: Source(source) }
        };
        Ok(Connection {
            edges: sources.into_iter().map(edge).collect(),
            has_previous: after.is_some(),
            has_next,
            total: Some(total),
            redactions: Vec::new(),
        })
    }

    /// How often the graph has changed so far: the revision that this request reads. Give it as `expectedRevision` when
    /// you change what you have read.
    async fn revision(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(whole(asking(ctx)?.revision().0))
    }

    /// What the server takes you for, and what that lets you see.
    async fn me(&self, ctx: &Context<'_>) -> Result<Viewer> {
        Ok(Viewer(asking(ctx)?.viewer()))
    }
}

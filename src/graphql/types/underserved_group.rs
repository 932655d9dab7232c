//! Under-served groups.

use super::{Area, Individual, Organisation};
use crate::graphql::common::Common;
use crate::graphql::connection::Connection;
use crate::graphql::enums::GroupKind;
use crate::graphql::interfaces::{Shown as _, Stakeholder, node_type};
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::relations::{Relations, connections};
use crate::graphql::{asking, limits};
use async_graphql::{Context, Object, Result};

node_type!(UnderservedGroup of UnderservedGroup: GroupFacts);

/// A group that services and research keep missing: people, or general practices. The fault is not the group's.
/// Others say "harder to reach" or "seldom heard".
#[Object]
impl UnderservedGroup {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// Whether it is a group of people or of general practices.
    fn kind(&self) -> GroupKind {
        self.facts.kind.into()
    }

    /// The list that names it, such as CORE20PLUS5 (the NHS's list of those it serves least well).
    fn framework(&self) -> Option<&str> {
        self.facts.framework.as_deref()
    }

    /// Its heading in that list.
    fn category(&self) -> Option<&str> {
        self.facts.category.as_deref()
    }

    /// Where the group lives, if it is a local one. Whoever serves it has to be at work there.
    async fn area(&self, ctx: &Context<'_>) -> Result<Option<Area>> {
        Ok(asking(ctx)?.area_of_group(&self.view.id).and_then(Area::of))
    }

    /// The wider groups that it belongs to.
    async fn parents(&self, ctx: &Context<'_>) -> Result<Vec<UnderservedGroup>> {
        Ok(asking(ctx)?.parents(&self.view.id).into_iter().filter_map(Self::of).collect())
    }

    /// The narrower groups that belong to it. Whoever serves one of them serves this group.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<Connection<UnderservedGroup>> {
        let limits = limits(ctx)?;
        let request = PageArguments::forward(first, after).request(limits)?;
        Ok(asking(ctx)?.children(&self.view.id, &request, limits.page_default)?.into())
    }

    /// The same people under another name, in other lists.
    async fn same_as(&self, ctx: &Context<'_>) -> Result<Vec<UnderservedGroup>> {
        Ok(asking(ctx)?.same_as(&self.view.id).into_iter().filter_map(Self::of).collect())
    }

    /// Which practices belong to a group of practices: the saved organisation filter, as JSON.
    fn members(&self) -> Option<String> {
        self.facts.members.as_ref().and_then(|filter| serde_json::to_string(filter).ok())
    }

    /// The practices that belong to a group of practices today. Empty for groups of people.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn practices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<Connection<Organisation>> {
        let limits = limits(ctx)?;
        let request = PageArguments::forward(first, after).request(limits)?;
        Ok(asking(ctx)?.practices(&self.view.id, &request, limits.page_default)?.into())
    }

    #[graphql(flatten)]
    async fn relations(&self) -> GroupRelations<'_> {
        GroupRelations(&self.view)
    }
}

connections!(GroupRelations {
    /// Whoever serves this very group. The edge's mode says in what way.
    served_by: Relations<Stakeholder> = In [Serves];
    /// The organisations among those who serve it.
    organisations: Relations<Organisation> = In [Serves];
    /// The people among those who serve it.
    people: Relations<Individual> = In [Serves];
    /// Groups that are like it.
    similar_to: Relations<UnderservedGroup> = Out [SimilarTo], In [SimilarTo];
});

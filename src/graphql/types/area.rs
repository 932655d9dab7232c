//! Areas.

use super::{Initiative, Organisation};
use crate::graphql::common::Common;
use crate::graphql::connection::{Connection, whole};
use crate::graphql::interfaces::{Shown as _, Stakeholder, node_type};
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::relations::{Relations, connections};
use crate::graphql::{asking, limits};
use async_graphql::{Context, Object, Result};

node_type!(Area of Area: AreaFacts);

/// A place with an official code: a nation, a council area, the area of an NHS body, a neighbourhood (LSOA or data zone).
#[Object]
impl Area {
    #[graphql(flatten)]
    async fn common(&self) -> Common<'_> {
        Common(&self.view)
    }

    /// The family of codes that its code is from, such as E08 (metropolitan districts) or E01-2021 (neighbourhoods of 2021).
    fn scheme(&self) -> Option<&str> {
        self.view.refs.first().map(crate::model::Ref::scheme)
    }

    /// Its code within that family, such as E08000012 for Liverpool.
    fn code(&self) -> Option<&str> {
        self.view.refs.first().map(crate::model::Ref::value)
    }

    /// The areas that it is directly within.
    async fn parents(&self, ctx: &Context<'_>) -> Result<Vec<Area>> {
        Ok(asking(ctx)?.parents(&self.view.id).into_iter().filter_map(Area::of).collect())
    }

    /// The areas directly within it.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn children(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<Connection<Area>> {
        let limits = limits(ctx)?;
        let request = PageArguments::forward(first, after).request(limits)?;
        Ok(asking(ctx)?.children(&self.view.id, &request, limits.page_default)?.into())
    }

    /// The organisations that are open today and have their place in it, or in an area within it.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<Connection<Organisation>> {
        let limits = limits(ctx)?;
        let request = PageArguments::forward(first, after).request(limits)?;
        Ok(asking(ctx)?.organisations_within(&self.view.id, &request, limits.page_default)?.into())
    }

    /// The tenth of the nation that it falls in by deprivation: 1 is the most deprived. Only for neighbourhoods.
    fn deprivation_decile(&self) -> Option<i32> {
        self.facts.deprivation_decile.map(i32::from)
    }

    /// Its rank in the nation by deprivation: 1 is the most deprived. Only for neighbourhoods.
    fn deprivation_rank(&self) -> Option<i32> {
        self.facts.deprivation_rank.map(whole)
    }

    /// Whether it is rural. Only for neighbourhoods.
    fn rural(&self) -> Option<bool> {
        self.facts.rural
    }

    /// How many neighbourhoods it holds. Only for larger areas.
    fn small_areas(&self) -> Option<i32> {
        self.facts.small_areas.map(whole)
    }

    /// How many of its neighbourhoods are among the nation's most deprived fifth. Only for larger areas.
    fn deprived_small_areas(&self) -> Option<i32> {
        self.facts.deprived_small_areas.map(whole)
    }

    /// How many of its neighbourhoods are rural. Only for larger areas.
    fn rural_small_areas(&self) -> Option<i32> {
        self.facts.rural_small_areas.map(whole)
    }

    #[graphql(flatten)]
    async fn relations(&self) -> AreaRelations<'_> {
        AreaRelations(&self.view)
    }
}

connections!(AreaRelations {
    /// Bodies and networks that have their place in this very area; `organisations` gives those within it as well.
    located_here: Relations<Stakeholder> = In [LocatedIn];
    /// Bodies, networks and people that work across it.
    covered_by: Relations<Stakeholder> = In [Covers];
    /// Projects and workstreams that have their place in it, or work across it.
    initiatives: Relations<Initiative> = In [LocatedIn, Covers];
    /// Areas that are like it.
    similar_to: Relations<Area> = Out [SimilarTo], In [SimilarTo];
});

//! The other lists: each shows what is live today, in the order of keys.

use crate::graphql::connection::Connection;
use crate::graphql::input::{
    AreaFilter, InitiativeFilter, NetworkFilter, PopulationSegmentFilter, SoftwareProductFilter,
    UnderservedGroupFilter, WorkingGroupFilter, short,
};
use crate::graphql::interfaces::Shown;
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::types::{
    Area, Initiative, Network, PopulationSegment, SoftwareProduct, UnderservedGroup, WorkingGroup,
};
use crate::graphql::{asking, limits};
use crate::snapshot::plain::PlainFilter;
use async_graphql::{Context, Object, Result};

#[derive(Default)]
pub struct MoreLists;

/// Lists of one type each, with the filter that narrows them.
macro_rules! lists {
    ($set:ident { $(
        $(#[doc = $words:literal])+
        $name:ident: $gives:ty, $filter:ty;
    )+ }) => {
        #[Object]
        impl $set { $(
            $(#[doc = $words])+
            #[graphql(complexity = "paging::weight(first, last, child_complexity)")]
            async fn $name(
                &self,
                ctx: &Context<'_>,
                #[graphql(desc = "Which ones.")] filter: Option<$filter>,
                #[graphql(desc = "How many to give, from the start.")] first: Option<i32>,
                #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
                #[graphql(desc = "How many to give, from the end. Not together with `first`.")] last: Option<i32>,
                #[graphql(desc = "End before this cursor of a later page.")] before: Option<String>,
            ) -> Result<Connection<$gives>> {
                list(ctx, filter, PageArguments { first, after, last, before })
            }
        )+ }
    };
}

lists!(MoreLists {
    /// Networks that are open today. The programme's own working groups have a list of theirs.
    networks: Network, NetworkFilter;
    /// The programme's working groups.
    working_groups: WorkingGroup, WorkingGroupFilter;
    /// Areas, from nations down to neighbourhoods.
    areas: Area, AreaFilter;
    /// The groups that services and research keep missing.
    underserved_groups: UnderservedGroup, UnderservedGroupFilter;
    /// Computer systems that practices and others use.
    software_products: SoftwareProduct, SoftwareProductFilter;
    /// Projects, workstreams and campaigns.
    initiatives: Initiative, InitiativeFilter;
    /// Slices of the population that the programme plans for.
    population_segments: PopulationSegment, PopulationSegmentFilter;
});

fn list<T: Shown, F: Into<PlainFilter>>(
    ctx: &Context<'_>,
    filter: Option<F>,
    page: PageArguments,
) -> Result<Connection<T>> {
    let (asking, limits) = (asking(ctx)?, limits(ctx)?);
    let filter = filter.map(Into::into).unwrap_or_default();
    let request = page.request(limits)?;
    short(filter.text.as_deref(), "text").map_err(|error| error.at(["filter"]))?;
    Ok(asking.of_types(T::TYPES, &filter, &request, limits.page_default)?.into())
}

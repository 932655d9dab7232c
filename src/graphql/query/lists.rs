//! Lists, counts and search over what is asked for most: organisations, people, names.

use crate::error::{AppError, ErrorCode};
use crate::graphql::connection::Connection;
use crate::graphql::enums::{NodeType, OrganisationDimension};
use crate::graphql::input::{IndividualFilter, OrganisationFilter, OrganisationOrder, short};
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::types::{Individual, Organisation, OrganisationStat, SearchConnection};
use crate::graphql::{asking, limits};
use crate::snapshot::page::KeyValue;
use async_graphql::{Context, Object, Result};

/// The most dimensions that one count combines.
const MOST_DIMENSIONS: usize = 4;
/// What a count of organisations weighs: it looks at all of them, and its rows are not known beforehand.
const STATS_WEIGHT: usize = 50;

#[derive(Default)]
pub struct Lists;

#[Object]
impl Lists {
    /// Finds things by name, alias, ref or number, best first. Slips of the keyboard are forgiven.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to look for.")] text: String,
        #[graphql(desc = "Only things of these types.")] types: Option<Vec<NodeType>>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<SearchConnection> {
        short(Some(&text), "text")?;
        let (after, first) = PageArguments::forward(first, after).after_and_size(limits(ctx)?)?;
        let after = after
            .map(|key| match key.value {
                Some(KeyValue::Number(score)) => Ok((u32::try_from(score).unwrap_or(0), key.id.as_str().to_owned())),
                _ => Err(paging::no_cursor("after")),
            })
            .transpose()?;
        let types: Vec<crate::model::NodeType> = types.unwrap_or_default().into_iter().map(Into::into).collect();
        let (hits, has_next, total) = asking(ctx)?.search(&text, &types, after.as_ref(), first);
        Ok(SearchConnection::new(hits, after.is_some(), has_next, total))
    }

    /// Organisations. Those that are open today, unless the filter says otherwise.
    #[graphql(complexity = "paging::weight(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "one for each argument of the field")]
    async fn organisations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<OrganisationFilter>,
        #[graphql(desc = "In what order.")] order_by: Option<OrganisationOrder>,
        #[graphql(desc = "How many to give, from the start.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
        #[graphql(desc = "How many to give, from the end. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor of a later page.")] before: Option<String>,
    ) -> Result<Connection<Organisation>> {
        let limits = limits(ctx)?;
        let filter = filter.unwrap_or_default().read().map_err(|error| error.at(["filter"]))?;
        let request = PageArguments { first, after, last, before }.request(limits)?;
        let order = order_by.map(Into::into);
        Ok(asking(ctx)?.organisations(&filter, order, &request, limits.page_default)?.into())
    }

    /// How many organisations there are, counted by one or more of their properties; the largest counts first.
    #[graphql(complexity = "STATS_WEIGHT.saturating_add(child_complexity)")]
    async fn organisation_stats(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<OrganisationFilter>,
        #[graphql(desc = "By what, at most four at a time. Empty: one count of all.")] group_by: Vec<
            OrganisationDimension,
        >,
    ) -> Result<Vec<OrganisationStat>> {
        let filter = filter.unwrap_or_default().read().map_err(|error| error.at(["filter"]))?;
        if group_by.len() > MOST_DIMENSIONS {
            let message = format!("groupBy takes at most {MOST_DIMENSIONS} dimensions");
            return Err(AppError::new(ErrorCode::LimitExceeded, message).at(["groupBy"]).into());
        }
        let by: Vec<_> = group_by.into_iter().map(Into::into).collect();
        let rows = asking(ctx)?.organisation_stats(&filter, &by)?;
        Ok(rows.into_iter().map(OrganisationStat).collect())
    }

    /// People. For partners they are nameless, and what the filter asks about them counts as not known.
    #[graphql(complexity = "paging::weight(first, last, child_complexity)")]
    async fn individuals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which ones.")] filter: Option<IndividualFilter>,
        #[graphql(desc = "How many to give, from the start.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
        #[graphql(desc = "How many to give, from the end. Not together with `first`.")] last: Option<i32>,
        #[graphql(desc = "End before this cursor of a later page.")] before: Option<String>,
    ) -> Result<Connection<Individual>> {
        let limits = limits(ctx)?;
        let filter = filter.unwrap_or_default().read().map_err(|error| error.at(["filter"]))?;
        let request = PageArguments { first, after, last, before }.request(limits)?;
        Ok(asking(ctx)?.individuals(&filter, &request, limits.page_default)?.into())
    }
}

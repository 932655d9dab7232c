//! Whom we are missing, and whom we depend on.

use crate::graphql::coverage::{Coverage, FragilityConnection, WhatIfLost};
use crate::graphql::input::{CoverageArguments, NodeRef, SourceInput};
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::scalars::Day;
use crate::graphql::{asking, limits};
use async_graphql::{Context, Object, Result};

/// What working coverage out weighs by itself, and losing one candidate after another.
const COVERAGE_WEIGHT: usize = 2_000;
const FRAGILITY_WEIGHT: usize = 4_000;

#[derive(Default)]
pub struct Coverages;

#[Object]
impl Coverages {
    /// Whom are we missing? For each under-served group and area how well we reach it, or why we do not: as a matrix, and
    /// as a list with the most urgent first.
    #[graphql(complexity = "COVERAGE_WEIGHT.saturating_add(child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "one for each argument of the field")]
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where paths may start: at least one.")] from: Vec<SourceInput>,
        #[graphql(desc = "The groups, one a row. Without it: every group that there is on the day, by name.")]
        groups: Option<Vec<NodeRef>>,
        #[graphql(desc = "The areas, one a column. Without it: one column that stands for anywhere.")] areas: Option<
            Vec<NodeRef>,
        >,
        #[graphql(desc = "The day to ask about. Consent is always judged as it stands today. Without it: today.")]
        as_of: Option<Day>,
        #[graphql(desc = "An earlier day to compare with: what was different then, if anything.")] since: Option<Day>,
        #[graphql(desc = "The most steps that a path may take, from 1 to 8.", default_with = "Some(5)")]
        max_hops: Option<i32>,
        #[graphql(desc = "Walk links that were only guessed as well.", default_with = "Some(false)")]
        include_inferred: Option<bool>,
        #[graphql(
            desc = "Walk through people who were not asked yet as well. For the team.",
            default_with = "Some(false)"
        )]
        include_unasked: Option<bool>,
    ) -> Result<Coverage> {
        let arguments =
            CoverageArguments { from, groups, areas, as_of, since, max_hops, include_inferred, include_unasked };
        Ok(Coverage(asking(ctx)?.coverage(arguments.read()?).await?))
    }

    /// What if we lost this person or body? How much of the coverage goes with them, by group.
    #[graphql(complexity = "COVERAGE_WEIGHT.saturating_add(child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "one for each argument of the field")]
    async fn what_if_lost(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person, organisation, network, working group or initiative.")] node: NodeRef,
        #[graphql(desc = "Where paths may start. Without it: any member of the engagement team.")] from: Option<
            Vec<SourceInput>,
        >,
        #[graphql(desc = "The groups to look at. Without it: every group that there is on the day.")] groups: Option<
            Vec<NodeRef>,
        >,
        #[graphql(desc = "The areas to look at, each by itself. Without it: anywhere.")] areas: Option<Vec<NodeRef>>,
        #[graphql(desc = "The day to ask about. Without it: today.")] as_of: Option<Day>,
        #[graphql(desc = "The most steps that a path may take, from 1 to 8.", default_with = "Some(5)")]
        max_hops: Option<i32>,
        #[graphql(desc = "Walk links that were only guessed as well.", default_with = "Some(false)")]
        include_inferred: Option<bool>,
        #[graphql(
            desc = "Walk through people who were not asked yet as well. For the team.",
            default_with = "Some(false)"
        )]
        include_unasked: Option<bool>,
    ) -> Result<WhatIfLost> {
        let from = from.unwrap_or_else(|| vec![SourceInput::Team(true)]);
        let since = None;
        let arguments =
            CoverageArguments { from, groups, areas, as_of, since, max_hops, include_inferred, include_unasked };
        Ok(WhatIfLost(asking(ctx)?.what_if_lost(arguments.read()?, node.into()).await?))
    }

    /// Whom do we depend on? The people and bodies on the likeliest paths with whom most coverage would be lost: the most
    /// cells first, then the most probability. For partners bodies only.
    #[graphql(complexity = "paging::weight(first, None, child_complexity).saturating_add(FRAGILITY_WEIGHT)")]
    #[expect(clippy::too_many_arguments, reason = "one for each argument of the field")]
    async fn fragility(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where paths may start: at least one.")] from: Vec<SourceInput>,
        #[graphql(desc = "The groups to look at. Without it: every group that there is on the day.")] groups: Option<
            Vec<NodeRef>,
        >,
        #[graphql(desc = "The areas to look at, each by itself. Without it: anywhere.")] areas: Option<Vec<NodeRef>>,
        #[graphql(desc = "The day to ask about. Without it: today.")] as_of: Option<Day>,
        #[graphql(desc = "The most steps that a path may take, from 1 to 8.", default_with = "Some(5)")]
        max_hops: Option<i32>,
        #[graphql(desc = "Walk links that were only guessed as well.", default_with = "Some(false)")]
        include_inferred: Option<bool>,
        #[graphql(
            desc = "Walk through people who were not asked yet as well. For the team.",
            default_with = "Some(false)"
        )]
        include_unasked: Option<bool>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<FragilityConnection> {
        let (after, first) = PageArguments::forward(first, after).after_and_size(limits(ctx)?)?;
        let since = None;
        let arguments =
            CoverageArguments { from, groups, areas, as_of, since, max_hops, include_inferred, include_unasked };
        let found = asking(ctx)?.fragility(arguments.read()?).await?;
        Ok(FragilityConnection::new(found, after.as_ref(), first))
    }
}

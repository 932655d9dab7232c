//! The main question.

use crate::graphql::asking;
use crate::graphql::input::OutreachQuestionInput;
use crate::graphql::outreach::OutreachAnswer;
use async_graphql::{Context, Object, Result};

/// What a search weighs by itself: far more than reading a field.
const SEARCH_WEIGHT: usize = 1_000;

#[derive(Default)]
pub struct Paths;

#[Object]
impl Paths {
    /// Who can take us there? The likeliest ways to a group, to organisations or to people, step by step, each with how
    /// likely it is to work, why we think so, and whom to ask for what. Where there is none, why not.
    #[graphql(complexity = "weight(k, child_complexity)")]
    async fn outreach_paths(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From where, to where, and on what conditions.")] question: OutreachQuestionInput,
        #[graphql(desc = "How many paths to give, best first.", default_with = "Some(5)")] k: Option<i32>,
    ) -> Result<OutreachAnswer> {
        let (mut question, deadline) = question.read(k).map_err(|error| error.at(["question"]))?;
        question.count_withheld = ctx.look_ahead().field("withheld").exists();
        Ok(OutreachAnswer(asking(ctx)?.outreach(question, deadline).await?))
    }
}

fn weight(k: Option<i32>, path: usize) -> usize {
    let paths = usize::try_from(k.unwrap_or(5)).unwrap_or(0).max(1);
    paths.saturating_mul(path).saturating_add(SEARCH_WEIGHT)
}

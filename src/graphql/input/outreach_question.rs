//! The main question.

use super::{NodeRef, OutreachTargetInput, SourceInput, ViaInput, few};
use crate::error::AppError;
use crate::graphql::enums::{HopClass, ServeMode};
use crate::graphql::scalars::Day;
use crate::model;
use crate::outreach::Question;
use async_graphql::InputObject;
use std::time::Duration;

/// Who can take us there? An empty list counts as not given, except for `from`.
#[derive(InputObject, Debug, Clone)]
pub struct OutreachQuestionInput {
    /// Where a path may start: at least one.
    from: Vec<SourceInput>,
    /// Where it is to end.
    to: OutreachTargetInput,
    /// The most steps that a path may take, from 1 to 8.
    #[graphql(default_with = "Some(5)")]
    max_hops: Option<i32>,
    /// The day to ask about: what was known to hold then. Consent is always judged as it stands today. Without it: today.
    as_of: Option<Day>,
    /// Only through somebody who serves the group at work in one of these areas. Needs a group as target.
    areas: Option<Vec<NodeRef>>,
    /// Through none of these.
    avoid: Option<Vec<NodeRef>>,
    /// Only over steps of these classes. The last step, TRUST, is always allowed.
    allow: Option<Vec<HopClass>>,
    /// Only with somebody who serves the group in one of these ways.
    serve_modes: Option<Vec<ServeMode>>,
    /// Only through somebody like this. With several, through one of them.
    via: Option<ViaInput>,
    /// The most steps that may be structural, such as from a practice to its commissioner; from 0 to 8.
    max_structural_hops: Option<i32>,
    /// Only paths at least this likely to work; above 0, at most 1.
    min_probability: Option<f64>,
    /// Paths that differ: of whoever stands between its two ends, each path shares at most this part with any path shown
    /// before it, from 0 (nobody) to 1 (everybody). Up to 10,000 paths are read for them.
    diversity: Option<f64>,
    /// Walk links that were only guessed as well.
    #[graphql(default_with = "Some(false)")]
    include_inferred: Option<bool>,
    /// Walk through people who were not asked yet as well. For the team.
    #[graphql(default_with = "Some(false)")]
    include_unasked: Option<bool>,
    /// Show paths that only add a stop to a better one as well.
    #[graphql(default_with = "Some(false)")]
    include_detours: Option<bool>,
    /// How long the search may take, in milliseconds. What is found by then is given, with `searchLimit`.
    deadline_ms: Option<i32>,
}

impl OutreachQuestionInput {
    /// The question as `app` takes it, and how long it may take. The engine judges how many and how far.
    pub fn read(self, k: Option<i32>) -> Result<(Question, Option<Duration>), AppError> {
        few(&self.from, "from")?;
        let from = self
            .from
            .into_iter()
            .enumerate()
            .map(|(place, source)| source.read().map_err(|error| error.at(["from".to_owned(), place.to_string()])));
        let mut question =
            Question::new(from.collect::<Result<_, _>>()?, self.to.read().map_err(|error| error.at(["to"]))?);
        question.k = at_least_none(k.unwrap_or(5));
        question.max_hops = at_least_none(self.max_hops.unwrap_or(5));
        question.as_of = self.as_of.map(|day| day.0);
        question.areas = names(self.areas, "areas")?;
        question.avoid = names(self.avoid, "avoid")?;
        question.allow = self.allow.unwrap_or_default().into_iter().map(Into::into).collect();
        question.serve_modes = self.serve_modes.unwrap_or_default().into_iter().map(Into::into).collect();
        question.via = self.via.map(ViaInput::read).transpose().map_err(|error| error.at(["via"]))?.unwrap_or_default();
        question.max_structural_hops = self.max_structural_hops.map(too_many_if_below_none);
        question.min_probability = self.min_probability;
        question.diversity = self.diversity;
        question.include_inferred = self.include_inferred.unwrap_or(false);
        question.include_unasked = self.include_unasked.unwrap_or(false);
        question.include_detours = self.include_detours.unwrap_or(false);
        Ok((question, deadline(self.deadline_ms)?))
    }
}

/// Below nought is as much out of range as nought.
fn at_least_none(number: i32) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// Nought is in range here, so below it is as much out of range as far above.
fn too_many_if_below_none(number: i32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn names(list: Option<Vec<NodeRef>>, argument: &str) -> Result<Vec<model::NodeRef>, AppError> {
    let list = list.unwrap_or_default();
    few(&list, argument)?;
    Ok(list.into_iter().map(Into::into).collect())
}

fn deadline(millis: Option<i32>) -> Result<Option<Duration>, AppError> {
    let Some(millis) = millis else { return Ok(None) };
    match u64::try_from(millis) {
        Ok(millis) if millis > 0 => Ok(Some(Duration::from_millis(millis))),
        _ => Err(AppError::invalid_argument(format!("deadlineMs is a time in milliseconds, above 0, not {millis}"))
            .at(["deadlineMs"])),
    }
}

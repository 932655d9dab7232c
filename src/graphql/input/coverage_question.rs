//! The arguments that the questions about coverage have in common.

use super::{NodeRef, SourceInput, few};
use crate::error::AppError;
use crate::graphql::scalars::Day;
use crate::model;
use crate::outreach::CoverageQuestion;

/// As the client wrote them. Not an input type: they are arguments of the fields themselves.
#[derive(Debug, Default)]
pub struct CoverageArguments {
    pub from: Vec<SourceInput>,
    pub groups: Option<Vec<NodeRef>>,
    pub areas: Option<Vec<NodeRef>>,
    pub as_of: Option<Day>,
    pub since: Option<Day>,
    pub max_hops: Option<i32>,
    pub include_inferred: Option<bool>,
    pub include_unasked: Option<bool>,
}

impl CoverageArguments {
    pub fn read(self) -> Result<CoverageQuestion, AppError> {
        few(&self.from, "from")?;
        let sources = self
            .from
            .into_iter()
            .enumerate()
            .map(|(place, source)| source.read().map_err(|error| error.at(["from".to_owned(), place.to_string()])));
        let names = |list: Option<Vec<NodeRef>>, argument| -> Result<Vec<model::NodeRef>, AppError> {
            let list = list.unwrap_or_default();
            few(&list, argument)?;
            Ok(list.into_iter().map(Into::into).collect())
        };
        let mut question = CoverageQuestion::new(sources.collect::<Result<_, _>>()?);
        question.groups = names(self.groups, "groups")?;
        question.areas = names(self.areas, "areas")?;
        question.as_of = self.as_of.map(|day| day.0);
        question.since = self.since.map(|day| day.0);
        // The engine says how many there may be; fewer than none is as wrong as none.
        question.max_hops = usize::try_from(self.max_hops.unwrap_or(5)).unwrap_or(0);
        question.include_inferred = self.include_inferred.unwrap_or(false);
        question.include_unasked = self.include_unasked.unwrap_or(false);
        Ok(question)
    }
}

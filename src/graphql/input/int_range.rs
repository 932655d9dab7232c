//! Ranges of whole numbers.

use crate::model;
use async_graphql::InputObject;

/// Whole numbers between two ends, both included. An end that is left out is open.
#[derive(InputObject, Debug, Clone, Copy)]
pub struct IntRange {
    /// At least this.
    min: Option<i32>,
    /// At most this.
    max: Option<i32>,
}

impl From<IntRange> for model::IntRange {
    fn from(range: IntRange) -> Self {
        Self { min: range.min.map(Into::into), max: range.max.map(Into::into) }
    }
}

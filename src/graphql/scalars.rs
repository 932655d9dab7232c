//! Days, instants and values of any shape as the API reads and writes them.

use crate::model::{Date, parse_day};
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        day.0
    }
}

/// A day in the Europe/London calendar, written as in 2026-04-01 (ISO 8601).
#[Scalar(name = "Date")]
impl ScalarType for Day {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => parse_day(text).map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if parse_day(text).is_ok())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// An instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub jiff::Timestamp);

/// A moment in time with its offset, written as in 2026-04-01T09:30:00Z (ISO 8601, RFC 3339).
#[Scalar(name = "DateTime")]
impl ScalarType for Moment {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => text.parse().map(Self).map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::String(text) if text.parse::<jiff::Timestamp>().is_ok())
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A value of any shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Json(pub serde_json::Value);

/// A value of any shape, as JSON: a text, a number, true or false, a list, an object.
#[Scalar(name = "JSON")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        Ok(Self(value.into_json()?))
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

//! Values on their way to the server and back. Rows come back as JSON, with days and moments turned into text by the
//! statement that reads them, so that nothing rests on the driver's own types for those. Used by this adapter alone.

use super::trouble::Trouble;
use crate::model::{NodeId, Revision};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::str::FromStr;

/// The server's integers are signed; a revision stays far below where that matters.
pub fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub fn limit(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A day or moment as the model reads it: Neo4j writes years before 0000 with four digits, ISO 8601 with six.
pub fn moment(text: String) -> String {
    match text.strip_prefix('-') {
        Some(rest) if rest.find('-') == Some(4) => format!("-00{rest}"),
        _ => text,
    }
}

/// One row of an answer, by the names of its columns. A column that is null is as good as absent.
#[derive(Debug)]
pub struct Row(Map<String, Value>);

impl Row {
    pub fn of(row: &neo4rs::Row) -> Result<Self, Trouble> {
        row.to_strict().map(Self).map_err(|_| Trouble::unreadable("a row"))
    }

    pub fn get<T: DeserializeOwned>(&mut self, column: &'static str) -> Result<T, Trouble> {
        // The parser's own message would quote the value, and it may be personal.
        let value = self.0.remove(column).unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|_| Trouble::unreadable(column))
    }

    pub fn map(&mut self, column: &'static str) -> Result<Map<String, Value>, Trouble> {
        match self.0.remove(column) {
            Some(Value::Object(mut fields)) => {
                fields.retain(|_, value| !value.is_null());
                Ok(fields)
            }
            _ => Err(Trouble::unreadable(column)),
        }
    }

    pub fn text(&mut self, column: &'static str) -> Result<String, Trouble> {
        self.get(column)
    }

    /// A word of a closed set, a day, a moment: whatever is written the way it is parsed.
    pub fn word<T: FromStr>(&mut self, column: &'static str) -> Result<T, Trouble> {
        self.word_if(column)?.ok_or_else(|| Trouble::unreadable(column))
    }

    pub fn word_if<T: FromStr>(&mut self, column: &'static str) -> Result<Option<T>, Trouble> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| moment(text).parse().map_err(|_| Trouble::unreadable(column))).transpose()
    }

    /// Text that holds JSON.
    pub fn json_if<T: DeserializeOwned>(&mut self, column: &'static str) -> Result<Option<T>, Trouble> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| Trouble::unreadable(column))).transpose()
    }

    pub fn node(&mut self, column: &'static str) -> Result<NodeId, Trouble> {
        self.text(column).map(NodeId::known)
    }

    pub fn revision(&mut self, column: &'static str) -> Result<Revision, Trouble> {
        self.get(column).map(Revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_before_the_first_are_read_back() {
        for text in ["-009999-12-31", "-000001-02-03", "0000-01-01", "2026-04-01", "9999-12-31"] {
            let date: crate::model::Date = text.parse().unwrap();
            let neo4j = text.replacen("-00", "-", usize::from(text.starts_with('-')));
            assert_eq!(moment(neo4j).parse::<crate::model::Date>().unwrap(), date, "{text}");
        }
    }
}

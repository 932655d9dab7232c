//! How values stand in columns: reading a row's cells in the order they were selected, and writing what SQLite has
//! no type for. Used by this adapter alone. An unreadable cell is reported by its place, never by what it holds.

use crate::model::{NodeId, Revision};
use rusqlite::Row;
use rusqlite::types::{FromSql, Type};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A row read from left to right.
pub struct Cells<'row, 'statement> {
    row: &'row Row<'statement>,
    next: usize,
}

impl<'row, 'statement> Cells<'row, 'statement> {
    pub fn of(row: &'row Row<'statement>) -> Self {
        Self { row, next: 0 }
    }

    pub fn get<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let place = self.step();
        self.row.get(place)
    }

    pub fn skip(&mut self) {
        self.step();
    }

    pub fn text(&mut self) -> rusqlite::Result<&'row str> {
        let place = self.step();
        Ok(self.row.get_ref(place)?.as_str()?)
    }

    /// A word of a closed set, a day, a timestamp: whatever is written the way it is parsed.
    pub fn word<T: FromStr>(&mut self) -> rusqlite::Result<T> {
        self.word_if()?.ok_or_else(|| self.unreadable::<T>())
    }

    pub fn word_if<T: FromStr>(&mut self) -> rusqlite::Result<Option<T>> {
        self.text_if()?.map(|text| text.parse().map_err(|_| self.unreadable::<T>())).transpose()
    }

    pub fn json<T: DeserializeOwned>(&mut self) -> rusqlite::Result<T> {
        self.json_if()?.ok_or_else(|| self.unreadable::<T>())
    }

    pub fn json_if<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Option<T>> {
        self.text_if()?.map(|text| serde_json::from_str(text).map_err(|_| self.unreadable::<T>())).transpose()
    }

    /// A list, NULL when empty.
    pub fn list<T: DeserializeOwned>(&mut self) -> rusqlite::Result<Vec<T>> {
        Ok(self.json_if()?.unwrap_or_default())
    }

    pub fn node(&mut self) -> rusqlite::Result<NodeId> {
        self.text().map(NodeId::known)
    }

    pub fn node_if(&mut self) -> rusqlite::Result<Option<NodeId>> {
        Ok(self.text_if()?.map(NodeId::known))
    }

    pub fn revision(&mut self) -> rusqlite::Result<Revision> {
        self.count().map(Revision)
    }

    pub fn count(&mut self) -> rusqlite::Result<u64> {
        let number: i64 = self.get()?;
        u64::try_from(number).map_err(|_| self.unreadable::<u64>())
    }

    fn text_if(&mut self) -> rusqlite::Result<Option<&'row str>> {
        let place = self.step();
        Ok(self.row.get_ref(place)?.as_str_or_null()?)
    }

    fn step(&mut self) -> usize {
        let place = self.next;
        self.next += 1;
        place
    }

    /// The cell last read is not a `T`. The parser's own message would quote it, and it may be personal.
    pub fn unreadable<T>(&self) -> rusqlite::Error {
        let name = std::any::type_name::<T>();
        rusqlite::Error::FromSqlConversionFailure(self.next - 1, Type::Text, format!("not a {name}").into())
    }
}

/// SQLite's integers are signed; a revision stays far below where that matters.
pub fn integer(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub fn written<T: ToString>(value: Option<T>) -> Option<String> {
    value.map(|value| value.to_string())
}

pub fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| unreachable!("the model's types serialise"))
}

/// A list as it stands in its column: NULL when empty.
pub fn list<T: Serialize>(values: &[T]) -> Option<String> {
    (!values.is_empty()).then(|| json(&values))
}

//! Times in which somebody is to be left alone.

use crate::graphql::scalars::Day;
use crate::model;
use async_graphql::Object;

#[derive(Debug, Clone)]
pub struct DoNotApproach(pub model::DoNotApproach);

/// A time in which nobody is to approach somebody: a practice changing its clinical system, a person in hospital.
#[Object]
impl DoNotApproach {
    /// The first day of it. Null: it holds already.
    fn from(&self) -> Option<Day> {
        self.0.from.map(Day)
    }

    /// The first day on which approaching is fine again.
    fn until(&self) -> Day {
        Day(self.0.until)
    }

    /// Why.
    fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }
}

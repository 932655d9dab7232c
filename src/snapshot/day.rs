//! Days as numbers, so that judging a date is one comparison.

use crate::model::{Date, Validity};
use jiff::civil::date;

const EPOCH: Date = date(1970, 1, 1);

/// Days since 1970-01-01; the two extremes stand for "open".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    pub const ALWAYS: Self = Self(i32::MIN);
    pub const NEVER: Self = Self(i32::MAX);

    /// First day and first day after, open ends included.
    pub fn span(validity: Validity) -> (Self, Self) {
        (validity.from.map_or(Self::ALWAYS, Self::from), validity.to.map_or(Self::NEVER, Self::from))
    }

    pub fn date(self) -> Date {
        EPOCH.saturating_add(jiff::Span::new().days(self.0.clamp(-4_000_000, 2_000_000)))
    }

    /// Whether it is a day, and no open end.
    pub fn is_known(self) -> bool {
        self != Self::ALWAYS && self != Self::NEVER
    }

    /// `None` for an open end.
    pub fn known(self) -> Option<Date> {
        self.is_known().then(|| self.date())
    }

    /// The day before; `None` for an open end.
    pub fn before(self) -> Option<Self> {
        self.is_known().then(|| Self(self.0 - 1))
    }

    /// Whole days from an earlier day to this one, at least 0.
    pub fn days_since(self, earlier: Self) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let days = date.duration_since(EPOCH).as_hours() / 24;
        Self(i32::try_from(days).unwrap_or(i32::MAX - 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_date_agree() {
        for day in [date(1948, 7, 5), date(1969, 12, 31), date(1970, 1, 1), date(2024, 2, 29), date(2026, 4, 1)] {
            assert_eq!(Day::from(day).date(), day);
        }
        assert_eq!(Day::from(date(2024, 3, 1)).days_since(Day::from(date(2024, 2, 28))), 2);
        assert_eq!(Day::from(date(2024, 2, 28)).days_since(Day::from(date(2024, 3, 1))), 0);
    }
}

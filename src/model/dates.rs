//! Days and the spans things are valid for. Days are Europe/London days; ends are exclusive.

use super::Invalid;
pub use jiff::civil::Date;

/// The days on which something held: from the first day, up to but not on `to`. Open where absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Validity {
    #[serde(rename = "validFrom", skip_serializing_if = "Option::is_none", default)]
    pub from: Option<Date>,
    #[serde(rename = "validTo", skip_serializing_if = "Option::is_none", default)]
    pub to: Option<Date>,
}

impl Validity {
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// Refuses a span that ends on or before the day it starts.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Result<Self, Invalid> {
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            return Err(Invalid::new(format!("its end, {to}, is not after its first day, {from}")));
        }
        Ok(Self { from, to })
    }

    /// Design section 3, *Live*: `validFrom ≤ day < validTo`.
    pub fn live_at(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    /// Whether it had ended by that day.
    pub fn ended_by(&self, day: Date) -> bool {
        self.to.is_some_and(|to| to <= day)
    }
}

/// Reads an ISO 8601 day such as `2026-04-01`, and nothing looser.
pub fn parse_day(text: &str) -> Result<Date, Invalid> {
    let strict = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    text.parse()
        .ok()
        .filter(|_| strict)
        .ok_or_else(|| Invalid::new(format!("`{text}` is not a day; write it as in 2026-04-01")))
}

/// Today and now, passed in wherever they matter so that tests can choose them.
pub trait Clock: Send + Sync {
    fn today(&self) -> Date;
    fn now(&self) -> jiff::Timestamp;
}

/// The clock on the wall, with days as Europe/London counts them.
pub struct LondonClock;

impl Clock for LondonClock {
    fn today(&self) -> Date {
        let now = jiff::Timestamp::now();
        now.in_tz("Europe/London").map_or_else(|_| now.to_zoned(jiff::tz::TimeZone::UTC).date(), |zoned| zoned.date())
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_holds_on_its_first_day_and_not_on_its_end() {
        let span =
            Validity::new(Some(parse_day("2026-01-01").unwrap()), Some(parse_day("2026-02-01").unwrap())).unwrap();
        assert!(!span.live_at(parse_day("2025-12-31").unwrap()));
        assert!(span.live_at(parse_day("2026-01-01").unwrap()));
        assert!(span.live_at(parse_day("2026-01-31").unwrap()));
        assert!(!span.live_at(parse_day("2026-02-01").unwrap()));
    }

    #[test]
    fn only_iso_days_are_days() {
        for bad in ["2026-4-1", "20260401", "01/04/2026", "2026-02-30", "", "2026-04-01T00:00"] {
            assert!(parse_day(bad).is_err(), "{bad}");
        }
    }
}

//! The parts of the 360Giving standard that we read, forgiving in what other publishers leave out or write otherwise.

use super::Objection;
use crate::model::{Date, Invalid, parse_day};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

pub(super) struct Grant {
    pub id: String,
    pub awarded: Option<Date>,
    pub started: Option<Date>,
    pub ended: Option<Date>,
    /// In words, such as `15000 GBP`.
    pub amount: Option<String>,
    pub funders: Vec<Organisation>,
    pub recipients: Vec<Organisation>,
    pub locations: Vec<Location>,
    pub to_a_person: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organisation {
    pub id: String,
    pub name: String,
    #[serde(default, deserialize_with = "words")]
    pub charity_number: Option<String>,
    #[serde(default, deserialize_with = "words")]
    pub company_number: Option<String>,
    #[serde(default, rename = "postalCode", deserialize_with = "words")]
    pub postcode: Option<String>,
    #[serde(default, deserialize_with = "words")]
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Location {
    #[serde(default, rename = "geoCode", deserialize_with = "words")]
    pub code: Option<String>,
    #[serde(default, deserialize_with = "words")]
    name: Option<String>,
}

impl Location {
    pub fn shown(&self) -> String {
        self.code.clone().or_else(|| self.name.clone()).unwrap_or_default()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawGrant {
    id: String,
    #[serde(default)]
    award_date: Option<String>,
    #[serde(default)]
    planned_dates: Vec<PlannedDates>,
    #[serde(default, deserialize_with = "words")]
    amount_awarded: Option<String>,
    #[serde(default, deserialize_with = "words")]
    currency: Option<String>,
    #[serde(default)]
    funding_organization: Vec<Organisation>,
    #[serde(default)]
    recipient_organization: Vec<Organisation>,
    #[serde(default)]
    recipient_individual: Value,
    #[serde(default)]
    beneficiary_location: Vec<Location>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PlannedDates {
    #[serde(default)]
    start_date: Option<String>,
    #[serde(default)]
    end_date: Option<String>,
}

/// The grants of a package, each still to be read.
pub(super) fn grants_of(bytes: &[u8]) -> Result<Vec<Value>, String> {
    #[derive(Deserialize)]
    struct Package {
        grants: Vec<Value>,
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err("the file is empty".to_owned());
    }
    serde_json::from_slice(bytes)
        .map(|Package { grants }| grants)
        .map_err(|error| format!("not a package of grants in the 360Giving standard: {error}"))
}

impl Grant {
    pub fn read(value: Value) -> Result<Self, Objection> {
        let raw = RawGrant::deserialize(value).map_err(|error| ("grant", Invalid::new(error.to_string())))?;
        let dates = raw.planned_dates.first();
        let day = |field, text: Option<&String>| {
            text.map(|text| day_of(text)).transpose().map_err(|invalid| (field, invalid))
        };
        if raw.id.trim().is_empty() {
            return Err(("id", Invalid::new("a grant needs an id")));
        }
        Ok(Self {
            id: raw.id,
            awarded: day("awardDate", raw.award_date.as_ref())?,
            started: day("plannedDates", dates.and_then(|dates| dates.start_date.as_ref()))?,
            ended: day("plannedDates", dates.and_then(|dates| dates.end_date.as_ref()))?,
            amount: raw
                .amount_awarded
                .filter(|amount| amount.parse::<f64>().is_ok_and(|amount| amount > 0.0))
                .map(|amount| [amount, raw.currency.unwrap_or_default()].join(" ").trim().to_owned()),
            funders: raw.funding_organization,
            recipients: raw.recipient_organization,
            locations: raw.beneficiary_location,
            to_a_person: !raw.recipient_individual.is_null(),
        })
    }
}

/// A day, or the London day of a moment.
fn day_of(text: &str) -> Result<Date, Invalid> {
    if !text.contains('T') {
        return parse_day(text);
    }
    let not_a_day = || Invalid::new(format!("`{text}` is not a date"));
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return moment.in_tz("Europe/London").map(|there| there.date()).map_err(|_| not_a_day());
    }
    text.parse::<jiff::civil::DateTime>().map(jiff::civil::DateTime::date).map_err(|_| not_a_day())
}

/// Text, also where a publisher wrote a number.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

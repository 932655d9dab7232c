//! What a person agreed to, and when somebody is to be left alone.

use super::{ConsentPurpose, ConsentStatus, Date};

/// A person's standing answer for one purpose: what the snapshot needs to judge a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Consent {
    pub status: ConsentStatus,
    /// The first day on which a granted consent no longer holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires_on: Option<Date>,
}

impl Consent {
    pub const NOT_ASKED: Self = Self { status: ConsentStatus::NotAsked, expires_on: None };

    /// How it stands on a day: a grant past its expiry is EXPIRED.
    pub fn on(self, today: Date) -> ConsentStatus {
        match (self.status, self.expires_on) {
            (ConsentStatus::Granted, Some(end)) if end <= today => ConsentStatus::Expired,
            (status, _) => status,
        }
    }
}

impl Default for Consent {
    fn default() -> Self {
        Self::NOT_ASKED
    }
}

/// How an answer came about (UK GDPR articles 6 and 7): kept with the person, out of the snapshot.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConsentRecord {
    pub purpose: ConsentPurpose,
    pub status: ConsentStatus,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lawful_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recorded_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires_on: Option<Date>,
}

/// A span in which nobody is to approach: a practice changing its clinical system, a person in hospital.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DoNotApproach {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<Date>,
    /// The first day on which approaching is fine again.
    pub until: Date,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reason: Option<String>,
}

impl DoNotApproach {
    pub fn holds_on(&self, today: Date) -> bool {
        self.from.is_none_or(|from| from <= today) && today < self.until
    }
}

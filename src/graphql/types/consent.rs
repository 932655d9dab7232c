//! A person's answer for one purpose.

use crate::graphql::enums::{ConsentPurpose, ConsentStatus};
use crate::graphql::scalars::Day;
use crate::model::{self, ConsentRecord, Date, IndividualFacts};
use async_graphql::SimpleObject;

/// What a person answered when asked whether we may do something, and how that came about.
#[derive(SimpleObject, Debug, Clone)]
pub struct Consent {
    /// What they were asked to agree to.
    purpose: ConsentPurpose,
    /// What they answered, as it stands today.
    status: ConsentStatus,
    /// The lawful basis (UK GDPR, article 6) on which we hold this.
    lawful_basis: Option<String>,
    /// The day on which the answer was recorded.
    recorded_on: Option<Day>,
    /// The first day on which the answer no longer holds.
    expires_on: Option<Day>,
}

impl Consent {
    /// One for each purpose: whoever was not asked has an answer too, which is that they were not asked. How the answer
    /// came about is told by the newest record that says the same.
    pub fn for_each_purpose(facts: &IndividualFacts, recorded: &[ConsentRecord], today: Date) -> Vec<Self> {
        let one = |purpose: &model::ConsentPurpose| {
            let standing = facts.consent(*purpose);
            let same = |record: &&ConsentRecord| record.purpose == *purpose && record.status == standing.status;
            let record = recorded.iter().filter(same).max_by_key(|record| record.recorded_on);
            Self {
                purpose: (*purpose).into(),
                status: standing.on(today).into(),
                lawful_basis: record.and_then(|record| record.lawful_basis.clone()),
                recorded_on: record.and_then(|record| record.recorded_on).map(Day),
                expires_on: standing.expires_on.map(Day),
            }
        };
        model::ConsentPurpose::ALL.iter().map(one).collect()
    }
}

//! What is said of people. What they agree to is `consent`'s business.

use super::common::{CommonFields, put_entries, said};
use super::faults::Faults;
use super::form::Form;
use crate::model::{Body, Details, IndividualFacts, NodeRecord, NodeType, Patch, RelationKind};

/// What somebody says of a person.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct IndividualFields {
    pub common: CommonFields,
    pub team: Patch<bool>,
    pub languages: Patch<Vec<String>>,
    pub lived_experience: Patch<Vec<String>>,
}

impl Form for IndividualFields {
    const NAMES: [&'static str; 2] = ["individualCreate", "individualUpdate"];
    const TYPES: &'static [NodeType] = &[NodeType::Individual];
    const ARGUMENT: &'static str = "individual";
    const AREA: RelationKind = RelationKind::Covers;

    fn common(&self) -> &CommonFields {
        &self.common
    }

    fn start(&self, _: &mut Faults) -> Option<Body> {
        Some(Body::Individual(IndividualFacts::default()))
    }

    fn own_onto(&self, record: &mut NodeRecord, faults: &mut Faults) {
        let NodeRecord { node, details: Details { languages, lived_experience, .. } } = record;
        put_entries(&self.languages, languages, "languages", faults);
        put_entries(&self.lived_experience, lived_experience, "livedExperience", faults);
        if let Body::Individual(facts) = &mut node.body {
            facts.team = said(self.team, facts.team);
        }
    }
}

//! Why we hold a relation to be true.

use super::{Redaction, redactions};
use crate::access::{self, EvidenceView, RedactionReason};
use crate::graphql::enums::EvidenceKind;
use crate::graphql::scalars::Day;
use async_graphql::Object;

#[derive(Debug, Clone)]
pub struct Evidence(pub EvidenceView);

/// Why we hold a relation to be true.
#[Object]
impl Evidence {
    /// How the fact is known.
    fn kind(&self) -> EvidenceKind {
        self.0.kind.into()
    }

    /// Who or what says so: a data set, a file, a meeting. Null where it may name a person and your role does not see people.
    fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// The day on which it was so, or was published.
    fn date(&self) -> Option<Day> {
        self.0.date.map(Day)
    }

    /// What is null here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        let kept_back = access::Redaction { field: "source", reason: RedactionReason::Personal };
        if self.0.source.is_none() { redactions(&[kept_back]) } else { Vec::new() }
    }
}

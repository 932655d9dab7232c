//! What was kept back, and why.

use crate::access;
use crate::graphql::enums::RedactionReason;
use async_graphql::SimpleObject;

/// A field that is null for a reason of policy.
#[derive(SimpleObject, Debug, Clone)]
pub struct Redaction {
    /// The name of the field.
    field: String,
    /// Why it is null.
    reason: RedactionReason,
}

pub fn redactions(kept_back: &[access::Redaction]) -> Vec<Redaction> {
    let shown = |one: &access::Redaction| Redaction { field: one.field.to_owned(), reason: one.reason.into() };
    kept_back.iter().map(shown).collect()
}

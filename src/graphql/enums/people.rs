//! Consent and evidence.

use async_graphql::Enum;

/// What a person was asked to agree to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::ConsentPurpose")]
pub enum ConsentPurpose {
    /// To be contacted by the team.
    Contact,
    /// To introduce the team to others.
    Introduce,
}

/// What a person answered, as it stands today.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::ConsentStatus")]
pub enum ConsentStatus {
    /// They agreed, and it still holds.
    Granted,
    /// Nobody has asked them yet.
    NotAsked,
    /// They said no.
    Refused,
    /// They agreed once and took it back.
    Withdrawn,
    /// They agreed once, for a time that is over.
    Expired,
}

/// How a fact is known, from the best.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::EvidenceKind")]
pub enum EvidenceKind {
    /// Somebody of the team knows it themselves.
    FirstHand,
    /// An official register says so, such as the NHS's own list of organisations.
    OfficialRegister,
    /// A document or web page says so.
    Documented,
    /// It came with imported data that nobody has checked.
    Imported,
    /// It was guessed, for instance from words in the description of a grant.
    Inferred,
}

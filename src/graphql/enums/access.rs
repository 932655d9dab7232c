//! Who is asking, and why something is kept back from them.

use async_graphql::Enum;

/// What you are to this server. Each role may do all that the ones before it may.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::access::Role")]
pub enum Role {
    /// Explores organisations and networks. People stay nameless, and small counts of people are kept back.
    Partner,
    /// The engagement team: sees people, their contact details and what they consented to.
    Team,
    /// Keeps consent and corrections, besides all that the team does.
    Steward,
}

/// Why a field is null.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::access::RedactionReason")]
pub enum RedactionReason {
    /// It is about a person, and your role does not see people.
    Personal,
    /// It would tell of fewer than five people.
    FewerThanFive,
    /// It would tell who was asked and what they said, which is for the team.
    TeamOnly,
}

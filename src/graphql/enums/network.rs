//! Kinds of networks, of groups, and of serving a group.

use async_graphql::Enum;

/// Whether a network has rules or just people who meet.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::Formality")]
pub enum Formality {
    /// It has terms of reference, a constitution or the like, and somebody who convenes it.
    Formal,
    /// People who meet or keep in touch. Often the warmer way in.
    Informal,
}

/// What an under-served group is made of.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::GroupKind")]
pub enum GroupKind {
    /// A group of people, such as people experiencing homelessness.
    Population,
    /// A group of general practices that research keeps missing, such as rural ones: a saved filter over organisations.
    Practice,
}

/// In what way a body or person serves an under-served group. The closer to the group, the likelier the trust.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::ServeMode")]
pub enum ServeMode {
    /// Run by members of the group themselves.
    PeerLed,
    /// Works with members of the group face to face: a clinic, a hostel, a drop-in.
    DirectService,
    /// Speaks up for the group.
    Advocacy,
    /// Serves the group as a faith community.
    Faith,
    /// Points members of the group to help elsewhere.
    Signposting,
}

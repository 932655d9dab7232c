//! What was done to a thing.

use async_graphql::Enum;

/// What a change did to a thing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::Happened")]
pub enum ChangeKind {
    /// It is new.
    Created,
    /// Some of its fields changed.
    Updated,
    /// It was taken out of the graph. Its history stays.
    Removed,
    /// A person was forgotten for good, or a relation went with them. No value of it is kept anywhere.
    Erased,
}

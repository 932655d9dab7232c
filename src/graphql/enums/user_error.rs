//! What can be wrong with what somebody wants to change.

use crate::error::ErrorCode;
use async_graphql::Enum;

/// What can be wrong with what you want to change.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserErrorCode {
    /// A value that cannot be, or is at odds with another.
    InvalidArgument,
    /// Nothing is known by this name, or nothing that you may see.
    NotFound,
    /// Several things are known by this name.
    Ambiguous,
    /// Your role may not do this.
    Forbidden,
    /// It is at odds with what is on record by now: read that again, then decide.
    Conflict,
    /// More than can be taken at a time.
    LimitExceeded,
    /// It counts on a revision that is not known here yet.
    Stale,
}

impl UserErrorCode {
    /// Codes that are about the server rather than the request do not come this way.
    pub fn of(code: ErrorCode) -> Self {
        match code {
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::Ambiguous => Self::Ambiguous,
            ErrorCode::Forbidden => Self::Forbidden,
            ErrorCode::Conflict => Self::Conflict,
            ErrorCode::LimitExceeded => Self::LimitExceeded,
            ErrorCode::Stale => Self::Stale,
            ErrorCode::InvalidArgument
            | ErrorCode::BadRequest
            | ErrorCode::Unavailable
            | ErrorCode::Timeout
            | ErrorCode::Internal
            | ErrorCode::PersistedQueryNotSupported => Self::InvalidArgument,
        }
    }
}

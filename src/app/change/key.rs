//! Idempotency keys: a wish that comes twice under one key is granted once. The log keeps digests, never the key.

use super::{Faults, Halt, Plan, faults::at};
use crate::access::Viewer;
use crate::error::{AppError, ErrorCode};
use crate::model::Revision;
use crate::model::ids::digest;
use crate::store::GraphStore;

/// The most characters of a key.
const LONGEST_KEY: usize = 200;

/// How a wish is known in the log.
pub enum Key {
    /// By a change set of its own each time.
    None,
    Given {
        change_set: String,
        /// What was asked for. The key is part of it, so that nobody can guess at personal values from the digest.
        request: String,
    },
}

impl Key {
    pub fn of<A: Plan>(action: &A, viewer: Viewer) -> Result<Self, Halt> {
        let Some(key) = action.key() else { return Ok(Self::None) };
        let mut faults = Faults::default();
        if key.is_empty() || key.chars().count() > LONGEST_KEY || key.chars().any(char::is_control) {
            faults.invalid(&at("idempotencyKey"), format!("a key has 1 to {LONGEST_KEY} printable characters"));
        }
        faults.settle()?;
        let asked = serde_json::to_string(action)
            .map_err(|error| AppError::internal("writing down what was asked for", error))?;
        Ok(Self::Given {
            change_set: format!("key:{}", digest(&[A::NAME, viewer.role.as_str(), key])),
            request: digest(&[A::NAME, key, &asked]),
        })
    }

    pub fn change_set(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Given { change_set, .. } => Some(change_set),
        }
    }

    pub fn request(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Given { request, .. } => Some(request),
        }
    }

    /// The revision that granted this wish before.
    pub async fn earlier(&self, store: &dyn GraphStore) -> Result<Option<Revision>, Halt> {
        let Some(change_set) = self.change_set() else { return Ok(None) };
        let Some(committed) = store.committed(change_set).await? else { return Ok(None) };
        self.same_request(committed.request.as_deref())?;
        Ok(Some(committed.revision))
    }

    /// Refuses a key that stood for another wish before.
    pub fn same_request(&self, committed: Option<&str>) -> Result<(), Halt> {
        if self.request() == committed {
            return Ok(());
        }
        let words = "this key was used for something else before: take a new one for each new wish";
        Err(AppError::new(ErrorCode::Conflict, words).at(["idempotencyKey"]).into())
    }
}

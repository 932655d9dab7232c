//! What is wrong with what somebody wants to change.

use crate::error;
use crate::graphql::enums::UserErrorCode;
use async_graphql::SimpleObject;

/// One thing that is wrong with what you sent. While there is any, nothing is changed.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// Where in the arguments: names, and places in lists from 0, such as `["input", "relations", "2", "from"]`.
    path: Vec<String>,
    /// What sort of trouble it is.
    code: UserErrorCode,
    /// What is wrong, in words.
    message: String,
    /// What to do instead, where there is more to say than the message does.
    hint: Option<String>,
}

impl UserError {
    /// Of an error in a mutation's `input`.
    pub fn of(error: error::UserError) -> Self {
        let path = std::iter::once("input".to_owned()).chain(error.path).collect();
        Self { path, code: UserErrorCode::of(error.code), message: error.message, hint: error.hint }
    }
}

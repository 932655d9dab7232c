//! Pages of lists: from the arguments that clients write to a keyset request, and back to cursors. Cursors are opaque
//! to clients: base64url of what the place in the list is known by.

use crate::config::Limits;
use crate::error::{AppError, ErrorCode};
use crate::snapshot::PageRequest;
use crate::snapshot::page::Key;
use async_graphql::connection::{CursorType as _, OpaqueCursor};

/// The size that a list without `first` or `last` is weighed with: what is known when a query is weighed does not
/// include the configuration.
const USUAL_SIZE: i32 = 20;

/// What a client wrote to get a page.
#[derive(Debug, Default)]
pub struct PageArguments {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
}

impl PageArguments {
    pub fn forward(first: Option<i32>, after: Option<String>) -> Self {
        Self { first, after, ..Self::default() }
    }

    pub fn request(self, limits: &Limits) -> Result<PageRequest, AppError> {
        Ok(PageRequest {
            first: size(self.first, limits, "first")?,
            after: place(self.after.as_deref(), "after")?,
            last: size(self.last, limits, "last")?,
            before: place(self.before.as_deref(), "before")?,
        })
    }

    /// For lists that are only read forwards: the place to start after, and how many.
    pub fn after_and_size(self, limits: &Limits) -> Result<(Option<Key>, usize), AppError> {
        let request = self.request(limits)?;
        Ok((request.after, request.first.unwrap_or(limits.page_default)))
    }
}

fn size(asked: Option<i32>, limits: &Limits, argument: &str) -> Result<Option<usize>, AppError> {
    let Some(asked) = asked else { return Ok(None) };
    let size = usize::try_from(asked).map_err(|_| {
        AppError::invalid_argument(format!("{argument} is how many to give, so not {asked}")).at([argument])
    })?;
    if size > limits.page_max {
        let message = format!("{argument} is at most {}, and {size} was asked for", limits.page_max);
        return Err(AppError::new(ErrorCode::LimitExceeded, message)
            .at([argument])
            .hint("read on with `after`, page by page"));
    }
    Ok(Some(size))
}

fn place(cursor: Option<&str>, argument: &str) -> Result<Option<Key>, AppError> {
    let Some(cursor) = cursor else { return Ok(None) };
    match OpaqueCursor::<Key>::decode_cursor(cursor) {
        Ok(OpaqueCursor(key)) => Ok(Some(key)),
        Err(_) => Err(no_cursor(argument)),
    }
}

pub fn no_cursor(argument: &str) -> AppError {
    AppError::invalid_argument("that is no cursor of this list")
        .at([argument])
        .hint("take one from `cursor` or `pageInfo` of a page of the same list")
}

pub fn cursor(key: &Key) -> String {
    OpaqueCursor(key.clone()).encode_cursor()
}

/// What a page weighs: what each entry weighs, times how many there may be.
pub fn weight(first: Option<i32>, last: Option<i32>, entry: usize) -> usize {
    let size = usize::try_from(first.or(last).unwrap_or(USUAL_SIZE)).unwrap_or(0).max(1);
    size.saturating_mul(entry).saturating_add(1)
}

//! What can go wrong, in two families: what a caller may read, under a closed list of codes, and what only the log
//! may hold. Everyone above the store may use it; it never knows GraphQL or HTTP, which give it their own shapes.

use crate::{model::Invalid, store::StoreError, telemetry::TraceId};
use std::error::Error as StdError;

/// The closed list of codes that clients may switch on. Names are a promise: extend, never rename.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The request itself is malformed: not JSON, not GraphQL, not valid against the schema.
    BadRequest,
    /// A well-formed request with an argument that cannot be.
    InvalidArgument,
    /// A thing named in the request does not exist, or not for this viewer.
    NotFound,
    /// A name in the request fits several things.
    Ambiguous,
    /// The viewer may not do this.
    Forbidden,
    /// The request asks for more than the limits allow.
    LimitExceeded,
    /// What is to be changed has changed meanwhile.
    Conflict,
    /// The revision asked for is not here yet.
    Stale,
    /// Not now; trying again may help.
    Unavailable,
    /// It took longer than allowed.
    Timeout,
    /// Our fault; the log knows more under the trace id.
    Internal,
    /// Send the whole query: none are kept by their hash.
    PersistedQueryNotSupported,
}

impl ErrorCode {
    pub const ALL: [Self; 12] = [
        Self::BadRequest,
        Self::InvalidArgument,
        Self::NotFound,
        Self::Ambiguous,
        Self::Forbidden,
        Self::LimitExceeded,
        Self::Conflict,
        Self::Stale,
        Self::Unavailable,
        Self::Timeout,
        Self::Internal,
        Self::PersistedQueryNotSupported,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::NotFound => "NOT_FOUND",
            Self::Ambiguous => "AMBIGUOUS",
            Self::Forbidden => "FORBIDDEN",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::Conflict => "CONFLICT",
            Self::Stale => "STALE",
            Self::Unavailable => "UNAVAILABLE",
            Self::Timeout => "TIMEOUT",
            Self::Internal => "INTERNAL",
            Self::PersistedQueryNotSupported => "PERSISTED_QUERY_NOT_SUPPORTED",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Safe to show: written for whoever asked.
    #[error(transparent)]
    User(UserError),
    /// Never shown. Neither the context nor any error below it may quote a personal value: both are logged.
    #[error("{context}")]
    Internal {
        context: String,
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
}

/// An error in words for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UserError {
    pub code: ErrorCode,
    pub message: String,
    /// Which argument is at fault, outermost first, such as `["question", "areas"]`; empty when none is.
    pub path: Vec<String>,
    /// What to do instead.
    pub hint: Option<String>,
}

/// An error as it leaves the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownError {
    pub error: UserError,
    /// Only on INTERNAL: what to quote when reporting it.
    pub trace: Option<TraceId>,
}

impl AppError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::User(UserError { code, message: message.into(), path: Vec::new(), hint: None })
    }

    pub fn invalid_argument(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidArgument, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NotFound, message)
    }

    pub fn internal(context: impl Into<String>, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Internal { context: context.into(), source: source.into() }
    }

    /// Says which argument is at fault. Called again by an outer layer, it prefixes: the inner one knew less.
    pub fn at<S: Into<String>>(mut self, path: impl IntoIterator<Item = S>) -> Self {
        if let Self::User(error) = &mut self {
            let inner = std::mem::take(&mut error.path);
            error.path = path.into_iter().map(Into::into).chain(inner).collect();
        }
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::User(error) = &mut self {
            error.hint = Some(hint.into());
        }
        self
    }

    pub fn code(&self) -> ErrorCode {
        match self {
            Self::User(error) => error.code,
            Self::Internal { .. } => ErrorCode::Internal,
        }
    }

    /// The boundary: an internal error is logged here, once, and only its trace id goes on.
    pub fn show(&self, trace: &TraceId) -> ShownError {
        match self {
            Self::User(error) => ShownError { error: error.clone(), trace: None },
            Self::Internal { context, source } => {
                tracing::error!(%trace, context, cause = causes(source.as_ref()), "internal error");
                ShownError::internal(trace)
            }
        }
    }
}

impl ShownError {
    /// What a caller reads when something broke that they can do nothing about.
    pub fn internal(trace: &TraceId) -> Self {
        let message = format!("Something went wrong on our side. Quote {trace} when you report it.");
        let error = UserError { code: ErrorCode::Internal, message, path: Vec::new(), hint: None };
        Self { error, trace: Some(trace.clone()) }
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(message) => Self::new(ErrorCode::Unavailable, message),
            StoreError::Refused(message) => Self::new(ErrorCode::Conflict, message),
            error @ StoreError::Overtaken { .. } => Self::new(ErrorCode::Conflict, error.to_string()),
            // A start refuses such a store with its message; later that is for our log, since it names our files.
            StoreError::Unusable(message) => {
                tracing::error!(message, "the store cannot be used any more");
                Self::new(ErrorCode::Unavailable, "the store cannot be used as it is now")
                    .hint("whoever runs this server finds the reason in its log; `inroads doctor` looks the store over")
            }
            StoreError::Internal { context, source } => Self::Internal { context, source },
        }
    }
}

impl From<Invalid> for AppError {
    fn from(invalid: Invalid) -> Self {
        Self::invalid_argument(invalid.0)
    }
}

fn causes(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_by_its_name() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::named(code.as_str()), Some(code));
        }
        assert_eq!(ErrorCode::named("SOMETHING_ELSE"), None);
    }

    #[test]
    fn an_argument_path_grows_outwards() {
        let error = AppError::invalid_argument("at most 8").at(["maxHops"]).at(["question"]);
        let AppError::User(error) = error else { panic!("a user's error") };
        assert_eq!(error.path, ["question", "maxHops"]);
    }

    #[test]
    fn an_internal_error_shows_its_trace_and_nothing_else() {
        let trace = TraceId::from("7f");
        let shown = AppError::internal("reading individuals", "disk /dev/sda1 failed").show(&trace);
        assert_eq!(shown, ShownError::internal(&trace));
        assert!(!shown.error.message.contains("sda1") && shown.error.message.contains("7f"));
    }

    #[test]
    fn a_store_that_cannot_be_used_is_unavailable_and_its_files_are_not_named() {
        let broken = AppError::from(StoreError::Unusable("/srv/x.db is not a store".into()));
        let UserError { code, message, hint, .. } = broken.show(&TraceId::from("7f")).error;
        assert_eq!(code, ErrorCode::Unavailable);
        assert!(!message.contains("/srv/x.db") && hint.is_some_and(|hint| hint.contains("inroads doctor")));
    }
}

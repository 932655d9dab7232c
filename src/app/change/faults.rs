//! What is wrong with a wish: gathered, so that whoever asked can mend all of it at once.

use crate::error::{AppError, ErrorCode, UserError};
use crate::store::StoreError;

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refusal {
    /// All that is wrong with what was asked, each with the argument at fault.
    Faults(Vec<UserError>),
    /// It could not be tried, or nobody can tell whether it was done; the words say which.
    Failed(AppError),
}

/// Why working out a change stopped.
#[derive(Debug)]
pub enum Halt {
    Refused(Refusal),
    /// The graph has moved on meanwhile: look again.
    Outdated,
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Halt> for Refusal {
    fn from(halt: Halt) -> Self {
        match halt {
            Halt::Refused(refusal) => refusal,
            Halt::Outdated => {
                AppError::new(ErrorCode::Conflict, "the graph changed meanwhile; nothing was done. Try again").into()
            }
        }
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        match error {
            AppError::User(error) if is_about_the_request(error.code) => Self::Faults(vec![error]),
            other => Self::Failed(other),
        }
    }
}

impl From<AppError> for Halt {
    fn from(error: AppError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

/// Whether whoever asked can do something about it by asking differently.
const fn is_about_the_request(code: ErrorCode) -> bool {
    match code {
        ErrorCode::InvalidArgument
        | ErrorCode::NotFound
        | ErrorCode::Ambiguous
        | ErrorCode::Forbidden
        | ErrorCode::LimitExceeded
        | ErrorCode::Conflict
        | ErrorCode::Stale => true,
        ErrorCode::BadRequest
        | ErrorCode::Unavailable
        | ErrorCode::Timeout
        | ErrorCode::Internal
        | ErrorCode::PersistedQueryNotSupported => false,
    }
}

/// Where in the input something stands.
#[derive(Debug, Clone, Default)]
pub struct At(Vec<String>);

impl At {
    pub fn field(&self, name: &str) -> Self {
        self.step(name.to_owned())
    }

    pub fn item(&self, place: usize) -> Self {
        self.step(place.to_string())
    }

    fn step(&self, step: String) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

/// For what stands at the top of the input.
pub(super) fn at(field: &str) -> At {
    At::default().field(field)
}

#[derive(Debug, Default)]
pub struct Faults(Vec<AppError>);

impl Faults {
    pub fn add(&mut self, at: &At, error: impl Into<AppError>) {
        self.0.push(error.into().at(at.0.iter().cloned()));
    }

    pub fn invalid(&mut self, at: &At, words: impl Into<String>) {
        self.add(at, AppError::invalid_argument(words));
    }

    pub fn conflict(&mut self, at: &At, words: impl Into<String>) {
        self.add(at, AppError::new(ErrorCode::Conflict, words));
    }

    /// The value, or nothing and one fault more.
    pub fn keep<T, E: Into<AppError>>(&mut self, at: &At, result: Result<T, E>) -> Option<T> {
        result.map_err(|error| self.add(at, error)).ok()
    }

    /// Takes in what is wrong with a part of the input.
    pub fn take_in(&mut self, at: &At, inner: Self) {
        self.0.extend(inner.0.into_iter().map(|error| error.at(at.0.iter().cloned())));
    }

    /// Refuses lists longer than anybody means; says whether it is short enough.
    pub fn few<T>(&mut self, at: &At, list: &[T], most: usize) -> bool {
        if list.len() <= most {
            return true;
        }
        let words = format!("takes at most {most} entries, and {} were given", list.len());
        self.add(at, AppError::new(ErrorCode::LimitExceeded, words));
        false
    }

    /// Stops here: something was wrong.
    pub fn stop<T>(self) -> Result<T, Halt> {
        self.settle()?;
        Err(Halt::Outdated)
    }

    /// Stops here if anything was wrong.
    pub fn settle(self) -> Result<(), Halt> {
        let mut faults = Vec::new();
        for error in self.0 {
            match error {
                AppError::User(error) if is_about_the_request(error.code) => faults.push(error),
                other => return Err(Refusal::Failed(other).into()),
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Faults(faults).into()) }
    }
}

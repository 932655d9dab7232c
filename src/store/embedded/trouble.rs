//! What can go wrong in the file, and what to tell the person who can do something about it.
//! Used by this adapter alone. Messages name the path, never a value that was being written or read.

use crate::store::StoreError;
use rusqlite::ErrorCode;
use std::path::Path;

#[derive(Debug)]
pub enum Trouble {
    Sql(rusqlite::Error),
    /// Not for SQLite's reasons but for ours.
    Ours(StoreError),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Ours(error)
    }
}

impl Trouble {
    pub fn told(self, path: &Path, doing: &str) -> StoreError {
        match self {
            Self::Ours(error) => error,
            Self::Sql(error) => told(error, path, doing),
        }
    }
}

fn told(error: rusqlite::Error, path: &Path, doing: &str) -> StoreError {
    let shown = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
            StoreError::Unavailable(format!("{shown} is busy: another process is writing to it; try again in a moment"))
        }
        Some(ErrorCode::DiskFull) => {
            StoreError::Unavailable(format!("no space is left for {shown}: make some, then try again"))
        }
        Some(ErrorCode::SystemIoFailure) => StoreError::Unavailable(format!(
            "the disk that holds {shown} failed while {doing}: check the disk, and for a quota or size limit, then try \
             again"
        )),
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Unusable(format!(
            "{shown} is damaged: stop inroads, keep a copy of the file, and put back a backup or seed a new store"
        )),
        Some(ErrorCode::NotADatabase) => StoreError::Unusable(not_ours(path)),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::Unusable(cannot_write(path))
        }
        _ => StoreError::Internal { context: format!("{shown}: {doing} failed"), source: Box::new(error) },
    }
}

pub fn not_ours(path: &Path) -> String {
    let path = path.display();
    format!("{path} is not an inroads store; choose another path, as in --store embedded:PATH")
}

pub fn cannot_write(path: &Path) -> String {
    let path = path.display();
    format!(
        "{path} cannot be opened or written: check who owns it and its folder, or choose another path, as in \
         --store embedded:PATH"
    )
}

//! Copies as files: made beside their place and moved there once whole, so that what has the name is a store.
//! Used by the command line through `Draft`. It never overwrites a file.

use super::trouble::Trouble;
use super::{EmbeddedStore, off_the_async_threads, open};
use crate::store::StoreError;
use rusqlite::ErrorCode;
use std::fs;
use std::path::{Path, PathBuf};

/// A file on its way to its name. Dropped before it is finished, it goes.
#[derive(Debug)]
pub struct Draft {
    name: PathBuf,
    path: PathBuf,
}

impl Draft {
    /// Makes an empty file beside `name`, which only its owner may read. `Unusable` where there is a file of that name
    /// already, or none can be written.
    pub fn of(name: &Path) -> Result<Self, StoreError> {
        let name = std::path::absolute(name).unwrap_or_else(|_| name.to_owned());
        let free = || if name.exists() { Err(taken(&name)) } else { Ok(()) };
        free()?;
        let mut draft = name.clone().into_os_string();
        draft.push(format!(".{}.part", std::process::id()));
        let draft = Self { path: draft.into(), name };
        draft.create().map_err(|error| cannot_write(&draft.name, &error))?;
        Ok(draft)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name, on the disk too. Whoever writes it must have closed it.
    pub fn finish(self) -> Result<(), StoreError> {
        if self.name.exists() {
            return Err(taken(&self.name));
        }
        let named = || {
            fs::File::open(&self.path)?.sync_all()?;
            fs::rename(&self.path, &self.name)?;
            self.name.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
        };
        named().map_err(|error: std::io::Error| cannot_write(&self.name, &error))
    }

    fn create(&self) -> std::io::Result<()> {
        if let Some(folder) = self.name.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path).map(drop)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Once it has its name there is nothing here any more.
        for end in ["", "-wal", "-shm"] {
            let mut path = self.path.clone().into_os_string();
            path.push(end);
            let _ = fs::remove_file(path);
        }
    }
}

impl EmbeddedStore {
    /// Copies the store as one revision has it, while others read and write it. The draft has to be empty.
    pub async fn copy_to(&self, draft: &Draft) -> Result<(), StoreError> {
        let (path, to) = (self.path.clone(), draft.path.clone());
        off_the_async_threads(move || {
            let Some(name) = to.to_str() else {
                let why = format!("{} is no name that SQLite can write: choose another", to.display());
                return Err(StoreError::Unusable(why));
            };
            let copied = open::connect(&path).and_then(|conn| {
                // As for the store itself: what is reported as done survives a power cut.
                conn.pragma_update(None, "synchronous", "FULL")?;
                conn.execute("VACUUM INTO ?1", [name])
            });
            copied.map(drop).map_err(|error| {
                let at_fault = match error.sqlite_error_code() {
                    Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => to.as_path(),
                    _ => &path,
                };
                Trouble::Sql(error).told(at_fault, "copying the store")
            })
        })
        .await
    }
}

fn taken(name: &Path) -> StoreError {
    StoreError::Unusable(format!("{} is there already, and is not overwritten: choose another name", name.display()))
}

fn cannot_write(name: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unusable(format!("{} cannot be written ({error}): choose another place", name.display()))
}

//! Reading what is to be imported into memory: a file, or the sheets of a folder. The one place of this room that
//! touches the disk; it knows nothing of what the bytes mean.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// What an import may hold in all, in bytes.
pub const SIZE_LIMIT: u64 = 256 * 1024 * 1024;

#[derive(Debug, Clone)]
pub struct RawFile {
    /// What reports call it; within a folder, with the folder's name.
    pub label: Arc<str>,
    /// The file's own name: what counts as the source of rows that name none.
    pub name: Arc<str>,
    pub bytes: Vec<u8>,
}

impl RawFile {
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { label: name.into(), name: name.into(), bytes: bytes.into() }
    }
}

/// The sheets found at a path, and the names of files that cannot be sheets.
#[derive(Debug, Clone, Default)]
pub struct Input {
    pub files: Vec<RawFile>,
    pub left_out: Vec<String>,
}

impl From<RawFile> for Input {
    fn from(file: RawFile) -> Self {
        Self { files: vec![file], left_out: Vec::new() }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{path} cannot be read: {source}")]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{path} is neither a file nor a folder")]
    NotAFile { path: PathBuf },
    #[error("{path} holds no CSV or XLSX file")]
    NothingThere { path: PathBuf },
    #[error("{path} is too large: at most {} MB can be imported at once", SIZE_LIMIT / 1024 / 1024)]
    TooLarge { path: PathBuf },
}

/// Reads one file whole.
pub fn read_file(path: &Path) -> Result<RawFile, InputError> {
    read_within(path, SIZE_LIMIT)
}

/// Reads a file, or every CSV and XLSX file that stands directly in a folder, in the order of their names.
pub fn read_sheets(path: &Path) -> Result<Input, InputError> {
    let unreadable = |source| InputError::Unreadable { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        return read_file(path).map(Input::from);
    }
    let mut paths = fs::read_dir(path)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
        .map_err(unreadable)?;
    paths.sort();
    let folder = name_of(path);
    let mut input = Input::default();
    let mut left = SIZE_LIMIT;
    for path in paths {
        let name = name_of(&path);
        // Hidden files, and the lock file that a spreadsheet program keeps beside an open workbook.
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        if !matches!(extension.as_deref(), Some("csv" | "xlsx")) || path.is_dir() {
            input.left_out.push(format!("{folder}/{name}"));
            continue;
        }
        let mut file = read_within(&path, left)?;
        left -= file.bytes.len() as u64;
        file.label = format!("{folder}/{name}").into();
        input.files.push(file);
    }
    if input.files.is_empty() {
        return Err(InputError::NothingThere { path: path.to_owned() });
    }
    Ok(input)
}

fn read_within(path: &Path, limit: u64) -> Result<RawFile, InputError> {
    let unreadable = |source| InputError::Unreadable { path: path.to_owned(), source };
    let about = fs::metadata(path).map_err(unreadable)?;
    // A pipe or a device would never end.
    if !about.is_file() {
        return Err(InputError::NotAFile { path: path.to_owned() });
    }
    if about.len() > limit {
        return Err(InputError::TooLarge { path: path.to_owned() });
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    Ok(RawFile::new(&name_of(path), bytes))
}

fn name_of(path: &Path) -> String {
    let absolute;
    let named = if path.file_name().is_some() {
        path
    } else {
        absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        &absolute
    };
    named.file_name().map_or_else(|| named.display().to_string(), |name| name.to_string_lossy().into_owned())
}

//! Reading a configuration file, and telling whoever wrote it where it is wrong and how to mend it, in one line.

use super::{Config, Store};
use std::path::{Path, PathBuf};

/// Where the password of a store that has one is looked for first.
pub const STORE_PASSWORD: &str = "INROADS_STORE_PASSWORD";

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the store needs a password: give it in {STORE_PASSWORD}, or in a file that [store] password_file names")]
    NoPassword,
    #[error("cannot read the store's password from {}: {cause}; [store] password_file names it", file.display())]
    PasswordUnreadable { file: PathBuf, cause: std::io::Error },
    #[error("cannot read the configuration {}: {cause}; --config (or INROADS_CONFIG) names it", file.display())]
    Unreadable { file: PathBuf, cause: std::io::Error },
    #[error("{file}{place}: {problem}; every key is explained in config.default.toml")]
    Wrong { file: String, place: String, problem: String },
}

impl Config {
    /// The defaults, with what the file says instead. Without a file, the defaults.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(file) = file else { return Ok(Self::default()) };
        let text =
            std::fs::read_to_string(file).map_err(|cause| ConfigError::Unreadable { file: file.to_owned(), cause })?;
        Self::parse(&text, &file.display().to_string())
    }

    pub fn parse(text: &str, file: &str) -> Result<Self, ConfigError> {
        let wrong = |place, problem| ConfigError::Wrong { file: file.to_owned(), place, problem };
        let config: Self = toml::from_str(text).map_err(|error| {
            let place = error.span().map(|span| place_at(text, span.start)).unwrap_or_default();
            wrong(place, error.message().replace('\n', ", "))
        })?;
        match config.broken_rule() {
            None => Ok(config),
            Some((key, problem)) => Err(wrong(place_of(text, key), problem)),
        }
    }
}

impl Store {
    /// From the environment, else from the file. It is never in an address or an argument: both can be read by others.
    pub fn password(&self) -> Result<String, ConfigError> {
        self.password_or(std::env::var(STORE_PASSWORD).ok())
    }

    fn password_or(&self, given: Option<String>) -> Result<String, ConfigError> {
        let given = given.filter(|password| !password.is_empty());
        match (given, &self.password_file) {
            (Some(password), _) => Ok(password),
            (None, Some(file)) => {
                let unreadable = |cause| ConfigError::PasswordUnreadable { file: file.clone(), cause };
                let text = std::fs::read_to_string(file).map_err(unreadable)?;
                // Editors end a file with a line feed.
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
            (None, None) => Err(ConfigError::NoPassword),
        }
    }
}

/// The lines with the key each one sets, dotted; a section's own line has the section as its key.
fn keys(text: &str) -> impl Iterator<Item = String> {
    let mut section = String::new();
    text.lines().map(move |line| {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            header.trim_end_matches(']').trim().clone_into(&mut section);
            return section.clone();
        }
        // Only the key is shown, never the value: it may be a password.
        match line.split_once('=') {
            Some((key, _)) if !line.starts_with('#') => {
                [section.as_str(), key.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
            }
            _ => String::new(),
        }
    })
}

fn place_at(text: &str, offset: usize) -> String {
    let line = text.get(..offset).unwrap_or(text).matches('\n').count();
    match keys(text).nth(line).filter(|key| !key.is_empty()) {
        Some(key) => format!(", line {}, {key}", line + 1),
        None => format!(", line {}", line + 1),
    }
}

fn place_of(text: &str, key: &str) -> String {
    match keys(text).position(|each| each == key) {
        Some(line) => format!(", line {}, {key}", line + 1),
        // The rule is between a key that is written and this one, which is not.
        None => format!(", {key}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_taken_from_the_environment_before_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("password");
        std::fs::write(&file, "from the file\n").expect("written");
        let with_file = Store { password_file: Some(file), ..Store::default() };
        assert_eq!(with_file.password_or(Some("from the environment".into())).expect("given"), "from the environment");
        assert_eq!(with_file.password_or(None).expect("in the file"), "from the file");
        assert_eq!(with_file.password_or(Some(String::new())).expect("in the file"), "from the file");
        let error = Store::default().password_or(None).expect_err("nowhere").to_string();
        assert!(error.contains("INROADS_STORE_PASSWORD") && error.contains("password_file"), "{error}");
        let gone = Store { password_file: Some(folder.path().join("gone")), ..Store::default() };
        assert!(gone.password_or(None).expect_err("no file").to_string().contains("password_file"));
    }
}

//! Where the store is, as users write it: a scheme says which adapter, the rest is the adapter's business.

use std::{path::PathBuf, str::FromStr};

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum StoreUrl {
    /// `embedded:PATH`: one file, relative to where the command was started.
    Embedded(PathBuf),
}

impl Default for StoreUrl {
    fn default() -> Self {
        Self::Embedded("data/inroads.db".into())
    }
}

impl FromStr for StoreUrl {
    type Err = String;

    // A store's address may hold a password, so no message repeats it.
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("embedded", "")) => Err("the store has no path: write embedded:data/inroads.db".into()),
            Some(("embedded", path)) if path.starts_with("//") => {
                Err("the store's path starts after the colon: write embedded:data/inroads.db".into())
            }
            Some(("embedded", path)) => Ok(Self::Embedded(path.into())),
            Some(("bolt" | "bolt+s" | "neo4j" | "neo4j+s", _)) => {
                Err("Neo4j stores come with the next release: use embedded:PATH for now".into())
            }
            _ => Err("unknown kind of store: write embedded:PATH, such as embedded:data/inroads.db".into()),
        }
    }
}

impl TryFrom<String> for StoreUrl {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl std::fmt::Display for StoreUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Embedded(path) => write!(f, "embedded:{}", path.display()),
        }
    }
}

impl From<StoreUrl> for String {
    fn from(url: StoreUrl) -> Self {
        url.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_colons_and_spaces_stays_whole() {
        let url = StoreUrl::Embedded("/srv/our data/a:b.db".into());
        assert_eq!("embedded:/srv/our data/a:b.db".parse(), Ok(url.clone()));
        assert_eq!(url.to_string().parse(), Ok(url));
    }

    #[test]
    fn what_is_no_store_is_refused_with_what_to_write() {
        for text in ["", "data/inroads.db", "embedded:", "embedded://data/x.db", "sqlite:x", "C:\\inroads.db"] {
            let error = text.parse::<StoreUrl>().expect_err(text);
            assert!(error.contains("write embedded:"), "{text}: {error}");
        }
        let neo4j = "bolt://me:secret@host:7687".parse::<StoreUrl>().expect_err("not yet");
        assert!(neo4j.contains("next release") && !neo4j.contains("secret"));
    }
}

//! Where the store is, as users write it: a scheme says which adapter, the rest is the adapter's business.

use std::{path::PathBuf, str::FromStr};
use url::{Host, Url};

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum StoreUrl {
    /// `embedded:PATH`: one file, relative to where the command was started.
    Embedded(PathBuf),
    /// `bolt://USER@HOST:PORT`: a database on a Neo4j server; `bolt+s://` where the connection is to be encrypted.
    Neo4j(Neo4jAddress),
}

/// A Neo4j server and who we are to it. The password is never part of it: addresses are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neo4jAddress {
    pub user: String,
    pub host: String,
    pub port: u16,
    pub tls: bool,
}

const USER: &str = "neo4j";
const PORT: u16 = 7687;

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
            Some(("bolt", _)) => neo4j(text, false),
            Some(("bolt+s", _)) => neo4j(text, true),
            Some(("neo4j" | "neo4j+s" | "neo4j+ssc", _)) => {
                Err("routing between the members of a Neo4j cluster is not \
                supported: write bolt://USER@HOST:PORT (or bolt+s://) with the one server that takes writes"
                    .into())
            }
            Some(("bolt+ssc", _)) => Err("bolt+ssc would encrypt without knowing with whom: write bolt+s://, and let \
                this machine trust the server's certificate (SSL_CERT_FILE names a file of those it trusts)"
                .into()),
            _ => Err("unknown kind of store: write embedded:PATH, such as embedded:data/inroads.db, or \
                bolt://USER@HOST:PORT for Neo4j"
                .into()),
        }
    }
}

fn neo4j(text: &str, tls: bool) -> Result<StoreUrl, String> {
    let pattern = "write bolt://USER@HOST:PORT, such as bolt://neo4j@127.0.0.1:7687";
    let url = Url::parse(text).map_err(|_| format!("that is no Neo4j address: {pattern}"))?;
    if url.password().is_some() {
        return Err("the Neo4j address holds a password, and addresses are shown: take it out, and give it in \
            INROADS_STORE_PASSWORD or in a file that [store] password_file names"
            .into());
    }
    let host = match url.host() {
        Some(Host::Ipv6(address)) => address.to_string(),
        Some(host) => host.to_string(),
        None => return Err(format!("the Neo4j address has no host: {pattern}")),
    };
    let nothing_more = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    if !nothing_more || url.username().contains('%') {
        return Err(format!(
            "the Neo4j address says more than it may: {pattern}; the server's default database is used"
        ));
    }
    let user = if url.username().is_empty() { USER } else { url.username() };
    Ok(StoreUrl::Neo4j(Neo4jAddress { user: user.to_owned(), host, port: url.port().unwrap_or(PORT), tls }))
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
            Self::Neo4j(Neo4jAddress { user, host, port, tls }) => {
                let scheme = if *tls { "bolt+s" } else { "bolt" };
                let (open, close) = if host.contains(':') { ("[", "]") } else { ("", "") };
                write!(f, "{scheme}://{user}@{open}{host}{close}:{port}")
            }
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
    fn a_neo4j_address_is_written_back_whole() {
        let cases = [
            ("bolt://graph", "bolt://neo4j@graph:7687"),
            ("bolt://127.0.0.1:7700/", "bolt://neo4j@127.0.0.1:7700"),
            ("bolt+s://reader@graph.example.org", "bolt+s://reader@graph.example.org:7687"),
            ("bolt://neo4j@[::1]:7687", "bolt://neo4j@[::1]:7687"),
        ];
        for (text, whole) in cases {
            let url: StoreUrl = text.parse().expect(text);
            assert_eq!(url.to_string(), whole);
            assert_eq!(whole.parse(), Ok(url));
        }
    }

    #[test]
    fn what_is_no_store_is_refused_with_what_to_write() {
        for text in ["", "data/inroads.db", "embedded:", "embedded://data/x.db", "sqlite:x", "C:\\inroads.db"] {
            let error = text.parse::<StoreUrl>().expect_err(text);
            assert!(error.contains("write embedded:"), "{text}: {error}");
        }
        for text in [
            "bolt:",
            "bolt://",
            "bolt://graph:port",
            "bolt://graph:7687/movies",
            "bolt://graph?policy=x",
            "bolt://a%3Ab@graph",
            "neo4j://graph:7687",
            "neo4j+s://graph",
        ] {
            let error = text.parse::<StoreUrl>().expect_err(text);
            assert!(error.contains("bolt://USER@HOST:PORT"), "{text}: {error}");
        }
        assert!("bolt+ssc://graph".parse::<StoreUrl>().expect_err("unchecked").contains("bolt+s://"));
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        for text in ["bolt://me:hunter2@graph:7687", "bolt+s://:hunter2@graph", "neo4j://me:hunter2@graph"] {
            let error = text.parse::<StoreUrl>().expect_err(text);
            assert!(!error.contains("hunter2"), "{error}");
        }
        let error = "bolt://me:hunter2@graph:7687".parse::<StoreUrl>().expect_err("a password");
        assert!(error.contains("INROADS_STORE_PASSWORD"), "{error}");
    }
}

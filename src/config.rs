//! Every setting, its default and its rules. `config.default.toml` is the documentation and says the same, which a
//! test holds. `cli` reads it and hands each room its section; nothing else opens the file or reads the environment.

mod origin;
mod read;
mod store_url;

pub use origin::Origin;
pub use read::ConfigError;
pub use store_url::{Neo4jAddress, StoreUrl};

use serde::{Deserialize, Serialize};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// The commented defaults, as shipped.
pub const DEFAULT_TOML: &str = include_str!("../config.default.toml");

/// All sections. A room's own settings struct, with `Default` and serde, joins in one line.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub store: Store,
    pub http: Http,
    pub limits: Limits,
    pub outreach: crate::outreach::Settings,
    pub import: Import,
    pub log: Log,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Store {
    pub url: StoreUrl,
    /// 0: for ever.
    pub keep_history_days: u32,
    /// The password is read where it is needed, and nowhere kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    pub deadline_ms: u64,
    pub long_deadline_ms: u64,
    pub connections: usize,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            url: StoreUrl::default(),
            keep_history_days: 0,
            password_file: None,
            deadline_ms: 5_000,
            long_deadline_ms: 60_000,
            connections: 16,
        }
    }
}

impl Store {
    pub fn deadline(&self) -> Duration {
        Duration::from_millis(self.deadline_ms)
    }

    pub fn long_deadline(&self) -> Duration {
        Duration::from_millis(self.long_deadline_ms)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    pub listen: SocketAddr,
    pub request_timeout_ms: u64,
    pub body_limit_bytes: usize,
    pub shutdown_grace_ms: u64,
    pub development_origins: Vec<Origin>,
    pub websocket: WebSocket,
}

impl Http {
    pub fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }

    pub fn shutdown_grace(&self) -> Duration {
        Duration::from_millis(self.shutdown_grace_ms)
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            request_timeout_ms: 30_000,
            body_limit_bytes: 1_048_576,
            shutdown_grace_ms: 10_000,
            development_origins: Vec::new(),
            websocket: WebSocket::default(),
        }
    }
}

/// How many clients may listen, and for how long they may be silent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebSocket {
    pub max_sockets: u32,
    pub max_operations: usize,
    pub init_timeout_ms: u64,
    pub ping_every_ms: u64,
    pub idle_timeout_ms: u64,
}

impl WebSocket {
    pub fn init_timeout(&self) -> Duration {
        Duration::from_millis(self.init_timeout_ms)
    }

    pub fn ping_every(&self) -> Duration {
        Duration::from_millis(self.ping_every_ms)
    }

    pub fn idle_timeout(&self) -> Duration {
        Duration::from_millis(self.idle_timeout_ms)
    }
}

impl Default for WebSocket {
    fn default() -> Self {
        Self {
            max_sockets: 500,
            max_operations: 50,
            init_timeout_ms: 3_000,
            ping_every_ms: 15_000,
            idle_timeout_ms: 60_000,
        }
    }
}

/// How much one GraphQL request may ask for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    pub depth: usize,
    pub complexity: usize,
    pub fields: usize,
    pub aliases: usize,
    pub root_fields: usize,
    pub page_default: usize,
    pub page_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            complexity: 20_000,
            fields: 2_000,
            aliases: 100,
            root_fields: 30,
            page_default: 20,
            page_max: 100,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Import {
    pub max_refused_share: f64,
    pub max_refused_floor: usize,
    pub change_set_rows: usize,
}

impl Default for Import {
    fn default() -> Self {
        Self { max_refused_share: 0.10, max_refused_floor: 20, change_set_rows: 5_000 }
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub level: LogLevel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    Error,
    Warn,
    #[default]
    Info,
    Debug,
}

impl Config {
    /// The first rule between or within values that does not hold, as (key, what to write instead).
    fn broken_rule(&self) -> Option<(&'static str, String)> {
        let Self { store, http, limits, outreach, import, log: _ } = self;
        let at_least_one = [
            ("store.deadline_ms", store.deadline_ms == 0),
            ("store.connections", store.connections == 0),
            ("http.request_timeout_ms", http.request_timeout_ms == 0),
            ("http.body_limit_bytes", http.body_limit_bytes == 0),
            ("http.websocket.max_operations", http.websocket.max_operations == 0),
            ("http.websocket.init_timeout_ms", http.websocket.init_timeout_ms == 0),
            ("http.websocket.ping_every_ms", http.websocket.ping_every_ms == 0),
            ("limits.depth", limits.depth == 0),
            ("limits.complexity", limits.complexity == 0),
            ("limits.fields", limits.fields == 0),
            ("limits.root_fields", limits.root_fields == 0),
            ("limits.page_default", limits.page_default == 0),
            ("import.change_set_rows", import.change_set_rows == 0),
        ];
        if let Some((key, _)) = at_least_one.into_iter().find(|(_, zero)| *zero) {
            return Some((key, "must be at least 1".into()));
        }
        if store.long_deadline_ms < store.deadline_ms {
            let message = format!("must be at least deadline_ms, which is {}", store.deadline_ms);
            return Some(("store.long_deadline_ms", message));
        }
        if limits.page_default > limits.page_max {
            let message = format!("must be at least page_default, which is {}", limits.page_default);
            return Some(("limits.page_max", message));
        }
        if http.websocket.idle_timeout_ms <= http.websocket.ping_every_ms {
            let message = format!("must be more than ping_every_ms, which is {}", http.websocket.ping_every_ms);
            return Some(("http.websocket.idle_timeout_ms", message));
        }
        if let Some(broken) = outreach.broken_rule() {
            return Some(broken);
        }
        // Larger sets hold the writer, and whoever waits for it, too long.
        if import.change_set_rows > 5_000 {
            return Some(("import.change_set_rows", "must be at most 5000".into()));
        }
        if !(0.0..=1.0).contains(&import.max_refused_share) {
            return Some(("import.max_refused_share", "must be a share from 0.0 to 1.0".into()));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_file_is_the_defaults_key_for_key() {
        let written: toml::Table = DEFAULT_TOML.parse().expect("TOML");
        let defaults = toml::Table::try_from(Config::default()).expect("a table");
        assert_eq!(written, defaults);
        assert_eq!(Config::parse(DEFAULT_TOML, "config.default.toml").expect("valid"), Config::default());
    }

    #[test]
    fn an_empty_file_and_a_partial_section_keep_the_defaults() {
        assert_eq!(Config::parse("", "x.toml").expect("valid"), Config::default());
        let some = Config::parse("[limits]\ndepth = 7\n", "x.toml").expect("valid");
        assert_eq!(some.limits, Limits { depth: 7, ..Limits::default() });
    }

    #[test]
    fn an_error_names_the_file_the_line_the_key_and_the_mend() {
        let cases = [
            ("[http]\nlisten = \"127.0.0.1:8080\"\nlisen = 1\n", "x.toml, line 3, http.lisen: unknown field"),
            ("[htp]\n", "x.toml, line 1, htp: unknown field `htp`, expected one of `store`, `http`"),
            ("[http]\nlisten = \"8080\"\n", "x.toml, line 2, http.listen: invalid socket address syntax"),
            ("[log]\nlevel = \"loud\"\n", "x.toml, line 2, log.level: unknown variant `loud`, expected one of"),
            ("[store]\ndeadline_ms = 90000\n", "x.toml, store.long_deadline_ms: must be at least deadline_ms"),
            ("[limits]\npage_max = 5\n", "x.toml, line 2, limits.page_max: must be at least page_default"),
            ("[import]\nmax_refused_share = nan\n", "x.toml, line 2, import.max_refused_share: must be a share"),
            (
                "[http.websocket]\nidle_timeout_ms = 15000\n",
                "x.toml, line 2, http.websocket.idle_timeout_ms: must be more than ping_every_ms, which is 15000",
            ),
            ("[http]\ndevelopment_origins = [\"*\"]\n", "x.toml, line 2, http.development_origins: `*` is not"),
            ("[http\n", "x.toml, line 1"),
        ];
        for (text, start) in cases {
            let error = Config::parse(text, "x.toml").expect_err(text).to_string();
            assert!(error.starts_with(start), "{error}");
            assert!(error.ends_with("every key is explained in config.default.toml"), "{error}");
            assert!(!error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn an_error_never_repeats_the_stores_password() {
        let text = "[store]\nurl = \"bolt://inroads:hunter2@graph:7687\"\n";
        let error = Config::parse(text, "x.toml").expect_err(text).to_string();
        assert!(error.contains("Neo4j") && !error.contains("hunter2"), "{error}");
    }
}

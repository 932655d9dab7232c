//! Where the server is, who we are to it, and how long we wait. Made by the command line from the configuration.

use std::time::Duration;

#[derive(Clone)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: String,
    /// Encrypted, and the server's certificate checked against those that this machine trusts.
    pub tls: bool,
    /// How long a call made for a request may take.
    pub deadline: Duration,
    /// How long one step of a load, an import or a copy may take: a change set, or the next rows.
    pub long_deadline: Duration,
    /// How many connections there may be at once.
    pub connections: usize,
}

impl Settings {
    /// How messages name the server.
    pub fn server(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// Where the driver finds it. It never holds the user or the password.
    pub fn uri(&self) -> String {
        let scheme = if self.tls { "bolt+s" } else { "bolt" };
        format!("{scheme}://{}", self.server())
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("uri", &self.uri()).field("user", &self.user).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_shows_nowhere() {
        let settings = Settings {
            host: "::1".to_owned(),
            port: 7687,
            user: "neo4j".to_owned(),
            password: "hunter2hunter2".to_owned(),
            tls: true,
            deadline: Duration::from_secs(5),
            long_deadline: Duration::from_mins(1),
            connections: 8,
        };
        let shown = format!("{settings:?} {settings:#?} {} {}", settings.uri(), settings.server());
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("bolt+s://[::1]:7687"), "{shown}");
    }
}

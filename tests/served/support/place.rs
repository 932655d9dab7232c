//! Where a graph is kept: a file in a folder of its own, or the tests' Neo4j, emptied. Commands run on it by its address.

use crate::neo4j_server::Server;
use inroads::store::GraphStore;
use inroads::store::embedded::EmbeddedStore;
use inroads::store::neo4j::{Neo4jStore, Settings};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use tempfile::TempDir;

pub struct Place {
    pub url: String,
    neo4j: Option<Settings>,
    config: Option<PathBuf>,
    pub folder: TempDir,
}

impl Place {
    pub fn file() -> Self {
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let url = format!("embedded:{}", folder.path().join("graph.db").display());
        Self { url, neo4j: None, config: None, folder }
    }

    /// The server's database, with nothing in it.
    pub async fn on(server: &Server) -> Self {
        server.wipe().await;
        Self::at(server, server.port)
    }

    /// What the server holds, reached through a port.
    pub fn at(server: &Server, port: u16) -> Self {
        Self {
            url: format!("bolt://neo4j@127.0.0.1:{port}"),
            neo4j: Some(server.settings()),
            config: None,
            folder: TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap(),
        }
    }

    /// With settings other than the default, as TOML.
    pub fn configured(mut self, toml: &str) -> Self {
        let file = self.folder.path().join("inroads.toml");
        std::fs::write(&file, toml).unwrap();
        self.config = Some(file);
        self
    }

    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.url.strip_prefix("embedded:").expect("a file"))
    }

    /// A look into the store past any server.
    pub async fn store(&self) -> Arc<dyn GraphStore> {
        match &self.neo4j {
            Some(settings) => Arc::new(Neo4jStore::open(settings).await.unwrap()),
            None => Arc::new(EmbeddedStore::open(&self.path()).await.unwrap()),
        }
    }

    /// A command on this store.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command.args(["--store", &self.url]);
        if let Some(config) = &self.config {
            command.arg("--config").arg(config);
        }
        command
    }

    /// A command that is told by its arguments alone what it is about, with the password at hand.
    pub fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = inroads(arguments);
        if let Some(Settings { password, .. }) = &self.neo4j {
            command.env("INROADS_STORE_PASSWORD", password);
        }
        command
    }

    /// Runs a command to its good end, and gives what it said.
    pub fn run(&self, arguments: &[&str]) -> String {
        succeed(self.command(arguments))
    }

    /// With this many made-up people, the same everywhere.
    pub fn seed(&self, individuals: usize) {
        self.run(&["seed", "--individuals", &individuals.to_string()]);
    }

    pub fn assert_whole(&self) {
        assert_eq!(self.run(&["doctor"]), "The store is whole.\n");
    }

    /// A store that holds the same.
    pub fn copy_to(&self, other: &Self) {
        let with_password = if self.neo4j.is_some() { self } else { other };
        succeed(with_password.bare(&["copy", "--from", &self.url, "--to", &other.url]));
    }
}

/// The program, whatever this process's environment says.
pub fn inroads(arguments: &[&str]) -> Command {
    let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_inroads")));
    for name in ["INROADS_STORE", "INROADS_STORE_PASSWORD", "INROADS_LISTEN", "INROADS_CONFIG"] {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

pub fn succeed(mut command: Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?}: {status}: {said}");
    String::from_utf8(stdout).unwrap()
}

/// Runs a case over a file and over Neo4j.
#[macro_export]
macro_rules! on_both {
    ($($case:ident),+ $(,)?) => {
        mod over_a_file {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                super::$case($crate::support::place::Place::file()).await;
            })+
        }
        mod over_neo4j {
            $(#[test]
            fn $case() {
                let server = $crate::neo4j_server::server();
                $crate::support::process::run(async {
                    super::$case($crate::support::place::Place::on(&server).await).await;
                });
            })+
        }
    };
}

//! A real Neo4j server for tests, started through `tests/neo4j/server`: one for a test process, which it does not
//! outlive. Its version is that of `INROADS_NEO4J_VERSION`. Whoever uses it is alone with it.

use inroads::store::neo4j::Settings;
use neo4rs::{ConfigBuilder, Graph, query};
use std::io::Read as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

const VERSION: &str = "5.26.25";
pub const PASSWORD: &str = "only-for-tests";
/// A first start on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_mins(2);

pub struct Server {
    /// The script, which ends the server when its input ends: when this is dropped, or with the process.
    script: Child,
    home: PathBuf,
    scheme: &'static str,
    pub port: u16,
}

/// The server, for one test at a time. Fails with what to install when it cannot be had.
pub fn server() -> MutexGuard<'static, Server> {
    static SERVER: OnceLock<Mutex<Server>> = OnceLock::new();
    // A test that failed while it had the server says so itself.
    let mut server = SERVER.get_or_init(|| Mutex::new(Server::start())).lock().unwrap_or_else(PoisonError::into_inner);
    server.come_round();
    server
}

pub fn version() -> String {
    std::env::var("INROADS_NEO4J_VERSION").unwrap_or_else(|_| VERSION.to_owned())
}

impl Server {
    /// One more, that talks encrypted, with the key and the certificate that are put into its folder of certificates.
    pub fn encrypted(put_certificates: impl FnOnce(&Path)) -> Self {
        let extra = "dbms.ssl.policy.bolt.enabled=true\n\
            dbms.ssl.policy.bolt.base_directory=certificates\n\
            server.bolt.tls_level=REQUIRED\n";
        // This scheme takes any certificate: here it is enough that it answers.
        Self::start_with(extra, "bolt+ssc", |home| put_certificates(&home.join("certificates")))
    }

    /// With what is to stand in its configuration besides, in a home that is made ready first.
    fn start_with(extra: &str, scheme: &'static str, make_ready: impl FnOnce(&Path)) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("neo4j-{}-{nth}", std::process::id()));
        std::fs::create_dir_all(home.join("conf")).unwrap();
        std::fs::write(home.join("conf/extra.conf"), extra).unwrap();
        make_ready(&home);
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { script: script(port, &home), home, scheme, port };
        server.wait_until_up();
        server
    }

    fn start() -> Self {
        Self::start_with("", "bolt", |_| ())
    }

    /// After a test that failed half-way: the server may be frozen or gone.
    fn come_round(&mut self) {
        if self.script.try_wait().unwrap().is_some() {
            self.restart();
        } else {
            self.signal("CONT");
        }
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    pub fn settings(&self) -> Settings {
        Settings {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            user: "neo4j".to_owned(),
            password: PASSWORD.to_owned(),
            tls: false,
            deadline: Duration::from_secs(20),
            long_deadline: Duration::from_mins(2),
            connections: 8,
        }
    }

    /// The server's own process, not the script's.
    pub fn signal(&self, name: &str) {
        let pid = std::fs::read_to_string(self.home.join("pid")).unwrap();
        assert!(Command::new("kill").args(["-s", name, pid.trim()]).status().unwrap().success(), "kill -s {name}");
    }

    /// Ends it: with KILL as a crash or a power cut does, with TERM as whoever runs it.
    pub fn end(&mut self, signal: &str) {
        // Its input stays open while it ends, so that the data stays.
        let input = self.script.stdin.take();
        self.signal(signal);
        self.script.wait().unwrap();
        drop(input);
    }

    pub fn restart(&mut self) {
        self.script = script(self.port, &self.home);
        self.wait_until_up();
    }

    fn wait_until_up(&mut self) {
        let until = Instant::now() + PATIENCE;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        while !runtime.block_on(self.answers()) {
            if let Some(status) = self.script.try_wait().unwrap() {
                let mut why = String::new();
                self.script.stderr.take().unwrap().read_to_string(&mut why).unwrap();
                panic!("no Neo4j {} for the tests ({status}): {why}", version());
            }
            assert!(Instant::now() < until, "Neo4j {} does not come up; see {}", version(), self.home.display());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    async fn answers(&self) -> bool {
        let driver = self.driver();
        let online = "SHOW DATABASES YIELD name, default, currentStatus WHERE default AND currentStatus = 'online'";
        let asked = driver.execute(query(online));
        match tokio::time::timeout(Duration::from_secs(10), asked).await {
            Ok(Ok(mut rows)) => matches!(rows.next().await, Ok(Some(_))),
            Ok(Err(_)) | Err(_) => false,
        }
    }

    /// A look at the database behind the store's back.
    pub fn driver(&self) -> Graph {
        let config = ConfigBuilder::default()
            .uri(format!("{}://127.0.0.1:{}", self.scheme, self.port))
            .user("neo4j")
            .password(PASSWORD)
            .max_connections(1)
            .build()
            .unwrap();
        Graph::connect(config).unwrap()
    }

    /// Takes out all that is in it; indexes and constraints stay.
    pub async fn wipe(&self) {
        let everything = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS";
        self.driver().run(query(everything)).await.unwrap();
    }
}

fn script(port: u16, home: &Path) -> Child {
    Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/neo4j/server"))
        .args(["run", &version(), &port.to_string()])
        .arg(home)
        .arg("temp")
        .env("NEO4J_PASSWORD", PASSWORD)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

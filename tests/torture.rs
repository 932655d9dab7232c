//! Kill after kill: a child commits mixed writes to an embedded store and is killed at a random moment, again and again.
//! Each time the store has to open whole: every acknowledged change set in it, the next one wholly or not at all.
//!
//! `cargo test` does a few rounds; `make torture` does hundreds. `--rounds N` and `--seed N` say how many, and which.

#[path = "stores/build.rs"]
#[expect(dead_code, reason = "the conformance suite uses the rest")]
mod build;
#[path = "stores/ground.rs"]
#[expect(dead_code, reason = "the conformance suite uses the rest")]
mod ground;
#[path = "stores/script.rs"]
mod script;

use ground::{Store, state};
use inroads::model::Revision;
use inroads::store::PastOf;
use inroads::store::embedded::EmbeddedStore;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use script::Script;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What `cargo test` does.
const FEW: u64 = 15;
/// A store grows, and checking it takes longer: then another one is begun.
const ROUNDS_A_STORE: u64 = 25;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["child", path, seed, from] => child(path.as_ref(), seed.parse().unwrap(), from.parse().unwrap()),
        ["--list", ..] => println!("torture: test"),
        _ => run(&arguments),
    }
}

/// Runs as a test among others: one filter by name, and a line for whoever counts.
fn run(arguments: &[String]) {
    let number = |flag: &str| -> Option<u64> {
        let place = arguments.iter().position(|argument| argument == flag)?;
        Some(arguments.get(place + 1).and_then(|text| text.parse().ok()).expect("a number"))
    };
    let (rounds, seed) = (number("--rounds"), number("--seed"));
    let filter = arguments.first().filter(|first| !first.starts_with('-') && !"torture".contains(first.as_str()));
    let begun = Instant::now();
    let passed = u8::from(filter.is_none());
    if filter.is_none() {
        let counts = torture(rounds.unwrap_or(FEW), seed.unwrap_or(1));
        println!(
            "torture: {} kills ({} while opening); {} acknowledged change sets, all there; {} found beyond the \
             acknowledged, all whole; {} retries, none applied twice",
            counts.kills, counts.while_opening, counts.acknowledged, counts.beyond, counts.retries
        );
    }
    println!(
        "test result: ok. {passed} passed; 0 failed; 0 ignored; 0 measured; {} filtered out; finished in {:.2}s",
        1 - passed,
        begun.elapsed().as_secs_f64()
    );
}

#[derive(Default)]
struct Counts {
    kills: u64,
    while_opening: u64,
    acknowledged: u64,
    /// Committed, but killed before it could say so.
    beyond: u64,
    retries: u64,
}

/// A panic's message names the round, and the seed brings it about again.
fn torture(rounds: u64, seed: u64) -> Counts {
    println!("torture: {rounds} rounds from seed {seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut counts = Counts::default();
    let mut tried: Option<Tried> = None;
    for round in 0..rounds {
        let mut here = tried
            .take()
            .filter(|_| round % ROUNDS_A_STORE != 0)
            .unwrap_or_else(|| Tried::new(seed.wrapping_mul(1_000).wrapping_add(round)));
        here.round(round, &mut random, &mut counts);
        tried = Some(here);
    }
    counts
}

/// A store and what has to be in it.
struct Tried {
    folder: tempfile::TempDir,
    seed: u64,
    script: Script,
    /// How many sets are known to be committed.
    committed: u64,
    /// The last was committed without anybody having been told.
    unheard: bool,
}

impl Tried {
    fn new(seed: u64) -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        Self { folder, seed, script: Script::of(seed), committed: 0, unheard: false }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("graph.db")
    }

    fn round(&mut self, round: u64, random: &mut ChaCha8Rng, counts: &mut Counts) {
        // Whoever was not told tries again.
        let from = self.committed - u64::from(self.unheard);
        counts.retries += u64::from(self.unheard);
        let mut child = self.spawn(from);
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let while_opening = random.random_ratio(1, 10);
        if while_opening {
            std::thread::sleep(Duration::from_micros(random.random_range(0..30_000)));
        } else {
            assert_eq!(line(&mut lines).as_deref(), Some("ready"), "round {round}");
            std::thread::sleep(Duration::from_micros(random.random_range(0..150_000)));
        }
        child.kill().unwrap();
        let status = child.wait().unwrap();
        assert_eq!(status.code(), None, "round {round}: it ended before it was killed: {status}");
        counts.kills += 1;
        counts.while_opening += u64::from(while_opening);

        let mut told = from;
        for line in std::iter::from_fn(|| line(&mut lines)).filter(|line| line != "ready") {
            told += 1;
            let repeated = told <= self.committed;
            assert_eq!(line, format!("set {told} is revision {told}, repeated: {repeated}"), "round {round}");
        }
        counts.acknowledged += told.saturating_sub(self.committed);
        let told = told.max(self.committed);
        let found = ground::runtime().block_on(self.verify(round, told));
        counts.beyond += found - told;
        self.unheard = found > told;
        self.committed = found;
    }

    fn spawn(&self, from: u64) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .arg("child")
            .arg(self.path())
            .args([self.seed, from].map(|number| number.to_string()))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Opens the store as the kill left it; says how many sets it holds.
    async fn verify(&mut self, round: u64, told: u64) -> u64 {
        let store = opened(&self.path()).await;
        let health = store.health().await.unwrap();
        let found = health.revision.0;
        assert!(found == told || found == told + 1, "round {round}: {told} acknowledged, {found} there");
        while self.script.now.revision < found {
            let set = self.script.next_set();
            let committed = store.committed(&set.id).await.unwrap();
            let committed = committed.unwrap_or_else(|| panic!("round {round}: {} is not there", set.id));
            assert_eq!((committed.revision.0, &committed.request), (self.script.now.revision, &set.request));
        }
        let (expected, state) = (&self.script.now, state(&store).await);
        assert_eq!(health.announced.0, expected.announced, "round {round}");
        assert!(state.nodes == expected.nodes, "round {round}: the nodes are not those of revision {found}");
        assert!(state.relations == expected.relations, "round {round}: the relations are not those of {found}");
        assert!(state.sources == expected.sources, "round {round}: the sources are not those of {found}");
        let log = store.changes_since(Revision(0), usize::MAX).await.unwrap();
        assert!(log.iter().map(|entry| entry.revision.0).eq(1..=expected.announced), "round {round}: the log has gaps");
        for id in expected.erased.iter().rev().take(20) {
            let past = store.past(&PastOf::Thing(id.as_str().to_owned()), None, usize::MAX).await.unwrap();
            let values = past.iter().flat_map(|past| &past.fields).any(|field| field.before.is_some());
            assert!(!past.is_empty() && !values, "round {round}: {id} was erased");
        }
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new(), "round {round}");
        found
    }
}

/// A line that was written whole.
fn line(lines: &mut impl std::io::BufRead) -> Option<String> {
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    line.strip_suffix('\n').map(str::to_owned)
}

async fn opened(path: &Path) -> Store {
    Arc::new(EmbeddedStore::open(path).await.unwrap())
}

/// Commits what the script says after so many sets, and says so after each, until it is killed. Somebody reads meanwhile.
fn child(path: &Path, seed: u64, from: u64) {
    ground::runtime().block_on(async {
        let mut script = Script::of(seed);
        (0..from).for_each(|_| drop(script.next_set()));
        let store = opened(path).await;
        tell("ready");
        let reader = Arc::clone(&store);
        tokio::spawn(async move {
            loop {
                reader.load().await.unwrap();
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        loop {
            let set = script.next_set();
            let id = set.id.clone();
            let committed = store.commit(set).await.unwrap();
            tell(&format!("{id} is revision {}, repeated: {}", committed.revision, committed.repeated));
        }
    });
}

fn tell(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listens may have gone just before the kill.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

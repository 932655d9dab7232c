//! The invariants of `docs/ARCHITECTURE.md` that a look at the sources can hold.

use std::path::{Path, PathBuf};

/// (what only some rooms may mention, the rooms)
const BELONGS_TO: &[(&[&str], &[&str])] = &[
    (&["rusqlite", "SELECT ", "INSERT INTO"], &["store/embedded"]),
    // `telemetry` keeps the driver from logging.
    (&["neo4rs"], &["store/neo4j", "telemetry.rs"]),
    (&["MATCH (", "MERGE (", "UNWIND "], &["store/neo4j"]),
    (&["async_graphql"], &["graphql", "http"]),
    (&["axum::", "use axum", "tungstenite"], &["http"]),
    (&["anyhow"], &["cli", "main.rs"]),
    (&["std::fs", "fs::read"], &["ingest/input.rs", "config/read.rs", "store/embedded"]),
];

/// Each room, and what it may name; the rooms on the right are below it.
const MAY_USE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("store", &["model"]),
    ("snapshot", &["model", "store"]),
    ("outreach", &["model", "snapshot"]),
    ("access", &["model", "snapshot", "outreach"]),
    ("ingest", &["model", "snapshot"]),
    ("app", &["model", "store", "snapshot", "outreach", "access", "ingest", "config", "error"]),
    ("graphql", &["model", "snapshot", "outreach", "access", "app", "config", "error", "telemetry"]),
    ("http", &["model", "config", "error", "telemetry"]),
];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("inside").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("text"))
        })
        .filter(|(name, _)| !name.contains("tests"))
        .collect()
}

fn in_room(file: &str, room: &str) -> bool {
    file == room || file.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

/// The code of a file, without comments and without its own unit tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .map(|(place, line)| (place + 1, line.split("//").next().unwrap_or_default()))
}

#[test]
fn each_technique_stays_in_its_room() {
    let mut strays = Vec::new();
    for (file, text) in sources() {
        for (words, rooms) in BELONGS_TO {
            if rooms.iter().any(|room| in_room(&file, room)) {
                continue;
            }
            for (line, code) in code(&text) {
                strays.extend(
                    words.iter().filter(|word| code.contains(**word)).map(|word| format!("{file}:{line} {word}")),
                );
            }
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn nothing_points_back_up() {
    let rooms = [
        "access",
        "app",
        "cli",
        "config",
        "error",
        "graphql",
        "http",
        "ingest",
        "model",
        "outreach",
        "snapshot",
        "store",
        "telemetry",
    ];
    let mut strays = Vec::new();
    for (file, text) in sources() {
        let Some((room, below)) = MAY_USE.iter().find(|(room, _)| in_room(&file, room)) else { continue };
        for (line, code) in code(&text) {
            for other in rooms.iter().filter(|other| *other != room && !below.contains(other)) {
                if code.contains(&format!("crate::{other}::")) || code.contains(&format!("crate::{other};")) {
                    strays.push(format!("{file}:{line} uses {other}"));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn nobody_reads_the_wall_clock_or_the_system_s_randomness_but_through_the_model() {
    let mut strays = Vec::new();
    for (file, text) in sources().into_iter().filter(|(file, _)| !in_room(file, "model")) {
        for (line, code) in code(&text) {
            let reads = ["Timestamp::now", "Zoned::now", "SystemTime", "rand::rng", "make_rng"];
            strays
                .extend(reads.iter().filter(|word| code.contains(**word)).map(|word| format!("{file}:{line} {word}")));
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

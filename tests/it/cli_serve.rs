//! `inroads serve` as a shell sees it: one line and exit code 2 when it cannot start, 0 when it is told to stop.

use assert_cmd::Command;
use inroads::model::{ChangeSet, RunPart};
use inroads::store::{GraphStore as _, embedded::EmbeddedStore};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command as Process, Stdio},
};

fn inroads(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("inroads"));
    for name in ["INROADS_STORE", "INROADS_LISTEN", "INROADS_CONFIG"] {
        command.env_remove(name);
    }
    command.args(arguments).timeout(std::time::Duration::from_mins(1));
    command
}

/// Fails to start, and says why in one line.
#[track_caller]
fn assert_cannot_start(mut command: Command, words: &[&str]) {
    let output = command.output().expect("ran");
    let line = String::from_utf8(output.stderr).expect("text");
    assert_eq!((output.status.code(), line.lines().count()), (Some(2), 1), "{line}");
    for word in words {
        assert!(line.contains(word), "{line}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn a_port_in_use() {
    let held = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = held.local_addr().expect("an address").to_string();
    assert_cannot_start(inroads(&["serve", "--listen", &address]), &[&address, "in use", "--listen"]);
}

#[test]
fn an_address_beyond_this_machine() {
    for address in ["0.0.0.0:8080", "[::]:8080", "192.0.2.1:80"] {
        assert_cannot_start(
            inroads(&["serve", "--listen", address]),
            &[address, "authentication", "--listen 127.0.0.1"],
        );
    }
    let mut by_environment = inroads(&["serve"]);
    by_environment.env("INROADS_LISTEN", "0.0.0.0:8080");
    assert_cannot_start(by_environment, &["0.0.0.0:8080"]);
}

#[test]
fn a_configuration_with_a_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("inroads.toml");
    std::fs::write(&file, "[http]\nlisten = \"127.0.0.1:0\"\nport = 1\n").expect("written");
    let file = file.to_str().expect("text");
    assert_cannot_start(inroads(&["serve", "--config", file]), &[file, "line 3", "http.port", "expected one of"]);
    assert_cannot_start(
        inroads(&["serve", "--config", "/nowhere/inroads.toml"]),
        &["/nowhere/inroads.toml", "--config"],
    );
}

#[test]
fn a_store_of_an_unknown_kind_is_a_wrong_argument_and_no_password_is_shown() {
    for url in ["mysql://graph:7687", "bolt://me:hunter2@graph:7687"] {
        let output = inroads(&["serve", "--store", url]).output().expect("ran");
        let text = String::from_utf8(output.stderr).expect("text");
        assert_eq!(output.status.code(), Some(2), "{url}");
        assert!(text.contains("--store") && !text.contains("hunter2"), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn it_says_where_it_is_and_ends_well_when_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = format!("embedded:{}", folder.path().join("inroads.db").display());
    let mut server = Process::new(assert_cmd::cargo::cargo_bin!("inroads"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store", &store])
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
    let playground = lines.find(|line| line.contains("/playground")).expect("an address");
    let address = playground.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");

    let mut stream = TcpStream::connect(address).expect("connected");
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");

    let told = Process::new("kill").args(["-s", "TERM", &server.id().to_string()]).status().expect("sent");
    assert!(told.success());
    assert_eq!(server.wait().expect("ended").code(), Some(0));
}

#[tokio::test]
async fn a_seed_that_was_broken_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("graph.db");
    let store = EmbeddedStore::open(&path).await.expect("a store");
    let part = RunPart { run: "1".to_owned(), what: inroads::app::SEED_RUN.to_owned(), last: false };
    let begun = ChangeSet {
        id: "1".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: "test".to_owned(),
        source: "test".to_owned(),
        run: Some(part),
        request: None,
        expects: Vec::new(),
        changes: Vec::new(),
    };
    store.commit(begun).await.expect("committed");
    drop(store);
    let url = format!("embedded:{}", path.display());
    let serve = inroads(&["serve", "--listen", "127.0.0.1:0", "--store", &url]);
    assert_cannot_start(serve, &["broken off", "inroads seed"]);
}

#[test]
fn a_store_that_cannot_be_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").expect("written");
    let url = format!("embedded:{}", file.join("graph.db").display());
    assert_cannot_start(inroads(&["serve", "--listen", "127.0.0.1:0", "--store", &url]), &["a-file"]);
    let url = format!("embedded:{}", file.display());
    assert_cannot_start(inroads(&["serve", "--listen", "127.0.0.1:0", "--store", &url]), &["not an inroads store"]);
}

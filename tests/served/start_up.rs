//! A server that cannot start over Neo4j says why in one line, with exit code 2, and never tells the password.

use crate::neo4j_server::{Server, server};
use crate::support::place::{Place, inroads};
use crate::support::process::{PATIENCE, Serving, run};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::Instant;

const SECRET: &str = "hunter2-hunter2";

fn serve(url: &str) -> Command {
    let mut command = inroads(&["serve", "--listen", "127.0.0.1:0", "--store", url]);
    command.env("INROADS_STORE_PASSWORD", SECRET);
    command
}

/// Fails to start in time, and says why in one line without the password.
#[track_caller]
fn assert_cannot_start(mut command: Command, words: &[&str]) {
    let begun = Instant::now();
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    let line = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{line}");
    for word in words {
        assert!(line.contains(word), "{word}: {line}");
    }
    assert!(!line.contains(SECRET), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
}

/// The address of somebody who answers every caller with the same words.
fn somebody_who_says(words: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut line in listener.incoming().flatten() {
            let _ = line.read(&mut [0; 64]);
            let _ = line.write_all(words);
        }
    });
    port
}

fn address(server: &Server) -> String {
    format!("bolt://neo4j@127.0.0.1:{}", server.port)
}

#[test]
fn a_wrong_password() {
    let server = server();
    assert_cannot_start(serve(&address(&server)), &["refuses the user or the password", "INROADS_STORE_PASSWORD"]);
    let mut unknown = serve(&format!("bolt://somebody@127.0.0.1:{}", server.port));
    unknown.env("INROADS_STORE_PASSWORD", server.settings().password);
    assert_cannot_start(unknown, &["refuses the user or the password"]);
}

#[test]
fn no_password_at_all() {
    let mut command = serve("bolt://neo4j@127.0.0.1:1");
    command.env_remove("INROADS_STORE_PASSWORD");
    assert_cannot_start(command, &["needs a password", "INROADS_STORE_PASSWORD", "password_file"]);
}

#[test]
fn a_password_file_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("inroads.toml");
    std::fs::write(&config, "[store]\npassword_file = \"/nowhere/password\"\n").unwrap();
    let mut command = serve("bolt://neo4j@127.0.0.1:1");
    command.env_remove("INROADS_STORE_PASSWORD").arg("--config").arg(config);
    assert_cannot_start(command, &["/nowhere/password", "password_file"]);
}

#[test]
fn nobody_there() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_cannot_start(serve(&format!("bolt://neo4j@127.0.0.1:{port}")), &["cannot be reached", &port.to_string()]);
}

#[test]
fn somebody_who_is_not_neo4j() {
    for words in [&b"220 mail.example.org ESMTP\r\n"[..], b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"] {
        let port = somebody_who_says(words);
        assert_cannot_start(serve(&format!("bolt://neo4j@127.0.0.1:{port}")), &["no Neo4j", &port.to_string()]);
    }
}

#[test]
fn somebody_who_says_nothing() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    assert_cannot_start(
        serve(&format!("bolt://neo4j@127.0.0.1:{port}")),
        &["did not answer in time", &port.to_string()],
    );
}

#[test]
fn a_password_in_the_address() {
    let output = serve(&format!("bolt://neo4j:{SECRET}@127.0.0.1:7687")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("INROADS_STORE_PASSWORD") && !said.contains(SECRET), "{said}");
}

#[test]
fn somebody_elses_graph_is_left_alone() {
    let neo4j = server();
    run(async {
        neo4j.wipe().await;
        neo4j.driver().run(neo4rs::query("CREATE (:Film {title: 'not ours'})")).await.unwrap();
    });
    let mut command = serve(&address(&neo4j));
    command.env("INROADS_STORE_PASSWORD", neo4j.settings().password);
    assert_cannot_start(command, &["not of inroads", "left alone"]);
    run(async { neo4j.wipe().await });
}

#[test]
fn the_password_of_a_running_server_shows_nowhere() {
    let neo4j = server();
    run(async {
        let place = Place::on(&neo4j).await;
        let serving = Serving::start(&place).await;
        serving.revision().await;
        let listed =
            Command::new("ps").args(["-ww", "-o", "args=", "-p", &serving.pid().to_string()]).output().unwrap();
        let listed = String::from_utf8(listed.stdout).unwrap();
        let password = neo4j.settings().password;
        assert!(listed.contains("serve") && !listed.contains(&password), "{listed}");
        assert!(!std::fs::read_to_string(&serving.log).unwrap().contains(&password));
    });
}

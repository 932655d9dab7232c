//! A server in earnest: what another process writes to its store is told within a moment, and history that is older than
//! it has to be is let go.

use crate::support::deeds::body;
use crate::support::http::PATIENCE;
use crate::support::socket::dial;
use assert_cmd::cargo::cargo_bin;
use inroads::model::ChangeSet;
use inroads::store::{GraphStore as _, embedded::EmbeddedStore};
use serde_json::json;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start(arguments: &[&str], store: &Path) -> Self {
        let mut process = inroads(store)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut said = BufReader::new(process.stdout.take().expect("piped"));
        let mut line = String::new();
        said.read_line(&mut line).expect("an address");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { process, address: address.parse().expect("an address") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("it was running");
        self.process.wait().expect("it has ended");
    }
}

fn inroads(store: &Path) -> Command {
    let mut command = Command::new(cargo_bin!("inroads"));
    command.env_remove("INROADS_CONFIG").env("INROADS_STORE", format!("embedded:{}", store.display()));
    command
}

#[tokio::test]
async fn an_import_by_another_process_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = folder.path().join("graph.db");
    let server = Server::start(&[], &store);
    let mut client = dial(server.address).await;
    client
        .subscribe("1", "subscription { changes(sinceRevision: 0, types: [ORGANISATION]) { changes { kind id } } }")
        .await;

    let sheets = folder.path().join("sheets");
    std::fs::create_dir(&sheets).expect("a folder");
    let rows = "ref,name,kind,sector,nation,postcode,area,valid_from,valid_to,do_not_approach_until,website,source,synthetic\n\
                GB-CHC:1,The Drop-in,VCFSE,VOLUNTARY_AND_COMMUNITY,ENGLAND,,,,,,,test,\n";
    std::fs::write(sheets.join("organisations.csv"), rows).expect("written");
    let imported = inroads(&store).args(["import", "team"]).arg(&sheets).output().expect("ran");
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));

    let told = client.data("1").await;
    assert_eq!(told, json!({ "changes": { "changes": [{ "kind": "CREATED", "id": "org:GB-CHC:1" }] } }));
    client.subscribe("2", r#"{ node(id: "org:GB-CHC:1") { id } }"#).await;
    assert_eq!(client.data("2").await, json!({ "node": { "id": "org:GB-CHC:1" } }));
}

#[tokio::test]
async fn old_history_is_let_go_where_it_is_not_kept_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("graph.db");
    let store = EmbeddedStore::open(&path).await.expect("a store");
    let long_ago = ChangeSet {
        id: "long ago".to_owned(),
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: "test".to_owned(),
        source: "test".to_owned(),
        run: None,
        request: None,
        expects: Vec::new(),
        changes: vec![body("org:a", "A")],
    };
    store.commit(long_ago).await.expect("committed");
    let kept = Server::start(&[], &path);
    dial(kept.address).await;
    drop(kept);
    assert_eq!(store.health().await.expect("well").log_since.0, 0, "everything is kept by default");

    let config = folder.path().join("inroads.toml");
    std::fs::write(&config, "[store]\nkeep_history_days = 30\n").expect("written");
    let _server = Server::start(&["--config", config.to_str().expect("text")], &path);
    let let_go = async {
        while store.health().await.expect("well").log_since.0 == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, let_go).await.expect("in time");
    assert_eq!(store.load().await.expect("a graph").nodes.len(), 1, "the graph stays");
}

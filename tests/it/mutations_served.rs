//! A change through the server that the binary is: by POST, for those who may, and still there after a restart.

use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, role: &str) -> Self {
        let store = format!("embedded:{}", folder.join("graph.db").display());
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("inroads"))
            .args(["serve", "--listen", "127.0.0.1:0", "--store", &store, "--as", role])
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines().map(|line| line.expect("text"));
        let playground = lines.find(|line| line.contains("/playground")).expect("an address");
        let address = playground.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { address: address.to_owned(), process }
    }

    /// The head of the answer, and its body.
    fn send(&self, request_line: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("connected");
        let (address, length) = (&self.address, body.len());
        write!(
            stream,
            "{request_line} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
             Connection: close\r\n\r\n{body}"
        )
        .expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        (head.to_ascii_lowercase(), body.to_owned())
    }

    fn post(&self, query: &str) -> (String, Value) {
        let (head, body) = self.send("POST /graphql", &json!({ "query": query }).to_string());
        (head, serde_json::from_str(&body).expect("JSON"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

const CREATE: &str = r#"mutation { organisationCreate(input: { ref: "GB-CHC:5", name: "Five", kind: VCFSE, source: "a call" }) {
    organisation { id } userErrors { path code } revision } }"#;

#[test]
fn a_change_by_post_outlives_the_server() {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let partner = Server::start(folder.path(), "partner");
    let (head, answer) = partner.post(CREATE);
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let refused =
        json!({ "organisation": null, "userErrors": [{ "path": ["input"], "code": "FORBIDDEN" }], "revision": 0 });
    assert_eq!(answer["data"]["organisationCreate"], refused);
    drop(partner);

    let team = Server::start(folder.path(), "team");
    let (head, _) =
        team.send("GET /graphql?query=mutation%7BorganisationCreate%28input%3A%7B%7D%29%7Brevision%7D%7D", "");
    assert!(head.starts_with("http/1.1 405") && head.contains("allow: post"), "{head}");
    let (head, answer) = team.post(CREATE);
    let done = json!({ "organisation": { "id": "org:GB-CHC:5" }, "userErrors": [], "revision": 1 });
    assert_eq!(answer["data"]["organisationCreate"], done);
    assert!(head.contains("inroads-revision: 1"), "{head}");
    drop(team);

    let again = Server::start(folder.path(), "team");
    let (_, answer) = again.post("{ revision organisation(by: { charityNumber: \"5\" }) { name } }");
    assert_eq!(answer["data"], json!({ "revision": 1, "organisation": { "name": "Five" } }));
}

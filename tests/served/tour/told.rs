//! Does what a tour does, and writes down what it is told, without what differs from one run to the next.

use crate::support::process::Serving;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;

pub struct Told<'a> {
    server: &'a Serving,
    told: String,
}

const QUESTION: &str = "query($question: OutreachQuestionInput!) { outreachPaths(question: $question) {
    paths { nodes { name } hops { relation title strength evidence { kind source date } } warmth ask }
    noVerifiedPath { reason rules suggestions } notices { code message } revision } }";

impl<'a> Told<'a> {
    pub fn by(server: &'a Serving) -> Self {
        Self { server, told: String::new() }
    }

    pub async fn done(&mut self, name: &str, input: Value) -> u64 {
        let revision = self.server.done(name, input).await;
        writeln!(self.told, "{revision}: {name}").unwrap();
        revision
    }

    /// The question that the tour is about, on a day on which all of it has happened.
    pub async fn ask(&mut self, when: &str) {
        let question =
            json!({ "from": [{ "ref": "team:person/ann" }], "to": { "group": { "ref": "group:tour/night-workers" } } });
        let body = self.server.graphql(QUESTION, &json!({ "question": question })).await;
        self.write(when, &body);
    }

    pub async fn query(&mut self, what: &str, query: &str) {
        let body = self.server.graphql(query, &Value::Null).await;
        self.write(what, &body);
    }

    fn write(&mut self, what: &str, body: &Value) {
        writeln!(self.told, "{what}:\n{}", serde_json::to_string_pretty(body).unwrap()).unwrap();
    }

    /// What was told now is left beside the other test files, to be kept where it is right.
    #[track_caller]
    pub fn assert(&self, expected: &str) {
        let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join("told.txt");
        std::fs::write(&now, &self.told).unwrap();
        assert!(self.told == expected, "{} is not what is kept in tests/served/tour/told.txt", now.display());
    }
}

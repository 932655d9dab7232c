//! The playground's example questions, and the document that the command line sends: valid against this schema.

use super::world::World;
use async_graphql::{Request, Variables};
use futures_util::{FutureExt as _, StreamExt as _};
use inroads::access::{Role, Viewer};
use serde_json::json;
use std::path::Path;

#[tokio::test]
async fn every_example_of_the_playground_is_valid() {
    let world = World::new().await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/examples");
    let mut examples: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    examples.sort();
    assert!(examples.len() >= 12);
    for example in examples {
        let text = std::fs::read_to_string(&example).unwrap();
        if text.contains("\nsubscription ") {
            let mut answers = world.schema.stream(Request::new(text), world.app.asking(Viewer::new(Role::Team)));
            // Refused at once, or waiting for something to happen.
            assert!(answers.next().now_or_never().is_none(), "{}", example.display());
            continue;
        }
        let response = world.run(Role::Team, text).await;
        for error in &response.errors {
            let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code")).cloned();
            // Some name what this small graph does not have.
            assert_eq!(code, Some("NOT_FOUND".into()), "{}: {error:?}", example.display());
        }
    }
}

#[tokio::test]
async fn the_command_lines_document_selects_the_whole_answer() {
    let world = World::new().await;
    let question = json!({ "from": [{ "team": true }], "to": { "group": { "ref": "group:homeless" } } });
    let request = Request::new(inroads::graphql::OUTREACH_DOCUMENT)
        .variables(Variables::from_json(json!({ "question": question, "k": 100 })));
    let response = world.run(Role::Team, request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let answer = response.data.into_json().unwrap();
    assert!(answer["outreachPaths"]["paths"][0]["hops"][0]["evidence"][0]["kind"].is_string(), "{answer}");
}

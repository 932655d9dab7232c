//! The questions that the playground offers run as they are, and find something.

use crate::support::seeded;
use futures_util::StreamExt as _;
use inroads::access::{Role, Viewer};
use inroads::config::Limits;

#[tokio::test]
async fn every_example_question_has_an_answer() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web/examples");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("examples").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    assert!(files.len() >= 12, "a dozen at least");
    let schema = inroads::graphql::schema(&Limits::default());
    for file in files {
        let query = std::fs::read_to_string(&file).expect("text");
        if query.contains("\nmutation ") {
            continue;
        }
        let asking = seeded::whole().ask(seeded::TODAY).await;
        let response = if query.contains("\nsubscription ") {
            // From the beginning, so that there is something to tell.
            let request = async_graphql::Request::new(query.replacen("changes {", "changes(sinceRevision: 0) {", 1));
            schema.stream(request, asking).next().await.expect("an event")
        } else {
            schema.execute(async_graphql::Request::new(query), asking).await
        };
        assert!(response.errors.is_empty(), "{}: {:#?}", file.display(), response.errors);
        let data = response.data.into_json().expect("JSON");
        let empty = data.as_object().expect("an object").values().any(|answer| {
            answer.is_null()
                || answer["edges"].as_array().is_some_and(Vec::is_empty)
                || answer.as_array().is_some_and(Vec::is_empty)
        });
        assert!(!empty, "{}: {data:#}", file.display());
    }
}

/// Those that change something do so for the team, and once only; what is for stewards says so.
#[tokio::test]
async fn every_example_change_can_be_made_and_made_again() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web/examples");
    let files = std::fs::read_dir(folder).expect("examples").map(|entry| entry.expect("a file").path());
    let mut changes: Vec<String> = files
        .map(|file| std::fs::read_to_string(file).expect("text"))
        .filter(|text| text.contains("\nmutation "))
        .collect();
    changes.sort();
    assert!(changes.len() >= 4, "a few");
    let seeded = seeded::whole().copy().await;
    let app = seeded.app(seeded::TODAY).await;
    let schema = inroads::graphql::schema(&Limits::default());
    let run = async |query: &str, role: Role| {
        let request = async_graphql::Request::new(query);
        let response = schema.execute(request, app.asking(Viewer::new(role))).await;
        assert!(response.errors.is_empty(), "{query}: {:#?}", response.errors);
        response.data.into_json().expect("JSON")
    };
    let faults = |data: &serde_json::Value| -> Vec<String> {
        let payloads = data.as_object().expect("an object").values();
        let errors = payloads.flat_map(|payload| payload["userErrors"].as_array().expect("errors").clone());
        errors.map(|error| error["code"].as_str().expect("a code").to_owned()).collect()
    };
    for query in changes {
        let for_stewards = query.contains("--as steward");
        let team = run(&query, Role::Team).await;
        assert_eq!(faults(&team), if for_stewards { vec!["FORBIDDEN"] } else { vec![] }, "{query}: {team:#}");
        let role = if for_stewards { Role::Steward } else { Role::Team };
        let done = run(&query, role).await;
        assert_eq!(faults(&done), Vec::<String>::new(), "{query}: {done:#}");
        let revision = app.revision();
        assert_eq!(faults(&run(&query, role).await), Vec::<String>::new(), "{query}, again");
        assert_eq!(app.revision(), revision, "{query}, again");
    }
}

/// The first example is the product: several ways in, each with words to ask with.
#[tokio::test]
async fn the_first_example_finds_as_many_ways_in_as_it_asks_for() {
    let query = include_str!("../../web/examples/01-homelessness-liverpool.graphql");
    let asking = seeded::whole().ask(seeded::TODAY).await;
    let schema = inroads::graphql::schema(&Limits::default());
    let data = schema.execute(async_graphql::Request::new(query), asking).await.data.into_json().expect("JSON");
    let paths = data["outreachPaths"]["paths"].as_array().expect("paths");
    assert_eq!(paths.len(), 3, "{data:#}");
    assert!(paths.iter().all(|path| path["ask"].as_str().is_some_and(|ask| ask.len() > 20)), "{data:#}");
}

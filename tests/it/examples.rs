//! The questions that the playground offers run as they are, and find something.

use crate::support::seeded;
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
        let asking = seeded::whole().ask(seeded::TODAY).await;
        let response = schema.execute(async_graphql::Request::new(query), asking).await;
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

//! The README's questions have the answers that the README gives, and what else it shows of GraphQL can be run.

use crate::support::seeded;
use async_graphql::Request;
use futures_util::StreamExt as _;
use inroads::access::{Role, Viewer};
use inroads::config::Limits;

#[tokio::test]
async fn the_answers_in_the_readme_are_real() {
    let readme = include_str!("../../README.md");
    let schema = inroads::graphql::schema(&Limits::default());
    let app = seeded::whole().app(seeded::TODAY).await;
    let (mut answered, mut shown) = (0, 0);
    for part in readme.split("```graphql\n").skip(1) {
        let (query, rest) = part.split_once("```").expect("the block ends");
        let Some(answer) = rest.trim_start().strip_prefix("```json\n") else {
            // It names things that are not there: run by somebody who may change nothing, it has to be valid.
            let asking = app.asking(Viewer::new(Role::Partner));
            let first = if query.starts_with("subscription") {
                schema.stream(Request::new(query), asking).next().await.expect("an answer")
            } else {
                schema.execute(Request::new(query), asking).await
            };
            assert!(first.errors.is_empty(), "{query}: {:?}", first.errors);
            shown += 1;
            continue;
        };
        let expected: serde_json::Value =
            serde_json::from_str(answer.split_once("```").expect("the answer ends").0).expect("JSON");
        let asking = app.asking(Viewer::new(Role::Team));
        let response = schema.execute(Request::new(query), asking).await;
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        assert_eq!(response.data.into_json().expect("JSON"), expected, "{query}");
        answered += 1;
    }
    assert_eq!((answered, shown), (5, 2));
}

//! The README's questions have the answers that the README gives.

use crate::support::seeded;
use inroads::config::Limits;

#[tokio::test]
async fn the_answers_in_the_readme_are_real() {
    let readme = include_str!("../../README.md");
    let mut pairs = 0;
    for part in readme.split("```graphql\n").skip(1) {
        let (query, rest) = part.split_once("```").expect("the block ends");
        let answer = rest.split_once("```json\n").and_then(|(_, json)| json.split_once("```")).expect("an answer").0;
        let expected: serde_json::Value = serde_json::from_str(answer).expect("JSON");
        let asking = seeded::whole().ask(seeded::TODAY).await;
        let schema = inroads::graphql::schema(&Limits::default());
        let response = schema.execute(async_graphql::Request::new(query), asking).await;
        assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
        assert_eq!(response.data.into_json().expect("JSON"), expected, "{query}");
        pairs += 1;
    }
    assert_eq!(pairs, 5);
}

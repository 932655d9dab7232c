//! What one request may ask for.

use super::world::World;
use inroads::access::Role;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

async fn code(query: &str) -> String {
    World::new().await.refused(Role::Team, query).await.0
}

#[tokio::test]
async fn too_deep_too_complex_too_many() {
    let deep = format!("{{ areas {}{{ totalCount }}{} }}", "{ nodes { children ".repeat(8), "} }".repeat(8));
    let wide =
        "{ organisations(first: 100) { nodes { people(first: 100) { nodes { name roles { nodes { name } } } } } } }";
    let aliases: String = (0..101).fold(String::new(), |mut text, n| {
        let _ = write!(text, "a{n}: __typename ");
        text
    });
    let searches: String = (0..25).fold(String::new(), |mut text, n| {
        let question = r#"{ from: [{ team: true }], to: { group: { ref: "group:homeless" } } }"#;
        let _ = write!(text, "a{n}: outreachPaths(question: {question}) {{ searched }} ");
        text
    });
    for query in [deep.as_str(), wide, &format!("{{ {aliases} }}"), &format!("{{ {searches} }}")] {
        assert_eq!(code(query).await, "LIMIT_EXCEEDED", "{query}");
    }
}

#[tokio::test]
async fn long_lists_and_texts() {
    let text = "x".repeat(201);
    assert_eq!(code(&format!("{{ search(text: \"{text}\") {{ totalCount }} }}")).await, "LIMIT_EXCEEDED");
    let ids = "\"a\", ".repeat(101);
    assert_eq!(code(&format!("{{ nodes(ids: [{ids}]) {{ id }} }}")).await, "LIMIT_EXCEEDED");
    let parts = "{}, ".repeat(501);
    let filter = format!("{{ organisations(filter: {{ anyOf: [{parts}] }}) {{ totalCount }} }}");
    assert_eq!(code(&filter).await, "LIMIT_EXCEEDED");
}

/// Fragments that name each other twice: thirty lines that stand for a thousand million fields.
#[tokio::test]
async fn a_bomb_of_fragments_is_refused_at_once() {
    let mut query = "query { ...F0 }".to_owned();
    for n in 0..29 {
        let _ = write!(query, " fragment F{n} on Query {{ ...F{m} ...F{m} }}", m = n + 1);
    }
    query.push_str(" fragment F29 on Query { __typename }");
    let started = Instant::now();
    assert_eq!(code(&query).await, "LIMIT_EXCEEDED");
    assert!(started.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn fragments_in_a_circle_or_a_long_chain() {
    let circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
    assert_eq!(code(circle).await, "BAD_REQUEST");
    let mut chain = "{ ...F0 }".to_owned();
    for n in 0..5_000 {
        let _ = write!(chain, " fragment F{n} on Query {{ ...F{} }}", n + 1);
    }
    chain.push_str(" fragment F5000 on Query { __typename }");
    assert_eq!(code(&chain).await, "LIMIT_EXCEEDED");
}

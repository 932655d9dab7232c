//! The questions of `docs/NEO4J.md` are asked of the seed, and answered as the document says.

use crate::neo4j_server::server;
use crate::support::place::Place;
use crate::support::process::run;
use neo4rs::query;
use serde_json::{Map, Value};

#[test]
fn the_questions_of_the_document_are_answered_as_it_says() {
    let neo4j = server();
    run(async {
        Place::on(&neo4j).await.run(&["seed"]);
        let questions = questions(include_str!("../../docs/NEO4J.md"));
        assert_eq!(questions.len(), 5);
        for (question, expected) in questions {
            let head = expected.lines().next().expect("a head");
            let columns: Vec<&str> = head.split('|').map(str::trim).filter(|name| !name.is_empty()).collect();
            let mut answer = neo4j.driver().execute(query(question)).await.unwrap();
            let mut rows: Vec<Map<String, Value>> = Vec::new();
            while let Some(row) = answer.next().await.unwrap() {
                rows.push(row.to_strict().unwrap());
            }
            assert_eq!(table(&columns, &rows), expected, "{question}");
        }
    });
}

/// Each question with the table that answers it.
fn questions(document: &str) -> Vec<(&str, &str)> {
    let parts = document.split("```cypher\n").skip(1);
    parts
        .map(|part| {
            let (question, rest) = part.split_once("\n```\n").expect("the question ends");
            (question, rest.trim_start_matches('\n').split("\n\n").next().expect("a table").trim_end())
        })
        .collect()
}

/// A table with the columns in the order that the document gives them.
fn table(columns: &[&str], rows: &[Map<String, Value>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = line(columns.iter().map(ToString::to_string).collect());
    let rule = format!("|{}", "---|".repeat(columns.len()));
    let rows = rows.iter().map(|row| line(columns.iter().map(|column| shown(&row[*column])).collect()));
    [head, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

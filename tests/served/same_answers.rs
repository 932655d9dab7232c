//! The same graph gives the same answers, byte for byte, wherever it is kept and however often it was copied.

mod questions;

use crate::neo4j_server::server;
use crate::support::client::Answer;
use crate::support::place::Place;
use crate::support::process::{Serving, run};
use futures_util::future::{join, join_all, join3};
use questions::{Names, paths, rest};
use serde_json::Value;
use std::collections::BTreeSet;

/// So many made-up people are in it.
const PEOPLE: usize = 250;
const QUESTIONS: usize = 200;

#[test]
fn two_hundred_questions_have_the_same_answers_on_both_stores_copied_and_after_a_restart() {
    let neo4j = server();
    run(async {
        let (file, back) = (Place::file(), Place::file());
        let on_neo4j = Place::on(&neo4j).await;
        file.seed(PEOPLE);
        file.copy_to(&on_neo4j);
        on_neo4j.copy_to(&back);
        for place in [&on_neo4j, &back] {
            place.assert_whole();
        }
        let (over_file, over_neo4j, over_copy) =
            join3(Serving::start(&file), Serving::start(&on_neo4j), Serving::start(&back)).await;
        let names = Names::of(&over_file).await;
        let questions: Vec<(String, Value)> = paths(&names, QUESTIONS).into_iter().chain(rest(&names)).collect();
        let mut answers = Vec::new();
        for (query, variables) in &questions {
            let (one, two) = join(over_file.answer(query, variables), over_neo4j.answer(query, variables)).await;
            assert_same("Neo4j", &one, &two, variables);
            answers.push(one);
        }
        assert_varied(&answers[..QUESTIONS].iter().map(Answer::json).collect::<Vec<_>>());
        for answer in &answers {
            let json = answer.json();
            assert!(json["data"].is_object() && json.get("errors").is_none(), "{json}");
        }
        drop((over_file, over_neo4j));

        // Some of each sort, for a graph that went there and back, and for servers that are started again.
        let (file_again, neo4j_again) = join(Serving::start(&file), Serving::start(&on_neo4j)).await;
        let others = [("the copy", over_copy), ("the file again", file_again), ("Neo4j again", neo4j_again)];
        for ((query, variables), before) in questions.iter().zip(&answers).step_by(5) {
            let asked = others.iter().map(|(_, server)| server.answer(query, variables));
            for ((other, _), after) in others.iter().zip(join_all(asked).await) {
                assert_same(other, before, &after, variables);
            }
        }
    });
}

#[track_caller]
fn assert_same(other: &str, one: &Answer, two: &Answer, variables: &Value) {
    assert!(one.body == two.body, "{other} differs on {variables}:\n{}\n{}", one.json(), two.json());
}

/// Questions that all end the same way would show little.
fn assert_varied(answers: &[Value]) {
    let answer = |json: &Value| json["data"]["outreachPaths"].clone();
    let reasons: BTreeSet<String> = answers
        .iter()
        .filter_map(|json| answer(json)["noVerifiedPath"]["reason"].as_str().map(str::to_owned))
        .collect();
    let with_paths = answers.iter().filter(|json| answer(json)["paths"][0].is_object()).count();
    let with_evidence =
        answers.iter().filter(|json| answer(json)["paths"][0]["hops"][0]["evidence"][0]["source"].is_string()).count();
    assert!(reasons.len() >= 4, "{reasons:?}");
    assert!(with_paths >= QUESTIONS / 10 && with_evidence >= QUESTIONS / 10, "{with_paths} {with_evidence}");
    assert!(with_paths <= QUESTIONS * 9 / 10, "{with_paths}");
}

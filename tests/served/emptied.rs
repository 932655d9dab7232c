//! A database that somebody empties under a server: what is in memory is told, and how old it may be; nothing that only
//! the store knows is told as if nothing were known. Once it is a store again, that is what is served.

use crate::neo4j_server::server;
use crate::support::place::Place;
use crate::support::process::{Serving, mutation, run, until};
use crate::support::small::{self, WAY_IN, another, of_the_store};
use serde_json::{Value, json};

#[test]
fn an_emptied_database_is_said_to_be_unusable_until_it_is_a_store_again() {
    let neo4j = server();
    run(async {
        let place = Place::on(&neo4j).await;
        let serving = Serving::start(&place).await;
        small::fill(&serving).await;
        neo4j.wipe().await;

        for query in of_the_store() {
            assert_unusable(&serving.graphql_in_time(&query, &Value::Null).await);
        }
        let change = json!({ "input": another("lost") });
        assert_unusable(&serving.graphql_in_time(&mutation("organisationCreate"), &change).await);
        until("an answer says how old it may be", async || {
            let answer = serving.graphql(WAY_IN, &Value::Null).await;
            assert!(answer["data"]["outreachPaths"]["paths"][0]["ask"].is_string(), "{answer}");
            answer["extensions"]["snapshot"]["unconfirmedForSeconds"].as_u64()
        })
        .await;
        assert!(std::fs::read_to_string(&serving.log).unwrap().contains("emptied the database under the store"));

        place.store().await;
        until("the new store is served", async || (serving.revision().await == 0).then_some(())).await;
        serving.done_at_last("organisationCreate", another("begun anew")).await;
        place.assert_whole();
    });
}

#[track_caller]
fn assert_unusable(answer: &Value) {
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{answer}");
    assert!(error["message"].as_str().is_some_and(|words| words.contains("cannot be used")), "{answer}");
}

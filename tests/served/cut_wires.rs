//! The wire to Neo4j cut or held in the middle of whatever it carries: nothing is done twice or half, nothing is lost,
//! and nobody is given another's rows.

use crate::neo4j_server::{Server, server};
use crate::support::client::ask;
use crate::support::place::Place;
use crate::support::process::{Serving, mutation, run, until};
use crate::support::proxy::Proxy;
use crate::support::small::{self, PEOPLE, WAY_IN, another, email, person};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const SETTINGS: &str = "[store]\nconnections = 4\n";

#[test]
fn a_change_whose_reply_was_cut_is_done_once_when_it_is_sent_again() {
    let neo4j = server();
    run(async {
        let (proxy, place, serving) = behind_a_proxy(&neo4j).await;
        let begun = serving.done_at_last("organisationCreate", another("begun")).await;
        let mut failed = 0;
        for (made, bytes) in (1..).zip([1, 40, 120, 250, 400, 600, 800, 1_000, 1_300, 1_600]) {
            proxy.cut_after(bytes);
            let name = format!("cut-{bytes}");
            let body =
                serving.graphql_in_time(&mutation("organisationCreate"), &json!({ "input": another(&name) })).await;
            if body.get("errors").is_some() {
                assert_eq!(body["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{body}");
                failed += 1;
            }
            proxy.mend();
            let revision = serving.done_at_last("organisationCreate", another(&name)).await;
            assert_eq!(revision, begun + made, "{name} was done once");
        }
        assert!(failed >= 3, "{failed} were cut");
        place.assert_whole();
    });
}

#[test]
fn a_wire_that_stalls_is_not_waited_for() {
    let neo4j = server();
    run(async {
        let (proxy, _place, serving) = behind_a_proxy(&neo4j).await;
        small::fill(&serving).await;
        proxy.hold();
        let queries = small::of_the_store();
        for body in join_all(queries.iter().map(|query| serving.graphql_in_time(query, &Value::Null))).await {
            assert_eq!(body["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{body}");
        }
        let body = serving.graphql_in_time(WAY_IN, &Value::Null).await;
        assert!(body["data"]["outreachPaths"]["paths"][0]["ask"].is_string(), "{body}");
        proxy.mend();
        for query in small::of_the_store() {
            until("it is answered again", async || {
                serving.graphql(&query, &Value::Null).await.get("errors").is_none().then_some(())
            })
            .await;
        }
    });
}

#[test]
fn nobody_is_given_anothers_rows_while_wires_are_cut() {
    let neo4j = server();
    run(async {
        let (proxy, _place, serving) = behind_a_proxy(&neo4j).await;
        small::fill(&serving).await;
        let over = AtomicBool::new(false);
        let cutting = async {
            for bytes in [300, 700, 50, 1_500, 900, 2_500, 120, 400, 1_100, 600] {
                proxy.cut_after(bytes);
                until("it is cut", async || proxy.is_cut().then_some(())).await;
                proxy.mend();
                // Some answers have to come through between two cuts.
                until("it is well again", async || {
                    let body = details(&serving, 0).await;
                    body.get("errors").is_none().then_some(())
                })
                .await;
            }
            over.store(true, Ordering::SeqCst);
        };
        let clients = (0..20).map(|client| {
            let (serving, over) = (&serving, &over);
            async move {
                let (mut told, mut refused) = (0, 0);
                while !over.load(Ordering::SeqCst) {
                    let body = details(serving, client % PEOPLE).await;
                    if body.get("errors").is_some() {
                        assert_eq!(body["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{body}");
                        refused += 1;
                    } else {
                        assert_eq!(body["data"]["individual"]["email"], json!(email(client % PEOPLE)), "{body}");
                        told += 1;
                    }
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
                (told, refused)
            }
        });
        let (counts, ()) = futures_util::future::join(join_all(clients), cutting).await;
        let told: u32 = counts.iter().map(|(told, _)| told).sum();
        let refused: u32 = counts.iter().map(|(_, refused)| refused).sum();
        assert!(told > 20 && refused > 0, "{told} answers, {refused} refusals");
    });
}

async fn details(serving: &Serving, nth: usize) -> Value {
    let query = "query($ref: String!) { individual(by: { ref: $ref }) { email } }";
    ask(serving.address, query, &json!({ "ref": person(nth) }), &[]).await.unwrap().json()
}

/// A server of ours whose every word to Neo4j, which is empty, goes through a proxy.
async fn behind_a_proxy(neo4j: &Server) -> (Proxy, Place, Serving) {
    Place::on(neo4j).await;
    let proxy = Proxy::to(neo4j.port).await;
    let place = Place::at(neo4j, proxy.port).configured(SETTINGS);
    let serving = Serving::start(&place).await;
    (proxy, place, serving)
}

//! Two servers over one store: what is done through one shows in the other, nothing is lost, nothing told twice.

use crate::on_both;
use crate::support::client::ask;
use crate::support::place::Place;
use crate::support::process::{PATIENCE, Serving, until};
use crate::support::subscriber::Subscriber;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

on_both!(
    a_change_through_one_shows_in_the_other,
    a_client_reads_its_writes_anywhere,
    writers_at_both_lose_nothing,
    a_subscriber_at_one_is_told_once_of_what_happens_at_the_other
);

async fn two(place: &Place) -> [Serving; 2] {
    [Serving::start(place).await, Serving::start(place).await]
}

fn body(name: &str) -> Value {
    json!({ "ref": format!("team:org/{name}"), "name": format!("Organisation {name}"), "kind": "VCFSE", "source": "a visit" })
}

/// Whether there is an organisation, for one who has seen a revision.
async fn known(server: &Serving, name: &str, seen: Option<u64>) -> Value {
    let query = "query($ref: String!) { organisation(by: { ref: $ref }) { name } revision }";
    let seen = seen.map(|revision| revision.to_string());
    let headers: Vec<_> = seen.iter().map(|revision| ("Inroads-Revision", revision.as_str())).collect();
    let variables = json!({ "ref": format!("team:org/{name}") });
    ask(server.address, query, &variables, &headers).await.unwrap().json()
}

async fn a_change_through_one_shows_in_the_other(place: Place) {
    let [a, b] = two(&place).await;
    // The quickest of some: that a busy machine takes a nap is not the server's doing.
    let mut quickest = PATIENCE;
    for name in ["one", "two", "three", "four", "five"] {
        a.done("organisationCreate", body(name)).await;
        let done = Instant::now();
        until("the other shows it", async || {
            known(&b, name, None).await["data"]["organisation"].is_object().then_some(())
        })
        .await;
        quickest = quickest.min(done.elapsed());
    }
    assert!(quickest < Duration::from_secs(1), "{quickest:?}");
}

async fn a_client_reads_its_writes_anywhere(place: Place) {
    let [a, b] = two(&place).await;
    for round in 0..6 {
        let (writer, reader) = if round % 2 == 0 { (&a, &b) } else { (&b, &a) };
        let name = format!("r{round}");
        let revision = writer.done("organisationCreate", body(&name)).await;
        let answer = known(reader, &name, Some(revision)).await;
        assert_eq!(answer["data"]["organisation"]["name"], format!("Organisation {name}"), "{answer}");
        assert!(answer["data"]["revision"].as_u64() >= Some(revision), "{answer}");
    }
    let asked = Instant::now();
    let answer = known(&b, "r0", Some(1_000_000)).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "STALE", "{answer}");
    assert!(asked.elapsed() >= Duration::from_millis(900) && asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
}

async fn writers_at_both_lose_nothing(place: Place) {
    let servers = two(&place).await;
    let before = servers[0].revision().await;
    let shared = json!({ "ref": "team:org/shared", "name": "Shared", "kind": "VCFSE", "source": "a visit" });
    let base = servers[0].done("organisationCreate", shared).await;
    let writers = (0..8_usize).map(|writer| {
        let server = &servers[writer % 2];
        async move {
            let mut revisions = Vec::new();
            for nth in 0..5 {
                revisions.push(server.done("organisationCreate", body(&format!("{writer}-{nth}"))).await);
            }
            revisions
        }
    });
    // Of those who expect the same, one wins.
    let rivals = servers.iter().map(|server| {
        let input = json!({ "organisation": { "ref": "team:org/shared" }, "expectedRevision": base,
            "listSize": server.pid(), "source": "a call" });
        async move { server.mutate("organisationUpdate", input).await }
    });
    let (made, rivals) = futures_util::future::join(join_all(writers), join_all(rivals)).await;
    let codes: Vec<&Value> =
        rivals.iter().map(|body| &body["data"]["organisationUpdate"]["userErrors"][0]["code"]).collect();
    assert!(codes.contains(&&Value::Null) && codes.contains(&&json!("CONFLICT")), "{rivals:?}");

    let mut revisions: Vec<u64> = made.into_iter().flatten().collect();
    let last = *revisions.iter().max().unwrap().max(&rivals.iter().map(revision_of).max().unwrap());
    let (count, different) = (revisions.len(), revisions.iter().collect::<BTreeSet<_>>().len());
    assert_eq!((count, different), (40, 40), "each has a revision of its own");
    revisions.sort_unstable();
    assert_eq!(last, before + 42, "without gaps: {revisions:?}");
    for server in &servers {
        for writer in 0..8 {
            for nth in 0..5 {
                let answer = known(server, &format!("{writer}-{nth}"), Some(last)).await;
                assert!(answer["data"]["organisation"].is_object(), "{writer}-{nth}: {answer}");
            }
        }
    }
    place.assert_whole();
}

fn revision_of(body: &Value) -> u64 {
    body["data"]["organisationUpdate"]["revision"].as_u64().unwrap_or(0)
}

async fn a_subscriber_at_one_is_told_once_of_what_happens_at_the_other(place: Place) {
    let [a, b] = two(&place).await;
    let begun = a.revision().await;
    let mut seen = begun;
    for round in 0..3 {
        let mut subscriber = Subscriber::since(b.address, seen).await;
        let mut last = 0;
        for nth in 0..4 {
            last = a.done("organisationCreate", body(&format!("{round}-{nth}"))).await;
        }
        // The last two of a round come to the next one's socket; the last round takes all.
        let upto = if round == 2 { last } else { last - 2 };
        for event in subscriber.up_to(seen, upto).await {
            let nth = event["revision"].as_u64().unwrap() - begun - 1;
            let id = format!("org:team:org/{}-{}", nth / 4, nth % 4);
            assert!(event["changes"].as_array().unwrap().iter().any(|change| change["id"] == *id), "{id}: {event}");
        }
        seen = upto;
    }
}

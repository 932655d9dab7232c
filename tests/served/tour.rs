//! A graph as a team keeps it, from its first organisation to a person who is forgotten, with the same answers on both
//! stores.

mod told;

use crate::on_both;
use crate::support::place::Place;
use crate::support::process::Serving;
use crate::support::subscriber::Subscriber;
use serde_json::{Value, json};
use told::Told;

on_both!(a_whole_tour_is_told_the_same_on_each_store);

const PERSON: &str = "Beatrix Quillfeather";
const TOLD: &str = include_str!("tour/told.txt");

/// What the tour is told is kept in a file, which both stores are held to; ids of people and days are left out of it.
async fn a_whole_tour_is_told_the_same_on_each_store(place: Place) {
    let server = Serving::start(&place).await;
    let mut told = Told::by(&server);
    set_up(&mut told).await;
    told.ask("nobody has been asked").await;
    told.done(
        "consentRecord",
        json!({ "individual": bea(), "purpose": "INTRODUCE", "status": "GRANTED", "lawfulBasis": "consent" }),
    )
    .await;
    told.ask("she agreed").await;
    told.done("consentWithdraw", json!({ "individual": bea() })).await;
    told.ask("she withdrew").await;
    told.done(
        "consentRecord",
        json!({ "individual": bea(), "purpose": "INTRODUCE", "status": "GRANTED", "lawfulBasis": "consent" }),
    )
    .await;
    let quiet = json!([{ "ref": "team:org/harbour" }]);
    told.done("doNotApproachSet", json!({ "nodes": quiet, "until": "2199-01-01", "reason": "moving house" })).await;
    told.ask("Harbour is left alone").await;
    told.done("doNotApproachSet", json!({ "nodes": quiet, "until": null })).await;
    told.ask("Harbour is back").await;
    merge(&mut told).await;
    succeed(&mut told).await;
    let subscriber_from = server.revision().await;
    erase(&mut told, &server).await;
    let mut subscriber = Subscriber::since(server.address, subscriber_from).await;
    let event = subscriber.event().await;
    assert!(event["changes"].as_array().unwrap().iter().any(|change| change["kind"] == "ERASED"), "{event}");
    let whole = subscriber_after_all(&server, subscriber_from).await;
    assert!(!whole.contains(PERSON));
    told.assert(TOLD);
    drop(server);
    let again = Serving::start(&place).await;
    assert_forgotten(&again, None).await;
    place.assert_whole();
}

/// All that the log tells of the whole tour.
async fn subscriber_after_all(server: &Serving, last: u64) -> String {
    let events = Subscriber::since(server.address, 0).await.up_to(0, last + 1).await;
    serde_json::to_string(&events).unwrap()
}

fn bea() -> Value {
    json!({ "ref": "team:person/bea" })
}

fn relation(kind: &str, from: &str, to: &str) -> Value {
    let evidence = json!({ "kind": "FIRST_HAND", "source": "a visit", "date": "2026-03-01" });
    json!({ "kind": kind, "from": { "ref": from }, "to": { "ref": to }, "evidence": evidence, "lastConfirmedOn": "2026-03-01" })
}

async fn set_up(told: &mut Told<'_>) {
    let body =
        json!({ "ref": "team:org/harbour", "name": "Harbour <b>House</b>", "kind": "VCFSE", "source": "a visit" });
    told.done("organisationCreate", body).await;
    let ann = json!({ "ref": "team:person/ann", "name": "Ann Tour", "team": true, "source": "a visit" });
    told.done("individualCreate", ann).await;
    let email = "bea@example.org";
    told.done(
        "individualCreate",
        json!({ "ref": "team:person/bea", "name": PERSON, "email": email, "source": "a visit" }),
    )
    .await;
    let group = json!({ "ref": "group:tour/night-workers", "kind": "POPULATION", "name": "Night workers" });
    told.done("groupDefine", group).await;
    let mut role = relation("ROLE_AT", "team:person/bea", "team:org/harbour");
    role["title"] = json!("Director");
    let mut serves = relation("SERVES", "team:org/harbour", "group:tour/night-workers");
    serves["mode"] = json!("PEER_LED");
    let knows = relation("KNOWS", "team:person/ann", "team:person/bea");
    told.done("relationsRecord", json!({ "relations": [knows, role, serves] })).await;
}

async fn merge(told: &mut Told<'_>) {
    let duplicate = json!({ "ref": "team:org/harbor", "name": "Harbor Hse", "kind": "VCFSE", "source": "a list", "aliases": ["HH"] });
    told.done("organisationCreate", duplicate).await;
    told.done(
        "organisationMerge",
        json!({ "duplicate": { "ref": "team:org/harbor" }, "into": { "ref": "team:org/harbour" } }),
    )
    .await;
    told.query("merged", r#"{ organisation(by: { ref: "team:org/harbor" }) { id ref refs name aliases sources } }"#)
        .await;
}

async fn succeed(told: &mut Told<'_>) {
    let new = json!({ "ref": "team:org/haven", "name": "Haven", "kind": "VCFSE" });
    let succession = json!({ "predecessors": [{ "ref": "team:org/harbour" }], "successors": [{ "new": new }],
        "on": "2026-04-01", "source": "a letter" });
    let revision = told.done("organisationSucceed", succession).await;
    told.ask("Harbour became Haven").await;
    told.done("changeUndo", json!({ "revision": revision })).await;
    told.ask("it did not after all").await;
    told.query(
        "history of Harbour",
        r#"{ history(id: "org:team:org/harbour") { nodes { revision kind source
        fields { name before after } } } }"#,
    )
    .await;
}

async fn erase(told: &mut Told<'_>, server: &Serving) {
    let id =
        server.data(r#"{ individual(by: { ref: "team:person/bea" }) { id name email } }"#).await["individual"].clone();
    assert_eq!((&id["name"], &id["email"]), (&json!(PERSON), &json!("bea@example.org")));
    let id = id["id"].as_str().unwrap().to_owned();
    let search = server.data(r#"{ search(text: "Quillfeather") { nodes { id } } }"#).await;
    assert_eq!(search["search"]["nodes"], json!([{ "id": id }]));
    told.done("individualErase", json!({ "individual": bea() })).await;
    told.ask("she is forgotten").await;
    assert_forgotten(server, Some(&id)).await;
}

async fn assert_forgotten(server: &Serving, id: Option<&str>) {
    let history = |id: &str| {
        format!(
            r#"h: history(id: "{id}", first: 100) {{ nodes {{ kind actor source fields {{ name before after }} }} }}"#
        )
    };
    let all = server
        .data(&format!(
            r#"{{ search(text: "{PERSON}") {{ nodes {{ id }} }} individuals(first: 100) {{ nodes {{ name email aliases refs }} }}
            individual(by: {{ ref: "team:person/bea" }}) {{ name }} {}
            o: history(id: "org:team:org/harbour", first: 100) {{ nodes {{ fields {{ name before after }} }} }}
            organisation(by: {{ ref: "team:org/harbour" }}) {{ name people {{ totalCount }} }} }}"#,
            id.map(history).unwrap_or_default()
        ))
        .await;
    assert_eq!((&all["search"]["nodes"], &all["individual"]), (&json!([]), &Value::Null));
    let text = all.to_string();
    assert!(
        !text.contains("Quillfeather") && !text.contains("bea@example.org") && !text.contains("person/bea"),
        "{text}"
    );
    if id.is_some() {
        assert_eq!(all["h"]["nodes"][0]["kind"], "ERASED", "that it was done is remembered");
    }
}

//! A small graph, made through the API: people with addresses of their own, and a way in to one group.

use super::process::Serving;
use serde_json::{Value, json};

pub const PEOPLE: usize = 24;

/// Makes it.
pub async fn fill(server: &Serving) {
    let body = json!({ "ref": "team:org/harbour", "name": "Harbour", "kind": "VCFSE", "source": "a visit", "idempotencyKey": "harbour" });
    server.done_at_last("organisationCreate", body).await;
    server
        .done_at_last(
            "groupDefine",
            json!({ "ref": "group:night", "kind": "POPULATION", "name": "Night workers", "idempotencyKey": "group" }),
        )
        .await;
    let evidence = json!({ "kind": "FIRST_HAND", "source": "a visit" });
    for nth in 0..PEOPLE {
        let person = json!({ "ref": person(nth), "name": format!("Person {nth}"), "email": email(nth), "source": "a visit",
            "team": nth == 0, "idempotencyKey": person(nth) });
        server.done_at_last("individualCreate", person).await;
    }
    let relation = |kind: &str, from: &str, to: &str, mode: Option<&str>| json!({ "kind": kind, "from": { "ref": from }, "to": { "ref": to }, "mode": mode, "evidence": evidence });
    let role = relation("ROLE_AT", "team:person/0", "team:org/harbour", None);
    let serves = relation("SERVES", "team:org/harbour", "group:night", Some("PEER_LED"));
    server.done_at_last("relationsRecord", json!({ "relations": [role, serves], "idempotencyKey": "relations" })).await;
}

pub fn person(nth: usize) -> String {
    format!("team:person/{nth}")
}

pub fn email(nth: usize) -> String {
    format!("person.{nth}@example.org")
}

/// What the graph in memory can answer.
pub const WAY_IN: &str = r#"{ outreachPaths(question: { from: [{ team: true }], to: { group: { ref: "group:night" } } }) {
    paths { ask } } }"#;

/// What only the store knows: contact details, evidence, the past.
pub fn of_the_store() -> [String; 3] {
    [
        "{ individuals(first: 5) { nodes { id email } } }".to_owned(),
        WAY_IN.replace("{ ask }", "{ hops { evidence { source } } }"),
        r#"{ history(id: "org:team:org/harbour") { nodes { revision } } }"#.to_owned(),
    ]
}

/// Another organisation, asked for with a key of its own.
pub fn another(name: &str) -> Value {
    json!({ "ref": format!("team:org/{name}"), "name": name, "kind": "VCFSE", "source": "a call", "idempotencyKey": name })
}

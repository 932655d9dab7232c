//! What an event tells, and whom.

use super::{EVENT, assert_silent, ids, next};
use crate::support::deeds::{body, erase, group, network, person, relation, relation_id, remove, source, unrelate};
use crate::support::live::Live;
use crate::support::socket::Client;
use inroads::access::Role;
use inroads::model::{NodeType, RelationKind, Revision, RunPart};
use serde_json::{Value, json};
use tokio::io::DuplexStream;

async fn subscribe(client: &mut Client<DuplexStream>, id: &str, arguments: &str) {
    client.subscribe(id, &format!("subscription {{ changes{arguments} {{ {EVENT} }} }}")).await;
}

async fn told(client: &mut Client<DuplexStream>, id: &str) -> Value {
    client.data(id).await["changes"].take()
}

#[tokio::test(start_paused = true)]
async fn an_event_tells_all_that_a_change_set_did() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A"), body("org:b", "B"), person("ind:1", "Nadia", "n@example.org")]).await;
    let mut client = live.socket(Role::Team).await;
    subscribe(&mut client, "1", "").await;
    // Answered only after the subscription has begun.
    client.subscribe("2", "{ revision }").await;
    assert_eq!(client.data("2").await, json!({ "revision": 1 }));
    client.completed("2").await;

    live.change(vec![
        source("a register", "somebody"),
        body("org:a", "A, renamed"),
        person("ind:1", "Nadia", "nadia@example.org"),
        relation(RelationKind::RoleAt, "ind:1", "org:a", "2026-03-01", "met at the fair"),
        remove("org:b"),
    ])
    .await;
    let role = relation_id(RelationKind::RoleAt, "ind:1", "org:a");
    let event = told(&mut client, "1").await;
    let mut changes = event["changes"].as_array().cloned().expect("changes");
    changes.sort_by_key(|change| change["id"].to_string());
    let fields = std::mem::take(&mut changes[4]["fields"]);
    assert!(fields.as_array().is_some_and(|fields| fields.contains(&json!("evidence"))), "{fields}");
    assert_eq!(
        json!(changes),
        json!([
            { "id": "a register", "type": null, "kind": "CREATED", "fields": ["name", "publisher"], "relation": null },
            { "id": "ind:1", "type": "INDIVIDUAL", "kind": "UPDATED", "fields": ["email"], "relation": null },
            { "id": "org:a", "type": "ORGANISATION", "kind": "UPDATED", "fields": ["name"], "relation": null },
            { "id": "org:b", "type": "ORGANISATION", "kind": "REMOVED", "fields": changes[3]["fields"], "relation": null },
            { "id": role.as_str(), "type": null, "kind": "CREATED", "fields": null, "relation": "ROLE_AT" },
        ])
    );
    let rest =
        json!([event["revision"], event["at"], event["actor"], event["source"], event["gap"], event["truncated"]]);
    assert_eq!(rest, json!([2, "2026-03-10T09:00:00Z", "ann@team", "a visit", false, false]));

    live.change(vec![erase("ind:1")]).await;
    let event = told(&mut client, "1").await;
    assert_eq!(ids(&event), [format!("ERASED {role}"), "ERASED ind:1".to_owned()]);
}

#[tokio::test(start_paused = true)]
async fn whoever_is_told_of_a_change_sees_it_when_they_ask() {
    let live = Live::new().await;
    let mut client = live.socket(Role::Team).await;
    subscribe(&mut client, "1", "(sinceRevision: 0)").await;
    let mut events = live.watch(Role::Team, None, &[]);
    live.write(vec![body("org:a", "A")]).await;
    // In the store, but not in what this server answers from.
    assert_silent(&mut events).await;
    live.app.refresh().await.expect("seen");
    assert_eq!(told(&mut client, "1").await["revision"], 1);
    client.subscribe("2", r#"{ revision node(id: "org:a") { id } }"#).await;
    assert_eq!(client.data("2").await, json!({ "revision": 1, "node": { "id": "org:a" } }));
}

#[tokio::test(start_paused = true)]
async fn an_import_is_told_when_its_last_part_is_there() {
    let live = Live::new().await;
    let mut events = live.watch(Role::Team, None, &[]);
    let part = |last| Some(RunPart { run: "1".into(), what: "sheet".into(), last });
    live.write_part(vec![body("org:a", "A")], part(false)).await;
    live.app.refresh().await.expect("looked");
    assert_silent(&mut events).await;
    live.write_part(vec![body("org:b", "B")], part(true)).await;
    live.app.refresh().await.expect("seen");
    assert_eq!([next(&mut events).await.revision, next(&mut events).await.revision], [Revision(1), Revision(2)]);
}

#[tokio::test(start_paused = true)]
async fn types_leave_out_all_else_and_sets_without_any() {
    let live = Live::new().await;
    let wanted = [NodeType::Network, NodeType::UnderservedGroup];
    let mut some = live.watch(Role::Team, None, &wanted);
    let mut all = live.watch(Role::Team, None, &[]);
    live.change(vec![body("org:a", "A")]).await;
    live.change(vec![
        body("org:b", "B"),
        network("net:n", "N"),
        group("grp:g", "G"),
        relation(RelationKind::MemberOf, "org:a", "net:n", "2026-03-01", ""),
        source("a register", "somebody"),
    ])
    .await;
    live.change(vec![]).await;
    live.change(vec![network("net:n", "N, renamed")]).await;
    let event = next(&mut some).await;
    let mut ids: Vec<_> = event.changes.iter().map(|change| change.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!((event.revision, ids), (Revision(2), vec!["grp:g", "net:n"]));
    assert_eq!(next(&mut some).await.revision, Revision(4));
    for revision in 1..=4 {
        assert_eq!(next(&mut all).await.revision, Revision(revision), "who sees all can count");
    }
}

#[tokio::test(start_paused = true)]
async fn a_partner_is_told_what_a_partner_may_see() {
    let live = Live::new().await;
    let mut client = live.socket(Role::Partner).await;
    subscribe(&mut client, "1", "(sinceRevision: 0)").await;
    let (knows, role) = (RelationKind::Knows, RelationKind::RoleAt);
    live.change(vec![body("org:a", "A"), body("org:b", "B"), network("net:n", "N")]).await;
    let people = [person("ind:1", "Nadia", "n@example.org"), person("ind:2", "Omar", "o@example.org")];
    live.change(people.into_iter().chain([source("Nadia's own word", "Nadia")]).collect()).await;
    live.change(vec![
        relation(knows, "ind:1", "ind:2", "2026-03-01", "met Nadia"),
        relation(RelationKind::MemberOf, "ind:1", "net:n", "2026-03-01", "met Nadia"),
    ])
    .await;
    live.change(vec![
        relation(role, "ind:1", "org:a", "2026-03-01", "met Nadia"),
        relation(knows, "ind:1", "ind:2", "2026-03-02", "met Nadia"),
        relation(RelationKind::PartnersWith, "org:a", "org:b", "2026-03-01", ""),
    ])
    .await;
    live.change(vec![unrelate(RelationKind::PartnersWith, "org:a", "org:b")]).await;
    live.change(vec![unrelate(role, "ind:1", "org:a")]).await;
    live.change(vec![erase("ind:1")]).await;

    let bodies = told(&mut client, "1").await;
    assert_eq!(
        (&bodies["revision"], &bodies["actor"], &bodies["source"]),
        (&json!(1), &Value::Null, &json!("a visit"))
    );
    let people = told(&mut client, "1").await;
    let nobody =
        |id: &str| json!({ "id": id, "type": "INDIVIDUAL", "kind": "CREATED", "fields": [], "relation": null });
    assert_eq!(people["changes"], json!([nobody("ind:1"), nobody("ind:2")]));
    assert_eq!((&people["actor"], &people["source"]), (&Value::Null, &Value::Null));
    // The third set is about what they may not know; the role has gone by now, and so counts as one of these too.
    let partners = relation_id(RelationKind::PartnersWith, "org:a", "org:b");
    let fourth = told(&mut client, "1").await;
    assert_eq!((&fourth["revision"], &fourth["source"]), (&json!(4), &Value::Null));
    let fourth = ids(&fourth);
    assert!(fourth.contains(&format!("CREATED {partners}")), "{fourth:?}");
    assert!(fourth.iter().all(|id| !id.contains(relation_id(knows, "ind:1", "ind:2").as_str())), "{fourth:?}");
    assert_eq!(ids(&told(&mut client, "1").await), [format!("REMOVED {partners}")]);
    let last = told(&mut client, "1").await;
    assert_eq!((&last["revision"], ids(&last)), (&json!(7), vec!["ERASED ind:1".to_owned()]));
}

#[tokio::test(start_paused = true)]
async fn a_partner_is_told_of_a_role_while_it_is_there() {
    let live = Live::new().await;
    let mut events = live.watch(Role::Partner, None, &[]);
    live.change(vec![body("org:a", "A"), person("ind:1", "Nadia", "n@example.org")]).await;
    next(&mut events).await;
    live.change(vec![relation(RelationKind::RoleAt, "ind:1", "org:a", "2026-03-01", "met Nadia")]).await;
    let event = next(&mut events).await;
    assert_eq!((event.changes.len(), event.source), (1, None));
    live.change(vec![unrelate(RelationKind::RoleAt, "ind:1", "org:a")]).await;
    assert_silent(&mut events).await;
}

#[tokio::test(start_paused = true)]
async fn a_large_change_set_is_told_in_part_and_says_so() {
    let live = Live::new().await;
    let mut events = live.watch(Role::Team, None, &[]);
    let many = |count: usize| (0..count).map(|n| body(&format!("org:{n}"), &format!("{count}"))).collect();
    live.change(many(1_000)).await;
    live.change(many(1_001)).await;
    for truncated in [false, true] {
        let event = next(&mut events).await;
        assert_eq!((event.changes.len(), event.truncated), (1_000, truncated));
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_subscribed_to_is_refused_in_words() {
    let live = Live::new().await;
    let mut client = live.socket(Role::Team).await;
    let cases = [
        ("subscription { changes(sinceRevision: -1) { revision } }", "INVALID_ARGUMENT", "count from 0"),
        ("subscription { a: changes { revision } b: changes { revision } }", "BAD_REQUEST", "one thing"),
        ("subscription { changes(types: [PERSON]) { revision } }", "INVALID_ARGUMENT", "PERSON"),
        ("subscription { changes { nothing } }", "BAD_REQUEST", "nothing"),
        ("subscription { __typename }", "BAD_REQUEST", "changes"),
    ];
    for (query, code, words) in cases {
        client.subscribe("1", query).await;
        let error = client.error("1").await;
        assert_eq!(error["extensions"]["code"], code, "{query} {error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{query} {error}");
    }
    client.subscribe("1", "subscription { changes(sinceRevision: -1) { revision } }").await;
    assert_eq!(client.error("1").await["extensions"]["path"], json!(["sinceRevision"]));
    // A fragment may stand for what is asked.
    client
        .subscribe("1", "subscription { ...F } fragment F on Subscription { changes(sinceRevision: 0) { revision } }")
        .await;
    live.change(vec![body("org:a", "A")]).await;
    assert_eq!(client.data("1").await, json!({ "changes": { "revision": 1 } }));
}

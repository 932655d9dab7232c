//! Who changed what, when, and from which source; and what of it each role reads.

use crate::support::deeds::{body, erase, merged, person, relation, relation_id, remove, source, unrelate};
use crate::support::live::Live;
use inroads::access::Role;
use inroads::model::RelationKind;
use serde_json::{Value, json};

const ENTRY: &str =
    "revision at actor source kind type relation fields { name before after personal } redactions { field reason }";

async fn history(live: &Live, role: Role, id: &str) -> Vec<Value> {
    let query = format!(r#"{{ history(id: "{id}") {{ nodes {{ {ENTRY} }} }} }}"#);
    live.ask(role, &query).await["history"]["nodes"].as_array().cloned().expect("a list")
}

fn brief(entries: &[Value]) -> Vec<String> {
    let of = |entry: &Value| {
        let names = entry["fields"].as_array().into_iter().flatten().filter_map(|field| field["name"].as_str());
        format!(
            "{} {} {}",
            entry["revision"],
            entry["kind"].as_str().unwrap_or("?"),
            names.collect::<Vec<_>>().join(",")
        )
    };
    entries.iter().map(of).collect()
}

#[tokio::test]
async fn each_change_of_a_thing_is_told_newest_first() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    live.change(vec![body("org:b", "B")]).await;
    live.clock.move_on(90);
    live.change(vec![body("org:a", "A & Co")]).await;
    live.change(vec![remove("org:a")]).await;
    let entries = history(&live, Role::Team, "org:a").await;
    assert_eq!(brief(&entries)[1], "3 UPDATED name");
    assert_eq!(
        entries[1],
        json!({
            "revision": 3, "at": "2026-03-10T09:01:30Z", "actor": "ann@team", "source": "a visit",
            "kind": "UPDATED", "type": "ORGANISATION", "relation": null,
            "fields": [{ "name": "name", "before": "A", "after": "A & Co", "personal": false }], "redactions": [],
        })
    );
    let removed =
        entries[0]["fields"].as_array().and_then(|fields| fields.iter().find(|field| field["name"] == "name"));
    let expected = json!({ "name": "name", "before": "A & Co", "after": null, "personal": false });
    assert_eq!((&entries[0]["kind"], removed), (&json!("REMOVED"), Some(&expected)));
    let kinds: Vec<_> = entries.iter().map(|entry| (&entry["revision"], &entry["kind"])).collect();
    assert_eq!(kinds[2], (&json!(1), &json!("CREATED")));
    assert_eq!(kinds.len(), 3);
    assert!(entries[2]["fields"].as_array().is_some_and(|fields| fields.iter().all(|field| field["after"].is_null())));
}

#[tokio::test]
async fn a_relation_has_a_history_too() {
    let live = Live::new().await;
    let (kind, id) = (RelationKind::PartnersWith, relation_id(RelationKind::PartnersWith, "org:a", "org:b"));
    live.change(vec![body("org:a", "A"), body("org:b", "B"), relation(kind, "org:a", "org:b", "2026-03-01", "x")])
        .await;
    live.change(vec![relation(kind, "org:a", "org:b", "2026-03-09", "y")]).await;
    live.change(vec![unrelate(kind, "org:a", "org:b")]).await;
    for role in [Role::Partner, Role::Team] {
        let entries = history(&live, role, id.as_str()).await;
        let kinds: Vec<_> = entries.iter().map(|entry| entry["kind"].as_str().unwrap_or("?")).collect();
        assert_eq!(kinds, ["REMOVED", "UPDATED", "CREATED"]);
        assert_eq!((&entries[1]["type"], &entries[1]["relation"]), (&Value::Null, &json!("PARTNERS_WITH")));
        let mut fields = entries[1]["fields"].as_array().cloned().expect("fields");
        fields.sort_by_key(|field| field["name"].to_string());
        assert_eq!(
            json!(fields),
            json!([
                { "name": "lastConfirmedOn", "before": "2026-03-01", "after": "2026-03-09", "personal": false },
                { "name": "note", "before": "x", "after": "y", "personal": false },
            ])
        );
    }
}

#[tokio::test]
async fn the_team_reads_a_persons_past_and_a_partner_that_there_is_one() {
    let live = Live::new().await;
    live.change(vec![person("ind:1", "Nadia", "n@example.org"), person("ind:2", "Nadja", "j@example.org")]).await;
    live.change(vec![person("ind:1", "Nadia", "nadia@example.org")]).await;
    live.change(vec![merged("ind:2", "Nadja", "ind:1")]).await;

    let team = history(&live, Role::Team, "ind:1").await;
    let email = json!([{ "name": "email", "before": "n@example.org", "after": "nadia@example.org", "personal": true }]);
    assert_eq!((&team[0]["fields"], &team[0]["redactions"]), (&email, &json!([])));
    let merge = history(&live, Role::Team, "ind:2").await;
    let into = json!({ "name": "mergedInto", "before": null, "after": "ind:1", "personal": false });
    assert!(merge[0]["fields"].as_array().is_some_and(|fields| fields.contains(&into)), "{merge:?}");

    let partner = history(&live, Role::Partner, "ind:1").await;
    assert_eq!(
        partner[0],
        json!({
            "revision": 2, "at": "2026-03-10T09:00:00Z", "actor": null, "source": null,
            "kind": "UPDATED", "type": "INDIVIDUAL", "relation": null, "fields": [],
            "redactions": [
                { "field": "actor", "reason": "PERSONAL" },
                { "field": "source", "reason": "PERSONAL" },
                { "field": "fields", "reason": "PERSONAL" },
            ],
        })
    );
    assert_eq!(partner.len(), 2);
}

#[tokio::test]
async fn what_a_partner_may_not_know_is_as_what_nobody_knows() {
    let live = Live::new().await;
    let (role, knows) = (RelationKind::RoleAt, RelationKind::Knows);
    live.change(vec![
        body("org:a", "A"),
        person("ind:1", "Nadia", "n@example.org"),
        person("ind:2", "Omar", "o@example.org"),
        relation(role, "ind:1", "org:a", "2026-03-01", "met Nadia"),
        relation(knows, "ind:1", "ind:2", "2026-03-01", "met Nadia"),
    ])
    .await;
    live.change(vec![relation(role, "ind:1", "org:a", "2026-03-02", "met Nadia again")]).await;
    let (role_id, knows_id) = (relation_id(role, "ind:1", "org:a"), relation_id(knows, "ind:1", "ind:2"));

    live.change(vec![source("Nadia's own word", "Nadia")]).await;
    let page = |id: &str| {
        format!(
            r#"{{ history(id: "{id}") {{ edges {{ cursor }} nodes {{ revision }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"#
        )
    };
    let nobody = live.ask(Role::Partner, &page("ind:nobody")).await;
    assert_eq!(live.ask(Role::Partner, &page(knows_id.as_str())).await, nobody);
    assert_eq!(live.ask(Role::Team, &page("ind:nobody")).await, nobody);
    assert_eq!(live.ask(Role::Partner, &page("Nadia's own word")).await, nobody);
    assert_eq!(history(&live, Role::Team, knows_id.as_str()).await.len(), 1);

    let partner = history(&live, Role::Partner, role_id.as_str()).await;
    let text = json!(partner).to_string();
    assert!(!text.contains("Nadia") && text.contains("2026-03-02"), "{text}");
    assert!(history(&live, Role::Team, role_id.as_str()).await[0].to_string().contains("met Nadia again"));
    // Once it has gone nobody can tell whom it joined.
    live.change(vec![unrelate(role, "ind:1", "org:a")]).await;
    assert_eq!(live.ask(Role::Partner, &page(role_id.as_str())).await, nobody);
    assert_eq!(history(&live, Role::Team, role_id.as_str()).await.len(), 3);
}

#[tokio::test]
async fn of_somebody_erased_it_stays_known_that_they_were() {
    let live = Live::new().await;
    let role = RelationKind::RoleAt;
    live.change(vec![body("org:a", "A"), person("ind:1", "Nadia", "n@example.org")]).await;
    live.change(vec![relation(role, "ind:1", "org:a", "2026-03-01", "met Nadia")]).await;
    live.change(vec![relation(role, "ind:1", "org:a", "2026-03-02", "met Nadia again")]).await;
    live.change(vec![person("ind:1", "Nadia", "nadia@example.org")]).await;
    live.change(vec![erase("ind:1")]).await;
    for id in ["ind:1", relation_id(role, "ind:1", "org:a").as_str()] {
        let entries = history(&live, Role::Steward, id).await;
        let kinds: Vec<_> = entries.iter().map(|entry| entry["kind"].as_str().unwrap_or("?")).collect();
        assert_eq!(kinds, ["ERASED", "UPDATED", "CREATED"]);
        assert_eq!(entries[0]["revision"], 5);
        let fields = entries.iter().flat_map(|entry| entry["fields"].as_array().into_iter().flatten());
        assert!(fields.clone().all(|field| field["before"].is_null() && field["after"].is_null()), "{entries:?}");
        assert!(fields.clone().any(|field| field["name"] == "email" || field["name"] == "note"), "{entries:?}");
        assert!(!json!(entries).to_string().contains("Nadia"));
    }
    assert_eq!(history(&live, Role::Partner, "ind:1").await.len(), 3);
}

#[tokio::test]
async fn a_page_ends_anywhere_and_the_next_begins_there() {
    let live = Live::new().await;
    let (kind, id) = (RelationKind::PartnersWith, relation_id(RelationKind::PartnersWith, "org:a", "org:b"));
    let put = |day: &str| relation(kind, "org:a", "org:b", day, "x");
    live.change(vec![body("org:a", "A"), body("org:b", "B"), put("2026-03-01")]).await;
    // Taken out and put back within one set: two changes of one revision.
    live.change(vec![unrelate(kind, "org:a", "org:b"), put("2026-03-02")]).await;
    live.change(vec![put("2026-03-03")]).await;
    let all: Vec<Value> = history(&live, Role::Team, id.as_str()).await;
    let expected = [json!([3, "UPDATED"]), json!([2, "CREATED"]), json!([2, "REMOVED"]), json!([1, "CREATED"])];
    assert_eq!(all.iter().map(|entry| json!([entry["revision"], entry["kind"]])).collect::<Vec<_>>(), expected);
    for size in 1..=4_usize {
        let (mut found, mut after) = (Vec::new(), String::new());
        loop {
            let query = format!(
                r#"{{ history(id: "{id}", first: {size}{after}) {{ nodes {{ {ENTRY} }} pageInfo {{ hasNextPage endCursor hasPreviousPage }} }} }}"#
            );
            let page = live.ask(Role::Team, &query).await["history"].take();
            let nodes = page["nodes"].as_array().cloned().expect("a list");
            assert!(nodes.len() == size || page["pageInfo"]["hasNextPage"] == false);
            assert_eq!(page["pageInfo"]["hasPreviousPage"], !after.is_empty());
            found.extend(nodes);
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = format!(", after: {}", page["pageInfo"]["endCursor"]);
        }
        assert_eq!(found, all, "{size} at a time");
    }
}

#[tokio::test]
async fn a_history_is_of_the_revision_that_the_rest_of_the_answer_is_of() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    live.write(vec![body("org:a", "A & Co")]).await;
    let query = r#"{ revision history(id: "org:a") { nodes { revision } } }"#;
    assert_eq!(
        live.ask(Role::Team, query).await,
        json!({ "revision": 1, "history": { "nodes": [{ "revision": 1 }] } })
    );
    live.app.refresh().await.expect("seen");
    let nodes = json!([{ "revision": 2 }, { "revision": 1 }]);
    assert_eq!(live.ask(Role::Team, query).await, json!({ "revision": 2, "history": { "nodes": nodes } }));
}

#[tokio::test]
async fn what_is_let_go_is_gone_and_the_graph_stays() {
    let live = Live::new().await;
    live.change(vec![body("org:a", "A")]).await;
    live.clock.move_on(10 * 86_400);
    live.change(vec![body("org:a", "A & Co")]).await;
    assert_eq!(live.app.let_go_of_history(11).await.expect("let go"), 0);
    assert_eq!(live.app.let_go_of_history(9).await.expect("let go"), 1);
    assert_eq!(brief(&history(&live, Role::Team, "org:a").await), ["2 UPDATED name"]);
    let query = r#"{ node(id: "org:a") { ... on Organisation { name } } }"#;
    assert_eq!(live.ask(Role::Team, query).await, json!({ "node": { "name": "A & Co" } }));
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let live = Live::new().await;
    for cursor in ["x", "eyJ2YWx1ZSI6NywiaWQiOiJvcmc6YSJ9", "eyJ2YWx1ZSI6ImEuYiIsImlkIjoiIn0"] {
        let query = format!(r#"{{ history(id: "org:a", after: "{cursor}") {{ nodes {{ revision }} }} }}"#);
        let body = json!({ "query": query }).to_string();
        let answer = crate::support::http::post(&live.router(Role::Team), "application/json", body).await.json();
        let extensions = &answer["errors"][0]["extensions"];
        assert_eq!(
            (&extensions["code"], &extensions["path"]),
            (&json!("INVALID_ARGUMENT"), &json!(["after"])),
            "{answer}"
        );
    }
}

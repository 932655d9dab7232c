//! Relations: recording, confirming and ending them.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

pub const RELATION: &str =
    "relation { id kind from { id } to { id } title mode strength validFrom validTo lastConfirmedOn
    oneWay champion gatekeeper inferred synthetic note evidence { kind source date } redactions { field } }";

fn manager() -> Value {
    json!({
        "kind": "ROLE_AT", "from": { "ref": "team:omar" }, "to": { "ref": "GB-NHS:N81059" },
        "title": "Practice manager", "champion": true, "strength": 0.75, "note": "met on\n30 May",
        "evidence": { "kind": "FIRST_HAND", "source": "visit of 30 May" }
    })
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[tokio::test]
async fn a_recorded_relation_is_told_with_its_evidence() {
    let desk = Desk::new().await;
    let payload = desk.done(Role::Team, "relationRecord", manager(), RELATION).await;
    insta::assert_json_snapshot!(payload);
    let id = payload["relation"]["id"].as_str().unwrap().to_owned();
    let query = format!(r#"{{ relation(id: "{id}") {{ title note evidence {{ source }} redactions {{ field }} }} }}"#);
    assert_eq!(desk.team(&query).await["relation"]["note"], "met on\n30 May");
    // A partner reads the role of whoever it is, and no words about them.
    let partner = desk.ask(Role::Partner, &query).await;
    let kept_back = json!({
        "title": "Practice manager", "note": null, "evidence": [{ "source": null }], "redactions": [{ "field": "note" }]
    });
    assert_eq!(partner["relation"], kept_back);
}

#[tokio::test]
async fn a_partner_reads_no_relation_between_people() {
    let desk = Desk::new().await;
    let input = json!({
        "kind": "KNOWS", "from": { "ref": "team:omar" }, "to": { "ref": "team:nadia" }, "oneWay": true,
        "evidence": { "kind": "FIRST_HAND", "source": "she said so" }
    });
    let payload = desk.done(Role::Team, "relationRecord", input, RELATION).await;
    let query = format!("{{ relation(id: {}) {{ id }} }}", payload["relation"]["id"]);
    assert_eq!(desk.ask(Role::Partner, &query).await["relation"], Value::Null);
    assert_eq!(desk.team(&query).await["relation"]["id"], payload["relation"]["id"]);
}

#[tokio::test]
async fn the_same_relation_again_adds_evidence_and_takes_what_else_is_said() {
    let desk = Desk::new().await;
    desk.done(Role::Team, "relationRecord", manager(), "").await;
    let again = json!({
        "kind": "ROLE_AT", "from": { "id": "ind:03" }, "to": { "id": "org:GB-NHS:N81059" }, "title": "Practice manager",
        "gatekeeper": true, "strength": 0.5, "lastConfirmedOn": "2026-05-02",
        "evidence": { "kind": "DOCUMENTED", "source": "the practice's website", "date": "2026-05-01" }
    });
    let payload = desk.done(Role::Team, "relationRecord", again.clone(), RELATION).await;
    insta::assert_json_snapshot!(payload);
    // Said once more it is no change.
    let same = desk.done(Role::Team, "relationRecord", again, RELATION).await;
    assert_eq!((&same["relation"], &same["revision"]), (&payload["relation"], &json!(3)));
}

#[tokio::test]
async fn what_cannot_be_related_is_refused_in_words() {
    let desk = Desk::new().await;
    let serves = json!({ "kind": "SERVES", "to": { "ref": "group:homeless" }, "title": null, "champion": null });
    for (input, path, code) in [
        (json!({ "from": { "ref": "team:nobody" } }), "from.ref", "NOT_FOUND"),
        (json!({ "to": { "id": "org:nothing" } }), "to.id", "NOT_FOUND"),
        (json!({ "from": { "ref": "GB-NHS:99A" } }), "from.ref", "INVALID_ARGUMENT"),
        (json!({ "kind": "KNOWS", "to": { "id": "ind:03" }, "champion": null }), "to", "INVALID_ARGUMENT"),
        (json!({ "oneWay": true }), "oneWay", "INVALID_ARGUMENT"),
        (json!({ "mode": "FAITH" }), "mode", "INVALID_ARGUMENT"),
        (serves.clone(), "mode", "INVALID_ARGUMENT"),
        (with(serves, json!({ "mode": "FAITH", "champion": true })), "champion", "INVALID_ARGUMENT"),
        (json!({ "strength": 0.0 }), "strength", "INVALID_ARGUMENT"),
        (json!({ "strength": 1.01 }), "strength", "INVALID_ARGUMENT"),
        (json!({ "validFrom": "2026-05-01", "validTo": "2026-05-01" }), "validTo", "INVALID_ARGUMENT"),
        (json!({ "lastConfirmedOn": "2026-06-02" }), "lastConfirmedOn", "INVALID_ARGUMENT"),
        (
            json!({ "evidence": { "kind": "DOCUMENTED", "source": "x", "date": "2026-06-02" } }),
            "evidence.date",
            "INVALID_ARGUMENT",
        ),
    ] {
        let (at, found, words) = desk.refused_once(Role::Team, "relationRecord", with(manager(), input)).await;
        assert_eq!((at.as_str(), found.as_str()), (path, code), "{words}");
    }
    let succession = json!({
        "kind": "SUCCEEDED_BY", "from": { "ref": "GB-NHS:99A" }, "to": { "ref": "GB-NHS:QYG" },
        "evidence": { "kind": "DOCUMENTED", "source": "x" }
    });
    let (path, _, words) = desk.refused_once(Role::Team, "relationRecord", succession).await;
    assert!(path == "kind" && words.contains("organisationSucceed"), "{words}");
}

#[tokio::test]
async fn a_relation_does_not_outlive_what_it_joins() {
    let desk = Desk::new().await;
    let to_closed = |more| {
        let input = json!({
            "kind": "PARTNERS_WITH", "from": { "ref": "GB-CHC:1110143" }, "to": { "ref": "GB-NHS:QRV" },
            "evidence": { "kind": "DOCUMENTED", "source": "a report" }
        });
        with(input, more)
    };
    for more in [json!({}), json!({ "validTo": "2026-04-02" })] {
        let (path, code, words) = desk.refused_once(Role::Team, "relationRecord", to_closed(more)).await;
        assert_eq!((path.as_str(), code.as_str()), ("to", "CONFLICT"));
        for part in ["GB-NHS:QRV", "2026-04-01", "GB-NHS:Z9B2Z", "validTo"] {
            assert!(words.contains(part), "{words}");
        }
    }
    let input = to_closed(json!({ "validFrom": "2025-01-01", "validTo": "2026-04-01" }));
    let payload = desk.done(Role::Team, "relationRecord", input, RELATION).await;
    assert_eq!(payload["relation"]["lastConfirmedOn"], Value::Null, "it is over: nobody confirms it today");
}

#[tokio::test]
async fn confirming_never_goes_back_and_ending_is_for_good() {
    let desk = Desk::new().await;
    let payload = desk
        .done(Role::Team, "relationRecord", with(manager(), json!({ "lastConfirmedOn": "2026-05-10" })), RELATION)
        .await;
    let id = payload["relation"]["id"].clone();
    for (on, stands) in
        [(json!("2026-05-01"), "2026-05-10"), (json!("2026-05-20"), "2026-05-20"), (Value::Null, "2026-06-01")]
    {
        let payload = desk.done(Role::Team, "relationConfirm", json!({ "relation": id, "on": on }), RELATION).await;
        assert_eq!(payload["relation"]["lastConfirmedOn"], stands);
    }
    assert_eq!(
        desk.refused_once(Role::Team, "relationConfirm", json!({ "relation": id, "on": "2026-06-02" })).await.0,
        "on"
    );
    let evidence = json!({ "relation": id, "evidence": { "kind": "FIRST_HAND", "source": "a call" } });
    let payload = desk.done(Role::Team, "relationConfirm", evidence, RELATION).await;
    assert_eq!(
        payload["relation"]["evidence"][0],
        json!({ "kind": "FIRST_HAND", "source": "a call", "date": "2026-06-01" })
    );

    let end = json!({ "relation": id, "on": "2026-06-01", "note": "moved on" });
    let payload = desk.done(Role::Team, "relationEnd", end.clone(), RELATION).await;
    assert_eq!(payload["relation"]["validTo"], "2026-06-01");
    assert_eq!(payload["relation"]["note"], "met on\n30 May\nmoved on");
    assert_eq!(desk.done(Role::Team, "relationEnd", end, RELATION).await["relation"], payload["relation"]);
    let (path, code, _) =
        desk.refused_once(Role::Team, "relationEnd", json!({ "relation": id, "on": "2026-05-01" })).await;
    assert_eq!((path.as_str(), code.as_str()), ("on", "CONFLICT"));
    let (path, code, words) = desk.refused_once(Role::Team, "relationConfirm", json!({ "relation": id })).await;
    assert_eq!((path.as_str(), code.as_str()), ("relation", "CONFLICT"));
    assert!(words.contains("2026-06-01"), "{words}");
    // It does not come back by being said again; if it began again, or never ended, that has to be said.
    let (path, code, _) = desk.refused_once(Role::Team, "relationRecord", manager()).await;
    assert_eq!((path.as_str(), code.as_str()), ("validTo", "CONFLICT"));
    let reopened = desk.done(Role::Team, "relationRecord", with(manager(), json!({ "validTo": null })), RELATION).await;
    assert_eq!((&reopened["relation"]["id"], &reopened["relation"]["validTo"]), (&id, &Value::Null));
}

#[tokio::test]
async fn an_end_comes_after_a_beginning() {
    let desk = Desk::new().await;
    let payload =
        desk.done(Role::Team, "relationRecord", with(manager(), json!({ "validFrom": "2026-05-01" })), RELATION).await;
    let id = payload["relation"]["id"].clone();
    let (path, _, words) =
        desk.refused_once(Role::Team, "relationEnd", json!({ "relation": id, "on": "2026-05-01" })).await;
    assert!(path == "on" && words.contains("2026-05-01"), "{words}");
    let (path, _, _) =
        desk.refused_once(Role::Team, "relationConfirm", json!({ "relation": id, "on": "2026-04-30" })).await;
    assert_eq!(path, "relation");
    let (path, code, _) =
        desk.refused_once(Role::Team, "relationEnd", json!({ "relation": "rel:0", "on": "2026-05-01" })).await;
    assert_eq!((path.as_str(), code.as_str()), ("relation", "NOT_FOUND"));
}

#[tokio::test]
async fn many_are_recorded_all_or_none() {
    let desk = Desk::new().await;
    let member = |code: &str| {
        json!({
            "kind": "MEMBER_OF", "from": { "ref": format!("GB-NHS:{code}") }, "to": { "ref": "network:street" },
            "evidence": { "kind": "DOCUMENTED", "source": "list of members" }
        })
    };
    let bad = json!({ "relations": [member("N82001"), member("N80404"), member("N82003"), with(member("N82002"), json!({ "strength": 2 }))] });
    let errors = desk.refused(Role::Team, "relationsRecord", bad).await;
    let paths: Vec<&str> = errors.iter().map(|(path, ..)| path.as_str()).collect();
    assert_eq!(paths, ["relations.1.from.ref", "relations.3.strength"]);
    // One that is named twice is one.
    let good = json!({ "relations": [member("N82001"), member("N82002"), member("N82001")] });
    let payload = desk.done(Role::Team, "relationsRecord", good, "relations { id from { id } }").await;
    let relations = payload["relations"].as_array().unwrap();
    assert_eq!((relations.len(), &payload["revision"]), (2, &json!(2)));
    let ids: Vec<Value> = relations.iter().map(|relation| relation["id"].clone()).collect();
    let confirm =
        json!({ "relations": ids, "on": "2026-06-01", "evidence": { "kind": "FIRST_HAND", "source": "a meeting" } });
    let payload = desk.done(Role::Team, "relationsConfirm", confirm, "relations { evidence { source } }").await;
    assert_eq!(
        payload["relations"][1]["evidence"],
        json!([{ "source": "a meeting" }, { "source": "list of members" }])
    );
    let unknown = json!({ "relations": [ids[0], "rel:unknown"] });
    assert_eq!(desk.refused_once(Role::Team, "relationsConfirm", unknown).await.0, "relations.1");
    for (name, input) in [
        ("relationsRecord", json!({ "relations": [] })),
        ("relationsConfirm", json!({ "relations": [] })),
        ("relationsConfirm", json!({ "relations": vec!["rel:0"; 501] })),
    ] {
        assert_eq!(desk.refused_once(Role::Team, name, input).await.0, "relations");
    }
}

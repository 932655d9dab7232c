//! People: adding, changing and forgetting them.

use super::desk::Desk;
use inroads::access::Role;
use inroads::store::PastOf;
use serde_json::{Value, json};

const PERSON: &str =
    "individual { id ref refs name aliases team email phone languages livedExperience validFrom validTo
    synthetic sources consents { purpose status } areas { edges { relation evidence { source } node { ref } } } }";

fn grace() -> Value {
    json!({
        "ref": "team:grace", "name": "Grace Okafor", "aliases": ["Gracie"], "area": { "ref": "E08:E08000012" },
        "email": "grace@example.org", "phone": "07700 900456", "postcode": "L1 1AA", "website": "grace.example.org",
        "languages": ["Igbo", "English"], "livedExperience": ["seeking asylum"], "source": "drop-in of 30 May"
    })
}

#[tokio::test]
async fn a_person_is_added_and_nobody_has_asked_them_yet() {
    let desk = Desk::new().await;
    let payload = desk.done(Role::Team, "individualCreate", grace(), PERSON).await;
    insta::assert_json_snapshot!(payload);
    let id = payload["individual"]["id"].as_str().unwrap();
    assert!(id.starts_with("ind:") && !id.contains("grace"), "the key tells nothing");
    // Partners see that there is somebody, and no more.
    let seen =
        desk.ask(Role::Partner, &format!(r#"{{ individual(by: {{ id: "{id}" }}) {{ id ref name email }} }}"#)).await;
    assert_eq!(seen["individual"], json!({ "id": id, "ref": null, "name": null, "email": null }));
    let unnamed = json!({ "name": "Somebody", "source": "a call" });
    let payload = desk.done(Role::Team, "individualCreate", unnamed, "individual { ref refs }").await;
    assert_eq!(payload["individual"], json!({ "ref": null, "refs": [] }));
}

#[tokio::test]
async fn what_is_known_of_a_person_changes() {
    let desk = Desk::new().await;
    let input = json!({
        "individual": { "ref": "team:nadia" }, "email": "n@example.org", "phone": null, "languages": ["Arabic", "Welsh"],
        "livedExperience": null, "refs": null, "team": true, "area": { "ref": "E06:E06000007" }, "source": "a call"
    });
    let payload = desk.done(Role::Team, "individualUpdate", input, PERSON).await;
    insta::assert_json_snapshot!(payload);
}

/// A ref may be somebody's name: the message does not repeat whose it is.
#[tokio::test]
async fn a_ref_that_somebody_has_is_refused_without_saying_who_they_are() {
    let desk = Desk::new().await;
    let mut input = grace();
    input["ref"] = json!("team:nadia");
    let (path, code, words) = desk.refused_once(Role::Team, "individualCreate", input).await;
    assert_eq!((path.as_str(), code.as_str()), ("ref", "CONFLICT"));
    assert!(words.contains("ind:02") && !words.contains("nadia") && !words.contains("Nadia"), "{words}");
}

#[tokio::test]
async fn an_erased_person_is_gone_with_all_that_was_merged_into_them() {
    let desk = Desk::new().await;
    let created = desk.done(Role::Team, "individualCreate", grace(), "individual { id }").await;
    let grace = created["individual"]["id"].clone();
    let merge = json!({ "duplicate": { "id": grace }, "into": { "ref": "team:nadia" } });
    desk.done(Role::Steward, "individualMerge", merge, "").await;
    let payload =
        desk.done(Role::Steward, "individualErase", json!({ "individual": { "ref": "team:grace" } }), "erasedId").await;
    assert_eq!(payload["erasedId"], "ind:02");
    let left = serde_json::to_string(&desk.contents().await).unwrap();
    for trace in ["Grace", "grace", "Nadia Secret", "nadia@", "ind:02", grace.as_str().unwrap(), "seeking asylum"] {
        assert!(!left.contains(trace), "{trace} in {left}");
    }
    // That it happened is remembered; what is told of it holds no value.
    for id in ["ind:02", grace.as_str().unwrap()] {
        let past = desk.store.past(&PastOf::Thing(id.to_owned()), None, 100).await.unwrap();
        assert_eq!(past[0].how.as_str(), "ERASED");
        let values = past
            .iter()
            .flat_map(|past| &past.fields)
            .filter(|change| change.before.is_some() || change.after.is_some());
        assert_eq!(values.count(), 0);
    }
    let seen =
        desk.team(r#"{ search(text: "Nadia Secret") { nodes { id } } individual(by: { id: "ind:02" }) { id } }"#).await;
    assert_eq!((&seen["search"]["nodes"], &seen["individual"]), (&json!([]), &Value::Null));
    let (path, code, _) =
        desk.refused_once(Role::Steward, "individualErase", json!({ "individual": { "id": "ind:02" } })).await;
    assert_eq!((path.as_str(), code.as_str()), ("individual.id", "NOT_FOUND"));
    let body = json!({ "individual": { "ref": "GB-CHC:1110143" } });
    assert_eq!(desk.refused_once(Role::Steward, "individualErase", body).await.1, "INVALID_ARGUMENT");
}

//! Undoing: everything goes back as it was, or nothing does.

use super::desk::Desk;
use super::organisations::advice_centre;
use inroads::access::Role;
use serde_json::{Value, json};

fn undo(revision: u64) -> Value {
    json!({ "revision": revision })
}

fn wishes() -> Vec<(&'static str, Value)> {
    let evidence = json!({ "kind": "FIRST_HAND", "source": "a call" });
    let knows = |from: &str, to: &str| json!({ "kind": "KNOWS", "from": { "ref": from }, "to": { "ref": to }, "evidence": evidence });
    vec![
        ("organisationCreate", advice_centre()),
        (
            "organisationUpdate",
            json!({
                "organisation": { "charityNumber": "1110143" }, "name": "Harbour", "aliases": ["Drop-in"], "nation": "ENGLAND",
                "refs": ["GB-COH:06513429"], "area": { "ref": "E06:E06000007" }, "phone": "0151 496 0000", "source": "a call"
            }),
        ),
        (
            "organisationSucceed",
            json!({
                "predecessors": [{ "ref": "GB-NHS:99A" }], "on": "2026-06-01", "source": "a letter",
                "successors": [{ "new": { "ref": "GB-NHS:00X", "name": "New place", "kind": "SUB_ICB_LOCATION" } }]
            }),
        ),
        ("organisationMerge", json!({ "duplicate": { "ref": "GB-NHS:N82001" }, "into": { "ref": "GB-NHS:N82002" } })),
        (
            "individualUpdate",
            json!({ "individual": { "ref": "team:nadia" }, "name": "Nadia", "email": null, "languages": ["Farsi"] }),
        ),
        ("individualMerge", json!({ "duplicate": { "ref": "team:nadia" }, "into": { "ref": "team:ruth" } })),
        (
            "networkCreate",
            json!({ "ref": "network:n", "name": "N", "area": { "ref": "E08:E08000012" }, "source": "a call" }),
        ),
        ("networkUpdate", json!({ "network": { "ref": "network:street" }, "workingGroup": true, "purpose": null })),
        (
            "groupDefine",
            json!({ "ref": "group:g", "kind": "POPULATION", "name": "G", "parents": [{ "ref": "group:homeless" }] }),
        ),
        ("relationRecord", knows("team:omar", "team:ruth")),
        (
            "relationsRecord",
            json!({ "relations": [knows("team:omar", "team:nadia"), knows("team:tess", "team:nadia")] }),
        ),
        (
            "consentRecord",
            json!({ "individual": { "ref": "team:omar" }, "purpose": "INTRODUCE", "status": "GRANTED", "lawfulBasis": "consent" }),
        ),
        ("consentWithdraw", json!({ "individual": { "ref": "team:nadia" } })),
        ("doNotApproachSet", json!({ "nodes": [{ "ref": "GB-NHS:N81059" }, { "ref": "team:omar" }], "until": null })),
    ]
}

#[tokio::test]
async fn every_mutation_can_be_undone_and_the_undoing_too() {
    let desk = Desk::new().await;
    for (name, input) in wishes() {
        let before = desk.contents().await;
        desk.done(Role::Steward, name, input, "").await;
        let (after, revision) = (desk.contents().await, desk.revision().await);
        assert_ne!(before, after, "{name}");
        let payload = desk.done(Role::Steward, "changeUndo", undo(revision), "undoneRevision").await;
        assert_eq!((&payload["undoneRevision"], &payload["revision"]), (&json!(revision), &json!(revision + 1)));
        assert_eq!(desk.contents().await, before, "{name} undone");
        desk.done(Role::Steward, "changeUndo", undo(revision + 1), "").await;
        assert_eq!(desk.contents().await, after, "{name} undone twice");
        desk.done(Role::Steward, "changeUndo", undo(revision + 2), "").await;
        assert_eq!(desk.contents().await, before, "{name} undone three times");
    }
}

#[tokio::test]
async fn a_person_who_was_added_by_mistake_is_forgotten() {
    let desk = Desk::new().await;
    let before = desk.contents().await;
    let input = json!({ "name": "Wrong Person", "area": { "ref": "E08:E08000012" }, "source": "a call" });
    let payload = desk.done(Role::Team, "individualCreate", input, "individual { id }").await;
    desk.done(Role::Steward, "changeUndo", undo(2), "").await;
    assert_eq!(desk.contents().await, before);
    let (path, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(3)).await;
    assert_eq!((path.as_str(), code.as_str()), ("revision", "INVALID_ARGUMENT"));
    assert!(words.contains("erased"), "{words}");
    let erased = json!({ "individual": payload["individual"] });
    assert_eq!(desk.refused_once(Role::Steward, "individualErase", erased).await.1, "NOT_FOUND");
}

#[tokio::test]
async fn what_has_changed_since_is_named_and_nothing_is_half_undone() {
    let desk = Desk::new().await;
    let harbour = |more: Value| {
        let mut input = json!({ "organisation": { "charityNumber": "1110143" } });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    desk.done(
        Role::Team,
        "organisationUpdate",
        harbour(json!({ "name": "Two", "nation": "WALES", "rural": true })),
        "",
    )
    .await;
    desk.done(
        Role::Team,
        "organisationUpdate",
        harbour(json!({ "name": "Three", "rural": false, "sector": "OTHER" })),
        "",
    )
    .await;
    let (path, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(2)).await;
    assert_eq!((path.as_str(), code.as_str()), ("revision", "CONFLICT"));
    for part in ["org:GB-CHC:1110143", "name", "rural", "revision 3"] {
        assert!(words.contains(part), "{words}");
    }
    assert!(!words.contains("nation"), "{words}");
    // The later one first, then the earlier: other people's fields stay.
    desk.done(Role::Team, "organisationUpdate", harbour(json!({ "listSize": 7 })), "").await;
    desk.done(Role::Steward, "changeUndo", undo(3), "").await;
    desk.done(Role::Steward, "changeUndo", undo(2), "").await;
    let seen =
        desk.team(r#"{ organisation(by: { charityNumber: "1110143" }) { name nation rural sector listSize } }"#).await;
    assert_eq!(
        seen["organisation"],
        json!({ "name": "Harbour Drop-in", "nation": null, "rural": null, "sector": null, "listSize": 7 })
    );
    // Undone once, it is not there to be undone again.
    assert_eq!(desk.refused_once(Role::Steward, "changeUndo", undo(2)).await.1, "CONFLICT");
}

#[tokio::test]
async fn what_others_have_come_to_rely_on_stays() {
    let desk = Desk::new().await;
    desk.done(Role::Team, "organisationCreate", advice_centre(), "").await;
    let partner = json!({
        "kind": "PARTNERS_WITH", "from": { "ref": "GB-CHC:1110143" }, "to": { "ref": "GB-CHC:1234567" },
        "evidence": { "kind": "FIRST_HAND", "source": "a call" }
    });
    desk.done(Role::Team, "relationRecord", partner, "").await;
    let (_, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(2)).await;
    assert!(code == "CONFLICT" && words.contains("rel:"), "{words}");
    desk.done(Role::Steward, "changeUndo", undo(3), "").await;
    // Changed since it was made.
    let update = json!({ "organisation": { "charityNumber": "1234567" }, "rural": true });
    desk.done(Role::Team, "organisationUpdate", update, "").await;
    let (_, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(2)).await;
    assert!(code == "CONFLICT" && words.contains("revision 5") && words.contains("rural"), "{words}");

    // A group that another names, and a relation whose end was merged or erased since.
    let group = |name: &str, more: Value| {
        let mut input = json!({ "ref": format!("group:{name}"), "kind": "POPULATION", "name": name });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    desk.done(Role::Team, "groupDefine", group("one", json!({})), "").await;
    let made = desk.revision().await;
    desk.done(Role::Team, "groupDefine", group("two", json!({ "parents": [{ "ref": "group:one" }] })), "").await;
    let (_, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(made)).await;
    assert!(code == "CONFLICT" && words.contains("grp:group:two"), "{words}");
}

#[tokio::test]
async fn nothing_comes_back_to_where_nothing_is() {
    let desk = Desk::new().await;
    let merge = |duplicate: &str, into: &str| json!({ "duplicate": { "ref": duplicate }, "into": { "ref": into } });
    desk.done(Role::Steward, "organisationMerge", merge("GB-NHS:N82001", "GB-NHS:N82002"), "").await;
    // The network that the relation led to has been merged away since.
    desk.done(Role::Steward, "organisationMerge", merge("GB-NHS:U64639", "GB-NHS:99A"), "").await;
    let errors = desk.refused(Role::Steward, "changeUndo", undo(2)).await;
    assert!(errors.iter().all(|(_, code, _)| code == "CONFLICT"), "{errors:?}");
    // Nobody who was erased comes back with a relation.
    let desk = Desk::new().await;
    let knows = json!({
        "kind": "KNOWS", "from": { "ref": "team:omar" }, "to": { "ref": "team:ruth" },
        "evidence": { "kind": "FIRST_HAND", "source": "a call" }
    });
    desk.done(Role::Team, "relationRecord", knows, "").await;
    desk.done(Role::Steward, "changeUndo", undo(2), "").await;
    desk.done(Role::Steward, "individualErase", json!({ "individual": { "ref": "team:ruth" } }), "").await;
    let (_, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(3)).await;
    assert!(code == "CONFLICT" && words.contains("erased"), "{words}");
}

#[tokio::test]
async fn imports_and_what_never_was_are_not_undone() {
    let desk = Desk::new().await;
    for (revision, code, part) in [
        (1, "INVALID_ARGUMENT", "import `world`"),
        (0, "INVALID_ARGUMENT", "from 1"),
        (2, "NOT_FOUND", "newest revision is 1"),
    ] {
        let (path, found, words) = desk.refused_once(Role::Steward, "changeUndo", undo(revision)).await;
        assert_eq!((path.as_str(), found.as_str()), ("revision", code));
        assert!(words.contains(part), "{words}");
    }
    desk.done(Role::Team, "doNotApproachSet", json!({ "nodes": [{ "ref": "GB-NHS:N81059" }], "until": null }), "")
        .await;
    desk.store.let_go_of_log("2027-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
    let (_, code, words) = desk.refused_once(Role::Steward, "changeUndo", undo(2)).await;
    assert!(code == "NOT_FOUND" && words.contains("no longer on record"), "{words}");
}

//! What is refused, where it stands in the input, and in what words: all faults of an input at once, and none of them
//! quotes what may be personal.

use super::desk::{Desk, mutation};
use inroads::access::Role;
use serde_json::{Value, json};

fn paths(errors: &[(String, String, String)]) -> Vec<(&str, &str)> {
    errors.iter().map(|(path, code, _)| (path.as_str(), code.as_str())).collect()
}

#[tokio::test]
async fn all_faults_of_a_new_organisation_are_told_at_once() {
    let desk = Desk::new().await;
    let input = json!({
        "ref": "NHS:1", "refs": ["GB-CHC:1110143", "E08:E08000099", "nonsense"], "name": "x".repeat(501), "kind": "VCFSE",
        "aliases": ["fine", "tab\tbed", ""], "area": { "ref": "E08:E08999999" }, "postcode": "nowhere at all",
        "website": "javascript:alert(1)", "email": "no address", "phone": "ring me",
        "validFrom": "2026-05-01", "validTo": "2026-04-01", "listSize": -1, "deprivationDecile": 11, "source": " "
    });
    let errors = desk.refused(Role::Team, "organisationCreate", input).await;
    insta::assert_json_snapshot!(errors);
}

#[tokio::test]
async fn names_hold_no_control_characters_and_html_stays_text() {
    let desk = Desk::new().await;
    let with = |name: &str| json!({ "name": name, "kind": "VCFSE", "source": "a call" });
    for bad in ["", "   ", "a\u{0}b", "a\nb", "a\u{1b}[2J", "abc\u{202e}txt.exe", &"ŵ".repeat(501)] {
        let (path, code, words) = desk.refused_once(Role::Team, "organisationCreate", with(bad)).await;
        assert_eq!((path.as_str(), code.as_str()), ("name", "INVALID_ARGUMENT"), "{bad:?}");
        assert!(!words.contains('ŵ') && !words.contains('\u{202e}'), "{words}");
    }
    for good in ["<script>alert('x')</script>", "Ŵyn & Sŵn 🏃", &"ŵ".repeat(500)] {
        let payload = desk.done(Role::Team, "organisationCreate", with(good), "organisation { name }").await;
        assert_eq!(payload["organisation"]["name"], good);
    }
}

#[tokio::test]
async fn texts_have_bearable_lengths() {
    let desk = Desk::new().await;
    let relation = |title: usize, note: usize, source: usize| {
        json!({
            "kind": "ROLE_AT", "from": { "ref": "team:omar" }, "to": { "ref": "GB-NHS:N81059" }, "title": "t".repeat(title),
            "note": "n".repeat(note), "evidence": { "kind": "FIRST_HAND", "source": "s".repeat(source) }
        })
    };
    let errors = desk.refused(Role::Team, "relationRecord", relation(301, 10_001, 501)).await;
    let long = "INVALID_ARGUMENT";
    assert_eq!(paths(&errors), [("title", long), ("note", long), ("evidence.source", long)]);
    desk.done(Role::Team, "relationRecord", relation(300, 10_000, 500), "").await;
    let until = json!({ "nodes": [{ "ref": "GB-NHS:N81059" }], "until": "2027-01-01", "reason": "r".repeat(1001) });
    assert_eq!(desk.refused_once(Role::Team, "doNotApproachSet", until).await.0, "reason");
    let person = json!({
        "name": "Nobody", "source": "a call", "languages": vec!["x"; 51], "livedExperience": ["y".repeat(301)],
        "aliases": vec!["z"; 101], "refs": vec!["team:z"; 51]
    });
    let errors = desk.refused(Role::Team, "individualCreate", person).await;
    let many = "LIMIT_EXCEEDED";
    let expected = [("refs", many), ("aliases", many), ("languages", many), ("livedExperience.0", long)];
    assert_eq!(paths(&errors), expected);
}

#[tokio::test]
async fn an_update_names_something_that_is_there_and_keeps_what_it_needs() {
    let desk = Desk::new().await;
    let update = |of: Value, more: Value| {
        let mut input = json!({ "organisation": of });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let harbour = json!({ "ref": "GB-CHC:1110143" });
    for (input, path, code) in [
        (update(json!({ "ref": "GB-CHC:404" }), json!({})), "organisation.ref", "NOT_FOUND"),
        (update(json!({ "id": "org:nothing" }), json!({})), "organisation.id", "NOT_FOUND"),
        (update(json!({ "ref": "team:nadia" }), json!({})), "organisation.ref", "INVALID_ARGUMENT"),
        (update(json!({ "odsCode": "not a code" }), json!({})), "organisation.odsCode", "INVALID_ARGUMENT"),
        (update(harbour.clone(), json!({ "name": null })), "name", "INVALID_ARGUMENT"),
        (update(harbour.clone(), json!({ "kind": null })), "kind", "INVALID_ARGUMENT"),
        (update(harbour.clone(), json!({ "refs": [] })), "refs", "INVALID_ARGUMENT"),
        (update(harbour.clone(), json!({ "refs": ["GB-NHS:N81059"] })), "refs.0", "CONFLICT"),
        (update(harbour.clone(), json!({ "area": { "ref": "E06:E06000007" } })), "source", "INVALID_ARGUMENT"),
        (update(harbour.clone(), json!({ "expectedRevision": -1 })), "expectedRevision", "INVALID_ARGUMENT"),
        (update(harbour, json!({ "expectedRevision": 99 })), "expectedRevision", "STALE"),
    ] {
        let (at, found, words) = desk.refused_once(Role::Team, "organisationUpdate", input).await;
        assert_eq!((at.as_str(), found.as_str()), (path, code), "{words}");
    }
}

/// The schema refuses these before anything of ours runs.
#[tokio::test]
async fn what_is_no_date_or_kind_is_an_error_of_the_request() {
    let desk = Desk::new().await;
    for more in [json!({ "validFrom": "1 May" }), json!({ "kind": "PUB" }), json!({ "nosuchfield": 1 })] {
        let mut input = json!({ "name": "x", "kind": "VCFSE", "source": "a call" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let response = desk.run(Role::Team, mutation("organisationCreate", input, "")).await;
        assert_eq!(response.errors.len(), 1, "{more}");
    }
    assert_eq!(desk.revision().await, 1);
}

#[tokio::test]
async fn windows_in_which_nobody_is_approached_make_sense() {
    let desk = Desk::new().await;
    let culcheth = json!([{ "ref": "GB-NHS:N81059" }]);
    for (input, path) in [
        (json!({ "nodes": culcheth }), "until"),
        (json!({ "nodes": culcheth, "until": "2026-06-01" }), "until"),
        (json!({ "nodes": culcheth, "until": "2026-08-01", "from": "2026-08-01" }), "until"),
        (json!({ "nodes": culcheth, "until": null, "reason": "moving" }), "until"),
        (json!({ "nodes": [], "until": null }), "nodes"),
        (json!({ "nodes": [{ "ref": "E08:E08000012" }], "until": null }), "nodes.0.ref"),
        (
            json!({ "nodes": [{ "ref": "GB-NHS:N81059" }, { "ref": "GB-NHS:404" }], "until": "2027-01-01" }),
            "nodes.1.ref",
        ),
    ] {
        assert_eq!(desk.refused_once(Role::Team, "doNotApproachSet", input).await.0, path);
    }
    let many: Vec<Value> = (0..501).map(|n| json!({ "ref": format!("GB-NHS:{n}") })).collect();
    let (path, code, _) =
        desk.refused_once(Role::Team, "doNotApproachSet", json!({ "nodes": many, "until": null })).await;
    assert_eq!((path.as_str(), code.as_str()), ("nodes", "LIMIT_EXCEEDED"));
}

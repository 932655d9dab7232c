//! Consent, and times in which somebody is to be left alone.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const CONSENTS: &str = "individual { id consents { purpose status lawfulBasis recordedOn expiresOn } }";

fn granted(more: Value) -> Value {
    let mut input = json!({
        "individual": { "ref": "team:omar" }, "purpose": "INTRODUCE", "status": "GRANTED", "lawfulBasis": "consent",
        "expiresOn": "2027-06-01"
    });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[tokio::test]
async fn the_newest_answer_stands_and_the_others_stay_on_record() {
    let desk = Desk::new().await;
    let payload =
        desk.done(Role::Steward, "consentRecord", granted(json!({ "recordedOn": "2026-05-01" })), CONSENTS).await;
    insta::assert_json_snapshot!(payload);
    // The same again changes nothing; an older answer is not the newest.
    desk.done(Role::Steward, "consentRecord", granted(json!({ "recordedOn": "2026-05-01" })), "").await;
    assert_eq!(desk.revision().await, 2);
    let older = json!({ "individual": { "ref": "team:omar" }, "purpose": "INTRODUCE", "status": "REFUSED", "recordedOn": "2026-04-30" });
    let (path, code, words) = desk.refused_once(Role::Steward, "consentRecord", older).await;
    assert_eq!((path.as_str(), code.as_str()), ("recordedOn", "CONFLICT"));
    assert!(words.contains("2026-05-01"), "{words}");

    let withdraw = json!({ "individual": { "ref": "team:omar" }, "on": "2026-05-20" });
    let payload = desk.done(Role::Steward, "consentWithdraw", withdraw.clone(), CONSENTS).await;
    let withdrawn = |purpose: &str| json!({ "purpose": purpose, "status": "WITHDRAWN", "lawfulBasis": null, "recordedOn": "2026-05-20", "expiresOn": null });
    assert_eq!(payload["individual"]["consents"], json!([withdrawn("CONTACT"), withdrawn("INTRODUCE")]));
    assert_eq!(desk.done(Role::Steward, "consentWithdraw", withdraw, CONSENTS).await["revision"], 3);
    let kept = desk.contents().await["ind:03"]["consents"].as_array().unwrap().len();
    assert_eq!(kept, 3, "one granted, two withdrawn");
    // Asked anew, they may say yes again.
    let payload = desk.done(Role::Steward, "consentRecord", granted(json!({})), CONSENTS).await;
    assert_eq!(payload["individual"]["consents"][1]["status"], "GRANTED");
}

#[tokio::test]
async fn who_refused_has_refused_and_one_purpose_is_not_the_other() {
    let desk = Desk::new().await;
    let input = json!({ "individual": { "ref": "team:ruth" }, "purpose": "CONTACT" });
    let payload = desk.done(Role::Steward, "consentWithdraw", input, CONSENTS).await;
    assert_eq!((&payload["individual"]["consents"][0]["status"], &payload["revision"]), (&json!("REFUSED"), &json!(1)));
    let input = json!({ "individual": { "ref": "team:nadia" }, "purpose": "INTRODUCE" });
    let payload = desk.done(Role::Steward, "consentWithdraw", input, CONSENTS).await;
    let statuses: Vec<&Value> =
        payload["individual"]["consents"].as_array().unwrap().iter().map(|c| &c["status"]).collect();
    assert_eq!(statuses, ["EXPIRED", "WITHDRAWN"]);
}

#[tokio::test]
async fn answers_that_cannot_be_are_refused() {
    let desk = Desk::new().await;
    for (input, path) in [
        (granted(json!({ "lawfulBasis": null })), "lawfulBasis"),
        (granted(json!({ "expiresOn": "2026-06-01" })), "expiresOn"),
        (granted(json!({ "status": "REFUSED" })), "expiresOn"),
        (granted(json!({ "recordedOn": "2026-06-02" })), "recordedOn"),
        (granted(json!({ "individual": { "ref": "team:nobody" } })), "individual.ref"),
    ] {
        assert_eq!(desk.refused_once(Role::Steward, "consentRecord", input).await.0, path);
    }
    for body in ["GB-CHC:1110143", "network:street", "group:homeless"] {
        let input = granted(json!({ "individual": { "ref": body } }));
        let (path, code, words) = desk.refused_once(Role::Steward, "consentRecord", input).await;
        assert_eq!((path.as_str(), code.as_str()), ("individual", "INVALID_ARGUMENT"));
        assert!(words.contains("doNotApproachSet"), "{words}");
    }
    let late = json!({ "individual": { "ref": "team:omar" }, "on": "2026-06-02" });
    assert_eq!(desk.refused_once(Role::Steward, "consentWithdraw", late).await.0, "on");
}

#[tokio::test]
async fn whoever_is_to_be_left_alone_says_until_when() {
    let desk = Desk::new().await;
    let input = json!({
        "nodes": [{ "ref": "GB-CHC:1110143" }, { "ref": "team:omar" }, { "id": "org:GB-CHC:1110143" }, { "ref": "initiative:winter" }],
        "from": "2026-07-01", "until": "2026-09-01", "reason": "moving house"
    });
    let select = "nodes { __typename id ... on Organisation { doNotApproach { from until reason } } ... on Individual { doNotApproach { until } } }";
    let payload = desk.done(Role::Team, "doNotApproachSet", input, select).await;
    insta::assert_json_snapshot!(payload);
    let clear = json!({ "nodes": [{ "ref": "GB-CHC:1110143" }], "until": null });
    let payload = desk.done(Role::Team, "doNotApproachSet", clear, select).await;
    assert_eq!(payload["nodes"][0]["doNotApproach"], Value::Null);
}

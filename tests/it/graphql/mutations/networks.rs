//! Networks and working groups.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const NETWORK: &str =
    "network { id ref name formality purpose website validFrom areas { edges { relation node { ref } } } }
    workingGroup { id name purpose }";

#[tokio::test]
async fn a_network_is_added_and_becomes_a_working_group() {
    let desk = Desk::new().await;
    let input = json!({
        "ref": "network:night-shift", "name": "Night Shift", "formality": "INFORMAL", "purpose": "Tea at four in the morning",
        "area": { "ref": "E08:E08000012" }, "validFrom": "2026-01-01", "website": "nights.example.org", "source": "a call"
    });
    let payload = desk.done(Role::Team, "networkCreate", input, NETWORK).await;
    insta::assert_json_snapshot!(payload);
    let input = json!({ "network": { "ref": "network:night-shift" }, "workingGroup": true, "purpose": "Nights" });
    let payload = desk.done(Role::Team, "networkUpdate", input, NETWORK).await;
    assert_eq!(payload["network"], Value::Null);
    assert_eq!(
        payload["workingGroup"],
        json!({ "id": "net:network:night-shift", "name": "Night Shift", "purpose": "Nights" })
    );
    let back = json!({ "network": { "id": "net:network:night-shift" }, "workingGroup": null, "formality": null });
    let payload = desk.done(Role::Team, "networkUpdate", back, NETWORK).await;
    assert_eq!((&payload["network"]["formality"], &payload["workingGroup"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn two_records_of_a_network_become_one() {
    let desk = Desk::new().await;
    let input =
        json!({ "ref": "network:street-2", "name": "Street Friends", "purpose": "the same", "source": "a call" });
    desk.done(Role::Team, "networkCreate", input, "").await;
    let merge = json!({ "duplicate": { "ref": "network:street-2" }, "into": { "ref": "network:street" } });
    let payload = desk.done(Role::Steward, "networkMerge", merge, "network { id refs aliases purpose }").await;
    assert_eq!(
        payload["network"],
        json!({ "id": "net:network:street", "refs": ["network:street", "network:street-2"], "aliases": ["Street Friends"], "purpose": "Health care on the street" })
    );
    let unlike = json!({ "duplicate": { "ref": "network:insights" }, "into": { "ref": "network:street" } });
    let (path, code, _) = desk.refused_once(Role::Steward, "networkMerge", unlike).await;
    assert_eq!((path.as_str(), code.as_str()), ("into", "INVALID_ARGUMENT"));
}

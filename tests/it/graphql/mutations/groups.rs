//! Under-served groups.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

const GROUP: &str =
    "underservedGroup { id ref name kind framework category aliases area { ref } parents { ref } sameAs { ref }
    practices { nodes { ref } } }";

fn nights(more: Value) -> Value {
    let mut input =
        json!({ "ref": "group:nights", "kind": "POPULATION", "name": "Night workers", "source": "field notes" });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

#[tokio::test]
async fn a_group_is_defined_and_redefined() {
    let desk = Desk::new().await;
    let input = nights(json!({
        "framework": "Local", "category": "Work", "aliases": ["Night shift"], "area": { "ref": "E08:E08000012" },
        "parents": [{ "ref": "group:homeless" }], "sameAs": [{ "ref": "group:rough-sleepers" }]
    }));
    let payload = desk.done(Role::Team, "groupDefine", input, GROUP).await;
    insta::assert_json_snapshot!(payload);
    // What is left out stays, null takes away.
    let payload = desk
        .done(Role::Team, "groupDefine", nights(json!({ "name": "Night people", "area": null, "sameAs": null })), GROUP)
        .await;
    let group = &payload["underservedGroup"];
    assert_eq!((&group["name"], &group["area"], &group["sameAs"]), (&json!("Night people"), &Value::Null, &json!([])));
    assert_eq!((&group["parents"], &group["framework"]), (&json!([{ "ref": "group:homeless" }]), &json!("Local")));
}

#[tokio::test]
async fn a_group_of_practices_is_a_filter_that_can_be_asked() {
    let desk = Desk::new().await;
    let input = json!({
        "ref": "group:big", "kind": "PRACTICE", "name": "Big practices",
        "members": { "kind": ["GP_PRACTICE"], "listSize": { "min": 4000 }, "area": { "ref": "E12:E12000002" } }
    });
    let payload = desk.done(Role::Team, "groupDefine", input.clone(), GROUP).await;
    let practices = &payload["underservedGroup"]["practices"]["nodes"];
    assert_eq!(practices, &json!([{ "ref": "GB-NHS:N81059" }, { "ref": "GB-NHS:N82002" }]));
    for (members, path) in [
        (json!({}), "members"),
        (Value::Null, "members"),
        (json!({ "area": { "ref": "E08:E08999999" } }), "members.area.ref"),
        (json!({ "listSize": { "min": 5, "max": 4 } }), "members.listSize"),
        (json!({ "text": "x".repeat(201) }), "members.text"),
    ] {
        let mut input = input.clone();
        input["members"] = members;
        assert_eq!(desk.refused_once(Role::Team, "groupDefine", input).await.0, path);
    }
    let people = nights(json!({ "members": { "kind": ["GP_PRACTICE"] } }));
    assert_eq!(desk.refused_once(Role::Team, "groupDefine", people).await.0, "members");
}

#[tokio::test]
async fn a_group_is_not_a_part_of_itself() {
    let desk = Desk::new().await;
    desk.done(Role::Team, "groupDefine", nights(json!({ "parents": [{ "ref": "group:rough-sleepers" }] })), "").await;
    let circle = json!({
        "ref": "group:homeless", "kind": "POPULATION", "name": "People experiencing homelessness",
        "parents": [{ "ref": "group:nights" }]
    });
    let (path, code, _) = desk.refused_once(Role::Team, "groupDefine", circle).await;
    assert_eq!((path.as_str(), code.as_str()), ("parents", "INVALID_ARGUMENT"));
    for (input, path) in [
        (nights(json!({ "parents": [{ "ref": "GB-CHC:1110143" }] })), "parents.0.ref"),
        (nights(json!({ "sameAs": [{ "ref": "group:nights" }] })), "sameAs"),
        (nights(json!({ "ref": "GB-CHC:1110143" })), "ref"),
        (nights(json!({ "name": "a\u{7}" })), "name"),
    ] {
        assert_eq!(desk.refused_once(Role::Team, "groupDefine", input).await.0, path);
    }
    let itself = nights(json!({ "parents": [{ "ref": "group:nights" }] }));
    let errors = desk.refused(Role::Team, "groupDefine", itself).await;
    assert!(errors.iter().all(|(path, ..)| path == "parents"), "{errors:?}");
}

//! Who may change what: partners nothing, the team most things, stewards all.

use super::desk::Desk;
use inroads::access::Role;
use serde_json::{Value, json};

/// Each mutation with an input that is fine in itself, and whether it is for stewards.
fn wishes() -> Vec<(&'static str, Value, bool)> {
    let harbour = json!({ "ref": "GB-CHC:1110143" });
    let omar = json!({ "ref": "team:omar" });
    let relation = json!({
        "kind": "ROLE_AT", "from": omar, "to": harbour, "evidence": { "kind": "FIRST_HAND", "source": "a call" }
    });
    let merge = json!({ "duplicate": { "ref": "GB-NHS:N82001" }, "into": { "ref": "GB-NHS:N82002" } });
    vec![
        ("organisationCreate", json!({ "name": "x", "kind": "VCFSE", "source": "a call" }), false),
        ("organisationUpdate", json!({ "organisation": harbour, "name": "y" }), false),
        (
            "organisationSucceed",
            json!({ "predecessors": [harbour], "successors": [{ "existing": { "ref": "GB-NHS:99A" } }], "on": "2026-06-01", "source": "a call" }),
            false,
        ),
        ("organisationMerge", merge, true),
        ("individualCreate", json!({ "name": "x", "source": "a call" }), false),
        ("individualUpdate", json!({ "individual": omar, "name": "y" }), false),
        ("individualMerge", json!({ "duplicate": omar, "into": { "ref": "team:nadia" } }), true),
        ("individualErase", json!({ "individual": omar }), true),
        ("networkCreate", json!({ "name": "x", "source": "a call" }), false),
        ("networkUpdate", json!({ "network": { "ref": "network:street" }, "name": "y" }), false),
        (
            "networkMerge",
            json!({ "duplicate": { "ref": "network:street" }, "into": { "ref": "network:street" } }),
            true,
        ),
        ("groupDefine", json!({ "ref": "group:x", "kind": "POPULATION", "name": "x" }), false),
        ("relationRecord", relation.clone(), false),
        ("relationsRecord", json!({ "relations": [relation] }), false),
        ("relationConfirm", json!({ "relation": "rel:0" }), false),
        ("relationsConfirm", json!({ "relations": ["rel:0"] }), false),
        ("relationEnd", json!({ "relation": "rel:0", "on": "2026-06-01" }), false),
        ("consentRecord", json!({ "individual": omar, "purpose": "CONTACT", "status": "REFUSED" }), true),
        ("consentWithdraw", json!({ "individual": omar }), true),
        ("doNotApproachSet", json!({ "nodes": [harbour], "until": "2027-01-01" }), false),
        ("changeUndo", json!({ "revision": 1 }), true),
    ]
}

#[tokio::test]
async fn every_mutation_asks_for_a_role() {
    let desk = Desk::new().await;
    let known = desk.team("{ __schema { mutationType { fields { name } } } }").await;
    let known: Vec<String> = known["__schema"]["mutationType"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect();
    let wishes = wishes();
    assert!(known.iter().all(|name| wishes.iter().any(|(wish, ..)| wish == name)), "{known:?}");
    for (name, input, for_stewards) in wishes {
        let (path, code, words) = desk.refused_once(Role::Partner, name, input.clone()).await;
        assert_eq!((path.as_str(), code.as_str()), ("", "FORBIDDEN"), "{name}");
        assert!(words.contains("PARTNER"), "{words}");
        if for_stewards {
            let (_, code, words) = desk.refused_once(Role::Team, name, input).await;
            assert!(code == "FORBIDDEN" && words.contains("TEAM") && words.contains("--as steward"), "{name}: {words}");
        }
    }
}

/// What is forbidden says nothing of whether the thing named exists.
#[tokio::test]
async fn a_partner_learns_nothing_from_a_refusal() {
    let desk = Desk::new().await;
    let of = |name: &str| json!({ "individual": { "ref": name }, "name": "x" });
    let known = desk.refused(Role::Partner, "individualUpdate", of("team:nadia")).await;
    assert_eq!(known, desk.refused(Role::Partner, "individualUpdate", of("team:nobody")).await);
}

#[tokio::test]
async fn a_partner_is_not_told_what_a_colleague_called_their_source() {
    let desk = Desk::new().await;
    let before = desk.ask(Role::Partner, "{ sources { totalCount nodes { name } } }").await;
    let input = json!({ "name": "Knitters", "kind": "VCFSE", "source": "what Nadia said" });
    desk.done(Role::Team, "organisationCreate", input, "").await;
    assert_eq!(desk.ask(Role::Partner, "{ sources { totalCount nodes { name } } }").await, before);
    assert!(before["sources"]["totalCount"].as_u64() > Some(0), "the published ones are listed");
    let told = desk.team("{ sources { nodes { name } } }").await;
    assert!(told["sources"]["nodes"].as_array().unwrap().contains(&json!({ "name": "what Nadia said" })));
}

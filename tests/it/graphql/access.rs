//! What a partner may not know, they are not told: not by any road that leads to a person.

use super::world::{SECRETS, World, charity, store};
use async_graphql::{Request, Variables};
use inroads::access::Role;
use serde_json::{Value, json};

const PERSON: &str = "id ref refs name aliases team email phone languages livedExperience sources updatedAt
    consents { status } doNotApproach { reason } redactions { field reason }
    networks { totalCount } workingGroups { totalCount } knows { totalCount } contacts { totalCount }
    serves { totalCount } areas { totalCount }
    roles { totalCount edges { title evidence { kind source } node { name } } }";

fn tells_nothing(answer: &Value) {
    let text = answer.to_string();
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_person_by_their_key_is_nameless_and_says_why() {
    let world = World::new().await;
    let answer = world.partner(&format!(r#"{{ individual(by: {{ id: "ind:02" }}) {{ {PERSON} }} }}"#)).await;
    tells_nothing(&answer);
    insta::assert_json_snapshot!(answer["individual"]);
    assert_eq!(world.store.calls().0, Vec::<usize>::new(), "nothing personal is even loaded");
}

#[tokio::test]
async fn every_redacted_field_is_a_field() {
    let world = World::new().await;
    let query = r#"{ individual(by: { id: "ind:02" }) { redactions { field reason } } __type(name: "Individual") { fields { name } } }"#;
    let answer = world.partner(query).await;
    let fields = answer["__type"]["fields"].as_array().unwrap();
    for redaction in answer["individual"]["redactions"].as_array().unwrap() {
        assert!(fields.iter().any(|field| field["name"] == redaction["field"]), "{redaction}");
    }
}

#[tokio::test]
async fn no_road_leads_to_a_name() {
    let world = World::new().await;
    let roads = [
        format!(r#"{{ node(id: "ind:02") {{ ... on Individual {{ {PERSON} }} ... on Stakeholder {{ ref name }} }} }}"#),
        format!(r#"{{ nodes(ids: ["ind:01", "ind:02", "ind:03", "ind:04"]) {{ ... on Individual {{ {PERSON} }} }} }}"#),
        format!("{{ individuals {{ nodes {{ {PERSON} }} edges {{ cursor }} }} }}"),
        format!(
            r#"{{ organisation(by: {{ charityNumber: "1110143" }}) {{
                people(includeEnded: true) {{ nodes {{ {PERSON} }} edges {{ title evidence {{ source }} }} }}
                contacts {{ nodes {{ {PERSON} }} }}
            }} }}"#
        ),
        r#"{ organisation(by: { odsCode: "99A" }) { contacts { edges { title evidence { source } node { name } } } } }"#.into(),
        r#"{ network(by: { ref: "network:street" }) {
            members { edges { title evidence { source } node { id name } } } people { edges { title node { id } } }
        } }"#
            .into(),
        r#"{ underservedGroup(by: { ref: "group:homeless" }) {
            servedBy { edges { evidence { source } node { id name } } } people { nodes { id } }
        } }"#
            .into(),
        r#"{ search(text: "Nadia Secret") { nodes { id } } }"#.into(),
        r#"{ search(text: "team:nadia", types: [INDIVIDUAL]) { totalCount nodes { id } } }"#.into(),
        r#"{ organisations(filter: { text: "Nadia" }) { nodes { name } } }"#.into(),
    ];
    for road in roads {
        tells_nothing(&world.partner(&road).await);
    }
    // The same roads do lead there for the team.
    let team = world.team(&format!("{{ individuals {{ nodes {{ {PERSON} }} }} }}")).await.to_string();
    assert!(team.contains("Nadia Secret") && team.contains("slept rough"));
}

#[tokio::test]
async fn hidden_facts_answer_no_filter() {
    let answer = World::new()
        .await
        .partner(
            r#"{
            team: individuals(filter: { team: true }) { nodes { id } }
            text: individuals(filter: { text: "Nadia" }) { nodes { id } }
            network: individuals(filter: { network: { ref: "network:street" } }) { nodes { id } }
            anyOf: individuals(filter: { anyOf: [{ team: true }, { text: "team:omar" }] }) { nodes { id } }
            byRef: individual(by: { ref: "team:nadia" }) { id }
            nobody: individual(by: { ref: "team:nobody" }) { id }
            role: individuals(filter: { roleTitle: "outreach" }) { nodes { id } }
        }"#,
        )
        .await;
    for alias in ["team", "text", "network", "anyOf"] {
        assert_eq!(answer[alias]["nodes"], json!([]), "{alias}");
    }
    assert_eq!((&answer["byRef"], &answer["nobody"]), (&json!(null), &json!(null)));
    assert_eq!(answer["role"]["nodes"], json!([{ "id": "ind:02" }]));
}

/// Half a match counts only when nothing matches whole: a hidden person must not be what does.
#[tokio::test]
async fn a_search_does_not_tell_of_people_by_what_it_leaves_out() {
    let mut store = store();
    charity(&mut store, "1", "Hidden House");
    let world = World::of(store).await;
    for name in ["Omar Hidden", "Nobody Hidden"] {
        let query = format!(
            "{{ search(text: \"{name}\") {{ nodes {{ id }} }} organisations(filter: {{ text: \"{name}\" }}) {{ nodes {{ id }} }} }}"
        );
        let answer = world.partner(&query).await;
        let found = json!({ "nodes": [{ "id": "org:GB-CHC:1" }] });
        assert_eq!((&answer["search"], &answer["organisations"]), (&found, &found), "{name}");
    }
}

#[tokio::test]
async fn few_people_are_not_counted() {
    let world = World::new().await;
    let query = r#"{
        individuals { totalCount redactions { field reason } }
        organisation(by: { charityNumber: "1110143" }) { people { totalCount redactions { field reason } } }
    }"#;
    let kept_back =
        json!({ "totalCount": null, "redactions": [{ "field": "totalCount", "reason": "FEWER_THAN_FIVE" }] });
    let partner = world.partner(query).await;
    assert_eq!((&partner["individuals"], &partner["organisation"]["people"]), (&kept_back, &kept_back));
    assert_eq!(world.team(query).await["individuals"]["totalCount"], 4);
}

#[tokio::test]
async fn a_path_names_nobody() {
    let world = World::new().await;
    let question =
        json!({ "from": [{ "team": true }], "to": { "group": { "ref": "group:homeless" } }, "includeDetours": true });
    let request = Request::new(inroads::graphql::OUTREACH_DOCUMENT)
        .variables(Variables::from_json(json!({ "question": question, "k": 50 })));
    let response = world.run(Role::Partner, request).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let answer = response.data.into_json().unwrap();
    assert!(!answer["outreachPaths"]["paths"].as_array().unwrap().is_empty());
    tells_nothing(&answer);
}

#[tokio::test]
async fn a_partner_reads_no_more_than_that_there_is_no_path() {
    let world = World::new().await;
    // Whoever is between refused or was not asked; a partner learns neither.
    let query = r#"{ outreachPaths(question: { from: [{ ref: "GB-NHS:N81059" }], to: { group: { ref: "group:homeless" } }, allow: [WARM, ROLE] }) {
        noVerifiedPath { reason rules closestReached { name } suggestions redactions { field reason } }
    } }"#;
    let why = world.partner(query).await["outreachPaths"]["noVerifiedPath"].clone();
    assert_eq!((&why["reason"], &why["rules"], &why["closestReached"]), (&json!("NO_PATH"), &json!([]), &json!(null)));
    assert!(
        why["redactions"].as_array().unwrap().contains(&json!({ "field": "closestReached", "reason": "TEAM_ONLY" }))
    );
}

#[tokio::test]
async fn a_partner_may_not_name_people_in_a_question() {
    let world = World::new().await;
    let target = r#"to: { group: { ref: "group:homeless" } }"#;
    let by_id = format!(r#"{{ outreachPaths(question: {{ from: [{{ id: "ind:02" }}], {target} }}) {{ searched }} }}"#);
    assert_eq!(world.refused(Role::Partner, &by_id).await.0, "FORBIDDEN");
    let unasked = format!(
        "{{ outreachPaths(question: {{ from: [{{ team: true }}], {target}, includeUnasked: true }}) {{ searched }} }}"
    );
    let (code, path, _) = world.refused(Role::Partner, &unasked).await;
    assert_eq!((code.as_str(), path), ("FORBIDDEN", json!(["question", "includeUnasked"])));
    // A ref that a partner may not see is a ref that nobody has.
    let known = world.refused(Role::Partner, &by_id.replace(r#"id: "ind:02""#, r#"ref: "team:nadia""#)).await;
    let unknown = world.refused(Role::Partner, &by_id.replace(r#"id: "ind:02""#, r#"ref: "team:nobody""#)).await;
    assert_eq!((&known.0, &known.1), (&unknown.0, &unknown.1));
    assert_eq!(known.2.replace("team:nadia", ""), unknown.2.replace("team:nobody", ""));
}

//! Whom we are missing and whom we depend on, as the API tells it.

use super::world::{SECRETS, World};
use inroads::access::Role;
use serde_json::{Value, json};

const CELL: &str = "group { ref } area { ref } status urgency bestProbability costMicronats likelihood
    bestPath { __typename ref name } singleBroker brokers { __typename ref name } singleServer serverCount
    servers { node { __typename ref name } modes reached } practices { reached of }
    changed { statusThen bestProbabilityThen }";

const AREAS: &str = r#"areas: [{ ref: "E08:E08000012" }, { ref: "E06:E06000007" }]"#;

#[tokio::test]
async fn the_whole_matrix() {
    let query = format!(
        r#"{{ coverage(from: [{{ team: true }}], {AREAS}, since: "2020-06-01") {{
            columns {{ name }} rows {{ group {{ name }} cells {{ {CELL} }} }} counts {{ status cells }}
            notices {{ code }} revision asOf since
        }} }}"#
    );
    insta::assert_json_snapshot!(World::new().await.team(&query).await["coverage"]);
}

#[tokio::test]
async fn a_cell_says_what_the_question_about_it_alone_is_answered_with() {
    let world = World::new().await;
    let answer = world
        .team(
            r#"{
            coverage(from: [{ team: true }], groups: [{ ref: "group:homeless" }]) {
                rows { cells { bestProbability costMicronats likelihood bestPath { id } area { id } } }
            }
            outreachPaths(question: { from: [{ team: true }], to: { group: { ref: "group:homeless" } } }, k: 1) {
                paths { probability costMicronats likelihood nodes { id } }
            }
        }"#,
        )
        .await;
    let (cell, path) = (&answer["coverage"]["rows"][0]["cells"][0], &answer["outreachPaths"]["paths"][0]);
    assert_eq!(cell["area"], Value::Null);
    for (of_cell, of_path) in [
        ("bestProbability", "probability"),
        ("costMicronats", "costMicronats"),
        ("likelihood", "likelihood"),
        ("bestPath", "nodes"),
    ] {
        assert_eq!(cell[of_cell], path[of_path], "{answer:#}");
        assert!(!cell[of_cell].is_null());
    }
}

#[tokio::test]
async fn the_list_by_urgency_comes_in_pages() {
    let world = World::new().await;
    let page = async |arguments: &str| {
        let fields = "totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { group { ref } area { ref } urgency }";
        let query =
            format!("{{ coverage(from: [{{ team: true }}], {AREAS}) {{ cells({arguments}) {{ {fields} }} }} }}");
        world.team(&query).await["coverage"]["cells"].clone()
    };
    let all = page("first: 100").await;
    assert_eq!((&all["totalCount"], &all["nodes"][0]["urgency"]), (&json!(6), &json!("NOBODY_SERVES")));
    let (mut read, mut after) = (Vec::new(), String::new());
    loop {
        let page = page(&format!("first: 4{after}")).await;
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!read.is_empty()));
        read.extend(page["nodes"].as_array().unwrap().clone());
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(&Value::from(read), &all["nodes"]);
    let query = r#"{ coverage(from: [{ team: true }]) { cells(after: "nonsense") { totalCount } } }"#;
    assert_eq!(world.refused(Role::Team, query).await.0, "INVALID_ARGUMENT");
}

#[tokio::test]
async fn whom_we_depend_on_comes_in_pages_and_agrees_with_losing_them() {
    let world = World::new().await;
    let page = async |arguments: &str| {
        let fields = "totalCount cellsReached redactions { reason } pageInfo { hasNextPage endCursor }
            nodes { nodes { id } cellsLost probabilityLost groups { group { ref } cellsLost probabilityLost
                cells { area { ref } probability probabilityAfter } } }";
        let query = format!("{{ fragility(from: [{{ team: true }}], {arguments}) {{ {fields} }} }}");
        world.team(&query).await["fragility"].clone()
    };
    let all = page("first: 100").await;
    let nodes = all["nodes"].as_array().unwrap().clone();
    assert!(nodes.len() >= 2, "{all:#}");
    assert_eq!(all["redactions"], json!([]));
    let first = page("first: 1").await;
    let rest = page(&format!("first: 100, after: {}", first["pageInfo"]["endCursor"])).await;
    assert_eq!((&first["nodes"][0], rest["nodes"].as_array().unwrap().as_slice()), (&nodes[0], &nodes[1..]));
    for loss in nodes {
        let query = format!(
            "{{ whatIfLost(node: {{ id: {} }}) {{ cellsReached loss {{ nodes {{ id }} cellsLost probabilityLost
                groups {{ group {{ ref }} cellsLost probabilityLost
                    cells {{ area {{ ref }} probability probabilityAfter }} }} }} }} }}",
            loss["nodes"][0]["id"]
        );
        let alone = world.team(&query).await["whatIfLost"].clone();
        assert_eq!((&alone["loss"], &alone["cellsReached"]), (&loss, &all["cellsReached"]));
    }
}

#[tokio::test]
async fn a_partner_learns_of_no_person_whom_we_reach_or_depend_on() {
    let world = World::new().await;
    let matrix = format!(
        r#"{{ coverage(from: [{{ team: true }}], {AREAS}, since: "2020-06-01") {{
            rows {{ cells {{ {CELL} }} }} cells {{ nodes {{ {CELL} }} }}
        }} }}"#
    );
    let losses = "{ fragility(from: [{ team: true }]) { totalCount redactions { field reason }
        nodes { nodes { __typename id ref name } groups { group { name } cells { probability } } } } }";
    for query in [matrix.as_str(), losses] {
        let answer = world.partner(query).await;
        let text = answer.to_string();
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        if let Some(losses) = answer["fragility"]["nodes"].as_array() {
            assert!(losses.iter().all(|loss| loss["nodes"][0]["__typename"] != "Individual"), "{answer:#}");
            assert_eq!(answer["fragility"]["redactions"], json!([{ "field": "edges", "reason": "PERSONAL" }]));
        } else {
            // Omar serves the group, which partners do not know.
            assert!(!text.contains("ADVOCACY"), "{answer:#}");
        }
    }
    let homeless = r#"{ coverage(from: [{ ref: "GB-NHS:QYG" }], groups: [{ ref: "group:homeless" }]) {
        rows { cells { serverCount servers(first: 100) { modes } } } } }"#;
    let counts = |answer: &Value| answer["coverage"]["rows"][0]["cells"][0]["serverCount"].clone();
    assert_eq!((counts(&world.team(homeless).await), counts(&world.partner(homeless).await)), (json!(2), json!(1)));
}

#[tokio::test]
async fn what_may_not_or_cannot_be_asked() {
    let world = World::new().await;
    let refused = async |role, query: &str| {
        let (code, path, _) = world.refused(role, query).await;
        (code, path)
    };
    let team = "from: [{ team: true }]";
    for (role, query, code, path) in [
        (
            Role::Partner,
            format!("{{ coverage({team}, includeUnasked: true) {{ asOf }} }}"),
            "FORBIDDEN",
            json!(["includeUnasked"]),
        ),
        (Role::Partner, r#"{ whatIfLost(node: { id: "ind:02" }) { asOf } }"#.to_owned(), "FORBIDDEN", json!(["node"])),
        (
            Role::Partner,
            r#"{ fragility(from: [{ id: "ind:01" }]) { asOf } }"#.to_owned(),
            "FORBIDDEN",
            json!(["from", 0]),
        ),
        (Role::Team, "{ coverage(from: []) { asOf } }".to_owned(), "INVALID_ARGUMENT", json!(["from"])),
        (Role::Team, format!("{{ coverage({team}, maxHops: 9) {{ asOf }} }}"), "INVALID_ARGUMENT", json!(["maxHops"])),
        (Role::Team, format!("{{ coverage({team}, maxHops: -1) {{ asOf }} }}"), "INVALID_ARGUMENT", json!(["maxHops"])),
        (
            Role::Team,
            format!(r#"{{ coverage({team}, since: "2027-01-01") {{ asOf }} }}"#),
            "INVALID_ARGUMENT",
            json!(["since"]),
        ),
        (
            Role::Team,
            format!(r#"{{ coverage({team}, groups: [{{ ref: "group:none" }}]) {{ asOf }} }}"#),
            "NOT_FOUND",
            json!(["groups", 0, "ref"]),
        ),
        (
            Role::Team,
            format!(r#"{{ coverage({team}, areas: [{{ ref: "group:homeless" }}]) {{ asOf }} }}"#),
            "INVALID_ARGUMENT",
            json!(["areas", 0, "ref"]),
        ),
        (
            Role::Team,
            format!(
                "{{ coverage({team}) {{ rows {{ cells {{ servers(first: 100) {{ node {{ id }} modes }} }} }} }} }}"
            ),
            "LIMIT_EXCEEDED",
            Value::Null,
        ),
    ] {
        assert_eq!(refused(role, &query).await, (code.to_owned(), path), "{query}");
    }
}

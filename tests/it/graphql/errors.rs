//! What is refused says where and why; what breaks inside says nothing but its trace.

use super::world::{World, store};
use inroads::access::Role;
use serde_json::{Value, json};

async fn refused(query: &str) -> (String, Value) {
    let (code, path, message) = World::new().await.refused(Role::Team, query).await;
    assert!(!message.is_empty());
    (code, path)
}

fn error(code: &str, path: Value) -> (String, Value) {
    (code.to_owned(), path)
}

#[tokio::test]
async fn names_that_cannot_be() {
    let invalid = |path| error("INVALID_ARGUMENT", path);
    let cases = [
        (r#"{ organisation(by: { ref: "N81059" }) { id } }"#, json!(["by", "ref"])),
        (r#"{ organisation(by: { ref: "XX-YY:1" }) { id } }"#, json!(["by", "ref"])),
        (r#"{ organisation(by: { odsCode: "" }) { id } }"#, json!(["by", "odsCode"])),
        (r#"{ area(by: { code: { scheme: "GB-NHS", code: "1" } }) { id } }"#, json!(["by", "code", "scheme"])),
        (r#"{ organisation(by: { ref: "GB-NHS:1", odsCode: "1" }) { id } }"#, json!(["by"])),
        (r#"{ areas(filter: { scheme: "E1" }) { totalCount } }"#, json!(["filter", "scheme"])),
    ];
    for (query, path) in cases {
        assert_eq!(refused(query).await, invalid(path), "{query}");
    }
}

#[tokio::test]
async fn filters_that_name_nothing_or_contradict_themselves() {
    let cases = [
        (r#"icb: { ref: "GB-NHS:XXX" }"#, "NOT_FOUND", json!(["filter", "icb", "ref"])),
        (r#"usesSoftware: ["Nothing"]"#, "NOT_FOUND", json!(["filter", "usesSoftware", 0])),
        (r#"anyOf: [{ area: { ref: "E08:E08999999" } }]"#, "NOT_FOUND", json!(["filter", "anyOf", 0, "area", "ref"])),
        ("listSize: { min: 2, max: 1 }", "INVALID_ARGUMENT", json!(["filter", "listSize"])),
        (r#"openAsOf: "2026-04-01", includeClosed: true"#, "INVALID_ARGUMENT", json!(["filter", "includeClosed"])),
        ("kind: [SURGERY]", "INVALID_ARGUMENT", json!(["filter", "kind", 0])),
        (r#"openAsOf: "1 April""#, "INVALID_ARGUMENT", json!(["filter", "openAsOf"])),
        (r#"updatedSince: "2026-04-01""#, "INVALID_ARGUMENT", json!(["filter", "updatedSince"])),
    ];
    for (filter, code, path) in cases {
        let query = format!("{{ organisations(filter: {{ {filter} }}) {{ totalCount }} }}");
        assert_eq!(refused(&query).await, error(code, path), "{query}");
    }
}

#[tokio::test]
async fn questions_that_cannot_be() {
    let homeless = r#"to: { group: { ref: "group:homeless" } }"#;
    let team = "from: [{ team: true }]";
    let cases = [
        (format!("from: [] {homeless}"), "", json!(["question", "from"])),
        (format!("from: [{{ team: false }}] {homeless}"), "", json!(["question", "from", 0, "team"])),
        (format!("{team} {homeless} maxHops: 9"), "", json!(["question", "maxHops"])),
        (format!("{team} {homeless} maxHops: -1"), "", json!(["question", "maxHops"])),
        (format!("{team} {homeless} deadlineMs: 0"), "", json!(["question", "deadlineMs"])),
        (format!("{team} {homeless} maxStructuralHops: 9"), "", json!(["question", "maxStructuralHops"])),
        (format!("{team} {homeless} maxStructuralHops: -1"), "", json!(["question", "maxStructuralHops"])),
        (format!("{team} {homeless} minProbability: 0"), "", json!(["question", "minProbability"])),
        (format!("{team} {homeless} minProbability: 1.5"), "", json!(["question", "minProbability"])),
        (format!("{team} {homeless} diversity: -0.5"), "", json!(["question", "diversity"])),
        (
            format!(
                "{team} {homeless} via: {{ nodes: [{{ ref: \"GB-NHS:99A\" }}] }} avoid: [{{ ref: \"GB-NHS:99A\" }}]"
            ),
            "",
            json!(["question", "via", "nodes", 0]),
        ),
        (format!("{team} {homeless}"), ", k: 0", json!(["k"])),
        (format!("{team} {homeless}"), ", k: 1000", json!(["k"])),
        (format!("{team} to: {{ organisations: {{}} }}"), "", json!(["question", "to", "organisations"])),
        (format!("{team} to: {{ nodes: [] }}"), "", json!(["question", "to", "nodes"])),
    ];
    for (question, k, path) in cases {
        let query = format!("{{ outreachPaths(question: {{ {question} }}{k}) {{ searched }} }}");
        assert_eq!(refused(&query).await, error("INVALID_ARGUMENT", path), "{query}");
    }
    let unknown =
        format!("{{ outreachPaths(question: {{ from: [{{ ref: \"team:nobody\" }}] {homeless} }}) {{ searched }} }}");
    assert_eq!(refused(&unknown).await, error("NOT_FOUND", json!(["question", "from", 0, "ref"])));
    let unknown = format!(
        "{{ outreachPaths(question: {{ {team} {homeless} via: {{ nodes: [{{ ref: \"GB-NHS:99A\" }}, {{ ref: \"GB-CHC:404\" }}] }} }}) {{ searched }} }}"
    );
    assert_eq!(refused(&unknown).await, error("NOT_FOUND", json!(["question", "via", "nodes", 1, "ref"])));
}

#[tokio::test]
async fn variables_are_judged_as_arguments_are() {
    let query = "query($filter: OrganisationFilter) { organisations(filter: $filter) { totalCount } }";
    let variables = json!({ "filter": { "kind": ["SURGERY"] } });
    let (code, path, message) = World::new().await.refused_with(Role::Team, query, variables).await;
    assert_eq!((code.as_str(), path), ("INVALID_ARGUMENT", json!(["filter", "kind", 0])), "{message}");
}

#[tokio::test]
async fn a_request_that_is_no_graphql() {
    for query in ["{", "{ nonsense }", "query A { me { role } } query B { me { role } }"] {
        assert_eq!(refused(query).await.0, "BAD_REQUEST", "{query}");
    }
}

#[tokio::test]
async fn what_breaks_inside_is_quoted_by_its_trace_alone() {
    let mut broken = store();
    broken.broken = true;
    let world = World::of(broken).await;
    let request = async_graphql::Request::new("{ organisations { nodes { website } } }")
        .data(inroads::telemetry::TraceId::from("trace-1"));
    let response = world.run(Role::Team, request).await;
    let shown = serde_json::to_string(&response.errors).unwrap();
    assert!(shown.contains("INTERNAL") && shown.contains("trace-1"), "{shown}");
    for inside in ["sda1", "nadia", "reading details"] {
        assert!(!shown.contains(inside), "{shown}");
    }
}

//! Pages, forwards and backwards.

use super::world::{World, member_of_liverpool, store};
use inroads::access::Role;
use serde_json::{Value, json};

async fn many() -> World {
    let mut store = store();
    for number in 0..30 {
        // Half of them are of the same size, so that ties are met.
        member_of_liverpool(&mut store, &format!("P81{number:03}"), 1_000 + number / 2);
    }
    World::of(store).await
}

fn codes(page: &Value) -> Vec<String> {
    page["nodes"].as_array().unwrap().iter().map(|node| node["odsCode"].as_str().unwrap().to_owned()).collect()
}

const ORDER: &str = "filter: { kind: [GP_PRACTICE] }, orderBy: { field: LIST_SIZE, direction: DESC }";

async fn page(world: &World, arguments: &str) -> Value {
    let fields = "nodes { odsCode } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";
    world.team(&format!("{{ organisations({ORDER}, {arguments}) {{ {fields} }} }}")).await["organisations"].clone()
}

#[tokio::test]
async fn pages_forwards_and_backwards_are_the_same_list() {
    let world = many().await;
    let all = codes(&page(&world, "first: 100").await);
    assert_eq!(all.len(), 34);

    let (mut forwards, mut after) = (Vec::new(), String::new());
    loop {
        let page = page(&world, &format!("first: 7{after}")).await;
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!forwards.is_empty()));
        forwards.extend(codes(&page));
        if page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
        after = format!(", after: {}", page["pageInfo"]["endCursor"]);
    }
    assert_eq!(forwards, all);

    let (mut backwards, mut before) = (Vec::new(), String::new());
    loop {
        let page = page(&world, &format!("last: 7{before}")).await;
        backwards.splice(0..0, codes(&page));
        if page["pageInfo"]["hasPreviousPage"] == json!(false) {
            break;
        }
        before = format!(", before: {}", page["pageInfo"]["startCursor"]);
    }
    assert_eq!(backwards, all);
}

#[tokio::test]
async fn relations_search_and_sources_page_too() {
    let world = many().await;
    let query = |field: &str, inner: &str| {
        let (world, field, inner) = (&world, field.to_owned(), inner.to_owned());
        async move {
            let (mut found, mut after) = (Vec::new(), String::new());
            loop {
                let text = field.replace("PAGE", &format!("first: 2{after}"));
                let query =
                    text.replace("BODY", &format!("{{ {inner} pageInfo {{ hasNextPage endCursor }} totalCount }}"));
                let answer = world.team(&query).await;
                let mut page = &answer;
                while page.get("pageInfo").is_none() {
                    page = page.as_object().unwrap().values().next().unwrap();
                }
                found.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["name"].to_string()));
                if page["pageInfo"]["hasNextPage"] == json!(false) {
                    assert_eq!(page["totalCount"], json!(found.len()), "{query}");
                    let mut distinct = found.clone();
                    distinct.sort();
                    distinct.dedup();
                    assert_eq!(distinct.len(), found.len());
                    return found.len();
                }
                after = format!(", after: {}", page["pageInfo"]["endCursor"]);
            }
        }
    };
    let commissions = r#"{ organisation(by: { odsCode: "99A" }) { commissions(PAGE) BODY } }"#;
    assert_eq!(query(commissions, "nodes { name }").await, 34);
    let within = r#"{ area(by: { ref: "E08:E08000012" }) { organisations(PAGE) BODY } }"#;
    assert_eq!(query(within, "nodes { name }").await, 34);
    let search = r#"{ search(text: "practice", types: [ORGANISATION], PAGE) BODY }"#;
    assert_eq!(query(search, "nodes { ... on Organisation { name } }").await, 33);
    assert_eq!(query("{ sources(PAGE) BODY }", "nodes { name }").await, 3);
}

#[tokio::test]
async fn a_page_is_asked_for_in_one_way_and_within_the_limits() {
    let world = many().await;
    let refused = |arguments: &str| {
        let query = format!("{{ organisations({arguments}) {{ nodes {{ id }} }} }}");
        let world = &world;
        async move {
            let (code, path, _) = world.refused(Role::Team, &query).await;
            (code, path)
        }
    };
    let invalid = |path: Value| ("INVALID_ARGUMENT".to_owned(), path);
    assert_eq!(refused("first: -1").await, invalid(json!(["first"])));
    assert_eq!(refused("last: -1").await, invalid(json!(["last"])));
    assert_eq!(refused("first: 1, last: 1").await, invalid(json!(["last"])));
    assert_eq!(refused(r#"after: "%%%""#).await, invalid(json!(["after"])));
    assert_eq!(refused(r#"before: "e30""#).await, invalid(json!(["before"])));
    assert_eq!(refused("first: 101").await, ("LIMIT_EXCEEDED".to_owned(), json!(["first"])));
    let nobody = page(&world, "first: 0").await;
    assert_eq!((codes(&nobody).len(), &nobody["pageInfo"]["hasNextPage"]), (0, &json!(true)));
}

//! What the schema says of itself.

use super::world::World;
use serde_json::Value;
use std::path::Path;

const COMMITTED: &str = "schema/inroads.graphql";

/// `INROADS_UPDATE_SCHEMA=1 cargo test --test it graphql::schema` writes the file anew; its diff is for review.
#[test]
fn the_committed_schema_is_the_one_in_use() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMMITTED);
    let sdl = inroads::graphql::sdl();
    if std::env::var_os("INROADS_UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &sdl).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == sdl,
        "{COMMITTED} is out of date: INROADS_UPDATE_SCHEMA=1 cargo test --test it graphql::schema"
    );
}

#[tokio::test]
async fn everything_in_the_schema_is_described() {
    let query = "{ __schema { types { name description
        fields { name description args { name description } }
        inputFields { name description }
        enumValues { name description } } } }";
    let answer = World::new().await.team(query).await;
    let mut bare = Vec::new();
    let described = |thing: &Value| thing["description"].as_str().is_some_and(|words| words.trim().len() > 3);
    let list = |thing: &Value, key: &str| thing[key].as_array().cloned().unwrap_or_default();
    for of in list(&answer["__schema"], "types") {
        let name = of["name"].as_str().unwrap().to_owned();
        if name.starts_with("__") {
            continue;
        }
        if !described(&of) {
            bare.push(name.clone());
        }
        for part in ["fields", "inputFields", "enumValues"].iter().flat_map(|key| list(&of, key)) {
            let part_name = format!("{name}.{}", part["name"].as_str().unwrap());
            bare.extend(
                list(&part, "args")
                    .iter()
                    .filter(|arg| !described(arg))
                    .map(|arg| format!("{part_name}({})", arg["name"].as_str().unwrap())),
            );
            if !described(&part) {
                bare.push(part_name);
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

/// What the playground sends when it opens.
#[tokio::test]
async fn the_playgrounds_introspection_is_within_the_limits() {
    let answer = World::new().await.team(include_str!("introspection.graphql")).await;
    assert_eq!(answer["__schema"]["queryType"]["name"], "Query");
}

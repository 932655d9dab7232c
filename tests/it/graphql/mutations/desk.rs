//! Where the changes are made: a server's schema over an embedded store that holds the small world.

use super::super::world;
use crate::support::seeded::OnDay;
use async_graphql::{Request, Response, Variables};
use inroads::access::{Role, Viewer};
use inroads::app::App;
use inroads::config::Limits;
use inroads::graphql::{Schema, schema};
use inroads::model::{Change, ChangeSet, IdGenerator, NodeRecord, Relation, RelationRecord};
use inroads::outreach::Settings;
use inroads::store::{GraphStore, embedded::EmbeddedStore};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const TODAY: &str = "2026-06-01";

pub struct Desk {
    pub app: Arc<App>,
    pub store: Arc<dyn GraphStore>,
    schema: Schema,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The small world as revision 1.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let store: Arc<dyn GraphStore> =
            Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store"));
        store.commit(whole_world()).await.expect("the world");
        let app =
            App::open(Arc::clone(&store), Arc::new(OnDay::new(TODAY)), Settings::default()).await.expect("an app");
        let app = Arc::new(app.with_ids(IdGenerator::from_seed(4)));
        Self { app, store, schema: schema(&Limits::default()), _folder: folder }
    }

    /// Another server over the same store.
    pub async fn neighbour(&self) -> Neighbour {
        Neighbour::over(Arc::clone(&self.store)).await
    }

    /// All that is in the graph, whole, as JSON by key; but for sources, which stay once they are named.
    pub async fn contents(&self) -> BTreeMap<String, Value> {
        let graph = self.store.load().await.expect("the graph");
        let nodes: Vec<_> = graph.nodes.iter().map(|stored| stored.node.id.clone()).collect();
        let relations: Vec<_> = graph.relations.iter().map(|relation| relation.id.clone()).collect();
        let found = self.store.records(&nodes, &relations).await.expect("records");
        let nodes = found.nodes.iter().map(|(id, record)| (id.to_string(), serde_json::to_value(record)));
        let relations = found.relations.iter().map(|(id, record)| (id.to_string(), serde_json::to_value(record)));
        nodes.chain(relations).map(|(id, json)| (id, json.expect("JSON"))).collect()
    }

    pub async fn run(&self, role: Role, request: impl Into<Request>) -> Response {
        self.schema.execute(request.into(), self.app.asking(Viewer::new(role))).await
    }

    /// The data of an answer without errors.
    pub async fn ask(&self, role: Role, query: &str) -> Value {
        data(query, self.run(role, query).await)
    }

    pub async fn team(&self, query: &str) -> Value {
        self.ask(Role::Team, query).await
    }

    /// The payload of a mutation, whatever it says.
    pub async fn mutate(&self, role: Role, name: &str, input: Value, select: &str) -> Value {
        let request = mutation(name, input, select);
        let mut data = data(name, self.run(role, request).await);
        data[name].take()
    }

    /// The payload of a mutation that was done.
    pub async fn done(&self, role: Role, name: &str, input: Value, select: &str) -> Value {
        let payload = self.mutate(role, name, input, select).await;
        assert_eq!(payload["userErrors"], json!([]), "{name}");
        payload
    }

    /// What was wrong: the path below `input`, the code and the message of each error. Nothing may have changed.
    pub async fn refused(&self, role: Role, name: &str, input: Value) -> Vec<(String, String, String)> {
        let before = self.store.health().await.expect("health").revision;
        let payload = self.mutate(role, name, input, "").await;
        assert_eq!(self.store.health().await.expect("health").revision, before, "{name} changed something");
        let errors = payload["userErrors"].as_array().expect("errors").clone();
        assert!(!errors.is_empty(), "{name} was done: {payload}");
        let one = |error: &Value| {
            let steps: Vec<&str> =
                error["path"].as_array().expect("a path").iter().map(|step| step.as_str().expect("text")).collect();
            assert_eq!(steps.first(), Some(&"input"));
            let text = |key: &str| error[key].as_str().expect("text").to_owned();
            (steps[1..].join("."), text("code"), text("message"))
        };
        errors.iter().map(one).collect()
    }

    /// As `refused`, for a single error.
    pub async fn refused_once(&self, role: Role, name: &str, input: Value) -> (String, String, String) {
        let mut errors = self.refused(role, name, input).await;
        assert_eq!(errors.len(), 1, "{errors:?}");
        errors.remove(0)
    }

    pub async fn revision(&self) -> u64 {
        self.store.health().await.expect("health").revision.0
    }
}

/// A server of its own, with a graph of its own in memory.
pub struct Neighbour {
    app: Arc<App>,
    schema: Schema,
}

impl Neighbour {
    pub async fn over(store: Arc<dyn GraphStore>) -> Self {
        let app = App::open(store, Arc::new(OnDay::new(TODAY)), Settings::default()).await.expect("an app");
        Self { app: Arc::new(app), schema: schema(&Limits::default()) }
    }

    pub async fn run(&self, role: Role, request: Request) -> Response {
        self.schema.execute(request, self.app.asking(Viewer::new(role))).await
    }

    pub async fn mutate(&self, role: Role, name: &str, input: Value, select: &str) -> Value {
        let mut data = data(name, self.run(role, mutation(name, input, select)).await);
        data[name].take()
    }
}

pub fn mutation(name: &str, input: Value, select: &str) -> Request {
    let of = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation($input: {of}!) {{ {name}(input: $input) {{ {select} userErrors {{ path code message hint }} revision }} }}"
    );
    Request::new(query).variables(Variables::from_json(json!({ "input": input })))
}

pub fn data(what: &str, response: Response) -> Value {
    assert!(response.errors.is_empty(), "{what}\n{:?}", response.errors);
    response.data.into_json().expect("JSON")
}

/// The hand-built world as one change set, each relation under the key that it would get.
fn whole_world() -> ChangeSet {
    let mut world = world::store();
    let nodes = world.graph.nodes.drain(..).map(|stored| {
        let details = world.details.remove(&stored.node.id).unwrap_or_default();
        Change::PutNode(NodeRecord { node: stored.node, details })
    });
    let relations = world.graph.relations.drain(..).map(|relation| {
        let evidence = world.evidence.remove(&relation.id).unwrap_or_default();
        let Relation { kind, from, to, title, mode, validity, .. } = &relation;
        let id = Relation::identity(*kind, from, to, title.as_deref(), *mode, validity.from);
        Change::PutRelation(RelationRecord { relation: Relation { id, ..relation }, evidence, note: None })
    });
    let sources = world.graph.sources.drain(..).map(Change::PutSource);
    ChangeSet {
        id: "the world".to_owned(),
        at: "2026-05-01T12:00:00Z".parse().expect("a moment"),
        actor: "import".to_owned(),
        source: "world".to_owned(),
        run: None,
        request: None,
        expects: Vec::new(),
        changes: sources.chain(nodes).chain(relations).collect(),
    }
}

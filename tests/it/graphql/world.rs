//! A small graph, built by hand: a few bodies, a drop-in that serves people without a home, the people in between, and
//! names, addresses and remarks that no partner may ever read.

mod build;

pub use build::{charity, member_of_liverpool, store};

use super::store::MemoryStore;
use async_graphql::{Request, Response, Variables};
use inroads::access::{Role, Viewer};
use inroads::app::App;
use inroads::config::Limits;
use inroads::graphql::{Schema, schema};
use inroads::model::{Clock, Date};
use inroads::outreach::Settings;
use serde_json::Value;
use std::sync::Arc;

/// What only the team may read, wherever it turns up.
pub const SECRETS: [&str; 10] = [
    "Tess Teamer",
    "Nadia Secret",
    "Omar Hidden",
    "Ruth Refused",
    "team:tess",
    "team:nadia",
    "nadia@example.org",
    "07700 900123",
    "slept rough",
    "met Nadia at the drop-in",
];

pub fn today() -> Date {
    jiff::civil::date(2026, 6, 1)
}

struct Fixed;

impl Clock for Fixed {
    fn today(&self) -> Date {
        today()
    }

    fn now(&self) -> jiff::Timestamp {
        "2026-06-01T09:00:00Z".parse().unwrap()
    }
}

pub struct World {
    pub store: Arc<MemoryStore>,
    pub app: Arc<App>,
    pub schema: Schema,
}

impl World {
    pub async fn new() -> Self {
        Self::of(store()).await
    }

    pub async fn of(store: MemoryStore) -> Self {
        let store = Arc::new(store);
        let app = App::open(Arc::clone(&store) as _, Arc::new(Fixed), Settings::default()).await.unwrap();
        Self { store, app: Arc::new(app), schema: schema(&Limits::default()) }
    }

    pub async fn run(&self, role: Role, request: impl Into<Request>) -> Response {
        self.schema.execute(request.into(), self.app.asking(Viewer::new(role))).await
    }

    /// The data of an answer without errors.
    pub async fn ask(&self, role: Role, query: &str) -> Value {
        let response = self.run(role, query).await;
        assert!(response.errors.is_empty(), "{query}\n{:?}", response.errors);
        response.data.into_json().unwrap()
    }

    pub async fn team(&self, query: &str) -> Value {
        self.ask(Role::Team, query).await
    }

    pub async fn partner(&self, query: &str) -> Value {
        self.ask(Role::Partner, query).await
    }

    /// The first error's code, argument path and message.
    pub async fn refused(&self, role: Role, query: &str) -> (String, Value, String) {
        self.refused_with(role, query, Value::Null).await
    }

    pub async fn refused_with(&self, role: Role, query: &str, variables: Value) -> (String, Value, String) {
        let request = Request::new(query).variables(Variables::from_json(variables));
        let response = self.run(role, request).await;
        let error = serde_json::to_value(response.errors.first().expect("an error")).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&error["extensions"]["code"]), error["extensions"]["path"].clone(), text(&error["message"]))
    }
}

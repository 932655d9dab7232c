//! The Neo4j store as a ground for the conformance suite, on a real server.

use crate::ground::{Ground, Store, runtime};
use crate::neo4j_server::{Server, server};
use inroads::store::neo4j::Neo4jStore;
use std::sync::Arc;

/// Runs a case on the one server there is, alone.
pub fn on_neo4j(case: impl AsyncFnOnce(&dyn Ground)) {
    let server = server();
    runtime().block_on(case(&OnServer { server: &server }));
}

struct OnServer<'a> {
    server: &'a Server,
}

#[async_trait::async_trait]
impl Ground for OnServer<'_> {
    async fn empty(&self) -> Store {
        self.server.wipe().await;
        self.again().await
    }

    async fn again(&self) -> Store {
        Arc::new(Neo4jStore::open(&self.server.settings()).await.unwrap())
    }

    fn samples(&self) -> u32 {
        6
    }
}

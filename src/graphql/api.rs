//! The schema over a graph, for callers who are all taken to be one viewer: what a transport is given. A request is
//! asked of the newest revision or, for a client that has seen a later one, of that.

use super::{Schema, schema};
use crate::access::Viewer;
use crate::app::{App, Asking};
use crate::config::Limits;
use crate::model::Revision;
use async_graphql::{Request, Response};
use futures_util::{Stream, StreamExt as _, stream};
use std::sync::Arc;

#[derive(Clone)]
pub struct Api {
    schema: Schema,
    app: Arc<App>,
    viewer: Viewer,
}

impl Api {
    pub fn new(limits: &Limits, app: Arc<App>, viewer: Viewer) -> Self {
        Self { schema: schema(limits), app, viewer }
    }

    /// The answer to a query or mutation, and the revision that it was asked of. `STALE` where that would have to be
    /// one that does not come in time.
    pub async fn run(self, request: Request, at_least: Option<Revision>) -> (Response, Revision) {
        match self.asking(&request, at_least).await {
            Ok(asking) => {
                let revision = asking.revision();
                (self.schema.execute(request, asking).await, revision)
            }
            Err(refusal) => (refusal, self.app.revision()),
        }
    }

    /// The answers to a subscription.
    pub fn stream(self, request: Request, at_least: Option<Revision>) -> impl Stream<Item = Response> + Send + 'static {
        let answers = async move {
            match self.asking(&request, at_least).await {
                Ok(asking) => self.schema.stream(request, asking),
                Err(refusal) => stream::once(async { refusal }).boxed(),
            }
        };
        stream::once(answers).flatten()
    }

    async fn asking(&self, request: &Request, at_least: Option<Revision>) -> Result<Asking, Response> {
        let asking = self.app.asking_at(self.viewer, at_least).await;
        asking.map_err(|error| Schema::refuse(request, error, &self.app))
    }
}

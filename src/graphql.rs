//! The schema: one GraphQL type a file, thin resolvers over `app::Asking`, per-request loaders, limits. `http` and `cli`
//! run requests through [`Schema`]; nothing else knows async-graphql. No business rules, no store, no uncut individual.

mod batch;
mod common;
mod connection;
mod enums;
mod failure;
mod input;
mod interfaces;
mod loaders;
mod outreach;
mod paging;
mod query;
mod relations;
mod scalars;
mod types;
mod weight;

use crate::app::Asking;
use crate::config::Limits;
use crate::model::IdGenerator;
use crate::telemetry::TraceId;
use async_graphql::{
    Context, EmptyMutation, EmptySubscription, ID, Request, Response, SDLExportOptions, ServerError, Variables,
};
use std::any::{Any, TypeId};

/// A question about paths that selects all there is to an answer. Variables: `question` and `k`.
pub const OUTREACH_DOCUMENT: &str = include_str!("graphql/outreach.graphql");

/// Directives that one field may carry.
const DIRECTIVES_PER_FIELD: usize = 5;

type Inner = async_graphql::Schema<query::Query, EmptyMutation, EmptySubscription>;

/// The one way in. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    inner: Inner,
    limits: Limits,
}

pub fn schema(limits: &Limits) -> Schema {
    let inner = Inner::build(query::Query::default(), EmptyMutation, EmptySubscription)
        .override_output_type_description::<ID>("A key: opaque text that names one thing for good.")
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
        .limit_directives(DIRECTIVES_PER_FIELD)
        .data(limits.clone())
        .finish();
    Schema { inner, limits: limits.clone() }
}

/// The schema in GraphQL's own language, as `schema/inroads.graphql` keeps it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().prefer_single_line_descriptions();
    let text = schema(&Limits::default()).inner.sdl_with_options(options);
    format!("{}\n", text.trim_end())
}

impl Schema {
    /// Runs a request for a viewer. It passes these stages: read, weigh, validate and resolve, put errors into words.
    /// A [`TraceId`] among the request's data is what internal errors are quoted by.
    pub async fn execute(&self, mut request: Request, asking: Asking) -> Response {
        let trace = data::<TraceId>(&request).cloned();
        let weighed = match request.parsed_query() {
            Ok(document) => weight::check(document, &self.limits).map_err(|error| refused(error.into())),
            Err(error) => Err(error),
        };
        let mut response = match weighed {
            Ok(()) => self.inner.execute(request.data(loaders::Loaders::new(&asking)).data(asking)).await,
            Err(error) => Response::from_errors(vec![error]),
        };
        if !response.errors.is_empty() {
            failure::present(&mut response.errors, &trace.unwrap_or_else(new_trace));
        }
        response
    }
}

impl Schema {
    /// The whole answer to a question about paths, as JSON; what is wrong with the question, in words.
    pub async fn outreach(&self, variables: serde_json::Value, asking: Asking) -> Result<serde_json::Value, String> {
        let request = Request::new(OUTREACH_DOCUMENT).variables(Variables::from_json(variables));
        let response = self.execute(request, asking).await;
        if let Some(error) = response.errors.into_iter().next() {
            return Err(error.message);
        }
        let data = response.data.into_json().map_err(|error| error.to_string())?;
        Ok(data.get("outreachPaths").cloned().unwrap_or_default())
    }
}

fn refused(error: failure::Failure) -> ServerError {
    let message = error.to_string();
    ServerError { source: Some(std::sync::Arc::new(error)), ..ServerError::new(message, None) }
}

fn data<D: Any>(request: &Request) -> Option<&D> {
    request.data.get(&TypeId::of::<D>())?.downcast_ref()
}

fn new_trace() -> TraceId {
    TraceId::from(IdGenerator::from_entropy().token().as_str())
}

/// Who is asking, on which snapshot.
fn asking<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Asking> {
    ctx.data::<Asking>()
}

fn limits<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Limits> {
    ctx.data::<Limits>()
}

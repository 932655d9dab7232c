//! The schema: one GraphQL type a file, thin resolvers over `app::Asking`, per-request loaders, limits. `http` and `cli`
//! run requests through [`Schema`]; nothing else knows async-graphql. No business rules, no store, no uncut individual.

mod api;
mod batch;
mod common;
mod connection;
mod coverage;
mod enums;
mod failure;
mod input;
mod interfaces;
mod loaders;
mod mutation;
mod outreach;
mod paging;
mod query;
mod relations;
mod scalars;
mod session;
mod subscribed;
mod subscription;
mod types;
mod weight;

pub use api::Api;

use crate::app::{App, Asking};
use crate::config::Limits;
use crate::error::AppError;
use crate::model::{IdGenerator, Revision};
use crate::telemetry::TraceId;
use async_graphql::{Context, ID, Request, Response, SDLExportOptions, ServerError, Value, Variables, value};
use futures_util::{StreamExt as _, stream, stream::BoxStream};
use std::any::{Any, TypeId};
use std::time::Duration;

/// A question about paths that selects all there is to an answer. Variables: `question` and `k`.
pub const OUTREACH_DOCUMENT: &str = include_str!("graphql/outreach.graphql");

/// Directives that one field may carry.
const DIRECTIVES_PER_FIELD: usize = 5;

type Inner = async_graphql::Schema<query::Query, mutation::Mutation, subscription::Changes>;

/// The one way in. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    inner: Inner,
    limits: Limits,
}

pub fn schema(limits: &Limits) -> Schema {
    let inner = Inner::build(query::Query::default(), mutation::Mutation::default(), subscription::Changes)
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
    /// Runs a query or mutation for a viewer. It passes these stages: read, weigh, validate and resolve, put errors into
    /// words. A [`TraceId`] among the request's data is what internal errors are quoted by.
    pub async fn execute(&self, mut request: Request, asking: Asking) -> Response {
        let (trace, watching) = (trace(&request), asking.watching());
        let response = match self.weigh(&mut request) {
            Ok(()) => self.inner.execute(request.data(session::Session::new(asking))).await,
            Err(error) => Response::from_errors(vec![error]),
        };
        present(response, &trace, doubt(watching.in_doubt_for(), watching.began_at()))
    }

    /// Runs a subscription for a viewer, by the same stages; each answer passes the last of them.
    pub fn stream(&self, mut request: Request, asking: Asking) -> BoxStream<'static, Response> {
        let (trace, watching) = (trace(&request), asking.watching());
        match self.weigh(&mut request).and_then(|()| one_thing(&mut request)) {
            Ok(()) => {
                let answers = self.inner.execute_stream(request.data(watching.clone()));
                let doubt = move || doubt(watching.in_doubt_for(), watching.newest());
                answers.map(move |response| present(response, &trace, doubt())).boxed()
            }
            Err(error) => {
                let response = present(Response::from_errors(vec![error]), &trace, None);
                stream::once(async { response }).boxed()
            }
        }
    }

    /// The answer to a request that cannot be asked of what there is.
    fn refuse(request: &Request, error: AppError, app: &App) -> Response {
        let response = Response::from_errors(vec![refused(error.into())]);
        present(response, &trace(request), doubt(app.in_doubt_for(), app.revision()))
    }

    fn weigh(&self, request: &mut Request) -> Result<(), ServerError> {
        weight::check(request.parsed_query()?, &self.limits).map_err(|error| refused(error.into()))
    }
}

/// What is added to an answer while the store cannot be asked whether there is a newer revision.
fn doubt(since: Option<Duration>, revision: Revision) -> Option<Value> {
    Some(value!({ "revision": revision.0, "unconfirmedForSeconds": since?.as_secs() }))
}

/// The last stage: errors in words, and how far the answer can be relied on.
fn present(mut response: Response, trace: &TraceId, doubt: Option<Value>) -> Response {
    if !response.errors.is_empty() {
        failure::present(&mut response.errors, trace);
    }
    if let Some(doubt) = doubt {
        response.extensions.insert("snapshot".to_owned(), doubt);
    }
    response
}

fn one_thing(request: &mut Request) -> Result<(), ServerError> {
    let mut document = request.parsed_query()?.clone();
    subscribed::one_thing_each(&mut document).map_err(|error| refused(error.into()))?;
    request.set_parsed_query(document);
    Ok(())
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

fn trace(request: &Request) -> TraceId {
    let given = data::<TraceId>(request).cloned();
    given.unwrap_or_else(|| TraceId::from(IdGenerator::from_entropy().token().as_str()))
}

/// Who is asking, on which snapshot: after a mutation, on one in which it shows.
fn asking(ctx: &Context<'_>) -> async_graphql::Result<Asking> {
    Ok(session::session(ctx)?.asking.clone())
}

fn limits<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Limits> {
    ctx.data::<Limits>()
}

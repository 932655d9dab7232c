//! How errors leave the API: every one with a code of the closed list, the argument at fault where there is one, and
//! nothing of what went wrong inside. Resolvers return what `app` returned and never write to the log themselves.

use crate::error::{AppError, ErrorCode, ShownError};
use crate::telemetry::TraceId;
use async_graphql::{ErrorExtensionValues, ServerError, Value};
use std::sync::Arc;

/// An error that several fields share, because one call to the store failed for all of them.
#[derive(Debug, Clone)]
pub struct Failure(pub Arc<AppError>);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(Arc::new(error))
    }
}

/// Gives each error its code, path and words. What is internal is logged here, once, and only its trace goes on.
pub fn present(errors: &mut [ServerError], trace: &TraceId) {
    let mut logged: Vec<*const AppError> = Vec::new();
    for error in errors {
        let source = error.source.take();
        let app = source.as_ref().and_then(|source| {
            source.downcast_ref::<Failure>().map(|failure| failure.0.as_ref()).or_else(|| source.downcast_ref())
        });
        match app {
            Some(internal @ AppError::Internal { .. }) if logged.contains(&std::ptr::from_ref(internal)) => {
                show(error, ShownError::internal(trace));
            }
            Some(app) => {
                logged.push(std::ptr::from_ref(app));
                show(error, app.show(trace));
            }
            None => explain(error),
        }
    }
}

fn show(error: &mut ServerError, shown: ShownError) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", shown.error.code.as_str());
    extensions.set("path", steps(shown.error.path));
    if let Some(hint) = shown.error.hint {
        extensions.set("hint", hint);
    }
    if let Some(trace) = shown.trace {
        extensions.set("trace", trace.as_str());
    }
    error.message = shown.error.message;
}

/// The library's own errors are all about the request; its words stay, and the argument it names becomes the path.
fn explain(error: &mut ServerError) {
    if error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some()) {
        return;
    }
    let argument = error.message.strip_prefix("Invalid value for argument \"").and_then(|rest| rest.split_once('"'));
    let (code, path, hint) = match argument {
        Some((path, rest)) => {
            (ErrorCode::InvalidArgument, path.split('.').map(str::to_owned).collect(), how_to_write(rest))
        }
        None if error.message == "Query is too complex." || error.message == "Query is nested too deep." => {
            (ErrorCode::LimitExceeded, Vec::new(), Some("ask for less at a time: fewer levels, smaller pages"))
        }
        None if error.path.is_empty() => (ErrorCode::BadRequest, Vec::new(), None),
        None => (ErrorCode::InvalidArgument, Vec::new(), None),
    };
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    extensions.set("code", code.as_str());
    if !path.is_empty() {
        extensions.set("path", steps(path));
    }
    if let Some(hint) = hint {
        extensions.set("hint", hint);
    }
}

fn how_to_write(problem: &str) -> Option<&'static str> {
    if problem.contains("\"Date\"") {
        Some("write a day as in 2026-04-01")
    } else if problem.contains("\"DateTime\"") {
        Some("write a moment as in 2026-04-01T09:30:00Z")
    } else if problem.contains("Oneof") || problem.contains("exactly one") {
        Some("give exactly one of its fields")
    } else {
        None
    }
}

/// Positions in lists are numbers, names are names.
fn steps(path: Vec<String>) -> Value {
    let step = |step: String| step.parse::<u32>().map_or_else(|_| Value::String(step), Value::from);
    Value::List(path.into_iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

    #[derive(Clone, Default)]
    struct Lines(Arc<AtomicUsize>);

    impl<S: tracing::Subscriber> Layer<S> for Lines {
        fn on_event(&self, _: &tracing::Event<'_>, _: Context<'_, S>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn failed(failure: &Failure) -> ServerError {
        ServerError { source: Some(Arc::new(failure.clone())), ..ServerError::new(failure.to_string(), None) }
    }

    #[test]
    fn what_fails_for_many_fields_is_logged_once() {
        let failure = Failure::from(AppError::internal("reading details", "disk /dev/sda1 failed"));
        let mut errors = [failed(&failure), failed(&failure), failed(&failure)];
        let lines = Lines::default();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines.clone()), || {
            present(&mut errors, &TraceId::from("7f"));
        });
        assert_eq!(lines.0.load(Ordering::Relaxed), 1);
        assert!(errors.iter().all(|error| error.message.contains("7f") && !error.message.contains("details")));
    }
}

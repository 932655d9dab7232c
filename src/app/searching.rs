//! Work for a processor: off the async threads, as much at a time as there are processors, each within a deadline.

use super::Asking;
use crate::error::{AppError, ErrorCode};
use std::time::{Duration, Instant};

impl Asking {
    /// Does a piece of work on a thread of its own. It is told whether its time is up: as the settings have it, or
    /// sooner. `what` names it in the log, should it break.
    pub(super) async fn off_the_async_threads<T: Send + 'static>(
        &self,
        what: &'static str,
        sooner: Option<Duration>,
        work: impl FnOnce(&Self, &dyn Fn() -> bool) -> T + Send + 'static,
    ) -> Result<T, AppError> {
        let _permit = self
            .app
            .searches
            .acquire()
            .await
            .map_err(|_| AppError::new(ErrorCode::Unavailable, "the server is shutting down; ask again later"))?;
        let asking = self.clone();
        let work = move || {
            let most = Duration::from_millis(asking.app.outreach.deadline_ms);
            let until = Instant::now() + sooner.map_or(most, |sooner| sooner.min(most));
            work(&asking, &|| Instant::now() >= until)
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::internal(what, error))
    }
}

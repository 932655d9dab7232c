//! Whom are we missing: coverage, worked out off the async threads, and shown cell by cell in what the viewer may see.

use super::Asking;
use super::outreach::NoticeView;
use crate::access::View;
use crate::error::{AppError, ErrorCode};
use crate::model::{Date, Revision, ServeMode};
use crate::outreach::{
    self, Basis, Cell, Coverage, CoverageError, CoverageQuestion, CoverageStatus, HopCosts, Likelihood, Practices,
    Then, Urgency,
};
use crate::snapshot::page::{Key, KeyValue};
use crate::snapshot::{Day, NodeIx};
use std::sync::Arc;

/// A page of a list that is only read forwards.
#[derive(Debug, Clone)]
pub struct Cursored<T> {
    pub items: Vec<(Key, T)>,
    pub has_previous: bool,
    pub has_next: bool,
    pub total: usize,
}

/// Cheap to clone. What it shows is cut when it is asked for, since few look at all of it.
#[derive(Clone)]
pub struct CoverageView(Arc<Held>);

struct Held {
    asking: Asking,
    found: Coverage,
    notices: Vec<NoticeView>,
    since: Option<Date>,
    /// The places of the cells, the most urgent first.
    by_urgency: Vec<usize>,
}

/// A group in an area.
#[derive(Clone)]
pub struct CellView {
    held: Arc<Held>,
    place: usize,
}

/// Who serves a group somewhere.
#[derive(Debug, Clone)]
pub struct ServerView {
    pub node: View,
    pub modes: Vec<ServeMode>,
    pub reached: bool,
}

impl Asking {
    /// For each group and area how well we reach it, or why not. All of it or, when the time is up, nothing.
    pub async fn coverage(&self, question: CoverageQuestion) -> Result<CoverageView, AppError> {
        let since = question.since;
        let work = move |asking: &Self, stop: &dyn Fn() -> bool| {
            asking.on_this_basis(stop, |basis| {
                let found = outreach::coverage(basis, &question)?;
                let by_urgency = found.by_urgency(basis.snapshot);
                Ok((found, by_urgency))
            })
        };
        let (mut found, by_urgency) = self.off_the_async_threads("coverage", None, work).await??;
        let notices = self.notices(std::mem::take(&mut found.notices));
        Ok(CoverageView(Arc::new(Held { asking: self.clone(), found, notices, since, by_urgency })))
    }

    /// Works something out from the snapshot, the settings, the viewer's rights and the day.
    pub(super) fn on_this_basis<T>(
        &self,
        stop: &dyn Fn() -> bool,
        work: impl FnOnce(Basis<'_>) -> Result<T, CoverageError>,
    ) -> Result<T, AppError> {
        let costs = |day: Day| -> Arc<HopCosts> { self.costs.of(&self.snapshot, day) };
        let done = work(Basis {
            snapshot: &self.snapshot,
            costs: &costs,
            settings: &self.app.outreach,
            reader: self.viewer().reader(),
            today: self.today(),
            stop,
        });
        done.map_err(|error| match error {
            CoverageError::Problem(problem) => problem.into(),
            CoverageError::OutOfTime(_) => {
                AppError::new(ErrorCode::Timeout, "that takes longer than one question may; nothing is shown in part")
                    .hint("name fewer groups or areas, or ask for fewer hops")
            }
        })
    }
}

/// A page of a list whose entries are in the order of their keys.
pub(super) fn page<T>(
    count: usize,
    key: impl Fn(usize) -> Key,
    view: impl Fn(usize) -> T,
    after: Option<&Key>,
    first: usize,
) -> Cursored<T> {
    let start = after.map_or(0, |after| (0..count).take_while(|place| key(*place) <= *after).count());
    let end = start.saturating_add(first).min(count);
    let items = (start..end).map(|place| (key(place), view(place))).collect();
    Cursored { items, has_previous: start > 0, has_next: end < count, total: count }
}

impl CoverageView {
    /// The groups, in the order of the question or by name.
    pub fn groups(&self) -> Vec<View> {
        self.0.asking.views(&self.0.found.groups)
    }

    /// The areas, in the order of the question; nothing stands for anywhere.
    pub fn areas(&self) -> Vec<Option<View>> {
        self.0.found.areas.iter().map(|area| area.map(|ix| self.0.asking.view(ix))).collect()
    }

    /// The cells of a group, in the order of the areas.
    pub fn row(&self, row: usize) -> Vec<CellView> {
        let width = self.0.found.areas.len();
        (row * width..(row + 1) * width).map(|place| self.cell(place)).collect()
    }

    fn cell(&self, place: usize) -> CellView {
        CellView { held: Arc::clone(&self.0), place }
    }

    /// The cells, the most urgent first.
    pub fn by_urgency(&self, after: Option<&Key>, first: usize) -> Cursored<CellView> {
        let places = &self.0.by_urgency;
        page(places.len(), |place| self.cell(places[place]).key(), |place| self.cell(places[place]), after, first)
    }

    /// How many cells there are of each status, in the order of the statuses.
    pub fn counts(&self) -> Vec<(CoverageStatus, usize)> {
        let mut all: Vec<CoverageStatus> = self.0.found.cells.iter().map(|cell| cell.status).collect();
        all.sort_unstable();
        all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len())).collect()
    }

    pub fn notices(&self) -> &[NoticeView] {
        &self.0.notices
    }

    pub fn revision(&self) -> Revision {
        self.0.asking.revision()
    }

    pub fn as_of(&self) -> Date {
        self.0.found.as_of
    }

    /// The day that it is compared with.
    pub fn since(&self) -> Option<Date> {
        self.0.since
    }
}

impl CellView {
    fn cell(&self) -> &Cell {
        &self.held.found.cells[self.place]
    }

    fn views(&self, nodes: &[NodeIx]) -> Vec<View> {
        self.held.asking.views(nodes)
    }

    fn key(&self) -> Key {
        let (cell, snapshot) = (self.cell(), &self.held.asking.snapshot);
        Key { value: Some(KeyValue::Text(cell.key(snapshot))), id: snapshot.id(cell.group).clone() }
    }

    pub fn group(&self) -> View {
        self.held.asking.view(self.cell().group)
    }

    pub fn area(&self) -> Option<View> {
        self.cell().area.map(|ix| self.held.asking.view(ix))
    }

    pub fn status(&self) -> CoverageStatus {
        self.cell().status
    }

    pub fn urgency(&self) -> Urgency {
        self.cell().urgency()
    }

    /// Of the best path, in micronats.
    pub fn cost(&self) -> Option<u64> {
        self.cell().best.as_ref().map(|best| best.cost)
    }

    pub fn probability(&self) -> Option<f64> {
        self.cost().map(outreach::costs::probability_of)
    }

    pub fn likelihood(&self) -> Option<Likelihood> {
        self.cost().map(Likelihood::of)
    }

    /// Everybody on the best path, the source first; nobody where there is none.
    pub fn best_path(&self) -> Vec<View> {
        self.cell().best.as_ref().map(|best| self.views(&best.nodes)).unwrap_or_default()
    }

    /// Who is on every path.
    pub fn brokers(&self) -> Vec<View> {
        self.views(&self.cell().brokers)
    }

    pub fn has_single_broker(&self) -> bool {
        !self.cell().brokers.is_empty()
    }

    pub fn has_single_server(&self) -> bool {
        self.cell().single_server
    }

    /// Those who serve the group there, likeliest first, as many as are wanted.
    pub fn servers(&self, first: usize) -> Vec<ServerView> {
        let shown = |server: &outreach::Server| ServerView {
            node: self.held.asking.view(server.node),
            modes: server.modes.clone(),
            reached: server.reached,
        };
        self.cell().servers.iter().take(first).map(shown).collect()
    }

    /// How many of them there are, as far as the viewer may know: to whom people are nameless, people serve nobody.
    pub fn server_count(&self) -> usize {
        self.cell().servers.len()
    }

    pub fn practices(&self) -> Option<Practices> {
        self.cell().practices
    }

    pub fn then(&self) -> Option<Then> {
        self.cell().then
    }
}

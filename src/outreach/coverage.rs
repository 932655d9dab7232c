//! Whom are we missing: for each under-served group and area the warmest way in, or why there is none. One pass from the
//! sources serves all cells. `app` calls it; it does no I/O, reads no clock and enumerates no paths.

mod asked;
mod brokers;
mod chart;
mod ends;
mod grade;
mod ground;
mod places;
mod reasons;
mod spread;
mod steps;
mod urgency;

pub use urgency::Urgency;

pub(super) use asked::Asked;
pub(super) use chart::Chart;

use super::answer::{Notice, NoticeCode, Warmth};
use super::question::SourceName;
use super::rules::World;
use super::{HopCosts, Reader, Settings};
use crate::model::{Date, NodeRef, ServeMode};
use crate::snapshot::resolve::Problem;
use crate::snapshot::{Day, NodeIx, Snapshot};
use std::sync::Arc;

/// Whom do we reach, and how? Empty lists count as absent, but for `from`.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageQuestion {
    pub from: Vec<SourceName>,
    /// The rows. None: every under-served group that there is on the day, by name.
    pub groups: Vec<NodeRef>,
    /// The columns. None: one column that stands for anywhere.
    pub areas: Vec<NodeRef>,
    /// Default: today.
    pub as_of: Option<Date>,
    /// Also tell what each cell was on this earlier day.
    pub since: Option<Date>,
    pub max_hops: usize,
    pub include_inferred: bool,
    pub include_unasked: bool,
}

impl CoverageQuestion {
    pub fn new(from: Vec<SourceName>) -> Self {
        Self {
            from,
            groups: Vec::new(),
            areas: Vec::new(),
            as_of: None,
            since: None,
            max_hops: 5,
            include_inferred: false,
            include_unasked: false,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    pub groups: Vec<NodeIx>,
    /// `None` stands for anywhere.
    pub areas: Vec<Option<NodeIx>>,
    /// Row by row, each in the order of `areas`.
    pub cells: Vec<Cell>,
    pub as_of: Date,
    pub notices: Vec<Notice>,
}

/// A group in an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub group: NodeIx,
    pub area: Option<NodeIx>,
    pub status: CoverageStatus,
    pub best: Option<BestPath>,
    /// Who serves the group there today, those reached first, likeliest first.
    pub servers: Vec<Server>,
    /// Whether one node alone serves the group there of those whom a path may pass.
    pub single_server: bool,
    /// The intermediate nodes that every path has, in the order of the best one.
    pub brokers: Vec<NodeIx>,
    /// For groups of practices.
    pub practices: Option<Practices>,
    /// What it was on the day compared with, if that differs.
    pub then: Option<Then>,
}

/// The path that a path search would show first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BestPath {
    pub cost: u64,
    pub nodes: Vec<NodeIx>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub node: NodeIx,
    pub modes: Vec<ServeMode>,
    /// Whether a path ends with its introduction.
    pub reached: bool,
}

/// How many practices of a group are reached there, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Practices {
    pub reached: usize,
    pub of: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Then {
    pub status: CoverageStatus,
    pub cost: Option<u64>,
}

/// How well a group is reached in an area: the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoverageStatus {
    /// Every practice there is a source itself.
    AlreadyThere,
    Warm,
    Networked,
    Cold,
    /// There are paths, but each has a hop whose freshness is down to the floor.
    StaleOnly,
    NoMatchingTarget,
    NobodyServesTarget,
    OnlyInferredLinks,
    BlockedByConsent,
    DoNotApproach,
    OnlyExpiredLinks,
    TooManyHops,
    ConstraintsExcludeAll,
    SeveralRules,
    Disconnected,
    /// All that some readers may know.
    NoPath,
}

impl From<Warmth> for CoverageStatus {
    fn from(warmth: Warmth) -> Self {
        match warmth {
            Warmth::Warm => Self::Warm,
            Warmth::Networked => Self::Networked,
            Warmth::Cold => Self::Cold,
        }
    }
}

/// The time, or the number of steps, that a question may take was up before the answer was whole. None is given then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the work was not done in time")]
pub struct OutOfTime;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CoverageError {
    #[error(transparent)]
    Problem(#[from] Problem),
    #[error(transparent)]
    OutOfTime(#[from] OutOfTime),
}

/// Looks now and then whether there is time left.
pub(super) struct Watch<'a> {
    stop: &'a dyn Fn() -> bool,
    steps_left: u64,
}

/// How many steps are taken between two glances at the clock.
const LOOK_EVERY: u64 = 1024;

impl<'a> Watch<'a> {
    pub fn new(settings: &Settings, stop: &'a dyn Fn() -> bool) -> Self {
        Self { stop, steps_left: settings.expansion_limit }
    }

    pub fn look(&self) -> Result<(), OutOfTime> {
        if (self.stop)() { Err(OutOfTime) } else { Ok(()) }
    }

    /// For work whose length nobody knows beforehand.
    pub fn step(&mut self) -> Result<(), OutOfTime> {
        self.steps_left = self.steps_left.checked_sub(1).ok_or(OutOfTime)?;
        if self.steps_left.is_multiple_of(LOOK_EVERY) { self.look() } else { Ok(()) }
    }
}

/// What every question about coverage is worked out from.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    pub snapshot: &'a Snapshot,
    /// The hop costs of a day.
    pub costs: &'a dyn Fn(Day) -> Arc<HopCosts>,
    pub settings: &'a Settings,
    pub reader: Reader,
    pub today: Date,
    /// Is asked now and then whether the work has had its time.
    pub stop: &'a dyn Fn() -> bool,
}

/// Works out every cell, and what each was on the earlier day if one is named.
pub fn coverage(basis: Basis<'_>, question: &CoverageQuestion) -> Result<Coverage, CoverageError> {
    let as_of = question.as_of.unwrap_or(basis.today);
    if question.since.is_some_and(|since| since > as_of) {
        let message = format!("since is a day to compare {as_of} with, so not a later one");
        return Err(Problem::invalid(message).at("since").into());
    }
    let mut now = on_one_day(basis, question)?;
    if let Some(since) = question.since {
        let name = |ix: &NodeIx| NodeRef::Id(basis.snapshot.id(*ix).to_string());
        let question = CoverageQuestion {
            as_of: Some(since),
            groups: now.groups.iter().map(name).collect(),
            areas: now.areas.iter().flatten().map(name).collect(),
            ..question.clone()
        };
        now.compare_with(on_one_day(basis, &question)?);
    }
    Ok(now)
}

fn on_one_day(basis: Basis<'_>, question: &CoverageQuestion) -> Result<Coverage, CoverageError> {
    let Basis { snapshot, settings, reader, today, .. } = basis;
    let asked = Asked::look_up(snapshot, question, settings, reader, today)?;
    let costs = (basis.costs)(asked.task.as_of);
    let world = World { snapshot, costs: &costs, task: &asked.task };
    let mut watch = Watch::new(settings, basis.stop);
    let chart = Chart::draw(&world, &asked, &mut watch)?;
    let cells = chart.cells(&world, &asked, &mut watch)?;
    Ok(Coverage {
        groups: asked.rows.iter().map(|row| row.group).collect(),
        areas: asked.columns,
        cells,
        as_of: asked.task.as_of.date(),
        notices: asked.notices,
    })
}

impl Coverage {
    /// Notes what each cell was on an earlier day, where that differs.
    fn compare_with(&mut self, then: Coverage) {
        for (cell, then) in self.cells.iter_mut().zip(then.cells) {
            let cost = then.best.as_ref().map(|best| best.cost);
            let same = then.status == cell.status && cost == cell.best.as_ref().map(|best| best.cost);
            cell.then = (!same).then_some(Then { status: then.status, cost });
        }
        let before = |notice: &Notice| notice.code == NoticeCode::BeforeFirstFact;
        if !self.notices.iter().any(before) {
            self.notices.extend(then.notices.into_iter().filter(before));
        }
    }

    /// The places of the cells, the most urgent first.
    pub fn by_urgency(&self, snapshot: &Snapshot) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.cells.len()).collect();
        places.sort_by(|a, b| urgency::order(snapshot, &self.cells[*a], &self.cells[*b]));
        places
    }
}

//! One group in one area.

use crate::app::{CellView, Cursored, ServerView};
use crate::graphql::connection::{PageInfo, page_info, whole};
use crate::graphql::enums::{CoverageStatus, CoverageUrgency, Likelihood, ServeMode};
use crate::graphql::interfaces::{Shown as _, Stakeholder, stakeholders};
use crate::graphql::limits;
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::types::{Area, UnderservedGroup};
use crate::outreach;
use crate::outreach::costs::probability_of;
use async_graphql::{Context, Error, Object, Result, SimpleObject};

/// How many servers a cell shows unless asked otherwise.
const USUAL_SERVERS: i32 = 5;

pub struct CoverageCell(pub CellView);

/// A group in an area, and how well we reach it.
#[Object]
impl CoverageCell {
    /// The group.
    async fn group(&self) -> Result<UnderservedGroup> {
        UnderservedGroup::of(self.0.group()).ok_or_else(|| Error::new("rows are groups"))
    }

    /// The area. Null stands for anywhere.
    async fn area(&self) -> Option<Area> {
        self.0.area().and_then(Area::of)
    }

    /// How warm the warmest fresh way in is or, without one, why. Partners read less of why than the team.
    async fn status(&self) -> CoverageStatus {
        self.0.status().into()
    }

    /// How urgent that is. The list is ordered by it.
    async fn urgency(&self) -> CoverageUrgency {
        self.0.urgency().into()
    }

    /// How likely the likeliest path is to work, from 0 to 1: that of the first path of `outreachPaths`. Null without one.
    async fn best_probability(&self) -> Option<f64> {
        self.0.probability()
    }

    /// What that path is ordered by, in millionths of a nat. Less is better.
    async fn cost_micronats(&self) -> Option<i32> {
        self.0.cost().map(whole)
    }

    /// The same in a word.
    async fn likelihood(&self) -> Option<Likelihood> {
        self.0.likelihood().map(Into::into)
    }

    /// Everybody on that path, the source first. Empty without one. `outreachPaths` explains it step by step.
    #[graphql(complexity = "child_complexity.saturating_mul(4)")]
    async fn best_path(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.best_path())
    }

    /// Whether every path leads through the same person or body, whoever serves the group included.
    async fn single_broker(&self) -> bool {
        self.0.has_single_broker()
    }

    /// The people and bodies that every path leads through, in the order of the likeliest. For partners people are
    /// nameless.
    #[graphql(complexity = "child_complexity.saturating_mul(2)")]
    async fn brokers(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.brokers())
    }

    /// Whether one alone serves the group there, of those whom a path may lead through.
    async fn single_server(&self) -> bool {
        self.0.has_single_server()
    }

    /// Who serves the group there: those we reach first, likeliest first. For partners without people.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn servers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.", default_with = "Some(USUAL_SERVERS)")] first: Option<i32>,
    ) -> Result<Vec<CoverageServer>> {
        let (_, first) = PageArguments::forward(first.or(Some(USUAL_SERVERS)), None).after_and_size(limits(ctx)?)?;
        let shown = |server: ServerView| {
            Some(CoverageServer {
                node: Stakeholder::of(server.node)?,
                modes: server.modes.into_iter().map(Into::into).collect(),
                reached: server.reached,
            })
        };
        Ok(self.0.servers(first).into_iter().filter_map(shown).collect())
    }

    /// How many serve the group there. For partners without people.
    async fn server_count(&self) -> i32 {
        whole(self.0.server_count())
    }

    /// For a group of practices: how many of its practices there we reach, of how many. Null for groups of people.
    async fn practices(&self) -> Option<PracticesReached> {
        let shown = |practices: outreach::Practices| PracticesReached {
            reached: whole(practices.reached),
            of: whole(practices.of),
        };
        self.0.practices().map(shown)
    }

    /// What was different on the day `since`. Null where nothing was, and without `since`.
    async fn changed(&self) -> Option<CoverageChange> {
        self.0.then().map(CoverageChange)
    }
}

/// Somebody who serves a group in an area.
#[derive(SimpleObject)]
pub struct CoverageServer {
    /// Who.
    node: Stakeholder,
    /// In what ways.
    modes: Vec<ServeMode>,
    /// Whether there is a path to the group that ends with their introduction.
    reached: bool,
}

/// How many practices of a group we reach.
#[derive(SimpleObject)]
pub struct PracticesReached {
    /// How many there is a path to; those that are sources themselves count.
    reached: i32,
    /// How many there are.
    of: i32,
}

pub struct CoverageChange(outreach::Then);

/// What a cell was on an earlier day.
#[Object]
impl CoverageChange {
    /// The status then.
    async fn status_then(&self) -> CoverageStatus {
        self.0.status.into()
    }

    /// How likely the likeliest path was then. Null where there was none.
    async fn best_probability_then(&self) -> Option<f64> {
        self.0.cost.map(probability_of)
    }
}

pub struct CoverageCellConnection {
    edges: Vec<CoverageCellEdge>,
    started: bool,
    has_next: bool,
    total: usize,
}

/// A page of cells, the most urgent first.
#[Object]
impl CoverageCellConnection {
    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        page_info(self.started, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// The cells of this page, each with its cursor.
    async fn edges(&self) -> &[CoverageCellEdge] {
        &self.edges
    }

    /// The cells of this page alone.
    async fn nodes(&self) -> Vec<&CoverageCell> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many cells there are in all.
    async fn total_count(&self) -> i32 {
        whole(self.total)
    }
}

/// A cell with its place in the list.
#[derive(SimpleObject)]
pub struct CoverageCellEdge {
    /// The place of this entry in the list, for `after`.
    cursor: String,
    /// The cell itself.
    node: CoverageCell,
}

impl CoverageCellConnection {
    pub fn new(page: Cursored<CellView>) -> Self {
        let edges = page.items.into_iter();
        Self {
            edges: edges
                .map(|(key, cell)| CoverageCellEdge { cursor: paging::cursor(&key), node: CoverageCell(cell) })
                .collect(),
            started: page.has_previous,
            has_next: page.has_next,
            total: page.total,
        }
    }
}

//! Coverage as a whole: a matrix, and a list.

use super::cell::{CoverageCell, CoverageCellConnection};
use crate::access::View;
use crate::app::CoverageView;
use crate::graphql::connection::whole;
use crate::graphql::enums::CoverageStatus;
use crate::graphql::interfaces::Shown as _;
use crate::graphql::limits;
use crate::graphql::outreach::Notice;
use crate::graphql::paging::{self, PageArguments};
use crate::graphql::scalars::Day;
use crate::graphql::types::{Area, UnderservedGroup};
use async_graphql::{Context, Error, Object, Result, SimpleObject};

/// How many rows and columns a matrix is weighed with: how many it has is not known beforehand.
const USUAL_ROWS: usize = 30;
const USUAL_COLUMNS: usize = 5;

pub struct Coverage(pub CoverageView);

/// How well we reach each under-served group in each area.
#[Object]
impl Coverage {
    /// The matrix: one row a group, in the order of the question or else by name.
    #[graphql(complexity = "child_complexity.saturating_mul(USUAL_ROWS)")]
    async fn rows(&self) -> Vec<CoverageRow> {
        let row = |(row, group)| CoverageRow { coverage: self.0.clone(), row, group };
        self.0.groups().into_iter().enumerate().map(row).collect()
    }

    /// Its columns: the areas, in the order of the question. One null stands for anywhere.
    async fn columns(&self) -> Vec<Option<Area>> {
        self.0.areas().into_iter().map(|area| area.and_then(Area::of)).collect()
    }

    /// The same as a list, the most urgent first; within one urgency the least likely first.
    #[graphql(complexity = "paging::weight(first, None, child_complexity)")]
    async fn cells(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many to give.")] first: Option<i32>,
        #[graphql(desc = "Start after this cursor of an earlier page.")] after: Option<String>,
    ) -> Result<CoverageCellConnection> {
        let (after, first) = PageArguments::forward(first, after).after_and_size(limits(ctx)?)?;
        Ok(CoverageCellConnection::new(self.0.by_urgency(after.as_ref(), first)))
    }

    /// How many cells there are of each status that occurs.
    async fn counts(&self) -> Vec<CoverageCount> {
        let count = |(status, cells): (crate::outreach::CoverageStatus, usize)| CoverageCount {
            status: status.into(),
            cells: whole(cells),
        };
        self.0.counts().into_iter().map(count).collect()
    }

    /// What to know when reading this answer.
    async fn notices(&self) -> Vec<Notice> {
        self.0.notices().iter().cloned().map(Notice).collect()
    }

    /// The revision of the graph that answered. It grows with every change.
    async fn revision(&self) -> i32 {
        whole(self.0.revision().0)
    }

    /// The day that the answer is about.
    async fn as_of(&self) -> Day {
        Day(self.0.as_of())
    }

    /// The earlier day that it is compared with, if one was named.
    async fn since(&self) -> Option<Day> {
        self.0.since().map(Day)
    }
}

/// How many cells of a matrix have a status.
#[derive(SimpleObject)]
pub struct CoverageCount {
    /// The status.
    status: CoverageStatus,
    /// How many cells have it.
    cells: i32,
}

pub struct CoverageRow {
    coverage: CoverageView,
    row: usize,
    group: View,
}

/// A group in all areas asked about.
#[Object]
impl CoverageRow {
    /// The group.
    async fn group(&self) -> Result<UnderservedGroup> {
        UnderservedGroup::of(self.group.clone()).ok_or_else(|| Error::new("rows are groups"))
    }

    /// One cell for each column, in their order.
    #[graphql(complexity = "child_complexity.saturating_mul(USUAL_COLUMNS)")]
    async fn cells(&self) -> Vec<CoverageCell> {
        self.coverage.row(self.row).into_iter().map(CoverageCell).collect()
    }
}

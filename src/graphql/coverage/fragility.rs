//! Those whom we depend on, as a list.

use super::loss::Loss;
use crate::app::{Cursored, LossView, LossesView};
use crate::graphql::connection::{PageInfo, page_info, whole};
use crate::graphql::outreach::Notice;
use crate::graphql::paging;
use crate::graphql::scalars::Day;
use crate::graphql::types::{Redaction, redactions};
use crate::snapshot::page::Key;
use async_graphql::{Object, SimpleObject};

pub struct FragilityConnection {
    found: LossesView,
    edges: Vec<FragilityEdge>,
    started: bool,
    has_next: bool,
    total: usize,
}

/// A page of those whom we depend on, the most first.
#[Object]
impl FragilityConnection {
    /// Where this page stands in the list.
    async fn page_info(&self) -> PageInfo {
        page_info(self.started, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// The entries of this page, each with its cursor.
    async fn edges(&self) -> &[FragilityEdge] {
        &self.edges
    }

    /// The entries of this page alone.
    async fn nodes(&self) -> Vec<&Loss> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many there are in the whole list.
    async fn total_count(&self) -> i32 {
        whole(self.total)
    }

    /// How many cells (groups in areas) are reached now.
    async fn cells_reached(&self) -> i32 {
        whole(self.found.cells_reached())
    }

    /// What is left out for a reason of policy, and the reason.
    async fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.found.redactions())
    }

    /// What to know when reading this answer.
    async fn notices(&self) -> Vec<Notice> {
        self.found.notices().iter().cloned().map(Notice).collect()
    }

    /// The revision of the graph that answered. It grows with every change.
    async fn revision(&self) -> i32 {
        whole(self.found.revision().0)
    }

    /// The day that the answer is about.
    async fn as_of(&self) -> Day {
        Day(self.found.as_of())
    }
}

/// Somebody whom we depend on, with their place in the list.
#[derive(SimpleObject)]
pub struct FragilityEdge {
    /// The place of this entry in the list, for `after`.
    cursor: String,
    /// What would be lost with them.
    node: Loss,
}

impl FragilityConnection {
    pub fn new(found: LossesView, after: Option<&Key>, first: usize) -> Self {
        let Cursored { items, has_previous, has_next, total } = found.page(after, first);
        let edge = |(key, loss): (Key, LossView)| FragilityEdge { cursor: paging::cursor(&key), node: Loss(loss) };
        let edges = items.into_iter().map(edge).collect();
        Self { found, edges, started: has_previous, has_next, total }
    }
}

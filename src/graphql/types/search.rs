//! What a search finds.

use crate::app::SearchHit;
use crate::graphql::connection::{PageInfo, page_info, whole};
use crate::graphql::interfaces::{Node, Shown as _};
use crate::graphql::paging;
use crate::snapshot::page::{Key, KeyValue};
use async_graphql::{Object, SimpleObject};

pub struct SearchConnection {
    edges: Vec<SearchEdge>,
    started: bool,
    has_next: bool,
    total: usize,
}

/// A page of what a search found, best first.
#[Object]
impl SearchConnection {
    /// Where this page stands in the list.
    fn page_info(&self) -> PageInfo {
        page_info(self.started, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// What was found, each with its cursor.
    fn edges(&self) -> &[SearchEdge] {
        &self.edges
    }

    /// What was found, alone.
    fn nodes(&self) -> Vec<&Node> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many were found in all.
    fn total_count(&self) -> i32 {
        whole(self.total)
    }
}

/// Something that a search found.
#[derive(SimpleObject)]
pub struct SearchEdge {
    /// The place of this entry in the list, for `after`.
    cursor: String,
    /// The thing itself. `... on Organisation { name }` and the like give its fields.
    node: Node,
    /// How well it fits: higher is better. Good for comparing within one search only.
    score: i32,
}

impl SearchConnection {
    pub fn new(hits: Vec<SearchHit>, started: bool, has_next: bool, total: usize) -> Self {
        let edge = |hit: SearchHit| {
            let key = Key { value: Some(KeyValue::Number(hit.score.into())), id: hit.view.id.clone() };
            Some(SearchEdge { cursor: paging::cursor(&key), node: Node::of(hit.view)?, score: whole(hit.score) })
        };
        Self { edges: hits.into_iter().filter_map(edge).collect(), started, has_next, total }
    }
}

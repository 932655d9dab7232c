//! Lists as connections (the Relay convention): a page of edges, each with a cursor and a node.

use super::paging;
use super::types::{Redaction, redactions};
use crate::access;
use crate::app::Listing;
use async_graphql::{Object, OutputType, SimpleObject, TypeName};
use std::borrow::Cow;

/// Where a page stands in its list.
#[derive(SimpleObject, Debug, Clone, Default)]
pub struct PageInfo {
    /// Whether there is more before this page.
    pub has_previous_page: bool,
    /// Whether there is more after this page.
    pub has_next_page: bool,
    /// The cursor of the first edge: give it as `before` to read backwards.
    pub start_cursor: Option<String>,
    /// The cursor of the last edge: give it as `after` to read on.
    pub end_cursor: Option<String>,
}

/// A page of things.
pub struct Connection<T> {
    pub edges: Vec<Edge<T>>,
    pub has_previous: bool,
    pub has_next: bool,
    pub total: Option<usize>,
    pub redactions: Vec<access::Redaction>,
}

/// A thing with its place in a list.
pub struct Edge<T> {
    pub cursor: String,
    pub node: T,
}

impl<T: super::interfaces::Shown> From<Listing> for Connection<T> {
    fn from(listing: Listing) -> Self {
        let edge =
            |found: crate::app::Found| Some(Edge { cursor: paging::cursor(&found.key), node: T::of(found.view)? });
        Self {
            edges: listing.items.into_iter().filter_map(edge).collect(),
            has_previous: listing.has_previous,
            has_next: listing.has_next,
            total: listing.total,
            redactions: listing.redactions,
        }
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: OutputType + 'static> Connection<T> {
    /// Where this page stands in the list.
    fn page_info(&self) -> PageInfo {
        page_info(self.has_previous, self.has_next, self.edges.iter().map(|edge| &edge.cursor))
    }

    /// The entries of this page, each with its cursor.
    fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The entries of this page alone.
    fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// How many there are in the whole list. Null where that would tell of too few people.
    fn total_count(&self) -> Option<i32> {
        count(self.total)
    }

    /// What is null here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.redactions)
    }
}

/// An entry of a list.
#[Object(name_type)]
impl<T: OutputType + 'static> Edge<T> {
    /// The place of this entry in the list, for `after` and `before`.
    fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The thing itself.
    fn node(&self) -> &T {
        &self.node
    }
}

impl<T: OutputType + 'static> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: OutputType + 'static> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

pub fn page_info<'a>(
    has_previous_page: bool,
    has_next_page: bool,
    mut cursors: impl DoubleEndedIterator<Item = &'a String> + Clone,
) -> PageInfo {
    PageInfo {
        has_previous_page,
        has_next_page,
        start_cursor: cursors.clone().next().cloned(),
        end_cursor: cursors.next_back().cloned(),
    }
}

/// GraphQL's Int ends at 2,147,483,647; more than that is shown as that.
pub fn count(total: Option<usize>) -> Option<i32> {
    total.map(whole)
}

pub fn whole<N: TryInto<i32>>(number: N) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}

//! Keyset pages: a page starts after a key, not after a count, so that a graph that changes between two pages neither
//! repeats nor skips what did not change.

use super::NodeIx;
use crate::model::NodeId;

/// What a place in an ordered list is known by: the value it is ordered by, then the id.
#[derive(Debug, Clone, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
pub struct Key {
    /// Absent values come last, whichever way the order goes.
    pub value: Option<KeyValue>,
    pub id: NodeId,
}

#[derive(Debug, Clone, PartialEq, PartialOrd, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum KeyValue {
    Number(i64),
    Text(String),
}

#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    pub first: Option<usize>,
    pub after: Option<Key>,
    pub last: Option<usize>,
    pub before: Option<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    #[error("give first or last, not both")]
    BothEnds,
}

#[derive(Debug)]
pub struct Page {
    pub items: Vec<NodeIx>,
    pub has_previous: bool,
    pub has_next: bool,
    pub total: usize,
}

/// Cuts a page out of a list that is sorted by `precedes`.
pub fn cut(
    sorted: Vec<NodeIx>,
    request: &PageRequest,
    default_size: usize,
    precedes: impl Fn(NodeIx, &Key) -> std::cmp::Ordering,
) -> Result<Page, PageError> {
    if request.first.is_some() && request.last.is_some() {
        return Err(PageError::BothEnds);
    }
    let total = sorted.len();
    let mut start = match &request.after {
        Some(key) => sorted.partition_point(|ix| precedes(*ix, key).is_le()),
        None => 0,
    };
    let mut end = match &request.before {
        Some(key) => sorted.partition_point(|ix| precedes(*ix, key).is_lt()),
        None => total,
    };
    end = end.max(start);
    if let Some(last) = request.last {
        start = start.max(end.saturating_sub(last));
    } else {
        end = end.min(start.saturating_add(request.first.unwrap_or(default_size)));
    }
    Ok(Page { items: sorted[start..end].to_vec(), has_previous: start > 0, has_next: end < total, total })
}

//! Lists, searches and counts.

use super::Asking;
use crate::access::{Redaction, RedactionReason, View};
use crate::error::AppError;
use crate::model::{NodeType, OrganisationFilter, Source};
use crate::snapshot::order::Order;
use crate::snapshot::page::{Key, Page, PageError, PageRequest};
use crate::snapshot::people::IndividualFilter;
use crate::snapshot::plain::PlainFilter;
use crate::snapshot::stats::{Dimension, StatValue};
use crate::snapshot::{NodeIx, names::Hit};

/// A node in a list, with the key that a cursor is made of.
#[derive(Debug, Clone)]
pub struct Found {
    pub key: Key,
    pub view: View,
}

/// A page of a list.
#[derive(Debug, Clone)]
pub struct Listing {
    pub items: Vec<Found>,
    pub has_previous: bool,
    pub has_next: bool,
    /// How many there are in all; absent where that would tell of too few people.
    pub total: Option<usize>,
    pub redactions: Vec<Redaction>,
}

/// What is said beside a count that is kept back.
pub(super) fn too_few(total: Option<usize>) -> Vec<Redaction> {
    match total {
        Some(_) => Vec::new(),
        None => vec![Redaction { field: "totalCount", reason: RedactionReason::FewerThanFive }],
    }
}

#[derive(Debug, Clone)]
pub struct SearchHit {
    pub score: u32,
    pub view: View,
}

/// One count, with the values it is for.
#[derive(Debug, Clone)]
pub struct StatRow {
    pub keys: Vec<StatKey>,
    pub count: usize,
}

/// A value of a dimension: a code (such as a kind), a node, or neither where it is not known.
#[derive(Debug, Clone)]
pub struct StatKey {
    pub dimension: Dimension,
    pub code: Option<String>,
    pub node: Option<View>,
}

impl From<PageError> for AppError {
    fn from(error: PageError) -> Self {
        AppError::invalid_argument(error.to_string()).at(["last"])
    }
}

impl Asking {
    pub fn organisations(
        &self,
        filter: &OrganisationFilter,
        order: Option<Order>,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Listing, AppError> {
        let compiled = self
            .snapshot
            .compile(filter, self.day(), self.viewer().sight())
            .map_err(|problem| AppError::from(problem.at("filter")))?;
        let page = self.snapshot.ordered_page(self.snapshot.matching(&compiled), order, request, default_size)?;
        Ok(self.listing(page, order))
    }

    pub fn organisation_stats(&self, filter: &OrganisationFilter, by: &[Dimension]) -> Result<Vec<StatRow>, AppError> {
        let compiled = self
            .snapshot
            .compile(filter, self.day(), self.viewer().sight())
            .map_err(|problem| AppError::from(problem.at("filter")))?;
        let day = filter.open_as_of.map_or(self.day(), Into::into);
        let row = |stat: crate::snapshot::stats::Stat| StatRow {
            count: stat.count,
            keys: stat
                .keys
                .into_iter()
                .map(|(dimension, value)| {
                    let (code, node) = match value {
                        StatValue::Code(code) => (Some(code), None),
                        StatValue::Node(ix) => (None, Some(self.view(ix))),
                        StatValue::Unknown => (None, None),
                    };
                    StatKey { dimension, code, node }
                })
                .collect(),
        };
        Ok(self.snapshot.organisation_stats(&compiled, by, day).into_iter().map(row).collect())
    }

    pub fn individuals(
        &self,
        filter: &IndividualFilter,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Listing, AppError> {
        let found = self
            .snapshot
            .individuals(filter, self.day(), self.viewer().sight())
            .map_err(|problem| AppError::from(problem.at("filter")))?;
        let page = self.snapshot.ordered_page(found, None, request, default_size)?;
        let mut listing = self.listing(page, None);
        listing.total = listing.total.and_then(|total| self.viewer().count_of_people(total));
        listing.redactions = too_few(listing.total);
        Ok(listing)
    }

    /// The nodes of some types that are neither organisations nor individuals.
    pub fn of_types(
        &self,
        types: &[NodeType],
        filter: &PlainFilter,
        request: &PageRequest,
        default_size: usize,
    ) -> Result<Listing, AppError> {
        let found =
            self.snapshot.plain(types, filter, self.day()).map_err(|problem| AppError::from(problem.at("filter")))?;
        let page = self.snapshot.ordered_page(found, None, request, default_size)?;
        Ok(self.listing(page, None))
    }

    /// Nodes by name, best first, with how many there are in all.
    pub fn search(
        &self,
        text: &str,
        types: &[NodeType],
        after: Option<&(u32, String)>,
        first: usize,
    ) -> (Vec<SearchHit>, bool, usize) {
        let wanted = |hit: &Hit| {
            (types.is_empty() || types.contains(&self.snapshot.node_type(hit.node))) && self.is_shown(hit.node)
        };
        let hits: Vec<Hit> =
            self.snapshot.search(text, self.viewer().sees_people()).into_iter().filter(wanted).collect();
        let start = after.map_or(0, |(score, id)| {
            hits.partition_point(|hit| {
                (std::cmp::Reverse(hit.score), self.snapshot.id(hit.node).as_str())
                    <= (std::cmp::Reverse(*score), id.as_str())
            })
        });
        let end = start.saturating_add(first).min(hits.len());
        let page =
            hits[start..end].iter().map(|hit| SearchHit { score: hit.score, view: self.view(hit.node) }).collect();
        (page, end < hits.len(), hits.len())
    }

    pub fn sources(&self, after: Option<&str>, first: usize) -> (Vec<Source>, bool, usize) {
        let all: Vec<&Source> =
            self.snapshot.sources().iter().filter(|source| self.viewer().sees_source(source)).collect();
        let start = after.map_or(0, |after| all.partition_point(|source| source.name.as_str() <= after));
        let end = start.saturating_add(first).min(all.len());
        (all[start..end].iter().copied().cloned().collect(), end < all.len(), all.len())
    }

    /// Live today and not merged away: what lists show unless asked otherwise.
    pub(super) fn is_shown(&self, ix: NodeIx) -> bool {
        self.snapshot.live_on(ix, self.day()) && self.snapshot.node(ix).merged_into.is_none()
    }

    pub(super) fn listing(&self, page: Page, order: Option<Order>) -> Listing {
        let found = |ix: &NodeIx| Found { key: self.snapshot.order_key(*ix, order), view: self.view(*ix) };
        Listing {
            items: page.items.iter().map(found).collect(),
            has_previous: page.has_previous,
            has_next: page.has_next,
            total: Some(page.total),
            redactions: Vec::new(),
        }
    }
}

//! The evaluator for what is neither an organisation nor an individual: networks, areas, groups, software and the like.

use super::names::normalise;
use super::resolve::{Expect, Problem};
use super::{Day, NodeIx, Sight, Snapshot};
use crate::model::refs::is_area_scheme;
use crate::model::{Body, Formality, GroupKind, Node, NodeId, NodeRef, NodeType};
use rustc_hash::FxHashSet;

/// All given fields must hold. A field that a type does not have holds for none of that type.
#[derive(Debug, Clone, Default)]
pub struct PlainFilter {
    pub text: Option<String>,
    pub formality: Option<Formality>,
    /// Of an area's code, such as E08.
    pub scheme: Option<String>,
    /// The area that an area is directly within.
    pub parent: Option<NodeRef>,
    pub group_kind: Option<GroupKind>,
    pub framework: Option<String>,
    pub supplier: Option<String>,
}

impl Snapshot {
    /// The nodes of some types that a filter lets through and that are live on a day, in the order of their ids.
    pub fn plain(&self, types: &[NodeType], filter: &PlainFilter, today: Day) -> Result<Vec<NodeIx>, Problem> {
        debug_assert!(!types.contains(&NodeType::Individual));
        if let Some(unknown) = filter.scheme.as_deref().filter(|scheme| !is_area_scheme(scheme)) {
            let message = format!("`{unknown}` is not a family of area codes; write E08, S12 or E01-2021");
            return Err(Problem::invalid(message).at("scheme"));
        }
        let parent = filter.parent.as_ref().map(|name| self.resolve(name, Expect::AREA, Sight::Full)).transpose();
        let parent = parent.map_err(|problem| problem.at("parent"))?.map(|ix| self.id(ix));
        let fits = filter
            .text
            .as_deref()
            .filter(|text| !text.trim().is_empty())
            .map(|text| self.search(text, false).into_iter().map(|hit| hit.node).collect::<FxHashSet<NodeIx>>());
        let (framework, supplier) =
            (filter.framework.as_deref().map(normalise), filter.supplier.as_deref().map(normalise));
        let passes = |node: &Node| {
            (filter.formality.is_none()
                || matches!(&node.body, Body::Network(facts) if facts.formality == filter.formality))
                && filter.scheme.as_ref().is_none_or(|scheme| node.refs.iter().any(|known| known.scheme() == scheme))
                && parent.is_none_or(|parent: &NodeId| node.area().is_some_and(|area| area.parents.contains(parent)))
                && filter.group_kind.is_none_or(|kind| node.group().is_some_and(|facts| facts.kind == kind))
                && is_called(node.group().and_then(|facts| facts.framework.as_deref()), framework.as_ref())
                && is_called(supplier_of(node), supplier.as_ref())
        };
        Ok(self
            .all()
            .filter(|ix| {
                types.contains(&self.node_type(*ix))
                    && self.live_on(*ix, today)
                    && self.node(*ix).merged_into.is_none()
                    && fits.as_ref().is_none_or(|fits| fits.contains(ix))
                    && passes(self.node(*ix))
            })
            .collect())
    }
}

/// Whether a name is the one wanted, which is normalised already.
fn is_called(known: Option<&str>, wanted: Option<&String>) -> bool {
    wanted.is_none_or(|wanted| known.is_some_and(|known| normalise(known) == *wanted))
}

fn supplier_of(node: &Node) -> Option<&str> {
    if let Body::SoftwareProduct(facts) = &node.body { facts.supplier.as_deref() } else { None }
}

//! Whom a path has to pass through: the names of `via` looked up, and which nodes they mean. `task` and `states` call it.
//! It never judges a path.

use super::naming::Names;
use super::question::ViaName;
use crate::model::{Formality, NodeType, OrganisationKind};
use crate::snapshot::resolve::{Expect, Problem};
use crate::snapshot::{NodeIx, Snapshot};
use rustc_hash::FxHashSet;

/// Any one of these will do.
#[derive(Debug)]
pub struct Via {
    nodes: FxHashSet<NodeIx>,
    types: Vec<NodeType>,
    organisation_kinds: Vec<OrganisationKind>,
    formality: Option<Formality>,
}

impl Via {
    /// `None` when nothing is asked for.
    ///
    /// # Errors
    ///
    /// When a name means nothing, or a node that is to be avoided.
    pub fn find(names: &mut Names<'_>, via: &ViaName, avoid: &[NodeIx]) -> Result<Option<Self>, Problem> {
        if via.is_empty() {
            return Ok(None);
        }
        let mut nodes = FxHashSet::default();
        for (place, name) in via.nodes.iter().enumerate() {
            let at = |problem: Problem| problem.at(place).at("nodes").at("via");
            let meant = names.stakeholder(name, Expect::STAKEHOLDER).map_err(at)?;
            if let Some(avoided) = meant.iter().find(|ix| avoid.contains(ix)) {
                // By its key: a name may be a person's.
                let message = format!(
                    "`{}` is in `avoid` too, so no path may pass it: take it out of one of the two",
                    names.snapshot.id(*avoided)
                );
                return Err(at(Problem::invalid(message)));
            }
            nodes.extend(meant);
        }
        Ok(Some(Self {
            nodes,
            types: via.types.clone(),
            organisation_kinds: via.organisation_kinds.clone(),
            formality: via.formality,
        }))
    }

    pub fn means(&self, snapshot: &Snapshot, ix: NodeIx) -> bool {
        let node = snapshot.node(ix);
        self.nodes.contains(&ix)
            || self.types.contains(&snapshot.node_type(ix))
            || node.organisation().is_some_and(|facts| self.organisation_kinds.contains(&facts.kind))
            || (self.formality.is_some() && node.network().is_some_and(|facts| facts.formality == self.formality))
    }
}

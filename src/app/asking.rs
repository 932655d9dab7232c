//! One request: who asks, on which snapshot, on which day. All reads go through it, so that a query sees one revision
//! from start to end, cut to what its viewer may see.

use super::App;
use super::costs::KnownCosts;
use super::upkeep::Edition;
use crate::access::{DetailsView, RelationDetailsView, View, Viewer};
use crate::error::{AppError, ErrorCode};
use crate::model::{Date, NodeId, NodeRef, NodeType, RelationId, Revision};
use crate::snapshot::resolve::{Expect, Problem, ProblemKind};
use crate::snapshot::{Day, NodeIx, RelIx, Snapshot};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Clone)]
pub struct Asking {
    pub(super) app: Arc<App>,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) costs: Arc<KnownCosts>,
    viewer: Viewer,
    today: Date,
}

impl App {
    /// Begins a request of a viewer on the current snapshot.
    pub fn asking(self: &Arc<Self>, viewer: Viewer) -> Asking {
        let Edition { snapshot, costs } = self.upkeep.current();
        Asking { app: Arc::clone(self), snapshot, costs, viewer, today: self.clock.today() }
    }

    /// Begins a request that has to see at least a revision: one that its asker has seen already. Waits for it a little,
    /// then says `STALE`.
    pub async fn asking_at(self: &Arc<Self>, viewer: Viewer, at_least: Option<Revision>) -> Result<Asking, AppError> {
        if let Some(revision) = at_least {
            self.upkeep.wait_for(revision).await?;
        }
        Ok(self.asking(viewer))
    }
}

impl Asking {
    pub fn viewer(&self) -> Viewer {
        self.viewer
    }

    pub fn revision(&self) -> Revision {
        self.snapshot.revision()
    }

    pub fn today(&self) -> Date {
        self.today
    }

    pub(super) fn day(&self) -> Day {
        Day::from(self.today)
    }

    pub(super) fn view(&self, ix: NodeIx) -> View {
        View::cut(self.snapshot.node(ix), self.snapshot.updated_at(ix), self.viewer)
    }

    pub(super) fn views(&self, nodes: &[NodeIx]) -> Vec<View> {
        nodes.iter().map(|ix| self.view(*ix)).collect()
    }

    /// Whether a person stands at an end of a relation.
    pub(super) fn touches_people(&self, relation: RelIx) -> bool {
        let relations = &self.snapshot.relations;
        [relations.from(relation), relations.to(relation)]
            .into_iter()
            .any(|end| self.snapshot.node_type(end) == NodeType::Individual)
    }

    pub(super) fn place(&self, id: &NodeId) -> Option<NodeIx> {
        self.snapshot.by_id(id.as_str())
    }

    /// A node by its id, whatever its type.
    pub fn node(&self, id: &str) -> Option<View> {
        self.snapshot.resolve_id(id, Expect::ANY).ok().map(|ix| self.view(ix))
    }

    /// A node of certain types by id or ref; none if there is none, or none for this viewer.
    pub fn find(&self, name: &NodeRef, types: &'static [NodeType]) -> Result<Option<View>, AppError> {
        match self.snapshot.resolve(name, Expect(types), self.viewer.sight()) {
            Ok(ix) => Ok(Some(self.view(ix))),
            Err(problem) if problem.kind == ProblemKind::NotFound => Ok(None),
            Err(problem) => Err(problem.into()),
        }
    }

    /// What the snapshot lacks of some nodes, cut for the viewer. One call to the store.
    pub async fn details(&self, ids: &[NodeId]) -> Result<HashMap<NodeId, DetailsView>, AppError> {
        let found = self.app.store.hydrate(ids).await?;
        self.assert_held(ids.len(), found.len()).await?;
        Ok(found
            .into_iter()
            .filter_map(|(id, details)| {
                let of = self.snapshot.node_type(self.place(&id)?);
                Some((id, DetailsView::cut(details, of, self.viewer)))
            })
            .collect())
    }

    /// What the snapshot lacks of some relations, cut for the viewer. One call to the store.
    pub async fn relation_details(
        &self,
        ids: &[RelationId],
    ) -> Result<HashMap<RelationId, RelationDetailsView>, AppError> {
        let found = self.app.store.evidence(ids).await?;
        self.assert_held(ids.len(), found.len()).await?;
        Ok(found
            .into_iter()
            .map(|(id, details)| {
                let relation = self.snapshot.relations.by_id(id.as_str());
                let about_people = relation.is_none_or(|relation| self.touches_people(relation));
                (id, RelationDetailsView::cut(details.evidence, details.note, about_people, self.viewer))
            })
            .collect())
    }

    /// What is in the snapshot and not in the store was let go of a moment ago, unless the store is not what it was:
    /// then that is the answer, and not that nothing is known.
    async fn assert_held(&self, asked: usize, found: usize) -> Result<(), AppError> {
        if found < asked {
            self.app.store.health().await?;
        }
        Ok(())
    }
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        let code = match problem.kind {
            ProblemKind::NotFound => ErrorCode::NotFound,
            ProblemKind::Invalid => ErrorCode::InvalidArgument,
            ProblemKind::Forbidden => ErrorCode::Forbidden,
            ProblemKind::TooMuch => ErrorCode::LimitExceeded,
        };
        AppError::new(code, problem.message).at(problem.path)
    }
}

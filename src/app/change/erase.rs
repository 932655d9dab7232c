//! Forgetting a person for good, and every record that was merged into theirs.

use super::draft::Draft;
use super::faults::{Faults, Halt, at};
use super::sealed::{Plan, Right};
use crate::model::{NodeId, NodeRef, NodeType};

#[derive(Debug, Clone, serde::Serialize)]
pub struct IndividualErase {
    pub individual: NodeRef,
}

impl Plan for IndividualErase {
    const NAME: &'static str = "individualErase";
    const NEEDS: Right = Right::Steward;
    type Made = NodeId;

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let found = draft.find(&self.individual, &[NodeType::Individual], &at("individual"), &mut faults);
        let Some((_, id)) = found else { return faults.stop() };
        for merged in merged_into(&id, draft) {
            draft.erase(merged);
        }
        draft.erase(id.clone());
        Ok(id)
    }
}

/// Everybody who was merged into a person, directly or on the way.
fn merged_into(id: &NodeId, draft: &Draft) -> Vec<NodeId> {
    let snapshot = draft.snapshot();
    let merged = snapshot.of_type(NodeType::Individual).filter(|ix| snapshot.node(*ix).merged_into.is_some());
    let stands_for_them = |text: &str| {
        let ix = snapshot.resolve_id(text, crate::snapshot::Expect::INDIVIDUAL).ok();
        ix.is_some_and(|ix| snapshot.id(ix) == id)
    };
    merged.map(|ix| snapshot.id(ix)).filter(|other| stands_for_them(other.as_str())).cloned().collect()
}

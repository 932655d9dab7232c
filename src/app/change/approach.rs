//! Times in which somebody is to be left alone.

use super::draft::Draft;
use super::faults::{Faults, Halt, at};
use super::names::needed;
use super::sealed::{Plan, Right};
use crate::model::text::checked_reason;
use crate::model::{Date, DoNotApproach, NodeId, NodeRef, NodeType, Patch};

/// Whoever can be approached at all.
const APPROACHABLE: &[NodeType] =
    &[NodeType::Organisation, NodeType::Individual, NodeType::Network, NodeType::WorkingGroup, NodeType::Initiative];

#[derive(Debug, Clone, serde::Serialize)]
pub struct DoNotApproachSet {
    pub nodes: Vec<NodeRef>,
    pub from: Option<Date>,
    /// The first day on which approaching is fine again. Cleared: it is fine.
    pub until: Patch<Date>,
    pub reason: Option<String>,
}

impl Plan for DoNotApproachSet {
    const NAME: &'static str = "doNotApproachSet";
    const NEEDS: Right = Right::Write;
    type Made = Vec<NodeId>;

    async fn plan(&self, draft: &mut Draft) -> Result<Vec<NodeId>, Halt> {
        let mut faults = Faults::default();
        needed(&self.nodes, &at("nodes"), &mut faults);
        let found = draft.find_all(&self.nodes, APPROACHABLE, &at("nodes"), &mut faults);
        let window = self.window(draft, &mut faults);
        faults.settle()?;
        let ids: Vec<NodeId> = found.into_iter().map(|(_, id)| id).collect();
        draft.read(&ids, &[]).await?;
        for id in &ids {
            let mut record = draft.whole(id)?;
            record.node.do_not_approach.clone_from(&window);
            draft.put_node(record);
        }
        Ok(ids)
    }
}

impl DoNotApproachSet {
    fn window(&self, draft: &Draft, faults: &mut Faults) -> Option<DoNotApproach> {
        let reason = self.reason.as_deref().and_then(|text| faults.keep(&at("reason"), checked_reason(text)));
        let until = match self.until {
            Patch::Set(until) => until,
            Patch::Leave => {
                faults.invalid(&at("until"), "until when? Give null to say that approaching is fine again");
                return None;
            }
            Patch::Clear => {
                if self.from.is_some() || self.reason.is_some() {
                    faults.invalid(
                        &at("until"),
                        "null says that approaching is fine again: leave out `from` and `reason`",
                    );
                }
                return None;
            }
        };
        if self.from.is_some_and(|from| until <= from) {
            faults.invalid(&at("until"), "this is not after `from`");
        } else if until <= draft.today() {
            let words = format!("{until} is over; give null to say that approaching is fine again");
            faults.invalid(&at("until"), words);
        }
        Some(DoNotApproach { from: self.from, until, reason })
    }
}

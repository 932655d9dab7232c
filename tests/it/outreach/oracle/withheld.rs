//! How many paths consent and do-not-approach keep back, in the design's own words.

use super::walks::{Role, Walk};
use super::{Asked, Oracle, Rule, in_order};
use inroads::outreach::NoPathReason;

impl Oracle<'_> {
    /// `order` is the answer's own, whether or not diversity took its paths; `shown` is what it shows of it.
    pub(super) fn withheld(&self, asked: &Asked, order: &[&Walk], shown: &[&Walk]) -> Vec<(NoPathReason, usize)> {
        let relaxed = self.stream(asked, &[Rule::Consent, Rule::DoNotApproach]);
        let rank = |walk: &Walk| (walk.cost, walk.ties.len(), walk.nodes.clone());
        let mut counts = [(NoPathReason::BlockedByConsent, 0), (NoPathReason::DoNotApproach, 0)];
        for walk in in_order(&relaxed, false).into_iter().take(100) {
            let absent = order.iter().all(|known| known.nodes != walk.nodes);
            let in_time = shown.len() < self.question.k || shown.iter().any(|last| rank(walk) < rank(last));
            if absent && in_time {
                counts[usize::from(!self.breaks_consent(asked, walk))].1 += 1;
            }
        }
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    fn breaks_consent(&self, asked: &Asked, walk: &Walk) -> bool {
        let passed = &walk.nodes[1..walk.nodes.len() - 1];
        passed.iter().any(|at| self.broken_by_node(asked, *at, Role::Through).contains(&Rule::Consent))
    }
}

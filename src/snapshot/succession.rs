//! Which bodies stand for a closed one.

use super::{Day, Direction, NodeIx, Snapshot};
use crate::model::RelationKind;
use rustc_hash::FxHashSet;

impl Snapshot {
    /// The live successors of a body that had closed by `day`: transitively, stopping at the first live one on each
    /// branch, all of a split. Empty when the body is not closed or nobody live succeeds it: it then stands for itself.
    pub fn live_successors(&self, body: NodeIx, day: Day) -> Vec<NodeIx> {
        if !self.ended_by(body, day) {
            return Vec::new();
        }
        let (mut found, mut seen) = (Vec::new(), FxHashSet::from_iter([body]));
        let mut open = vec![body];
        while let Some(closed) = open.pop() {
            for (_, next) in self.relations.of_kind(closed, RelationKind::SucceededBy, Direction::Out) {
                if !seen.insert(next) {
                    continue;
                }
                if self.live_on(next, day) {
                    found.push(next);
                } else {
                    open.push(next);
                }
            }
        }
        self.sort(&mut found);
        found
    }
}

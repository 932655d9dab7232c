//! Coverage of a small world, asked for as it is read: `world.cover("ann").of("carers").in_area("city").cell()`.

use super::super::builders::{PARTNER, TEAM, World, day, today};
use inroads::model::{Date, NodeRef};
use inroads::outreach::{
    self, Basis, Coverage, CoverageError, CoverageQuestion, CoverageStatus, HopCosts, Losses, Reader, Settings,
    SourceName,
};
use inroads::snapshot::{Day, NodeIx, Snapshot};
use std::sync::Arc;

#[derive(Clone)]
pub struct Asking<'a> {
    pub world: &'a World,
    pub question: CoverageQuestion,
    pub settings: Settings,
    pub reader: Reader,
    pub today: Date,
    pub stopped: bool,
}

impl World {
    pub fn cover(&self, from: &str) -> Asking<'_> {
        let source = if from == "team" { SourceName::Team } else { SourceName::Node(self.named(from)) };
        Asking::new(self, CoverageQuestion::new(vec![source]))
    }
}

impl<'a> Asking<'a> {
    pub fn new(world: &'a World, question: CoverageQuestion) -> Self {
        Self { world, question, settings: Settings::default(), reader: TEAM, today: today(), stopped: false }
    }

    pub fn of(mut self, group: &str) -> Self {
        self.question.groups.push(self.world.named(group));
        self
    }

    pub fn in_area(mut self, area: &str) -> Self {
        self.question.areas.push(self.world.named(area));
        self
    }

    pub fn hops(mut self, max: usize) -> Self {
        self.question.max_hops = max;
        self
    }

    pub fn since(mut self, text: &str) -> Self {
        self.question.since = Some(day(text));
        self
    }

    pub fn by_partner(mut self) -> Self {
        self.reader = PARTNER;
        self
    }

    pub fn snapshot(&self) -> Snapshot {
        self.world.snapshot()
    }

    fn on_basis<T>(&self, snapshot: &Snapshot, work: impl FnOnce(Basis<'_>) -> T) -> T {
        let costs = |day: Day| Arc::new(HopCosts::compute(snapshot, day, &self.settings));
        work(Basis {
            snapshot,
            costs: &costs,
            settings: &self.settings,
            reader: self.reader,
            today: self.today,
            stop: &|| self.stopped,
        })
    }

    pub fn result(&self) -> Result<Coverage, CoverageError> {
        self.on_basis(&self.snapshot(), |basis| outreach::coverage(basis, &self.question))
    }

    pub fn coverage(&self) -> Coverage {
        self.result().expect("a coverage")
    }

    pub fn loss_result(&self, node: &NodeRef) -> Result<Losses, CoverageError> {
        self.on_basis(&self.snapshot(), |basis| outreach::what_if_lost(basis, &self.question, node))
    }

    pub fn without(&self, node: &NodeRef) -> Losses {
        self.loss_result(node).expect("a loss")
    }

    pub fn fragility(&self) -> Losses {
        self.on_basis(&self.snapshot(), |basis| outreach::fragility(basis, &self.question)).expect("losses")
    }

    pub fn names(&self, nodes: &[NodeIx]) -> Vec<String> {
        let snapshot = self.snapshot();
        nodes.iter().map(|ix| snapshot.node(*ix).name.clone()).collect()
    }

    /// The status of the only cell.
    pub fn status(&self) -> CoverageStatus {
        self.cell().status
    }

    pub fn cell(&self) -> inroads::outreach::Cell {
        let mut cells = self.coverage().cells;
        assert_eq!(cells.len(), 1, "one group in one area");
        cells.remove(0)
    }

    /// The error's kind and path; a panic where there is none.
    pub fn refusal(&self) -> (inroads::snapshot::resolve::ProblemKind, String) {
        match self.result() {
            Err(CoverageError::Problem(problem)) => (problem.kind, problem.path.join(".")),
            other => panic!("not refused: {other:?}"),
        }
    }
}

//! Whom we depend on: how much coverage is lost when a person or body is. `app` calls it. One function over the nodes that
//! are gone, `loss`, answers both for one and for all; it takes nothing from the graph and asks nobody.

use super::answer::Notice;
use super::costs::probability_of;
use super::coverage::{Asked, Basis, BestPath, Chart, CoverageError, CoverageQuestion, OutOfTime, Watch};
use super::naming::Names;
use super::rules::World;
use crate::model::{Date, NodeRef, NodeType};
use crate::snapshot::resolve::Expect;
use crate::snapshot::{Day, NodeIx, Sight, Snapshot};

/// What is lost with some nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// Who is gone: one or, for a body that has closed, all that stand for it.
    pub nodes: Vec<NodeIx>,
    /// The cells that are reached less well or not at all, row by row.
    pub cells: Vec<LostCell>,
    /// How many of them are not reached any more.
    pub cells_lost: usize,
    /// The sum over the cells of what their best probability falls by.
    pub probability_lost: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostCell {
    pub group: NodeIx,
    pub area: Option<NodeIx>,
    /// The cost of the best path with them.
    pub cost: u64,
    /// And without them; `None` where there is no path any more.
    pub cost_after: Option<u64>,
}

impl LostCell {
    pub fn probability_lost(self) -> f64 {
        probability_of(self.cost) - self.cost_after.map_or(0.0, probability_of)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Losses {
    /// The worst first.
    pub losses: Vec<Loss>,
    /// How many cells are reached while nobody is gone.
    pub cells_reached: usize,
    /// People are left out of a list, since this reader may not know who they are.
    pub without_people: bool,
    pub as_of: Date,
    pub notices: Vec<Notice>,
}

/// What would be lost with one person or body.
pub fn what_if_lost(basis: Basis<'_>, question: &CoverageQuestion, name: &NodeRef) -> Result<Losses, CoverageError> {
    let as_of = Day::from(question.as_of.unwrap_or(basis.today));
    let mut names = Names::new(basis.snapshot, basis.reader, as_of);
    let nodes = names.stakeholder(name, Expect::SOURCE).map_err(|problem| problem.at("node"))?;
    losses(basis, question, names.notices(), |_| vec![nodes])
}

/// What would be lost with each intermediate of the best paths: the most cells first, then the most probability, then
/// by id. Whoever costs nothing, since another path is as good, is left out.
pub fn fragility(basis: Basis<'_>, question: &CoverageQuestion) -> Result<Losses, CoverageError> {
    let mut all = losses(basis, question, Vec::new(), |best| {
        let between = |path: &BestPath| path.nodes[1..path.nodes.len() - 1].to_vec();
        let mut candidates: Vec<NodeIx> = best.iter().flatten().flat_map(between).collect();
        if basis.reader.sight == Sight::PeopleUnnamed {
            candidates.retain(|ix| basis.snapshot.node_type(*ix) != NodeType::Individual);
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().map(|ix| vec![ix]).collect()
    })?;
    all.losses.retain(|loss| !loss.cells.is_empty());
    all.losses.sort_by(|a, b| {
        b.cells_lost
            .cmp(&a.cells_lost)
            .then_with(|| b.probability_lost.total_cmp(&a.probability_lost))
            .then_with(|| basis.snapshot.order(a.nodes[0], b.nodes[0]))
    });
    Ok(all)
}

/// Prepares the question once and loses each of some candidates, which are picked knowing the best path of each cell.
fn losses(
    basis: Basis<'_>,
    question: &CoverageQuestion,
    notices: Vec<Notice>,
    pick: impl FnOnce(&[Option<BestPath>]) -> Vec<Vec<NodeIx>>,
) -> Result<Losses, CoverageError> {
    let Basis { snapshot, settings, reader, today, .. } = basis;
    let mut asked = Asked::look_up(snapshot, question, settings, reader, today)?;
    let costs = (basis.costs)(asked.task.as_of);
    let world = World { snapshot, costs: &costs, task: &asked.task };
    let mut watch = Watch::new(settings, basis.stop);
    let chart = Chart::draw(&world, &asked, &mut watch)?;
    let best: Vec<Option<BestPath>> = chart.slots.iter().map(|slot| chart.best(slot)).collect();
    let losses = pick(&best).into_iter().map(|nodes| loss(&chart, &asked, &best, nodes, &watch));
    let losses = losses.collect::<Result<_, OutOfTime>>()?;
    for notice in notices {
        if !asked.notices.contains(&notice) {
            asked.notices.push(notice);
        }
    }
    Ok(Losses {
        losses,
        cells_reached: best.iter().flatten().count(),
        without_people: reader.sight == Sight::PeopleUnnamed,
        as_of: asked.task.as_of.date(),
        notices: asked.notices,
    })
}

/// One pass without some nodes, beside the pass with them.
fn loss(
    chart: &Chart,
    asked: &Asked,
    best: &[Option<BestPath>],
    nodes: Vec<NodeIx>,
    watch: &Watch<'_>,
) -> Result<Loss, OutOfTime> {
    watch.look()?;
    let after = chart.without(&nodes);
    let mut cells = Vec::new();
    for (slot, best) in chart.slots.iter().zip(best) {
        // A cell whose best path does without them keeps it.
        let Some(best) = best.as_ref().filter(|best| nodes.iter().any(|lost| best.nodes.contains(lost))) else {
            continue;
        };
        let cost_after = after(slot);
        if cost_after != Some(best.cost) {
            let (group, area) = (asked.rows[slot.row].group, asked.columns[slot.column]);
            cells.push(LostCell { group, area, cost: best.cost, cost_after });
        }
    }
    Ok(Loss {
        nodes,
        cells_lost: cells.iter().filter(|cell| cell.cost_after.is_none()).count(),
        probability_lost: cells.iter().fold(0.0, |sum, cell| sum + cell.probability_lost()),
        cells,
    })
}

impl Loss {
    /// What a place in the list is known by; keys compare as the list is ordered.
    pub fn key(&self, snapshot: &Snapshot) -> String {
        // Bits of numbers that are not negative compare as the numbers do.
        let (cells, probability) = (u64::MAX - self.cells_lost as u64, u64::MAX - self.probability_lost.to_bits());
        format!("{cells:016x} {probability:016x} {}", snapshot.id(self.nodes[0]))
    }
}

//! Every cell, and every loss, as the oracle has it: on random worlds, to the micronat.

use super::super::agreement as paths;
use super::super::oracle::Oracle;
use super::super::oracle::cells::{Told, status};
use super::super::worlds::{self, Case, Theme};
use super::chart::Asking;
use inroads::model::{Body, NodeRef, NodeType};
use inroads::outreach::{Cell, CoverageQuestion, CoverageStatus, Question, TargetName};
use inroads::snapshot::Snapshot;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// Random worlds in which some relations are as stale as they can be.
fn cases(theme: Theme) -> impl Strategy<Value = (Case, bool)> {
    (worlds::cases(theme), prop::sample::select(vec![0.1, 0.35, 0.8]), any::<bool>()).prop_map(
        |(mut case, floor, areas)| {
            case.settings.freshness_floor = floor;
            (case, areas)
        },
    )
}

/// All groups of a case's world, in each of its areas or anywhere.
fn asking(case: &Case, areas: bool) -> Asking<'_> {
    let named = |wanted: NodeType| -> Vec<NodeRef> {
        let nodes = case.world.nodes.iter().filter(|node| node.node_type() == wanted);
        nodes.map(|node| NodeRef::Id(node.id.to_string())).collect()
    };
    let Question { from, max_hops, as_of, include_inferred, include_unasked, .. } = case.question.clone();
    let question = CoverageQuestion {
        groups: named(NodeType::UnderservedGroup),
        areas: if areas { named(NodeType::Area) } else { Vec::new() },
        as_of,
        max_hops,
        include_inferred,
        include_unasked,
        ..CoverageQuestion::new(from)
    };
    let mut asking = Asking::new(&case.world, question);
    (asking.settings, asking.reader, asking.today) = (case.settings.clone(), case.reader, case.today);
    asking
}

/// The question about one cell alone.
fn question(asking: &Asking<'_>, snapshot: &Snapshot, cell: &Cell) -> Question {
    let name = |ix| NodeRef::Id(snapshot.id(ix).to_string());
    let CoverageQuestion { from, as_of, max_hops, include_inferred, include_unasked, .. } = asking.question.clone();
    Question {
        k: 1,
        max_hops,
        as_of,
        areas: cell.area.map(name).into_iter().collect(),
        include_inferred,
        include_unasked,
        ..Question::new(from, TargetName::Group(name(cell.group)))
    }
}

fn told(cell: &Cell, snapshot: &Snapshot) -> Told {
    let id = |ix| snapshot.id(ix).to_string();
    Told {
        status: cell.status,
        cost: cell.best.as_ref().map(|best| best.cost),
        best_path: cell.best.iter().flat_map(|best| &best.nodes).map(|ix| id(*ix)).collect(),
        brokers: cell.brokers.iter().map(|ix| id(*ix)).collect(),
        servers: cell
            .servers
            .iter()
            .map(|server| (id(server.node), (server.modes.iter().copied().collect(), server.reached)))
            .collect(),
        single_server: cell.single_server,
        practices: cell.practices.map(|practices| (practices.reached, practices.of)),
    }
}

/// Each cell is what the oracle says, and what the question about it alone is answered with.
fn cells_agree(case: &Case, areas: bool) -> Result<(), TestCaseError> {
    let asking = asking(case, areas);
    let (snapshot, coverage) = (asking.snapshot(), asking.coverage());
    let Case { world, settings, reader, today, .. } = case;
    prop_assert_eq!(coverage.cells.len(), coverage.groups.len() * coverage.areas.len());
    for cell in &coverage.cells {
        let question = question(&asking, &snapshot, cell);
        let oracle = Oracle::new(&world.nodes, &world.relations, &question, settings, *reader, *today);
        prop_assert_eq!(told(cell, &snapshot), oracle.cell(), "{:?}", question);
        let (alone, _) = paths::engine(world, &question, settings, *reader, *today)
            .map_err(|problem| TestCaseError::fail(problem.to_string()))?;
        prop_assert_eq!(cell.best.as_ref().map(|best| best.cost), alone.paths.first().map(|path| path.cost));
        match alone.no_path {
            Some(why) => prop_assert_eq!(cell.status, status(why.reason)),
            None => prop_assert!(!alone.paths.is_empty() || cell.status == CoverageStatus::AlreadyThere),
        }
    }
    let order: Vec<String> =
        coverage.by_urgency(&snapshot).into_iter().map(|place| coverage.cells[place].key(&snapshot)).collect();
    prop_assert!(order.is_sorted(), "cursors compare as the list is ordered: {:?}", order);
    Ok(())
}

/// Losing any node costs each cell what the oracle says, and a cell's brokers are those that it cannot do without.
fn losses_agree(case: &Case, areas: bool) -> Result<(), TestCaseError> {
    let asking = asking(case, areas);
    let (snapshot, coverage) = (asking.snapshot(), asking.coverage());
    let Case { world, settings, reader, today, .. } = case;
    let stakeholders = world.nodes.iter().filter(|node| {
        !matches!(node.body, Body::Area(_) | Body::UnderservedGroup(_))
            && (reader.may_name_people || node.individual().is_none())
    });
    for node in stakeholders {
        let name = NodeRef::Id(node.id.to_string());
        let losses = asking.without(&name);
        prop_assert_eq!(losses.losses.len(), 1);
        let loss = &losses.losses[0];
        for cell in &coverage.cells {
            let question = question(&asking, &snapshot, cell);
            let oracle = Oracle::new(&world.nodes, &world.relations, &question, settings, *reader, *today);
            let lost = loss.cells.iter().find(|lost| (lost.group, lost.area) == (cell.group, cell.area));
            let before = cell.best.as_ref().map(|best| best.cost);
            prop_assert!(lost.is_none_or(|lost| Some(lost.cost) == before));
            let after = lost.map_or(before, |lost| lost.cost_after);
            prop_assert_eq!(after, oracle.cost_without(&name), "without {}: {:?}", node.id, question);
            let on_best = cell
                .best
                .as_ref()
                .is_some_and(|best| best.nodes[1..best.nodes.len() - 1].iter().any(|ix| *snapshot.id(*ix) == node.id));
            if on_best {
                let is_broker = cell.brokers.iter().any(|ix| *snapshot.id(*ix) == node.id);
                prop_assert_eq!(is_broker, after.is_none(), "{} in {:?}", node.id, question);
            }
        }
        prop_assert_eq!(loss.cells_lost, loss.cells.iter().filter(|cell| cell.cost_after.is_none()).count());
    }
    let fragility = asking.fragility();
    prop_assert!(fragility.losses.iter().map(|loss| loss.key(&snapshot)).is_sorted());
    for loss in &fragility.losses {
        prop_assert!(reader.may_name_people || snapshot.node(loss.nodes[0]).individual().is_none());
        let name = NodeRef::Id(snapshot.id(loss.nodes[0]).to_string());
        prop_assert_eq!(loss, &asking.without(&name).losses[0]);
    }
    Ok(())
}

proptest! {
    // `PROPTEST_CASES` may ask for more.
    #![proptest_config({
        let config = ProptestConfig::default();
        ProptestConfig { cases: config.cases.max(1000), max_shrink_iters: 20_000, ..config }
    })]

    #[test]
    fn cells_are_what_the_oracle_says((case, areas) in cases(Theme::Anything)) {
        cells_agree(&case, areas)?;
    }

    #[test]
    fn cells_are_what_the_oracle_says_of_places((case, _) in cases(Theme::Places)) {
        cells_agree(&case, true)?;
    }

    #[test]
    fn losses_are_what_the_oracle_says((case, areas) in cases(Theme::Anything)) {
        losses_agree(&case, areas)?;
    }
}

/// The worlds above would prove little if some status never came up.
#[test]
fn random_worlds_have_cells_of_every_status() {
    let mut runner = TestRunner::deterministic();
    let strategy = cases(Theme::Anything);
    let (mut statuses, mut brokers, mut broken) = (BTreeMap::<String, usize>::new(), 0, 0);
    for _ in 0..1500 {
        let (case, areas) = strategy.new_tree(&mut runner).expect("the strategy rejects nothing").current();
        for cell in asking(&case, areas).coverage().cells {
            *statuses.entry(format!("{:?}", cell.status)).or_default() += 1;
            brokers += usize::from(!cell.brokers.is_empty());
            broken += usize::from(cell.best.is_some() && cell.brokers.is_empty());
        }
    }
    println!("{statuses:?}; with a broker {brokers}, without {broken}");
    for status in [
        CoverageStatus::AlreadyThere,
        CoverageStatus::Warm,
        CoverageStatus::Networked,
        CoverageStatus::Cold,
        CoverageStatus::StaleOnly,
        CoverageStatus::NoMatchingTarget,
        CoverageStatus::NobodyServesTarget,
        CoverageStatus::OnlyInferredLinks,
        CoverageStatus::BlockedByConsent,
        CoverageStatus::DoNotApproach,
        CoverageStatus::OnlyExpiredLinks,
        CoverageStatus::TooManyHops,
        CoverageStatus::ConstraintsExcludeAll,
        CoverageStatus::SeveralRules,
        CoverageStatus::Disconnected,
        CoverageStatus::NoPath,
    ] {
        assert!(statuses.contains_key(&format!("{status:?}")), "no cell is {status:?}");
    }
    assert!(brokers > 100 && broken > 100);
}

//! Whom we depend on.

use super::super::builders::World;
use inroads::model::ServeMode;
use inroads::outreach::CoverageError;
use inroads::snapshot::resolve::ProblemKind;

/// Ann reaches carers over Bea and the centre or, less likely, over the hall; elders over the centre alone.
fn world() -> World {
    let world = World::new().team("ann").team("tom").person("bea").org("centre").org("hall");
    let world = world.group("carers").group("elders").knows("ann", "bea").fresh().role_at("bea", "centre").fresh();
    let world = world.serves("centre", "carers", ServeMode::PeerLed).fresh();
    let world = world.serves("centre", "elders", ServeMode::PeerLed).fresh();
    world.contact_of("tom", "hall").strength(0.05).fresh().serves("hall", "carers", ServeMode::Faith).fresh()
}

#[test]
fn losing_somebody_costs_the_cells_that_they_alone_lead_to_and_makes_others_less_likely() {
    let world = world();
    let asking = world.cover("team");
    let found = asking.without(&world.named("bea"));
    let loss = &found.losses[0];
    assert_eq!((found.cells_reached, loss.cells_lost, loss.cells.len()), (2, 1, 2));
    let after: Vec<bool> = loss.cells.iter().map(|cell| cell.cost_after.is_some()).collect();
    assert_eq!(after, [true, false], "carers over the hall, elders not at all");
    let lost: f64 = loss.cells.iter().map(|cell| cell.probability_lost()).sum();
    assert!((loss.probability_lost - lost).abs() < 1e-12 && lost > 0.0);
}

#[test]
fn losing_one_of_us_closes_the_ways_that_begin_with_them() {
    let world = world();
    let asking = world.cover("team");
    assert_eq!(asking.without(&world.named("ann")).losses[0].cells_lost, 1);
    let tom = &asking.without(&world.named("tom")).losses[0];
    assert_eq!((tom.cells_lost, tom.cells.len()), (0, 0), "no best path begins with Tom");
    assert_eq!(tom.probability_lost.to_bits(), 0.0_f64.to_bits(), "nothing, and not minus nothing");
}

#[test]
fn those_with_whom_most_would_be_lost_come_first() {
    let world = world();
    let asking = world.cover("team");
    let found = asking.fragility();
    let order: Vec<_> = found.losses.iter().map(|loss| loss.nodes[0]).collect();
    // Equally bad: the person's id is before the body's.
    assert_eq!(asking.names(&order), ["bea", "centre"]);
    assert!(!found.without_people);
}

#[test]
fn a_partner_reads_of_bodies_only_and_may_not_name_people() {
    let world = world();
    let asking = world.cover("team").by_partner();
    let found = asking.fragility();
    let order: Vec<_> = found.losses.iter().map(|loss| loss.nodes[0]).collect();
    assert_eq!((asking.names(&order), found.without_people), (vec!["centre".to_owned()], true));
    match asking.loss_result(&world.named("bea")) {
        Err(CoverageError::Problem(problem)) => {
            assert_eq!((problem.kind, problem.path.join(".")), (ProblemKind::Forbidden, "node".to_owned()));
        }
        other => panic!("not refused: {other:?}"),
    }
    assert_eq!(asking.without(&world.named("centre")).losses[0].cells_lost, 1);
}

#[test]
fn a_closed_body_stands_for_its_successors_and_a_group_cannot_be_lost() {
    let world = world().org("old").until("2026-01-01").succeeded_by("old", "centre");
    let asking = world.cover("team");
    let found = asking.without(&world.named("old"));
    assert_eq!(asking.names(&found.losses[0].nodes), ["centre"]);
    assert_eq!((found.losses[0].cells_lost, found.notices.len()), (1, 1));
    assert!(matches!(
        asking.loss_result(&world.named("carers")),
        Err(CoverageError::Problem(problem)) if problem.kind == ProblemKind::Invalid
    ));
}

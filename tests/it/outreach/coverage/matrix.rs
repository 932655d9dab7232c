//! The matrix as a whole: which rows and columns it has, its order, what it refuses, what was different before.

use super::super::builders::World;
use inroads::model::{NodeRef, ServeMode};
use inroads::outreach::{CoverageError, CoverageStatus, NoticeCode, OutOfTime};
use inroads::snapshot::resolve::ProblemKind::{Invalid, NotFound, TooMuch};

/// Ann is in contact with the centre in the city, which serves carers; nobody serves sailors.
fn world() -> World {
    let world = World::new().team("ann").org("centre").area("city").area("coast").group("sailors").group("carers");
    let world = world.contact_of("ann", "centre").fresh().located_in("centre", "city");
    world.serves("centre", "carers", ServeMode::DirectService).fresh()
}

#[test]
fn without_groups_all_that_there_are_on_the_day_are_asked_about_by_name() {
    let world = world().group("pilgrims").until("2026-03-01");
    let asking = world.cover("ann");
    let coverage = asking.coverage();
    assert_eq!(asking.names(&coverage.groups), ["carers", "sailors"]);
    assert_eq!(coverage.areas, [None], "one column that stands for anywhere");
    let coverage = asking.clone().of("pilgrims").coverage();
    assert_eq!(coverage.cells[0].status, CoverageStatus::NobodyServesTarget, "named, it is asked about");
}

#[test]
fn rows_and_columns_stand_in_the_order_asked_for_and_once_each() {
    let world = world();
    let asking =
        world.cover("ann").of("sailors").of("carers").of("sailors").in_area("coast").in_area("city").in_area("coast");
    let coverage = asking.coverage();
    assert_eq!(asking.names(&coverage.groups), ["sailors", "carers"]);
    let areas: Vec<_> = coverage.areas.iter().flatten().copied().collect();
    assert_eq!(asking.names(&areas), ["coast", "city"]);
    let statuses: Vec<CoverageStatus> = coverage.cells.iter().map(|cell| cell.status).collect();
    let nobody = CoverageStatus::NobodyServesTarget;
    assert_eq!(statuses, [nobody, nobody, nobody, CoverageStatus::Warm]);
    for (place, cell) in coverage.cells.iter().enumerate() {
        assert_eq!((cell.group, cell.area), (coverage.groups[place / 2], coverage.areas[place % 2]));
    }
}

#[test]
fn the_most_urgent_comes_first_and_then_the_least_likely() {
    let world = world().org("hall").contact_of("ann", "hall").strength(0.1).fresh();
    let world = world.group("elders").serves("hall", "elders", ServeMode::Faith).fresh();
    let asking = world.cover("ann");
    let (snapshot, coverage) = (asking.snapshot(), asking.coverage());
    let groups: Vec<_> = coverage.by_urgency(&snapshot).into_iter().map(|place| coverage.cells[place].group).collect();
    assert_eq!(asking.names(&groups), ["sailors", "elders", "carers"]);
}

#[test]
fn what_was_different_on_an_earlier_day_is_told() {
    let world = world().group("elders").org("hall").contact_of("ann", "hall").since("2026-02-01");
    let world = world.serves("hall", "elders", ServeMode::Faith).since("2020-01-01");
    let coverage = world.cover("ann").since("2026-01-01").coverage();
    let of = |name: &str| {
        let snapshot = world.snapshot();
        let found = coverage.cells.iter().find(|cell| snapshot.node(cell.group).name == name);
        found.expect("a cell").clone()
    };
    let elders = of("elders").then.expect("nobody could take us there then");
    assert_eq!((elders.status, elders.cost), (CoverageStatus::OnlyExpiredLinks, None));
    assert_eq!(of("sailors").then, None, "nothing has changed");
    assert_eq!(of("carers").then, None, "confirmed today, they were no staler then");
    assert!(world.cover("ann").coverage().cells.iter().all(|cell| cell.then.is_none()), "nothing to compare with");
}

#[test]
fn a_day_before_anything_is_known_says_so() {
    let world = world().org("hall").since("2020-01-01");
    let notices = world.cover("ann").since("1999-01-01").coverage().notices;
    assert!(notices.iter().any(|notice| notice.code == NoticeCode::BeforeFirstFact));
}

#[test]
fn what_cannot_be_asked_is_refused_with_its_argument() {
    let world = world();
    let asking = world.cover("ann");
    assert_eq!(asking.clone().since("2026-03-11").refusal(), (Invalid, "since".to_owned()));
    assert_eq!(asking.clone().hops(0).refusal(), (Invalid, "maxHops".to_owned()));
    assert_eq!(asking.clone().hops(9).refusal(), (Invalid, "maxHops".to_owned()));
    assert_eq!(asking.clone().of("city").refusal(), (Invalid, "groups.0.id".to_owned()));
    assert_eq!(asking.clone().of("carers").in_area("centre").refusal(), (Invalid, "areas.0.id".to_owned()));
    let mut nobody = asking.clone();
    nobody.question.from.clear();
    assert_eq!(nobody.refusal(), (Invalid, "from".to_owned()));
    let mut unknown = asking.clone();
    unknown.question.groups.push(NodeRef::Id("grp:nobody".to_owned()));
    assert_eq!(unknown.refusal(), (NotFound, "groups.0.id".to_owned()));
    let bare = World::new().team("ann");
    assert_eq!(bare.cover("ann").refusal(), (NotFound, "groups".to_owned()));
}

#[test]
fn more_cells_than_the_settings_allow_are_refused() {
    let world = world();
    let mut asking = world.cover("ann").in_area("city").in_area("coast");
    asking.settings.max_cells = 4;
    assert_eq!(asking.coverage().cells.len(), 4);
    asking.settings.max_cells = 3;
    assert_eq!(asking.refusal(), (TooMuch, "groups".to_owned()));
}

#[test]
fn out_of_time_nothing_is_shown_in_part() {
    let world = world();
    let mut asking = world.cover("ann");
    asking.stopped = true;
    assert_eq!(asking.result(), Err(CoverageError::OutOfTime(OutOfTime)));
}

#[test]
fn a_closed_source_is_stood_in_for_and_a_dropped_one_is_told() {
    let world = world().org("old").until("2026-01-01").succeeded_by("old", "centre");
    let coverage = world.cover("old").of("carers").coverage();
    assert_eq!(coverage.cells[0].status, CoverageStatus::Warm);
    let codes: Vec<NoticeCode> = coverage.notices.iter().map(|notice| notice.code).collect();
    assert_eq!(codes, [NoticeCode::SuccessorUsed]);
}

//! What a cell says: its status, its flags, who serves the group.

use super::super::builders::World;
use inroads::model::{ConsentStatus, NodeRef, OrganisationFilter, OrganisationKind, ServeMode};
use inroads::outreach::{CoverageError, CoverageStatus, NoticeCode, Practices, Urgency};

/// Ann knows Bea, who has a role at the centre, which serves carers.
fn world() -> World {
    let world = World::new().team("ann").person("bea").org("centre").group("carers");
    let world = world.knows("ann", "bea").fresh().role_at("bea", "centre").fresh();
    world.serves("centre", "carers", ServeMode::PeerLed).fresh()
}

#[test]
fn the_warmest_fresh_path_decides_even_if_another_is_likelier() {
    let world = world();
    assert_eq!(world.cover("ann").of("carers").status(), CoverageStatus::Warm);
    assert_eq!(world.cover("bea").of("carers").status(), CoverageStatus::Networked);
    let world = world.org("icb").hosts("icb", "centre").strength(1.0);
    let cold = world.cover("icb").of("carers").cell();
    assert_eq!(cold.status, CoverageStatus::Cold);
    let world = world.contact_of("ann", "icb").fresh();
    let warm = world.cover("icb").of("carers").cell();
    assert_eq!((warm.status, warm.best), (CoverageStatus::Warm, cold.best));
}

/// From the ICB one may go by way of the network and back, but no path does.
#[test]
fn a_way_that_comes_by_a_node_twice_makes_nothing_warmer() {
    let world = World::new().org("icb").org("trust").org("centre").org("friends").group("carers");
    let world = world.hosts("icb", "trust").hosts("trust", "centre").partners("trust", "friends").fresh();
    let world = world.serves("centre", "carers", ServeMode::Faith).fresh();
    assert_eq!(world.cover("icb").of("carers").hops(8).status(), CoverageStatus::Cold);
    let world = world.partners("friends", "centre").fresh();
    assert_eq!(world.cover("icb").of("carers").status(), CoverageStatus::Networked);
}

#[test]
fn where_every_path_has_a_step_at_the_freshness_floor_the_cell_is_stale() {
    let old = world().org("office").contact_of("ann", "office").confirmed("2006-01-01");
    let old = old.group("elders").serves("office", "elders", ServeMode::Advocacy).fresh();
    let cell = old.cover("ann").of("elders").cell();
    assert_eq!((cell.status, cell.urgency()), (CoverageStatus::StaleOnly, Urgency::Stale));
    assert!(cell.best.is_some(), "there is a path, however old");
    // Another way in that is fresh, though colder, is what counts.
    let both = old.partners("centre", "office").fresh();
    assert_eq!(both.cover("ann").of("elders").status(), CoverageStatus::Warm);
}

#[test]
fn a_reason_is_the_one_that_the_question_alone_is_answered_with() {
    let world =
        World::new().team("ann").person_who("bea", ConsentStatus::Refused).org("centre").area("city").area("coast");
    let world = world.group("carers").group("nobodys").knows("ann", "bea").role_at("bea", "centre");
    let world = world.serves("centre", "carers", ServeMode::Faith).located_in("centre", "city");
    let status = |group, area| world.cover("ann").of(group).in_area(area).status();
    assert_eq!(status("carers", "city"), CoverageStatus::BlockedByConsent);
    assert_eq!(status("carers", "coast"), CoverageStatus::NobodyServesTarget);
    assert_eq!(status("nobodys", "city"), CoverageStatus::NobodyServesTarget);
    assert_eq!(world.cover("centre").of("carers").in_area("city").status(), CoverageStatus::Warm);
}

#[test]
fn a_partner_is_not_told_who_said_no_nor_who_serves_in_person() {
    let world = World::new().team("ann").person_who("bea", ConsentStatus::Refused).org("centre").org("hall");
    let world = world.group("carers").group("elders").knows("ann", "bea").role_at("bea", "centre");
    let world = world.serves("centre", "carers", ServeMode::Faith).serves("bea", "elders", ServeMode::PeerLed);
    let partner = |group| world.cover("hall").of(group).by_partner().cell();
    assert_eq!(partner("carers").status, CoverageStatus::NoPath);
    let elders = partner("elders");
    assert_eq!((elders.status, elders.servers.len()), (CoverageStatus::NobodyServesTarget, 0));
    assert!(!elders.single_server);
    let team = world.cover("hall").of("elders").cell();
    assert_eq!((team.status, team.servers.len()), (CoverageStatus::Disconnected, 1));
}

#[test]
fn brokers_are_those_on_every_path_and_servers_count_only_if_a_path_may_pass_them() {
    let world = world().person("cat").knows("ann", "cat").fresh().role_at("cat", "centre").fresh();
    let asking = world.cover("ann").of("carers");
    let cell = asking.cell();
    assert_eq!(asking.names(&cell.brokers), ["centre"], "Bea and Cat stand in for each other");
    assert!(cell.single_server);
    assert_eq!(cell.urgency(), Urgency::OneBroker);

    let two = world.org("hall").contact_of("ann", "hall").fresh().serves("hall", "carers", ServeMode::Faith).fresh();
    let asking = two.cover("ann").of("carers");
    let cell = asking.cell();
    assert_eq!((cell.brokers.len(), cell.single_server, cell.urgency()), (0, false, Urgency::Covered));
    let shut = two.person_who("dan", ConsentStatus::NotAsked).serves("dan", "carers", ServeMode::PeerLed);
    let cell = shut.cover("ann").of("carers").cell();
    let reached: Vec<bool> = cell.servers.iter().map(|server| server.reached).collect();
    assert_eq!(reached, [true, true, false], "Dan serves them, and was not asked");
}

#[test]
fn of_practices_it_says_how_many_are_reached_and_a_source_is_there_already() {
    let gp = |world: World, name| world.org_of(name, OrganisationKind::GpPractice);
    let members =
        OrganisationFilter { kind: Some(vec![OrganisationKind::GpPractice]), ..OrganisationFilter::default() };
    let world = World::new().team("ann").practices("practices", members);
    assert_eq!(world.cover("ann").of("practices").status(), CoverageStatus::NoMatchingTarget);
    let world = gp(gp(world, "one"), "two").contact_of("ann", "one").fresh();
    let cell = world.cover("ann").of("practices").cell();
    assert_eq!(cell.practices, Some(Practices { reached: 1, of: 2 }));
    assert_eq!(cell.status, CoverageStatus::Warm);
    let cell = world.cover("two").of("practices").cell();
    assert_eq!((cell.status, cell.practices), (CoverageStatus::Disconnected, Some(Practices { reached: 1, of: 2 })));
    let world = world.partners("one", "two").fresh();
    let cell = world.cover("two").of("practices").cell();
    assert_eq!((cell.status, cell.practices), (CoverageStatus::Networked, Some(Practices { reached: 2, of: 2 })));
}

#[test]
fn a_group_all_of_whose_practices_are_sources_is_reached_already() {
    let members =
        OrganisationFilter { kind: Some(vec![OrganisationKind::GpPractice]), ..OrganisationFilter::default() };
    let world = World::new().org_of("one", OrganisationKind::GpPractice).practices("practices", members);
    let cell = world.cover("one").of("practices").cell();
    assert_eq!((cell.status, cell.urgency()), (CoverageStatus::AlreadyThere, Urgency::NothingToReach));
    assert_eq!(cell.practices, Some(Practices { reached: 1, of: 1 }));
}

#[test]
fn of_more_practices_than_a_search_takes_the_first_are_used_and_that_is_told() {
    let members =
        OrganisationFilter { kind: Some(vec![OrganisationKind::GpPractice]), ..OrganisationFilter::default() };
    let world = World::new().team("ann").area("city").practices("practices", members);
    let world = world.org_of("one", OrganisationKind::GpPractice).located_in("one", "city");
    let world = world.org_of("two", OrganisationKind::GpPractice).located_in("two", "city");
    let mut asking = world.cover("ann").of("practices").in_area("city");
    asking.settings.max_targets = 1;
    let coverage = asking.coverage();
    assert_eq!(coverage.cells[0].practices, Some(Practices { reached: 0, of: 1 }));
    let codes: Vec<NoticeCode> = coverage.notices.iter().map(|notice| notice.code).collect();
    assert_eq!(codes, [NoticeCode::TargetsLimited]);
}

#[test]
fn a_group_whose_filter_names_what_is_not_there_is_named_in_the_refusal() {
    let area = Some(NodeRef::Id("area:nowhere".to_owned()));
    let members = OrganisationFilter { area, ..OrganisationFilter::default() };
    let world = World::new().team("ann").practices("lost practices", members);
    match world.cover("ann").result() {
        Err(CoverageError::Problem(problem)) => {
            assert!(problem.message.contains("lost practices"), "{problem}");
            assert_eq!(problem.path, ["groups"]);
        }
        other => panic!("not refused: {other:?}"),
    }
}

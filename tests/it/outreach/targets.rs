//! Where a path may end: groups and what belongs to them, saved filters, named nodes.

use super::builders::{World, day};
use inroads::model::{ConsentStatus, OrganisationFilter, OrganisationKind, ServeMode};
use inroads::outreach::NoPathReason;

const MODE: ServeMode = ServeMode::DirectService;

fn of_kind(kind: OrganisationKind) -> OrganisationFilter {
    OrganisationFilter { kind: Some(vec![kind]), ..OrganisationFilter::default() }
}

#[test]
fn a_path_ends_at_the_group_that_is_served() {
    let world = World::new().org("centre").group("travellers").group("boaters").child_of("travellers");
    let world = world.serves("centre", "boaters", MODE);
    assert_eq!(world.ask("centre", "travellers").paths(), ["centre > boaters"]);
}

#[test]
fn serving_an_ancestor_does_not_reach_the_child() {
    let world = World::new().org("centre").group("travellers").group("boaters").child_of("travellers");
    let world = world.serves("centre", "travellers", MODE);
    assert_eq!(world.ask("centre", "boaters").reason(), NoPathReason::NobodyServesTarget);
}

#[test]
fn groups_that_are_the_same_serve_each_other_whichever_says_so() {
    let world = World::new().org("centre").group("roma").group("gypsies").same_as("roma");
    let world = world.serves("centre", "roma", MODE).serves("centre", "gypsies", MODE);
    for group in ["roma", "gypsies"] {
        assert_eq!(world.ask("centre", group).paths(), ["centre > gypsies", "centre > roma"]);
    }
}

#[test]
fn children_of_what_is_the_same_belong_too() {
    let world = World::new().org("centre").group("roma").group("gypsies").same_as("roma");
    let world = world.group("new-roma").child_of("gypsies").serves("centre", "new-roma", MODE);
    assert_eq!(world.ask("centre", "roma").paths(), ["centre > new-roma"]);
}

#[test]
fn a_practice_group_is_the_organisations_its_filter_finds() {
    let world = World::new().team("ann").org("centre").org_of("surgery", OrganisationKind::GpPractice);
    let world = world.practices("small", of_kind(OrganisationKind::GpPractice));
    let world = world.contact_of("ann", "centre").contact_of("ann", "surgery").serves("centre", "small", MODE);
    assert_eq!(world.ask("ann", "small").paths(), ["ann > surgery"]);
}

#[test]
fn the_areas_of_a_practice_group_limit_the_organisations_and_are_never_relaxed() {
    let world = World::new().team("ann").area("city").area("coast").org_of("surgery", OrganisationKind::GpPractice);
    let world = world.practices("small", of_kind(OrganisationKind::GpPractice)).contact_of("ann", "surgery");
    let world = world.located_in("surgery", "city");
    assert_eq!(world.ask("ann", "small").in_area("city").paths(), ["ann > surgery"]);
    assert_eq!(world.ask("ann", "small").in_area("coast").reason(), NoPathReason::NoMatchingTarget);
}

#[test]
fn a_filter_finds_what_is_open_on_the_day_asked_about() {
    let world = World::new().team("ann").org("old").until("2024-01-01").contact_of("ann", "old");
    let asked = || world.ask_for_organisations("ann", of_kind(OrganisationKind::Vcfse));
    assert_eq!(asked().on_day("2023-06-01").paths(), ["ann > old"]);
    assert_eq!(asked().reason(), NoPathReason::NoMatchingTarget);
}

#[test]
fn a_filter_s_own_day_finds_the_body_but_the_path_needs_it_open() {
    let world = World::new().team("ann").org("old").until("2024-01-01").contact_of("ann", "old");
    let then = OrganisationFilter { open_as_of: Some(day("2023-06-01")), ..of_kind(OrganisationKind::Vcfse) };
    let ask = world.ask_for_organisations("ann", then);
    assert_eq!(ask.reason(), NoPathReason::OnlyExpiredLinks);
}

#[test]
fn where_practices_are_is_judged_on_the_day_asked_about_whatever_the_filter_s_day() {
    let then = OrganisationFilter { open_as_of: Some(day("2023-06-01")), ..of_kind(OrganisationKind::GpPractice) };
    let world = World::new().team("ann").area("city").org_of("surgery", OrganisationKind::GpPractice);
    let world = world.practices("small", then).contact_of("ann", "surgery");
    let world = world.located_in("surgery", "city").since("2025-01-01");
    assert_eq!(world.ask("ann", "small").in_area("city").paths(), ["ann > surgery"]);
}

#[test]
fn closed_bodies_are_found_as_they_stood_on_their_last_day() {
    let world = World::new().team("ann").area("city").org("old").until("2024-01-01").contact_of("ann", "old");
    let world = world.located_in("old", "city").until("2024-01-01");
    let in_city = OrganisationFilter {
        area: Some(world.named("city")),
        include_closed: Some(true),
        ..of_kind(OrganisationKind::Vcfse)
    };
    let ask = world.ask_for_organisations("ann", in_city);
    assert_eq!(ask.reason(), NoPathReason::OnlyExpiredLinks, "it is a target, though no path leads to a closed door");
}

#[test]
fn named_nodes_are_targets_and_a_group_among_them_is_a_group() {
    let world = World::new().team("ann").org("centre").group("carers").group("young-carers").child_of("carers");
    let world = world.contact_of("ann", "centre").serves("centre", "young-carers", MODE);
    let paths = world.ask_for_nodes("ann", &["centre", "carers"]).paths();
    assert_eq!(
        paths,
        ["ann > centre", "ann > centre > young-carers"],
        "and one target is passed on the way to the other"
    );
}

#[test]
fn a_person_who_refused_contact_is_no_target() {
    for status in [ConsentStatus::Refused, ConsentStatus::Withdrawn] {
        let world = World::new().team("ann").person("bea").contact(status).org("centre").knows("ann", "bea");
        let world = world.contact_of("ann", "centre");
        let ask = world.ask_for_nodes("ann", &["bea", "centre"]);
        assert_eq!(ask.paths(), ["ann > centre"]);
        assert_eq!(ask.noticed("CONTACT_REFUSED"), ["bea"]);
        assert_eq!(world.ask("ann", "bea").reason(), NoPathReason::NoMatchingTarget, "no relaxation restores them");
    }
}

#[test]
fn a_person_who_was_never_asked_for_contact_is_a_target() {
    for status in [ConsentStatus::NotAsked, ConsentStatus::Expired, ConsentStatus::Granted] {
        let world = World::new().team("ann").person("bea").contact(status).knows("ann", "bea");
        assert_eq!(world.ask("ann", "bea").paths(), ["ann > bea"]);
    }
}

#[test]
fn a_source_that_is_a_target_is_already_there() {
    let world = World::new().org("centre").org("hub").partners("centre", "hub");
    let answer = world.ask("centre", "centre").answer();
    assert!(answer.already_there.contains("org:centre"));
    assert_eq!(answer.no_path, None, "nothing is missing");
    let both = world.ask_for_nodes("centre", &["centre", "hub"]);
    assert_eq!(both.paths(), ["centre > hub"]);
    assert_eq!(both.answer().already_there.len(), 1);
}

#[test]
fn nothing_leads_on_from_a_group() {
    let world = World::new().org("centre").org("hub").group("carers");
    let world = world.serves("centre", "carers", MODE).serves("hub", "carers", MODE);
    assert_eq!(world.ask("centre", "hub").reason(), NoPathReason::Disconnected);
}

#[test]
fn a_closed_body_as_target_is_its_live_successors() {
    let world = World::new().team("ann").org("old").until("2024-01-01").org("north").org("south");
    let world = world.succeeded_by("old", "north").succeeded_by("old", "south");
    let world = world.contact_of("ann", "north").contact_of("ann", "south");
    let ask = world.ask("ann", "old");
    assert_eq!(ask.paths(), ["ann > north", "ann > south"], "all of a split");
    assert_eq!(ask.noticed("SUCCESSOR_USED"), ["north", "old", "south"]);
}

#[test]
fn succession_stops_at_the_first_live_body_of_each_branch() {
    let world = World::new().team("ann").org("first").until("2020-01-01").org("second").until("2024-01-01");
    let world = world.org("third").org("fourth").succeeded_by("first", "second").succeeded_by("second", "third");
    let world = world.succeeded_by("third", "fourth").contact_of("ann", "third").contact_of("ann", "fourth");
    assert_eq!(world.ask("ann", "first").paths(), ["ann > third"]);
    assert_eq!(
        world.ask("ann", "first").on_day("2022-01-01").reason(),
        NoPathReason::Disconnected,
        "second it was then"
    );
}

#[test]
fn a_closed_body_without_a_successor_stands_for_itself() {
    let world = World::new().team("ann").org("old").until("2024-01-01").contact_of("ann", "old");
    let ask = world.ask("ann", "old");
    assert_eq!(ask.reason(), NoPathReason::OnlyExpiredLinks);
    assert!(ask.noticed("SUCCESSOR_USED").is_empty());
}

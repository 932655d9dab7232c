//! Where a group is served: the areas of the question, the group's own, and those of whoever serves.

use super::builders::World;
use inroads::model::ServeMode;
use inroads::outreach::NoPathReason;

/// A street in a city in a region, and a coast elsewhere.
fn map() -> World {
    World::new().area("region").area_in("city", "region").area_in("street", "city").area("coast")
}

/// A centre that serves carers.
fn centre() -> World {
    map().org("centre").group("carers").serves("centre", "carers", ServeMode::Faith)
}

fn is_served(world: &World, area: &str) -> bool {
    !world.ask("centre", "carers").in_area(area).answer().paths.is_empty()
}

#[test]
fn whoever_is_located_in_an_area_or_within_it_serves_there() {
    let world = centre().located_in("centre", "city");
    let served = ["region", "city", "street", "coast"].map(|area| is_served(&world, area));
    assert_eq!(served, [true, true, false, false], "being in the city says nothing of one street");
}

#[test]
fn whoever_covers_an_area_or_part_of_it_or_what_contains_it_serves_there() {
    let world = centre().covers("centre", "city");
    let served = ["region", "city", "street", "coast"].map(|area| is_served(&world, area));
    assert_eq!(served, [true, true, true, false]);
}

#[test]
fn one_of_several_areas_is_enough() {
    let world = centre().located_in("centre", "city");
    assert_eq!(world.ask("centre", "carers").in_area("coast").in_area("city").paths(), ["centre > carers"]);
}

#[test]
fn area_facts_are_dated_and_may_be_guesses() {
    let world = centre().located_in("centre", "city").until("2026-01-01");
    assert!(!is_served(&world, "city"));
    assert_eq!(world.ask("centre", "carers").in_area("city").on_day("2025-12-31").paths(), ["centre > carers"]);
    assert!(is_served(&centre().located_in("centre", "city").inferred(), "city"));
}

#[test]
fn an_area_s_own_dates_never_filter() {
    let world = World::new().area("city").until("1999-01-01").org("centre").group("carers");
    let world = world.serves("centre", "carers", ServeMode::Faith).located_in("centre", "city");
    assert!(is_served(&world, "city"));
}

/// A person who serves carers and holds a role at a body in the city.
fn bea() -> World {
    let world = map().team("ann").person("bea").org("library").group("carers").knows("ann", "bea");
    let world = world.serves("bea", "carers", ServeMode::PeerLed).located_in("library", "city");
    world.role_at("bea", "library")
}

#[test]
fn a_person_is_at_work_where_their_bodies_are() {
    let ask = |world: &World| world.ask("ann", "carers").in_area("city").answer();
    assert_eq!(ask(&bea()).paths.len(), 1);
    assert!(ask(&bea().until("2026-01-01")).paths.is_empty(), "a role they have left");
    assert!(ask(&bea().inferred()).paths.is_empty(), "a role that is a guess");
    assert_eq!(bea().inferred().ask("ann", "carers").in_area("city").with_inferred().answer().paths.len(), 1);
}

#[test]
fn a_person_covers_areas_themselves() {
    let world = map().team("ann").person("bea").group("carers").knows("ann", "bea");
    let world = world.serves("bea", "carers", ServeMode::PeerLed).covers("bea", "city");
    assert_eq!(world.ask("ann", "carers").in_area("street").paths(), ["ann > bea > carers"]);
}

#[test]
fn only_the_serving_node_has_to_share_the_area() {
    let world = centre().team("ann").contact_of("ann", "centre").located_in("centre", "city").covers("ann", "coast");
    assert_eq!(world.ask("ann", "carers").in_area("city").paths(), ["ann > centre > carers"]);
    assert_eq!(world.ask("ann", "carers").in_area("coast").reason(), NoPathReason::NobodyServesTarget);
}

/// Carers of the city, and young carers of the coast among them.
fn local_groups() -> World {
    let world = map().org("centre").group("carers").living_in("city");
    world.group("young-carers").child_of("carers").living_in("coast")
}

#[test]
fn a_group_s_own_area_is_part_of_the_target() {
    let world = local_groups().serves("centre", "carers", ServeMode::Faith);
    assert_eq!(world.ask("centre", "carers").reason(), NoPathReason::NobodyServesTarget);
    let world = world.located_in("centre", "street");
    assert_eq!(world.ask("centre", "carers").paths(), ["centre > carers"]);
    let elsewhere = world.covers("centre", "coast");
    assert_eq!(
        elsewhere.ask("centre", "carers").in_area("coast").paths(),
        ["centre > carers"],
        "both, each its own way"
    );
}

#[test]
fn own_areas_of_children_do_not_bind_but_that_of_the_group_named_does() {
    let world = local_groups().serves("centre", "young-carers", ServeMode::Faith).located_in("centre", "city");
    assert_eq!(world.ask("centre", "carers").paths(), ["centre > young-carers"]);
    assert_eq!(world.ask("centre", "young-carers").reason(), NoPathReason::NobodyServesTarget);
}

#[test]
fn an_own_area_is_never_relaxed_though_its_dates_are() {
    let world = local_groups().serves("centre", "carers", ServeMode::Faith).located_in("centre", "city");
    let expired = world.until("2026-01-01");
    let why = expired.ask("centre", "carers").why_not();
    assert_eq!(why.0, NoPathReason::OnlyExpiredLinks);
    assert_eq!(why.2.as_deref(), Some("centre"));
    let far = local_groups().org("hub").serves("centre", "carers", ServeMode::Faith).located_in("centre", "coast");
    let ask = far.partners("hub", "centre");
    assert_eq!(ask.ask("hub", "carers").reason(), NoPathReason::NobodyServesTarget);
}

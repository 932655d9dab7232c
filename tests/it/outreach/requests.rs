//! What may not be asked: values out of range, names of the wrong type, and what some readers may not name.

use super::builders::World;
use inroads::model::{ConsentStatus, OrganisationFilter, ServeMode};
use inroads::snapshot::resolve::ProblemKind::{Forbidden, Invalid};

fn world() -> World {
    let world = World::new().team("ann").person_who("bea", ConsentStatus::NotAsked).area("city").org("centre");
    let world = world.group("carers").knows("ann", "bea").role_at("bea", "centre");
    world.serves("centre", "carers", ServeMode::Faith)
}

#[test]
fn values_out_of_range_are_refused() {
    let world = world();
    for hops in [0, 9] {
        assert_eq!(world.ask("ann", "carers").hops(hops).refusal(), (Invalid, "maxHops".to_owned()));
    }
    for k in [0, 101] {
        assert_eq!(world.ask("ann", "carers").first(k).refusal(), (Invalid, "k".to_owned()));
    }
}

#[test]
fn an_empty_list_of_sources_or_an_empty_organisation_filter_is_refused() {
    let world = world();
    assert_eq!(world.ask("ann", "carers").of_nobody().refusal(), (Invalid, "from".to_owned()));
    let everybody = world.ask_for_organisations("ann", OrganisationFilter::default());
    assert_eq!(everybody.refusal(), (Invalid, "to.organisations".to_owned()));
    let empty_lists = OrganisationFilter { kind: Some(Vec::new()), ..OrganisationFilter::default() };
    assert_eq!(world.ask_for_organisations("ann", empty_lists).refusal().0, Invalid, "an empty list counts as absent");
}

#[test]
fn areas_are_for_groups_only() {
    let world = world();
    assert_eq!(world.ask("ann", "centre").in_area("city").refusal(), (Invalid, "areas".to_owned()));
    assert_eq!(world.ask_for_nodes("ann", &["carers", "centre"]).in_area("city").refusal().0, Invalid);
}

#[test]
fn a_group_or_an_area_is_no_source_and_an_area_no_target() {
    let world = world();
    assert_eq!(world.ask("carers", "centre").refusal().0, Invalid);
    assert_eq!(world.ask("city", "centre").refusal().0, Invalid);
    assert_eq!(world.ask("ann", "city").refusal().0, Invalid);
}

#[test]
fn a_partner_may_neither_name_people_nor_walk_through_those_not_asked() {
    let world = world();
    assert_eq!(world.ask("ann", "carers").by_partner().refusal().0, Forbidden);
    assert_eq!(world.ask("centre", "bea").by_partner().refusal().0, Forbidden);
    assert_eq!(world.ask("centre", "carers").avoiding("bea").by_partner().refusal().0, Forbidden);
    let unasked = world.ask_team("carers").with_unasked().by_partner();
    assert_eq!(unasked.refusal(), (Forbidden, "includeUnasked".to_owned()));
}

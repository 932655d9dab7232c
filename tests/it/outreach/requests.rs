//! What may not be asked: values out of range, names of the wrong type, and what some readers may not name.

use super::builders::World;
use inroads::model::{ConsentStatus, NodeRef, OrganisationFilter, ServeMode};
use inroads::outreach::NoPathReason::ConstraintsExcludeAll;
use inroads::outreach::ViaName;
use inroads::snapshot::resolve::ProblemKind::{Forbidden, Invalid, NotFound};

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
    assert_eq!(world.ask("ann", "carers").structural(9).refusal(), (Invalid, "maxStructuralHops".to_owned()));
    for least in [0.0, -0.1, 1.1, f64::NAN] {
        let refusal = world.ask("ann", "carers").probable(least).refusal();
        assert_eq!(refusal, (Invalid, "minProbability".to_owned()), "{least}");
    }
    for share in [-0.1, 1.1, f64::NAN] {
        assert_eq!(world.ask("ann", "carers").diverse(share).refusal(), (Invalid, "diversity".to_owned()), "{share}");
    }
}

#[test]
fn the_bounds_themselves_are_in_range() {
    let world = world();
    let ask = || world.ask("bea", "centre");
    assert_eq!(ask().structural(0).structural(8).paths().len(), 1);
    assert_eq!(ask().probable(1.0).reason(), ConstraintsExcludeAll, "nothing is certain");
    assert_eq!(ask().probable(f64::MIN_POSITIVE).paths().len(), 1);
    assert_eq!(ask().diverse(0.0).paths().len(), 1);
    assert_eq!(ask().diverse(1.0).paths().len(), 1);
}

#[test]
fn who_is_to_be_passed_may_not_be_avoided_too() {
    let world = world().org("old").until("2020-01-01").succeeded_by("old", "centre");
    let ask = || world.ask("ann", "carers").via("bea");
    assert_eq!(ask().avoiding("bea").refusal(), (Invalid, "via.nodes.0".to_owned()));
    assert_eq!(ask().via("centre").avoiding("old").refusal(), (Invalid, "via.nodes.1".to_owned()), "its successor is");
    assert_eq!(ask().via("old").avoiding("centre").refusal(), (Invalid, "via.nodes.1".to_owned()));
    assert!(ask().avoiding("bea").complaint().contains("ind:bea"), "the node is told by its key");
}

#[test]
fn who_is_to_be_passed_has_to_be_known() {
    let world = world();
    let nobody = |via: &mut ViaName| via.nodes.push(NodeRef::Id("org:nowhere".to_owned()));
    let refusal = world.ask("ann", "carers").via("bea").via_any(nobody).refusal();
    assert_eq!(refusal, (NotFound, "via.nodes.1.id".to_owned()));
    assert_eq!(world.ask("ann", "carers").via("city").refusal().0, Invalid, "no path passes an area");
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
    assert_eq!(world.ask_team("carers").via("bea").by_partner().refusal(), (Forbidden, "via.nodes.0".to_owned()));
    let unasked = world.ask_team("carers").with_unasked().by_partner();
    assert_eq!(unasked.refusal(), (Forbidden, "includeUnasked".to_owned()));
}

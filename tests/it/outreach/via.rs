//! Through whom a path has to go, and how likely it has to be.

use super::builders::World;
use inroads::model::{ConsentStatus, Formality, NodeType, OrganisationKind, ServeMode};

/// Ann reaches the centre by the hub at a half, by the forum at a quarter, by Bea at less.
fn three_ways() -> World {
    let world = World::new().team("ann").org_of("hub", OrganisationKind::Cvs).network("forum", Formality::Informal);
    let world = world.person("bea").org("centre");
    let world = world.contact_of("ann", "hub").fresh().strength(1.0).partners("hub", "centre").fresh().strength(0.5);
    let world =
        world.member_of("ann", "forum").fresh().strength(0.5).member_of("centre", "forum").fresh().strength(0.5);
    world.knows("ann", "bea").fresh().strength(0.4).role_at("bea", "centre").fresh().strength(0.5)
}

#[test]
fn the_union_of_all_that_is_named_counts() {
    let world = three_ways();
    let ask = || world.ask("ann", "centre");
    let (hub, forum, bea) = ("ann > hub > centre", "ann > forum > centre", "ann > bea > centre");
    assert_eq!(ask().paths(), [hub, forum, bea]);
    assert_eq!(ask().via("bea").paths(), [bea]);
    assert_eq!(ask().via("bea").via("hub").paths(), [hub, bea]);
    assert_eq!(ask().via_any(|via| via.types = vec![NodeType::Network]).paths(), [forum]);
    assert_eq!(ask().via_any(|via| via.formality = Some(Formality::Informal)).paths(), [forum]);
    assert_eq!(ask().via_any(|via| via.organisation_kinds = vec![OrganisationKind::Cvs]).paths(), [hub]);
    assert_eq!(ask().via("bea").via_any(|via| via.formality = Some(Formality::Informal)).paths(), [forum, bea]);
}

#[test]
fn asking_for_nothing_is_not_asking() {
    assert_eq!(three_ways().ask("ann", "centre").via_any(|_| {}).paths().len(), 3);
}

#[test]
fn a_shortcut_that_leaves_out_whom_one_has_to_pass_makes_no_detour() {
    // Through the forum is the long way round by the hub, and the only way with the forum on it.
    let world = World::new().team("ann").org("hub").network("forum", Formality::Formal).org("centre");
    let world = world.contact_of("ann", "hub").fresh().partners("hub", "centre").fresh();
    let world = world.member_of("hub", "forum").fresh().member_of("centre", "forum").fresh();
    let ask = || world.ask("ann", "centre");
    assert_eq!(ask().paths(), ["ann > hub > centre"]);
    assert_eq!(ask().via("forum").paths(), ["ann > hub > forum > centre"]);
    assert_eq!(ask().via("forum").via("hub").paths(), ["ann > hub > centre"], "now the shortcut passes one of them");
}

#[test]
fn a_shortcut_to_whom_one_has_to_pass_serves_only_paths_that_go_on() {
    // Bea is a target as well as on the way: the step straight to her passes nobody when the path ends there.
    let world = World::new().team("ann").person("cat").person("bea").org("centre");
    let world = world.knows("ann", "bea").fresh().knows("ann", "cat").fresh().knows("cat", "bea").fresh();
    let world = world.role_at("bea", "centre").fresh();
    let ask = world.ask_for_nodes("ann", &["bea", "centre"]).via("bea").via("cat");
    assert_eq!(ask.paths(), ["ann > bea > centre", "ann > cat > bea"]);
}

#[test]
fn a_closed_body_is_passed_by_way_of_those_that_stand_for_it() {
    let world = three_ways().org("old").until("2020-01-01").succeeded_by("old", "hub");
    let ask = world.ask("ann", "centre").via("old");
    assert_eq!(ask.paths(), ["ann > hub > centre"]);
    assert_eq!(ask.noticed("SUCCESSOR_USED"), ["hub", "old"]);
}

#[test]
fn a_partner_passes_people_by_type_though_not_by_name() {
    let ask = three_ways();
    let ask = ask.ask_team("centre").via_any(|via| via.types = vec![NodeType::Individual]).by_partner();
    assert_eq!(ask.paths(), ["ann > bea > centre"]);
}

#[test]
fn the_bound_of_probability_is_one_of_costs() {
    let world = three_ways();
    let ask = |least| world.ask("ann", "centre").probable(least).paths().len();
    assert_eq!([ask(0.2), ask(0.200_001), ask(0.25), ask(0.250_001)], [3, 2, 2, 1]);
}

#[test]
fn consent_is_asked_of_whom_one_has_to_pass() {
    let world = World::new().team("ann").person_who("bea", ConsentStatus::Refused).org("centre").group("carers");
    let world = world.knows("ann", "bea").role_at("bea", "centre").contact_of("ann", "centre");
    let world = world.serves("centre", "carers", ServeMode::Faith);
    assert_eq!(world.ask("ann", "carers").paths(), ["ann > centre > carers"]);
    let (reason, _, closest) = world.ask("ann", "carers").via("bea").why_not();
    assert_eq!((format!("{reason:?}").as_str(), closest.as_deref()), ("BlockedByConsent", Some("ann")));
}

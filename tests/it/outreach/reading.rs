//! What an answer says about a path besides its order: likelihood, warmth, weak and stale links, further evidence.

use super::builders::World;
use inroads::model::{HopClass, ServeMode};
use inroads::outreach::{Likelihood, Warmth};

#[test]
fn likelihood_is_bounded_by_costs_bounds_included() {
    for (strength, likelihood) in [
        (0.5, Likelihood::Likely),
        (0.499_999, Likelihood::Possible),
        (0.2, Likelihood::Possible),
        (0.199_999, Likelihood::Unlikely),
        (0.05, Likelihood::Unlikely),
        (0.049_999, Likelihood::Remote),
    ] {
        let world = World::new().team("ann").person("bea").knows("ann", "bea").fresh().strength(strength);
        assert_eq!(world.ask("ann", "bea").path().likelihood, likelihood, "{strength}");
    }
}

#[test]
fn a_warm_first_step_and_nothing_structural_is_warm() {
    let world = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub").partners("hub", "centre");
    assert_eq!(world.ask("ann", "centre").path().warmth, Warmth::Warm);
    assert_eq!(world.ask("hub", "centre").path().warmth, Warmth::Networked);
    let world = world.org("annexe").hosts("centre", "annexe");
    assert_eq!(world.ask("ann", "annexe").path().warmth, Warmth::Networked, "one hop is structural");
}

#[test]
fn a_first_step_of_another_class_is_warm_when_a_warm_relation_joins_the_same_two() {
    let world = World::new().team("ann").org("hub").role_at("ann", "hub").fresh();
    assert_eq!(world.ask("ann", "hub").path().warmth, Warmth::Networked);
    let joined = || world.clone().contact_of("ann", "hub");
    assert_eq!(joined().ask("ann", "hub").path().hops[0].class, HopClass::Role);
    assert_eq!(joined().ask("ann", "hub").path().warmth, Warmth::Warm);
    assert_eq!(joined().until("2026-01-01").ask("ann", "hub").path().warmth, Warmth::Networked, "not live");
    assert_eq!(joined().inferred().ask("ann", "hub").path().warmth, Warmth::Networked, "a guess, not allowed");
    assert_eq!(joined().inferred().ask("ann", "hub").with_inferred().path().warmth, Warmth::Warm);
    assert_eq!(
        joined().ask("ann", "hub").allowing(HopClass::Role).path().warmth,
        Warmth::Networked,
        "class not allowed"
    );
}

#[test]
fn serving_the_group_oneself_is_warm() {
    let world = World::new().org("centre").group("carers").serves("centre", "carers", ServeMode::Faith);
    assert_eq!(world.ask("centre", "carers").path().warmth, Warmth::Warm);
}

#[test]
fn nothing_but_structure_is_cold_whoever_serves_at_its_end() {
    let world = World::new().org("icb").org("centre").group("carers").hosts("icb", "centre");
    let world = world.serves("centre", "carers", ServeMode::Faith);
    assert_eq!(world.ask("icb", "carers").path().warmth, Warmth::Cold);
    assert_eq!(world.ask("icb", "centre").path().warmth, Warmth::Cold);
}

#[test]
fn the_weakest_link_is_the_least_likely_and_the_stalest_the_least_fresh() {
    let world = World::new().team("ann").org("hub").org("centre").org("annexe").group("carers");
    let world = world.contact_of("ann", "hub").confirmed("2025-03-10").strength(1.0); // fresh 0.5, p 0.5
    let world = world.partners("hub", "centre").confirmed("2024-03-10").strength(1.0); // fresh 0.5, p 0.5
    let world = world.hosts("centre", "annexe"); // does not age, p 0.1
    let path = world.serves("annexe", "carers", ServeMode::PeerLed).fresh().ask("ann", "carers").path();
    assert_eq!((path.weakest, path.stalest), (2, Some(0)), "the first of two that are equally stale");
}

#[test]
fn of_equally_weak_links_the_earlier_is_named() {
    let world = World::new().team("ann").person("bea").person("cat").knows("ann", "bea").knows("bea", "cat");
    assert_eq!(world.ask("ann", "cat").path().weakest, 0);
}

#[test]
fn what_does_not_age_is_never_stale() {
    let world = World::new().org("icb").org("centre").hosts("icb", "centre");
    assert_eq!(world.ask("icb", "centre").path().stalest, None);
}

#[test]
fn further_evidence_is_every_other_live_relation_of_the_step() {
    let world = World::new().team("ann").team("bea").org("centre");
    let world = world.role_at("ann", "centre").fresh().with_id("rel:role");
    let world = world.contact_of("ann", "centre").with_id("rel:contact");
    let world = world.role_at("ann", "centre").titled("chair").inferred().with_id("rel:guess");
    let world = world.role_at("ann", "centre").titled("trustee").until("2026-01-01").with_id("rel:former");
    let path = world.ask("ann", "centre").path();
    assert_eq!(path.hops[0].relation, "rel:role");
    assert_eq!(path.hops[0].further.iter().map(String::as_str).collect::<Vec<_>>(), ["rel:contact", "rel:guess"]);
}

//! Hop probabilities and costs, with digits worked out by hand: `p = strength × freshness × confidence × hub`,
//! `cost = round(−ln p × 10⁶)`.

use super::builders::World;
use super::reply::Exact;
use inroads::model::{EvidenceKind, RelationKind, ServeMode};
use inroads::outreach::Settings;

/// Ann of the team knows Bea; nothing else is said.
fn ann_knows_bea() -> World {
    World::new().team("ann").person("bea").knows("ann", "bea")
}

#[test]
fn a_fresh_acquaintance_at_first_hand_is_one_in_two() {
    let path = ann_knows_bea().fresh().ask("ann", "bea").path();
    assert_eq!(path.probabilities(), [0.5]);
    assert_eq!(path.cost, 693_147);
    assert_eq!(path.probability, Exact(libm::exp(-693_147.0 / 1_000_000.0)));
}

#[test]
fn an_undated_relation_is_half_fresh() {
    let path = ann_knows_bea().ask("ann", "bea").path();
    assert_eq!(path.hops[0].factors, [0.5, 0.5, 1.0, 1.0].map(Exact));
    assert_eq!(path.cost, 1_386_294);
}

#[test]
fn a_year_halves_what_a_warm_relation_is_worth() {
    let path = ann_knows_bea().confirmed("2025-03-10").ask("ann", "bea").path();
    assert_eq!(path.hops[0].factors, [0.5, 0.5, 1.0, 1.0].map(Exact));
}

#[test]
fn half_lives_are_those_of_the_class() {
    let world = World::new().team("ann").org("hub").org("centre").group("carers");
    let world = world.role_at("ann", "hub").confirmed("2023-03-11"); // 1,095 days
    let world = world.partners("hub", "centre").confirmed("2024-03-10"); // 730 days
    let world = world.serves("centre", "carers", ServeMode::PeerLed).confirmed("2024-03-10");
    let path = world.ask("ann", "carers").path();
    assert_eq!(path.hops.iter().map(|hop| hop.factors[1].0).collect::<Vec<_>>(), [0.5, 0.5, 0.5]);
    assert_eq!(path.costs(), [798_508, 1_203_973, 798_508]);
}

#[test]
fn a_month_costs_a_little() {
    let path = ann_knows_bea().confirmed("2026-02-08").ask("ann", "bea").path();
    assert_eq!(path.cost, 750_118, "0.5 × 2^(−30/365)");
}

#[test]
fn without_a_confirmation_the_first_valid_day_counts() {
    let path = ann_knows_bea().since("2025-03-10").ask("ann", "bea").path();
    assert_eq!(path.hops[0].factors[1], Exact(0.5));
    let path = ann_knows_bea().since("2020-01-01").confirmed("2025-03-10").ask("ann", "bea").path();
    assert_eq!(path.hops[0].factors[1], Exact(0.5));
}

#[test]
fn age_is_counted_to_the_day_asked_about_and_is_never_negative() {
    let world = ann_knows_bea().confirmed("2025-03-10");
    assert_eq!(world.ask("ann", "bea").on_day("2025-03-10").path().cost, 693_147);
    assert_eq!(world.ask("ann", "bea").on_day("2024-03-10").path().cost, 693_147);
    assert_eq!(world.ask("ann", "bea").on_day("2025-03-11").path().hops[0].factors[1], Exact(libm::exp2(-1.0 / 365.0)));
}

#[test]
fn age_leaves_at_least_a_tenth() {
    let path = ann_knows_bea().confirmed("2010-01-01").ask("ann", "bea").path();
    assert_eq!(path.hops[0].factors[1], Exact(0.1));
}

#[test]
fn structural_relations_do_not_age() {
    let world = World::new().org("icb").org("practice");
    let world = world.relate(RelationKind::CommissionedBy, "practice", "icb").since("1999-01-01");
    let path = world.ask("icb", "practice").path();
    assert_eq!(path.hops[0].factors, [0.1, 1.0, 1.0, 1.0].map(Exact));
    assert_eq!(path.cost, 2_302_585);
    assert!(!path.hops[0].forward, "walked against the way it is recorded");
}

#[test]
fn a_role_opens_the_body_to_the_person_more_than_the_person_to_the_body() {
    let world = World::new().team("ann").org("centre").role_at("ann", "centre").fresh();
    assert_eq!(world.ask("ann", "centre").path().cost, 105_361);
    assert_eq!(world.ask("centre", "ann").path().cost, 510_826);
    let world = World::new().team("ann").org("centre").role_at("ann", "centre").fresh().strength(0.8);
    assert_eq!(world.ask("ann", "centre").path().cost, 223_144);
    assert_eq!(world.ask("centre", "ann").path().cost, 223_144);
}

#[test]
fn each_mode_of_serving_has_its_strength() {
    for (mode, cost) in [
        (ServeMode::PeerLed, 105_361),
        (ServeMode::DirectService, 223_144),
        (ServeMode::Advocacy, 356_675),
        (ServeMode::Faith, 356_675),
        (ServeMode::Signposting, 916_291),
    ] {
        let world = World::new().org("centre").group("carers").serves("centre", "carers", mode).fresh();
        assert_eq!(world.ask("centre", "carers").path().cost, cost, "{mode}");
    }
}

#[test]
fn evidence_is_believed_by_its_best_kind() {
    for (kind, confidence) in [
        (EvidenceKind::FirstHand, 1.0),
        (EvidenceKind::OfficialRegister, 1.0),
        (EvidenceKind::Documented, 0.9),
        (EvidenceKind::Imported, 0.8),
        (EvidenceKind::Inferred, 0.4),
    ] {
        let path = ann_knows_bea().fresh().evidence(kind).ask("ann", "bea").with_inferred().path();
        assert_eq!(path.hops[0].factors[2], Exact(confidence), "{kind}");
        assert_eq!(path.hops[0].probability, Exact(0.5 * confidence), "{kind}");
    }
}

#[test]
fn a_hop_is_never_certain_and_never_hopeless() {
    let sure = ann_knows_bea().fresh().strength(1.0).ask("ann", "bea").path();
    assert_eq!((sure.hops[0].probability, sure.cost), (Exact(0.999), 1_001));
    let faint = ann_knows_bea().fresh().strength(0.000_01).ask("ann", "bea").path();
    assert_eq!((faint.hops[0].probability, faint.cost), (Exact(0.001), 6_907_755));
}

/// A body with so many partners, `partner-1` first.
fn with_partners(count: usize) -> World {
    (1..=count).fold(World::new().org("hub"), |world, place| {
        let name = format!("partner-{place}");
        world.org(&name).partners("hub", &name).fresh()
    })
}

#[test]
fn leaving_a_hub_is_a_weaker_introduction() {
    let hub = |count| with_partners(count).ask("hub", "partner-1").path();
    assert_eq!(hub(8).hops[0].factors[3], Exact(1.0));
    assert_eq!(hub(9).cost, 667_765, "0.6 / (1 + log2(9/8))");
    assert_eq!(hub(16).hops[0].factors[3], Exact(0.5));
    assert_eq!(hub(16).cost, 1_203_973);
    let into = with_partners(16).ask("partner-1", "hub").path();
    assert_eq!(into.hops[0].factors[3], Exact(1.0), "arriving at a hub costs nothing extra");
}

#[test]
fn a_hub_is_counted_by_neighbours_of_the_hop_s_class_over_live_relations() {
    let twice = with_partners(8).relate(RelationKind::Funds, "partner-2", "hub");
    assert_eq!(twice.ask("hub", "partner-1").path().hops[0].factors[3], Exact(1.0), "the same neighbour again");
    let hosted = with_partners(8).org("host").hosts("host", "hub");
    assert_eq!(hosted.ask("hub", "partner-1").path().hops[0].factors[3], Exact(1.0), "of another class");
    let former = with_partners(8).org("former").partners("hub", "former").until("2026-03-10");
    assert_eq!(former.ask("hub", "partner-1").path().hops[0].factors[3], Exact(1.0), "ended");
    let closed = with_partners(8).org("closed").until("2026-03-10").partners("hub", "closed");
    assert_eq!(closed.ask("hub", "partner-1").path().hops[0].factors[3], Exact(1.0), "closed");
}

#[test]
fn knowing_many_people_is_no_hub() {
    let world = (1..=16).fold(World::new().team("ann"), |world, place| {
        let name = format!("friend-{place}");
        world.person(&name).knows("ann", &name).fresh()
    });
    assert_eq!(world.ask("ann", "friend-1").path().hops[0].factors, [0.5, 1.0, 1.0, 1.0].map(Exact));
}

#[test]
fn factors_can_be_switched_off() {
    let stale = ann_knows_bea().ask("ann", "bea").set(|settings| settings.freshness = false).path();
    assert_eq!(stale.cost, 693_147);
    let world = with_partners(16);
    let crowd = world.ask("hub", "partner-1").set(|settings: &mut Settings| settings.hub = false).path();
    assert_eq!(crowd.cost, 510_826);
}

#[test]
fn costs_add_up_exactly() {
    let world = World::new().team("ann").person("bea").org("centre").group("carers");
    let world = world.knows("ann", "bea").fresh().role_at("bea", "centre").fresh();
    let path = world.serves("centre", "carers", ServeMode::DirectService).fresh().ask("ann", "carers").path();
    assert_eq!(path.costs(), [693_147, 105_361, 223_144]);
    assert_eq!(path.cost, 1_021_652);
    assert_eq!(path.probability, Exact(libm::exp(-1.021_652)));
}

//! Where a path may start, how it may run, and what the asker may rule out.

use super::builders::World;
use inroads::model::{HopClass, RelationKind, ServeMode};
use inroads::outreach::NoPathReason;

#[test]
fn the_team_is_every_one_of_ours() {
    let world = World::new().team("ann").team("cat").person("bea").org("centre");
    let world = world.contact_of("ann", "centre").contact_of("cat", "centre").role_at("bea", "centre");
    assert_eq!(world.ask_team("centre").paths(), ["ann > centre", "cat > centre"]);
}

#[test]
fn a_source_is_only_ever_the_first_of_a_path() {
    let world = World::new().team("ann").team("cat").org("centre").knows("ann", "cat").contact_of("cat", "centre");
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > cat > centre"]);
    assert_eq!(world.ask_team("centre").paths(), ["cat > centre"]);
}

#[test]
fn a_source_to_be_avoided_is_dropped_with_a_notice() {
    let world = World::new().team("ann").team("cat").org("centre");
    let world = world.contact_of("ann", "centre").contact_of("cat", "centre");
    let ask = world.ask_team("centre").avoiding("ann");
    assert_eq!(ask.paths(), ["cat > centre"]);
    assert_eq!(ask.noticed("SOURCE_DROPPED"), ["ann"]);
}

#[test]
fn a_source_that_is_not_live_is_dropped_with_a_notice() {
    let world = World::new().org("new").since("2026-04-01").org("hub").org("centre");
    let world = world.partners("new", "centre").partners("hub", "centre");
    let ask = world.ask("new", "centre").and_from("hub");
    assert_eq!(ask.paths(), ["hub > centre"]);
    assert_eq!(ask.noticed("SOURCE_DROPPED"), ["new"]);
}

#[test]
fn a_dropped_source_stays_a_target() {
    let world = World::new().org("hub").org("centre").until("2026-01-01").partners("hub", "centre");
    let answer = world.ask("centre", "centre").answer();
    assert!(answer.already_there.is_empty());
    assert!(answer.no_path.is_some());
}

#[test]
fn a_closed_source_is_its_successor() {
    let world = World::new().org("old").until("2024-01-01").org("new").org("centre").succeeded_by("old", "new");
    let ask = world.partners("new", "centre");
    let ask = ask.ask("old", "centre");
    assert_eq!(ask.paths(), ["new > centre"]);
    assert_eq!(ask.noticed("SUCCESSOR_USED"), ["new", "old"]);
    assert!(ask.noticed("SOURCE_DROPPED").is_empty());
}

#[test]
fn avoiding_a_closed_body_avoids_its_successors_too() {
    let world = World::new().team("ann").org("old").until("2024-01-01").org("new").org("centre");
    let world = world.succeeded_by("old", "new").contact_of("ann", "new").partners("new", "centre");
    let world = world.contact_of("ann", "old").since("2020-01-01");
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > new > centre"]);
    let ask = world.ask("ann", "centre").avoiding("old");
    assert_eq!(ask.reason(), NoPathReason::ConstraintsExcludeAll);
    assert_eq!(ask.noticed("SUCCESSOR_USED"), ["new", "old"]);
}

#[test]
fn a_one_way_acquaintance_is_walked_one_way() {
    let world = World::new().person("ann").person("bea").knows("ann", "bea");
    assert_eq!(world.ask("bea", "ann").paths(), ["bea > ann"]);
    let world = world.one_way();
    assert_eq!(world.ask("ann", "bea").paths(), ["ann > bea"]);
    assert_eq!(world.ask("bea", "ann").reason(), NoPathReason::Disconnected);
}

#[test]
fn some_relations_are_never_a_hop() {
    for kind in [RelationKind::SucceededBy, RelationKind::SimilarTo] {
        let world = World::new().org("hub").org("centre").relate(kind, "hub", "centre");
        assert_eq!(world.ask("hub", "centre").reason(), NoPathReason::Disconnected, "{kind}");
    }
}

#[test]
fn a_relation_holds_on_its_first_day_and_not_on_its_end() {
    let world = World::new().team("ann").person("bea").knows("ann", "bea").since("2026-03-10").until("2026-03-11");
    assert_eq!(world.ask("ann", "bea").paths(), ["ann > bea"]);
    for on in ["2026-03-09", "2026-03-11"] {
        assert_eq!(world.ask("ann", "bea").on_day(on).reason(), NoPathReason::OnlyExpiredLinks, "{on}");
    }
}

#[test]
fn a_hop_needs_both_its_ends_open() {
    let world = World::new().team("ann").org("hub").until("2026-03-10").org("centre");
    let world = world.contact_of("ann", "hub").partners("hub", "centre");
    assert_eq!(world.ask("ann", "centre").reason(), NoPathReason::OnlyExpiredLinks);
    assert_eq!(world.ask("ann", "centre").on_day("2026-03-09").paths(), ["ann > hub > centre"]);
}

#[test]
fn allow_lists_classes_and_trust_is_always_allowed() {
    let world = World::new().team("ann").org("hub").org("centre").group("carers").contact_of("ann", "hub");
    let world = world.hosts("hub", "centre").serves("hub", "carers", ServeMode::Faith);
    assert_eq!(world.ask("ann", "carers").allowing(HopClass::Warm).paths(), ["ann > hub > carers"]);
    assert_eq!(
        world.ask("ann", "centre").allowing(HopClass::Warm).reason(),
        NoPathReason::ConstraintsExcludeAll,
        "the last hop is structural"
    );
}

#[test]
fn allowing_another_class_finds_the_dearer_relation_of_the_step() {
    let world =
        World::new().team("ann").org("centre").contact_of("ann", "centre").fresh().role_at("ann", "centre").fresh();
    assert_eq!(world.ask("ann", "centre").path().cost, 105_361, "the role is the cheaper");
    assert_eq!(world.ask("ann", "centre").allowing(HopClass::Warm).path().cost, 693_147);
}

#[test]
fn serve_modes_limit_the_last_hop() {
    let world = World::new().org("centre").group("carers");
    let world = world.serves("centre", "carers", ServeMode::PeerLed).serves("centre", "carers", ServeMode::Faith);
    let path = world.ask("centre", "carers").served_by(ServeMode::Faith).path();
    assert_eq!(path.hops[0].factors[0].0.to_bits(), 0.7_f64.to_bits());
    let ask = world.ask("centre", "carers").served_by(ServeMode::Advocacy);
    assert_eq!(ask.reason(), NoPathReason::ConstraintsExcludeAll);
}

#[test]
fn a_node_to_be_avoided_is_on_no_path_not_even_at_its_end() {
    let world = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub").partners("hub", "centre");
    for name in ["hub", "centre"] {
        let reason = world.ask("ann", "centre").avoiding(name).reason();
        assert_eq!(reason, NoPathReason::ConstraintsExcludeAll, "{name}");
    }
}

//! Whom a path may go through: consent, do-not-approach windows, guesses.

use super::builders::World;
use inroads::model::{ConsentStatus, ServeMode};
use inroads::outreach::NoPathReason;

/// Ann knows Bea, who has a role at the centre.
fn through(introduce: ConsentStatus) -> World {
    let world = World::new().team("ann").org("centre").person_who("bea", introduce);
    world.knows("ann", "bea").role_at("bea", "centre")
}

#[test]
fn only_those_who_agreed_are_walked_through() {
    for status in ConsentStatus::ALL {
        let world = through(*status);
        if *status == ConsentStatus::Granted {
            assert_eq!(world.ask("ann", "centre").paths(), ["ann > bea > centre"]);
        } else {
            assert_eq!(world.ask("ann", "centre").reason(), NoPathReason::BlockedByConsent, "{status}");
        }
    }
}

#[test]
fn our_own_team_needs_no_consent() {
    let world = World::new().team("ann").team("cat").org("centre").knows("ann", "cat").contact_of("cat", "centre");
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > cat > centre"]);
}

#[test]
fn the_ends_of_a_path_need_no_consent_to_introduce() {
    let world = through(ConsentStatus::Refused);
    assert_eq!(world.ask("ann", "bea").paths(), ["ann > bea"]);
    assert_eq!(world.ask("bea", "centre").paths(), ["bea > centre"]);
}

#[test]
fn a_person_who_serves_needs_consent_to_introduce() {
    let serving = |status| {
        let world = World::new().team("ann").person_who("bea", status).group("carers").knows("ann", "bea");
        world.serves("bea", "carers", ServeMode::PeerLed)
    };
    assert_eq!(serving(ConsentStatus::Granted).ask("ann", "carers").paths(), ["ann > bea > carers"]);
    assert_eq!(serving(ConsentStatus::Expired).ask("ann", "carers").reason(), NoPathReason::BlockedByConsent);
}

#[test]
fn consent_is_judged_as_it_stands_today_whatever_the_day_asked_about() {
    let ending = |on| {
        let world = World::new().team("ann").org("centre").person("bea").consent_ends(on);
        world.knows("ann", "bea").role_at("bea", "centre")
    };
    assert_eq!(
        ending("2026-03-10").ask("ann", "centre").reason(),
        NoPathReason::BlockedByConsent,
        "it ends on that day"
    );
    assert_eq!(ending("2026-03-11").ask("ann", "centre").paths(), ["ann > bea > centre"]);
    let ended = ending("2026-01-01");
    assert_eq!(ended.ask("ann", "centre").on_day("2025-06-01").reason(), NoPathReason::BlockedByConsent);
    let world = ending("2026-06-01");
    assert_eq!(world.ask("ann", "centre").on_day("2026-12-01").paths(), ["ann > bea > centre"]);
}

#[test]
fn those_not_asked_yet_may_be_included_and_the_hop_into_them_says_so() {
    let world = through(ConsentStatus::NotAsked).group("carers").serves("centre", "carers", ServeMode::Faith);
    let path = world.ask("ann", "carers").with_unasked().path();
    assert_eq!(path.names(), "ann > bea > centre > carers");
    assert_eq!(path.hops.iter().map(|hop| hop.needs_consent).collect::<Vec<_>>(), [true, false, false]);
    let end = world.ask("ann", "bea").with_unasked().path();
    assert!(!end.hops[0].needs_consent, "they are the end, and introduce nobody");
    for status in [ConsentStatus::Refused, ConsentStatus::Withdrawn, ConsentStatus::Expired] {
        let reason = through(status).ask("ann", "centre").with_unasked().reason();
        assert_eq!(reason, NoPathReason::BlockedByConsent, "{status}");
    }
}

/// Ann, the hub and the centre in a row, with a do-not-approach window.
fn with_window(at: &str, from: Option<&str>, until: &str) -> World {
    let mut world = World::new().team("ann");
    for name in ["hub", "centre"] {
        world = world.org(name);
        if name == at {
            world = world.left_alone(from, until);
        }
    }
    world.contact_of("ann", "hub").partners("hub", "centre")
}

#[test]
fn nobody_is_approached_within_their_window() {
    for at in ["hub", "centre"] {
        let world = with_window(at, None, "2026-03-11");
        assert_eq!(world.ask("ann", "centre").reason(), NoPathReason::DoNotApproach, "{at}");
    }
}

#[test]
fn a_window_holds_from_its_first_day_up_to_but_not_on_its_end_and_today_counts() {
    let open = ["ann > hub > centre"];
    assert_eq!(with_window("hub", None, "2026-03-10").ask("ann", "centre").paths(), open, "over today");
    assert_eq!(with_window("hub", Some("2026-03-11"), "2026-04-01").ask("ann", "centre").paths(), open, "not yet");
    let now = with_window("hub", Some("2026-03-10"), "2026-04-01");
    assert_eq!(now.ask("ann", "centre").reason(), NoPathReason::DoNotApproach);
    assert_eq!(now.ask("ann", "centre").on_day("2026-06-01").reason(), NoPathReason::DoNotApproach);
}

#[test]
fn a_source_is_left_alone_only_as_target() {
    let world = World::new().org("hub").left_alone(None, "2026-04-01").org("centre").partners("hub", "centre");
    assert_eq!(world.ask("hub", "centre").paths(), ["hub > centre"]);
    assert_eq!(world.ask("centre", "hub").reason(), NoPathReason::DoNotApproach);
}

#[test]
fn guesses_are_walked_only_when_asked_for() {
    let world = World::new().team("ann").person("bea").knows("ann", "bea").inferred();
    assert_eq!(world.ask("ann", "bea").reason(), NoPathReason::OnlyInferredLinks);
    assert_eq!(world.ask("ann", "bea").with_inferred().paths(), ["ann > bea"]);
}

#[test]
fn for_a_partner_nobody_serves_but_bodies() {
    let world = World::new().team("ann").person("bea").group("carers").knows("ann", "bea");
    let world = world.serves("bea", "carers", ServeMode::PeerLed);
    assert_eq!(world.ask_team("carers").paths(), ["ann > bea > carers"]);
    assert_eq!(world.ask_team("carers").by_partner().reason(), NoPathReason::NobodyServesTarget);
}

//! How many better ways consent and do-not-approach keep back: a number, never who.

use super::builders::World;
use inroads::model::ConsentStatus::{self, Granted, NotAsked, Refused};
use inroads::outreach::NoPathReason::{self, BlockedByConsent, DoNotApproach};

/// Ann reaches the centre through persons, the likelier the earlier.
fn through(persons: &[(&str, ConsentStatus)]) -> World {
    let mut world = World::new().team("ann").org("centre");
    for (place, (name, consent)) in persons.iter().enumerate() {
        let strength = [0.9, 0.8, 0.7, 0.6, 0.5][place];
        world = world.person_who(name, *consent).knows("ann", name).fresh().strength(strength);
        world = world.role_at(name, "centre").fresh();
    }
    world
}

fn withheld(world: &World, k: usize) -> Vec<(NoPathReason, usize)> {
    world.ask("ann", "centre").first(k).counting_withheld().answer().withheld.expect("it was asked for")
}

#[test]
fn only_those_before_the_last_one_shown_count() {
    let world = through(&[("bea", Refused), ("cat", Granted), ("dan", NotAsked), ("eve", Granted), ("fay", Refused)]);
    assert_eq!(withheld(&world, 1), [(BlockedByConsent, 1)]);
    assert_eq!(withheld(&world, 2), [(BlockedByConsent, 2)]);
    assert_eq!(withheld(&world, 3), [(BlockedByConsent, 3)], "anywhere, when fewer than asked for are shown");
}

#[test]
fn what_both_rules_block_counts_once_under_consent() {
    let world = through(&[("bea", Refused)]).person_who("cat", Refused).left_alone(None, "2027-01-01");
    let world = world.knows("ann", "cat").role_at("cat", "centre");
    let world = world.org("hub").left_alone(None, "2027-01-01").contact_of("ann", "hub").partners("hub", "centre");
    assert_eq!(withheld(&world, 5), [(BlockedByConsent, 2), (DoNotApproach, 1)]);
}

#[test]
fn nothing_kept_back_is_an_empty_list() {
    assert_eq!(withheld(&through(&[("bea", Granted)]), 5), []);
}

#[test]
fn a_detour_is_never_counted() {
    // Round by Bea, who refused, is the long way to Cat.
    let world = through(&[("bea", Refused), ("cat", Granted)]).knows("bea", "cat").fresh().strength(0.1);
    assert_eq!(withheld(&world, 5), [(BlockedByConsent, 1)]);
    let counted = world.ask("ann", "centre").with_detours().counting_withheld().answer().withheld;
    assert_eq!(counted, Some(vec![(BlockedByConsent, 1)]));
}

#[test]
fn the_terms_of_the_question_hold_for_what_is_kept_back_too() {
    let world = through(&[("bea", Refused), ("cat", Granted)]);
    let counted = |ask: super::ask::Ask<'_>| ask.counting_withheld().answer().withheld;
    assert_eq!(counted(world.ask("ann", "centre").via("cat")), Some(Vec::new()));
    assert_eq!(counted(world.ask("ann", "centre").via("bea").via("cat")), Some(vec![(BlockedByConsent, 1)]));
}

#[test]
fn it_is_told_on_request_and_not_to_a_partner() {
    let world = through(&[("bea", Refused), ("cat", Granted)]);
    assert_eq!(world.ask("ann", "centre").answer().withheld, None);
    assert_eq!(world.ask_team("centre").by_partner().counting_withheld().answer().withheld, None);
}

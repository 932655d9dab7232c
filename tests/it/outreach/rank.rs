//! Why a path comes before the next one, in a sentence.

use super::builders::World;
use inroads::model::{EvidenceKind, ServeMode};

fn reasons(world: &World, from: &str, to: &str) -> Vec<Option<String>> {
    world.ask(from, to).limited().paths.into_iter().map(|path| path.why_this_rank).collect()
}

/// The first sentence; the last path has none.
fn first(world: &World, from: &str, to: &str) -> String {
    let reasons = reasons(world, from, to);
    assert_eq!((reasons.len(), &reasons[1]), (2, &None));
    reasons[0].clone().expect("the first of two has one")
}

/// Ann reaches the centre by the hub, and by the yard as the test has it.
fn by_the_hub() -> World {
    let world = World::new().team("Ann").org("Hub").org("Yard").org("Centre");
    let world = world.contact_of("Ann", "Hub").fresh().partners("Hub", "Centre").fresh().strength(0.9);
    world.contact_of("Ann", "Yard").fresh()
}

#[test]
fn the_step_that_counts_most_against_the_next_is_named_with_its_weakness() {
    let stale = by_the_hub().partners("Yard", "Centre").strength(0.9).confirmed("2020-02-01");
    assert_eq!(
        first(&stale, "Ann", "Centre"),
        "Likelier than the next (45% against 5%): what counts most against that one is the step from Yard to Centre, \
         because it was last confirmed on 2020-02-01."
    );
    let undated = by_the_hub().partners("Yard", "Centre").strength(0.9);
    assert!(first(&undated, "Ann", "Centre").ends_with("because nobody knows when it was last true."));
    let guess = by_the_hub().partners("Yard", "Centre").fresh().strength(0.89).evidence(EvidenceKind::Imported);
    assert!(first(&guess, "Ann", "Centre").ends_with("because it is only known from an imported file."));
    let weak = by_the_hub().partners("Yard", "Centre").fresh().strength(0.2);
    assert!(first(&weak, "Ann", "Centre").ends_with("because the tie is not a strong one."));
    let structural = by_the_hub().hosts("Yard", "Centre");
    let said = first(&structural, "Ann", "Centre");
    assert!(said.ends_with("because the two are joined on paper, not necessarily in person."), "{said}");
}

#[test]
fn what_both_steps_lack_counts_against_neither() {
    // Both are as old; only one is a guess.
    let world = World::new().team("Ann").org("Hub").org("Yard").org("Centre");
    let world = world.contact_of("Ann", "Hub").fresh().contact_of("Ann", "Yard").fresh();
    let world = world.partners("Hub", "Centre").confirmed("2023-03-10");
    let world = world.partners("Yard", "Centre").confirmed("2023-03-10").evidence(EvidenceKind::Documented);
    assert!(first(&world, "Ann", "Centre").ends_with("because it is only documented, not known at first hand."));
}

#[test]
fn a_body_with_very_many_ties_is_said_to_have_them() {
    let mut world = by_the_hub().partners("Yard", "Centre").fresh().strength(0.9);
    for place in 0..40 {
        let name = format!("Practice {place}");
        world = world.org(&name).partners("Yard", &name).fresh();
    }
    assert!(first(&world, "Ann", "Centre").ends_with("because Yard has very many ties of this kind."));
}

#[test]
fn a_longer_way_whose_steps_are_no_worse_is_said_to_be_longer() {
    let world = World::new().team("Ann").person("Bea").person("Cat").org("Centre");
    let world = world.knows("Ann", "Bea").fresh().strength(0.7).role_at("Bea", "Centre").fresh().strength(0.7);
    let world =
        world.person("Dan").knows("Ann", "Cat").fresh().strength(0.75).knows("Cat", "Dan").fresh().strength(0.75);
    let world = world.role_at("Dan", "Centre").fresh().strength(0.75);
    assert_eq!(
        first(&world, "Ann", "Centre"),
        "Likelier than the next (49% against 42%): that one takes one step more."
    );
}

#[test]
fn equals_are_said_to_be_equal() {
    let world = World::new().team("Ann").person("Bea").person("Cat").org("Centre");
    let world = world.knows("Ann", "Bea").fresh().role_at("Bea", "Centre").fresh();
    let world = world.knows("Ann", "Cat").fresh().role_at("Cat", "Centre").fresh();
    let said = first(&world, "Ann", "Centre");
    assert_eq!(said, "As likely as the next and as short: which of the two comes first means nothing.");
    let world = World::new().team("Ann").person("Bea").person("Cat").knows("Ann", "Cat").fresh().strength(0.25);
    let world = world.knows("Ann", "Bea").fresh().knows("Bea", "Cat").fresh();
    let paths = world.ask("Ann", "Cat").with_detours().limited().paths;
    assert_eq!(paths[0].why_this_rank.as_deref(), Some("As likely as the next, and one step shorter."));
}

#[test]
fn a_partner_reads_no_name_of_a_person() {
    let world = World::new().team("Ann").person("Bea").org("Hub").org("Centre").group("carers");
    let world = world.contact_of("Ann", "Hub").fresh().partners("Hub", "Centre").fresh().strength(0.9);
    let world = world.knows("Ann", "Bea").fresh().strength(0.1).role_at("Bea", "Centre").fresh();
    let world = world.serves("Centre", "carers", ServeMode::PeerLed).fresh();
    let paths = world.ask_team("carers").by_partner().limited().paths;
    let said = paths[0].why_this_rank.clone().expect("there is a next one");
    assert!(said.contains("from a person whose name the team knows to a person whose name the team knows"), "{said}");
    assert!(!said.contains("Ann") && !said.contains("Bea"), "{said}");
}

//! How many steps of a path may be structural, and which relation a step takes then.

use super::builders::World;
use inroads::model::RelationKind;

/// Three bodies in a row; each next one is hosted, strongly, and a partner, weakly.
fn hosted() -> World {
    let world = World::new().org("trust").org("ward").org("desk");
    let both = |world: World, from, to| world.hosts(from, to).strength(0.5).partners(from, to).fresh().strength(0.25);
    both(both(world, "trust", "ward"), "ward", "desk")
}

fn kinds(world: &World, most: usize) -> Vec<bool> {
    let route = world.ask("trust", "desk").structural(most).path();
    let host = |relation: &str| {
        world.relations.iter().any(|known| known.id.as_str() == relation && known.kind == RelationKind::Hosts)
    };
    route.hops.iter().map(|hop| host(&hop.relation)).collect()
}

#[test]
fn a_step_takes_a_dearer_relation_where_the_limit_wants_it() {
    let world = hosted();
    assert_eq!(kinds(&world, 2), [true, true]);
    assert_eq!(kinds(&world, 1).iter().filter(|host| **host).count(), 1, "one of the two, at the same cost");
    assert_eq!(kinds(&world, 0), [false, false]);
    let costs = [0, 1, 2].map(|most| world.ask("trust", "desk").structural(most).path().cost);
    assert_eq!(costs, [2_772_588, 2_079_441, 1_386_294]);
}

#[test]
fn of_equally_dear_choices_the_smallest_ids_from_the_first_step_on_are_taken() {
    let world = World::new().org("trust").org("ward").org("desk");
    let world = world.hosts("trust", "ward").strength(0.5).with_id("rel:4");
    let world = world.partners("trust", "ward").fresh().strength(0.25).with_id("rel:1");
    let world = world.hosts("ward", "desk").strength(0.5).with_id("rel:3");
    let world = world.partners("ward", "desk").fresh().strength(0.25).with_id("rel:2");
    let route = world.ask("trust", "desk").structural(1).path();
    let relations: Vec<&str> = route.hops.iter().map(|hop| hop.relation.as_str()).collect();
    assert_eq!(relations, ["rel:1", "rel:3"], "the first step decides");
}

#[test]
fn a_path_is_told_once_whatever_relations_it_might_take() {
    let world = hosted();
    for most in 0..=3 {
        assert_eq!(world.ask("trust", "desk").structural(most).with_detours().first(100).paths().len(), 1);
    }
}

#[test]
fn a_shortcut_with_more_structure_than_allowed_makes_no_detour() {
    // Straight to the desk is hosted; round by the ward nothing is.
    let world = World::new().org("trust").org("ward").org("desk").org("bed").hosts("trust", "desk").strength(0.9);
    let world = world.partners("trust", "ward").fresh().partners("ward", "desk").fresh();
    let world = world.hosts("desk", "bed").strength(0.9);
    let ask = |most| world.ask("trust", "bed").structural(most).paths();
    assert_eq!(ask(2), ["trust > desk > bed"]);
    assert_eq!(ask(1), ["trust > ward > desk > bed"], "the shortcut would leave no hop for the last step");
    let desk = |most| world.ask("trust", "desk").structural(most).paths();
    assert_eq!(desk(1), ["trust > desk"]);
    assert_eq!(desk(0), ["trust > ward > desk"]);
}

#[test]
fn a_limit_that_no_path_can_reach_changes_nothing() {
    let world = hosted();
    let plain = world.ask("trust", "desk").answer();
    assert_eq!(world.ask("trust", "desk").structural(8).answer(), plain);
    assert_eq!(world.ask("trust", "desk").structural(2).answer(), plain);
}

#[test]
fn the_limit_and_whom_to_pass_hold_together() {
    let world = hosted().org("yard").partners("ward", "yard").fresh().strength(1.0);
    let world = world.hosts("yard", "desk").strength(0.2);
    let ask = |most| world.ask("trust", "desk").via("yard").structural(most).paths();
    assert_eq!(ask(1), ["trust > ward > yard > desk"]);
    assert_eq!(ask(2), ["trust > ward > yard > desk"]);
    let costs = [1, 2].map(|most| world.ask("trust", "desk").via("yard").structural(most).path().cost);
    assert!(costs[0] > costs[1], "with one, the first step is a partner's: {costs:?}");
    let none = world.ask("trust", "desk").via("yard").structural(0).why_not();
    assert_eq!(none.2.as_deref(), Some("trust"), "the path without either breaks the limit first");
}

//! Which paths come first, which are left out, and which relation a step takes.

use super::builders::World;
use inroads::model::ServeMode;

#[test]
fn cheaper_paths_come_first() {
    let world = World::new().team("ann").org("hub").org("yard").org("centre");
    let world = world.contact_of("ann", "hub").fresh().contact_of("ann", "yard").fresh();
    let world = world.partners("hub", "centre").fresh().strength(0.3).partners("yard", "centre").fresh().strength(0.4);
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > yard > centre", "ann > hub > centre"]);
}

/// Ann knows Cat at 0.25, and Bea between them at 0.5 each: both ways cost 1,386,294.
fn triangle() -> World {
    let world = World::new().team("ann").person("bea").person("cat").knows("ann", "cat").fresh().strength(0.25);
    world.knows("ann", "bea").fresh().knows("bea", "cat").fresh()
}

#[test]
fn of_equally_dear_paths_the_one_with_fewer_hops_comes_first() {
    let answer = triangle().ask("ann", "cat").with_detours().answer();
    assert_eq!(answer.paths.iter().map(|path| path.cost).collect::<Vec<_>>(), [1_386_294, 1_386_294]);
    assert_eq!(triangle().ask("ann", "cat").with_detours().paths(), ["ann > cat", "ann > bea > cat"]);
}

#[test]
fn of_equals_the_ids_decide_bytewise() {
    let world =
        ["bea", "Zoe", "bea2", "Émile"].into_iter().fold(World::new().team("ann").org("centre"), |world, name| {
            world.person(name).knows("ann", name).role_at(name, "centre")
        });
    assert_eq!(
        world.ask("ann", "centre").paths(),
        ["ann > Zoe > centre", "ann > bea > centre", "ann > bea2 > centre", "ann > Émile > centre"]
    );
}

#[test]
fn the_long_way_round_is_left_out() {
    assert_eq!(triangle().ask("ann", "cat").paths(), ["ann > cat"]);
}

#[test]
fn the_long_way_is_no_detour_when_it_is_the_better_way() {
    let world = World::new().team("ann").person("bea").person("cat").knows("ann", "cat").fresh().strength(0.2);
    let world = world.knows("ann", "bea").fresh().knows("bea", "cat").fresh();
    assert_eq!(world.ask("ann", "cat").paths(), ["ann > bea > cat", "ann > cat"]);
}

#[test]
fn a_detour_has_the_same_two_ends() {
    let world = World::new().team("ann").team("dan").person("cat").knows("ann", "cat").fresh();
    let world = world.person("bea").knows("dan", "bea").fresh().knows("bea", "cat").fresh();
    assert_eq!(world.ask_team("cat").paths(), ["ann > cat", "dan > bea > cat"]);
    let world = World::new().org("centre").org("hub").group("carers").partners("centre", "hub");
    let world = world.serves("centre", "carers", ServeMode::Faith).serves("hub", "carers", ServeMode::Faith);
    assert_eq!(world.ask_for_nodes("centre", &["hub", "carers"]).paths(), ["centre > carers", "centre > hub"]);
}

#[test]
fn a_detour_is_judged_by_nodes_whatever_their_order() {
    // Bea and Cat know each other; going through both, either way round, adds a node to a better path.
    let world = World::new().team("ann").person("bea").person("cat").org("centre");
    let world = world.knows("ann", "bea").knows("ann", "cat").knows("bea", "cat");
    let world = world.role_at("bea", "centre").role_at("cat", "centre");
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > bea > centre", "ann > cat > centre"]);
    assert_eq!(world.ask("ann", "centre").with_detours().paths().len(), 4);
}

#[test]
fn the_first_k_are_those_that_remain() {
    let world = World::new().team("ann").person("bea").person("cat").person("dan").org("centre");
    let world = world.knows("ann", "bea").fresh().role_at("bea", "centre").fresh();
    let world = world.knows("bea", "cat").fresh().strength(1.0).role_at("cat", "centre").fresh();
    let world = world.knows("ann", "dan").fresh().strength(0.1).role_at("dan", "centre").fresh();
    let ask = || world.ask("ann", "centre").first(2);
    assert_eq!(ask().paths(), ["ann > bea > centre", "ann > dan > centre"], "a detour takes nobody's place");
    assert_eq!(ask().with_detours().paths(), ["ann > bea > centre", "ann > bea > cat > centre"]);
}

#[test]
fn a_hop_limited_search_finds_the_dearer_short_path() {
    // The cheapest way to the hub is long; within three hops only the dear one reaches beyond it.
    let world = World::new().team("ann").person("bea").person("cat").org("hub").org("centre").group("carers");
    let world = world.knows("ann", "bea").fresh().strength(0.9).knows("bea", "cat").fresh().strength(0.9);
    let world = world.role_at("cat", "hub").fresh().contact_of("ann", "hub").fresh().strength(0.1);
    let world = world.partners("hub", "centre").fresh().serves("centre", "carers", ServeMode::Faith).fresh();
    assert_eq!(
        world.ask("ann", "carers").paths(),
        ["ann > bea > cat > hub > centre > carers", "ann > hub > centre > carers"]
    );
    for limit in [3, 4] {
        assert_eq!(world.ask("ann", "carers").hops(limit).paths(), ["ann > hub > centre > carers"]);
    }
}

#[test]
fn a_path_may_not_come_back_to_use_a_node_twice() {
    // Only through the hub is the way to the centre, and the cheap detour out of it has to come back.
    let world = World::new().team("ann").org("hub").org("yard").org("centre").contact_of("ann", "hub").fresh();
    let world = world.partners("hub", "yard").fresh().strength(1.0).partners("hub", "centre").fresh().strength(0.1);
    assert_eq!(world.ask("ann", "centre").paths(), ["ann > hub > centre"]);
}

#[test]
fn a_step_takes_its_cheapest_relation_and_of_equals_the_smallest_id() {
    let world = World::new().org("hub").org("centre").partners("hub", "centre").fresh().with_id("rel:2");
    let world = world.partners("centre", "hub").fresh().with_id("rel:1");
    let tied = world.ask("hub", "centre").path();
    assert_eq!((tied.hops[0].relation.as_str(), tied.hops[0].forward), ("rel:1", false));
    let world = world.partners("hub", "centre").fresh().strength(0.7).with_id("rel:3");
    let path = world.ask("hub", "centre").path();
    assert_eq!(path.hops[0].relation, "rel:3");
    assert_eq!(path.hops[0].further.iter().map(String::as_str).collect::<Vec<_>>(), ["rel:1", "rel:2"]);
}

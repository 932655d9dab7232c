//! Paths that differ from one another, and what an answer says when a search stopped early.

use super::builders::World;
use inroads::outreach::{Answer, LimitKind};

/// Ann reaches the centre through each of a row of persons in each layer, everyone knowing everyone in the next.
fn layers(wide: usize, deep: usize) -> World {
    let name = |layer: usize, place: usize| format!("p{layer}-{place:02}");
    let mut world = World::new().team("ann").org("centre");
    for (layer, place) in (0..deep).flat_map(|layer| (0..wide).map(move |place| (layer, place))) {
        world = world.person(&name(layer, place));
    }
    for place in 0..wide {
        world = world.knows("ann", &name(0, place)).one_way().fresh();
        world = world.role_at(&name(deep - 1, place), "centre").fresh();
    }
    for (layer, from, to) in
        (1..deep).flat_map(|layer| (0..wide).flat_map(move |from| (0..wide).map(move |to| (layer, from, to))))
    {
        world = world.knows(&name(layer - 1, from), &name(layer, to)).one_way().fresh();
    }
    world
}

#[test]
fn with_no_share_allowed_no_two_paths_pass_the_same_node() {
    let world = layers(3, 2);
    assert_eq!(world.ask("ann", "centre").first(100).paths().len(), 9);
    assert_eq!(
        world.ask("ann", "centre").first(100).diverse(0.0).paths(),
        ["ann > p0-00 > p1-00 > centre", "ann > p0-01 > p1-01 > centre", "ann > p0-02 > p1-02 > centre"]
    );
    assert_eq!(world.ask("ann", "centre").first(100).diverse(0.49).paths().len(), 3);
    assert_eq!(world.ask("ann", "centre").first(100).diverse(0.5).paths().len(), 9, "half of the two may be shared");
    assert_eq!(world.ask("ann", "centre").first(2).diverse(0.0).paths().len(), 2);
}

#[test]
fn a_path_with_nobody_between_shares_nothing() {
    let world = layers(2, 1).contact_of("ann", "centre").fresh().strength(0.1);
    assert_eq!(
        world.ask("ann", "centre").diverse(0.0).paths(),
        ["ann > p0-00 > centre", "ann > p0-01 > centre", "ann > centre"]
    );
}

#[test]
fn a_detour_is_one_of_paths_that_were_not_taken_too() {
    // Round by Cat is the long way to Bea, who was passed over for a better path through her.
    let world = World::new().team("ann").team("dan").person("bea").person("cat").org("centre");
    let world = world.knows("dan", "bea").fresh().strength(1.0).role_at("bea", "centre").fresh();
    let world = world.knows("ann", "bea").fresh().knows("ann", "cat").fresh().knows("cat", "bea").fresh();
    assert_eq!(world.ask_team("centre").paths(), ["dan > bea > centre", "ann > bea > centre"]);
    assert_eq!(world.ask_team("centre").diverse(0.5).paths(), ["dan > bea > centre"], "half of Cat and Bea is shared");
}

fn limit(answer: &Answer) -> (LimitKind, usize) {
    let limit = answer.limit.expect("the search stopped early");
    assert_eq!(limit.proven, answer.paths.len());
    (limit.reached, limit.proven)
}

#[test]
fn ten_thousand_paths_are_read_for_ones_that_differ() {
    let world = layers(22, 3);
    let answer = world.ask("ann", "centre").first(100).diverse(0.0).limited();
    assert_eq!(limit(&answer), (LimitKind::Diversity, 20), "the next that differs is the 10,141st of 10,648");
    let fewer = layers(21, 3).ask("ann", "centre").first(100).diverse(0.0).limited();
    assert_eq!((fewer.limit, fewer.paths.len()), (None, 21), "of 9,261 all were read");
}

#[test]
fn an_early_stop_says_what_is_proven() {
    let world = layers(4, 2).contact_of("ann", "centre").fresh().strength(0.9);
    let ask = || world.ask("ann", "centre").first(100).with_detours();
    let all = ask().limited();
    for most in 1..all.searched {
        let some = ask().set(|settings| settings.expansion_limit = most).limited();
        let (reached, proven) = limit(&some);
        assert_eq!(reached, LimitKind::Expansions);
        let shown = |answer: &Answer| -> Vec<_> { answer.paths.iter().map(|path| path.nodes.clone()).collect() };
        assert_eq!(shown(&some), shown(&all)[..proven], "what is shown is the beginning of the order");
        let unseen = some.limit.expect("it stopped").unseen_cost;
        assert!(all.paths[proven..].iter().all(|path| path.cost >= unseen), "nothing unseen is cheaper than it says");
    }
}

//! No path is an answer: the reason, the rules it rests on, and how far one gets.

use super::builders::World;
use inroads::model::{ConsentStatus, HopClass, OrganisationFilter, OrganisationKind, ServeMode};
use inroads::outreach::NoPathReason::{self, *};

type Why = (NoPathReason, Vec<NoPathReason>, Option<String>);

/// A reason that is a rule, with the last node reached before it.
fn one(rule: NoPathReason, closest: Option<&str>) -> Why {
    (rule, vec![rule], closest.map(str::to_owned))
}

fn plain(reason: NoPathReason) -> Why {
    (reason, Vec::new(), None)
}

/// Ann, Bea, the hub, the centre, carers, in a row; and nobody else can take us there.
fn row() -> World {
    let world = World::new().team("ann").person("bea").org("hub").org("centre").group("carers");
    let world = world.knows("ann", "bea").role_at("bea", "hub").partners("hub", "centre");
    world.serves("centre", "carers", ServeMode::Faith)
}

#[test]
fn a_filter_that_finds_nothing_is_no_matching_target() {
    let trusts = OrganisationFilter { kind: Some(vec![OrganisationKind::NhsTrust]), ..OrganisationFilter::default() };
    assert_eq!(row().ask_for_organisations("ann", trusts).why_not(), plain(NoMatchingTarget));
}

#[test]
fn a_group_that_nobody_ever_served_is_said_to_be_so() {
    let world = row().group("boaters");
    assert_eq!(world.ask("ann", "boaters").why_not(), plain(NobodyServesTarget));
    let guess = row().group("boaters").serves("centre", "boaters", ServeMode::Faith).inferred();
    assert_eq!(guess.ask("ann", "boaters").reason(), OnlyInferredLinks, "a SERVES of any evidence counts");
    let former = row().group("boaters").serves("centre", "boaters", ServeMode::Faith).until("2020-01-01");
    assert_eq!(former.ask("ann", "boaters").reason(), OnlyExpiredLinks, "and of any date");
    let unserved = world.ask_for_nodes("ann", &["boaters"]);
    assert_eq!(unserved.reason(), NobodyServesTarget, "a named node that is a group is no less one");
    let mixed = row().org("island").group("boaters");
    assert_eq!(mixed.ask_for_nodes("ann", &["boaters", "island"]).reason(), Disconnected, "not all are groups");
}

#[test]
fn guesses_alone_lead_there() {
    let world = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub");
    let world = world.partners("hub", "centre").inferred();
    assert_eq!(world.ask("ann", "centre").why_not(), one(OnlyInferredLinks, Some("hub")));
}

#[test]
fn the_node_before_the_person_who_did_not_agree_is_the_closest() {
    let world = World::new().team("ann").org("hub").person_who("bea", ConsentStatus::Refused).org("centre");
    let world = world.contact_of("ann", "hub").role_at("bea", "hub").role_at("bea", "centre");
    assert_eq!(world.ask("ann", "centre").why_not(), one(BlockedByConsent, Some("hub")));
}

#[test]
fn the_node_before_the_one_to_be_left_alone_is_the_closest() {
    let world = World::new().team("ann").org("hub").org("centre").left_alone(None, "2026-06-01");
    let world = world.contact_of("ann", "hub").partners("hub", "centre");
    assert_eq!(world.ask("ann", "centre").why_not(), one(DoNotApproach, Some("hub")));
}

#[test]
fn what_has_ended_or_not_begun_is_expired() {
    for (from, to) in [("2020-01-01", "2026-03-10"), ("2026-03-11", "2027-01-01")] {
        let relation = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub");
        let relation = relation.partners("hub", "centre").since(from).until(to);
        assert_eq!(relation.ask("ann", "centre").why_not(), one(OnlyExpiredLinks, Some("hub")));
        let node = World::new().team("ann").org("hub").org("centre").since(from).until(to);
        let node = node.contact_of("ann", "hub").partners("hub", "centre");
        assert_eq!(node.ask("ann", "centre").why_not(), one(OnlyExpiredLinks, Some("hub")));
    }
}

#[test]
fn when_the_source_itself_is_closed_nothing_was_reached() {
    let world = World::new().org("hub").until("2026-01-01").org("centre").partners("hub", "centre");
    assert_eq!(world.ask("hub", "centre").why_not(), one(OnlyExpiredLinks, None));
}

#[test]
fn one_hop_too_many_is_told_by_the_node_before_it() {
    assert_eq!(row().ask("ann", "carers").hops(3).why_not(), one(TooManyHops, Some("centre")));
    assert_eq!(row().ask("ann", "carers").hops(1).why_not(), one(TooManyHops, Some("bea")));
}

#[test]
fn nobody_looks_further_than_eight_hops() {
    let names = ["b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9"];
    let chain = |count: usize| {
        let world = names[..count].iter().fold(World::new().org("b0"), |world, name| world.org(name));
        let ends = ["b0"].into_iter().chain(names).zip(names).take(count);
        ends.fold(world, |world, (from, to)| world.partners(from, to))
    };
    assert_eq!(chain(8).ask("b0", "b8").hops(8).path().hops.len(), 8);
    assert_eq!(chain(8).ask("b0", "b8").hops(5).why_not(), one(TooManyHops, Some("b5")));
    assert_eq!(chain(9).ask("b0", "b9").hops(5).why_not(), plain(Disconnected));
}

#[test]
fn the_asker_s_own_constraints_are_relaxed_together() {
    let ask = |constrain: fn(super::ask::Ask) -> super::ask::Ask| constrain(row().ask("ann", "carers")).why_not();
    assert_eq!(ask(|ask| ask.avoiding("hub")), one(ConstraintsExcludeAll, Some("bea")));
    assert_eq!(ask(|ask| ask.avoiding("ann")), one(ConstraintsExcludeAll, None), "the source itself");
    assert_eq!(ask(|ask| ask.allowing(HopClass::Warm)), one(ConstraintsExcludeAll, Some("bea")));
    assert_eq!(
        ask(|ask| ask
            .allowing(HopClass::Warm)
            .allowing(HopClass::Role)
            .served_by(ServeMode::PeerLed)
            .avoiding("centre")),
        one(ConstraintsExcludeAll, Some("hub")),
        "the first that is broken"
    );
}

#[test]
fn for_serve_modes_and_areas_the_serving_node_is_the_closest() {
    let ask = row().ask("ann", "carers").served_by(ServeMode::PeerLed).why_not();
    assert_eq!(ask, one(ConstraintsExcludeAll, Some("centre")));
    // Someone else serves there, whom nobody knows.
    let world =
        row().area("city").org("island").serves("island", "carers", ServeMode::Faith).located_in("island", "city");
    assert_eq!(world.ask("ann", "carers").in_area("city").why_not(), one(ConstraintsExcludeAll, Some("centre")));
}

#[test]
fn for_via_the_node_before_the_last_is_the_closest() {
    let ask = row().org("island").ask("ann", "carers").via("island").why_not();
    assert_eq!(ask, one(ConstraintsExcludeAll, Some("centre")));
    // The ends of a path are not passed.
    let ends = row().ask("ann", "hub").via("ann").via("hub").why_not();
    assert_eq!(ends, one(ConstraintsExcludeAll, Some("bea")));
}

#[test]
fn for_structural_hops_the_node_before_the_one_that_exceeds_is_the_closest() {
    let world = World::new().org("trust").org("ward").org("desk").org("room").org("bed");
    let world = world.hosts("trust", "ward").hosts("ward", "desk").partners("desk", "room").hosts("room", "bed");
    let ask = |most| world.ask("trust", "bed").structural(most).why_not();
    assert_eq!(ask(0), one(ConstraintsExcludeAll, Some("trust")));
    assert_eq!(ask(1), one(ConstraintsExcludeAll, Some("ward")));
    assert_eq!(ask(2), one(ConstraintsExcludeAll, Some("room")));
    assert_eq!(world.ask("trust", "bed").structural(3).paths().len(), 1);
}

#[test]
fn for_probability_the_node_before_the_hop_that_exceeds_is_the_closest() {
    let world = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub").fresh().strength(0.5);
    let world = world.partners("hub", "centre").fresh().strength(0.5);
    assert_eq!(world.ask("ann", "centre").probable(0.26).why_not(), one(ConstraintsExcludeAll, Some("hub")));
    assert_eq!(world.ask("ann", "centre").probable(0.51).why_not(), one(ConstraintsExcludeAll, Some("ann")));
    assert_eq!(world.ask("ann", "centre").probable(0.25).paths().len(), 1, "the bound itself is kept");
}

#[test]
fn the_other_rules_are_relaxed_within_the_terms() {
    // The guess would do, but not past Bea; she is past the hop limit.
    let world = row().contact_of("ann", "centre").inferred();
    let ask = world.ask("ann", "carers").hops(3);
    assert_eq!(ask.via("hub").why_not(), one(TooManyHops, Some("centre")));
}

#[test]
fn the_reason_is_the_first_rule_that_alone_gives_a_path() {
    // Either the guess or the refusal could be set aside; guesses are tried first.
    let world = World::new().team("ann").org("centre").person_who("bea", ConsentStatus::Refused);
    let world = world.knows("ann", "bea").role_at("bea", "centre").contact_of("ann", "centre").inferred();
    assert_eq!(world.ask("ann", "centre").why_not(), one(OnlyInferredLinks, Some("ann")));
}

#[test]
fn several_rules_are_those_that_the_cheapest_relaxed_path_breaks() {
    let world = World::new().team("ann").person_who("bea", ConsentStatus::Expired).org("centre");
    let world = world.knows("ann", "bea").role_at("bea", "centre").until("2026-01-01");
    let expected = (SeveralRules, vec![BlockedByConsent, OnlyExpiredLinks], Some("ann".to_owned()));
    assert_eq!(world.ask("ann", "centre").why_not(), expected);
}

#[test]
fn a_step_breaks_a_rule_only_when_none_of_its_equally_cheap_relations_keeps_it() {
    // The first step has two relations that cost the same, and only one of them is a guess.
    let world = World::new().team("ann").person_who("bea", ConsentStatus::Refused).org("centre");
    let world = world.knows("ann", "bea").fresh().strength(0.4).with_id("rel:2");
    let world = world.knows("ann", "bea").fresh().strength(1.0).inferred().with_id("rel:1");
    let world = world.role_at("bea", "centre").until("2026-01-01");
    assert_eq!(world.ask("ann", "centre").why_not().1, [BlockedByConsent, OnlyExpiredLinks]);
}

#[test]
fn where_several_rules_would_cure_a_missing_area_the_first_is_named() {
    // Bea was in the city by a role that is a guess and by one that has ended; and she was not asked.
    let world = World::new().area("city").team("ann").person_who("bea", ConsentStatus::Refused).group("carers");
    let world = world.org("library").located_in("library", "city").org("school").located_in("school", "city");
    let world = world.role_at("bea", "library").inferred().role_at("bea", "school").until("2026-01-01");
    let world = world.knows("ann", "bea").serves("bea", "carers", ServeMode::PeerLed);
    let why = world.ask("ann", "carers").in_area("city").why_not();
    assert_eq!(why, (SeveralRules, vec![OnlyInferredLinks, BlockedByConsent], Some("ann".to_owned())));
}

#[test]
fn a_missing_area_that_no_one_rule_cures_names_the_fewest_that_do() {
    // Carers of the city; Bea was there by a role that is a guess and over.
    let world = World::new().area("city").team("ann").person("bea").group("carers").living_in("city");
    let world = world.org("library").located_in("library", "city").knows("ann", "bea");
    let world =
        world.serves("bea", "carers", ServeMode::PeerLed).role_at("bea", "library").inferred().until("2026-01-01");
    let expected = (SeveralRules, vec![OnlyInferredLinks, OnlyExpiredLinks], Some("bea".to_owned()));
    assert_eq!(world.ask("ann", "carers").why_not(), expected);
}

#[test]
fn islands_are_disconnected() {
    assert_eq!(row().org("island").ask("ann", "island").why_not(), plain(Disconnected));
}

#[test]
fn a_partner_reads_no_more_than_that_there_is_none() {
    let refused = World::new().team("ann").person_who("bea", ConsentStatus::Refused).org("centre");
    let refused = refused.knows("ann", "bea").role_at("bea", "centre");
    assert_eq!(refused.ask_team("centre").by_partner().why_not(), plain(NoPath));
    assert_eq!(row().org("island").ask_team("island").by_partner().why_not(), plain(NoPath));
    let nothing = OrganisationFilter { kind: Some(vec![OrganisationKind::Tsi]), ..OrganisationFilter::default() };
    assert_eq!(row().ask_for_organisations("hub", nothing).by_partner().why_not(), plain(NoMatchingTarget));
}

/// Ann, Bea with her consents, and the centre.
fn by_way_of_bea(introduce: ConsentStatus, contact: ConsentStatus) -> World {
    let world = World::new().team("Ann").person_who("Bea", introduce).contact(contact).org("centre");
    world.knows("Ann", "Bea").role_at("Bea", "centre")
}

#[test]
fn a_suggestion_names_a_person_only_while_they_may_still_be_asked() {
    let named = |introduce, contact| {
        let suggestions = by_way_of_bea(introduce, contact).ask("Ann", "centre").suggestions();
        assert_eq!(suggestions.len(), 1, "{suggestions:?}");
        suggestions[0].contains("Bea")
    };
    assert!(named(ConsentStatus::NotAsked, ConsentStatus::NotAsked));
    assert!(named(ConsentStatus::Expired, ConsentStatus::Granted));
    assert!(!named(ConsentStatus::Refused, ConsentStatus::Granted));
    assert!(!named(ConsentStatus::Withdrawn, ConsentStatus::Granted));
    assert!(!named(ConsentStatus::NotAsked, ConsentStatus::Refused), "they do not want to be contacted at all");
    assert!(!named(ConsentStatus::Expired, ConsentStatus::Withdrawn));
}

#[test]
fn a_suggestion_to_confirm_a_guess_names_nobody_whose_consent_stands() {
    let world = World::new().team("Ann").person("Bea").org("centre").knows("Ann", "Bea");
    let world = world.role_at("Bea", "centre").inferred();
    let suggestions = world.ask("Ann", "centre").suggestions();
    assert!(suggestions.iter().all(|words| !words.contains("Bea")), "{suggestions:?}");
}

#[test]
fn a_partner_gets_no_suggestion() {
    let world = by_way_of_bea(ConsentStatus::NotAsked, ConsentStatus::NotAsked);
    assert!(world.ask_team("centre").by_partner().suggestions().is_empty());
}

#[test]
fn suggestions_name_the_link_to_confirm_and_who_serves_the_group() {
    let world = row().partners("hub", "centre");
    let guess = World::new().team("ann").org("hub").org("centre").group("carers").contact_of("ann", "hub");
    let guess = guess.partners("hub", "centre").inferred().serves("centre", "carers", ServeMode::Faith);
    assert_eq!(
        guess.ask("ann", "carers").suggestions(),
        [
            "Confirm the link between hub and centre, which is only inferred, or ask with includeInferred.",
            "The nearest who serves this group is centre."
        ]
    );
    let ended = World::new().team("ann").org("hub").org("centre").contact_of("ann", "hub");
    let ended = ended.partners("hub", "centre").until("2026-01-01");
    assert_eq!(
        ended.ask("ann", "centre").suggestions(),
        ["Confirm whether the link between hub and centre still holds: it ended on 2026-01-01."]
    );
    let closed = World::new().team("ann").org("hub").until("2026-01-01").org("centre");
    let closed = closed.contact_of("ann", "hub").partners("hub", "centre");
    assert_eq!(
        closed.ask("ann", "centre").suggestions(),
        ["hub closed on 2026-01-01: find out who carries on their work."]
    );
    assert_eq!(
        world.org("island").ask("island", "carers").suggestions(),
        [
            "Nothing joins the two at all: record a contact, a membership or a role that does.",
            "centre serves this group: find out who knows them."
        ]
    );
}

#[test]
fn suggestions_name_everybody_whose_consent_would_help() {
    let world = World::new().team("ann").person_who("Bea", ConsentStatus::NotAsked).org("centre");
    let world = world.person_who("Cat", ConsentStatus::Expired).knows("ann", "Bea").knows("Bea", "Cat");
    let world = world.role_at("Cat", "centre");
    assert_eq!(
        world.ask("ann", "centre").suggestions(),
        [
            "Ask Bea whether they would introduce you: they were not asked yet.",
            "Ask Cat again whether they would introduce you: their consent has run out."
        ]
    );
}

#[test]
fn suggestions_name_the_conditions_that_the_likeliest_way_breaks() {
    let world = row().org("island");
    let ask = world.ask("ann", "carers").via("island").avoiding("hub").probable(0.9).structural(0);
    assert_eq!(
        ask.suggestions(),
        [
            "The likeliest way in does not keep to `avoid`, `minProbability` and `via`: ask without them, or for less of \
             them.",
            "The nearest who serves this group is centre."
        ]
    );
}

//! The questions that the demonstration has to answer, put to the real engine.

use super::peopled;
use crate::ingest::synthetic::REFERENCE_DAY;
use crate::model::{NodeRef, NodeType};
use crate::outreach::{
    Answer, HopCosts, NoPathReason, Question, Reader, Settings, SourceName, TargetName, Warmth, answer,
};
use crate::snapshot::{Day, Sight};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const LIVERPOOL: &str = "E08:E08000012";
const GLASGOW: &str = "S12:S12000049";
const CHESHIRE_AND_MERSEYSIDE: &str = "E54:E54000008";

static COSTS: LazyLock<HopCosts> =
    LazyLock::new(|| HopCosts::compute(&peopled().snapshot, Day::from(REFERENCE_DAY), &Settings::default()));

/// How the team gets to a group in an area, or anywhere.
fn ask(group: &str, area: &str, k: usize) -> Answer {
    let mut question = Question::new(vec![SourceName::Team], TargetName::Group(NodeRef::Ref(group.to_owned())));
    question.k = k;
    question.areas =
        Some(area).filter(|area| !area.is_empty()).map(|area| NodeRef::Ref(area.to_owned())).into_iter().collect();
    let reader = Reader { sight: Sight::Full, may_include_unasked: true, may_name_people: true, may_know_why: true };
    answer(&peopled().snapshot, &COSTS, &question, &Settings::default(), reader, REFERENCE_DAY, &|| false).unwrap()
}

#[test]
fn many_ways_lead_to_people_experiencing_homelessness() {
    for area in [LIVERPOOL, GLASGOW] {
        let answer = ask("group:core20plus5/people-experiencing-homelessness", area, 10);
        assert_eq!((answer.paths.len(), answer.limit), (10, None));
        let warmths = |warmth| answer.paths.iter().filter(|path| path.warmth == warmth).count();
        assert!(warmths(Warmth::Warm) >= 3 && warmths(Warmth::Networked) >= 1);
        let servers: BTreeSet<u32> = answer.paths.iter().map(|path| path.nodes[path.nodes.len() - 2]).collect();
        let starts: BTreeSet<u32> = answer.paths.iter().map(|path| path.nodes[0]).collect();
        let lengths: BTreeSet<usize> = answer.paths.iter().map(|path| path.hops.len()).collect();
        assert!(servers.len() >= 3 && starts.len() >= 3 && lengths.len() >= 2);
        for path in &answer.paths {
            assert!(path.probability > 0.1 && path.ask.contains(" asks ") && path.ask.ends_with('.'), "{}", path.ask);
            assert!(path.hops.iter().all(|hop| !hop.needs_consent));
        }
    }
}

#[test]
fn rural_practices_are_reached_through_people() {
    let answer = ask("group:systematic/rural-practices", CHESHIRE_AND_MERSEYSIDE, 20);
    let world = &peopled().snapshot;
    let reached: BTreeSet<&str> =
        answer.paths.iter().map(|path| world.node(path.nodes[path.nodes.len() - 1]).refs[0].as_str()).collect();
    assert!(reached.contains("GB-NHS:N81059") && reached.len() >= 3, "{reached:?}");
    assert!(answer.paths[0].ask.contains("practice manager"), "{}", answer.paths[0].ask);
}

#[test]
fn each_reason_for_no_way_in_has_its_example() {
    use NoPathReason::*;
    for (group, area, reason) in [
        ("group:systematic/rural-practices", LIVERPOOL, NoMatchingTarget),
        ("group:include/rare-diseases-and-genetic-sub-types", "", NobodyServesTarget),
        ("group:core20plus5/people-in-contact-with-the-justice-system", CHESHIRE_AND_MERSEYSIDE, OnlyInferredLinks),
        ("group:include/looked-after-children", LIVERPOOL, BlockedByConsent),
        ("group:include/lgbtq-sexual-orientation", GLASGOW, BlockedByConsent),
        ("group:include/pregnant-women", LIVERPOOL, BlockedByConsent),
        ("group:core20plus5/victims-of-modern-slavery", GLASGOW, DoNotApproach),
        ("group:include/visual-or-hearing-impairment", LIVERPOOL, OnlyExpiredLinks),
        ("group:include/people-living-in-remote-areas", GLASGOW, TooManyHops),
        ("group:include/military-veterans", LIVERPOOL, ConstraintsExcludeAll),
        ("group:include/cognitive-impairment", LIVERPOOL, SeveralRules),
        ("group:include/in-full-time-employment", LIVERPOOL, Disconnected),
    ] {
        let answer = ask(group, area, 3);
        assert_eq!(answer.no_path.map(|no_path| no_path.reason), Some(reason), "{group}");
    }
}

#[test]
fn one_person_alone_may_be_the_way_to_a_group() {
    let answer = ask("group:core20plus5/sex-workers", LIVERPOOL, 10);
    let world = &peopled().snapshot;
    let servers: BTreeSet<u32> = answer.paths.iter().map(|path| path.nodes[path.nodes.len() - 2]).collect();
    assert_eq!(servers.len(), 1);
    assert!(servers.iter().all(|ix| world.node_type(*ix) == NodeType::Individual));
}

#[test]
fn what_nobody_has_looked_at_for_years_is_a_poor_way_in() {
    let answer = ask("group:core20plus5/coastal-communities-with-pockets-of-deprivation", LIVERPOOL, 1);
    assert!(answer.paths[0].probability < 0.1);
}

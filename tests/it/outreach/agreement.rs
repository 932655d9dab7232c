//! The engine and the oracle on random worlds: whole answers, to the bit.

use super::builders::World;
use super::oracle::Oracle;
use super::reply::Reply;
use super::worlds::{self, Case, Theme};
use inroads::model::{ConsentStatus, Date};
use inroads::outreach::{self, HopCosts, NoPathReason, Question, Reader, Settings, ViaName};
use inroads::snapshot::Day;
use inroads::snapshot::resolve::Problem;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

/// What the engine answers, and what it suggests.
pub fn engine(
    world: &World,
    question: &Question,
    settings: &Settings,
    reader: Reader,
    today: Date,
) -> Result<(Reply, Vec<String>), Problem> {
    let snapshot = world.snapshot();
    let costs = HopCosts::compute(&snapshot, Day::from(question.as_of.unwrap_or(today)), settings);
    let answer = outreach::answer(&snapshot, &costs, question, settings, reader, today, &|| false)?;
    assert_eq!(answer.limit, None, "small worlds meet no limit");
    let reply = Reply::of(&answer, &snapshot);
    Ok((reply, answer.no_path.map_or_else(Vec::new, |no_path| no_path.suggestions)))
}

/// What the oracle answers.
pub fn oracle(world: &World, question: &Question, settings: &Settings, reader: Reader, today: Date) -> Reply {
    Oracle::new(&world.nodes, &world.relations, question, settings, reader, today).answer()
}

/// The two answer alike, and the engine's suggestions name no person who may not be named.
fn agree(case: &Case) -> Result<(), TestCaseError> {
    let Case { world, question, settings, reader, today } = case;
    let (engine, suggestions) = engine(world, question, settings, *reader, *today)
        .map_err(|problem| TestCaseError::fail(problem.to_string()))?;
    prop_assert_eq!(engine, oracle(world, question, settings, *reader, *today));
    prop_assert!(reader.may_know_why || suggestions.is_empty());
    for (node, person) in world.nodes.iter().filter_map(|node| Some((node, node.individual()?))) {
        let may_be_asked = matches!(person.introduce.on(*today), ConsentStatus::NotAsked | ConsentStatus::Expired);
        let said_no = matches!(person.contact.on(*today), ConsentStatus::Refused | ConsentStatus::Withdrawn);
        if !may_be_asked || said_no {
            prop_assert!(suggestions.iter().all(|words| !words.contains(&node.name)), "{:?}", suggestions);
        }
    }
    Ok(())
}

proptest! {
    // `PROPTEST_CASES` may ask for more.
    #![proptest_config({
        let config = ProptestConfig::default();
        ProptestConfig { cases: config.cases.max(4000), max_shrink_iters: 20_000, ..config }
    })]

    #[test]
    fn engine_and_oracle_agree(case in worlds::cases(Theme::Anything)) {
        agree(&case)?;
    }

    #[test]
    fn engine_and_oracle_agree_about_places(case in worlds::cases(Theme::Places)) {
        agree(&case)?;
    }

    #[test]
    fn engine_and_oracle_agree_about_what_a_path_as_a_whole_has_to_keep(case in worlds::cases(Theme::Terms)) {
        agree(&case)?;
    }
}

/// The worlds above would prove little if they were empty, and nothing of what is never reached.
#[test]
fn random_worlds_are_worth_asking() {
    let mut runner = TestRunner::deterministic();
    let strategy = worlds::cases(Theme::Anything);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut several = 0;
    let cases = 2000;
    for _ in 0..cases {
        let case = strategy.new_tree(&mut runner).expect("the strategy rejects nothing").current();
        let oracle = Oracle::new(
            &case.world.nodes,
            &case.world.relations,
            &case.question,
            &case.settings,
            case.reader,
            case.today,
        );
        several += usize::from(oracle.count() >= 2);
        if let Some(why) = oracle.answer().no_path {
            *reasons.entry(format!("{:?}", why.reason)).or_default() += 1;
        }
    }
    println!("of {cases} random cases {several} have two paths or more; without a path: {reasons:?}");
    assert!(several * 4 >= cases, "only {several} of {cases} have two paths or more");
    for reason in [
        NoPathReason::NoMatchingTarget,
        NoPathReason::NobodyServesTarget,
        NoPathReason::OnlyInferredLinks,
        NoPathReason::BlockedByConsent,
        NoPathReason::DoNotApproach,
        NoPathReason::OnlyExpiredLinks,
        NoPathReason::TooManyHops,
        NoPathReason::ConstraintsExcludeAll,
        NoPathReason::SeveralRules,
        NoPathReason::Disconnected,
        NoPathReason::NoPath,
    ] {
        assert!(reasons.contains_key(&format!("{reason:?}")), "no case says {reason:?}");
    }
}

/// Nor what is asked of a path as a whole, if it seldom decided anything; alone, and beside another that does as well.
#[test]
fn random_terms_decide_what_is_answered() {
    type LeaveOut = fn(&mut Question);
    const WITHOUT: [(&str, LeaveOut); 4] = [
        ("via", |question| question.via = ViaName::default()),
        ("maxStructuralHops", |question| question.max_structural_hops = None),
        ("minProbability", |question| question.min_probability = None),
        ("diversity", |question| question.diversity = None),
    ];
    let mut runner = TestRunner::deterministic();
    let strategy = worlds::cases(Theme::Terms);
    let mut decided: BTreeMap<String, usize> = BTreeMap::new();
    let mut dearer = 0;
    for _ in 0..3000 {
        let case = strategy.new_tree(&mut runner).expect("the strategy rejects nothing").current();
        let paths = |question: &Question| oracle(&case.world, question, &case.settings, case.reader, case.today).paths;
        let shown = paths(&case.question);
        if shown.is_empty() {
            continue;
        }
        let decides: Vec<&str> = WITHOUT
            .into_iter()
            .filter(|(_, leave_out)| {
                let mut question = case.question.clone();
                leave_out(&mut question);
                question != case.question && paths(&question) != shown
            })
            .map(|(name, _)| name)
            .collect();
        for (place, name) in decides.iter().enumerate() {
            *decided.entry((*name).to_owned()).or_default() += 1;
            for other in &decides[place + 1..] {
                *decided.entry(format!("{name} and {other}")).or_default() += 1;
            }
        }
        let mut free = case.question.clone();
        free.max_structural_hops = None;
        let free = paths(&free);
        dearer += usize::from(
            shown.iter().any(|route| free.iter().any(|other| other.nodes == route.nodes && other.cost < route.cost)),
        );
    }
    println!("terms that decide: {decided:?}; a step took a dearer relation in {dearer}");
    assert_eq!(decided.len(), 10, "each of four, and each pair: {decided:?}");
    assert!(WITHOUT.iter().all(|(name, _)| decided[*name] >= 30) && dearer >= 20, "{decided:?}, {dearer}");
}

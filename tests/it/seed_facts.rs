//! What the seed has to hold: the figures that its sources give, counted through the same doors that users take.

use crate::support::seeded::{self, TODAY};
use inroads::app::Asking;
use inroads::model::{IntRange, Nation, NodeRef, NodeType, OrganisationFilter, OrganisationKind, parse_day};
use inroads::snapshot::page::PageRequest;
use inroads::snapshot::stats::Dimension;
use std::collections::BTreeMap;

fn at(reference: &str) -> NodeRef {
    NodeRef::Ref(reference.to_owned())
}

fn practices() -> OrganisationFilter {
    OrganisationFilter { kind: Some(vec![OrganisationKind::GpPractice]), ..OrganisationFilter::default() }
}

fn home_practices() -> OrganisationFilter {
    OrganisationFilter { icb: Some(at("GB-NHS:QYG")), ..practices() }
}

fn kind(kind: OrganisationKind) -> OrganisationFilter {
    OrganisationFilter { kind: Some(vec![kind]), ..OrganisationFilter::default() }
}

fn count(asking: &Asking, filter: &OrganisationFilter) -> usize {
    asking.organisations(filter, None, &PageRequest::default(), 1).expect("a list").total.expect("a count")
}

fn on(filter: &OrganisationFilter, day: &str) -> OrganisationFilter {
    OrganisationFilter { open_as_of: Some(parse_day(day).expect("a day")), ..filter.clone() }
}

/// Counts by one dimension, as (ref or code, count).
fn by(asking: &Asking, filter: &OrganisationFilter, dimension: Dimension) -> BTreeMap<String, usize> {
    asking
        .organisation_stats(filter, &[dimension])
        .expect("counts")
        .into_iter()
        .map(|row| {
            let key = row.keys.into_iter().next().expect("a key");
            let node = key.node.and_then(|view| view.refs.first().map(|reference| reference.value().to_owned()));
            (node.or(key.code).unwrap_or_else(|| "unknown".to_owned()), row.count)
        })
        .collect()
}

fn table(rows: &[(&str, usize)]) -> BTreeMap<String, usize> {
    rows.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect()
}

#[tokio::test]
async fn the_real_seed_holds_what_its_sources_amount_to() {
    let graph = seeded::real().store.load().await.expect("a graph");
    let mut nodes: BTreeMap<&str, usize> = BTreeMap::new();
    for stored in &graph.nodes {
        *nodes.entry(stored.node.node_type().as_str()).or_default() += 1;
    }
    let expected = [
        ("ORGANISATION", 1457),
        ("NETWORK", 10),
        ("WORKING_GROUP", 3),
        ("INITIATIVE", 11),
        ("UNDERSERVED_GROUP", 70),
        ("SOFTWARE_PRODUCT", 5),
        ("POPULATION_SEGMENT", 3),
        ("AREA", 4858),
    ];
    assert_eq!(nodes, BTreeMap::from(expected));
    let mut relations: BTreeMap<&str, usize> = BTreeMap::new();
    for relation in &graph.relations {
        *relations.entry(relation.kind.as_str()).or_default() += 1;
    }
    let expected = [
        ("COMMISSIONED_BY", 757),
        ("IN_GEOGRAPHY_OF", 675),
        ("PARTNER_TO", 450),
        ("USES", 334),
        ("FUNDS", 264),
        ("SERVES", 186),
        ("SUPPORTS", 49),
        ("SUCCEEDED_BY", 20),
        ("HOSTS", 16),
        ("PARTNERS_WITH", 10),
        ("CONVENES", 6),
        ("OPERATED_BY", 1),
        ("LOCATED_IN", 1141),
        ("COVERS", 281),
    ];
    assert_eq!(relations, BTreeMap::from(expected));
    assert!(graph.nodes.iter().all(|stored| !stored.node.synthetic), "nothing made up");
    let asking = seeded::real().ask(TODAY).await;
    assert_eq!(count(&asking, &OrganisationFilter::default()), 1392);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let seeded = seeded::Seeded::new(inroads::app::SeedOptions { england: false, individuals: 40 }).await;
    let before = seeded.store.health().await.expect("health").revision;
    let clock = std::sync::Arc::new(seeded::OnDay::new("2027-01-01"));
    let mut importer = inroads::app::Importer::open(
        std::sync::Arc::clone(&seeded.store),
        clock,
        inroads::model::IdGenerator::from_seed(2),
        inroads::config::Import::default(),
    )
    .await
    .expect("an importer");
    let options = inroads::app::SeedOptions { england: false, individuals: 40 };
    let (report, revision) = inroads::app::seed(&mut importer, options, &mut |_| {}).await.expect("seeded");
    assert!(report.nothing_new(), "{report}");
    assert_eq!(revision, None);
    assert_eq!(seeded.store.health().await.expect("health").revision, before);
}

#[tokio::test]
async fn icbs_merged_on_the_first_of_april_2026() {
    let asking = seeded::real().ask(TODAY).await;
    let icbs = kind(OrganisationKind::Icb);
    assert_eq!(count(&asking, &on(&icbs, "2026-03-31")), 42);
    assert_eq!(count(&asking, &on(&icbs, "2026-04-01")), 36);
    assert_eq!(
        count(&asking, &OrganisationFilter { icb: Some(at("GB-NHS:QYG")), ..kind(OrganisationKind::SubIcbLocation) }),
        9
    );
    assert_eq!(
        count(&asking, &OrganisationFilter { icb: Some(at("GB-NHS:QYG")), ..kind(OrganisationKind::NhsTrust) }),
        15
    );
    let trusts = by(&asking, &kind(OrganisationKind::NhsTrust), Dimension::Icb);
    assert_eq!((trusts.len(), trusts["unknown"]), (37, 3), "36 ICBs, and three Welsh trusts with none");
}

#[tokio::test]
async fn practices_of_cheshire_and_merseyside() {
    let asking = seeded::real().ask(TODAY).await;
    assert_eq!(count(&asking, &home_practices()), 338);
    let rural = OrganisationFilter { rural: Some(true), ..home_practices() };
    assert_eq!(count(&asking, &rural), 20);
    let rural_on_tpp = OrganisationFilter { uses_software: Some(vec!["TPP".to_owned()]), ..rural };
    let found = asking.organisations(&rural_on_tpp, None, &PageRequest::default(), 10).expect("a list");
    let refs: Vec<String> = found.items.iter().map(|found| found.view.refs[0].to_string()).collect();
    assert_eq!(refs, ["GB-NHS:N81059"]);
    let small = OrganisationFilter { list_size: Some(IntRange { min: None, max: Some(2_999) }), ..home_practices() };
    assert_eq!(count(&asking, &small), 35);
    for (name, expected) in
        [("EMIS", 312), ("software:emis-web", 312), ("EMIS Web", 312), ("TPP", 21), ("SystmOne", 21), ("medicus", 1)]
    {
        let filter = OrganisationFilter { uses_software: Some(vec![name.to_owned()]), ..home_practices() };
        assert_eq!(count(&asking, &filter), expected, "{name}");
    }
    assert_eq!(by(&asking, &home_practices(), Dimension::Software)["unknown"], 4);
    assert_eq!(
        by(&asking, &home_practices(), Dimension::Commissioner),
        table(&[
            ("99A", 83),
            ("27D", 79),
            ("12F", 43),
            ("01X", 28),
            ("01T", 28),
            ("02E", 26),
            ("01J", 23),
            ("01F", 14),
            ("01V", 14)
        ])
    );
    let liverpool = OrganisationFilter { commissioned_by: Some(at("GB-NHS:99A")), ..practices() };
    let emis = OrganisationFilter { uses_software: Some(vec!["EMIS".to_owned()]), ..liverpool.clone() };
    let deprived =
        OrganisationFilter { deprivation_decile: Some(IntRange { min: Some(1), max: Some(2) }), ..liverpool.clone() };
    assert_eq!((count(&asking, &liverpool), count(&asking, &emis), count(&asking, &deprived)), (83, 83, 60));
}

#[tokio::test]
async fn practices_by_where_they_are() {
    let asking = seeded::real().ask(TODAY).await;
    let within = |area: &str| count(&asking, &OrganisationFilter { area: Some(at(area)), ..practices() });
    assert_eq!(within("E54:E54000008"), 338);
    assert_eq!(within("S12:S12000049"), 146);
    assert_eq!(within("S08:S08000031"), 242);
    let places = by(&asking, &home_practices(), Dimension::LocalAuthority);
    let expected = [
        ("E08000012", 85),
        ("E08000015", 43),
        ("E06000050", 42),
        ("E08000014", 41),
        ("E06000049", 37),
        ("E08000013", 28),
        ("E06000007", 26),
        ("E08000011", 22),
        ("E06000006", 14),
    ];
    assert_eq!(places, table(&expected));
}

#[tokio::test]
async fn primary_care_networks_come_and_go() {
    let asking = seeded::real().ask(TODAY).await;
    let pcns = OrganisationFilter { icb: Some(at("GB-NHS:QYG")), ..kind(OrganisationKind::Pcn) };
    assert_eq!(count(&asking, &pcns), 48);
    assert_eq!(count(&asking, &on(&pcns, "2020-01-01")), 55);
    let liverpool = OrganisationFilter { commissioned_by: Some(at("GB-NHS:99A")), ..kind(OrganisationKind::Pcn) };
    assert_eq!(count(&asking, &liverpool), 9);
    for code in ["U52891", "U69520", "U81986"] {
        let named = OrganisationFilter { text: Some(code.to_owned()), ..pcns.clone() };
        assert_eq!((count(&asking, &named), count(&asking, &on(&named, "2020-01-01"))), (0, 1), "{code}");
    }
}

#[tokio::test]
async fn practice_groups_are_saved_filters() {
    let asking = seeded::real().ask(TODAY).await;
    let graph = seeded::real().store.load().await.expect("a graph");
    for (name, expected) in [("rural", 20), ("resource-constrained", 156), ("strained", 18)] {
        let reference = format!("group:systematic/{name}-practices");
        let group = graph.nodes.iter().find(|stored| stored.node.refs[0].as_str() == reference).expect("the group");
        let members = group.node.group().and_then(|facts| facts.members.clone()).expect("members");
        let filter = OrganisationFilter { icb: Some(at("GB-NHS:QYG")), ..*members };
        assert_eq!(count(&asking, &filter), expected, "{name}");
    }
}

#[tokio::test]
async fn england_as_a_whole() {
    let asking = seeded::england().ask(TODAY).await;
    let practices = || OrganisationFilter { nation: Some(vec![Nation::England]), ..practices() };
    assert_eq!(count(&asking, &practices()), 6_220);
    let rural = OrganisationFilter { rural: Some(true), ..practices() };
    assert_eq!(count(&asking, &rural), 957);
    let on_tpp = OrganisationFilter { uses_software: Some(vec!["TPP".to_owned()]), ..rural };
    assert_eq!(count(&asking, &on_tpp), 526);
    for code in ["B86009", "M85746"] {
        let named = OrganisationFilter { text: Some(code.to_owned()), ..practices() };
        let systems = by(&asking, &named, Dimension::Software);
        assert_eq!(systems.keys().map(String::as_str).collect::<Vec<_>>(), ["emis-web", "systmone"], "{code}");
    }
    let graph = seeded::england().store.load().await.expect("a graph");
    for (name, expected) in [("rural", 957), ("resource-constrained", 1_623), ("strained", 278)] {
        let reference = format!("group:systematic/{name}-practices");
        let group = graph.nodes.iter().find(|stored| stored.node.refs[0].as_str() == reference).expect("the group");
        let members = group.node.group().and_then(|facts| facts.members.clone()).expect("members");
        assert_eq!(count(&asking, &members), expected, "{name}");
    }
}

#[tokio::test]
async fn the_default_seed_has_people_too_and_says_that_they_are_made_up() {
    let graph = seeded::whole().store.load().await.expect("a graph");
    let of = |wanted: NodeType| graph.nodes.iter().filter(move |stored| stored.node.node_type() == wanted);
    assert_eq!(of(NodeType::Individual).count(), 1_600);
    assert!(of(NodeType::Individual).all(|stored| stored.node.synthetic));
    assert_eq!(of(NodeType::WorkingGroup).count(), 3);
    assert!(of(NodeType::Organisation).count() > 400);
    let team = of(NodeType::Individual).filter(|stored| stored.node.individual().is_some_and(|facts| facts.team));
    assert_eq!(team.count(), 8);
    let real = seeded::real().store.load().await.expect("a graph").relations.len();
    assert_eq!(graph.relations.iter().filter(|relation| !relation.synthetic).count(), real, "nothing real was added");
}

//! What is committed is what is read, for every type and field, now and after a restart.

use crate::build::*;
use crate::ground::{Ground, State, Store, for_all, node, pieces, state};
use crate::worlds::{World, world};
use inroads::model::*;
use inroads::store::{PastOf, Piece};
use std::collections::BTreeMap;

pub async fn an_empty_store(ground: &dyn Ground) {
    let store = ground.empty().await;
    for store in [store, ground.again().await] {
        assert_eq!(state(&store).await, State::default());
        let health = store.health().await.unwrap();
        assert_eq!((health.revision.0, health.announced.0, health.log_since.0), (0, 0, 0));
        assert_eq!(health.unfinished, None);
        let delta = store.delta(Revision(0), 10).await.unwrap().unwrap();
        assert_eq!((delta.revision, delta.nodes.len(), delta.gone_nodes.len()), (Revision(0), 0, 0));
        assert_eq!(store.changes_since(Revision(0), 10).await.unwrap(), []);
        assert_eq!(store.past(&PastOf::Thing("org:a".into()), None, 10).await.unwrap(), []);
        assert_eq!(store.past(&PastOf::ChangeSet(Revision(1)), None, 10).await.unwrap(), []);
        assert_eq!(store.committed("1").await.unwrap(), None);
        assert_eq!(store.let_go_of_log(jiff::Timestamp::MAX).await.unwrap(), 0);
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
        let none = Revision(0);
        assert_eq!(pieces(&store).await, [Piece::End { revision: none, announced: none, log_since: none }]);
    }
}

/// Everything the store gives back equals what the world says; of relations of one identity the last counts.
async fn assert_holds(store: &Store, world: &World, earlier: usize) {
    let state = state(store).await;
    let nodes: BTreeMap<_, _> = world.nodes.iter().map(|record| (&record.node.id, record)).collect();
    assert_eq!(state.nodes.iter().map(|(id, (record, _))| (id, record)).collect::<BTreeMap<_, _>>(), nodes);
    let relations: BTreeMap<_, _> = world.relations.iter().map(|record| (&record.relation.id, record)).collect();
    for (id, record) in &relations {
        assert_eq!(state.relations[*id], **record);
    }
    assert!(state.relations.len() <= relations.len() + earlier);
    for source in &world.sources {
        assert_eq!(state.sources[&source.name], *source);
    }
}

pub async fn arbitrary_worlds_survive_updates_and_restarts(ground: &dyn Ground) {
    for_all(ground.samples(), (world(), world()), async |(first, second): (World, World)| {
        let store = ground.empty().await;
        store.commit(set("first", first.changes())).await.unwrap();
        assert_holds(&store, &first, 0).await;
        store.commit(set("second", second.changes())).await.unwrap();
        assert_holds(&store, &second, first.relations.len()).await;
        drop(store);

        let store = ground.again().await;
        assert_holds(&store, &second, first.relations.len()).await;
        assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    });
}

/// A node of the type with something in each of its fields.
fn full(node_type: NodeType) -> NodeRecord {
    let id = |tail: &str| NodeId::known(format!("{}:{tail}", node_type.id_prefix()));
    let body = match node_type {
        NodeType::Organisation => Body::Organisation(OrganisationFacts {
            kind: OrganisationKind::GpPractice,
            sector: Some(Sector::HealthSystem),
            nation: Some(Nation::England),
            list_size: Some(u32::MAX),
            deprivation_decile: Some(10),
            rural: Some(false),
        }),
        NodeType::Individual => Body::Individual(IndividualFacts {
            team: true,
            contact: Consent { status: ConsentStatus::Granted, expires_on: Some(day("2027-01-01")) },
            introduce: Consent { status: ConsentStatus::Refused, expires_on: Some(day("2028-02-29")) },
        }),
        NodeType::Network | NodeType::WorkingGroup => Body::Network(NetworkFacts {
            working_group: node_type == NodeType::WorkingGroup,
            formality: Some(Formality::Informal),
            purpose: Some("to meet".to_owned()),
        }),
        NodeType::Area => Body::Area(AreaFacts {
            parents: vec![id("b"), id("a")],
            deprivation_decile: Some(1),
            deprivation_rank: Some(32_844),
            rural: Some(true),
            small_areas: Some(0),
            deprived_small_areas: Some(1),
            rural_small_areas: Some(2),
        }),
        NodeType::UnderservedGroup => Body::UnderservedGroup(GroupFacts {
            kind: GroupKind::Practice,
            framework: Some("CORE20PLUS5".to_owned()),
            category: Some("plus".to_owned()),
            area: Some(NodeId::known("area:a")),
            parents: vec![id("b"), id("a")],
            same_as: vec![id("c")],
            members: Some(Box::new(OrganisationFilter {
                rural: Some(true),
                text: Some("surgery".to_owned()),
                ..OrganisationFilter::default()
            })),
        }),
        NodeType::PopulationSegment => Body::PopulationSegment(SegmentFacts { description: Some("many".to_owned()) }),
        NodeType::SoftwareProduct => Body::SoftwareProduct(SoftwareFacts {
            supplier: Some("TPP".to_owned()),
            nation: Some("ENGLAND".to_owned()),
        }),
        NodeType::Initiative => Body::Initiative(InitiativeFacts { kind: Some("workstream".to_owned()) }),
    };
    let mut full = record(id(node_type.as_str()).as_str(), "Its name", body);
    let (first, second) = (format!("GB-NHS:{node_type}"), format!("team:{node_type}/2"));
    full = with_ref(with_ref(full, &second), &first);
    full.node.aliases = vec!["b".to_owned(), "a".to_owned()];
    full.node.validity = Validity { from: Some(day("1948-07-05")), to: Some(day("2999-12-31")) };
    full.node.do_not_approach = Some(DoNotApproach {
        from: Some(day("2026-02-01")),
        until: day("2026-09-01"),
        reason: Some("a new system".to_owned()),
    });
    full.node.merged_into = Some(NodeId::known("org:survivor"));
    full.node.synthetic = true;
    full.details = Details {
        postcode: Some("L1 1AA".to_owned()),
        website: Some("https://example.org".to_owned()),
        sources: vec!["b".to_owned(), "a".to_owned()],
        email: Some("name@example.org".to_owned()),
        phone: Some("0151 496 0000".to_owned()),
        languages: vec!["Cymraeg".to_owned(), "English".to_owned()],
        lived_experience: vec!["caring".to_owned()],
        consents: vec![ConsentRecord {
            purpose: ConsentPurpose::Introduce,
            status: ConsentStatus::Refused,
            lawful_basis: Some("consent".to_owned()),
            recorded_on: Some(day("2026-01-31")),
            expires_on: Some(day("2028-02-29")),
        }],
    };
    full
}

pub async fn each_type_and_kind_with_all_its_fields(ground: &dyn Ground) {
    let store = ground.empty().await;
    let nodes: Vec<NodeRecord> = NodeType::ALL.iter().copied().map(full).collect();
    let mut changes: Vec<Change> = nodes.iter().map(put).collect();
    changes.push(put(&practice("org:survivor")));
    let mut relations = Vec::new();
    for kind in RelationKind::ALL {
        let mut made = relation(*kind, "ind:INDIVIDUAL", "org:ORGANISATION", Some("Lead"), "register");
        let shown = &mut made.relation;
        shown.validity = Validity { from: Some(day("2020-02-29")), to: Some(day("2030-01-01")) };
        shown.strength = Some(0.1 + 0.2);
        (shown.one_way, shown.champion, shown.gatekeeper, shown.synthetic) = (true, true, true, true);
        shown.last_confirmed_on = Some(day("2026-01-01"));
        made.note = Some("a note".to_owned());
        made.add_evidence(EvidenceKind::ALL.iter().map(|kind| Evidence {
            kind: *kind,
            source: "a witness".to_owned(),
            date: Some(day("2025-12-24")),
        }));
        changes.push(link(&made));
        relations.push(made);
    }
    let told = Source {
        name: "the register".to_owned(),
        publisher: Some("NHS England".to_owned()),
        licence: Some("OGL 3.0".to_owned()),
        published_on: Some(day("2026-02-27")),
        url: Some("https://example.org/register".to_owned()),
    };
    changes.push(Change::PutSource(told.clone()));
    store.commit(set("1", changes)).await.unwrap();

    let state = state(&ground.again().await).await;
    assert_eq!(state.nodes.len(), nodes.len() + 1);
    for record in nodes {
        assert_eq!(state.nodes[&record.node.id].0, record);
    }
    assert_eq!(state.relations.len(), RelationKind::ALL.len());
    for record in relations {
        assert_eq!(state.relations[&record.relation.id], record);
    }
    assert_eq!(state.sources, BTreeMap::from([(told.name.clone(), told)]));
}

pub async fn a_megabyte_of_any_script(ground: &dyn Ground) {
    let store = ground.empty().await;
    let long =
        "Ynys Môn, 利物浦, لیورپول, \u{1F469}\u{200D}\u{2695}\u{FE0F} `'\"\\ $x {y} <b>&amp;\u{0301}".repeat(15_000);
    assert!(long.len() > 1_000_000);
    let mut known = named(person("ind:a"), &long);
    known.details.lived_experience = vec![long.clone()];
    let mut lead = role("ind:a", "org:a", "Lead", &long);
    lead.note = Some(long.clone());
    let mut network = record("net:a", &long, Body::Network(NetworkFacts::default()));
    network.node.body = Body::Network(NetworkFacts { purpose: Some(long.clone()), ..NetworkFacts::default() });
    let changes = vec![put(&known), put(&practice("org:a")), put(&network), link(&lead)];
    store.commit(set("1", changes)).await.unwrap();

    // Its change is a megabyte before and after, personal and not.
    let mut renamed = network.clone();
    renamed.node.name = long.to_uppercase();
    let known_now = named(known.clone(), "A short name");
    store.commit(set("2", vec![put(&renamed), put(&known_now)])).await.unwrap();
    let state = state(&ground.again().await).await;
    assert_eq!(state.nodes[&id("ind:a")].0, known_now);
    assert_eq!(state.nodes[&id("net:a")].0, renamed);
    assert_eq!(state.relations[&lead.relation.id], lead);
    let past = store.past(&PastOf::Thing("ind:a".into()), None, 1).await.unwrap();
    assert_eq!(past[0].fields[0].before, Some(long.into()));
}

pub async fn a_node_says_when_it_was_last_touched(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a")), put(&practice("org:b"))])).await.unwrap();
    let later = at("2026-03-02T10:11:12.123456789Z");
    // A put that changes nothing does not touch.
    let changes = vec![put(&practice("org:a")), put(&named(practice("org:b"), "Renamed"))];
    store.commit(ChangeSet { at: later, ..set("2", changes) }).await.unwrap();

    let state = state(&store).await;
    let touched: Vec<_> = state.nodes.values().map(|(_, at)| *at).collect();
    assert_eq!(touched, [at("2026-03-01T09:00:00Z"), later]);
}

pub async fn thousands_of_keys_at_once(ground: &dyn Ground) {
    let store = ground.empty().await;
    let mut changes = vec![put(&practice("org:hub"))];
    let mut relations = Vec::new();
    for n in 0..1_500 {
        let mut spoke = practice(&format!("org:{n}"));
        spoke.details.postcode = Some(format!("L{n}"));
        changes.push(put(&spoke));
        let lead = role(&format!("org:{n}"), "org:hub", "Lead", "register");
        relations.push(lead.relation.id.clone());
        changes.push(link(&lead));
    }
    store.commit(set("1", changes)).await.unwrap();

    // Two are unknown, ten are asked for twice.
    let mut ids: Vec<NodeId> = (0..1_502).map(|n| NodeId::known(format!("org:{n}"))).collect();
    ids.extend_from_within(..10);
    relations.push(RelationId::known("rel:unknown"));
    relations.extend_from_within(..10);
    let details = store.hydrate(&ids).await.unwrap();
    assert_eq!(details.len(), 1_500);
    assert_eq!(details[&id("org:1499")].postcode.as_deref(), Some("L1499"));
    let evidence = store.evidence(&relations).await.unwrap();
    assert_eq!(evidence.len(), 1_500);
    assert!(evidence.values().all(|details| details.evidence.len() == 1));
    let records = store.records(&ids, &relations).await.unwrap();
    assert_eq!((records.nodes.len(), records.relations.len()), (1_500, 1_500));
    assert_eq!(records.nodes[&id("org:7")].details, details[&id("org:7")]);
}

pub async fn unknown_ids_are_absent(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    let nodes = [id("org:a"), id("org:A"), id("org:a "), id(""), id("org:%")];
    let relations = [RelationId::known("org:a"), RelationId::known("rel:0")];
    assert_eq!(store.hydrate(&nodes).await.unwrap().into_keys().collect::<Vec<_>>(), [id("org:a")]);
    assert!(store.evidence(&relations).await.unwrap().is_empty());
    let records = store.records(&nodes, &relations).await.unwrap();
    assert_eq!((records.revision, records.nodes.len(), records.relations.len()), (Revision(1), 1, 0));
    assert_eq!(node(&store, "org:a").await, Some(practice("org:a")));
    assert!(store.hydrate(&[]).await.unwrap().is_empty());
    assert!(store.evidence(&[]).await.unwrap().is_empty());
    assert_eq!(store.records(&[], &[]).await.unwrap().revision, Revision(1));
}

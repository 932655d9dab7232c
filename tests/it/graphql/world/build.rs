//! The graph's contents.

use super::super::store::MemoryStore;
use inroads::model::{
    AreaFacts, Body, Consent, ConsentPurpose, ConsentRecord, ConsentStatus, Date, Details, DoNotApproach, Evidence,
    EvidenceKind, Formality, GroupFacts, GroupKind, IndividualFacts, InitiativeFacts, IntRange, NetworkFacts, Node,
    NodeId, OrganisationFacts, OrganisationFilter, OrganisationKind, Ref, Relation, RelationKind, Revision,
    SegmentFacts, ServeMode, SoftwareFacts, Source, Validity,
};
use inroads::store::StoredNode;

pub fn store() -> MemoryStore {
    let mut store = MemoryStore::default();
    store.graph.revision = Revision(7);
    store.graph.sources = ["epraccur", "field notes", "ONS"].map(source).into();
    places(&mut store);
    bodies(&mut store);
    people(&mut store);
    relations(&mut store);
    store
}

fn source(name: &str) -> Source {
    Source { name: name.to_owned(), publisher: Some("somebody".into()), licence: None, published_on: None, url: None }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Adds a node under an id of its own; what tells it apart is for the caller to fill in.
fn node(store: &mut MemoryStore, id: &str, refs: &[&str], name: &str, body: Body, change: impl FnOnce(&mut Node)) {
    let mut node = Node {
        id: NodeId::known(id),
        refs: refs.iter().map(|reference| Ref::parse(reference).unwrap()).collect(),
        name: name.to_owned(),
        aliases: Vec::new(),
        validity: Validity::ALWAYS,
        do_not_approach: None,
        merged_into: None,
        synthetic: false,
        body,
    };
    change(&mut node);
    let updated_at = "2026-05-01T12:00:00Z".parse().unwrap();
    store.graph.nodes.push(StoredNode { node, updated_at });
}

fn plain(_: &mut Node) {}

fn organisation(kind: OrganisationKind) -> OrganisationFacts {
    OrganisationFacts { kind, sector: None, nation: None, list_size: None, deprivation_decile: None, rural: None }
}

/// A practice in Liverpool that uses EMIS, with a website that only the store knows.
pub fn member_of_liverpool(store: &mut MemoryStore, code: &str, list_size: u32) {
    let (id, reference) = (format!("org:GB-NHS:{code}"), format!("GB-NHS:{code}"));
    let facts = OrganisationFacts {
        list_size: Some(list_size),
        rural: Some(false),
        deprivation_decile: Some(1),
        ..organisation(OrganisationKind::GpPractice)
    };
    node(store, &id, &[&reference], &format!("Practice {code}"), Body::Organisation(facts), plain);
    let website = Some(format!("https://{code}.example.org").to_lowercase());
    let details = Details { website, sources: vec!["epraccur".into()], ..Details::default() };
    store.details.insert(NodeId::known(id.as_str()), details);
    relate(store, RelationKind::CommissionedBy, &id, "org:GB-NHS:99A", |_| {});
    relate(store, RelationKind::LocatedIn, &id, "area:E08:E08000012", |_| {});
    relate(store, RelationKind::Uses, &id, "sw:software:emis-web", |_| {});
}

/// A charity with nothing but a name.
pub fn charity(store: &mut MemoryStore, number: &str, name: &str) {
    let facts = Body::Organisation(organisation(OrganisationKind::Vcfse));
    node(store, &format!("org:GB-CHC:{number}"), &[&format!("GB-CHC:{number}")], name, facts, plain);
}

fn places(store: &mut MemoryStore) {
    let area = |parents: &[&str]| {
        Body::Area(AreaFacts { parents: parents.iter().map(|id| NodeId::known(*id)).collect(), ..AreaFacts::default() })
    };
    node(store, "area:E12:E12000002", &["E12:E12000002"], "North West", area(&[]), plain);
    node(store, "area:E08:E08000012", &["E08:E08000012"], "Liverpool", area(&["area:E12:E12000002"]), plain);
    node(store, "area:E06:E06000007", &["E06:E06000007"], "Warrington", area(&["area:E12:E12000002"]), plain);
    let groups: [(&str, &str, GroupFacts); 3] = [
        ("homeless", "People experiencing homelessness", group(GroupKind::Population)),
        (
            "rough-sleepers",
            "People sleeping rough",
            GroupFacts { parents: vec![NodeId::known("grp:group:homeless")], ..group(GroupKind::Population) },
        ),
        (
            "small-practices",
            "Small practices",
            GroupFacts {
                members: Some(Box::new(OrganisationFilter {
                    kind: Some(vec![OrganisationKind::GpPractice]),
                    list_size: Some(IntRange { min: None, max: Some(3000) }),
                    ..OrganisationFilter::default()
                })),
                ..group(GroupKind::Practice)
            },
        ),
    ];
    for (name, words, facts) in groups {
        let (id, reference) = (format!("grp:group:{name}"), format!("group:{name}"));
        node(store, &id, &[&reference], words, Body::UnderservedGroup(facts), plain);
    }
    for (name, words, supplier) in [("systmone", "SystmOne", "TPP"), ("emis-web", "EMIS Web", "EMIS")] {
        let facts = SoftwareFacts { supplier: Some(supplier.into()), nation: None };
        let (id, reference) = (format!("sw:software:{name}"), format!("software:{name}"));
        node(store, &id, &[&reference], words, Body::SoftwareProduct(facts), plain);
    }
    let segment = Body::PopulationSegment(SegmentFacts { description: Some("Living with diabetes".into()) });
    node(store, "seg:segment:diabetes", &["segment:diabetes"], "Diabetes", segment, plain);
}

fn group(kind: GroupKind) -> GroupFacts {
    GroupFacts {
        kind,
        framework: Some("CORE20PLUS5".into()),
        category: None,
        area: None,
        parents: Vec::new(),
        same_as: Vec::new(),
        members: None,
    }
}

fn bodies(store: &mut MemoryStore) {
    use OrganisationKind::{GpPractice, Icb, Pcn, SubIcbLocation, Vcfse};
    let of = |kind| Body::Organisation(organisation(kind));
    node(store, "org:GB-NHS:QYG", &["GB-NHS:QYG"], "NHS Cheshire and Merseyside ICB", of(Icb), plain);
    node(store, "org:GB-NHS:QRV", &["GB-NHS:QRV"], "An ICB that closed", of(Icb), |node| {
        node.validity = Validity::new(None, Some(day("2026-04-01"))).unwrap();
    });
    node(store, "org:GB-NHS:Z9B2Z", &["GB-NHS:Z9B2Z"], "An ICB that took over", of(Icb), |node| {
        node.validity = Validity::new(Some(day("2026-04-01")), None).unwrap();
    });
    node(store, "org:GB-NHS:99A", &["GB-NHS:99A"], "Liverpool place", of(SubIcbLocation), plain);
    node(store, "org:GB-NHS:U64639", &["GB-NHS:U64639"], "North Liverpool PCN", of(Pcn), plain);
    let culcheth = OrganisationFacts {
        list_size: Some(7_500),
        deprivation_decile: Some(9),
        rural: Some(true),
        ..organisation(GpPractice)
    };
    let refs = ["GB-NHS:N81059"];
    node(store, "org:GB-NHS:N81059", &refs, "Culcheth Medical Centre", Body::Organisation(culcheth), |node| {
        node.do_not_approach = Some(DoNotApproach {
            from: Some(day("2026-05-01")),
            until: day("2026-07-01"),
            reason: Some("changing its clinical system".into()),
        });
    });
    let refs = ["GB-CHC:1110143", "GB-COH:06513429"];
    node(store, "org:GB-CHC:1110143", &refs, "Harbour Drop-in", of(Vcfse), |node| {
        node.aliases = vec!["The Harbour".into()];
    });
    for (code, list_size) in [("N82001", 2_100), ("N82002", 4_000), ("N82003", 2_900)] {
        member_of_liverpool(store, code, list_size);
    }
    let network = |working_group, purpose: &str| {
        let formality = Some(if working_group { Formality::Formal } else { Formality::Informal });
        Body::Network(NetworkFacts { working_group, formality, purpose: Some(purpose.into()) })
    };
    let street = network(false, "Health care on the street");
    node(store, "net:network:street", &["network:street"], "Street Health Friends", street, plain);
    let insights = network(true, "What people tell us");
    node(store, "net:network:insights", &["network:insights"], "People Insights", insights, plain);
    let winter = Body::Initiative(InitiativeFacts { kind: Some("campaign".into()) });
    node(store, "ini:initiative:winter", &["initiative:winter"], "Winter Warmth", winter, plain);
}

fn people(store: &mut MemoryStore) {
    let granted = Consent { status: ConsentStatus::Granted, expires_on: Some(day("2027-01-01")) };
    let expired = Consent { expires_on: Some(day("2026-05-31")), ..granted };
    let refused = Consent { status: ConsentStatus::Refused, expires_on: None };
    let people = [
        ("ind:01", "team:tess", "Tess Teamer", IndividualFacts { team: true, ..IndividualFacts::default() }),
        ("ind:02", "team:nadia", "Nadia Secret", IndividualFacts { team: false, contact: expired, introduce: granted }),
        ("ind:03", "team:omar", "Omar Hidden", IndividualFacts::default()),
        ("ind:04", "team:ruth", "Ruth Refused", IndividualFacts { contact: refused, ..IndividualFacts::default() }),
    ];
    for (id, reference, name, facts) in people {
        node(store, id, &[reference], name, Body::Individual(facts), |node| node.synthetic = id != "ind:01");
    }
    let record = ConsentRecord {
        purpose: ConsentPurpose::Contact,
        status: ConsentStatus::Granted,
        lawful_basis: Some("consent".into()),
        recorded_on: Some(day("2026-01-01")),
        expires_on: Some(day("2026-05-31")),
    };
    let nadia = Details {
        email: Some("nadia@example.org".into()),
        phone: Some("07700 900123".into()),
        languages: vec!["Arabic".into()],
        lived_experience: vec!["slept rough".into()],
        consents: vec![record],
        sources: vec!["field notes".into()],
        ..Details::default()
    };
    store.details.insert(NodeId::known("ind:02"), nadia);
}

fn relations(store: &mut MemoryStore) {
    use RelationKind::{
        CommissionedBy, ContactOf, Convenes, Funds, Hosts, InGeographyOf, Knows, LocatedIn, MemberOf, PartnerTo,
        RoleAt, Serves, SucceededBy, Uses,
    };
    let (culcheth, harbour) = ("org:GB-NHS:N81059", "org:GB-CHC:1110143");
    let titled = |title: &'static str| move |relation: &mut Relation| relation.title = Some(title.into());
    relate(store, Uses, culcheth, "sw:software:systmone", |_| {});
    relate(store, LocatedIn, culcheth, "area:E06:E06000007", |_| {});
    relate(store, LocatedIn, harbour, "area:E08:E08000012", |_| {});
    relate(store, InGeographyOf, "org:GB-NHS:99A", "org:GB-NHS:QYG", |_| {});
    relate(store, InGeographyOf, culcheth, "org:GB-NHS:QYG", |_| {});
    relate(store, CommissionedBy, "org:GB-NHS:U64639", "org:GB-NHS:99A", |_| {});
    relate(store, PartnerTo, "org:GB-NHS:N82001", "org:GB-NHS:U64639", |_| {});
    relate(store, Funds, "org:GB-NHS:99A", harbour, |_| {});
    relate(store, Hosts, "ini:initiative:winter", harbour, |_| {});
    relate(store, MemberOf, harbour, "net:network:street", |_| {});
    relate(store, MemberOf, "ind:03", "net:network:street", titled("met Nadia at the drop-in"));
    relate(store, Convenes, "org:GB-NHS:99A", "net:network:insights", |_| {});
    relate(store, SucceededBy, "org:GB-NHS:QRV", "org:GB-NHS:Z9B2Z", |relation| {
        relation.validity.from = Some(day("2026-04-01"));
    });
    relate(store, Serves, harbour, "grp:group:homeless", |relation| relation.mode = Some(ServeMode::PeerLed));
    relate(store, Serves, "ind:03", "grp:group:homeless", |relation| relation.mode = Some(ServeMode::Advocacy));
    relate(store, Knows, "ind:01", "ind:02", titled("met Nadia at the drop-in"));
    relate(store, Knows, "ind:02", "ind:04", |relation| relation.one_way = true);
    relate(store, ContactOf, "ind:01", "org:GB-NHS:99A", titled("met Nadia at the drop-in"));
    relate(store, RoleAt, "ind:02", harbour, |relation| {
        relation.title = Some("Outreach worker".into());
        relation.gatekeeper = true;
        relation.last_confirmed_on = Some(day("2026-05-01"));
        relation.validity.from = Some(day("2024-01-01"));
    });
    relate(store, RoleAt, "ind:04", harbour, |relation| {
        relation.title = Some("Trustee".into());
        relation.validity = Validity::new(Some(day("2020-01-01")), Some(day("2025-01-01"))).unwrap();
    });
}

fn relate(store: &mut MemoryStore, kind: RelationKind, from: &str, to: &str, change: impl FnOnce(&mut Relation)) {
    let (from, to) = (NodeId::known(from), NodeId::known(to));
    let mut relation = Relation {
        id: Relation::identity(kind, &from, &to, None, None, None),
        kind,
        title: None,
        mode: None,
        validity: Validity::ALWAYS,
        strength: None,
        one_way: false,
        champion: false,
        gatekeeper: false,
        last_confirmed_on: None,
        best_evidence: EvidenceKind::FirstHand,
        synthetic: false,
        from,
        to,
    };
    change(&mut relation);
    let source = relation.title.clone().unwrap_or_else(|| "epraccur".to_owned());
    let evidence = Evidence { kind: EvidenceKind::FirstHand, source, date: Some(day("2026-05-01")) };
    store.evidence.insert(relation.id.clone(), vec![evidence]);
    store.graph.relations.push(relation);
}

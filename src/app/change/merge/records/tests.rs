use super::{joined, merged, moved};
use crate::model::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

const TODAY: Date = jiff::civil::date(2026, 6, 1);

fn texts(prefix: &'static str) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(0..4_u8, 0..4)
        .prop_map(move |set| set.iter().map(|n| format!("{prefix}{n}")).collect())
}

fn text(prefix: &'static str) -> impl Strategy<Value = Option<String>> {
    proptest::option::of((0..4_u8).prop_map(move |n| format!("{prefix}{n}")))
}

fn consent() -> impl Strategy<Value = Consent> {
    let day = proptest::option::of((1..28_i8, 5..8_i8).prop_map(|(day, month)| jiff::civil::date(2026, month, day)));
    (proptest::sample::select(ConsentStatus::ALL), day).prop_map(|(status, expires_on)| Consent {
        status,
        expires_on: expires_on.filter(|_| status == ConsentStatus::Granted),
    })
}

fn person(id: &'static str) -> impl Strategy<Value = NodeRecord> {
    let window =
        proptest::option::of((proptest::option::of(1..10_i8), 10..20_i8).prop_map(|(from, until)| DoNotApproach {
            from: from.map(|day| jiff::civil::date(2026, 6, day)),
            until: jiff::civil::date(2026, 6, until),
            reason: None,
        }));
    let details = (text("mail"), text("phone"), texts("language"), texts("source"));
    let refs = proptest::collection::btree_set(0..99_u8, 0..3);
    (text("name"), texts("name"), refs, consent(), consent(), window, details).prop_map(
        move |(name, aliases, refs, contact, introduce, do_not_approach, (email, phone, languages, sources))| {
            let record = |purpose, consent: Consent| ConsentRecord {
                purpose,
                status: consent.status,
                lawful_basis: None,
                recorded_on: None,
                expires_on: consent.expires_on,
            };
            let name = name.unwrap_or_else(|| "name".to_owned());
            NodeRecord {
                node: Node {
                    id: NodeId::known(id),
                    refs: refs.iter().map(|n| Ref::parse(&format!("team:{id}{n}")).unwrap()).collect(),
                    aliases: aliases.into_iter().filter(|alias| *alias != name).collect(),
                    name,
                    validity: Validity::ALWAYS,
                    do_not_approach,
                    merged_into: None,
                    synthetic: false,
                    body: Body::Individual(IndividualFacts { team: false, contact, introduce }),
                },
                details: Details {
                    email,
                    phone,
                    languages,
                    sources,
                    consents: vec![
                        record(ConsentPurpose::Contact, contact),
                        record(ConsentPurpose::Introduce, introduce),
                    ],
                    ..Details::default()
                },
            }
        },
    )
}

fn relation() -> impl Strategy<Value = RelationRecord> {
    let ends = ["ind:dup", "ind:into", "ind:a", "ind:b"];
    (0..4_usize, 0..4_usize, text("title"), 0..3_u8, any::<bool>())
        .prop_filter("two people", |(a, b, ..)| a != b)
        .prop_map(move |(a, b, title, source, note)| {
            let evidence =
                Evidence { kind: EvidenceKind::FirstHand, source: format!("{}{source}", ends[a]), date: None };
            let said = RelationSaid {
                title,
                note: note.then(|| format!("note {a}{b}")),
                ..RelationSaid::new(RelationKind::Knows, NodeId::known(ends[a]), NodeId::known(ends[b]), evidence)
            };
            said.onto(None).unwrap()
        })
}

/// How much an answer allows: nothing, only to be asked, or what it grants.
fn allows(consent: Consent) -> u8 {
    match consent.on(TODAY) {
        ConsentStatus::Refused | ConsentStatus::Withdrawn => 0,
        ConsentStatus::NotAsked | ConsentStatus::Expired => 1,
        ConsentStatus::Granted => 2,
    }
}

proptest! {
    #[test]
    fn every_fact_of_either_record_can_still_be_reached(duplicate in person("ind:dup"), into in person("ind:into")) {
        let (given_up, stays) = merged(duplicate.clone(), into.clone(), TODAY);
        prop_assert!(given_up.node.refs.is_empty());
        prop_assert_eq!(given_up.node.merged_into.as_ref(), Some(&into.node.id));
        let refs = [into.node.refs.clone(), duplicate.node.refs.clone()].concat();
        prop_assert_eq!(&stays.node.refs, &refs, "its own first");
        for known in [&duplicate, &into] {
            for name in std::iter::once(&known.node.name).chain(&known.node.aliases) {
                prop_assert!(*name == stays.node.name || stays.node.aliases.contains(name));
            }
            prop_assert!(known.details.languages.iter().all(|language| stays.details.languages.contains(language)));
            prop_assert!(known.details.sources.iter().all(|source| stays.details.sources.contains(source)));
            prop_assert!(known.details.consents.iter().all(|record| stays.details.consents.contains(record)));
        }
        prop_assert!(!stays.node.aliases.contains(&stays.node.name));
        prop_assert_eq!(&stays.details.email, &into.details.email.or(duplicate.details.email.clone()));
        // What there is no room for stays with the record that was given up.
        prop_assert_eq!(given_up.details, duplicate.details);
    }

    #[test]
    fn the_stricter_answer_stands_and_nobody_is_approached_sooner(
        duplicate in person("ind:dup"), into in person("ind:into"), on in 1..28_i8,
    ) {
        let (_, stays) = merged(duplicate.clone(), into.clone(), TODAY);
        for purpose in ConsentPurpose::ALL {
            let of = |record: &NodeRecord| record.node.individual().unwrap().consent(*purpose);
            let (one, other, stands) = (of(&duplicate), of(&into), of(&stays));
            prop_assert_eq!(allows(stands), allows(one).min(allows(other)));
            if allows(stands) == 2 {
                let end = |consent: Consent| consent.expires_on.unwrap_or(Date::MAX);
                prop_assert_eq!(end(stands), end(one).min(end(other)));
            }
        }
        let day = jiff::civil::date(2026, 6, on);
        let left_alone = |record: &NodeRecord| record.node.do_not_approach.as_ref().is_some_and(|window| window.holds_on(day));
        prop_assert!(left_alone(&stays) || !(left_alone(&duplicate) || left_alone(&into)));
    }

    #[test]
    fn relations_move_with_their_evidence(relations in proptest::collection::vec(relation(), 0..12)) {
        let (duplicate, into) = (NodeId::known("ind:dup"), NodeId::known("ind:into"));
        let mut graph: BTreeMap<RelationId, RelationRecord> = BTreeMap::new();
        for record in relations {
            let together = joined(graph.get(&record.relation.id), record);
            graph.insert(together.relation.id.clone(), together);
        }
        let before = graph.clone();
        let touches = |record: &RelationRecord| [&record.relation.from, &record.relation.to].contains(&&duplicate);
        for record in before.values().filter(|record| touches(record)) {
            graph.remove(&record.relation.id);
            if let Some(moved) = moved(record, &duplicate, &into) {
                let together = joined(graph.get(&moved.relation.id), moved);
                graph.insert(together.relation.id.clone(), together);
            }
        }
        prop_assert!(graph.values().all(|record| !touches(record) && record.relation.from != record.relation.to));
        for record in before.values() {
            let own = |end: &NodeId| if *end == duplicate { into.clone() } else { end.clone() };
            let (from, to) = (own(&record.relation.from), own(&record.relation.to));
            if from == to {
                continue;
            }
            let title = record.relation.title.as_deref();
            let id = Relation::identity(RelationKind::Knows, &from, &to, title, None, None);
            prop_assert!(record.evidence.iter().all(|evidence| graph[&id].evidence.contains(evidence)));
            // What was at the one that stays keeps its cells.
            if let Some(standing) = before.get(&id) {
                prop_assert_eq!(&graph[&id].relation.last_confirmed_on, &standing.relation.last_confirmed_on);
            }
            prop_assert!(record.note.is_none() || graph[&id].note.is_some());
        }
    }
}

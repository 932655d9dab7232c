//! Arbitrary worlds: strategies for nodes, relations and sources of every type, with every field.

use inroads::model::*;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Printable text of any script, quotes and markup included.
fn words() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,20}", Just("Robert'); DROP TABLE node;--".to_owned()), Just("\"<b>\u{1F600}\"".to_owned())]
}

fn a_day() -> impl Strategy<Value = Date> {
    (1900_i16..2100, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(year, month, day))
}

fn validity() -> impl Strategy<Value = Validity> {
    (option::of(a_day()), option::of(a_day())).prop_map(|(from, to)| Validity { from, to })
}

fn pause() -> impl Strategy<Value = DoNotApproach> {
    (option::of(a_day()), a_day(), option::of(words())).prop_map(|(from, until, reason)| DoNotApproach {
        from,
        until,
        reason,
    })
}

fn consent() -> impl Strategy<Value = Consent> {
    (select(ConsentStatus::ALL), option::of(a_day())).prop_map(|(status, expires_on)| Consent { status, expires_on })
}

fn consent_record() -> impl Strategy<Value = ConsentRecord> {
    (
        select(ConsentPurpose::ALL),
        select(ConsentStatus::ALL),
        option::of(words()),
        option::of(a_day()),
        option::of(a_day()),
    )
        .prop_map(|(purpose, status, lawful_basis, recorded_on, expires_on)| ConsentRecord {
            purpose,
            status,
            lawful_basis,
            recorded_on,
            expires_on,
        })
}

fn ids() -> impl Strategy<Value = Vec<NodeId>> {
    vec("[a-z]{1,5}".prop_map(NodeId::known), 0..3)
}

fn filter() -> impl Strategy<Value = OrganisationFilter> {
    (option::of(any::<bool>()), option::of(a_day()), option::of(words()), any::<bool>()).prop_map(
        |(rural, open_as_of, text, nested)| {
            let inner = OrganisationFilter { rural, open_as_of, text, ..OrganisationFilter::default() };
            if nested {
                OrganisationFilter { any_of: Some(vec![inner]), ..OrganisationFilter::default() }
            } else {
                inner
            }
        },
    )
}

fn body(node_type: NodeType) -> BoxedStrategy<Body> {
    match node_type {
        NodeType::Organisation => (
            select(OrganisationKind::ALL),
            option::of(select(Sector::ALL)),
            option::of(select(Nation::ALL)),
            option::of(any::<u32>()),
            option::of(1_u8..=10),
            option::of(any::<bool>()),
        )
            .prop_map(|(kind, sector, nation, list_size, deprivation_decile, rural)| {
                Body::Organisation(OrganisationFacts { kind, sector, nation, list_size, deprivation_decile, rural })
            })
            .boxed(),
        NodeType::Individual => (any::<bool>(), consent(), consent())
            .prop_map(|(team, contact, introduce)| Body::Individual(IndividualFacts { team, contact, introduce }))
            .boxed(),
        NodeType::Network | NodeType::WorkingGroup => (option::of(select(Formality::ALL)), option::of(words()))
            .prop_map(move |(formality, purpose)| {
                let working_group = node_type == NodeType::WorkingGroup;
                Body::Network(NetworkFacts { working_group, formality, purpose })
            })
            .boxed(),
        NodeType::Area => (
            ids(),
            option::of(1_u8..=10),
            option::of(any::<u32>()),
            option::of(any::<bool>()),
            option::of(any::<u32>()),
            option::of(any::<u32>()),
            option::of(any::<u32>()),
        )
            .prop_map(|(parents, decile, rank, rural, small, deprived, rural_small)| {
                Body::Area(AreaFacts {
                    parents,
                    deprivation_decile: decile,
                    deprivation_rank: rank,
                    rural,
                    small_areas: small,
                    deprived_small_areas: deprived,
                    rural_small_areas: rural_small,
                })
            })
            .boxed(),
        NodeType::UnderservedGroup => (
            select(GroupKind::ALL),
            option::of(words()),
            option::of(words()),
            ids(),
            ids(),
            ids(),
            option::of(filter()),
        )
            .prop_map(|(kind, framework, category, mut areas, parents, same_as, members)| {
                Body::UnderservedGroup(GroupFacts {
                    kind,
                    framework,
                    category,
                    area: areas.pop(),
                    parents,
                    same_as,
                    members: members.map(Box::new),
                })
            })
            .boxed(),
        NodeType::PopulationSegment => {
            option::of(words()).prop_map(|description| Body::PopulationSegment(SegmentFacts { description })).boxed()
        }
        NodeType::SoftwareProduct => (option::of(words()), option::of(words()))
            .prop_map(|(supplier, nation)| Body::SoftwareProduct(SoftwareFacts { supplier, nation }))
            .boxed(),
        NodeType::Initiative => option::of(words()).prop_map(|kind| Body::Initiative(InitiativeFacts { kind })).boxed(),
    }
}

fn details() -> impl Strategy<Value = Details> {
    let texts = (option::of(words()), option::of(words()), option::of(words()), option::of(words()));
    let lists = (vec(words(), 0..3), vec(words(), 0..3), vec(words(), 0..3), vec(consent_record(), 0..3));
    (texts, lists).prop_map(|((postcode, website, email, phone), (sources, languages, lived_experience, consents))| {
        Details { postcode, website, sources, email, phone, languages, lived_experience, consents }
    })
}

/// A node of the type whose id, refs and merge are made from its place among `nodes`.
fn node(place: usize, node_type: NodeType) -> impl Strategy<Value = (NodeRecord, Option<Index>)> {
    let common = (words(), vec(words(), 0..3), validity(), option::of(pause()), any::<bool>());
    (
        common,
        body(node_type),
        details(),
        vec(select(vec!["GB-NHS", "S08", "team", "E01-2021"]), 0..4),
        option::of(any::<Index>()),
    )
        .prop_map(
            move |((name, aliases, validity, do_not_approach, synthetic), body, details, schemes, merged)| {
                let refs =
                    schemes.iter().enumerate().map(|(n, scheme)| Ref::new(scheme, &format!("{place}:{n} é'")).unwrap());
                let node = Node {
                    id: NodeId::known(format!("{}:{place}", node_type.id_prefix())),
                    refs: refs.collect(),
                    name,
                    aliases,
                    validity,
                    do_not_approach,
                    merged_into: None,
                    synthetic,
                    body,
                };
                (NodeRecord { node, details }, merged)
            },
        )
}

fn relation(ids: Vec<NodeId>) -> impl Strategy<Value = RelationRecord> {
    let ends = (select(RelationKind::ALL), select(ids.clone()), select(ids));
    let shown = (option::of(words()), option::of(select(ServeMode::ALL)), validity(), option::of(0.001_f64..=1.0));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    let evidence = (select(EvidenceKind::ALL), words(), option::of(a_day()))
        .prop_map(|(kind, source, date)| Evidence { kind, source, date });
    (ends, shown, flags, option::of(a_day()), vec(evidence, 1..4), option::of(words())).prop_map(
        |((kind, from, to), (title, mode, validity, strength), flags, last_confirmed_on, evidence, note)| {
            let relation = Relation {
                id: Relation::identity(kind, &from, &to, None, None, None),
                kind,
                from,
                to,
                title,
                mode,
                validity,
                strength,
                one_way: flags.0,
                champion: flags.1,
                gatekeeper: flags.2,
                last_confirmed_on,
                best_evidence: EvidenceKind::Inferred,
                synthetic: flags.3,
            };
            let mut record = RelationRecord { relation, evidence: Vec::new(), note };
            record.add_evidence(evidence);
            record
        },
    )
}

/// One state of a world: a node of every type, some merged into earlier ones, relations of any kind, sources.
#[derive(Debug, Clone)]
pub struct World {
    pub nodes: Vec<NodeRecord>,
    pub relations: Vec<RelationRecord>,
    pub sources: Vec<Source>,
}

impl World {
    /// Relations first: their order must not matter.
    pub fn changes(&self) -> Vec<Change> {
        let relations = self.relations.iter().cloned().map(Change::PutRelation);
        let nodes = self.nodes.iter().cloned().map(Change::PutNode);
        relations.chain(nodes).chain(self.sources.iter().cloned().map(Change::PutSource)).collect()
    }
}

pub fn world() -> impl Strategy<Value = World> {
    let nodes: Vec<_> = NodeType::ALL.iter().enumerate().map(|(place, kind)| node(place, *kind)).collect();
    nodes.prop_flat_map(|nodes| {
        let ids: Vec<NodeId> = nodes.iter().map(|(record, _)| record.node.id.clone()).collect();
        let nodes: Vec<NodeRecord> = nodes
            .into_iter()
            .map(|(mut record, merged)| {
                // Into an earlier one, so that merges end somewhere.
                let earlier = ids.iter().position(|id| *id == record.node.id).unwrap_or_default();
                record.node.merged_into =
                    merged.filter(|_| earlier > 0).map(|index| index.get(&ids[..earlier]).clone());
                record
            })
            .collect();
        let source = (option::of(words()), option::of(words()), option::of(a_day()), option::of(words())).prop_map(
            |(publisher, licence, published_on, url)| Source {
                name: "the register".to_owned(),
                publisher,
                licence,
                published_on,
                url,
            },
        );
        (Just(nodes), vec(relation(ids), 0..8), vec(source, 0..2)).prop_map(|(nodes, relations, sources)| World {
            nodes,
            relations,
            sources,
        })
    })
}

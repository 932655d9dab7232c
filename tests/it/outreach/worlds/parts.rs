//! What random worlds are made of, before it is known who stands next to whom.

use super::super::builders::{organisation, today};
use super::Theme;
use super::question::{FilterSpec, filter};
use inroads::model::{
    Body, Consent, ConsentStatus, Date, DoNotApproach, EvidenceKind, Formality, IndividualFacts, InitiativeFacts,
    NetworkFacts, OrganisationFacts, OrganisationKind, ServeMode, Validity,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};

#[derive(Debug, Clone)]
pub struct Thing {
    pub body: Body,
    pub span: Validity,
    pub window: Option<DoNotApproach>,
}

#[derive(Debug, Clone)]
pub struct GroupSpec {
    pub practice: Option<FilterSpec>,
    pub parent: Option<Index>,
    pub same_as: Option<Index>,
    pub area: Option<Index>,
    pub span: Validity,
    pub window: Option<DoNotApproach>,
}

/// One or more relations that join the same two.
#[derive(Debug, Clone)]
pub struct Link {
    pub one: Index,
    pub other: Index,
    pub strands: Vec<Strand>,
}

#[derive(Debug, Clone)]
pub struct Strand {
    pub kind: Index,
    pub mode: ServeMode,
    pub title: Option<&'static str>,
    pub span: Validity,
    pub strength: Option<f64>,
    pub confirmed: Option<Date>,
    pub evidence: EvidenceKind,
    pub one_way: bool,
    /// Structural, where it matters that about half are.
    pub structural: bool,
}

pub fn days() -> impl Strategy<Value = Date> {
    select(vec![-1200_i64, -400, -365, -30, -1, 0, 1, 30, 400])
        .prop_map(|offset| today().saturating_add(jiff::Span::new().days(offset)))
}

pub fn spans() -> impl Strategy<Value = Validity> {
    let ends = (option::weighted(0.5, days()), option::weighted(0.5, days()));
    prop_oneof![
        5 => Just(Validity::ALWAYS),
        1 => ends.prop_map(|(from, to)| Validity::new(from, to).unwrap_or(Validity { from: to, to: from })),
    ]
    .prop_map(|span| if span.from.is_some() && span.from == span.to { Validity::ALWAYS } else { span })
}

fn consents() -> impl Strategy<Value = Consent> {
    let statuses = prop_oneof![2 => Just(ConsentStatus::Granted), 3 => select(ConsentStatus::ALL)];
    (statuses, option::weighted(0.2, days())).prop_map(|(status, expires_on)| Consent { status, expires_on })
}

fn windows() -> impl Strategy<Value = DoNotApproach> {
    (option::weighted(0.3, days()), days()).prop_map(|(from, until)| DoNotApproach { from, until, reason: None })
}

pub fn things(theme: Theme) -> impl Strategy<Value = Thing> {
    let people = (prop::bool::weighted(0.25), consents(), consents())
        .prop_map(|(team, contact, introduce)| Body::Individual(IndividualFacts { team, contact, introduce }));
    let bodies = (
        select(vec![OrganisationKind::Vcfse, OrganisationKind::GpPractice, OrganisationKind::Icb]),
        option::of(any::<bool>()),
        option::of(select(vec![1000_u32, 3000, 9000])),
    )
        .prop_map(|(kind, rural, list_size)| {
            Body::Organisation(OrganisationFacts { rural, list_size, ..organisation(kind) })
        });
    let formality = option::of(select(vec![Formality::Formal, Formality::Informal]));
    let networks = (prop::bool::weighted(0.3), formality).prop_map(|(working_group, formality)| {
        Body::Network(NetworkFacts { working_group, formality, ..NetworkFacts::default() })
    });
    let initiatives = Just(Body::Initiative(InitiativeFacts::default()));
    // Only bodies are joined by structure.
    let many = if theme == Theme::Terms { 20 } else { 9 };
    let bodies = prop_oneof![8 => people, many => bodies, 3 => networks, 1 => initiatives];
    (bodies, spans(), option::weighted(0.25, windows())).prop_map(|(body, span, window)| Thing { body, span, window })
}

pub fn groups() -> impl Strategy<Value = GroupSpec> {
    (
        option::weighted(0.15, filter()),
        option::weighted(0.5, any::<Index>()),
        option::weighted(0.25, any::<Index>()),
        option::weighted(0.25, any::<Index>()),
        (spans(), option::weighted(0.1, windows())),
    )
        .prop_map(|(practice, parent, same_as, area, (span, window))| GroupSpec {
            practice,
            parent,
            same_as,
            area,
            span,
            window,
        })
}

/// A link of one strand, or of several that compete.
pub fn links(theme: Theme) -> impl Strategy<Value = Link> {
    let several = if theme == Theme::Terms { 4 } else { 1 };
    let strands = prop_oneof![3 => vec(strands(), 1), several => vec(strands(), 2..=3)];
    (any::<Index>(), any::<Index>(), strands).prop_map(|(one, other, strands)| Link { one, other, strands })
}

fn strands() -> impl Strategy<Value = Strand> {
    (
        (any::<Index>(), select(ServeMode::ALL), option::weighted(0.3, select(vec!["chair", "member"])), spans()),
        option::weighted(0.5, select(vec![0.002, 0.3, 0.5, 0.75, 1.0])),
        option::of(days()),
        prop_oneof![4 => select(EvidenceKind::ALL), 1 => Just(EvidenceKind::Inferred)],
        (prop::bool::weighted(0.3), any::<bool>()),
    )
        .prop_map(|((kind, mode, title, span), strength, confirmed, evidence, (one_way, structural))| Strand {
            kind,
            mode,
            title,
            span,
            strength,
            confirmed,
            evidence,
            one_way,
            structural,
        })
}

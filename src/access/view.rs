//! Nodes and details as a viewer may see them. What is missing is null, with the reason beside it.

use super::Viewer;
use crate::model::{
    Body, ConsentRecord, Date, Details, DoNotApproach, Evidence, EvidenceKind, IndividualFacts, Node, NodeId, NodeType,
    Ref, Validity,
};

/// Why a field is null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedactionReason {
    /// It is about a person, and this viewer may not see people.
    Personal,
    /// It would tell of fewer than five people.
    FewerThanFive,
    /// It would tell why there is no path.
    TeamOnly,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redaction {
    pub field: &'static str,
    pub reason: RedactionReason,
}

/// A node, cut to what the viewer may see.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub id: NodeId,
    pub node_type: NodeType,
    pub refs: Vec<Ref>,
    pub name: Option<String>,
    pub aliases: Vec<String>,
    pub validity: Validity,
    pub do_not_approach: Option<DoNotApproach>,
    pub synthetic: bool,
    pub updated_at: jiff::Timestamp,
    pub body: Body,
    pub redactions: Vec<Redaction>,
}

/// The fields of an individual that only those who may see people get.
const PERSONAL_FIELDS: [&str; 21] = [
    "name",
    "ref",
    "refs",
    "aliases",
    "team",
    "email",
    "phone",
    "postcode",
    "website",
    "languages",
    "livedExperience",
    "consents",
    "doNotApproach",
    "sources",
    "updatedAt",
    "networks",
    "workingGroups",
    "knows",
    "contacts",
    "serves",
    "areas",
];

impl View {
    pub fn cut(node: &Node, updated_at: jiff::Timestamp, viewer: Viewer) -> Self {
        let hidden = node.node_type() == NodeType::Individual && !viewer.sees_people();
        let shown = |value: &Node| Self {
            id: value.id.clone(),
            node_type: value.node_type(),
            refs: value.refs.clone(),
            name: Some(value.name.clone()),
            aliases: value.aliases.clone(),
            validity: value.validity,
            do_not_approach: value.do_not_approach.clone(),
            synthetic: value.synthetic,
            updated_at,
            body: value.body.clone(),
            redactions: Vec::new(),
        };
        if !hidden {
            return shown(node);
        }
        Self {
            id: node.id.clone(),
            node_type: NodeType::Individual,
            refs: Vec::new(),
            name: None,
            aliases: Vec::new(),
            validity: node.validity,
            do_not_approach: None,
            synthetic: node.synthetic,
            updated_at,
            body: Body::Individual(IndividualFacts::default()),
            redactions: PERSONAL_FIELDS
                .into_iter()
                .map(|field| Redaction { field, reason: RedactionReason::Personal })
                .collect(),
        }
    }

    /// Whether what is personal has been taken out.
    pub fn is_cut(&self) -> bool {
        !self.redactions.is_empty()
    }
}

/// What the store keeps of a node besides, cut to what the viewer may see.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DetailsView {
    pub postcode: Option<String>,
    pub website: Option<String>,
    pub sources: Vec<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub languages: Option<Vec<String>>,
    pub lived_experience: Option<Vec<String>>,
    pub consents: Option<Vec<ConsentRecord>>,
}

impl DetailsView {
    pub fn cut(details: Details, of: NodeType, viewer: Viewer) -> Self {
        if of != NodeType::Individual {
            return Self {
                postcode: details.postcode,
                website: details.website,
                sources: details.sources,
                email: details.email,
                phone: details.phone,
                ..Self::default()
            };
        }
        if !viewer.sees_people() {
            return Self::default();
        }
        Self {
            postcode: details.postcode,
            website: details.website,
            sources: details.sources,
            email: details.email,
            phone: details.phone,
            languages: Some(details.languages),
            lived_experience: Some(details.lived_experience),
            consents: Some(details.consents),
        }
    }
}

/// What the store keeps of a relation besides, cut to what the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RelationDetailsView {
    pub evidence: Vec<EvidenceView>,
    pub note: Option<String>,
}

impl RelationDetailsView {
    pub fn cut(evidence: Vec<Evidence>, note: Option<String>, about_people: bool, viewer: Viewer) -> Self {
        Self {
            evidence: evidence.into_iter().map(|evidence| EvidenceView::cut(evidence, about_people, viewer)).collect(),
            note: note.filter(|_| viewer.sees_people() || !about_people),
        }
    }
}

/// A piece of evidence; without its source where the source may name a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    pub kind: EvidenceKind,
    pub source: Option<String>,
    pub date: Option<Date>,
}

impl EvidenceView {
    pub fn cut(evidence: Evidence, about_people: bool, viewer: Viewer) -> Self {
        Self {
            kind: evidence.kind,
            source: (viewer.sees_people() || !about_people).then_some(evidence.source),
            date: evidence.date,
        }
    }
}

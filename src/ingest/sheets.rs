//! The rows that every format is turned into, so that one resolver serves them all: nodes, attributes, relations and
//! sources, each with where it stood and who says so.

use super::report::{Origin, Report};
use crate::model::{
    ConsentStatus, Date, EvidenceKind, Formality, GroupKind, Nation, NodeType, OrganisationFilter, OrganisationKind,
    Ref, RelationKind, Sector, ServeMode, Source,
};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Row<T> {
    pub origin: Origin,
    /// The data set that says so: the row's own word, else the file's name.
    pub source: Arc<str>,
    pub cells: T,
}

/// What a file says, and what had to be left out while reading it.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    pub nodes: Vec<Row<NodeRow>>,
    pub attributes: Vec<Row<AttributeRow>>,
    pub relations: Vec<Row<RelationRow>>,
    pub sources: Vec<Row<Source>>,
    pub report: Report,
}

impl Batch {
    /// Adds another file's rows after this one's, so that both are imported as one.
    pub fn absorb(&mut self, other: Self) {
        self.nodes.extend(other.nodes);
        self.attributes.extend(other.attributes);
        self.relations.extend(other.relations);
        self.sources.extend(other.sources);
        self.report.absorb(other.report);
    }
}

/// A thing as one row tells it. Cells that say nothing are absent, and leave what is recorded alone.
#[derive(Debug, Clone)]
pub struct NodeRow {
    /// At least one.
    pub refs: Vec<Ref>,
    pub name: Option<String>,
    pub aliases: Vec<String>,
    pub valid_from: Option<Date>,
    pub valid_to: End,
    pub do_not_approach_until: Option<Date>,
    pub synthetic: Option<bool>,
    /// Where it is, or what it covers: the type decides which.
    pub areas: Vec<Ref>,
    /// Only what is not recorded yet is taken: for sources that know a thing by the way.
    pub fills_gaps: bool,
    pub facts: Facts,
}

/// What a row says about the end of a thing's validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum End {
    #[default]
    Unsaid,
    /// The first day on which it no longer is.
    On(Date),
    /// It is no more on that day, whenever it ended.
    By(Date),
    /// It is there, whatever was recorded before.
    Open,
}

#[derive(Debug, Clone)]
pub enum Facts {
    Organisation(OrganisationCells),
    Individual(Box<IndividualCells>),
    Network(NetworkCells),
    Area { parents: Vec<Ref> },
    Group(Box<GroupCells>),
    Segment { description: Option<String> },
    Software { supplier: Option<String>, nation: Option<String> },
    Initiative { kind: Option<String> },
}

#[derive(Debug, Clone, Default)]
pub struct OrganisationCells {
    pub kind: Option<OrganisationKind>,
    pub sector: Option<Sector>,
    pub nation: Option<Nation>,
    pub postcode: Option<String>,
    pub website: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct IndividualCells {
    pub team: Option<bool>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub languages: Vec<String>,
    pub lived_experience: Vec<String>,
    pub contact: Option<ConsentStatus>,
    pub introduce: Option<ConsentStatus>,
}

#[derive(Debug, Clone, Default)]
pub struct NetworkCells {
    pub working_group: Option<bool>,
    pub formality: Option<Formality>,
    pub purpose: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct GroupCells {
    pub kind: Option<GroupKind>,
    pub framework: Option<String>,
    pub category: Option<String>,
    pub area: Option<Ref>,
    pub parents: Vec<Ref>,
    pub same_as: Vec<Ref>,
    pub members: Option<OrganisationFilter>,
}

#[derive(Debug, Clone)]
pub struct AttributeRow {
    pub reference: Ref,
    /// Absent when the value's cell is blank: nothing is known, nothing is said.
    pub attribute: Option<Attribute>,
}

#[derive(Debug, Clone)]
pub enum Attribute {
    ListSize(u32),
    DeprivationDecile(u8),
    DeprivationRank(u32),
    Rural(bool),
    SmallAreas(u32),
    DeprivedSmallAreas(u32),
    RuralSmallAreas(u32),
    Alias(String),
    Identifier(Ref),
}

#[derive(Debug, Clone)]
pub struct RelationRow {
    pub kind: RelationKind,
    pub from: Ref,
    pub to: Ref,
    pub cells: RelationCells,
}

#[derive(Debug, Clone)]
pub struct RelationCells {
    pub title: Option<String>,
    pub mode: Option<ServeMode>,
    pub strength: Option<f64>,
    pub one_way: Option<bool>,
    pub champion: Option<bool>,
    pub gatekeeper: Option<bool>,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    pub last_confirmed_on: Option<Date>,
    pub evidence: EvidenceKind,
    pub note: Option<String>,
    pub synthetic: Option<bool>,
}

impl NodeRow {
    /// A row that says nothing but what it is about.
    pub fn new(refs: Vec<Ref>, facts: Facts) -> Self {
        Self {
            refs,
            name: None,
            aliases: Vec::new(),
            valid_from: None,
            valid_to: End::Unsaid,
            do_not_approach_until: None,
            synthetic: None,
            areas: Vec::new(),
            fills_gaps: false,
            facts,
        }
    }
}

impl RelationCells {
    /// Cells that say nothing but how it is known.
    pub fn new(evidence: EvidenceKind) -> Self {
        Self {
            title: None,
            mode: None,
            strength: None,
            one_way: None,
            champion: None,
            gatekeeper: None,
            valid_from: None,
            valid_to: None,
            last_confirmed_on: None,
            evidence,
            note: None,
            synthetic: None,
        }
    }
}

impl Facts {
    /// The type of node; a working group counts as the network it is.
    pub fn node_type(&self) -> NodeType {
        match self {
            Self::Organisation(_) => NodeType::Organisation,
            Self::Individual(_) => NodeType::Individual,
            Self::Network(_) => NodeType::Network,
            Self::Area { .. } => NodeType::Area,
            Self::Group(_) => NodeType::UnderservedGroup,
            Self::Segment { .. } => NodeType::PopulationSegment,
            Self::Software { .. } => NodeType::SoftwareProduct,
            Self::Initiative { .. } => NodeType::Initiative,
        }
    }
}

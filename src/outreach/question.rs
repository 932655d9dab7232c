//! A question, as it is asked. Nothing in it is looked up yet; `task` does that.

use crate::model::{Date, Formality, HopClass, NodeRef, NodeType, OrganisationFilter, OrganisationKind, ServeMode};

/// No question may look further than this.
pub const MAX_HOPS: usize = 8;

#[derive(Debug, Clone, PartialEq)]
pub enum SourceName {
    Team,
    Node(NodeRef),
}

#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one to a question")]
pub enum TargetName {
    Group(NodeRef),
    Organisations(OrganisationFilter),
    Nodes(Vec<NodeRef>),
}

/// Whom a path has to pass through: at least one node, neither its first nor its last, that is any of these.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ViaName {
    pub nodes: Vec<NodeRef>,
    pub types: Vec<NodeType>,
    pub organisation_kinds: Vec<OrganisationKind>,
    /// Of networks and working groups.
    pub formality: Option<Formality>,
}

impl ViaName {
    /// Whether it asks for nothing, and so counts as absent.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who can take us there? Empty lists count as absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub from: Vec<SourceName>,
    pub to: TargetName,
    pub k: usize,
    pub max_hops: usize,
    /// Default: today.
    pub as_of: Option<Date>,
    pub areas: Vec<NodeRef>,
    pub avoid: Vec<NodeRef>,
    pub allow: Vec<HopClass>,
    pub serve_modes: Vec<ServeMode>,
    pub via: ViaName,
    /// From 0 to 8.
    pub max_structural_hops: Option<usize>,
    /// Above 0, at most 1.
    pub min_probability: Option<f64>,
    /// The greatest share of its intermediate nodes that a path may have in common with a path before it; from 0 to 1.
    pub diversity: Option<f64>,
    pub include_inferred: bool,
    pub include_unasked: bool,
    pub include_detours: bool,
    /// Also count the paths that consent and do-not-approach keep back, which takes another search.
    pub count_withheld: bool,
}

impl Question {
    pub fn new(from: Vec<SourceName>, to: TargetName) -> Self {
        Self {
            from,
            to,
            k: 5,
            max_hops: 5,
            as_of: None,
            areas: Vec::new(),
            avoid: Vec::new(),
            allow: Vec::new(),
            serve_modes: Vec::new(),
            via: ViaName::default(),
            max_structural_hops: None,
            min_probability: None,
            diversity: None,
            include_inferred: false,
            include_unasked: false,
            include_detours: false,
            count_withheld: false,
        }
    }
}

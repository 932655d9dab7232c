//! A question, as it is asked. Nothing in it is looked up yet; `task` does that.

use crate::model::{Date, HopClass, NodeRef, OrganisationFilter, ServeMode};

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
    pub include_inferred: bool,
    pub include_unasked: bool,
    pub include_detours: bool,
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
            include_inferred: false,
            include_unasked: false,
            include_detours: false,
        }
    }
}

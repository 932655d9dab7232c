//! From the names people use, an id or a ref, to a node of this snapshot.

use super::{NodeIx, Sight, Snapshot};
use crate::model::{NodeRef, NodeType, Ref, RefSpace};

/// Why a request cannot be answered as asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// It names something that is not here, or not for this reader.
    NotFound,
    /// A value out of range, of the wrong type, or at odds with another.
    Invalid,
    /// This reader may not ask that.
    Forbidden,
    /// More than the settings allow at a time.
    TooMuch,
}

/// What is wrong with a request, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Problem {
    pub kind: ProblemKind,
    /// Argument names and list positions, outermost first.
    pub path: Vec<String>,
    pub message: String,
}

impl Problem {
    pub fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { kind, path: Vec::new(), message: message.into() }
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ProblemKind::Invalid, message)
    }

    /// The same problem, one step further out.
    #[must_use]
    pub fn at(mut self, step: impl ToString) -> Self {
        self.path.insert(0, step.to_string());
        self
    }
}

/// Which types are fine where a node is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expect(pub &'static [NodeType]);

impl Expect {
    pub const ORGANISATION: Self = Self(&[NodeType::Organisation]);
    pub const INDIVIDUAL: Self = Self(&[NodeType::Individual]);
    pub const NETWORK: Self = Self(&[NodeType::Network, NodeType::WorkingGroup]);
    pub const AREA: Self = Self(&[NodeType::Area]);
    pub const GROUP: Self = Self(&[NodeType::UnderservedGroup]);
    /// Whatever can start a path.
    pub const SOURCE: Self = Self(&[
        NodeType::Organisation,
        NodeType::Individual,
        NodeType::Network,
        NodeType::WorkingGroup,
        NodeType::Initiative,
    ]);
    /// Whatever can be on a path.
    pub const STAKEHOLDER: Self = Self(&[
        NodeType::Organisation,
        NodeType::Individual,
        NodeType::Network,
        NodeType::WorkingGroup,
        NodeType::Initiative,
        NodeType::UnderservedGroup,
    ]);
    pub const ANY: Self = Self(NodeType::ALL);

    fn allows(self, node_type: NodeType) -> bool {
        self.0.contains(&node_type)
    }

    fn words(self) -> String {
        if self.0.len() == NodeType::ALL.len() {
            return "node".to_owned();
        }
        let nouns: Vec<&str> = self.0.iter().map(|node_type| node_type.noun()).collect();
        nouns.join(" or ")
    }

    /// A ref such as `S08:S08000031` names a body and an area; what is expected decides which is meant.
    fn spaces(self) -> &'static [RefSpace] {
        match (self.allows(NodeType::Area), self.0.len()) {
            (true, 1) => &[RefSpace::Area],
            (true, _) => &[RefSpace::Other, RefSpace::Area],
            (false, _) => &[RefSpace::Other],
        }
    }
}

/// A found node; merged ones stand for what they were merged into.
pub type Resolved = Result<NodeIx, Problem>;

impl Snapshot {
    /// Finds the node that a reader names. A person whose ref the reader may not see is not found by it, and the answer
    /// is the same as for a ref that nobody has.
    pub fn resolve(&self, name: &NodeRef, expect: Expect, sight: Sight) -> Resolved {
        match name {
            NodeRef::Id(id) => self.resolve_id(id, expect),
            NodeRef::Ref(text) => self.resolve_ref(text, expect, sight),
        }
    }

    pub fn resolve_id(&self, id: &str, expect: Expect) -> Resolved {
        let found = self.by_id(id).map(|ix| self.surviving(ix));
        match found {
            Some(ix) if expect.allows(self.node_type(ix)) => Ok(ix),
            Some(ix) => Err(self.wrong_type(id, ix, expect).at("id")),
            None => {
                Err(Problem::new(ProblemKind::NotFound, format!("no {} has the id `{id}`", expect.words())).at("id"))
            }
        }
    }

    pub fn resolve_ref(&self, text: &str, expect: Expect, sight: Sight) -> Resolved {
        let reference = Ref::parse(text).map_err(|invalid| Problem::invalid(invalid.0).at("ref"))?;
        let seen = |ix: NodeIx| sight == Sight::Full || self.node_type(ix) != NodeType::Individual;
        let mut wrong = None;
        for space in expect.spaces() {
            if let Some(ix) = self.by_ref(*space, &reference).map(|ix| self.surviving(ix)).filter(|ix| seen(*ix)) {
                if expect.allows(self.node_type(ix)) {
                    return Ok(ix);
                }
                wrong = Some(ix);
            }
        }
        if wrong.is_none() {
            wrong = [RefSpace::Other, RefSpace::Area]
                .into_iter()
                .filter_map(|space| self.by_ref(space, &reference))
                .find(|ix| seen(*ix));
        }
        Err(match wrong {
            Some(ix) => self.wrong_type(text, ix, expect),
            None => Problem::new(ProblemKind::NotFound, format!("no {} has the ref `{text}`", expect.words())),
        }
        .at("ref"))
    }

    fn wrong_type(&self, name: &str, found: NodeIx, expect: Expect) -> Problem {
        let found = self.node_type(found);
        let needed = expect.0.first().map_or("a", |first| first.article());
        Problem::invalid(format!(
            "`{name}` is {} {}; needed here: {needed} {}",
            found.article(),
            found.noun(),
            expect.words()
        ))
    }

    /// What a merged node was merged into, else itself.
    fn surviving(&self, mut ix: NodeIx) -> NodeIx {
        for _ in 0..self.len() {
            match self.node(ix).merged_into.as_ref().and_then(|id| self.by_id(id.as_str())) {
                Some(next) => ix = next,
                None => break,
            }
        }
        ix
    }
}

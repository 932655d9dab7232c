//! Who is asking, and what they may see. `app` alone calls it, and hands out only what has been cut here: nothing above
//! `app` ever holds an uncut individual. It knows nothing of HTTP, GraphQL or stores.

mod log;
mod view;

pub use log::Logged;
pub use view::{DetailsView, EvidenceView, Redaction, RedactionReason, RelationDetailsView, View};

use crate::model::{NodeType, RelationKind, Source};
use crate::outreach::Reader;
use crate::snapshot::Sight;

/// What a caller is to us. Each may do all that the ones before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Explores organisations and networks; people stay nameless.
    Partner,
    /// The engagement team.
    Team,
    /// Keeps consent and corrections.
    Steward,
}

impl Role {
    /// The word that settings and the log use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Team => "team",
            Self::Steward => "steward",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "partner" => Ok(Self::Partner),
            "team" => Ok(Self::Team),
            "steward" => Ok(Self::Steward),
            other => Err(format!("`{other}` is not a role; use partner, team or steward")),
        }
    }
}

/// Who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    pub role: Role,
}

/// Counts of people below this are not told to a PARTNER.
pub const FEWEST_PEOPLE_COUNTED: usize = 5;

impl Viewer {
    pub fn new(role: Role) -> Self {
        Self { role }
    }

    pub fn sees_people(self) -> bool {
        self.role >= Role::Team
    }

    /// Whether they may change the graph.
    pub fn may_write(self) -> bool {
        self.role >= Role::Team
    }

    /// Whether they may record consent, merge, erase and undo.
    pub fn may_steward(self) -> bool {
        self.role >= Role::Steward
    }

    pub fn sight(self) -> Sight {
        if self.sees_people() { Sight::Full } else { Sight::PeopleUnnamed }
    }

    /// The policy as the path engine needs it.
    pub fn reader(self) -> Reader {
        Reader {
            sight: self.sight(),
            may_include_unasked: self.sees_people(),
            may_name_people: self.sees_people(),
            may_know_why: self.sees_people(),
        }
    }

    /// Whether a relation between two types is there for this viewer to list. Of people, a PARTNER sees only their
    /// roles at organisations.
    pub fn sees_relation(self, kind: RelationKind, from: NodeType, to: NodeType) -> bool {
        self.sees_people()
            || (from != NodeType::Individual && to != NodeType::Individual)
            || (kind == RelationKind::RoleAt && to == NodeType::Organisation)
    }

    /// Whether a source is there for this viewer to list. One of which nothing but its name is known may be a colleague's
    /// own words about somebody.
    pub fn sees_source(self, source: &Source) -> bool {
        let Source { name: _, publisher, licence, published_on: _, url } = source;
        self.sees_people() || publisher.is_some() || licence.is_some() || url.is_some()
    }

    /// A count of people, or nothing where it is too small to tell.
    pub fn count_of_people(self, count: usize) -> Option<usize> {
        (self.sees_people() || count >= FEWEST_PEOPLE_COUNTED).then_some(count)
    }
}

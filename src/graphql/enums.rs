//! The closed sets as the schema shows them, each value with words for a reader who does not know NHS codes. They mirror
//! `model`, `outreach`, `access` and `snapshot` member for member, which the compiler checks. Nothing is decided here.

mod access;
mod change_kind;
mod coverage;
mod network;
mod node_type;
mod organisation_kind;
mod organisations;
mod outreach;
mod people;
mod relation_kind;
mod user_error;

pub use access::{RedactionReason, Role};
pub use change_kind::ChangeKind;
pub use coverage::{CoverageStatus, CoverageUrgency};
pub use network::{Formality, GroupKind, ServeMode};
pub use node_type::NodeType;
pub use organisation_kind::OrganisationKind;
pub use organisations::{Nation, OrderDirection, OrganisationDimension, OrganisationOrderField, Sector};
pub use outreach::{HopClass, Likelihood, NoPathReason, NoticeCode, SearchLimitKind, Warmth};
pub use people::{ConsentPurpose, ConsentStatus, EvidenceKind};
pub use relation_kind::RelationKind;
pub use user_error::UserErrorCode;

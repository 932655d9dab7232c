//! The kinds of relation.

use async_graphql::Enum;

/// How two things are related. The RE codes are those of the NHS's register of organisations.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::RelationKind")]
pub enum RelationKind {
    /// One person knows another.
    Knows,
    /// Somebody of the team is in contact with a body or network.
    ContactOf,
    /// A person has a role at a body or in a network.
    RoleAt,
    /// A body or person is a member of a network.
    MemberOf,
    /// A body or person convenes a network.
    Convenes,
    /// Two bodies are partners.
    PartnersWith,
    /// One body funds another.
    Funds,
    /// One body is commissioned (planned and paid for) by another (RE4).
    CommissionedBy,
    /// A body lies in the geography of a commissioner (RE5).
    InGeographyOf,
    /// A body is operated by another (RE6).
    OperatedBy,
    /// A body is a partner of another, as a practice is a core partner of its primary care network (RE8).
    PartnerTo,
    /// A body is a subdivision of another (RE2).
    SubdivisionOf,
    /// A body is a constituent of another (RE11).
    ConstituentOf,
    /// A body is directed by another (RE3).
    DirectedBy,
    /// A body or initiative hosts another.
    Hosts,
    /// A body or initiative supports another.
    Supports,
    /// A body, person or network serves an under-served group.
    Serves,
    /// A body that closed was succeeded by another.
    SucceededBy,
    /// A body has its place in an area.
    LocatedIn,
    /// A body or person works across an area.
    Covers,
    /// A body uses a computer system.
    Uses,
    /// Two things are alike.
    SimilarTo,
}

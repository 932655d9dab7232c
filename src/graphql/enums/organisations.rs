//! What organisations are filtered, ordered and counted by.

use async_graphql::Enum;

/// The part of life that an organisation belongs to.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::Sector")]
pub enum Sector {
    /// Family, friends and neighbours.
    FamilyAndFriends,
    /// Employers, schools, colleges and universities.
    WorkAndEducation,
    /// The NHS and others who provide health care.
    HealthSystem,
    /// Social care: councils, care homes, home care.
    SocialCareSystem,
    /// Charities, community and faith groups, social enterprises.
    VoluntaryAndCommunity,
    /// None of these.
    Other,
}

/// Where in the United Kingdom an organisation works.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::Nation")]
pub enum Nation {
    /// England.
    England,
    /// Scotland.
    Scotland,
    /// Wales.
    Wales,
    /// Northern Ireland.
    NorthernIreland,
    /// The whole of the United Kingdom.
    Uk,
}

/// By what organisations can be counted.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::snapshot::stats::Dimension")]
pub enum OrganisationDimension {
    /// What kind of body it is.
    Kind,
    /// The part of life it belongs to.
    Sector,
    /// Where in the United Kingdom it works.
    Nation,
    /// The integrated care board in whose geography it is.
    Icb,
    /// Who commissions (plans and pays for) it.
    Commissioner,
    /// The council area that it is located in.
    LocalAuthority,
    /// The networks that it belongs to.
    Network,
    /// The computer systems that it uses. One with two systems counts under each.
    Software,
    /// The under-served groups that it serves.
    Group,
    /// Whether it is in a rural place.
    Rural,
    /// The tenth of the nation that its place falls in by deprivation: 1 is the most deprived.
    DeprivationDecile,
    /// Whether it is made up, for trying things out.
    Synthetic,
}

/// By what a list of organisations can be ordered. Unknown values come last, whichever the direction.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::snapshot::order::OrderField")]
pub enum OrganisationOrderField {
    /// Name, without regard to case and accents.
    Name,
    /// Number of registered patients.
    ListSize,
    /// Deprivation decile: 1 is the most deprived tenth.
    DeprivationDecile,
    /// The day it opened.
    OpenedOn,
    /// When what we hold about it last changed.
    UpdatedAt,
}

/// Which way a list runs.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderDirection {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

//! The kinds of organisation.

use async_graphql::Enum;

/// What kind of body an organisation is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "crate::model::OrganisationKind")]
pub enum OrganisationKind {
    /// Integrated care board: the NHS body that plans and pays for most care in a part of England.
    Icb,
    /// Sub-ICB location: the part of an integrated care board that commissions for one place, such as Liverpool.
    SubIcbLocation,
    /// Primary care network: a handful of neighbouring general practices in England that work together.
    Pcn,
    /// General practice: family doctors and their team.
    GpPractice,
    /// NHS trust or foundation trust: runs hospitals, community, mental health or ambulance services in England.
    NhsTrust,
    /// Health board: plans and provides NHS care in a part of Scotland.
    HealthBoard,
    /// Health and social care partnership: joins the work of a health board and a council in Scotland.
    Hscp,
    /// Health innovation network: helps the NHS in a region of England take up what works.
    Hin,
    /// Patient safety collaborative: improves the safety of care in a region of England.
    Psc,
    /// Local authority: a council, with its social care and public health.
    LocalAuthority,
    /// Federation of general practices: practices that formed a company or partnership together.
    GpFederation,
    /// Council for voluntary service: supports the voluntary organisations of an English place.
    Cvs,
    /// Third sector interface: supports the voluntary organisations of a Scottish council area.
    Tsi,
    /// Local Healthwatch: gathers what patients in an English council area say about care.
    Healthwatch,
    /// Voluntary, community, faith or social enterprise organisation: from a national charity to a community hub.
    Vcfse,
    /// University.
    University,
    /// Research infrastructure paid for by the National Institute for Health and Care Research (NIHR).
    NihrInfrastructure,
    /// Company, other than a supplier of practice software.
    Industry,
    /// Supplier of the clinical systems that general practices run on.
    SystemSupplier,
    /// Safe haven or secure data environment: looks after health data so that researchers can use it safely.
    SafeHavenSde,
    /// Test-bed hub: a place where communities and services try out new things.
    TestbedHub,
}

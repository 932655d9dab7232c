//! The closed sets. Each has one spelling everywhere: in sheets, in the stores and in GraphQL.

use super::Invalid;

/// Declares a closed set whose members are written `SCREAMING_SNAKE_CASE` outside Rust.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(Invalid::new(format!(
                        "`{text}` is not one of {}", [$($text),+].join(", ")
                    ))),
                }
            }
        }
    };
}

vocabulary! {
    /// What a node is. A working group is a network of a kind of its own.
    NodeType {
        Organisation = "ORGANISATION",
        Individual = "INDIVIDUAL",
        Network = "NETWORK",
        WorkingGroup = "WORKING_GROUP",
        Area = "AREA",
        UnderservedGroup = "UNDERSERVED_GROUP",
        PopulationSegment = "POPULATION_SEGMENT",
        SoftwareProduct = "SOFTWARE_PRODUCT",
        Initiative = "INITIATIVE",
    }
}

vocabulary! {
    /// The kinds of organisation a health programme meets, NHS ODS roles first.
    OrganisationKind {
        Icb = "ICB",
        SubIcbLocation = "SUB_ICB_LOCATION",
        Pcn = "PCN",
        GpPractice = "GP_PRACTICE",
        NhsTrust = "NHS_TRUST",
        HealthBoard = "HEALTH_BOARD",
        Hscp = "HSCP",
        Hin = "HIN",
        Psc = "PSC",
        LocalAuthority = "LOCAL_AUTHORITY",
        GpFederation = "GP_FEDERATION",
        Cvs = "CVS",
        Tsi = "TSI",
        Healthwatch = "HEALTHWATCH",
        Vcfse = "VCFSE",
        University = "UNIVERSITY",
        NihrInfrastructure = "NIHR_INFRASTRUCTURE",
        Industry = "INDUSTRY",
        SystemSupplier = "SYSTEM_SUPPLIER",
        SafeHavenSde = "SAFE_HAVEN_SDE",
        TestbedHub = "TESTBED_HUB",
    }
}

vocabulary! {
    /// Design section 2: the relations of the graph. The RE codes are those of NHS ODS.
    RelationKind {
        Knows = "KNOWS",
        ContactOf = "CONTACT_OF",
        RoleAt = "ROLE_AT",
        MemberOf = "MEMBER_OF",
        Convenes = "CONVENES",
        PartnersWith = "PARTNERS_WITH",
        Funds = "FUNDS",
        CommissionedBy = "COMMISSIONED_BY",
        InGeographyOf = "IN_GEOGRAPHY_OF",
        OperatedBy = "OPERATED_BY",
        PartnerTo = "PARTNER_TO",
        SubdivisionOf = "SUBDIVISION_OF",
        ConstituentOf = "CONSTITUENT_OF",
        DirectedBy = "DIRECTED_BY",
        Hosts = "HOSTS",
        Supports = "SUPPORTS",
        Serves = "SERVES",
        SucceededBy = "SUCCEEDED_BY",
        LocatedIn = "LOCATED_IN",
        Covers = "COVERS",
        Uses = "USES",
        SimilarTo = "SIMILAR_TO",
    }
}

vocabulary! {
    /// How a hop carries an introduction.
    HopClass {
        Warm = "WARM",
        Role = "ROLE",
        Network = "NETWORK",
        Structural = "STRUCTURAL",
        Trust = "TRUST",
    }
}

vocabulary! {
    /// In what way a body or person serves an under-served group.
    ServeMode {
        PeerLed = "PEER_LED",
        DirectService = "DIRECT_SERVICE",
        Advocacy = "ADVOCACY",
        Faith = "FAITH",
        Signposting = "SIGNPOSTING",
    }
}

vocabulary! {
    /// How a fact is known, from best to weakest.
    EvidenceKind {
        FirstHand = "FIRST_HAND",
        OfficialRegister = "OFFICIAL_REGISTER",
        Documented = "DOCUMENTED",
        Imported = "IMPORTED",
        Inferred = "INFERRED",
    }
}

vocabulary! {
    /// What a person was asked to agree to.
    ConsentPurpose {
        /// To be contacted by the team.
        Contact = "CONTACT",
        /// To introduce the team to others.
        Introduce = "INTRODUCE",
    }
}

vocabulary! {
    ConsentStatus {
        Granted = "GRANTED",
        NotAsked = "NOT_ASKED",
        Refused = "REFUSED",
        Withdrawn = "WITHDRAWN",
        Expired = "EXPIRED",
    }
}

vocabulary! {
    Sector {
        FamilyAndFriends = "FAMILY_AND_FRIENDS",
        WorkAndEducation = "WORK_AND_EDUCATION",
        HealthSystem = "HEALTH_SYSTEM",
        SocialCareSystem = "SOCIAL_CARE_SYSTEM",
        VoluntaryAndCommunity = "VOLUNTARY_AND_COMMUNITY",
        Other = "OTHER",
    }
}

vocabulary! {
    Nation {
        England = "ENGLAND",
        Scotland = "SCOTLAND",
        Wales = "WALES",
        NorthernIreland = "NORTHERN_IRELAND",
        Uk = "UK",
    }
}

vocabulary! {
    /// Whether a network has a constitution or just people who meet.
    Formality { Formal = "FORMAL", Informal = "INFORMAL" }
}

vocabulary! {
    /// A group of people, or a saved filter over practices.
    GroupKind { Population = "POPULATION", Practice = "PRACTICE" }
}

/// Which node types may stand at an end of a relation.
type Ends = &'static [NodeType];

impl NodeType {
    /// The short word that opens the ids of this type.
    pub const fn id_prefix(self) -> &'static str {
        match self {
            Self::Organisation => "org",
            Self::Individual => "ind",
            Self::Network | Self::WorkingGroup => "net",
            Self::Area => "area",
            Self::UnderservedGroup => "grp",
            Self::PopulationSegment => "seg",
            Self::SoftwareProduct => "sw",
            Self::Initiative => "ini",
        }
    }

    /// What stands before the noun.
    pub const fn article(self) -> &'static str {
        match self {
            Self::Organisation | Self::Individual | Self::Area | Self::UnderservedGroup | Self::Initiative => "an",
            Self::Network | Self::WorkingGroup | Self::PopulationSegment | Self::SoftwareProduct => "a",
        }
    }

    /// The type's name in a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Individual => "individual",
            Self::Network => "network",
            Self::WorkingGroup => "working group",
            Self::Area => "area",
            Self::UnderservedGroup => "under-served group",
            Self::PopulationSegment => "population segment",
            Self::SoftwareProduct => "software product",
            Self::Initiative => "initiative",
        }
    }
}

impl RelationKind {
    /// The class a hop over this relation has; `None` for relations that are never a hop.
    pub const fn class(self) -> Option<HopClass> {
        match self {
            Self::Knows | Self::ContactOf => Some(HopClass::Warm),
            Self::RoleAt => Some(HopClass::Role),
            Self::MemberOf | Self::Convenes | Self::PartnersWith | Self::Funds => Some(HopClass::Network),
            Self::CommissionedBy
            | Self::InGeographyOf
            | Self::OperatedBy
            | Self::PartnerTo
            | Self::SubdivisionOf
            | Self::ConstituentOf
            | Self::DirectedBy
            | Self::Hosts
            | Self::Supports => Some(HopClass::Structural),
            Self::Serves => Some(HopClass::Trust),
            Self::SucceededBy | Self::LocatedIn | Self::Covers | Self::Uses | Self::SimilarTo => None,
        }
    }

    /// Which types may stand at the `from` and at the `to` end.
    pub const fn ends(self) -> (Ends, Ends) {
        use NodeType::{
            Area, Individual, Initiative, Network, Organisation, PopulationSegment, SoftwareProduct, UnderservedGroup,
            WorkingGroup,
        };
        match self {
            Self::Knows => (&[Individual], &[Individual]),
            Self::ContactOf | Self::RoleAt => (&[Individual], &[Organisation, Network, WorkingGroup]),
            Self::MemberOf | Self::Convenes => (&[Organisation, Individual], &[Network, WorkingGroup]),
            Self::PartnersWith | Self::Funds | Self::SucceededBy => (&[Organisation], &[Organisation]),
            Self::CommissionedBy
            | Self::InGeographyOf
            | Self::OperatedBy
            | Self::PartnerTo
            | Self::SubdivisionOf
            | Self::ConstituentOf
            | Self::DirectedBy
            | Self::Hosts
            | Self::Supports => (&[Organisation, Initiative], &[Organisation]),
            Self::Serves => (&[Organisation, Individual, Network, WorkingGroup], &[UnderservedGroup]),
            Self::LocatedIn => (&[Organisation, Network, WorkingGroup, Initiative], &[Area]),
            Self::Covers => (&[Organisation, Individual, Network, WorkingGroup, Initiative], &[Area]),
            Self::Uses => (&[Organisation], &[SoftwareProduct]),
            Self::SimilarTo => (
                &[Area, Organisation, UnderservedGroup, PopulationSegment],
                &[Area, Organisation, UnderservedGroup, PopulationSegment],
            ),
        }
    }

    /// Whether a relation of this kind is told apart from its siblings by a mode rather than a title.
    pub const fn has_mode(self) -> bool {
        matches!(self, Self::Serves)
    }
}

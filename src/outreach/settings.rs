//! The numbers that make one hop likelier than another, and the limits of a search. All of it is configuration; the
//! defaults are those of design section 3.

use crate::model::{EvidenceKind, HopClass, RelationKind, ServeMode};
use crate::snapshot::Direction;

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Whether the age of a relation counts.
    pub freshness: bool,
    /// Whether leaving a body that knows very many counts as a weaker introduction.
    pub hub: bool,
    /// How many ways out a node may have before that starts.
    pub hub_from: u32,
    /// The least that age leaves of a relation.
    pub freshness_floor: f64,
    /// What an undated relation is worth.
    pub freshness_unknown: f64,
    pub half_life_days: HalfLives,
    pub strength: Strengths,
    pub confidence: Confidences,
    /// How many partial paths a search may look at before it says `SEARCH_LIMIT`.
    pub expansion_limit: u64,
    /// How long a search may take, in milliseconds; a question may ask for less.
    pub deadline_ms: u64,
    /// The most organisations that a target filter may stand for.
    pub max_targets: usize,
    /// The most paths that a question may ask for.
    pub max_k: usize,
    /// The most cells, groups times areas, that coverage may be asked for.
    pub max_cells: usize,
}

/// After how many days a relation of a class is worth half. STRUCTURAL relations do not age.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HalfLives {
    pub warm: f64,
    pub role: f64,
    pub network: f64,
    pub trust: f64,
}

/// How strong a relation is when nothing is recorded.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Strengths {
    pub knows: f64,
    pub contact_of: f64,
    pub role_out_of_person: f64,
    pub role_into_person: f64,
    pub member_of: f64,
    pub convenes: f64,
    pub partners_with: f64,
    pub funds: f64,
    pub structural: f64,
    pub serves_peer_led: f64,
    pub serves_direct_service: f64,
    pub serves_advocacy: f64,
    pub serves_faith: f64,
    pub serves_signposting: f64,
}

/// How far each kind of evidence is believed.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Confidences {
    pub first_hand: f64,
    pub official_register: f64,
    pub documented: f64,
    pub imported: f64,
    pub inferred: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            freshness: true,
            hub: true,
            hub_from: 8,
            freshness_floor: 0.1,
            freshness_unknown: 0.5,
            half_life_days: HalfLives::default(),
            strength: Strengths::default(),
            confidence: Confidences::default(),
            expansion_limit: 2_000_000,
            deadline_ms: 10_000,
            max_targets: 10_000,
            max_k: 100,
            max_cells: 5_000,
        }
    }
}

impl Default for HalfLives {
    fn default() -> Self {
        Self { warm: 365.0, role: 1095.0, network: 730.0, trust: 730.0 }
    }
}

impl Default for Strengths {
    fn default() -> Self {
        Self {
            knows: 0.5,
            contact_of: 0.5,
            role_out_of_person: 0.9,
            role_into_person: 0.6,
            member_of: 0.6,
            convenes: 0.8,
            partners_with: 0.6,
            funds: 0.4,
            structural: 0.1,
            serves_peer_led: 0.9,
            serves_direct_service: 0.8,
            serves_advocacy: 0.7,
            serves_faith: 0.7,
            serves_signposting: 0.4,
        }
    }
}

impl Default for Confidences {
    fn default() -> Self {
        Self { first_hand: 1.0, official_register: 1.0, documented: 0.9, imported: 0.8, inferred: 0.4 }
    }
}

impl Strengths {
    /// The default for a kind of relation walked in a direction.
    pub fn of(&self, kind: RelationKind, mode: Option<ServeMode>, direction: Direction) -> f64 {
        match kind {
            RelationKind::Knows => self.knows,
            RelationKind::ContactOf => self.contact_of,
            RelationKind::RoleAt => match direction {
                Direction::Out => self.role_out_of_person,
                Direction::In => self.role_into_person,
            },
            RelationKind::MemberOf => self.member_of,
            RelationKind::Convenes => self.convenes,
            RelationKind::PartnersWith => self.partners_with,
            RelationKind::Funds => self.funds,
            RelationKind::CommissionedBy
            | RelationKind::InGeographyOf
            | RelationKind::OperatedBy
            | RelationKind::PartnerTo
            | RelationKind::SubdivisionOf
            | RelationKind::ConstituentOf
            | RelationKind::DirectedBy
            | RelationKind::Hosts
            | RelationKind::Supports => self.structural,
            RelationKind::Serves => match mode {
                Some(ServeMode::PeerLed) => self.serves_peer_led,
                Some(ServeMode::DirectService) => self.serves_direct_service,
                Some(ServeMode::Advocacy) => self.serves_advocacy,
                Some(ServeMode::Faith) => self.serves_faith,
                Some(ServeMode::Signposting) | None => self.serves_signposting,
            },
            RelationKind::SucceededBy
            | RelationKind::LocatedIn
            | RelationKind::Covers
            | RelationKind::Uses
            | RelationKind::SimilarTo => 0.0,
        }
    }
}

impl HalfLives {
    /// Days, or `None` for a class that does not age.
    pub fn of(&self, class: HopClass) -> Option<f64> {
        match class {
            HopClass::Warm => Some(self.warm),
            HopClass::Role => Some(self.role),
            HopClass::Network => Some(self.network),
            HopClass::Trust => Some(self.trust),
            HopClass::Structural => None,
        }
    }
}

impl Confidences {
    pub fn of(&self, evidence: EvidenceKind) -> f64 {
        match evidence {
            EvidenceKind::FirstHand => self.first_hand,
            EvidenceKind::OfficialRegister => self.official_register,
            EvidenceKind::Documented => self.documented,
            EvidenceKind::Imported => self.imported,
            EvidenceKind::Inferred => self.inferred,
        }
    }
}

impl Settings {
    /// The first number with which a probability could not be one, or a search not end: (key, what to write instead).
    pub fn broken_rule(&self) -> Option<(&'static str, String)> {
        let shares = [
            ("outreach.freshness_floor", self.freshness_floor),
            ("outreach.freshness_unknown", self.freshness_unknown),
            ("outreach.strength.knows", self.strength.knows),
            ("outreach.strength.contact_of", self.strength.contact_of),
            ("outreach.strength.role_out_of_person", self.strength.role_out_of_person),
            ("outreach.strength.role_into_person", self.strength.role_into_person),
            ("outreach.strength.member_of", self.strength.member_of),
            ("outreach.strength.convenes", self.strength.convenes),
            ("outreach.strength.partners_with", self.strength.partners_with),
            ("outreach.strength.funds", self.strength.funds),
            ("outreach.strength.structural", self.strength.structural),
            ("outreach.strength.serves_peer_led", self.strength.serves_peer_led),
            ("outreach.strength.serves_direct_service", self.strength.serves_direct_service),
            ("outreach.strength.serves_advocacy", self.strength.serves_advocacy),
            ("outreach.strength.serves_faith", self.strength.serves_faith),
            ("outreach.strength.serves_signposting", self.strength.serves_signposting),
            ("outreach.confidence.first_hand", self.confidence.first_hand),
            ("outreach.confidence.official_register", self.confidence.official_register),
            ("outreach.confidence.documented", self.confidence.documented),
            ("outreach.confidence.imported", self.confidence.imported),
            ("outreach.confidence.inferred", self.confidence.inferred),
        ];
        if let Some((key, _)) = shares.into_iter().find(|(_, share)| !(*share > 0.0 && *share <= 1.0)) {
            return Some((key, "must be above 0 and at most 1".to_owned()));
        }
        let above_nothing = [
            ("outreach.half_life_days.warm", self.half_life_days.warm > 0.0),
            ("outreach.half_life_days.role", self.half_life_days.role > 0.0),
            ("outreach.half_life_days.network", self.half_life_days.network > 0.0),
            ("outreach.half_life_days.trust", self.half_life_days.trust > 0.0),
            ("outreach.hub_from", self.hub_from > 0),
            ("outreach.expansion_limit", self.expansion_limit > 0),
            ("outreach.deadline_ms", self.deadline_ms > 0),
            ("outreach.max_targets", self.max_targets > 0),
            ("outreach.max_k", self.max_k > 0),
            ("outreach.max_cells", self.max_cells > 0),
        ];
        above_nothing.into_iter().find(|(_, holds)| !holds).map(|(key, _)| (key, "must be above 0".to_owned()))
    }
}

//! What a hop costs: `strength × freshness × confidence × hub`, multiplied in that order.

use super::{At, Oracle};
use inroads::model::{Date, EvidenceKind, HopClass, RelationKind, ServeMode};
use std::collections::BTreeSet;

/// The product as the design has it, kept within its bounds.
pub fn product([strength, freshness, confidence, hub]: [f64; 4]) -> f64 {
    (strength * freshness * confidence * hub).clamp(0.001, 0.999)
}

/// `round(−ln p × 1 000 000)`.
pub fn cost_of(probability: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 6,907,755")]
    let cost = libm::round(-libm::log(probability) * 1_000_000.0) as u64;
    cost
}

/// `exp(−cost / 10⁶)`.
pub fn probability_of(cost: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "eight hops cost less than 2^52")]
    let cost = cost as f64;
    libm::exp(-cost / 1_000_000.0)
}

impl Oracle<'_> {
    pub(super) fn class(&self, tie: usize) -> HopClass {
        self.ties[tie].facts.kind.class().expect("only walkable relations are asked")
    }

    /// The relations over which one can step from one node to another, live or not, allowed or not.
    pub(super) fn walkable(&self, from: At, to: At) -> impl Iterator<Item = usize> + '_ {
        (0..self.ties.len()).filter(move |tie| {
            let Some(class) = self.ties[*tie].facts.kind.class() else { return false };
            let ends = (self.ties[*tie].from, self.ties[*tie].to);
            let one_way = class == HopClass::Trust || self.ties[*tie].facts.one_way;
            ends == (from, to) || (ends == (to, from) && !one_way)
        })
    }

    /// Strength, freshness, confidence and hub of a hop out of a node.
    pub(super) fn factors(&self, tie: usize, out_of: At) -> [f64; 4] {
        let relation = self.ties[tie].facts;
        let class = self.class(tie);
        let forward = self.ties[tie].from == out_of;
        let strength =
            relation.strength.unwrap_or_else(|| self.default_strength(relation.kind, relation.mode, forward));
        let half_lives = &self.settings.half_life_days;
        let half_life = match class {
            HopClass::Warm => Some(half_lives.warm),
            HopClass::Role => Some(half_lives.role),
            HopClass::Network => Some(half_lives.network),
            HopClass::Trust => Some(half_lives.trust),
            HopClass::Structural => None,
        };
        let freshness = match (half_life.filter(|_| self.settings.freshness), relation.last_confirmed_on) {
            (None, _) => 1.0,
            (Some(half_life), confirmed) => match confirmed.or(relation.validity.from) {
                None => self.settings.freshness_unknown,
                Some(day) => {
                    let faded = libm::exp2(-days_between(day, self.as_of) / half_life);
                    if faded < self.settings.freshness_floor { self.settings.freshness_floor } else { faded }
                }
            },
        };
        let confidences = &self.settings.confidence;
        let confidence = match relation.best_evidence {
            EvidenceKind::FirstHand => confidences.first_hand,
            EvidenceKind::OfficialRegister => confidences.official_register,
            EvidenceKind::Documented => confidences.documented,
            EvidenceKind::Imported => confidences.imported,
            EvidenceKind::Inferred => confidences.inferred,
        };
        let hub = match class {
            HopClass::Role | HopClass::Network | HopClass::Structural if self.settings.hub => self.hub(out_of, class),
            _ => 1.0,
        };
        [strength, freshness, confidence, hub]
    }

    pub(super) fn cost(&self, tie: usize, out_of: At) -> u64 {
        cost_of(product(self.factors(tie, out_of)))
    }

    fn hub(&self, out_of: At, class: HopClass) -> f64 {
        let reached: BTreeSet<At> = (0..self.nodes.len())
            .filter(|to| {
                *to != out_of && self.walkable(out_of, *to).any(|tie| self.class(tie) == class && self.is_live(tie))
            })
            .collect();
        let ways_out = f64::from(u32::try_from(reached.len()).expect("worlds are small"));
        let crowd = ways_out / f64::from(self.settings.hub_from);
        1.0 / (1.0 + libm::log2(if crowd > 1.0 { crowd } else { 1.0 }))
    }

    fn default_strength(&self, kind: RelationKind, mode: Option<ServeMode>, forward: bool) -> f64 {
        let strengths = &self.settings.strength;
        match kind {
            RelationKind::Knows => strengths.knows,
            RelationKind::ContactOf => strengths.contact_of,
            RelationKind::RoleAt if forward => strengths.role_out_of_person,
            RelationKind::RoleAt => strengths.role_into_person,
            RelationKind::MemberOf => strengths.member_of,
            RelationKind::Convenes => strengths.convenes,
            RelationKind::PartnersWith => strengths.partners_with,
            RelationKind::Funds => strengths.funds,
            RelationKind::Serves => match mode.expect("SERVES has a mode") {
                ServeMode::PeerLed => strengths.serves_peer_led,
                ServeMode::DirectService => strengths.serves_direct_service,
                ServeMode::Advocacy => strengths.serves_advocacy,
                ServeMode::Faith => strengths.serves_faith,
                ServeMode::Signposting => strengths.serves_signposting,
            },
            _ => strengths.structural,
        }
    }
}

/// Whole days, at least 0.
fn days_between(earlier: Date, later: Date) -> f64 {
    let days = earlier.until(later).expect("days of this century").get_days();
    f64::from(days.max(0))
}

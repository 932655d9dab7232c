//! Relations: first-class facts with ends, dates, strength and evidence.

use super::{Date, EvidenceKind, Invalid, NodeId, Patch, RelationId, RelationKind, ServeMode, Validity};

/// What the snapshot holds of a relation.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Relation {
    pub id: RelationId,
    pub kind: RelationKind,
    pub from: NodeId,
    pub to: NodeId,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Only on SERVES.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mode: Option<ServeMode>,
    #[serde(flatten)]
    pub validity: Validity,
    /// Recorded strength in (0, 1]; absent means the kind's default.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub strength: Option<f64>,
    /// Only on KNOWS: the second does not know the first.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub one_way: bool,
    /// Only on `ROLE_AT`: champions the programme there.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub champion: bool,
    /// Only on `ROLE_AT`: whoever wants in has to pass them.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub gatekeeper: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_confirmed_on: Option<Date>,
    /// The best kind of evidence it has.
    pub best_evidence: EvidenceKind,
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub synthetic: bool,
}

/// Why we hold a relation to be true. Accumulates by (kind, source).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub date: Option<Date>,
}

/// A relation with everything the store keeps of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RelationRecord {
    #[serde(flatten)]
    pub relation: Relation,
    pub evidence: Vec<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<String>,
}

/// How the evidence of a relation begins that was worked out from a succession: see [`RelationRecord::is_worked_out`].
pub const SUCCESSION: &str = "succession of ";

/// What somebody says of a relation. What is absent says nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationSaid {
    pub kind: RelationKind,
    pub from: NodeId,
    pub to: NodeId,
    pub title: Option<String>,
    pub mode: Option<ServeMode>,
    pub valid_from: Option<Date>,
    pub valid_to: Patch<Date>,
    pub strength: Option<f64>,
    pub one_way: Option<bool>,
    pub champion: Option<bool>,
    pub gatekeeper: Option<bool>,
    pub last_confirmed_on: Option<Date>,
    pub synthetic: Option<bool>,
    pub note: Option<String>,
    pub evidence: Evidence,
}

impl RelationSaid {
    /// Says nothing but that it is so, and how that is known.
    pub fn new(kind: RelationKind, from: NodeId, to: NodeId, evidence: Evidence) -> Self {
        Self {
            kind,
            from,
            to,
            title: None,
            mode: None,
            valid_from: None,
            valid_to: Patch::Leave,
            strength: None,
            one_way: None,
            champion: None,
            gatekeeper: None,
            last_confirmed_on: None,
            synthetic: None,
            note: None,
            evidence,
        }
    }

    /// Which relation is spoken of.
    pub fn id(&self) -> RelationId {
        Relation::identity(self.kind, &self.from, &self.to, self.title.as_deref(), self.mode, self.valid_from)
    }

    /// The days on which it then holds.
    pub fn validity(&self, standing: Option<&RelationRecord>) -> Result<Validity, Invalid> {
        let mut to = given(standing).and_then(|standing| standing.relation.validity.to);
        self.valid_to.onto(&mut to);
        Validity::new(self.valid_from, to)
    }

    /// The relation with this laid over what stands: evidence adds up, other cells take what is said.
    pub fn onto(self, standing: Option<&RelationRecord>) -> Result<RelationRecord, Invalid> {
        let validity = self.validity(standing)?;
        let id = self.id();
        let before = given(standing).map(|standing| &standing.relation);
        let flag = |said: Option<bool>, known: fn(&Relation) -> bool| said.unwrap_or(before.is_some_and(known));
        let relation = Relation {
            id,
            kind: self.kind,
            from: self.from,
            to: self.to,
            title: self.title.or_else(|| before?.title.clone()),
            mode: self.mode,
            validity,
            strength: self.strength.or_else(|| before?.strength),
            one_way: flag(self.one_way, |known| known.one_way),
            champion: flag(self.champion, |known| known.champion),
            gatekeeper: flag(self.gatekeeper, |known| known.gatekeeper),
            last_confirmed_on: self.last_confirmed_on.or_else(|| before?.last_confirmed_on),
            best_evidence: self.evidence.kind,
            synthetic: flag(self.synthetic, |known| known.synthetic),
        };
        let mut record = RelationRecord {
            relation,
            evidence: standing.map(|standing| standing.evidence.clone()).unwrap_or_default(),
            note: self.note.or_else(|| given(standing)?.note.clone()),
        };
        record.add_evidence([self.evidence]);
        record.checked()
    }
}

/// What was only worked out gives way to what is said; only its evidence stays.
fn given(standing: Option<&RelationRecord>) -> Option<&RelationRecord> {
    standing.filter(|standing| !standing.is_worked_out())
}

impl Relation {
    /// The id that (kind, from, to, title or mode, validFrom) make.
    pub fn identity(
        kind: RelationKind,
        from: &NodeId,
        to: &NodeId,
        title: Option<&str>,
        mode: Option<ServeMode>,
        valid_from: Option<Date>,
    ) -> RelationId {
        let tag = if kind.has_mode() { mode.map(ServeMode::as_str) } else { title };
        let day = valid_from.map(|day| day.to_string());
        RelationId::digest(&[
            kind.as_str(),
            from.as_str(),
            to.as_str(),
            tag.unwrap_or_default(),
            day.as_deref().unwrap_or_default(),
        ])
    }

    pub fn live_at(&self, day: Date) -> bool {
        self.validity.live_at(day)
    }
}

impl RelationRecord {
    /// Refuses what no relation may be: from a thing to itself, without evidence, a strength outside (0, 1],
    /// a mode or `one_way` on a kind that has none, a SERVES without its mode.
    pub fn checked(mut self) -> Result<Self, Invalid> {
        let relation = &self.relation;
        if relation.from == relation.to {
            return Err(Invalid::new("a relation joins two different things"));
        }
        if self.evidence.is_empty() {
            return Err(Invalid::new("a relation needs evidence"));
        }
        if let Some(strength) = relation.strength
            && !(strength > 0.0 && strength <= 1.0)
        {
            return Err(Invalid::new(format!("strength {strength} is not above 0 and at most 1")));
        }
        if relation.one_way && relation.kind != RelationKind::Knows {
            return Err(Invalid::new(format!("one_way is for KNOWS, not for {}", relation.kind)));
        }
        match (relation.kind.has_mode(), relation.mode) {
            (true, None) => return Err(Invalid::new(format!("{} needs a mode", relation.kind))),
            (false, Some(mode)) => {
                return Err(Invalid::new(format!("mode {mode} is for SERVES, not for {}", relation.kind)));
            }
            _ => {}
        }
        self.evidence.sort();
        let best = self.evidence.iter().map(|evidence| evidence.kind).min();
        self.relation.best_evidence = best.unwrap_or(EvidenceKind::Inferred);
        Ok(self)
    }

    /// Whether nobody gave this relation: it was worked out from a succession.
    pub fn is_worked_out(&self) -> bool {
        let worked_out =
            |evidence: &Evidence| evidence.kind == EvidenceKind::Documented && evidence.source.starts_with(SUCCESSION);
        !self.evidence.is_empty() && self.evidence.iter().all(worked_out)
    }

    /// Adds evidence: one entry per (kind, source), the newer date wins.
    pub fn add_evidence(&mut self, more: impl IntoIterator<Item = Evidence>) {
        for evidence in more {
            match self.evidence.iter_mut().find(|known| known.kind == evidence.kind && known.source == evidence.source)
            {
                Some(known) => known.date = known.date.max(evidence.date),
                None => self.evidence.push(evidence),
            }
        }
        self.evidence.sort();
        if let Some(best) = self.evidence.iter().map(|evidence| evidence.kind).min() {
            self.relation.best_evidence = best;
        }
    }
}

//! Recording relations: one, or many at a time, all or none.

use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::names::{MOST_NAMED, needed};
use super::sealed::{Plan, Right};
use crate::error::{AppError, ErrorCode};
use crate::model::text::{checked_note, checked_source, checked_title};
use crate::model::{
    Date, Evidence, EvidenceKind, NodeId, NodeRef, Patch, RelationId, RelationKind, RelationSaid, ServeMode,
};
use crate::snapshot::NodeIx;
use crate::store::Past;

/// How somebody knows.
#[derive(Debug, Clone, serde::Serialize)]
pub struct EvidenceGiven {
    pub kind: EvidenceKind,
    pub source: String,
    pub date: Option<Date>,
}

/// What somebody says of a relation.
#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationGiven {
    pub kind: RelationKind,
    pub from: NodeRef,
    pub to: NodeRef,
    pub title: Option<String>,
    pub mode: Option<ServeMode>,
    pub strength: Option<f64>,
    pub one_way: Option<bool>,
    pub champion: Option<bool>,
    pub gatekeeper: Option<bool>,
    pub valid_from: Option<Date>,
    /// Cleared: it has no end after all.
    pub valid_to: Patch<Date>,
    /// Without it: today, unless it is over.
    pub last_confirmed_on: Option<Date>,
    pub evidence: EvidenceGiven,
    pub note: Option<String>,
    pub synthetic: Option<bool>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationRecord {
    pub relation: RelationGiven,
    pub key: Option<String>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationsRecord {
    pub relations: Vec<RelationGiven>,
    pub key: Option<String>,
}

impl Plan for RelationRecord {
    const NAME: &'static str = "relationRecord";
    const NEEDS: Right = Right::Write;
    type Made = Vec<RelationId>;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<Self::Made, Halt> {
        record(&[(At::default(), &self.relation)], Faults::default(), draft).await
    }

    fn again(&self, draft: &Draft, _: &[Past]) -> Option<Self::Made> {
        Some(self.relation.standing(draft).into_iter().collect())
    }
}

impl Plan for RelationsRecord {
    const NAME: &'static str = "relationsRecord";
    const NEEDS: Right = Right::Write;
    type Made = Vec<RelationId>;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<Self::Made, Halt> {
        let (mut faults, list) = (Faults::default(), at("relations"));
        needed(&self.relations, &list, &mut faults);
        if !faults.few(&list, &self.relations, MOST_NAMED) {
            return faults.stop();
        }
        let given: Vec<_> = self.relations.iter().enumerate().map(|(place, one)| (list.item(place), one)).collect();
        record(&given, faults, draft).await
    }

    fn again(&self, draft: &Draft, _: &[Past]) -> Option<Self::Made> {
        Some(self.relations.iter().filter_map(|given| given.standing(draft)).collect())
    }
}

/// Puts relations into the draft, each over what stands.
async fn record(
    given: &[(At, &RelationGiven)],
    mut faults: Faults,
    draft: &mut Draft,
) -> Result<Vec<RelationId>, Halt> {
    let said: Vec<_> = given.iter().map(|(at, given)| (at, given.read(draft, at, &mut faults))).collect();
    faults.settle()?;
    let said: Vec<(&At, RelationSaid)> = said.into_iter().filter_map(|(at, said)| Some((at, said?))).collect();
    let ends: Vec<NodeId> = said.iter().flat_map(|(_, said)| [said.from.clone(), said.to.clone()]).collect();
    let ids: Vec<RelationId> = said.iter().map(|(_, said)| said.id()).collect();
    // The ends too: one that is merged or erased at this very moment must not get a relation.
    draft.read(&ends, &ids).await?;
    let mut faults = Faults::default();
    for ((at, said), id) in said.into_iter().zip(&ids) {
        put(said, id, at, draft, &mut faults);
    }
    faults.settle()?;
    let mut ids = ids;
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(id.clone()));
    Ok(ids)
}

fn put(mut said: RelationSaid, id: &RelationId, at: &At, draft: &mut Draft, faults: &mut Faults) {
    let today = draft.today();
    let standing = draft.relation(id).filter(|standing| !standing.is_worked_out());
    let ended = standing.and_then(|standing| standing.relation.validity.to).filter(|to| *to <= today);
    if let Some(ended) = ended.filter(|_| !said.valid_to.is_said()) {
        let words = format!(
            "this relation is on record and ended on {ended}; if it began again give validFrom, if it never ended give \
             validTo as null"
        );
        faults.conflict(&at.field("validTo"), words);
        return;
    }
    let Some(validity) = faults.keep(&at.field("validTo"), said.validity(draft.relation(id))) else { return };
    let confirmed = said.last_confirmed_on.or((!validity.ended_by(today)).then_some(today));
    // Nobody unlearns what was made sure later.
    said.last_confirmed_on = confirmed.max(standing.and_then(|standing| standing.relation.last_confirmed_on));
    let source = said.evidence.source.clone();
    if let Some(record) = faults.keep(at, said.onto(draft.relation(id))) {
        draft.name_source(&source);
        draft.put_relation(record);
    }
}

impl EvidenceGiven {
    pub(super) fn read(&self, else_date: Option<Date>, at: &At, draft: &Draft, faults: &mut Faults) -> Evidence {
        not_in_future(self.date, &at.field("date"), draft, faults);
        let source = faults.keep(&at.field("source"), checked_source(&self.source)).unwrap_or_default();
        Evidence { kind: self.kind, source, date: self.date.or(else_date) }
    }
}

/// Nobody has made sure of anything tomorrow.
pub(super) fn not_in_future(day: Option<Date>, at: &At, draft: &Draft, faults: &mut Faults) {
    if let Some(day) = day.filter(|day| *day > draft.today()) {
        faults.invalid(at, format!("{day} is still to come; today is {}", draft.today()));
    }
}

impl RelationGiven {
    /// The relation that is spoken of, if it is there.
    fn standing(&self, draft: &Draft) -> Option<RelationId> {
        let said = self.named(draft, &At::default(), &mut Faults::default())?;
        draft.snapshot().relations.by_id(said.id().as_str()).map(|_| said.id())
    }

    /// What is said, as far as it can be judged without what stands.
    fn read(&self, draft: &Draft, at: &At, faults: &mut Faults) -> Option<RelationSaid> {
        self.judge_cells(draft, at, faults);
        self.named(draft, at, faults)
    }

    fn judge_cells(&self, draft: &Draft, at: &At, faults: &mut Faults) {
        use RelationKind::{Knows, RoleAt, SucceededBy};
        let kind = self.kind;
        if kind == SucceededBy {
            faults.invalid(&at.field("kind"), "a succession closes bodies too: record it with organisationSucceed");
        }
        if let Some(strength) = self.strength.filter(|strength| !(*strength > 0.0 && *strength <= 1.0)) {
            faults.invalid(&at.field("strength"), format!("{strength} is not above 0 and at most 1"));
        }
        let only_on = [
            (self.one_way, Knows, "oneWay"),
            (self.champion, RoleAt, "champion"),
            (self.gatekeeper, RoleAt, "gatekeeper"),
        ];
        for (said, its_kind, field) in only_on {
            if said == Some(true) && kind != its_kind {
                faults.invalid(&at.field(field), format!("this is for {its_kind}, not for {kind}"));
            }
        }
        match (kind.has_mode(), self.mode) {
            (true, None) => faults.invalid(&at.field("mode"), format!("{kind} needs a mode: in what way?")),
            (false, Some(_)) => faults.invalid(&at.field("mode"), format!("a mode is for SERVES, not for {kind}")),
            (true, Some(_)) | (false, None) => {}
        }
        not_in_future(self.last_confirmed_on, &at.field("lastConfirmedOn"), draft, faults);
    }

    fn named(&self, draft: &Draft, at: &At, faults: &mut Faults) -> Option<RelationSaid> {
        let (from_types, to_types) = self.kind.ends();
        let from = draft.find(&self.from, from_types, &at.field("from"), faults);
        let to = draft.find(&self.to, to_types, &at.field("to"), faults);
        for (end, field) in [(&from, "from"), (&to, "to")] {
            if let Some((ix, _)) = end {
                self.refuse_ended(*ix, &at.field(field), draft, faults);
            }
        }
        let title = self.title.as_deref().and_then(|text| faults.keep(&at.field("title"), checked_title(text)));
        let note = self.note.as_deref().and_then(|text| faults.keep(&at.field("note"), checked_note(text)));
        let seen_on = self.last_confirmed_on.unwrap_or(draft.today());
        let evidence = self.evidence.read(Some(seen_on), &at.field("evidence"), draft, faults);
        let ((_, from), (_, to)) = (from?, to?);
        if from == to {
            faults.invalid(&at.field("to"), "a relation joins two different things, and this is the one at `from`");
            return None;
        }
        Some(RelationSaid {
            title,
            note,
            mode: self.mode,
            strength: self.strength,
            one_way: self.one_way,
            champion: self.champion,
            gatekeeper: self.gatekeeper,
            valid_from: self.valid_from,
            valid_to: self.valid_to,
            last_confirmed_on: self.last_confirmed_on,
            synthetic: self.synthetic,
            ..RelationSaid::new(self.kind, from, to, evidence)
        })
    }

    /// A relation does not outlive what it joins.
    fn refuse_ended(&self, end: NodeIx, at: &At, draft: &Draft, faults: &mut Faults) {
        let (Some(closed), Some(on)) = (draft.closed(end), draft.snapshot().node(end).validity.to) else { return };
        let within = matches!(self.valid_to, Patch::Set(to) if to <= on);
        if !within {
            let words = format!("{closed}; name the successor, or give a validTo on or before {on}");
            faults.add(at, AppError::new(ErrorCode::Conflict, words));
        }
    }
}

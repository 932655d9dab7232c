//! Making sure that relations still hold, and ending those that do not.

use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::names::{MOST_NAMED, needed};
use super::relation::{EvidenceGiven, not_in_future};
use super::sealed::{Plan, Right};
use crate::error::AppError;
use crate::model::text::{MAX_NOTE, checked_note};
use crate::model::{Date, RelationId, RelationRecord, Validity};

#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationConfirm {
    pub relation: String,
    /// Without it: today.
    pub on: Option<Date>,
    pub evidence: Option<EvidenceGiven>,
    pub expected_revision: Option<i64>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationsConfirm {
    pub relations: Vec<String>,
    /// Without it: today.
    pub on: Option<Date>,
    pub evidence: Option<EvidenceGiven>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct RelationEnd {
    pub relation: String,
    /// The first day on which it no longer holds.
    pub on: Date,
    pub note: Option<String>,
    pub expected_revision: Option<i64>,
}

impl Plan for RelationConfirm {
    const NAME: &'static str = "relationConfirm";
    const NEEDS: Right = Right::Write;
    type Made = Vec<RelationId>;

    async fn plan(&self, draft: &mut Draft) -> Result<Self::Made, Halt> {
        let mut faults = Faults::default();
        let Some(id) = known(&self.relation, &at("relation"), draft, &mut faults) else { return faults.stop() };
        draft.read(&[], std::slice::from_ref(&id)).await?;
        draft.expect(id.as_str(), self.expected_revision, &mut faults);
        let named = [(at("relation"), id)];
        confirm(&named, self.on, self.evidence.as_ref(), draft, faults)
    }
}

impl Plan for RelationsConfirm {
    const NAME: &'static str = "relationsConfirm";
    const NEEDS: Right = Right::Write;
    type Made = Vec<RelationId>;

    async fn plan(&self, draft: &mut Draft) -> Result<Self::Made, Halt> {
        let (mut faults, list) = (Faults::default(), at("relations"));
        needed(&self.relations, &list, &mut faults);
        if !faults.few(&list, &self.relations, MOST_NAMED) {
            return faults.stop();
        }
        let mut named: Vec<(At, RelationId)> = Vec::new();
        for (place, text) in self.relations.iter().enumerate() {
            if let Some(id) = known(text, &list.item(place), draft, &mut faults)
                && !named.iter().any(|(_, other)| *other == id)
            {
                named.push((list.item(place), id));
            }
        }
        let ids: Vec<RelationId> = named.iter().map(|(_, id)| id.clone()).collect();
        draft.read(&[], &ids).await?;
        confirm(&named, self.on, self.evidence.as_ref(), draft, faults)
    }
}

impl Plan for RelationEnd {
    const NAME: &'static str = "relationEnd";
    const NEEDS: Right = Right::Write;
    type Made = Vec<RelationId>;

    async fn plan(&self, draft: &mut Draft) -> Result<Self::Made, Halt> {
        let mut faults = Faults::default();
        let note = self.note.as_deref().and_then(|text| faults.keep(&at("note"), checked_note(text)));
        let Some(id) = known(&self.relation, &at("relation"), draft, &mut faults) else { return faults.stop() };
        draft.read(&[], std::slice::from_ref(&id)).await?;
        draft.expect(id.as_str(), self.expected_revision, &mut faults);
        let mut record = whole(&id, draft)?;
        let validity = record.relation.validity;
        if let Some(ended) = validity.to.filter(|to| *to <= draft.today() && *to != self.on) {
            faults
                .conflict(&at("on"), format!("it ended on {ended} already; to mend that, record it with that validTo"));
        }
        if let Ok(validity) = Validity::new(validity.from, Some(self.on)) {
            record.relation.validity = validity;
        } else {
            let from = validity.from.map_or_else(String::new, |from| from.to_string());
            faults.invalid(&at("on"), format!("it began on {from}, so it cannot end on {}", self.on));
        }
        if let Some(note) = note.filter(|note| record.note.as_ref() != Some(note)) {
            record.note = faults.keep(&at("note"), added(record.note.take(), note));
        }
        faults.settle()?;
        draft.put_relation(record);
        Ok(vec![id])
    }
}

/// A remark after those that are there.
fn added(before: Option<String>, note: String) -> Result<String, AppError> {
    let Some(before) = before else { return Ok(note) };
    // Sent again, it stands there already.
    if before.ends_with(&format!("\n{note}")) {
        return Ok(before);
    }
    let both = format!("{before}\n{note}");
    if both.chars().count() > MAX_NOTE {
        let words = format!("with the note that is there already this makes more than {MAX_NOTE} characters");
        return Err(AppError::invalid_argument(words));
    }
    Ok(both)
}

fn known(text: &str, at: &At, draft: &Draft, faults: &mut Faults) -> Option<RelationId> {
    let relations = &draft.snapshot().relations;
    let found = relations.by_id(text).map(|ix| relations.id(ix));
    if found.is_none() {
        faults.add(at, AppError::not_found("no relation has this key; take one from `relationId`"));
    }
    found
}

fn whole(id: &RelationId, draft: &Draft) -> Result<RelationRecord, Halt> {
    draft.relation(id).cloned().ok_or(Halt::Outdated)
}

fn confirm(
    relations: &[(At, RelationId)],
    on: Option<Date>,
    evidence: Option<&EvidenceGiven>,
    draft: &mut Draft,
    mut faults: Faults,
) -> Result<Vec<RelationId>, Halt> {
    not_in_future(on, &at("on"), draft, &mut faults);
    let today = draft.today();
    let on = on.unwrap_or(today);
    let evidence = evidence.map(|given| given.read(Some(on), &at("evidence"), draft, &mut faults));
    for (at, id) in relations {
        let mut record = whole(id, draft)?;
        let validity = record.relation.validity;
        if let Some(ended) = validity.to.filter(|to| *to <= today) {
            faults.conflict(at, format!("this relation ended on {ended}; if it holds again, record it anew"));
        } else if !validity.live_at(on) {
            faults.invalid(at, format!("this relation did not hold on {on}"));
        }
        record.relation.last_confirmed_on = record.relation.last_confirmed_on.max(Some(on));
        record.add_evidence(evidence.clone());
        draft.put_relation(record);
    }
    if let Some(evidence) = evidence {
        draft.name_source(&evidence.source);
    }
    faults.settle()?;
    Ok(relations.iter().map(|(_, id)| id.clone()).collect())
}

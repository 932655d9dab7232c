//! What people agree to: answers are added to what is on record, and the newest stands.

use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::relation::not_in_future;
use super::sealed::{Plan, Right};
use crate::error::{AppError, ErrorCode};
use crate::model::text::checked_title;
use crate::model::{
    Body, Consent, ConsentPurpose, ConsentRecord, ConsentStatus, Date, NodeId, NodeRecord, NodeRef, NodeType,
};

#[derive(Debug, Clone, serde::Serialize)]
pub struct ConsentRecording {
    pub individual: NodeRef,
    pub purpose: ConsentPurpose,
    pub status: ConsentStatus,
    pub lawful_basis: Option<String>,
    /// Without it: today.
    pub recorded_on: Option<Date>,
    pub expires_on: Option<Date>,
    pub expected_revision: Option<i64>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct ConsentWithdraw {
    pub individual: NodeRef,
    /// Without it: both.
    pub purpose: Option<ConsentPurpose>,
    /// Without it: today.
    pub on: Option<Date>,
}

impl Plan for ConsentRecording {
    const NAME: &'static str = "consentRecord";
    const NEEDS: Right = Right::Steward;
    type Made = NodeId;

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let said = self.read(draft, &mut faults);
        let Some(id) = person(&self.individual, draft, &mut faults) else { return faults.stop() };
        draft.read(std::slice::from_ref(&id), &[]).await?;
        draft.expect(id.as_str(), self.expected_revision, &mut faults);
        let mut record = draft.whole(&id)?;
        faults.keep(&at("recordedOn"), answer(&mut record, said));
        faults.settle()?;
        draft.put_node(record);
        Ok(id)
    }
}

impl Plan for ConsentWithdraw {
    const NAME: &'static str = "consentWithdraw";
    const NEEDS: Right = Right::Steward;
    type Made = NodeId;

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        not_in_future(self.on, &at("on"), draft, &mut faults);
        let Some(id) = person(&self.individual, draft, &mut faults) else { return faults.stop() };
        draft.read(std::slice::from_ref(&id), &[]).await?;
        let mut record = draft.whole(&id)?;
        let on = self.on.unwrap_or(draft.today());
        for purpose in ConsentPurpose::ALL.iter().filter(|purpose| self.purpose.is_none_or(|one| one == **purpose)) {
            faults.keep(&at("on"), withdraw(&mut record, *purpose, on));
        }
        faults.settle()?;
        draft.put_node(record);
        Ok(id)
    }
}

/// The person who is named: nobody else can consent to anything.
fn person(name: &NodeRef, draft: &Draft, faults: &mut Faults) -> Option<NodeId> {
    let at: At = at("individual");
    let (ix, id) = draft.find(name, NodeType::ALL, &at, faults)?;
    let node_type = draft.snapshot().node_type(ix);
    if node_type != NodeType::Individual {
        let (article, noun) = (node_type.article(), node_type.noun());
        let words = format!(
            "consent is a person's to give, and this is {article} {noun}; to have a body left alone use doNotApproachSet"
        );
        faults.invalid(&at, words);
        return None;
    }
    Some(id)
}

impl ConsentRecording {
    fn read(&self, draft: &Draft, faults: &mut Faults) -> ConsentRecord {
        not_in_future(self.recorded_on, &at("recordedOn"), draft, faults);
        let recorded_on = self.recorded_on.unwrap_or(draft.today());
        let basis = self.lawful_basis.as_deref();
        let lawful_basis = basis.and_then(|text| faults.keep(&at("lawfulBasis"), checked_title(text)));
        let granted = self.status == ConsentStatus::Granted;
        if granted && basis.is_none() {
            let words = "say on what lawful basis (UK GDPR, article 6) we hold this, such as `consent`";
            faults.invalid(&at("lawfulBasis"), words);
        }
        match self.expires_on {
            Some(_) if !granted => faults.invalid(&at("expiresOn"), "only what was GRANTED expires"),
            Some(end) if end <= recorded_on => {
                faults.invalid(&at("expiresOn"), format!("this is not after {recorded_on}, the day it was recorded"));
            }
            Some(_) | None => {}
        }
        ConsentRecord {
            purpose: self.purpose,
            status: self.status,
            lawful_basis,
            recorded_on: Some(recorded_on),
            expires_on: self.expires_on,
        }
    }
}

/// Adds an answer to a person's record, and lets it stand. Refuses one that is older than what stands: the newest
/// answer is theirs. The same answer again changes nothing.
fn answer(record: &mut NodeRecord, said: ConsentRecord) -> Result<(), AppError> {
    let newest = newest(record, said.purpose);
    if newest.as_ref() == Some(&said) {
        return Ok(());
    }
    if let Some(later) = newest.and_then(|known| known.recorded_on).filter(|day| Some(*day) > said.recorded_on) {
        let words = format!("an answer of {later} is on record, and an earlier one does not change it");
        return Err(AppError::new(ErrorCode::Conflict, words));
    }
    if let Body::Individual(facts) = &mut record.node.body {
        *facts.consent_mut(said.purpose) = Consent { status: said.status, expires_on: said.expires_on };
    }
    record.details.consents.push(said);
    Ok(())
}

/// Withdraws for one purpose. Who refused has said no already, and it stays the no that it was.
fn withdraw(record: &mut NodeRecord, purpose: ConsentPurpose, on: Date) -> Result<(), AppError> {
    match record.node.individual().map(|facts| facts.consent(purpose).status) {
        Some(ConsentStatus::Refused | ConsentStatus::Withdrawn) | None => Ok(()),
        Some(ConsentStatus::Granted | ConsentStatus::NotAsked | ConsentStatus::Expired) => {
            let status = ConsentStatus::Withdrawn;
            let said = ConsentRecord { purpose, status, lawful_basis: None, recorded_on: Some(on), expires_on: None };
            answer(record, said)
        }
    }
}

/// The answer that was recorded last for a purpose.
fn newest(record: &NodeRecord, purpose: ConsentPurpose) -> Option<ConsentRecord> {
    let of_purpose = record.details.consents.iter().filter(|known| known.purpose == purpose);
    of_purpose.max_by_key(|known| known.recorded_on).cloned()
}

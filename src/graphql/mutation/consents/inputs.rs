//! What is sent about consent, and about leaving somebody alone.

use super::super::inputs::{names, patch};
use crate::app::change::{ConsentRecording, ConsentWithdraw, DoNotApproachSet};
use crate::graphql::enums::{ConsentPurpose, ConsentStatus};
use crate::graphql::input::NodeRef;
use crate::graphql::scalars::Day;
use async_graphql::{InputObject, MaybeUndefined};

/// A person's answer.
#[derive(InputObject, Debug, Clone)]
pub struct ConsentRecordInput {
    /// Who answered.
    individual: NodeRef,
    /// What they were asked to agree to.
    purpose: ConsentPurpose,
    /// What they answered.
    status: ConsentStatus,
    /// The lawful basis (UK GDPR, article 6) on which we hold this, such as consent: needed for GRANTED.
    lawful_basis: Option<String>,
    /// The day on which they answered. Without it: today.
    recorded_on: Option<Day>,
    /// The first day on which a GRANTED no longer holds.
    expires_on: Option<Day>,
    /// The revision in which you read about the person. If that has changed since, nothing is done and you are told.
    expected_revision: Option<i32>,
}

/// Consent that is taken back.
#[derive(InputObject, Debug, Clone)]
pub struct ConsentWithdrawInput {
    /// Who takes it back.
    individual: NodeRef,
    /// For what. Without it: for everything.
    purpose: Option<ConsentPurpose>,
    /// The day on which they said so. Without it: today.
    on: Option<Day>,
}

/// A time in which somebody is to be left alone.
#[derive(InputObject, Debug, Clone)]
pub struct DoNotApproachSetInput {
    /// Organisations, people, networks, working groups and initiatives: up to 500.
    nodes: Vec<NodeRef>,
    /// The first day of it. Without it: it holds already.
    from: Option<Day>,
    /// The first day on which approaching is fine again. Null: it is fine.
    until: MaybeUndefined<Day>,
    /// Why.
    reason: Option<String>,
}

impl ConsentRecordInput {
    pub fn read(self) -> ConsentRecording {
        ConsentRecording {
            individual: self.individual.into(),
            purpose: self.purpose.into(),
            status: self.status.into(),
            lawful_basis: self.lawful_basis,
            recorded_on: self.recorded_on.map(Into::into),
            expires_on: self.expires_on.map(Into::into),
            expected_revision: self.expected_revision.map(Into::into),
        }
    }
}

impl ConsentWithdrawInput {
    pub fn read(self) -> ConsentWithdraw {
        ConsentWithdraw {
            individual: self.individual.into(),
            purpose: self.purpose.map(Into::into),
            on: self.on.map(Into::into),
        }
    }
}

impl DoNotApproachSetInput {
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn read(self) -> DoNotApproachSet {
        DoNotApproachSet {
            nodes: names(self.nodes),
            from: self.from.map(Into::into),
            until: patch(self.until),
            reason: self.reason,
        }
    }
}

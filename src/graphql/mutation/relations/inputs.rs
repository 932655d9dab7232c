//! What is sent about relations.

use super::super::inputs::{EvidenceInput, keys, patch};
use crate::app::change::{
    RelationConfirm, RelationEnd, RelationGiven, RelationRecord, RelationsConfirm, RelationsRecord,
};
use crate::graphql::enums::{RelationKind, ServeMode};
use crate::graphql::input::NodeRef;
use crate::graphql::scalars::Day;
use async_graphql::{ID, InputObject, MaybeUndefined};

/// How two things are related. Which relation it is depends on its kind, its two ends, its title (for SERVES its mode) and
/// its first day: the same again adds evidence, and what else is given takes the place of what was.
#[derive(InputObject, Debug, Clone)]
pub struct RelationInput {
    /// How they are related.
    kind: RelationKind,
    /// What it runs from: whoever has the role, belongs to the network, serves the group.
    from: NodeRef,
    /// What it runs to.
    to: NodeRef,
    /// The name of the role, or what the relation is about.
    title: Option<String>,
    /// In what way an under-served group is served: for SERVES, and needed there.
    mode: Option<ServeMode>,
    /// How strong it is, above 0 and at most 1. Without it, a path takes what is usual for the kind.
    strength: Option<f64>,
    /// For KNOWS: the second person does not know the first.
    one_way: Option<bool>,
    /// For `ROLE_AT`: the person champions the programme there.
    champion: Option<bool>,
    /// For `ROLE_AT`: whoever wants in has to pass them.
    gatekeeper: Option<bool>,
    /// The first day on which it held, if known.
    valid_from: Option<Day>,
    /// The first day on which it no longer holds. Null: it has no end after all.
    valid_to: MaybeUndefined<Day>,
    /// The day on which somebody last made sure. Without it: today, unless it is over.
    last_confirmed_on: Option<Day>,
    /// How you know.
    evidence: EvidenceInput,
    /// A remark. It may take several lines.
    note: Option<String>,
    /// Whether it is made up, for trying things out.
    synthetic: Option<bool>,
}

/// A relation to record.
#[derive(InputObject, Debug, Clone)]
pub struct RelationRecordInput {
    #[graphql(flatten)]
    relation: RelationInput,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once.
    idempotency_key: Option<String>,
}

/// Relations to record.
#[derive(InputObject, Debug, Clone)]
pub struct RelationsRecordInput {
    /// Up to 500 of them.
    relations: Vec<RelationInput>,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once.
    idempotency_key: Option<String>,
}

/// A relation that still holds.
#[derive(InputObject, Debug, Clone)]
pub struct RelationConfirmInput {
    /// Its key, as `relationId` gives it.
    relation: ID,
    /// The day on which you made sure. Without it: today.
    on: Option<Day>,
    /// How you know, if that is worth keeping.
    evidence: Option<EvidenceInput>,
    /// The revision in which you read it. If it has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
}

/// Relations that still hold.
#[derive(InputObject, Debug, Clone)]
pub struct RelationsConfirmInput {
    /// Their keys, as `relationId` gives them: up to 500.
    relations: Vec<ID>,
    /// The day on which you made sure. Without it: today.
    on: Option<Day>,
    /// How you know, if that is worth keeping: for all of them.
    evidence: Option<EvidenceInput>,
}

/// A relation that is over.
#[derive(InputObject, Debug, Clone)]
pub struct RelationEndInput {
    /// Its key, as `relationId` gives it.
    relation: ID,
    /// The first day on which it no longer holds.
    on: Day,
    /// A remark, added to those that are there.
    note: Option<String>,
    /// The revision in which you read it. If it has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
}

impl From<RelationInput> for RelationGiven {
    fn from(input: RelationInput) -> Self {
        Self {
            kind: input.kind.into(),
            from: input.from.into(),
            to: input.to.into(),
            title: input.title,
            mode: input.mode.map(Into::into),
            strength: input.strength,
            one_way: input.one_way,
            champion: input.champion,
            gatekeeper: input.gatekeeper,
            valid_from: input.valid_from.map(Into::into),
            valid_to: patch(input.valid_to),
            last_confirmed_on: input.last_confirmed_on.map(Into::into),
            evidence: input.evidence.into(),
            note: input.note,
            synthetic: input.synthetic,
        }
    }
}

impl RelationRecordInput {
    pub fn read(self) -> RelationRecord {
        RelationRecord { relation: self.relation.into(), key: self.idempotency_key }
    }
}

impl RelationsRecordInput {
    pub fn len(&self) -> usize {
        self.relations.len()
    }

    pub fn read(self) -> RelationsRecord {
        RelationsRecord { relations: self.relations.into_iter().map(Into::into).collect(), key: self.idempotency_key }
    }
}

impl RelationConfirmInput {
    pub fn read(self) -> RelationConfirm {
        RelationConfirm {
            relation: self.relation.0,
            on: self.on.map(Into::into),
            evidence: self.evidence.map(Into::into),
            expected_revision: self.expected_revision.map(Into::into),
        }
    }
}

impl RelationsConfirmInput {
    pub fn len(&self) -> usize {
        self.relations.len()
    }

    pub fn read(self) -> RelationsConfirm {
        RelationsConfirm {
            relations: keys(self.relations),
            on: self.on.map(Into::into),
            evidence: self.evidence.map(Into::into),
        }
    }
}

impl RelationEndInput {
    pub fn read(self) -> RelationEnd {
        RelationEnd {
            relation: self.relation.0,
            on: self.on.into(),
            note: self.note,
            expected_revision: self.expected_revision.map(Into::into),
        }
    }
}

//! What is sent about organisations.

use super::super::inputs::{CommonInput, ContactInput, names, organisation, patch};
use crate::app::change::{
    Create, Merge, OrganisationFields, OrganisationSucceed, Organisations as Sort, Successor, Update,
};
use crate::error::AppError;
use crate::graphql::enums::{Nation, OrganisationKind, Sector};
use crate::graphql::input::{NodeRef, OrganisationBy};
use crate::graphql::scalars::Day;
use crate::model::Patch;
use async_graphql::{InputObject, MaybeUndefined, OneofObject};
use std::marker::PhantomData;

/// What only organisations have. Leave out what is to stay as it is; null takes it away.
#[derive(InputObject, Debug, Clone)]
pub struct OrganisationFactsInput {
    /// The part of life it belongs to.
    sector: MaybeUndefined<Sector>,
    /// Where in the United Kingdom it works.
    nation: MaybeUndefined<Nation>,
    /// How many patients are registered with it: for general practices.
    list_size: MaybeUndefined<i32>,
    /// The tenth of the nation that its place falls in by deprivation: 1 is the most deprived, 10 the least.
    deprivation_decile: MaybeUndefined<i32>,
    /// Whether it is in a rural place.
    rural: MaybeUndefined<bool>,
}

/// A new organisation.
#[derive(InputObject, Debug, Clone)]
pub struct OrganisationCreateInput {
    #[graphql(flatten)]
    new: NewOrganisationInput,
    /// Who or what tells of it: a meeting, a document, a data set.
    source: String,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once. Use one whenever an answer may get lost.
    idempotency_key: Option<String>,
}

/// An organisation that is not known yet.
#[derive(InputObject, Debug, Clone)]
pub struct NewOrganisationInput {
    /// The name by which a register knows it, such as GB-CHC:1110143. Its key is made from that, for good. Without one it
    /// gets a ref of our own.
    #[graphql(name = "ref")]
    reference: Option<String>,
    /// Its name.
    name: String,
    /// What kind of body it is.
    kind: OrganisationKind,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    contact: ContactInput,
    #[graphql(flatten)]
    facts: OrganisationFactsInput,
}

/// What is to be different about an organisation.
#[derive(InputObject, Debug, Clone)]
pub struct OrganisationUpdateInput {
    /// Which one.
    organisation: OrganisationBy,
    /// The revision in which you read it. If it has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
    /// Its name.
    name: MaybeUndefined<String>,
    /// What kind of body it is.
    kind: MaybeUndefined<OrganisationKind>,
    /// Who or what tells of the change: a meeting, a document, a data set.
    source: Option<String>,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    contact: ContactInput,
    #[graphql(flatten)]
    facts: OrganisationFactsInput,
}

/// A succession.
#[derive(InputObject, Debug, Clone)]
pub struct OrganisationSucceedInput {
    /// The organisations that close.
    predecessors: Vec<NodeRef>,
    /// Those that take over: known ones, or new ones.
    successors: Vec<SuccessorInput>,
    /// The first day on which the former are no more.
    on: Day,
    /// Who or what tells of it: an announcement, a register.
    source: String,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once.
    idempotency_key: Option<String>,
}

/// Who takes over. Give exactly one of these.
#[derive(OneofObject, Debug, Clone)]
pub enum SuccessorInput {
    /// An organisation that is known already.
    Existing(NodeRef),
    /// One that is not known yet. Unless you say otherwise it opens on the day of the succession.
    New(Box<NewOrganisationInput>),
}

/// Two records of one organisation.
#[derive(InputObject, Debug, Clone)]
pub struct OrganisationMergeInput {
    /// The record to give up. Its key stays good and stands for the other from now on.
    duplicate: NodeRef,
    /// The record that stays.
    into: NodeRef,
    /// The revision in which you read the record that stays. If it has changed since, nothing is done and you are told.
    expected_revision: Option<i32>,
}

impl OrganisationFactsInput {
    fn read(
        self,
        common: crate::app::change::CommonFields,
        kind: Patch<crate::model::OrganisationKind>,
    ) -> OrganisationFields {
        OrganisationFields {
            common,
            kind,
            sector: patch(self.sector),
            nation: patch(self.nation),
            list_size: patch(self.list_size),
            deprivation_decile: patch(self.deprivation_decile),
            rural: patch(self.rural),
        }
    }
}

impl NewOrganisationInput {
    fn read(self) -> (Option<String>, OrganisationFields) {
        let common = self.common.read(Patch::Set(self.name), Some(self.contact));
        (self.reference, self.facts.read(common, Patch::Set(self.kind.into())))
    }
}

impl OrganisationCreateInput {
    pub fn read(self) -> Create<OrganisationFields> {
        let (reference, fields) = self.new.read();
        Create { reference, fields, source: self.source, key: self.idempotency_key }
    }
}

impl OrganisationUpdateInput {
    pub fn read(self) -> Result<Update<OrganisationFields>, AppError> {
        let common = self.common.read(patch(self.name), Some(self.contact));
        Ok(Update {
            of: organisation(self.organisation)?,
            expected_revision: self.expected_revision.map(Into::into),
            fields: self.facts.read(common, patch(self.kind)),
            source: self.source,
        })
    }
}

impl OrganisationSucceedInput {
    pub fn read(self) -> OrganisationSucceed {
        let successor = |input| match input {
            SuccessorInput::Existing(name) => Successor::Existing(name.into()),
            SuccessorInput::New(new) => {
                let (reference, fields) = new.read();
                Successor::New { reference, fields: Box::new(fields) }
            }
        };
        OrganisationSucceed {
            predecessors: names(self.predecessors),
            successors: self.successors.into_iter().map(successor).collect(),
            on: self.on.into(),
            source: self.source,
            key: self.idempotency_key,
        }
    }
}

impl OrganisationMergeInput {
    pub fn read(self) -> Merge<Sort> {
        Merge {
            duplicate: self.duplicate.into(),
            into: self.into.into(),
            expected_revision: self.expected_revision.map(Into::into),
            sort: PhantomData,
        }
    }
}

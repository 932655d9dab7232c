//! What is sent about networks.

use super::super::inputs::{CommonInput, patch};
use crate::app::change::{CommonFields, Create, Merge, NetworkFields, Networks as Sort, Update};
use crate::graphql::enums::Formality;
use crate::graphql::input::NodeRef;
use crate::model::Patch;
use async_graphql::{InputObject, MaybeUndefined};
use std::marker::PhantomData;

/// What only networks have. Leave out what is to stay as it is; null takes it away.
#[derive(InputObject, Debug, Clone)]
pub struct NetworkFactsInput {
    /// Whether it has rules or is just people who meet.
    formality: MaybeUndefined<Formality>,
    /// What it is for.
    purpose: MaybeUndefined<String>,
    /// Whether it is one of the programme's own working groups.
    working_group: MaybeUndefined<bool>,
}

/// A network that is not known yet.
#[derive(InputObject, Debug, Clone)]
pub struct NetworkCreateInput {
    /// The name by which lists know it, such as network:street-health. Its key is made from that, for good. Without one it
    /// gets a ref of our own.
    #[graphql(name = "ref")]
    reference: Option<String>,
    /// Its name.
    name: String,
    /// Who or what tells of it: a meeting, a document.
    source: String,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once. Use one whenever an answer may get lost.
    idempotency_key: Option<String>,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    facts: NetworkFactsInput,
}

/// What is to be different about a network.
#[derive(InputObject, Debug, Clone)]
pub struct NetworkUpdateInput {
    /// Which one.
    network: NodeRef,
    /// The revision in which you read it. If it has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
    /// Its name.
    name: MaybeUndefined<String>,
    /// Who or what tells of the change.
    source: Option<String>,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    facts: NetworkFactsInput,
}

/// Two records of one network.
#[derive(InputObject, Debug, Clone)]
pub struct NetworkMergeInput {
    /// The record to give up. Its key stays good and stands for the other from now on.
    duplicate: NodeRef,
    /// The record that stays.
    into: NodeRef,
    /// The revision in which you read the record that stays. If it has changed since, nothing is done and you are told.
    expected_revision: Option<i32>,
}

impl NetworkFactsInput {
    fn read(self, common: CommonFields) -> NetworkFields {
        NetworkFields {
            common,
            working_group: patch(self.working_group),
            formality: patch(self.formality),
            purpose: patch(self.purpose),
        }
    }
}

impl NetworkCreateInput {
    pub fn read(self) -> Create<NetworkFields> {
        let fields = self.facts.read(self.common.read(Patch::Set(self.name), None));
        Create { reference: self.reference, fields, source: self.source, key: self.idempotency_key }
    }
}

impl NetworkUpdateInput {
    pub fn read(self) -> Update<NetworkFields> {
        Update {
            of: self.network.into(),
            expected_revision: self.expected_revision.map(Into::into),
            fields: self.facts.read(self.common.read(patch(self.name), None)),
            source: self.source,
        }
    }
}

impl NetworkMergeInput {
    pub fn read(self) -> Merge<Sort> {
        Merge {
            duplicate: self.duplicate.into(),
            into: self.into.into(),
            expected_revision: self.expected_revision.map(Into::into),
            sort: PhantomData,
        }
    }
}

//! What is sent about people.

use super::super::inputs::{CommonInput, ContactInput, patch};
use crate::app::change::{CommonFields, Create, IndividualErase, IndividualFields, Individuals as Sort, Merge, Update};
use crate::graphql::input::NodeRef;
use crate::model::Patch;
use async_graphql::{InputObject, MaybeUndefined};
use std::marker::PhantomData;

/// What only people have. Leave out what is to stay as it is; null takes it away.
#[derive(InputObject, Debug, Clone)]
pub struct IndividualFactsInput {
    /// Whether they are one of the engagement team. Paths start from the team, and pass its members without asking.
    team: MaybeUndefined<bool>,
    /// Languages they speak: all of them.
    languages: MaybeUndefined<Vec<String>>,
    /// Experience of their own that they chose to share: all of it.
    lived_experience: MaybeUndefined<Vec<String>>,
}

/// A person who is not known yet.
#[derive(InputObject, Debug, Clone)]
pub struct IndividualCreateInput {
    /// A name by which your own lists know them, such as team:jo. Their key is drawn at random and tells nothing.
    #[graphql(name = "ref")]
    reference: Option<String>,
    /// Their name.
    name: String,
    /// Who or what tells of them: a meeting, a list.
    source: String,
    /// A text of your own choice, up to 200 characters, different for each wish: sent again with the same key, the wish is
    /// granted once. Use one whenever an answer may get lost.
    idempotency_key: Option<String>,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    contact: ContactInput,
    #[graphql(flatten)]
    facts: IndividualFactsInput,
}

/// What is to be different about a person.
#[derive(InputObject, Debug, Clone)]
pub struct IndividualUpdateInput {
    /// Who.
    individual: NodeRef,
    /// The revision in which you read about them. If that has changed since, nothing is done and you are told what changed.
    expected_revision: Option<i32>,
    /// Their name.
    name: MaybeUndefined<String>,
    /// Who or what tells of the change.
    source: Option<String>,
    #[graphql(flatten)]
    common: CommonInput,
    #[graphql(flatten)]
    contact: ContactInput,
    #[graphql(flatten)]
    facts: IndividualFactsInput,
}

/// Two records of one person.
#[derive(InputObject, Debug, Clone)]
pub struct IndividualMergeInput {
    /// The record to give up. Its key stays good and stands for the other from now on.
    duplicate: NodeRef,
    /// The record that stays.
    into: NodeRef,
    /// The revision in which you read the record that stays. If it has changed since, nothing is done and you are told.
    expected_revision: Option<i32>,
}

/// Whom to forget.
#[derive(InputObject, Debug, Clone)]
pub struct IndividualEraseInput {
    /// Who.
    individual: NodeRef,
}

impl IndividualFactsInput {
    fn read(self, common: CommonFields) -> IndividualFields {
        IndividualFields {
            common,
            team: patch(self.team),
            languages: patch(self.languages),
            lived_experience: patch(self.lived_experience),
        }
    }
}

impl IndividualCreateInput {
    pub fn read(self) -> Create<IndividualFields> {
        let common = self.common.read(Patch::Set(self.name), Some(self.contact));
        let fields = self.facts.read(common);
        Create { reference: self.reference, fields, source: self.source, key: self.idempotency_key }
    }
}

impl IndividualUpdateInput {
    pub fn read(self) -> Update<IndividualFields> {
        let common = self.common.read(patch(self.name), Some(self.contact));
        Update {
            of: self.individual.into(),
            expected_revision: self.expected_revision.map(Into::into),
            fields: self.facts.read(common),
            source: self.source,
        }
    }
}

impl IndividualMergeInput {
    pub fn read(self) -> Merge<Sort> {
        Merge {
            duplicate: self.duplicate.into(),
            into: self.into.into(),
            expected_revision: self.expected_revision.map(Into::into),
            sort: PhantomData,
        }
    }
}

impl IndividualEraseInput {
    pub fn read(self) -> IndividualErase {
        IndividualErase { individual: self.individual.into() }
    }
}

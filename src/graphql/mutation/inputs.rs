//! The inputs that several mutations share, and how what is left out is told from what is to be cleared.

use crate::app::Register;
use crate::app::change::{CommonFields, EvidenceGiven};
use crate::error::AppError;
use crate::graphql::enums::EvidenceKind;
use crate::graphql::input::{NodeRef, OrganisationBy};
use crate::graphql::scalars::Day;
use crate::model::{self, Patch};
use async_graphql::{ID, InputObject, MaybeUndefined};

/// What is known of a thing of any sort. Leave out what is to stay as it is; null takes it away.
#[derive(InputObject, Debug, Clone)]
pub struct CommonInput {
    /// All names by which registers know it, the usual one first: scheme, colon, value, such as GB-CHC:1110143.
    refs: MaybeUndefined<Vec<String>>,
    /// Other names it goes by: all of them.
    aliases: MaybeUndefined<Vec<String>>,
    /// Where an organisation is, or what a person or network covers: relations to areas that neither contain this one nor
    /// lie within it end today.
    area: MaybeUndefined<NodeRef>,
    /// Its web address.
    website: MaybeUndefined<String>,
    /// The first day on which it existed or was open.
    valid_from: MaybeUndefined<Day>,
    /// The first day on which it no longer is.
    valid_to: MaybeUndefined<Day>,
    /// Whether it is made up, for trying things out.
    synthetic: MaybeUndefined<bool>,
}

/// How to reach somebody. Leave out what is to stay as it is; null takes it away.
#[derive(InputObject, Debug, Clone)]
pub struct ContactInput {
    /// Their postcode.
    postcode: MaybeUndefined<String>,
    /// Their e-mail address.
    email: MaybeUndefined<String>,
    /// Their telephone number.
    phone: MaybeUndefined<String>,
}

/// How somebody knows that something is so.
#[derive(InputObject, Debug, Clone)]
pub struct EvidenceInput {
    /// How it is known.
    kind: EvidenceKind,
    /// Who or what says so: a meeting, a document, a data set.
    source: String,
    /// The day on which it was so, or was said. Without it: the day of the confirmation.
    date: Option<Day>,
}

impl CommonInput {
    pub fn read(self, name: Patch<String>, contact: Option<ContactInput>) -> CommonFields {
        let (postcode, email, phone) = contact.map_or((Patch::Leave, Patch::Leave, Patch::Leave), |contact| {
            (patch(contact.postcode), patch(contact.email), patch(contact.phone))
        });
        CommonFields {
            name,
            refs: patch(self.refs),
            aliases: patch(self.aliases),
            area: patch(self.area),
            postcode,
            website: patch(self.website),
            email,
            phone,
            valid_from: patch(self.valid_from),
            valid_to: patch(self.valid_to),
            synthetic: patch(self.synthetic),
        }
    }
}

impl From<EvidenceInput> for EvidenceGiven {
    fn from(EvidenceInput { kind, source, date }: EvidenceInput) -> Self {
        Self { kind: kind.into(), source, date: date.map(Into::into) }
    }
}

/// Left out: as it is. Null: taken away.
pub fn patch<A: Into<B>, B>(value: MaybeUndefined<A>) -> Patch<B> {
    match value {
        MaybeUndefined::Undefined => Patch::Leave,
        MaybeUndefined::Null => Patch::Clear,
        MaybeUndefined::Value(value) => Patch::Set(value.into()),
    }
}

pub fn names(list: Vec<NodeRef>) -> Vec<model::NodeRef> {
    list.into_iter().map(Into::into).collect()
}

pub fn keys(list: Vec<ID>) -> Vec<String> {
    list.into_iter().map(|id| id.0).collect()
}

/// The organisation that is meant, by whatever number.
pub fn organisation(by: OrganisationBy) -> Result<model::NodeRef, AppError> {
    let registered = |register: Register, number: &str, argument| {
        let reference = register.reference(number).map_err(|error| error.at(["organisation", argument]))?;
        Ok(model::NodeRef::Ref(reference.to_string()))
    };
    match by {
        OrganisationBy::Id(id) => Ok(model::NodeRef::Id(id.0)),
        OrganisationBy::Ref(text) => Ok(model::NodeRef::Ref(text)),
        OrganisationBy::OdsCode(code) => registered(Register::Ods, &code, "odsCode"),
        OrganisationBy::CharityNumber(number) => registered(Register::Charity, &number, "charityNumber"),
        OrganisationBy::CompanyNumber(number) => registered(Register::Company, &number, "companyNumber"),
    }
}

//! The fields that every type of node has.

use super::loaders;
use super::scalars::{Day, Moment};
use super::types::{Redaction, redactions};
use crate::access::View;
use async_graphql::{Context, ID, Object, Result};

pub struct Common<'a>(pub &'a View);

#[Object]
impl Common<'_> {
    /// The key of this thing. It never changes.
    fn id(&self) -> ID {
        self.0.id.as_str().into()
    }

    /// The name by which a register knows it, such as GB-NHS:N81059. Null where your role may not see it.
    #[graphql(name = "ref")]
    fn reference(&self) -> Option<&str> {
        self.0.refs.first().map(crate::model::Ref::as_str)
    }

    /// All names by which registers know it, the usual one first. Null where your role may not see them.
    fn refs(&self) -> Option<Vec<&str>> {
        (!self.0.is_cut()).then(|| self.0.refs.iter().map(crate::model::Ref::as_str).collect())
    }

    /// Its name. Null where your role may not see it.
    fn name(&self) -> Option<&str> {
        self.0.name.as_deref()
    }

    /// Other names it goes by. Null where your role may not see them.
    fn aliases(&self) -> Option<&[String]> {
        (!self.0.is_cut()).then_some(&self.0.aliases)
    }

    /// The first day on which it existed or was open, if known.
    fn valid_from(&self) -> Option<Day> {
        self.0.validity.from.map(Day)
    }

    /// The first day on which it no longer was, if it has closed or is to close.
    fn valid_to(&self) -> Option<Day> {
        self.0.validity.to.map(Day)
    }

    /// Whether it is made up, for trying things out.
    fn synthetic(&self) -> bool {
        self.0.synthetic
    }

    /// When what we hold about it last changed. Null where your role may not see it.
    fn updated_at(&self) -> Option<Moment> {
        (!self.0.is_cut()).then_some(Moment(self.0.updated_at))
    }

    /// Where what we hold about it comes from: names of data sets and files. Null where your role may not see them.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        if self.0.is_cut() {
            return Ok(None);
        }
        Ok(Some(loaders::details(ctx, &self.0.id).await?.sources))
    }

    /// What is null here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.0.redactions)
    }
}

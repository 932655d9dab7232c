//! One relation by itself.

use super::{Evidence, Redaction, redactions};
use crate::app::RelationView;
use crate::graphql::enums::{RelationKind, ServeMode};
use crate::graphql::interfaces::{Node, Shown as _};
use crate::graphql::loaders;
use crate::graphql::scalars::Day;
use async_graphql::{Context, ID, Object, Result};

pub struct Relation(pub RelationView);

/// How two things are related: since when, in what role, on what evidence.
#[Object]
impl Relation {
    /// The key of this relation. It never changes.
    fn id(&self) -> ID {
        self.0.id.as_str().into()
    }

    /// How the two are related.
    fn kind(&self) -> RelationKind {
        self.0.kind.into()
    }

    /// What it runs from: whoever has the role, belongs to the network, serves the group.
    fn from(&self) -> Option<Node> {
        Node::of(self.0.from.clone())
    }

    /// What it runs to.
    fn to(&self) -> Option<Node> {
        Node::of(self.0.to.clone())
    }

    /// The name of the role, or what the relation is about. Null where your role may not see it.
    fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// In what way an under-served group is served.
    fn mode(&self) -> Option<ServeMode> {
        self.0.mode.map(Into::into)
    }

    /// The first day on which it holds, if known.
    fn valid_from(&self) -> Option<Day> {
        self.0.validity.from.map(Day)
    }

    /// The first day on which it no longer holds, if it has an end.
    fn valid_to(&self) -> Option<Day> {
        self.0.validity.to.map(Day)
    }

    /// The day on which somebody last made sure that it holds.
    fn last_confirmed_on(&self) -> Option<Day> {
        self.0.last_confirmed_on.map(Day)
    }

    /// How strong it is, above 0 and at most 1, if somebody has said so. Otherwise a path takes what is usual for its kind.
    fn strength(&self) -> Option<f64> {
        self.0.strength
    }

    /// Whether it holds one way only: the second person does not know the first.
    fn one_way(&self) -> bool {
        self.0.one_way
    }

    /// Whether the person champions the programme in this role.
    fn champion(&self) -> bool {
        self.0.champion
    }

    /// Whether whoever wants in has to pass the person in this role.
    fn gatekeeper(&self) -> bool {
        self.0.gatekeeper
    }

    /// Whether all we have for it is a guess.
    fn inferred(&self) -> bool {
        self.0.inferred
    }

    /// Whether it is made up, for trying things out.
    fn synthetic(&self) -> bool {
        self.0.synthetic
    }

    /// How we know.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let found = loaders::evidence(ctx, std::slice::from_ref(&self.0.id)).await?;
        Ok(found.into_iter().map(Evidence).collect())
    }

    /// A remark. Null where your role may not see it.
    async fn note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        loaders::note(ctx, &self.0.id).await
    }

    /// What is null here for a reason of policy, and the reason.
    fn redactions(&self) -> Vec<Redaction> {
        redactions(&self.0.redactions)
    }
}

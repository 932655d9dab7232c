//! One step of a path.

use crate::access::View;
use crate::app::{HopView, PathView};
use crate::graphql::enums::{HopClass, RelationKind};
use crate::graphql::interfaces::{Shown as _, Stakeholder};
use crate::graphql::loaders;
use crate::graphql::scalars::Day;
use crate::graphql::types::Evidence;
use async_graphql::{Context, Error, ID, Object, Result};
use std::sync::Arc;

/// A step, by its place in its path.
pub struct Hop {
    path: Arc<PathView>,
    place: usize,
}

impl Hop {
    pub fn new(path: &Arc<PathView>, place: usize) -> Self {
        Self { path: Arc::clone(path), place }
    }

    fn hop(&self) -> &HopView {
        &self.path.hops[self.place]
    }
}

fn stakeholder(view: &View) -> Result<Stakeholder> {
    Stakeholder::of(view.clone()).ok_or_else(|| Error::new("a path passes stakeholders only"))
}

/// One step of a path. Its probability is strength times freshness times confidence times hub.
#[Object]
impl Hop {
    /// Where the step starts.
    fn from(&self) -> Result<Stakeholder> {
        stakeholder(&self.hop().from)
    }

    /// Where it leads.
    fn to(&self) -> Result<Stakeholder> {
        stakeholder(&self.hop().to)
    }

    /// How the two are related.
    fn relation(&self) -> RelationKind {
        self.hop().kind.into()
    }

    /// The key of the relation itself.
    fn relation_id(&self) -> ID {
        self.hop().relation.as_str().into()
    }

    /// The name of the role, or what the relation is about. Null where it may speak of a person and your role does not
    /// see people.
    fn title(&self) -> Option<&str> {
        self.hop().title.as_deref()
    }

    /// How the step carries an introduction.
    fn class(&self) -> HopClass {
        self.hop().class.into()
    }

    /// Whether the step follows the relation from its beginning to its end, rather than the other way.
    fn forward(&self) -> bool {
        self.hop().forward
    }

    /// How likely it is to work, from 0 to 1.
    fn probability(&self) -> f64 {
        self.hop().probability
    }

    /// How strong the relation is: as recorded, else as usual for its kind.
    fn strength(&self) -> f64 {
        self.hop().strength
    }

    /// What age leaves of it: 1 when it was confirmed today or does not age.
    fn freshness(&self) -> f64 {
        self.hop().freshness
    }

    /// How far its best evidence is believed.
    fn confidence(&self) -> f64 {
        self.hop().confidence
    }

    /// What is left because whoever makes the introduction has very many to make: 1 for few.
    fn hub(&self) -> f64 {
        self.hop().hub
    }

    /// The day on which somebody last made sure that the relation holds.
    fn last_confirmed_on(&self) -> Option<Day> {
        self.hop().last_confirmed_on.map(Day)
    }

    /// How we know of the relation.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let found = loaders::evidence(ctx, std::slice::from_ref(&self.hop().relation)).await?;
        Ok(found.into_iter().map(Evidence).collect())
    }

    /// How we know of the other relations between the two.
    async fn further_evidence(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let found = loaders::evidence(ctx, &self.hop().further).await?;
        Ok(found.into_iter().map(Evidence).collect())
    }

    /// Whether the person that the step leads to has still to be asked whether they would introduce us.
    fn needs_consent(&self) -> bool {
        self.hop().needs_consent
    }

    /// Whether the relation is made up, for trying things out.
    fn synthetic(&self) -> bool {
        self.hop().synthetic
    }
}

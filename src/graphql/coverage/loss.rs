//! What is lost with a person or body.

use crate::app::{GroupLossView, LossView, LossesView, LostCellView};
use crate::graphql::connection::whole;
use crate::graphql::interfaces::{Shown as _, Stakeholder, stakeholders};
use crate::graphql::outreach::Notice;
use crate::graphql::scalars::Day;
use crate::graphql::types::{Area, UnderservedGroup};
use async_graphql::{Error, Object, Result};

/// How many groups and areas a loss is weighed with.
const USUAL_GROUPS: usize = 5;
const USUAL_AREAS: usize = 2;

pub struct Loss(pub LossView);

/// What would be lost with a person or body: as if no path could lead through them or start with them. All else stays as
/// it is; nobody else is taken to be easier or harder to reach.
#[Object]
impl Loss {
    /// Who would be lost. For a body that has closed those that stand for it.
    async fn nodes(&self) -> Vec<Stakeholder> {
        stakeholders(&self.0.nodes())
    }

    /// How many cells (groups in areas) would not be reached any more.
    async fn cells_lost(&self) -> i32 {
        whole(self.0.cells_lost())
    }

    /// What the best probabilities of all cells would fall by together.
    async fn probability_lost(&self) -> f64 {
        self.0.probability_lost()
    }

    /// The groups that would be reached less well or not at all.
    #[graphql(complexity = "child_complexity.saturating_mul(USUAL_GROUPS)")]
    async fn groups(&self) -> Vec<GroupLoss> {
        self.0.groups().into_iter().map(GroupLoss).collect()
    }
}

pub struct GroupLoss(GroupLossView);

/// What would be lost of one group.
#[Object]
impl GroupLoss {
    /// The group.
    async fn group(&self) -> Result<UnderservedGroup> {
        UnderservedGroup::of(self.0.group.clone()).ok_or_else(|| Error::new("rows are groups"))
    }

    /// In how many areas it would not be reached any more.
    async fn cells_lost(&self) -> i32 {
        whole(self.0.cells_lost)
    }

    /// What its best probabilities would fall by together.
    async fn probability_lost(&self) -> f64 {
        self.0.probability_lost
    }

    /// Where it would be reached less well or not at all.
    #[graphql(complexity = "child_complexity.saturating_mul(USUAL_AREAS)")]
    async fn cells(&self) -> Vec<LostCell> {
        self.0.cells.iter().cloned().map(LostCell).collect()
    }
}

pub struct LostCell(LostCellView);

/// An area where a group would be reached less well or not at all.
#[Object]
impl LostCell {
    /// The area. Null stands for anywhere.
    async fn area(&self) -> Option<Area> {
        self.0.area.clone().and_then(Area::of)
    }

    /// How likely the likeliest path is now.
    async fn probability(&self) -> f64 {
        self.0.probability
    }

    /// How likely the likeliest path would be then. Null where there would be none.
    async fn probability_after(&self) -> Option<f64> {
        self.0.probability_after
    }
}

pub struct WhatIfLost(pub LossesView);

/// What if a person or body were lost.
#[Object]
impl WhatIfLost {
    /// What would be lost.
    async fn loss(&self) -> Result<Loss> {
        let mut page = self.0.page(None, 1).items;
        page.pop().map(|(_, loss)| Loss(loss)).ok_or_else(|| Error::new("losing somebody has one loss"))
    }

    /// How many cells (groups in areas) are reached now.
    async fn cells_reached(&self) -> i32 {
        whole(self.0.cells_reached())
    }

    /// What to know when reading this answer.
    async fn notices(&self) -> Vec<Notice> {
        self.0.notices().iter().cloned().map(Notice).collect()
    }

    /// The revision of the graph that answered. It grows with every change.
    async fn revision(&self) -> i32 {
        whole(self.0.revision().0)
    }

    /// The day that the answer is about.
    async fn as_of(&self) -> Day {
        Day(self.0.as_of())
    }
}

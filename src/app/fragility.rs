//! Whom we depend on: what would be lost with a person or body, worked out off the async threads.

use super::Asking;
use super::coverage::{Cursored, page};
use super::outreach::NoticeView;
use crate::access::{Redaction, RedactionReason, View};
use crate::error::AppError;
use crate::model::{Date, NodeRef, Revision};
use crate::outreach::costs::probability_of;
use crate::outreach::{self, CoverageQuestion, Loss, Losses, LostCell};
use crate::snapshot::page::{Key, KeyValue};
use std::sync::Arc;

/// Cheap to clone. What it shows is cut when it is asked for.
#[derive(Clone)]
pub struct LossesView(Arc<Held>);

struct Held {
    asking: Asking,
    found: Losses,
    notices: Vec<NoticeView>,
}

/// What is lost with a person or body.
#[derive(Clone)]
pub struct LossView {
    held: Arc<Held>,
    place: usize,
}

/// The same for one group.
#[derive(Debug, Clone)]
pub struct GroupLossView {
    pub group: View,
    pub cells_lost: usize,
    pub probability_lost: f64,
    pub cells: Vec<LostCellView>,
}

#[derive(Debug, Clone)]
pub struct LostCellView {
    /// Nothing stands for anywhere.
    pub area: Option<View>,
    pub probability: f64,
    /// Nothing where there is no path any more.
    pub probability_after: Option<f64>,
}

impl Asking {
    /// What would be lost with one person or body: exactly one loss.
    pub async fn what_if_lost(&self, question: CoverageQuestion, name: NodeRef) -> Result<LossesView, AppError> {
        let work = move |asking: &Self, stop: &dyn Fn() -> bool| {
            asking.on_this_basis(stop, |basis| outreach::what_if_lost(basis, &question, &name))
        };
        Ok(self.losses(self.off_the_async_threads("what if lost", None, work).await??))
    }

    /// Those with whom coverage would be lost, the worst first.
    pub async fn fragility(&self, question: CoverageQuestion) -> Result<LossesView, AppError> {
        let work = move |asking: &Self, stop: &dyn Fn() -> bool| {
            asking.on_this_basis(stop, |basis| outreach::fragility(basis, &question))
        };
        Ok(self.losses(self.off_the_async_threads("fragility", None, work).await??))
    }

    fn losses(&self, mut found: Losses) -> LossesView {
        let notices = self.notices(std::mem::take(&mut found.notices));
        LossesView(Arc::new(Held { asking: self.clone(), found, notices }))
    }
}

impl LossesView {
    pub fn page(&self, after: Option<&Key>, first: usize) -> Cursored<LossView> {
        let loss = |place| LossView { held: Arc::clone(&self.0), place };
        page(self.0.found.losses.len(), |place| loss(place).key(), loss, after, first)
    }

    /// How many cells are reached while nobody is gone.
    pub fn cells_reached(&self) -> usize {
        self.0.found.cells_reached
    }

    /// Where people are left out.
    pub fn redactions(&self) -> Vec<Redaction> {
        let left_out = Redaction { field: "edges", reason: RedactionReason::Personal };
        if self.0.found.without_people { vec![left_out] } else { Vec::new() }
    }

    pub fn notices(&self) -> &[NoticeView] {
        &self.0.notices
    }

    pub fn revision(&self) -> Revision {
        self.0.asking.revision()
    }

    pub fn as_of(&self) -> Date {
        self.0.found.as_of
    }
}

impl LossView {
    fn loss(&self) -> &Loss {
        &self.held.found.losses[self.place]
    }

    fn key(&self) -> Key {
        let (loss, snapshot) = (self.loss(), &self.held.asking.snapshot);
        Key { value: Some(KeyValue::Text(loss.key(snapshot))), id: snapshot.id(loss.nodes[0]).clone() }
    }

    /// Who is gone: one or, for a body that has closed, all that stand for it.
    pub fn nodes(&self) -> Vec<View> {
        self.held.asking.views(&self.loss().nodes)
    }

    pub fn cells_lost(&self) -> usize {
        self.loss().cells_lost
    }

    pub fn probability_lost(&self) -> f64 {
        self.loss().probability_lost
    }

    /// By group, in the order of the question or by name.
    pub fn groups(&self) -> Vec<GroupLossView> {
        let asking = &self.held.asking;
        let shown = |cell: &LostCell| LostCellView {
            area: cell.area.map(|ix| asking.view(ix)),
            probability: probability_of(cell.cost),
            probability_after: cell.cost_after.map(probability_of),
        };
        let of_group = |cells: &[LostCell]| GroupLossView {
            group: asking.view(cells[0].group),
            cells_lost: cells.iter().filter(|cell| cell.cost_after.is_none()).count(),
            probability_lost: cells.iter().fold(0.0, |sum, cell| sum + cell.probability_lost()),
            cells: cells.iter().map(shown).collect(),
        };
        // Rows stand together.
        self.loss().cells.chunk_by(|a, b| a.group == b.group).map(of_group).collect()
    }
}

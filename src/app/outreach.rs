//! The main question, asked of the path engine off the async threads and answered in what the viewer may see.

use super::Asking;
use crate::access::{Redaction, RedactionReason, View};
use crate::error::AppError;
use crate::model::{Date, HopClass, RelationId, RelationKind, Revision};
use crate::outreach::{
    self, Answer, Hop, Likelihood, Limit, NoPathReason, Notice, NoticeCode, Question, Warmth, Withheld,
};
use crate::snapshot::{Day, Direction};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Clone)]
pub struct AnswerView {
    pub paths: Vec<PathView>,
    /// `None` where nobody asked, or the viewer may not know; `redactions` says which.
    pub withheld: Option<Vec<Withheld>>,
    pub redactions: Vec<Redaction>,
    pub no_path: Option<NoPathView>,
    pub already_there: Vec<View>,
    pub notices: Vec<NoticeView>,
    pub limit: Option<Limit>,
    pub searched: u64,
    pub revision: Revision,
    pub as_of: Date,
}

#[derive(Debug, Clone)]
pub struct PathView {
    pub nodes: Vec<View>,
    pub hops: Vec<HopView>,
    pub cost: u64,
    pub probability: f64,
    pub likelihood: Likelihood,
    pub warmth: Warmth,
    pub weakest: usize,
    pub stalest: Option<usize>,
    pub ask: String,
    pub why_this_rank: Option<String>,
}

#[derive(Debug, Clone)]
pub struct HopView {
    pub from: View,
    pub to: View,
    pub kind: RelationKind,
    pub relation: RelationId,
    /// Absent where it may speak of a person.
    pub title: Option<String>,
    pub class: HopClass,
    pub forward: bool,
    pub probability: f64,
    pub strength: f64,
    pub freshness: f64,
    pub confidence: f64,
    pub hub: f64,
    pub last_confirmed_on: Option<Date>,
    pub further: Vec<RelationId>,
    pub needs_consent: bool,
    pub synthetic: bool,
}

#[derive(Debug, Clone)]
pub struct NoticeView {
    pub code: NoticeCode,
    pub message: String,
    pub nodes: Vec<View>,
}

#[derive(Debug, Clone)]
pub struct NoPathView {
    pub reason: NoPathReason,
    pub rules: Vec<NoPathReason>,
    pub closest: Option<View>,
    pub suggestions: Vec<String>,
    pub redactions: Vec<Redaction>,
}

impl Asking {
    /// Who can take us there. `deadline` shortens the time that a search may take.
    pub async fn outreach(&self, question: Question, deadline: Option<Duration>) -> Result<AnswerView, AppError> {
        let search = move |asking: &Self, stop: &dyn Fn() -> bool| asking.search_paths(&question, stop);
        let answer = self.off_the_async_threads("a path search", deadline, search).await??;
        Ok(self.answered(answer))
    }

    fn search_paths(&self, question: &Question, stop: &dyn Fn() -> bool) -> Result<Answer, AppError> {
        let settings = &self.app.outreach;
        let as_of = Day::from(question.as_of.unwrap_or(self.today()));
        let costs: Arc<outreach::HopCosts> = self.costs.of(&self.snapshot, as_of);
        let reader = self.viewer().reader();
        outreach::answer(&self.snapshot, &costs, question, settings, reader, self.today(), stop).map_err(|problem| {
            // How many paths are wanted is asked beside the question, not in it.
            let beside = problem.path.first().is_some_and(|step| step == "k");
            if beside { problem.into() } else { problem.at("question").into() }
        })
    }

    fn answered(&self, answer: Answer) -> AnswerView {
        AnswerView {
            paths: answer
                .paths
                .into_iter()
                .map(|path| PathView {
                    nodes: self.views(&path.nodes),
                    hops: path.hops.iter().map(|hop| self.hop(hop)).collect(),
                    cost: path.cost,
                    probability: path.probability,
                    likelihood: path.likelihood,
                    warmth: path.warmth,
                    weakest: path.weakest,
                    stalest: path.stalest,
                    ask: path.ask,
                    why_this_rank: path.why_this_rank,
                })
                .collect(),
            no_path: answer.no_path.map(|no_path| NoPathView {
                reason: no_path.reason,
                rules: no_path.rules,
                closest: no_path.closest.map(|ix| self.view(ix)),
                suggestions: no_path.suggestions,
                redactions: self.for_the_team(&["reason", "rules", "closestReached"]),
            }),
            withheld: answer.withheld,
            redactions: self.for_the_team(&["withheld"]),
            already_there: self.views(&answer.already_there),
            notices: self.notices(answer.notices),
            limit: answer.limit,
            searched: answer.searched,
            revision: self.revision(),
            as_of: answer.as_of,
        }
    }

    pub(super) fn notices(&self, notices: Vec<Notice>) -> Vec<NoticeView> {
        let shown = |notice: Notice| NoticeView {
            code: notice.code,
            message: notice.message,
            nodes: self.views(&notice.nodes),
        };
        notices.into_iter().map(shown).collect()
    }

    /// What tells who was asked and what they said, or how many: kept back from whoever is not of the team.
    fn for_the_team(&self, fields: &[&'static str]) -> Vec<Redaction> {
        if self.viewer().reader().may_know_why {
            return Vec::new();
        }
        fields.iter().map(|field| Redaction { field, reason: RedactionReason::TeamOnly }).collect()
    }

    fn hop(&self, hop: &Hop) -> HopView {
        let relations = &self.snapshot.relations;
        let kind = relations.kind(hop.relation);
        let open = self.viewer().sees_people() || kind == RelationKind::RoleAt || !self.touches_people(hop.relation);
        HopView {
            from: self.view(hop.from),
            to: self.view(hop.to),
            kind,
            relation: relations.id(hop.relation),
            title: relations.title(hop.relation).filter(|_| open).map(str::to_owned),
            class: hop.class,
            forward: hop.direction == Direction::Out,
            probability: hop.probability,
            strength: hop.factors.strength,
            freshness: hop.factors.freshness,
            confidence: hop.factors.confidence,
            hub: hop.factors.hub,
            last_confirmed_on: relations.last_confirmed_on(hop.relation),
            further: hop.further.iter().map(|relation| relations.id(*relation)).collect(),
            needs_consent: hop.needs_consent,
            synthetic: relations.synthetic(hop.relation),
        }
    }
}

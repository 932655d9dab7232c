//! The task that a question becomes once its names are looked up and its values are known to make sense.

use super::answer::{Notice, NoticeCode};
use super::naming::Names;
use super::question::{MAX_HOPS, Question, TargetName};
use super::targets::{self, Targets};
use super::terms::Terms;
use super::via::Via;
use super::{Reader, Settings};
use crate::model::{Date, HopClass, ServeMode};
use crate::snapshot::resolve::{Expect, Problem, ProblemKind};
use crate::snapshot::{Day, NodeIx, Snapshot};
use rustc_hash::FxHashSet;

/// A question with every name looked up.
#[derive(Debug)]
pub struct Task {
    pub as_of: Day,
    pub today: Date,
    pub reader: Reader,
    /// All named sources, dropped ones included, in the order of their ids.
    pub sources: Vec<NodeIx>,
    pub targets: Targets,
    /// Nodes that were both target and source.
    pub already_there: Vec<NodeIx>,
    pub already_there_emptied_targets: bool,
    /// What a path as a whole has to keep.
    pub terms: Terms,
    /// Where the serving node has to be at work.
    pub areas: Vec<NodeIx>,
    pub avoid: FxHashSet<NodeIx>,
    pub allow: Vec<HopClass>,
    pub serve_modes: Vec<ServeMode>,
    pub include_inferred: bool,
    pub include_unasked: bool,
    pub include_detours: bool,
    pub diversity: Option<f64>,
    pub notices: Vec<Notice>,
}

impl Task {
    pub fn prepare(
        snapshot: &Snapshot,
        question: &Question,
        settings: &Settings,
        reader: Reader,
        today: Date,
    ) -> Result<Self, Problem> {
        check_values(question, settings, reader)?;
        let as_of_date = question.as_of.unwrap_or(today);
        let as_of = Day::from(as_of_date);
        let mut names = Names::new(snapshot, reader, as_of);
        let named_sources = names.sources(&question.from)?;
        let avoid = names.list(&question.avoid, Expect::STAKEHOLDER, "avoid", true)?;
        let areas = names.areas(&question.areas)?;
        let via = Via::find(&mut names, &question.via, &avoid)?;
        let mut targets = targets::resolve(&mut names, question, &areas, settings, today)?;
        let mut notices = names.notices();
        notices.append(&mut targets.notices);

        let live = |ix: NodeIx| snapshot.live_on(ix, as_of);
        let (kept, dropped): (Vec<NodeIx>, Vec<NodeIx>) =
            named_sources.iter().partition(|ix| live(**ix) && !avoid.contains(ix));
        for (why, nodes) in [
            ("it is to be avoided", dropped.iter().copied().filter(|ix| avoid.contains(ix)).collect::<Vec<_>>()),
            (
                "it is not open on the day asked about",
                dropped.iter().copied().filter(|ix| !avoid.contains(ix)).collect(),
            ),
        ] {
            if !nodes.is_empty() {
                notices.push(Notice::new(NoticeCode::SourceDropped, format!("Not used as a source: {why}."), nodes));
            }
        }
        if snapshot.first_fact().is_some_and(|first| as_of_date < first) {
            notices.push(Notice::new(
                NoticeCode::BeforeFirstFact,
                format!("{as_of_date} is before the first dated fact of this graph."),
                Vec::new(),
            ));
        }
        let already_there: Vec<NodeIx> = kept.iter().copied().filter(|ix| targets.remove(*ix)).collect();
        Ok(Self {
            as_of,
            today,
            reader,
            already_there_emptied_targets: !already_there.is_empty() && targets.is_empty(),
            already_there,
            sources: named_sources,
            targets,
            terms: Terms::of(question, via),
            areas,
            avoid: avoid.into_iter().collect(),
            allow: question.allow.clone(),
            serve_modes: question.serve_modes.clone(),
            include_inferred: question.include_inferred,
            include_unasked: question.include_unasked,
            include_detours: question.include_detours,
            diversity: question.diversity,
            notices,
        })
    }
}

fn check_values(question: &Question, settings: &Settings, reader: Reader) -> Result<(), Problem> {
    if question.from.is_empty() {
        return Err(Problem::invalid("name at least one source, or {team: true}").at("from"));
    }
    if !(1..=MAX_HOPS).contains(&question.max_hops) {
        return Err(Problem::invalid(format!("maxHops is from 1 to {MAX_HOPS}")).at("maxHops"));
    }
    if !(1..=settings.max_k).contains(&question.k) {
        return Err(Problem::invalid(format!("k is from 1 to {}", settings.max_k)).at("k"));
    }
    if question.max_structural_hops.is_some_and(|most| most > MAX_HOPS) {
        let message = format!("maxStructuralHops is from 0 to {MAX_HOPS}");
        return Err(Problem::invalid(message).at("maxStructuralHops"));
    }
    if question.min_probability.is_some_and(|least| !(least > 0.0 && least <= 1.0)) {
        return Err(Problem::invalid("minProbability is above 0 and at most 1").at("minProbability"));
    }
    if question.diversity.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err(Problem::invalid("diversity is from 0 to 1").at("diversity"));
    }
    if question.include_unasked && !reader.may_include_unasked {
        let message = "includeUnasked is for the team: it walks through people who were not asked yet";
        return Err(Problem::new(ProblemKind::Forbidden, message).at("includeUnasked"));
    }
    match &question.to {
        TargetName::Organisations(filter) if filter.is_empty() => {
            Err(Problem::invalid("an empty filter would be every organisation; give at least one condition")
                .at("organisations")
                .at("to"))
        }
        TargetName::Organisations(_) | TargetName::Nodes(_)
            if !question.areas.is_empty() && !names_groups(question) =>
        {
            Err(Problem::invalid(
                "areas says where a group is served, so it needs a group as target; \
                 for organisations use the filter's own area",
            )
            .at("areas"))
        }
        TargetName::Nodes(nodes) if nodes.is_empty() => {
            Err(Problem::invalid("name at least one node to reach").at("nodes").at("to"))
        }
        TargetName::Group(_) | TargetName::Organisations(_) | TargetName::Nodes(_) => Ok(()),
    }
}

/// Whether the target may still turn out to be groups only: the names decide, once looked up.
fn names_groups(question: &Question) -> bool {
    matches!(question.to, TargetName::Nodes(_) | TargetName::Group(_))
}

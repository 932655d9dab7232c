//! What a question's target stands for: the nodes at which a path may end.

use super::Settings;
use super::answer::{Notice, NoticeCode};
use super::naming::Names;
use super::question::{Question, TargetName};
use super::serving::{self, Strictness};
use crate::model::{ConsentPurpose, ConsentStatus, Date, GroupFacts, GroupKind, NodeRef, NodeType, OrganisationFilter};
use crate::snapshot::resolve::{Expect, Problem};
use crate::snapshot::{NodeIx, Snapshot};
use rustc_hash::FxHashSet;

/// A POPULATION group as named in the question: what serving it may mean, and where it lives.
#[derive(Debug)]
pub struct NamedGroup {
    pub closure: FxHashSet<NodeIx>,
    /// Whoever serves must share it; never relaxed.
    pub area: Option<NodeIx>,
}

#[derive(Debug, Default)]
pub struct Targets {
    pub groups: Vec<NamedGroup>,
    /// Organisations, individuals, networks, initiatives.
    pub nodes: FxHashSet<NodeIx>,
    pub notices: Vec<Notice>,
}

impl Targets {
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.nodes.is_empty()
    }

    pub fn only_groups(&self) -> bool {
        self.nodes.is_empty() && !self.groups.is_empty()
    }

    pub fn contains(&self, ix: NodeIx) -> bool {
        self.nodes.contains(&ix) || self.groups.iter().any(|named| named.closure.contains(&ix))
    }

    /// Takes a node out; says whether it was in.
    pub fn remove(&mut self, ix: NodeIx) -> bool {
        self.nodes.remove(&ix)
    }
}

pub fn resolve(
    names: &mut Names<'_>,
    question: &Question,
    areas: &[NodeIx],
    settings: &Settings,
    today: Date,
) -> Result<Targets, Problem> {
    let mut targets = Targets::default();
    match &question.to {
        TargetName::Group(name) => {
            let group = names
                .snapshot
                .resolve(name, Expect::GROUP, names.reader.sight)
                .map_err(|problem| problem.at("group").at("to"))?;
            add_group(names, &mut targets, group, areas, question.include_inferred)?;
        }
        TargetName::Organisations(filter) => {
            let found = organisations(names, filter).map_err(|problem| problem.at("organisations").at("to"))?;
            targets.nodes.extend(found);
        }
        TargetName::Nodes(list) => {
            for (place, name) in list.iter().enumerate() {
                let found = named(names, name).map_err(|problem| problem.at(place).at("nodes").at("to"))?;
                for ix in found {
                    if names.snapshot.node_type(ix) == NodeType::UnderservedGroup {
                        add_group(names, &mut targets, ix, areas, question.include_inferred)?;
                    } else if areas.is_empty() {
                        targets.nodes.insert(ix);
                    } else {
                        return Err(Problem::invalid(
                            "areas says where a group is served, so every target has to be a group",
                        )
                        .at("areas"));
                    }
                }
            }
        }
    }
    leave_out_refused(names, &mut targets, today);
    limit(names, &mut targets, settings.max_targets);
    Ok(targets)
}

fn named(names: &mut Names<'_>, name: &NodeRef) -> Result<Vec<NodeIx>, Problem> {
    names.stakeholder(name, Expect::STAKEHOLDER)
}

fn organisations(names: &mut Names<'_>, filter: &OrganisationFilter) -> Result<Vec<NodeIx>, Problem> {
    let mut compiled = names.snapshot.compile(filter, names.as_of, names.reader.sight)?;
    names.note_replaced(std::mem::take(&mut compiled.replaced));
    Ok(names.snapshot.matching(&compiled))
}

/// A POPULATION group is reached through whoever serves it; a PRACTICE group is its practices, in its area and those asked for.
fn add_group(
    names: &mut Names<'_>,
    targets: &mut Targets,
    group: NodeIx,
    areas: &[NodeIx],
    include_inferred: bool,
) -> Result<(), Problem> {
    let snapshot = names.snapshot;
    let Some(facts) = snapshot.node(group).group() else { return Ok(()) };
    match facts.kind {
        GroupKind::Population => {
            let area = own_area(snapshot, facts);
            targets.groups.push(NamedGroup { closure: snapshot.groups.closure(group), area });
        }
        GroupKind::Practice => {
            let mut practices = practices(names, facts, include_inferred)?;
            within(names, &mut practices, areas, include_inferred);
            targets.nodes.extend(practices);
        }
    }
    Ok(())
}

/// Where a local group lives.
pub fn own_area(snapshot: &Snapshot, facts: &GroupFacts) -> Option<NodeIx> {
    facts.area.as_ref().and_then(|area| snapshot.by_id(area.as_str()))
}

/// The practices that a PRACTICE group stands for, in its own area if it has one, in the order of their ids.
pub fn practices(names: &mut Names<'_>, facts: &GroupFacts, include_inferred: bool) -> Result<Vec<NodeIx>, Problem> {
    let Some(filter) = &facts.members else { return Ok(Vec::new()) };
    let mut found = organisations(names, filter)?;
    within(names, &mut found, own_area(names.snapshot, facts).as_slice(), include_inferred);
    Ok(found)
}

/// Leaves only those that are at work in one of the areas, if there are any.
pub fn within(names: &Names<'_>, practices: &mut Vec<NodeIx>, areas: &[NodeIx], include_inferred: bool) {
    if areas.is_empty() {
        return;
    }
    let places = serving::Places::of(names.snapshot, areas);
    let strictness = Strictness { any_date: false, inferred_roles: include_inferred };
    practices.retain(|ix| serving::shares_area(names.snapshot, *ix, &places, names.as_of, strictness));
}

/// Somebody who refused or withdrew consent to be contacted is nobody's target.
fn leave_out_refused(names: &Names<'_>, targets: &mut Targets, today: Date) {
    let mut refused: Vec<NodeIx> = targets
        .nodes
        .iter()
        .copied()
        .filter(|ix| {
            names.snapshot.node(*ix).individual().is_some_and(|facts| {
                matches!(
                    facts.consent(ConsentPurpose::Contact).on(today),
                    ConsentStatus::Refused | ConsentStatus::Withdrawn
                )
            })
        })
        .collect();
    if refused.is_empty() {
        return;
    }
    names.snapshot.sort(&mut refused);
    targets.nodes.retain(|ix| !refused.contains(ix));
    targets.notices.push(Notice::new(
        NoticeCode::ContactRefused,
        "Not a target: they said no to being contacted.",
        refused,
    ));
}

fn limit(names: &Names<'_>, targets: &mut Targets, most: usize) {
    if targets.nodes.len() <= most {
        return;
    }
    let mut all: Vec<NodeIx> = targets.nodes.drain().collect();
    names.snapshot.sort(&mut all);
    targets.notices.push(Notice::new(
        NoticeCode::TargetsLimited,
        format!("The target stands for {} organisations; the first {most} by id were used.", all.len()),
        Vec::new(),
    ));
    targets.nodes.extend(all.into_iter().take(most));
}

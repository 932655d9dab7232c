//! What a coverage question is about, once its names are looked up: one row for each group, one column for each area.

use super::CoverageQuestion;
use crate::model::{Date, GroupKind, NodeRef, NodeType};
use crate::outreach::answer::{Notice, NoticeCode};
use crate::outreach::naming::Names;
use crate::outreach::question::{Question, TargetName};
use crate::outreach::targets::{self, NamedGroup, Targets};
use crate::outreach::task::Task;
use crate::outreach::{Reader, Settings};
use crate::snapshot::plain::PlainFilter;
use crate::snapshot::resolve::{Expect, Problem, ProblemKind};
use crate::snapshot::{Day, NodeIx, Snapshot};
use rustc_hash::FxHashSet;

pub struct Asked {
    /// As for one question whose target is every group of people that is asked about.
    pub task: Task,
    pub rows: Vec<Row>,
    pub columns: Vec<Column>,
    pub notices: Vec<Notice>,
}

pub struct Row {
    pub group: NodeIx,
    pub stands_for: StandsFor,
}

pub enum StandsFor {
    /// Whoever serves one of these is a way in, if at work in the group's own area.
    People { served: Vec<NodeIx>, own_area: Option<NodeIx> },
    /// For each column the practices there, in the order of their ids.
    Practices(Vec<Vec<NodeIx>>),
}

/// An area; without one, anywhere.
pub type Column = Option<NodeIx>;

impl Asked {
    pub fn look_up(
        snapshot: &Snapshot,
        question: &CoverageQuestion,
        settings: &Settings,
        reader: Reader,
        today: Date,
    ) -> Result<Self, Problem> {
        let as_of = Day::from(question.as_of.unwrap_or(today));
        let mut names = Names::new(snapshot, reader, as_of);
        let groups = groups(&names, &question.groups)?;
        let columns = columns(&names, &question.areas)?;
        let cells = groups.len().saturating_mul(columns.len());
        if cells > settings.max_cells {
            let message = format!(
                "{} groups in {} areas are {cells} cells, and at most {} are worked out at a time; name fewer",
                groups.len(),
                columns.len(),
                settings.max_cells
            );
            return Err(Problem::new(ProblemKind::TooMuch, message).at("groups"));
        }
        let one = one_of(snapshot, question, &groups)?;
        let mut rows = Vec::with_capacity(groups.len());
        let mut limited = Vec::new();
        for group in groups {
            let stands_for = stands_for(&mut names, group, &columns, question, settings, &mut limited)?;
            rows.push(Row { group, stands_for });
        }
        let mut task = Task::prepare(snapshot, &one, settings, reader, today)?;
        let mut notices = std::mem::take(&mut task.notices);
        // How many organisations a group stands for depends on the area: `limited` tells.
        notices.retain(|notice| notice.code != NoticeCode::TargetsLimited);
        for notice in names.notices().into_iter().chain(limited) {
            if !notices.contains(&notice) {
                notices.push(notice);
            }
        }
        task.targets = Targets { groups: vec![all_served(&rows)], ..Targets::default() };
        task.already_there = Vec::new();
        task.already_there_emptied_targets = false;
        Ok(Self { task, rows, columns, notices })
    }
}

/// The groups named or, if none is, all that there are on the day, by name.
fn groups(names: &Names<'_>, named: &[NodeRef]) -> Result<Vec<NodeIx>, Problem> {
    let snapshot = names.snapshot;
    let mut found = Vec::new();
    for (place, name) in named.iter().enumerate() {
        let group = snapshot.resolve(name, Expect::GROUP, names.reader.sight);
        found.push(group.map_err(|problem| problem.at(place).at("groups"))?);
    }
    if named.is_empty() {
        found = snapshot.plain(&[NodeType::UnderservedGroup], &PlainFilter::default(), names.as_of)?;
        found.sort_by(|a, b| {
            let name = |ix: &NodeIx| &snapshot.node(*ix).name;
            name(a).cmp(name(b)).then_with(|| snapshot.order(*a, *b))
        });
    }
    once_each(&mut found);
    Ok(found)
}

fn columns(names: &Names<'_>, named: &[NodeRef]) -> Result<Vec<Column>, Problem> {
    let mut areas = names.areas(named)?;
    once_each(&mut areas);
    Ok(if areas.is_empty() { vec![None] } else { areas.into_iter().map(Some).collect() })
}

/// Of those named twice, the first.
fn once_each(nodes: &mut Vec<NodeIx>) {
    let mut seen = FxHashSet::default();
    nodes.retain(|ix| seen.insert(*ix));
}

/// The question about one of the groups, anywhere: what it says of sources and conditions holds for all cells.
fn one_of(snapshot: &Snapshot, question: &CoverageQuestion, groups: &[NodeIx]) -> Result<Question, Problem> {
    let is_of_people =
        |ix: &&NodeIx| snapshot.node(**ix).group().is_some_and(|facts| facts.kind == GroupKind::Population);
    let Some(group) = groups.iter().find(is_of_people).or(groups.first()) else {
        let message = "no under-served group is known on that day; define one, or ask about another day";
        return Err(Problem::new(ProblemKind::NotFound, message).at("groups"));
    };
    let target = TargetName::Group(NodeRef::Id(snapshot.id(*group).to_string()));
    Ok(Question {
        k: 1,
        max_hops: question.max_hops,
        as_of: question.as_of,
        include_inferred: question.include_inferred,
        include_unasked: question.include_unasked,
        ..Question::new(question.from.clone(), target)
    })
}

fn stands_for(
    names: &mut Names<'_>,
    group: NodeIx,
    columns: &[Column],
    question: &CoverageQuestion,
    settings: &Settings,
    limited: &mut Vec<Notice>,
) -> Result<StandsFor, Problem> {
    let snapshot = names.snapshot;
    let node = snapshot.node(group);
    let practices = match node.group() {
        Some(facts) if facts.kind == GroupKind::Population => {
            let mut served: Vec<NodeIx> = snapshot.groups.closure(group).into_iter().collect();
            snapshot.sort(&mut served);
            return Ok(StandsFor::People { served, own_area: targets::own_area(snapshot, facts) });
        }
        Some(facts) => targets::practices(names, facts, question.include_inferred).map_err(|problem| {
            let message = format!("the members of {}: {}", node.name, problem.message);
            Problem { message, path: Vec::new(), ..problem }.at("groups")
        })?,
        None => Vec::new(),
    };
    let there = columns.iter().map(|area| {
        let mut there = practices.clone();
        targets::within(names, &mut there, area.as_slice(), question.include_inferred);
        if there.len() > settings.max_targets {
            there.truncate(settings.max_targets);
            let words = format!(
                "{} stands for more organisations than a search takes; the first {} by id were used.",
                node.name, settings.max_targets
            );
            let notice = Notice::new(NoticeCode::TargetsLimited, words, vec![group]);
            if !limited.contains(&notice) {
                limited.push(notice);
            }
        }
        there
    });
    Ok(StandsFor::Practices(there.collect()))
}

/// All groups of people together, wherever they live: where is judged for each cell.
fn all_served(rows: &[Row]) -> NamedGroup {
    let served = rows.iter().flat_map(|row| match &row.stands_for {
        StandsFor::People { served, .. } => served.as_slice(),
        StandsFor::Practices(_) => &[],
    });
    NamedGroup { closure: served.copied().collect(), area: None }
}

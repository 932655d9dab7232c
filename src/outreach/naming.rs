//! From the names in a question to nodes. A closed body that is named stands for its live successors.

use super::Reader;
use super::answer::{Notice, NoticeCode};
use super::question::SourceName;
use crate::model::{NodeId, NodeRef, NodeType};
use crate::snapshot::resolve::{Expect, Problem, ProblemKind};
use crate::snapshot::{Day, NodeIx, Snapshot};

/// Looks names up, and remembers which closed bodies stood for others.
pub struct Names<'a> {
    pub snapshot: &'a Snapshot,
    pub reader: Reader,
    pub as_of: Day,
    replaced: Vec<(NodeIx, Vec<NodeIx>)>,
}

impl<'a> Names<'a> {
    pub fn new(snapshot: &'a Snapshot, reader: Reader, as_of: Day) -> Self {
        Self { snapshot, reader, as_of, replaced: Vec::new() }
    }

    pub fn note_replaced(&mut self, replaced: Vec<(NodeIx, Vec<NodeIx>)>) {
        self.replaced.extend(replaced);
    }

    /// A named node or, if it is a closed body, its live successors.
    pub fn stakeholder(&mut self, name: &NodeRef, expect: Expect) -> Result<Vec<NodeIx>, Problem> {
        let ix = self.snapshot.resolve(name, expect, self.reader.sight)?;
        if self.snapshot.node_type(ix) == NodeType::Individual && !self.reader.may_name_people {
            return Err(Problem::new(ProblemKind::Forbidden, "only the team may name individuals in a question"));
        }
        let successors = self.snapshot.live_successors(ix, self.as_of);
        if successors.is_empty() {
            return Ok(vec![ix]);
        }
        self.replaced.push((ix, successors.clone()));
        Ok(successors)
    }

    pub fn sources(&mut self, names: &[SourceName]) -> Result<Vec<NodeIx>, Problem> {
        let mut sources = Vec::new();
        for (place, name) in names.iter().enumerate() {
            match name {
                SourceName::Team => sources.extend(
                    self.snapshot
                        .of_type(NodeType::Individual)
                        .filter(|ix| self.snapshot.node(*ix).individual().is_some_and(|facts| facts.team)),
                ),
                SourceName::Node(name) => sources
                    .extend(self.stakeholder(name, Expect::SOURCE).map_err(|problem| problem.at(place).at("from"))?),
            }
        }
        self.snapshot.sort(&mut sources);
        sources.dedup();
        Ok(sources)
    }

    pub fn list(
        &mut self,
        names: &[NodeRef],
        expect: Expect,
        field: &str,
        keep_closed: bool,
    ) -> Result<Vec<NodeIx>, Problem> {
        let mut found = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let at = |problem: Problem| problem.at(place).at(field);
            found.extend(self.stakeholder(name, expect).map_err(at)?);
            if keep_closed {
                found.push(self.snapshot.resolve(name, expect, self.reader.sight).map_err(at)?);
            }
        }
        self.snapshot.sort(&mut found);
        found.dedup();
        Ok(found)
    }

    pub fn areas(&self, names: &[NodeRef]) -> Result<Vec<NodeIx>, Problem> {
        let found = names.iter().enumerate().map(|(place, name)| {
            self.snapshot
                .resolve(name, Expect::AREA, self.reader.sight)
                .map_err(|problem| problem.at(place).at("areas"))
        });
        found.collect()
    }

    pub fn notices(&mut self) -> Vec<Notice> {
        let snapshot = self.snapshot;
        let ids = |(closed, successors): &(NodeIx, Vec<NodeIx>)| -> Vec<&NodeId> {
            std::iter::once(closed).chain(successors).map(|ix| snapshot.id(*ix)).collect()
        };
        self.replaced.sort_by_cached_key(ids);
        self.replaced.dedup();
        self.replaced
            .iter()
            .map(|(closed, successors)| {
                let names: Vec<&str> = successors.iter().map(|ix| self.snapshot.node(*ix).name.as_str()).collect();
                let mut nodes = vec![*closed];
                nodes.extend(successors);
                Notice::new(
                    NoticeCode::SuccessorUsed,
                    format!("{} has closed; {} stands for it.", self.snapshot.node(*closed).name, names.join(" and ")),
                    nodes,
                )
            })
            .collect()
    }
}

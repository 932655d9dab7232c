//! What the facts say on a day: who is open, who stands for whom, which area lies in which, where somebody is at work.

use super::{At, Oracle};
use inroads::model::{ConsentPurpose, ConsentStatus, Date, EvidenceKind, NodeRef, NodeType, RelationKind};
use std::collections::{BTreeMap, BTreeSet};

impl Oracle<'_> {
    pub(super) fn is_open(&self, at: At, day: Date) -> bool {
        holds(self.nodes[at].validity.from, self.nodes[at].validity.to, day)
    }

    /// The relation's own dates and those of both its ends, on the day asked about.
    pub(super) fn is_live(&self, tie: usize) -> bool {
        self.holds_on(tie, self.as_of)
            && self.is_open(self.ties[tie].from, self.as_of)
            && self.is_open(self.ties[tie].to, self.as_of)
    }

    /// The relation's own dates alone.
    pub(super) fn holds_on(&self, tie: usize, day: Date) -> bool {
        let validity = self.ties[tie].facts.validity;
        holds(validity.from, validity.to, day)
    }

    pub(super) fn is_inferred(&self, tie: usize) -> bool {
        self.ties[tie].facts.best_evidence == EvidenceKind::Inferred
    }

    pub(super) fn of_kind(&self, kind: RelationKind, from: At) -> impl Iterator<Item = usize> + '_ {
        (0..self.ties.len()).filter(move |tie| self.ties[*tie].facts.kind == kind && self.ties[*tie].from == from)
    }

    pub(super) fn team(&self) -> impl Iterator<Item = At> + '_ {
        (0..self.nodes.len()).filter(|at| self.nodes[*at].individual().is_some_and(|facts| facts.team))
    }

    pub(super) fn consent(&self, at: At, purpose: ConsentPurpose) -> Option<ConsentStatus> {
        self.nodes[at].individual().map(|facts| facts.consent(purpose).on(self.today))
    }

    /// A person, not of our team, whom nobody has asked whether they would introduce.
    pub(super) fn was_not_asked(&self, at: At) -> bool {
        self.is_outsider(at) && self.consent(at, ConsentPurpose::Introduce) == Some(ConsentStatus::NotAsked)
    }

    pub(super) fn is_outsider(&self, at: At) -> bool {
        self.nodes[at].individual().is_some_and(|facts| !facts.team)
    }

    /// A named node, or what stands for it when it is a body closed by that day.
    pub(super) fn stands_for(
        &self,
        name: &NodeRef,
        day: Date,
        notices: &mut BTreeMap<&'static str, BTreeSet<At>>,
    ) -> BTreeSet<At> {
        let at = self.named(name);
        let mut successors = BTreeSet::new();
        if self.nodes[at].validity.to.is_some_and(|to| to <= day) {
            self.gather_successors(at, day, &mut BTreeSet::new(), &mut successors);
        }
        if successors.is_empty() {
            return BTreeSet::from([at]);
        }
        let told = notices.entry("SUCCESSOR_USED").or_default();
        told.insert(at);
        told.extend(&successors);
        successors
    }

    fn gather_successors(&self, at: At, day: Date, seen: &mut BTreeSet<At>, found: &mut BTreeSet<At>) {
        if !seen.insert(at) {
            return;
        }
        for tie in self.of_kind(RelationKind::SucceededBy, at) {
            let next = self.ties[tie].to;
            if self.is_open(next, day) {
                found.insert(next);
            } else {
                self.gather_successors(next, day, seen, found);
            }
        }
    }

    /// The group itself, its children and what is the same as any of these, over and over.
    pub(super) fn closure(&self, group: At) -> BTreeSet<At> {
        let says = |list: &[inroads::model::NodeId], at: At| list.contains(&self.nodes[at].id);
        let mut closure = BTreeSet::from([group]);
        loop {
            let more: Vec<At> = (0..self.nodes.len())
                .filter(|at| !closure.contains(at))
                .filter(|at| {
                    self.nodes[*at].group().is_some_and(|facts| {
                        closure.iter().any(|known| {
                            says(&facts.parents, *known)
                                || says(&facts.same_as, *known)
                                || self.nodes[*known].group().is_some_and(|other| says(&other.same_as, *at))
                        })
                    })
                })
                .collect();
            if more.is_empty() {
                return closure;
            }
            closure.extend(more);
        }
    }

    /// Whether an area is another, or lies within it.
    pub(super) fn is_within(&self, area: At, wider: At) -> bool {
        area == wider
            || self.nodes[area].area().is_some_and(|facts| {
                facts.parents.iter().any(|parent| {
                    (0..self.nodes.len()).any(|at| self.nodes[at].id == *parent && self.is_within(at, wider))
                })
            })
    }

    /// Whether whoever serves has an area in common with one of these, on a day or, without one, on any.
    pub(super) fn is_at_work_in(
        &self,
        server: At,
        wanted: &[At],
        day: Option<Date>,
        with_inferred_roles: bool,
    ) -> bool {
        let holds = |tie: usize| day.is_none_or(|day| self.holds_on(tie, day));
        let open = |at: At| day.is_none_or(|day| self.is_open(at, day));
        let mut bodies = vec![server];
        if self.nodes[server].node_type() == NodeType::Individual {
            bodies.extend(
                self.of_kind(RelationKind::RoleAt, server)
                    .filter(|role| holds(*role) && open(server) && open(self.ties[*role].to))
                    .filter(|role| with_inferred_roles || !self.is_inferred(*role))
                    .map(|role| self.ties[role].to),
            );
        }
        bodies.iter().any(|body| {
            wanted.iter().any(|area| {
                let located = self.of_kind(RelationKind::LocatedIn, *body);
                let covers = self.of_kind(RelationKind::Covers, *body);
                located.filter(|tie| holds(*tie)).any(|tie| self.is_within(self.ties[tie].to, *area))
                    || covers
                        .filter(|tie| holds(*tie))
                        .any(|tie| self.is_within(self.ties[tie].to, *area) || self.is_within(*area, self.ties[tie].to))
            })
        })
    }
}

fn holds(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day < to)
}

//! Where a path may end.

use super::{At, Oracle};
use inroads::model::{ConsentPurpose, ConsentStatus, Date, GroupKind, IntRange, OrganisationFilter, RelationKind};
use inroads::outreach::TargetName;
use std::collections::{BTreeMap, BTreeSet};

type Notices = BTreeMap<&'static str, BTreeSet<At>>;

#[derive(Debug, Default)]
pub struct Targets {
    /// Groups that may be served, each with the own areas of the named groups it is a target of: one of them has to be
    /// shared, `None` being shared by everybody.
    pub groups: BTreeMap<At, BTreeSet<Option<At>>>,
    pub others: BTreeSet<At>,
}

impl Targets {
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.others.is_empty()
    }

    pub fn contains(&self, at: At) -> bool {
        self.groups.contains_key(&at) || self.others.contains(&at)
    }

    pub fn remove(&mut self, at: At) {
        self.others.remove(&at);
    }
}

impl Oracle<'_> {
    pub(super) fn targets(&self, areas: &[At], notices: &mut Notices) -> Targets {
        let mut targets = Targets::default();
        match &self.question.to {
            TargetName::Group(name) => self.add_group(self.named(name), areas, &mut targets, notices),
            TargetName::Organisations(filter) => {
                targets.others.extend(self.organisations(filter, notices));
            }
            TargetName::Nodes(names) => {
                for at in
                    names.iter().flat_map(|name| self.stands_for(name, self.as_of, notices)).collect::<BTreeSet<At>>()
                {
                    if self.nodes[at].group().is_some() {
                        self.add_group(at, areas, &mut targets, notices);
                    } else if matches!(
                        self.consent(at, ConsentPurpose::Contact),
                        Some(ConsentStatus::Refused | ConsentStatus::Withdrawn)
                    ) {
                        notices.entry("CONTACT_REFUSED").or_default().insert(at);
                    } else {
                        targets.others.insert(at);
                    }
                }
            }
        }
        targets
    }

    fn add_group(&self, group: At, areas: &[At], targets: &mut Targets, notices: &mut Notices) {
        let facts = self.nodes[group].group().expect("only groups come here");
        let own = facts
            .area
            .as_ref()
            .map(|id| self.nodes.iter().position(|node| node.id == *id).expect("a group's area is one of the nodes"));
        match (facts.kind, &facts.members) {
            (GroupKind::Population, _) => {
                for member in self.closure(group) {
                    targets.groups.entry(member).or_default().insert(own);
                }
            }
            (GroupKind::Practice, None) => {}
            (GroupKind::Practice, Some(filter)) => {
                // The filter may look at another day; where somebody is at work is a matter of the question's.
                let in_areas = |body: At, wanted: &[At]| {
                    wanted.is_empty()
                        || self.is_at_work_in(body, wanted, Some(self.as_of), self.question.include_inferred)
                };
                let own: Vec<At> = own.into_iter().collect();
                targets.others.extend(
                    self.organisations(filter, notices)
                        .into_iter()
                        .filter(|body| in_areas(*body, areas) && in_areas(*body, &own)),
                );
            }
        }
    }

    fn organisations(&self, filter: &OrganisationFilter, notices: &mut Notices) -> BTreeSet<At> {
        let closed_too = filter.include_closed == Some(true);
        let day = filter.open_as_of.unwrap_or(self.as_of);
        // Looked up even when no organisation gets that far, so that the notices are those of the question.
        let commissioners = self.commissioners(filter, day, notices);
        (0..self.nodes.len())
            .filter(|at| self.nodes[*at].organisation().is_some())
            .filter(|at| closed_too || self.is_open(*at, day))
            .filter(|at| {
                // With the closed ones asked for, each of them is as it was on its last day.
                let ended = self.nodes[*at].validity.to.filter(|to| closed_too && *to <= day);
                let judged = ended.map_or(day, |to| to.yesterday().expect("no body closed on the first day there is"));
                self.passes(filter, *at, judged, &commissioners)
            })
            .collect()
    }

    /// What each `commissionedBy` of a filter and its alternatives stands for on the filter's day.
    fn commissioners(
        &self,
        filter: &OrganisationFilter,
        day: Date,
        notices: &mut Notices,
    ) -> BTreeMap<String, BTreeSet<At>> {
        let mut found = BTreeMap::new();
        for part in std::iter::once(filter).chain(filter.any_of.iter().flatten()) {
            if let Some(name) = &part.commissioned_by {
                found.insert(format!("{name:?}"), self.stands_for(name, day, notices));
            }
        }
        found
    }

    /// The fields that the worlds of these tests use; openness is judged once, outside.
    fn passes(
        &self,
        filter: &OrganisationFilter,
        at: At,
        day: Date,
        commissioners: &BTreeMap<String, BTreeSet<At>>,
    ) -> bool {
        let facts = self.nodes[at].organisation().expect("only organisations come here");
        let among = |list: Option<&Vec<_>>| list.is_none_or(|list| list.is_empty() || list.contains(&facts.kind));
        let not_among = |list: Option<&Vec<_>>| list.is_none_or(|list| !list.contains(&facts.kind));
        let in_range = |range: Option<IntRange>, value: Option<i64>| {
            range.is_none_or(|range| {
                let bounded = range.min.is_some() || range.max.is_some();
                !bounded
                    || value.is_some_and(|value| {
                        range.min.is_none_or(|min| min <= value) && range.max.is_none_or(|max| value <= max)
                    })
            })
        };
        let goes_to = |kind: RelationKind, is_wanted: &dyn Fn(At) -> bool| {
            self.of_kind(kind, at).any(|tie| self.holds_on(tie, day) && is_wanted(self.ties[tie].to))
        };
        among(filter.kind.as_ref())
            && not_among(filter.not_kind.as_ref())
            && filter.rural.is_none_or(|rural| facts.rural == Some(rural))
            && in_range(filter.list_size, facts.list_size.map(i64::from))
            && in_range(filter.deprivation_decile, facts.deprivation_decile.map(i64::from))
            && filter.area.as_ref().is_none_or(|name| {
                let area = self.named(name);
                goes_to(RelationKind::LocatedIn, &|to| self.is_within(to, area))
            })
            && filter.commissioned_by.as_ref().is_none_or(|name| {
                let wanted = &commissioners[&format!("{name:?}")];
                goes_to(RelationKind::CommissionedBy, &|to| wanted.contains(&to))
            })
            && filter
                .any_of
                .as_ref()
                .is_none_or(|any| any.is_empty() || any.iter().any(|part| self.passes(part, at, day, commissioners)))
    }
}

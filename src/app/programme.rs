//! The programme at a glance.

use super::Asking;
use crate::access::View;
use crate::model::{NodeType, OrganisationKind, RelationKind};
use crate::snapshot::{Direction, NodeIx};
use std::collections::BTreeMap;

/// How many live nodes there are of each type and kind. Absent counts would tell of too few people.
#[derive(Debug, Clone)]
pub struct Programme {
    pub nodes: Vec<(NodeType, Option<usize>)>,
    pub organisations: Vec<KindCount>,
    pub relations: usize,
    pub working_groups: Vec<WorkingGroupCount>,
    pub cities: Vec<CityCount>,
}

#[derive(Debug, Clone, Copy)]
pub struct KindCount {
    pub kind: OrganisationKind,
    pub count: usize,
}

/// How many belong to one of the working groups; absent where that would tell of too few people.
#[derive(Debug, Clone)]
pub struct WorkingGroupCount {
    pub working_group: View,
    pub members: Option<usize>,
}

/// The organisations in one of the programme's cities.
#[derive(Debug, Clone)]
pub struct CityCount {
    pub city: View,
    pub organisations: usize,
}

/// Liverpool and Glasgow, where the programme works: local authorities by their codes.
const CITIES: [&str; 2] = ["E08:E08000012", "S12:S12000049"];

impl Asking {
    pub fn programme(&self) -> Programme {
        let mut by_type: BTreeMap<NodeType, usize> = BTreeMap::new();
        let mut by_kind: BTreeMap<OrganisationKind, usize> = BTreeMap::new();
        for ix in self.snapshot.all().filter(|ix| self.is_shown(*ix)) {
            *by_type.entry(self.snapshot.node_type(ix)).or_default() += 1;
            if let Some(facts) = self.snapshot.node(ix).organisation() {
                *by_kind.entry(facts.kind).or_default() += 1;
            }
        }
        let told = |node_type, count| {
            if node_type == NodeType::Individual { self.viewer().count_of_people(count) } else { Some(count) }
        };
        let working_groups: Vec<NodeIx> =
            self.snapshot.of_type(NodeType::WorkingGroup).filter(|ix| self.is_shown(*ix)).collect();
        Programme {
            nodes: by_type.into_iter().map(|(node_type, count)| (node_type, told(node_type, count))).collect(),
            organisations: by_kind.into_iter().map(|(kind, count)| KindCount { kind, count }).collect(),
            relations: self
                .snapshot
                .relations
                .all()
                .filter(|ix| self.snapshot.relations.live_on(*ix, self.day()))
                .count(),
            working_groups: working_groups.into_iter().map(|group| self.working_group(group)).collect(),
            cities: CITIES.into_iter().filter_map(|city| self.city(city)).collect(),
        }
    }

    fn working_group(&self, group: NodeIx) -> WorkingGroupCount {
        let (organisations, people) = self.members_of(group);
        let members = self.viewer().count_of_people(people).map(|people| organisations + people);
        WorkingGroupCount { working_group: self.view(group), members }
    }

    fn city(&self, reference: &str) -> Option<CityCount> {
        let area = self.snapshot.resolve_ref(reference, crate::snapshot::Expect::AREA, self.viewer().sight()).ok()?;
        let relations = &self.snapshot.relations;
        let mut located: Vec<NodeIx> = self
            .snapshot
            .areas
            .within([area])
            .into_iter()
            .flat_map(|area| relations.of_kind(area, RelationKind::LocatedIn, Direction::In))
            .filter(|(relation, _)| relations.live_on(*relation, self.day()))
            .map(|(_, body)| body)
            .filter(|body| self.snapshot.node_type(*body) == NodeType::Organisation && self.is_shown(*body))
            .collect();
        located.sort_unstable();
        located.dedup();
        Some(CityCount { city: self.view(area), organisations: located.len() })
    }
}

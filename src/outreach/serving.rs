//! Whether a node is at work in an area: the rule behind `areas` and behind a group's own area.

use crate::model::{NodeType, RelationKind};
use crate::snapshot::areas::AreaSet;
use crate::snapshot::{Day, Direction, NodeIx, RelIx, Snapshot};

/// How strictly facts about places are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Strictness {
    /// Facts of any date count.
    pub any_date: bool,
    /// A person's roles count even when all their evidence is INFERRED.
    pub inferred_roles: bool,
}

/// Some areas, all within them, and all that contain one of them.
#[derive(Debug)]
pub struct Places {
    within: AreaSet,
    containing: AreaSet,
}

impl Places {
    pub fn of(snapshot: &Snapshot, areas: &[NodeIx]) -> Self {
        Self {
            within: snapshot.areas.within(areas.iter().copied()),
            containing: snapshot.areas.containing(areas.iter().copied()),
        }
    }
}

/// It is located in one of the areas or within it, or covers it, something within it, or something that contains it. A
/// person's areas are those they cover themselves and those of the bodies they hold a live role at.
pub fn shares_area(snapshot: &Snapshot, node: NodeIx, places: &Places, as_of: Day, strictness: Strictness) -> bool {
    if at_work(snapshot, node, places, as_of, strictness) {
        return true;
    }
    if snapshot.node_type(node) != NodeType::Individual {
        return false;
    }
    let relations = &snapshot.relations;
    relations.of_kind(node, RelationKind::RoleAt, Direction::Out).any(|(role, body)| {
        let live = relations.live_on(role, as_of) && snapshot.live_on(node, as_of) && snapshot.live_on(body, as_of);
        (live || strictness.any_date)
            && (strictness.inferred_roles || !relations.only_inferred(role))
            && at_work(snapshot, body, places, as_of, strictness)
    })
}

fn at_work(snapshot: &Snapshot, node: NodeIx, places: &Places, as_of: Day, strictness: Strictness) -> bool {
    let relations = &snapshot.relations;
    let counts = |ix: RelIx| strictness.any_date || relations.live_on(ix, as_of);
    let person = snapshot.node_type(node) == NodeType::Individual;
    relations.at(node, Direction::Out).iter().any(|ix| match relations.kind(*ix) {
        RelationKind::LocatedIn => !person && places.within.contains(&relations.to(*ix)) && counts(*ix),
        RelationKind::Covers => {
            let area = relations.to(*ix);
            (places.within.contains(&area) || places.containing.contains(&area)) && counts(*ix)
        }
        _ => false,
    })
}

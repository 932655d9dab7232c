//! Everything a snapshot holds, told by ids: places differ between snapshots that answer alike.

use inroads::model::{Node, NodeType, RefSpace};
use inroads::snapshot::{Day, Direction, NodeIx, Snapshot};
use std::fmt::Debug;

use crate::outreach::builders::today;

/// A line for each thing and for what it is joined to, in the order in which the snapshot has them.
pub fn said(snapshot: &Snapshot) -> Vec<String> {
    let mut lines = vec![format!(
        "{} {} nodes {} relations since {:?} from {:?}",
        snapshot.revision(),
        snapshot.len(),
        snapshot.relations.len(),
        snapshot.first_fact(),
        snapshot.sources()
    )];
    let id = |ix: &NodeIx| snapshot.id(*ix).to_string();
    let ids = |nodes: &[NodeIx]| nodes.iter().map(id).collect::<Vec<_>>();
    for ix in snapshot.all() {
        let Node { refs, .. } = snapshot.node(ix);
        let days = [Day::from(today()), Day::ALWAYS];
        lines.push(format!(
            "{:?} {} {} {:?} {:?}",
            snapshot.node(ix),
            snapshot.node_type(ix),
            snapshot.updated_at(ix),
            days.map(|day| (snapshot.live_on(ix, day), snapshot.ended_by(ix, day))),
            snapshot.last_day(ix),
        ));
        assert_eq!(snapshot.by_id(snapshot.id(ix).as_str()), Some(ix));
        for reference in refs {
            let holder = snapshot.by_ref(RefSpace::of(snapshot.node_type(ix)), reference).as_ref().map(id);
            lines.push(format!("  {reference} is {holder:?}"));
        }
        for direction in [Direction::Out, Direction::In] {
            let at = snapshot.relations.at(ix, direction).iter().map(|ix| snapshot.relations.id(*ix));
            lines.push(format!("  {direction:?} {:?}", at.collect::<Vec<_>>()));
        }
        let sorted = |nodes: &[NodeIx]| {
            let mut nodes = nodes.to_vec();
            snapshot.sort(&mut nodes);
            ids(&nodes)
        };
        let set = |nodes: &mut dyn Iterator<Item = NodeIx>| sorted(&nodes.collect::<Vec<_>>());
        let lists: [(&str, Vec<String>); 9] = [
            ("parents", ids(snapshot.areas.parents(ix))),
            ("children", sorted(snapshot.areas.children(ix))),
            ("within", set(&mut snapshot.areas.within([ix]).into_iter())),
            ("containing", set(&mut snapshot.areas.containing([ix]).into_iter())),
            ("group parents", ids(snapshot.groups.parents(ix))),
            ("group children", sorted(snapshot.groups.children(ix))),
            ("group closure", set(&mut snapshot.groups.closure(ix).into_iter())),
            ("same", ids(&snapshot.same_as(ix))),
            ("successors", ids(&snapshot.live_successors(ix, Day::from(today())))),
        ];
        lines.extend(lists.iter().filter(|(_, list)| !list.is_empty()).map(|list| format!("  {list:?}")));
    }
    for kind in NodeType::ALL {
        lines.push(format!("{kind} {:?}", ids(&snapshot.of_type(*kind).collect::<Vec<_>>())));
    }
    lines.extend(relations(snapshot));
    lines
}

/// A line for each relation, in the order of their ids.
fn relations(snapshot: &Snapshot) -> Vec<String> {
    let relations = &snapshot.relations;
    let mut all: Vec<_> = relations.all().collect();
    relations.sort(&mut all);
    let line = |ix| {
        assert_eq!(relations.by_id(relations.id(ix).as_str()), Some(ix));
        let facts: [&dyn Debug; 15] = [
            &relations.id(ix),
            &relations.kind(ix),
            snapshot.id(relations.from(ix)),
            snapshot.id(relations.to(ix)),
            &relations.valid_from(ix),
            &relations.valid_to(ix),
            &relations.last_confirmed_on(ix),
            &relations.known_since(ix),
            &relations.strength(ix),
            &relations.best_evidence(ix),
            &relations.mode(ix),
            &relations.title(ix),
            &(relations.one_way(ix), relations.synthetic(ix)),
            &(relations.champion(ix), relations.gatekeeper(ix)),
            &relations.live_on(ix, Day::from(today())),
        ];
        format!("{facts:?}")
    };
    all.into_iter().map(line).collect()
}

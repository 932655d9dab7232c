//! What has become of things since a revision: the difference that makes of an older graph the newer.

use crate::build::*;
use crate::ground::{Ground, Store, for_all};
use crate::script::Script;
use inroads::model::{Change, Node, NodeId, Relation, RelationId, Revision, Source};
use inroads::store::{Delta, Graph};
use proptest::prelude::any;
use std::collections::BTreeMap;

/// A graph in a form that can be compared.
#[derive(Debug, Clone, PartialEq, Default)]
struct Shape {
    revision: Revision,
    nodes: BTreeMap<NodeId, (Node, jiff::Timestamp)>,
    relations: BTreeMap<RelationId, Relation>,
    sources: BTreeMap<String, Source>,
}

impl Shape {
    async fn of(store: &Store) -> Self {
        let Graph { revision, nodes, relations, sources } = store.load().await.unwrap();
        let mut shape = Self::default();
        shape.follow(Delta { revision, nodes, relations, sources, ..Delta::default() });
        shape
    }

    fn follow(&mut self, delta: Delta) {
        self.revision = delta.revision;
        self.nodes
            .extend(delta.nodes.into_iter().map(|stored| (stored.node.id.clone(), (stored.node, stored.updated_at))));
        self.relations.extend(delta.relations.into_iter().map(|relation| (relation.id.clone(), relation)));
        self.sources.extend(delta.sources.into_iter().map(|source| (source.name.clone(), source)));
        delta.gone_nodes.iter().for_each(|id| drop(self.nodes.remove(id)));
        delta.gone_relations.iter().for_each(|id| drop(self.relations.remove(id)));
    }
}

pub async fn a_delta_makes_of_an_older_graph_the_newer(ground: &dyn Ground) {
    for_all(ground.samples(), (any::<u64>(), 1_usize..30), async |(seed, sets)| {
        let store = ground.empty().await;
        let mut script = Script::of(seed);
        let mut older: Vec<Shape> = Vec::new();
        for n in 0..sets {
            if n % 4 == 0 {
                older.push(Shape::of(&store).await);
            }
            store.commit(script.next_set()).await.unwrap();
        }
        // What a run has not announced yet is in no delta.
        store.commit(set("the last", vec![])).await.unwrap();
        let newer = Shape::of(&store).await;
        for mut shape in older {
            let after = shape.revision;
            let delta = store.delta(after, usize::MAX).await.unwrap().unwrap();
            shape.follow(delta.clone());
            assert_eq!(shape, newer, "after {after}");
            shape.follow(delta);
            assert_eq!(shape, newer, "a delta does no harm twice");
        }
    });
}

pub async fn a_delta_too_far_or_too_large_is_none(ground: &dyn Ground) {
    let store = ground.empty().await;
    let lead = role("org:a", "org:b", "Lead", "register");
    let made =
        vec![put(&practice("org:a")), put(&practice("org:b")), link(&lead), Change::PutSource(source("register"))];
    store.commit(set("1", made)).await.unwrap();
    store.commit(set("2", vec![put(&named(practice("org:a"), "Renamed"))])).await.unwrap();
    let size = async |after: u64, limit: usize| {
        let delta = store.delta(Revision(after), limit).await.unwrap()?;
        assert_eq!(delta.revision, Revision(2));
        Some(delta.nodes.len() + delta.relations.len() + delta.sources.len())
    };
    assert_eq!(size(0, 4).await, Some(4), "a thing that was changed twice is one");
    assert_eq!(size(0, 3).await, None);
    assert_eq!(size(1, 1).await, Some(1));
    assert_eq!(size(1, 0).await, None);
    assert_eq!(size(2, 0).await, Some(0));
    assert_eq!(size(3, 10).await, None, "another store's revision");

    assert_eq!(store.let_go_of_log(at("2026-03-02T00:00:00Z")).await.unwrap(), 2);
    assert_eq!(size(1, 10).await, None, "the log reaches back no further");
    assert_eq!(size(2, 10).await, Some(0));
}

pub async fn a_delta_stops_at_what_is_announced(ground: &dyn Ground) {
    let store = ground.empty().await;
    store.commit(set("1", vec![put(&practice("org:a"))])).await.unwrap();
    store.commit(part("2", "a run", false, vec![put(&practice("org:b"))])).await.unwrap();
    let delta = store.delta(Revision(0), 10).await.unwrap().unwrap();
    assert_eq!((delta.revision, delta.nodes.len()), (Revision(1), 1));
    // Whoever loaded meanwhile is ahead, and is not sent back.
    let delta = store.delta(Revision(2), 10).await.unwrap().unwrap();
    assert_eq!((delta.revision, delta.nodes.len()), (Revision(2), 0));

    store.commit(part("3", "a run", true, vec![remove("org:a")])).await.unwrap();
    let delta = ground.again().await.delta(Revision(1), 10).await.unwrap().unwrap();
    assert_eq!((delta.revision, delta.nodes.len()), (Revision(3), 1));
    assert_eq!((delta.nodes[0].node.id.as_str(), delta.gone_nodes), ("org:b", vec![id("org:a")]));
}

//! The same through the application and a store in a file: from a committed change set to the question that sees it.

use crate::synthetic::{self, Dice, Size};
use crate::{median_and_max, memory, ms};
use inroads::access::{Role, Viewer};
use inroads::app::App;
use inroads::model::{Change, ChangeSet, Details, Evidence, LondonClock, NodeRecord, RelationKind, RelationRecord};
use inroads::outreach::Settings;
use inroads::store::{GraphStore, embedded::EmbeddedStore};
use std::sync::Arc;
use std::time::{Duration, Instant};

const WRITES: usize = 5_000;

pub fn run(size: Size, allowed: Duration) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(serve(size, allowed));
}

async fn serve(size: Size, allowed: Duration) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store"));
    let graph = synthetic::graph(size);
    let ids: Vec<_> = graph.nodes.iter().map(|stored| stored.node.id.clone()).collect();
    let nodes = graph
        .nodes
        .into_iter()
        .map(|stored| Change::PutNode(NodeRecord { node: stored.node, details: Details::default() }));
    let relations = graph.relations.into_iter().filter(|relation| relation.from != relation.to).map(put);
    let changes: Vec<Change> = nodes.chain(relations).collect();
    for (number, part) in changes.chunks(5_000).enumerate() {
        store.commit(set(format!("part {number}"), part.to_vec())).await.expect("filled");
    }
    drop(changes);
    let began = Instant::now();
    let port: Arc<dyn GraphStore> = Arc::clone(&store) as _;
    let app = Arc::new(App::open(port, Arc::new(LondonClock), Settings::default()).await.expect("an app"));
    let opening = began.elapsed();
    println!("\nserved from a file: opened in {}", ms(opening));
    memory("the application");
    let mut dice = Dice::new(3);
    let (mut committed, mut shown) = (Vec::new(), Vec::new());
    for number in 0..WRITES {
        // Every hundredth node from the first is a body.
        let [from, to] = [0, 1].map(|_| &ids[dice.below(ids.len() / 100) * 100]);
        let mut relation = synthetic::related(RelationKind::PartnersWith, from, to, &mut dice);
        relation.title = Some(format!("write {number}"));
        let (revision, committing) = timed(store.commit(set(format!("write {number}"), vec![put(relation)]))).await;
        let revision = revision.expect("written").revision;
        let (asking, showing) = timed(async {
            app.catch_up(revision).await.expect("shown");
            app.asking(Viewer::new(Role::Team))
        })
        .await;
        assert_eq!(asking.revision(), revision);
        committed.push(committing);
        shown.push(showing);
    }
    memory("the application after so many writes, folded now and then");
    let ((commit, _), (p50, max)) = (median_and_max(&mut committed), median_and_max(&mut shown));
    println!("a commit takes {} (p50)", ms(commit));
    let (p99, over) = (shown[WRITES * 99 / 100], shown.iter().filter(|time| **time > allowed).count());
    println!("from the commit to the question that sees it: p50 {}  p99 {}  max {}", ms(p50), ms(p99), ms(max));
    println!("{over} of {WRITES} took longer than the {} that are allowed", ms(allowed));
    let ratio = opening.as_secs_f64() / p50.as_secs_f64();
    println!("opening it anew would take {ratio:.0} times as long");
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    let done = work.await;
    (done, began.elapsed())
}

fn put(mut relation: inroads::model::Relation) -> Change {
    relation.id = inroads::model::Relation::identity(
        relation.kind,
        &relation.from,
        &relation.to,
        relation.title.as_deref(),
        relation.mode,
        None,
    );
    let evidence = vec![Evidence { kind: relation.best_evidence, source: "a bench".into(), date: None }];
    Change::PutRelation(RelationRecord { relation, evidence, note: None })
}

fn set(id: String, changes: Vec<Change>) -> ChangeSet {
    ChangeSet {
        id,
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: "bench".into(),
        source: "a bench".into(),
        run: None,
        request: None,
        expects: Vec::new(),
        changes,
    }
}

//! How long coverage takes on the seed with all of England's practices: `make bench-coverage`. It prints medians and
//! maxima in milliseconds, and what the aim is.

use inroads::access::{Role, Viewer};
use inroads::app::{App, Asking, Importer, SeedOptions, seed};
use inroads::config;
use inroads::model::{Clock, Date, IdGenerator, NodeRef};
use inroads::outreach::{CoverageQuestion, Settings, SourceName};
use inroads::store::{GraphStore, embedded::EmbeddedStore};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// How often each question is asked.
const EACH: usize = 15;
/// What issue 5 asks for: about 70 groups in 20 areas.
const AIM: Duration = Duration::from_millis(150);

/// The day that all is asked about, so that a later run tells the same.
struct OnDay;

impl Clock for OnDay {
    fn today(&self) -> Date {
        jiff::civil::date(2026, 11, 20)
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
}

/// Places large and small, of both nations, so that some are served and others are not.
const AREAS: [&str; 20] = [
    "E08:E08000011",
    "E08:E08000012",
    "E08:E08000013",
    "E08:E08000014",
    "E08:E08000015",
    "E06:E06000006",
    "E06:E06000007",
    "E06:E06000049",
    "E06:E06000050",
    "E54:E54000008",
    "S12:S12000049",
    "S12:S12000045",
    "S12:S12000011",
    "S12:S12000038",
    "S12:S12000050",
    "S12:S12000036",
    "S08:S08000031",
    "S37:S37000034",
    "E38:E38000101",
    "E38:E38000194",
];

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(run());
}

async fn run() {
    let folder = tempfile::tempdir().expect("a folder");
    let store: Arc<dyn GraphStore> =
        Arc::new(EmbeddedStore::open(&folder.path().join("graph.db")).await.expect("a store"));
    let ids = IdGenerator::from_seed(1);
    let mut importer =
        Importer::open(Arc::clone(&store), Arc::new(OnDay), ids, config::Import::default()).await.expect("an importer");
    let options = SeedOptions { england: true, ..SeedOptions::default() };
    seed(&mut importer, options, &mut |_| {}).await.expect("seeded");
    let app = Arc::new(App::open(store, Arc::new(OnDay), Settings::default()).await.expect("an app"));
    let asking = app.asking(Viewer::new(Role::Team));
    let areas: Vec<NodeRef> = AREAS.iter().map(|area| NodeRef::Ref((*area).to_owned())).collect();
    let icb = SourceName::Node(NodeRef::Ref("GB-NHS:QYG".to_owned()));
    for (from, source) in [("the team", SourceName::Team), ("an ICB", icb)] {
        let anywhere = CoverageQuestion::new(vec![source]);
        let everywhere = CoverageQuestion { areas: areas.clone(), ..anywhere.clone() };
        let since = CoverageQuestion { since: Some(jiff::civil::date(2026, 4, 1)), ..everywhere.clone() };
        coverage(&asking, &format!("coverage anywhere, from {from}"), &anywhere).await;
        coverage(&asking, &format!("coverage in 20 areas, from {from}"), &everywhere).await;
        coverage(&asking, &format!("the same compared with an earlier day, from {from}"), &since).await;
        let (found, _) = timed(asking.fragility(everywhere.clone())).await;
        let candidates = found.expect("losses").page(None, 0).total;
        let times = times(async || drop(asking.fragility(everywhere.clone()).await.expect("losses"))).await;
        print(&format!("fragility in 20 areas, {candidates} with a loss, from {from}"), times, None);
    }
}

async fn coverage(asking: &Asking, what: &str, question: &CoverageQuestion) {
    let found = asking.coverage(question.clone()).await.expect("coverage");
    let cells = found.by_urgency(None, 0).total;
    let times = times(async || drop(asking.coverage(question.clone()).await.expect("coverage"))).await;
    let aim = question.since.is_none().then_some(AIM);
    print(&format!("{what}: {cells} cells"), times, aim);
}

async fn times(work: impl AsyncFn()) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..EACH {
        times.push(timed(work()).await.1);
    }
    times.sort_unstable();
    times
}

async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    let done = work.await;
    (done, began.elapsed())
}

fn print(what: &str, times: Vec<Duration>, aim: Option<Duration>) {
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    let (p50, max) = (times[times.len() / 2], times[times.len() - 1]);
    let aim =
        aim.map_or_else(String::new, |aim| format!("  aim {}{}", ms(aim), if p50 > aim { ", missed" } else { "" }));
    println!("{what:<72} p50 {:>8}  max {:>8}{aim}", ms(p50), ms(max));
}

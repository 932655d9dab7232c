//! How long it takes until a write shows, beside building the graph anew: `make bench-upkeep`, with `SIZE=large` for a
//! million nodes and ten million relations. It prints medians and maxima in milliseconds, and the memory in use.

#[path = "upkeep/served.rs"]
mod served;
#[path = "upkeep/synthetic.rs"]
mod synthetic;
#[path = "upkeep/writes.rs"]
mod writes;

use inroads::model::NodeType;
use inroads::outreach::{HopCosts, Settings};
use inroads::snapshot::{Day, Snapshot};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use synthetic::Size;
use writes::{Write, Writes};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// How many writes of each sort are timed.
const EACH: usize = 60;
/// What issue 4 allows a write.
const SMALL: (Size, Duration) = (Size { nodes: 25_000, relations: 39_000 }, Duration::from_millis(5));
const LARGE: (Size, Duration) = (Size { nodes: 1_000_000, relations: 10_000_000 }, Duration::from_millis(20));

fn main() {
    // Cargo adds `--bench`.
    let large = std::env::args().any(|argument| argument == "large");
    let (size, allowed) = if large { LARGE } else { SMALL };
    println!("{} nodes, {} relations", size.nodes, size.relations);
    let graph = synthetic::graph(size);
    memory("the graph as a store loads it");
    let (built, building) = timed(|| Snapshot::build(graph));
    memory("its snapshot");
    let day = Day::from(synthetic::today());
    let (costs, pricing) = timed(|| HopCosts::compute(&built, day, &Settings::default()));
    memory("with hop costs for a day");
    println!("built in {}, priced in {}\n", ms(building), ms(pricing));

    let grown = overlay(built, costs, building, allowed);
    memory_in_the_end("after these writes");
    let mut snapshot = fold(grown);
    memory_in_the_end("folded, and the old one let go of");
    for _ in 0..3 {
        snapshot = snapshot.fold();
    }
    memory_in_the_end("folded three times more");
    drop(snapshot);
    memory_in_the_end("all let go of");
    if !large {
        served::run(size, allowed);
    }
}

/// Writes one after another, each laid over what the ones before have left.
fn overlay(built: Snapshot, costs: HopCosts, building: Duration, allowed: Duration) -> Snapshot {
    let (mut snapshot, mut costs) = (built, costs);
    let mut writes = Writes::new();
    println!("{:<46}{:>9}{:>9}{:>13}{:>9}{:>11}", "a write", "p50", "max", "rebuild/p50", "costs", "let go of");
    for write in Write::ALL {
        let (mut shown, mut priced, mut freed) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..EACH {
            let delta = writes.next(&snapshot, write);
            let ((next, changed), showing) = timed(|| snapshot.after(&delta));
            let (next_costs, pricing) = timed(|| costs.after(&next, &changed));
            let old = (std::mem::replace(&mut snapshot, next), std::mem::replace(&mut costs, next_costs));
            let ((), freeing) = timed(|| drop(old));
            shown.push(showing);
            priced.push(pricing);
            freed.push(freeing);
        }
        let (p50, max) = median_and_max(&mut shown);
        println!(
            "{:<46}{:>9}{:>9}{:>13.0}{:>9}{:>11}{}",
            write.words(),
            ms(p50),
            ms(max),
            building.as_secs_f64() / p50.as_secs_f64(),
            ms(median_and_max(&mut priced).0),
            ms(median_and_max(&mut freed).0),
            if max > allowed { "  over what is allowed" } else { "" }
        );
    }
    println!();
    snapshot
}

/// Folds beside somebody who reads.
fn fold(grown: Snapshot) -> Snapshot {
    let mut alone = reads(&grown, Duration::from_secs(2), &AtomicBool::new(false));
    let done = AtomicBool::new(false);
    let (folded, mut beside) = std::thread::scope(|scope| {
        let reader = scope.spawn(|| reads(&grown, Duration::from_hours(1), &done));
        let (folded, took) = timed(|| grown.fold());
        done.store(true, Ordering::SeqCst);
        println!("a fold, in the background: {} of a processor", ms(took));
        (folded, reader.join().expect("it read"))
    });
    memory("the folded one beside the old");
    let ((alone, most), (beside, most_beside)) = (median_and_max(&mut alone), median_and_max(&mut beside));
    println!("a read, alone:         p50 {}  max {}", ms(alone), ms(most));
    println!("a read, beside a fold: p50 {}  max {}", ms(beside), ms(most_beside));
    let ((), freeing) = timed(|| drop(grown));
    println!("the old one let go of in {}", ms(freeing));
    folded
}

/// Looks bodies up, with whom they are joined to and what they are called, and times each.
fn reads(snapshot: &Snapshot, time: Duration, stop: &AtomicBool) -> Vec<Duration> {
    let until = Instant::now() + time;
    let bodies: Vec<_> = snapshot.of_type(NodeType::Organisation).step_by(97).take(500).collect();
    let mut took = Vec::new();
    for body in bodies.iter().cycle() {
        if stop.load(Ordering::SeqCst) || Instant::now() > until {
            break;
        }
        let (found, time) = timed(|| {
            let found = snapshot.search(&snapshot.node(*body).name, true).len();
            found + snapshot.relations.around(*body).map(|ix| snapshot.relations.id(ix).as_str().len()).sum::<usize>()
        });
        assert!(found > 0);
        took.push(time);
    }
    took
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    let done = work();
    (done, began.elapsed())
}

fn median_and_max(times: &mut [Duration]) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

fn ms(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64() * 1000.0)
}

/// Where the system tells it.
fn memory(of: &str) {
    if let Some(kilobytes) = resident() {
        println!("memory: {kilobytes:>9} kB  {of}");
    }
}

/// Once the allocator has given back what it does not need.
fn memory_in_the_end(of: &str) {
    let mut before = u64::MAX;
    for _ in 0..12 {
        let Some(now) = resident().filter(|now| *now < before) else { break };
        before = now;
        std::thread::sleep(Duration::from_secs(3));
    }
    memory(of);
}

fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

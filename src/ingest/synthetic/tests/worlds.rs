//! The seed, read by the real importers into memory: without and with the made-up people, and with parts taken away.

use crate::ingest::synthetic::{INDIVIDUALS, REFERENCE_DAY, SEED, Sheet, sheets};
use crate::ingest::{
    Batch, GrantsOptions, Input, Known, OdsOptions, OdsScope, PcnOptions, RawFile, Report, grants, ods, pcn, plan,
    read_file, read_sheets, team,
};
use crate::model::{IdGenerator, NodeRecord, Revision};
use crate::snapshot::Snapshot;
use crate::store::{Graph, StoredNode};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

pub struct World {
    pub known: Known,
    pub snapshot: Snapshot,
}

pub static REAL: LazyLock<World> = LazyLock::new(|| {
    let mut known = Known::default();
    for folder in ["reference", "areas-small", "voluntary", "practices-glasgow"] {
        take(&mut known, team(&read_sheets(&seed(folder)).unwrap()));
    }
    let scope = OdsScope::Icbs(["QYG".to_owned()].into());
    take(&mut known, ods(&file("ods/epraccur.csv"), &OdsOptions { scope, ..OdsOptions::default() }));
    let sub_icbs = ["01F", "01J", "01T", "01V", "01X", "02E", "12F", "27D", "99A"].map(str::to_owned);
    let options = PcnOptions { sub_icbs: Some(sub_icbs.into()), ..PcnOptions::default() };
    take(&mut known, pcn(&file("ods/ePCN.xlsx"), &options));
    take(&mut known, team(&read_sheets(&seed("practices-cm")).unwrap()));
    take(&mut known, grants(&file("grants/lloyds-bank-foundation.json"), &GrantsOptions::default()));
    World::new(known)
});

pub static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| sheets(&REAL.snapshot, INDIVIDUALS, SEED));

static PEOPLED: LazyLock<World> = LazyLock::new(|| {
    let mut known = REAL.known.clone();
    let report = take(&mut known, team(&input(&SHEETS)));
    assert_eq!((report.refused, report.remarks), (vec![], vec![]));
    World::new(known)
});

/// The seed with the made-up people.
pub fn peopled() -> &'static World {
    &PEOPLED
}

pub fn empty() -> World {
    World::new(Known::default())
}

/// The seed without what refs of these schemes name.
pub fn without(schemes: &[&str]) -> World {
    let gone = |node: &NodeRecord| node.node.refs.iter().any(|reference| schemes.contains(&reference.scheme()));
    let nodes: Vec<NodeRecord> = REAL.known.nodes().filter(|node| !gone(node)).cloned().collect();
    let ids: BTreeSet<String> = nodes.iter().map(|node| node.node.id.to_string()).collect();
    let relations = REAL
        .known
        .relations()
        .filter(|record| [&record.relation.from, &record.relation.to].iter().all(|end| ids.contains(end.as_str())));
    World::new(Known::new(nodes, relations.cloned(), []))
}

/// What importing the sheets a second time reports.
pub fn again(sheets: &[Sheet]) -> Report {
    peopled().import(sheets)
}

impl World {
    fn new(known: Known) -> Self {
        let stored =
            |node: &NodeRecord| StoredNode { node: node.node.clone(), updated_at: jiff::Timestamp::UNIX_EPOCH };
        let snapshot = Snapshot::build(Graph {
            revision: Revision(1),
            nodes: known.nodes().map(stored).collect(),
            relations: known.relations().map(|record| record.relation.clone()).collect(),
            sources: known.sources().cloned().collect(),
        });
        Self { known, snapshot }
    }

    pub fn import(&self, sheets: &[Sheet]) -> Report {
        plan(&self.known, team(&input(sheets)), &mut IdGenerator::from_seed(2), REFERENCE_DAY).report
    }
}

fn input(sheets: &[Sheet]) -> Input {
    let file = |sheet: &Sheet| RawFile::new(&format!("{}.csv", sheet.name), sheet.csv.clone());
    Input { files: sheets.iter().map(file).collect(), left_out: Vec::new() }
}

fn seed(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "seed", name].iter().collect()
}

fn file(name: &str) -> RawFile {
    read_file(&seed(name)).unwrap()
}

fn take(known: &mut Known, batch: Batch) -> Report {
    let plan = plan(known, batch, &mut IdGenerator::from_seed(1), REFERENCE_DAY);
    known.apply(&plan.changes);
    plan.report
}

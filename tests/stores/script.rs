//! Mixed writes from a seed, with the state that each leaves: an oracle for whoever commits them. Nothing in it is
//! refused, so that after n sets a store holds what the script says after n.

use crate::build::*;
use inroads::model::*;
use rand::seq::IteratorRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, HashSet};

/// What there is after so many sets.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expected {
    pub revision: u64,
    pub announced: u64,
    pub nodes: BTreeMap<NodeId, (NodeRecord, jiff::Timestamp)>,
    pub relations: BTreeMap<RelationId, RelationRecord>,
    pub sources: BTreeMap<String, Source>,
    /// Whoever was erased.
    pub erased: Vec<NodeId>,
}

pub struct Script {
    random: ChaCha8Rng,
    pub now: Expected,
    /// The run under way, and how many parts it has left.
    run: Option<(String, u32)>,
}

/// A change set in the making: each thing is touched once, so that the order of changes does not matter.
struct Draft<'a> {
    random: &'a mut ChaCha8Rng,
    now: &'a mut Expected,
    at: jiff::Timestamp,
    touched: HashSet<String>,
    changes: Vec<Change>,
}

impl Script {
    pub fn of(seed: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(seed), now: Expected::default(), run: None }
    }

    /// The next change set; the state moves on to what it leaves.
    pub fn next_set(&mut self) -> ChangeSet {
        let n = self.now.revision + 1;
        let at = at("2026-03-01T09:00:00Z") + jiff::SignedDuration::from_secs(i64::try_from(n).unwrap());
        // Mostly a few changes; now and then so many that writing them takes a while.
        let size = if self.random.random_ratio(1, 15) { 300 } else { self.random.random_range(0..8) };
        let mut draft =
            Draft { random: &mut self.random, now: &mut self.now, at, touched: HashSet::new(), changes: Vec::new() };
        for _ in 0..size {
            draft.change();
        }
        let changes = draft.changes;
        let run = self.part(n);
        self.now.revision = n;
        if run.as_ref().is_none_or(|part| part.last) {
            self.now.announced = n;
        }
        ChangeSet {
            at,
            run,
            request: n.is_multiple_of(3).then(|| format!("request {n}")),
            ..set(&format!("set {n}"), changes)
        }
    }

    fn part(&mut self, n: u64) -> Option<RunPart> {
        if self.run.is_none() && self.random.random_ratio(1, 10) {
            self.run = Some((format!("run {n}"), self.random.random_range(1..5)));
        }
        let (run, left) = self.run.take()?;
        let last = left == 1;
        if !last {
            self.run = Some((run.clone(), left - 1));
        }
        Some(RunPart { run, what: "a sheet".to_owned(), last })
    }
}

impl Draft<'_> {
    fn change(&mut self) {
        // More comes than goes, until there is enough.
        let plenty = self.now.nodes.len() > 400;
        match self.random.random_range(0..if plenty { 14 } else { 10 }) {
            0 | 1 => self.new_node(),
            2 | 3 => self.changed_node(),
            4 | 5 => self.new_relation(),
            6 => self.changed_relation(),
            7 => self.removed_relation(),
            8 => self.merged_node(),
            9 => self.new_source(),
            10 | 11 => self.removed_node(),
            _ => self.erased_person(),
        }
    }

    fn words(&mut self) -> String {
        format!(
            "Zebedee {} Ó’Neill \"{}\"",
            self.random.random_range(0..1_000),
            "x".repeat(self.random.random_range(0..60))
        )
    }

    fn put(&mut self, record: NodeRecord) {
        self.touched.insert(record.node.id.as_str().to_owned());
        self.changes.push(put(&record));
        self.now.nodes.insert(record.node.id.clone(), (record, self.at));
    }

    fn some_node(&mut self, fits: impl Fn(&NodeRecord) -> bool) -> Option<NodeRecord> {
        let untouched = |record: &&NodeRecord| !self.touched.contains(record.node.id.as_str()) && fits(record);
        self.now.nodes.values().map(|(record, _)| record).filter(untouched).choose(self.random).cloned()
    }

    fn some_relation(&mut self) -> Option<RelationRecord> {
        let untouched = |record: &&RelationRecord| !self.touched.contains(record.relation.id.as_str());
        self.now.relations.values().filter(untouched).choose(self.random).cloned()
    }

    fn new_node(&mut self) {
        let (kind, n) = (self.random.random_range(0..4), self.random.random_range(0..1_000_000));
        let mut record = match kind {
            0 => person(&format!("ind:{n}")),
            1 => area(&format!("area:{n}")),
            _ => practice(&format!("org:{n}")),
        };
        if self.now.nodes.contains_key(&record.node.id) || self.touched.contains(record.node.id.as_str()) {
            return;
        }
        let reference = format!("team:{}", record.node.id);
        record = with_ref(named(record, &self.words()), &reference);
        record.details.email = Some(format!("{n}@example.org"));
        self.put(record);
    }

    fn changed_node(&mut self) {
        if let Some(mut record) = self.some_node(|_| true) {
            record.node.name = self.words();
            record.details.postcode = Some(self.words());
            self.put(record);
        }
    }

    fn merged_node(&mut self) {
        let alone = |record: &NodeRecord| record.node.organisation().is_some() && record.node.merged_into.is_none();
        let (Some(mut record), Some(into)) = (self.some_node(alone), self.some_node(alone)) else { return };
        let survives = |(other, _): &(NodeRecord, _)| other.node.merged_into.as_ref() == Some(&record.node.id);
        if record.node.id != into.node.id && !self.now.nodes.values().any(survives) {
            self.touched.insert(into.node.id.as_str().to_owned());
            record.node.merged_into = Some(into.node.id);
            self.put(record);
        }
    }

    fn put_relation(&mut self, record: RelationRecord) {
        for end in [&record.relation.from, &record.relation.to] {
            self.touched.insert(end.as_str().to_owned());
        }
        self.touched.insert(record.relation.id.as_str().to_owned());
        self.changes.push(link(&record));
        self.now.relations.insert(record.relation.id.clone(), record);
    }

    fn new_relation(&mut self) {
        let (Some(from), Some(to)) = (self.some_node(|_| true), self.some_node(|_| true)) else { return };
        if from.node.id != to.node.id {
            let title = self.words();
            let made = role(from.node.id.as_str(), to.node.id.as_str(), &title, "register");
            if !self.touched.contains(made.relation.id.as_str()) {
                self.put_relation(made);
            }
        }
    }

    fn changed_relation(&mut self) {
        let Some(mut record) = self.some_relation() else { return };
        record.note = Some(self.words());
        record.relation.strength = Some(f64::from(self.random.random_range(1..=1_000)) / 1_000.0);
        record.add_evidence([Evidence { kind: EvidenceKind::FirstHand, source: self.words(), date: None }]);
        self.put_relation(record);
    }

    fn removed_relation(&mut self) {
        if let Some(record) = self.some_relation() {
            self.take_out(&record.relation.id);
            self.changes.push(unlink(&record));
        }
    }

    fn take_out(&mut self, id: &RelationId) {
        self.touched.insert(id.as_str().to_owned());
        self.now.relations.remove(id);
    }

    /// The relations of a node that may go: `None` where something holds it.
    fn uprooted(&self, id: &NodeId) -> Option<Vec<RelationRecord>> {
        let merged = self.now.nodes.values().any(|(other, _)| other.node.merged_into.as_ref() == Some(id));
        let at = self.now.relations.values().filter(|record| record.relation.from == *id || record.relation.to == *id);
        let relations: Vec<RelationRecord> = at.cloned().collect();
        let touched = relations.iter().any(|record| self.touched.contains(record.relation.id.as_str()));
        (!merged && !touched).then_some(relations)
    }

    fn removed_node(&mut self) {
        let Some(record) = self.some_node(|record| record.node.individual().is_none()) else { return };
        let Some(relations) = self.uprooted(&record.node.id) else { return };
        for relation in relations {
            self.take_out(&relation.relation.id);
            self.changes.push(unlink(&relation));
        }
        self.touched.insert(record.node.id.as_str().to_owned());
        self.now.nodes.remove(&record.node.id);
        self.changes.push(Change::RemoveNode(record.node.id));
    }

    fn erased_person(&mut self) {
        let Some(record) = self.some_node(|record| record.node.individual().is_some()) else { return };
        let Some(relations) = self.uprooted(&record.node.id) else { return };
        for relation in relations {
            self.take_out(&relation.relation.id);
        }
        self.touched.insert(record.node.id.as_str().to_owned());
        self.now.nodes.remove(&record.node.id);
        self.now.erased.push(record.node.id.clone());
        self.changes.push(Change::Erase(record.node.id));
    }

    fn new_source(&mut self) {
        let name = format!("source {}", self.random.random_range(0..50));
        if self.touched.insert(name.clone()) {
            let told = Source { publisher: Some(self.words()), ..source(&name) };
            self.changes.push(Change::PutSource(told.clone()));
            self.now.sources.insert(name, told);
        }
    }
}

//! Imports: judge everything first, then commit it in change sets of bounded size under one run, announced together.
//! Since a change set says what things are to be afterwards, importing again after a crash finishes what was begun.

use crate::config::Import as Limits;
use crate::error::{AppError, ErrorCode};
use crate::ingest::{Batch, Known, Plan, Report, plan};
use crate::model::{Change, ChangeSet, Clock, IdGenerator, NodeRecord, RelationRecord, Revision, RunPart};
use crate::snapshot::Snapshot;
use crate::store::{Graph, GraphStore, StoredNode};
use std::sync::Arc;

/// Who the log says made a change that was imported.
pub(super) const ACTOR: &str = "import";

/// Works on one store, and knows what is in it.
pub struct Importer {
    store: Arc<dyn GraphStore>,
    clock: Arc<dyn Clock>,
    ids: IdGenerator,
    limits: Limits,
    known: Known,
    /// What was broken off before, and is not finished yet.
    unfinished: Option<String>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    pub committed: usize,
    pub changes: usize,
}

/// What an import did.
#[derive(Debug, Clone)]
pub struct Imported {
    pub report: Report,
    /// Absent when nothing was written: nothing had changed, or it was only a rehearsal.
    pub revision: Option<Revision>,
}

/// A run under way: several batches, announced together.
pub struct Run<'a> {
    importer: &'a mut Importer,
    id: String,
    what: String,
    written: Option<Revision>,
}

impl Importer {
    /// Reads what the store holds.
    pub async fn open(
        store: Arc<dyn GraphStore>,
        clock: Arc<dyn Clock>,
        ids: IdGenerator,
        limits: Limits,
    ) -> Result<Self, AppError> {
        let graph = store.load().await?;
        let node_ids: Vec<_> = graph.nodes.iter().map(|stored| stored.node.id.clone()).collect();
        let relation_ids: Vec<_> = graph.relations.iter().map(|relation| relation.id.clone()).collect();
        let mut details = store.hydrate(&node_ids).await?;
        let mut evidence = store.evidence(&relation_ids).await?;
        let nodes = graph.nodes.into_iter().map(|stored| NodeRecord {
            details: details.remove(&stored.node.id).unwrap_or_default(),
            node: stored.node,
        });
        let relations = graph.relations.into_iter().map(|relation| {
            let kept = evidence.remove(&relation.id).unwrap_or_default();
            RelationRecord { relation, evidence: kept.evidence, note: kept.note }
        });
        let known = Known::new(nodes, relations, graph.sources);
        let unfinished = store.health().await?.unfinished.map(|run| run.what);
        Ok(Self { store, clock, ids, limits, known, unfinished })
    }

    /// What the batch would change, without changing it.
    pub fn rehearse(&mut self, batch: Batch) -> Imported {
        Imported { report: plan(&self.known, batch, &mut self.ids, self.clock.today()).report, revision: None }
    }

    /// Imports one batch as a run of its own.
    pub async fn import(
        &mut self,
        batch: Batch,
        what: &str,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Imported, AppError> {
        let mut run = self.run(what);
        let report = run.add(batch, true, progress).await?;
        Ok(Imported { report, revision: run.written })
    }

    /// Begins a run. Nothing of it is announced before its last batch.
    pub fn run(&mut self, what: &str) -> Run<'_> {
        let id = self.ids.token();
        Run { importer: self, id, what: what.to_owned(), written: None }
    }
}

impl Run<'_> {
    /// The newest revision it wrote, if any.
    pub fn written(&self) -> Option<Revision> {
        self.written
    }

    /// The graph as it is now, what is not announced yet included.
    pub fn snapshot(&self) -> Snapshot {
        let now = self.importer.clock.now();
        let known = &self.importer.known;
        Snapshot::build(Graph {
            revision: self.written.unwrap_or_default(),
            nodes: known.nodes().map(|record| StoredNode { node: record.node.clone(), updated_at: now }).collect(),
            relations: known.relations().map(|record| record.relation.clone()).collect(),
            sources: known.sources().cloned().collect(),
        })
    }

    /// Judges a batch and, unless too much of it is refused, commits what it changes. The last batch announces the run;
    /// a run that wrote nothing leaves no trace, unless it finishes one that was broken off.
    pub async fn add(
        &mut self,
        batch: Batch,
        last: bool,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Report, AppError> {
        let importer = &mut *self.importer;
        let Plan { changes, report } = plan(&importer.known, batch, &mut importer.ids, importer.clock.today());
        let floor = importer.limits.max_refused_floor as u64;
        if report.refused_too_much(importer.limits.max_refused_share, floor) {
            return Err(AppError::new(
                ErrorCode::LimitExceeded,
                format!(
                    "{} of {} rows were refused, so nothing was changed. First: {}",
                    report.refused_rows,
                    report.rows_read,
                    report.refused.first().map_or_else(String::new, ToString::to_string)
                ),
            )
            .hint("see all refusals with --dry-run, mend the file, or raise [import] max_refused_share"));
        }
        let total = changes.len();
        let mut committed = 0;
        progress(Progress { committed, changes: total });
        let size = importer.limits.change_set_rows;
        for part in changes.chunks(size) {
            committed += part.len();
            self.commit(part.to_vec(), last && committed == total).await?;
            progress(Progress { committed, changes: total });
        }
        let begun = self.written.is_some() || self.importer.unfinished.as_deref() == Some(self.what.as_str());
        if last && total == 0 && begun {
            self.commit(Vec::new(), true).await?;
        }
        self.importer.known.apply(&changes);
        Ok(report)
    }

    async fn commit(&mut self, changes: Vec<Change>, last: bool) -> Result<(), AppError> {
        let importer = &mut *self.importer;
        let set = ChangeSet {
            id: importer.ids.token(),
            at: importer.clock.now(),
            actor: ACTOR.to_owned(),
            source: self.what.clone(),
            run: Some(RunPart { run: self.id.clone(), what: self.what.clone(), last }),
            request: None,
            expects: Vec::new(),
            changes,
        };
        self.written = Some(importer.store.commit(set).await?.revision);
        Ok(())
    }
}

//! The graph as it is going to be: the known one underneath, and on it what the rows made or altered.

use super::{
    claims::{Claims, Thing},
    tally::{Fate, Tally, Touched},
};
use crate::{
    ingest::{Known, Report, Row, known::RefIndex, report::Origin},
    model::{Date, IdGenerator, NodeId, NodeRecord, NodeType, Ref, RefSpace, RelationId, RelationRecord, Source},
};
use rustc_hash::FxHashMap;
use std::{collections::BTreeMap, sync::Arc};

pub(in crate::ingest) struct Draft<'k> {
    pub known: &'k Known,
    pub today: Date,
    pub(super) things: Vec<Thing>,
    /// Set of claims → place of its thing.
    places: Vec<usize>,
    /// Beside `things`: the record as rows made it; absent while nothing has made it.
    pub(super) records: Vec<Option<NodeRecord>>,
    by_ref: RefIndex<usize>,
    by_id: FxHashMap<NodeId, usize>,
    relations: Vec<RelationRecord>,
    by_relation: FxHashMap<RelationId, usize>,
    sources: BTreeMap<Arc<str>, (usize, Source)>,
    pub(super) tally: Tally,
}

/// A node that a row names.
#[derive(Debug, Clone)]
pub(in crate::ingest) struct Named {
    pub id: NodeId,
    pub node_type: NodeType,
}

impl Named {
    fn of(record: &NodeRecord) -> Self {
        Self { id: record.node.id.clone(), node_type: record.node.node_type() }
    }
}

impl<'k> Draft<'k> {
    pub(super) fn new(
        known: &'k Known,
        claims: Claims<'k>,
        ids: &mut IdGenerator,
        today: Date,
        report: Report,
    ) -> Self {
        let (things, places) = claims.into_things(ids);
        let records: Vec<_> = things.iter().map(|thing| thing.known.map(|place| known.node(place).clone())).collect();
        let mut draft = Self {
            known,
            today,
            places,
            by_id: things.iter().enumerate().map(|(place, thing)| (thing.id.clone(), place)).collect(),
            things,
            records,
            by_ref: RefIndex::default(),
            relations: Vec::new(),
            by_relation: FxHashMap::default(),
            sources: BTreeMap::new(),
            tally: Tally::new(report),
        };
        for place in 0..draft.things.len() {
            draft.index_refs(place);
        }
        draft
    }

    /// The place of the thing that a claim is about.
    pub(super) fn place(&self, set: usize) -> usize {
        self.places[set]
    }

    /// Lets a thing be found by the refs it has now.
    pub(super) fn index_refs(&mut self, place: usize) {
        let Some(record) = &self.records[place] else { return };
        let space = RefSpace::of(record.node.node_type());
        for reference in &record.node.refs {
            self.by_ref.insert(space, reference.clone(), place);
        }
    }

    /// Puts the best ref of each new thing first, whichever row told it; the first is the one that is shown.
    pub(super) fn order_refs(&mut self) {
        for (record, thing) in self.records.iter_mut().zip(&self.things) {
            if let (Some(record), None) = (record, thing.known) {
                record.node.refs.sort_by(|a, b| (a.creation_rank(), a).cmp(&(b.creation_rank(), b)));
            }
        }
    }

    /// A node as it is going to be.
    pub(in crate::ingest) fn record(&self, id: &NodeId) -> Option<&NodeRecord> {
        match self.by_id.get(id) {
            Some(place) => self.records[*place].as_ref(),
            None => self.known.by_id(id),
        }
    }

    /// The node in a place, if rows made it.
    pub(super) fn end_at(&self, place: usize) -> Option<Named> {
        self.records[place].as_ref().map(Named::of)
    }

    /// The node that a ref names in the graph as it is going to be.
    pub(super) fn find(&self, space: RefSpace, reference: &Ref) -> Option<Named> {
        if let Some(place) = self.by_ref.get(space, reference) {
            return self.end_at(place);
        }
        let known = self.known.node(self.known.find(space, reference)?);
        // As rows made it, which may have turned a network into a working group.
        self.record(&known.node.id).map(Named::of)
    }

    pub(super) fn refuse(&mut self, origin: &Origin, column: &str, value: Option<&str>, reason: impl Into<String>) {
        self.tally.refuse(origin.refusal(Some(column), value, reason, false));
    }

    pub(super) fn put_sources(&mut self, rows: Vec<Row<Source>>) {
        for Row { origin, cells, .. } in rows {
            let (place, altered) = self.put_source(&cells);
            self.tally.touch(&origin, Touched::Source(place), altered);
        }
    }

    /// Makes sure that a source is known by name.
    pub(super) fn name_source(&mut self, name: &Arc<str>) {
        if !self.sources.contains_key(name) {
            self.put_source(&Source {
                name: name.to_string(),
                publisher: None,
                licence: None,
                published_on: None,
                url: None,
            });
        }
    }

    fn put_source(&mut self, said: &Source) -> (usize, bool) {
        let place = self.sources.len();
        let new = self.known.source(&said.name).is_none() && !self.sources.contains_key(said.name.as_str());
        let (place, source) = self.sources.entry(said.name.as_str().into()).or_insert_with(|| {
            let blank =
                Source { name: said.name.clone(), publisher: None, licence: None, published_on: None, url: None };
            (place, self.known.source(&said.name).cloned().unwrap_or(blank))
        });
        let before = source.clone();
        let Source { name: _, publisher, licence, published_on, url } = said.clone();
        source.publisher = publisher.or(source.publisher.take());
        source.licence = licence.or(source.licence.take());
        source.published_on = published_on.or(source.published_on);
        source.url = url.or(source.url.take());
        (*place, new || *source != before)
    }

    /// The relation of this id as it stands, if there is one.
    pub(in crate::ingest) fn relation(&self, id: &RelationId) -> Option<&RelationRecord> {
        self.by_relation.get(id).map(|place| &self.relations[*place]).or_else(|| self.known.relation(id))
    }

    /// Puts a relation in its place; says where, and whether that altered anything.
    pub(in crate::ingest) fn put_relation(&mut self, record: RelationRecord) -> (usize, bool) {
        let altered = self.relation(&record.relation.id) != Some(&record);
        let place = *self.by_relation.entry(record.relation.id.clone()).or_insert(self.relations.len());
        if place == self.relations.len() {
            self.relations.push(record);
        } else {
            self.relations[place] = record;
        }
        (place, altered)
    }

    /// Every relation of the graph as it is going to be, in no particular order.
    pub(in crate::ingest) fn all_relations(&self) -> impl Iterator<Item = &RelationRecord> {
        let untouched = self.known.relations().filter(|record| !self.by_relation.contains_key(&record.relation.id));
        self.relations.iter().chain(untouched)
    }

    pub(in crate::ingest) fn count_repointed(&mut self) {
        self.tally.report.repointed += 1;
    }

    /// What differs from the known graph, and the report with its counts.
    pub(super) fn into_parts(self) -> (Vec<Source>, Vec<NodeRecord>, Vec<RelationRecord>, Report) {
        let known = self.known;
        let fate = |new: bool, same: bool| match (new, same) {
            (true, _) => Fate::New,
            (false, true) => Fate::Unchanged,
            (false, false) => Fate::Changed,
        };
        let nodes: Vec<Fate> = self
            .records
            .iter()
            .zip(&self.things)
            .map(|(record, thing)| match (record, thing.known) {
                (None, _) => Fate::Refused,
                (Some(record), place) => fate(place.is_none(), place.is_some_and(|place| known.node(place) == record)),
            })
            .collect();
        let relations: Vec<Fate> = self
            .relations
            .iter()
            .map(|record| {
                let before = known.relation(&record.relation.id);
                fate(before.is_none(), before == Some(record))
            })
            .collect();
        let mut sources = vec![Fate::Unchanged; self.sources.len()];
        for (place, source) in self.sources.values() {
            let before = known.source(&source.name);
            sources[*place] = fate(before.is_none(), before == Some(source));
        }
        let report = self.tally.settle(|touched| match touched {
            Touched::Node(place) => nodes[place],
            Touched::Relation(place) => relations[place],
            Touched::Source(place) => sources[place],
        });
        let differs = |fate: Fate| matches!(fate, Fate::New | Fate::Changed);
        (
            self.sources
                .into_values()
                .filter(|(place, _)| differs(sources[*place]))
                .map(|(_, source)| source)
                .collect(),
            self.records
                .into_iter()
                .zip(&nodes)
                .filter(|(_, fate)| differs(**fate))
                .filter_map(|(record, _)| record)
                .collect(),
            self.relations
                .into_iter()
                .zip(&relations)
                .filter(|(_, fate)| differs(**fate))
                .map(|(record, _)| record)
                .collect(),
            report,
        )
    }
}

//! What a change set does to a store that holds certain things: the rows to write, the rows to delete, and the log.
//! Both adapters ask here, so that both refuse the same sets and keep the same log. Pure: it reads and writes nothing.

#[cfg(test)]
mod tests;
mod wanted;

pub use wanted::Wanted;

use super::archive::{ChangeRow, PersonalRow};
use super::{ChangedThing, Happened};
use crate::model::change::{node_changes, relation_changes, source_changes};
use crate::model::{
    FieldChange, NodeId, NodeRecord, NodeType, Ref, RefSpace, RelationId, RelationKind, RelationRecord, Revision,
    Source,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

/// What the store holds, as far as a set is concerned. What it does not hold is absent.
#[derive(Debug, Default)]
pub struct Held {
    /// Those of [`Wanted::source_names`].
    pub sources: FxHashMap<String, Source>,
    /// Those of [`Wanted::node_ids`].
    pub nodes: FxHashMap<NodeId, NodeRecord>,
    /// Those of [`Wanted::relation_ids`], and all at the nodes of [`Wanted::uprooted`].
    pub relations: FxHashMap<RelationId, RelationRecord>,
    /// Which nodes hold the refs of [`Wanted::refs`].
    pub refs: FxHashMap<(RefSpace, Ref), NodeId>,
    /// The types of [`Wanted::named`], and of the ends of the relations above.
    pub types: FxHashMap<NodeId, NodeType>,
    /// Which nodes were merged into those of [`Wanted::uprooted`], as (merged, survivor).
    pub merged: Vec<(NodeId, NodeId)>,
}

/// What an adapter has to write, in this order, and all in the transaction of the set's revision.
#[derive(Debug, Default)]
pub struct Effects {
    pub gone_relations: Vec<RelationId>,
    /// With their refs and what is personal of them.
    pub gone_nodes: Vec<NodeId>,
    /// Those of the gone nodes whose past goes too: every personal change about them, and the values before and after in
    /// each log row about them or about a relation that names them.
    pub erased: Vec<NodeId>,
    pub sources: Vec<Source>,
    /// To be written whole. Refs that they no longer hold must be let go before any is written.
    pub nodes: Vec<NodeRecord>,
    /// To be written whole.
    pub relations: Vec<RelationRecord>,
    pub log: Vec<ChangeRow>,
    pub personal: Vec<PersonalRow>,
}

impl Wanted {
    /// What the set does, or why it cannot, in words that quote no personal value.
    pub fn effects(self, held: &Held, revision: Revision) -> Result<Effects, String> {
        let mut work =
            Work { held, revision, at: at(&self, held), gone: FxHashSet::default(), effects: Effects::default() };
        work.remove(&self)?;
        for source in &self.sources.things {
            work.put_source(source);
        }
        let mut types: FxHashMap<&NodeId, NodeType> = held.types.iter().map(|(id, known)| (id, *known)).collect();
        types.retain(|id, _| !self.uproots(id));
        types.extend(self.nodes.things.iter().map(|record| (&record.node.id, record.node.node_type())));
        work.refs_are_free(&self)?;
        for record in &self.nodes.things {
            work.put_node(record, &types)?;
        }
        for record in &self.relations.things {
            work.put_relation(record, &types)?;
        }
        Ok(work.effects)
    }
}

struct Work<'a> {
    held: &'a Held,
    revision: Revision,
    /// The relations that the store holds at the nodes that go, in the order of their ids.
    at: FxHashMap<&'a NodeId, Vec<&'a RelationRecord>>,
    /// Ids of nodes and relations that go.
    gone: FxHashSet<&'a str>,
    effects: Effects,
}

impl<'a> Work<'a> {
    fn remove(&mut self, wanted: &'a Wanted) -> Result<(), String> {
        let parted = |merged: &NodeId, from: &NodeId| {
            wanted.uproots(merged)
                || wanted.nodes.get(merged).is_some_and(|record| record.node.merged_into.as_ref() != Some(from))
        };
        if let Some((merged, into)) = self.held.merged.iter().find(|(merged, into)| !parted(merged, into)) {
            return Err(format!("{into} cannot go: {merged} was merged into it"));
        }
        for id in &wanted.erased {
            let Some(record) = self.held.nodes.get(id) else { continue };
            if record.node.individual().is_none() {
                return Err(format!("{id} is no individual; only individuals are erased"));
            }
            for relation in self.at.get(id).cloned().unwrap_or_default() {
                self.remove_relation(relation, Happened::Erased);
            }
            self.log(ChangedThing::Node(NodeType::Individual), id.as_str(), Happened::Erased, Vec::new(), &[]);
            self.gone.insert(id.as_str());
            self.effects.gone_nodes.push(id.clone());
            self.effects.erased.push(id.clone());
        }
        for relation in wanted.removed_relations.iter().filter_map(|id| self.held.relations.get(id)) {
            self.remove_relation(relation, Happened::Removed);
        }
        for id in &wanted.removed_nodes {
            let Some(record) = self.held.nodes.get(id) else { continue };
            if record.node.individual().is_some() {
                return Err(format!("{id} is an individual; individuals are erased, not removed"));
            }
            let mut relations = self.at.get(id).into_iter().flatten();
            if let Some(relation) = relations.find(|record| !self.gone.contains(record.relation.id.as_str())) {
                return Err(format!("{id} cannot be removed: relation {} still names it", relation.relation.id));
            }
            let fields = node_changes(Some(record), None);
            self.log(ChangedThing::Node(record.node.node_type()), id.as_str(), Happened::Removed, fields, &[]);
            self.gone.insert(id.as_str());
            self.effects.gone_nodes.push(id.clone());
        }
        Ok(())
    }

    fn remove_relation(&mut self, record: &'a RelationRecord, how: Happened) {
        let relation = &record.relation;
        if !self.gone.insert(relation.id.as_str()) {
            return;
        }
        self.effects.gone_relations.push(relation.id.clone());
        let people = people(record, |id| self.held.types.get(id).copied());
        let fields = match how {
            Happened::Erased => Vec::new(),
            _ => relation_changes(Some(record), None, !people.is_empty()),
        };
        self.log(ChangedThing::Relation(relation.kind), relation.id.as_str(), how, fields, &people);
    }

    fn put_source(&mut self, after: &Source) {
        let before = self.held.sources.get(&after.name);
        if before == Some(after) {
            return;
        }
        let how = if before.is_some() { Happened::Updated } else { Happened::Created };
        self.log(ChangedThing::Source, &after.name, how, source_changes(before, after), &[]);
        self.effects.sources.push(after.clone());
    }

    /// A ref names one node; one that its holder gives up in the same set may be taken by another.
    fn refs_are_free(&self, wanted: &Wanted) -> Result<(), String> {
        let mut taken: FxHashMap<(RefSpace, &Ref), &NodeId> = FxHashMap::default();
        for record in &wanted.nodes.things {
            let (id, space) = (&record.node.id, RefSpace::of(record.node.node_type()));
            for reference in &record.node.refs {
                let key = (space, reference.clone());
                let holder = self.held.refs.get(&key).filter(|holder| {
                    *holder != id
                        && !wanted.uproots(holder)
                        && wanted.nodes.get(*holder).is_none_or(|record| record.node.refs.contains(reference))
                });
                let other = holder.or_else(|| taken.insert((space, reference), id).filter(|earlier| *earlier != id));
                if let Some(other) = other {
                    // A person's refs are personal.
                    let people = record.node.individual().is_some() || is_individual(other);
                    let shown = if people { "a ref".to_owned() } else { format!("ref {reference}") };
                    return Err(format!("{shown} of {id} is already that of {other}"));
                }
            }
        }
        Ok(())
    }

    fn put_node(&mut self, after: &NodeRecord, types: &FxHashMap<&NodeId, NodeType>) -> Result<(), String> {
        let (id, node_type) = (&after.node.id, after.node.node_type());
        let before = self.held.nodes.get(id).filter(|_| !self.gone.contains(id.as_str()));
        if before == Some(after) {
            return Ok(());
        }
        if let Some(was) = before.map(|before| before.node.node_type())
            && was.id_prefix() != node_type.id_prefix()
        {
            return Err(format!("{id} is of the type {was}; it cannot become {node_type}"));
        }
        if let Some(into) = after.node.merged_into.as_ref().filter(|into| !types.contains_key(into)) {
            return Err(format!("{id} is merged into {into}, which the store does not know"));
        }
        let how = if before.is_some() { Happened::Updated } else { Happened::Created };
        let people: &[NodeId] = if after.node.individual().is_some() { std::slice::from_ref(id) } else { &[] };
        self.log(ChangedThing::Node(node_type), id.as_str(), how, node_changes(before, Some(after)), people);
        self.effects.nodes.push(after.clone());
        Ok(())
    }

    fn put_relation(&mut self, after: &RelationRecord, types: &FxHashMap<&NodeId, NodeType>) -> Result<(), String> {
        let relation = &after.relation;
        let before = self.held.relations.get(&relation.id).filter(|_| !self.gone.contains(relation.id.as_str()));
        if before == Some(after) {
            return Ok(());
        }
        for end in [&relation.from, &relation.to] {
            if !types.contains_key(end) {
                let (kind, id) = (relation.kind, &relation.id);
                return Err(format!("{kind} relation {id} names {end}, which the store does not know"));
            }
        }
        let people = people(after, |id| types.get(id).copied());
        let how = if before.is_some() { Happened::Updated } else { Happened::Created };
        let fields = relation_changes(before, Some(after), !people.is_empty());
        self.log(ChangedThing::Relation(relation.kind), relation.id.as_str(), how, fields, &people);
        self.effects.relations.push(after.clone());
        Ok(())
    }

    /// `people` are the individuals that the change is about: none, one, or both ends of a relation. Of a new thing only
    /// the fields' names are kept: the values are in its row.
    fn log(&mut self, of: ChangedThing, thing: &str, how: Happened, fields: Vec<FieldChange>, people: &[NodeId]) {
        let seq = self.effects.log.len() as u64 + 1;
        let names = fields.iter().map(|change| change.field.clone()).collect();
        let valued = matches!(how, Happened::Updated | Happened::Removed);
        let side = |side: fn(&FieldChange) -> &Option<Value>| -> Map<String, Value> {
            let open = fields.iter().filter(|change| !change.personal);
            open.filter_map(|change| Some((change.field.clone(), side(change).clone()?))).collect()
        };
        self.effects.log.push(ChangeRow {
            revision: self.revision,
            seq,
            of,
            thing: thing.to_owned(),
            how,
            fields: names,
            before: valued.then(|| side(|change| &change.before)),
            after: (how == Happened::Updated).then(|| side(|change| &change.after)),
        });
        let Some(individual) = people.first().filter(|_| valued) else { return };
        for change in fields.into_iter().filter(|change| change.personal) {
            self.effects.personal.push(PersonalRow {
                individual: individual.clone(),
                other: people.get(1).cloned(),
                revision: self.revision,
                seq,
                field: change.field,
                before: change.before,
                after: change.after,
            });
        }
    }
}

/// The relations that the store holds at each node that goes.
fn at<'a>(wanted: &'a Wanted, held: &'a Held) -> FxHashMap<&'a NodeId, Vec<&'a RelationRecord>> {
    let mut at: FxHashMap<&NodeId, Vec<&RelationRecord>> = wanted.uprooted().map(|id| (id, Vec::new())).collect();
    if !at.is_empty() {
        for record in held.relations.values() {
            for end in [&record.relation.from, &record.relation.to] {
                if let Some(relations) = at.get_mut(end) {
                    relations.push(record);
                }
            }
        }
        for relations in at.values_mut() {
            relations.sort_unstable_by(|a, b| a.relation.id.cmp(&b.relation.id));
        }
    }
    at
}

/// Ids say what type of thing they name.
fn is_individual(id: &NodeId) -> bool {
    id.as_str().split_once(':').is_some_and(|(prefix, _)| prefix == NodeType::Individual.id_prefix())
}

/// The individuals at the ends of a relation.
fn people(record: &RelationRecord, type_of: impl Fn(&NodeId) -> Option<NodeType>) -> Vec<NodeId> {
    let ends = [&record.relation.from, &record.relation.to].into_iter();
    ends.filter(|id| type_of(id) == Some(NodeType::Individual)).cloned().collect()
}

/// How a relation's kind is told, so that both adapters write it alike.
pub fn type_word(of: ChangedThing) -> (&'static str, Option<&'static str>) {
    match of {
        ChangedThing::Node(kind) => ("NODE", Some(kind.as_str())),
        ChangedThing::Relation(kind) => ("RELATION", Some(kind.as_str())),
        ChangedThing::Source => ("SOURCE", None),
    }
}

/// The reverse of [`type_word`].
pub fn changed_thing(of: &str, word: Option<&str>) -> Option<ChangedThing> {
    Some(match (of, word) {
        ("NODE", Some(word)) => ChangedThing::Node(word.parse::<NodeType>().ok()?),
        ("RELATION", Some(word)) => ChangedThing::Relation(word.parse::<RelationKind>().ok()?),
        ("SOURCE", None) => ChangedThing::Source,
        _ => return None,
    })
}

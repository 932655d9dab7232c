//! Undoing a change set by another one. What it takes to put things back is `steps`' business, which is pure; here it
//! is seen to that nothing is left naming what goes, or comes back to where nothing is any more.

mod steps;

use super::draft::Draft;
use super::faults::{Faults, Halt, at};
use super::group::refuse_circles;
use super::sealed::{Plan, Right};
use crate::app::import::ACTOR as IMPORT;
use crate::error::{AppError, ErrorCode};
use crate::model::change::{node_fields, relation_fields};
use crate::model::{Body, NodeId, NodeRef, RelationId, RelationRecord, Revision};
use crate::snapshot::Direction;
use crate::store::{ChangedThing, GraphStore, Happened, Past, PastOf};
use std::collections::BTreeSet;
use steps::{Conflict, Step, Why, steps};

/// The most things that one undoing takes back.
const MOST_UNDONE: usize = 10_000;
/// How many of the things that stand in the way are told of.
const MOST_TOLD: usize = 20;

#[derive(Debug, Clone, serde::Serialize)]
pub struct ChangeUndo {
    pub revision: i64,
    pub key: Option<String>,
}

impl Plan for ChangeUndo {
    const NAME: &'static str = "changeUndo";
    const NEEDS: Right = Right::Steward;
    /// What was undone.
    type Made = Revision;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<Revision, Halt> {
        let undone = self.undone(draft)?;
        let past = whole_past(draft.asking().app.store.as_ref(), undone).await?;
        judge(undone, &past, draft).await?;
        read(&past, draft).await?;
        let steps = match steps(&past, |one| fields_now(one, draft)) {
            Ok(steps) => steps,
            Err(conflicts) => return Err(told(conflicts, undone, draft).await?),
        };
        for one in past.iter().filter(|one| one.how == Happened::Created && one.of != ChangedThing::Source) {
            draft.expect_untouched(&one.id, undone, "revision");
        }
        let mut faults = Faults::default();
        refuse_what_is_named(&steps, draft, &mut faults);
        for step in &steps {
            match step.clone() {
                Step::PutNode(record) => draft.put_node(record),
                Step::PutRelation(record) => draft.put_relation(record),
                Step::RemoveNode(id) => draft.remove_node(&id),
                Step::Erase(id) => draft.erase(id),
                Step::RemoveRelation(id) => draft.remove_relation(&id),
            }
        }
        refuse_loose_ends(&steps, draft, &mut faults).await?;
        faults.settle()?;
        Ok(undone)
    }

    fn again(&self, draft: &Draft, _: &[Past]) -> Option<Revision> {
        self.undone(draft).ok()
    }
}

impl ChangeUndo {
    fn undone(&self, draft: &Draft) -> Result<Revision, Halt> {
        let revision = u64::try_from(self.revision).ok().filter(|revision| *revision > 0).map(Revision);
        let mut faults = Faults::default();
        let (newest, at) = (draft.revision(), at("revision"));
        match revision {
            Some(revision) if revision <= newest => return Ok(revision),
            Some(_) => faults.add(&at, AppError::not_found(format!("the newest revision is {newest}"))),
            None => faults.invalid(&at, "a revision that changed something is a number from 1"),
        }
        faults.stop()
    }
}

/// All that a change set did.
pub(super) async fn whole_past(store: &dyn GraphStore, revision: Revision) -> Result<Vec<Past>, AppError> {
    Ok(store.past(&PastOf::ChangeSet(revision), None, MOST_UNDONE + 1).await?)
}

/// What happened to a thing last.
pub(super) async fn newest_past(store: &dyn GraphStore, thing: &str) -> Result<Option<Past>, AppError> {
    Ok(store.past(&PastOf::Thing(thing.to_owned()), None, 1).await?.pop())
}

/// Refuses what cannot be undone at all.
async fn judge(revision: Revision, past: &[Past], draft: &Draft) -> Result<(), Halt> {
    let (mut faults, at) = (Faults::default(), at("revision"));
    match past.first() {
        None if draft.asking().app.store.health().await?.log_since >= revision => {
            faults.add(&at, AppError::not_found(format!("what revision {revision} did is no longer on record")));
        }
        None => faults.invalid(&at, format!("revision {revision} changed nothing")),
        Some(first) if first.actor == IMPORT => {
            let words = format!(
                "revision {revision} is part of the import `{}`, and imports are not undone; mend the file and import it again",
                first.source
            );
            faults.invalid(&at, words);
        }
        Some(_) if past.iter().any(|one| one.how == Happened::Erased) => {
            let words = format!("revision {revision} erased somebody, and what is erased is gone for good");
            faults.invalid(&at, words);
        }
        Some(_) if past.len() > MOST_UNDONE => {
            let words = format!("revision {revision} changed more than {MOST_UNDONE} things, too many to undo at once");
            faults.add(&at, AppError::new(ErrorCode::LimitExceeded, words));
        }
        Some(_) => {}
    }
    faults.settle()
}

async fn read(past: &[Past], draft: &mut Draft) -> Result<(), Halt> {
    let (mut nodes, mut relations) = (Vec::new(), Vec::new());
    for one in past {
        match one.of {
            ChangedThing::Node(_) => nodes.push(NodeId::known(one.id.as_str())),
            ChangedThing::Relation(_) => relations.push(RelationId::known(one.id.as_str())),
            ChangedThing::Source => {}
        }
    }
    draft.read(&nodes, &relations).await
}

fn fields_now(past: &Past, draft: &Draft) -> Option<serde_json::Map<String, serde_json::Value>> {
    match past.of {
        ChangedThing::Node(_) => draft.node(&NodeId::known(past.id.as_str())).map(node_fields),
        ChangedThing::Relation(_) => draft.relation(&RelationId::known(past.id.as_str())).map(relation_fields),
        ChangedThing::Source => None,
    }
}

/// Words about what stands in the way, with the revision that put it there.
async fn told(conflicts: Vec<Conflict>, undone: Revision, draft: &Draft) -> Result<Halt, AppError> {
    let mut faults = Faults::default();
    let rest = conflicts.len().saturating_sub(MOST_TOLD);
    for Conflict { thing, why } in conflicts.into_iter().take(MOST_TOLD) {
        let later = newest_past(draft.asking().app.store.as_ref(), &thing).await?;
        let later = later.filter(|later| later.revision > undone);
        let when =
            later.map_or_else(String::new, |later| format!(", last in revision {} at {}", later.revision, later.at));
        faults.conflict(
            &at("revision"),
            match why {
                Why::Changed(fields) => {
                    format!("{thing} has changed since in {}{when}; nothing was undone", fields.join(", "))
                }
                Why::Gone => format!("{thing} is no longer there{when}; nothing was undone"),
                Why::ThereAgain => format!("{thing} is there again{when}; nothing was undone"),
                Why::Erased => format!("{thing} is about somebody who has been erased since; nothing was undone"),
                Why::Breaks(words) => {
                    format!("{thing} has changed since{when}, and put back {words}; nothing was undone")
                }
            },
        );
    }
    if rest > 0 {
        faults.conflict(&at("revision"), format!("and {rest} more things have changed since"));
    }
    Ok(faults.stop::<()>().err().unwrap_or(Halt::Outdated))
}

/// What the set made goes only when nothing else has come to name it.
fn refuse_what_is_named(steps: &[Step], draft: &Draft, faults: &mut Faults) {
    let snapshot = draft.snapshot();
    let (mut going, mut leaving): (BTreeSet<&str>, BTreeSet<&str>) = (BTreeSet::new(), BTreeSet::new());
    for step in steps {
        match step {
            Step::RemoveNode(id) | Step::Erase(id) => going.insert(id.as_str()),
            Step::RemoveRelation(id) => leaving.insert(id.as_str()),
            Step::PutNode(_) | Step::PutRelation(_) => continue,
        };
    }
    for id in &going {
        let Some(ix) = snapshot.by_id(id) else { continue };
        let at_it = [Direction::Out, Direction::In].into_iter().flat_map(|side| snapshot.relations.at(ix, side));
        let named =
            at_it.map(|relation| snapshot.relations.id(*relation)).find(|other| !leaving.contains(other.as_str()));
        if let Some(relation) = named {
            let words =
                format!("{id} was made by this, and relation {relation} has come to name it since; nothing was undone");
            faults.conflict(&at("revision"), words);
        }
        let by_group = snapshot
            .of_type(crate::model::NodeType::UnderservedGroup)
            .map(|ix| snapshot.node(ix))
            .find(|group| !going.contains(group.id.as_str()) && names(&group.body, snapshot.node(ix)));
        if let Some(group) = by_group {
            let words = format!("{id} was made by this, and the group {} names it; nothing was undone", group.id);
            faults.conflict(&at("revision"), words);
        }
    }
}

/// Whether a group names a node as its parent, its equal, or in its filter.
fn names(body: &Body, node: &crate::model::Node) -> bool {
    let Body::UnderservedGroup(facts) = body else { return false };
    let by_name = |name: &&NodeRef| match name {
        NodeRef::Id(id) => id == node.id.as_str(),
        NodeRef::Ref(text) => node.refs.iter().any(|reference| reference.as_str() == text),
    };
    facts.parents.contains(&node.id)
        || facts.same_as.contains(&node.id)
        || facts.members.as_ref().is_some_and(|filter| filter.named().iter().any(by_name))
}

/// What comes back needs what it names: the ends of relations there and not merged away, and no circles.
async fn refuse_loose_ends(steps: &[Step], draft: &mut Draft, faults: &mut Faults) -> Result<(), Halt> {
    let back: Vec<&RelationRecord> = steps
        .iter()
        .filter_map(|step| match step {
            Step::PutRelation(record) => Some(record),
            Step::PutNode(_) | Step::RemoveNode(_) | Step::Erase(_) | Step::RemoveRelation(_) => None,
        })
        .collect();
    let ends = |record: &RelationRecord| [record.relation.from.clone(), record.relation.to.clone()];
    let all: Vec<NodeId> = back.iter().flat_map(|record| ends(record)).collect();
    draft.read(&all, &[]).await?;
    for record in back {
        for end in ends(record) {
            let why = match draft.node(&end) {
                None => "is no longer there".to_owned(),
                Some(node) => match &node.node.merged_into {
                    Some(into) => format!("was merged into {into} since"),
                    None => continue,
                },
            };
            let id = &record.relation.id;
            let words = format!("relation {id} cannot come back: {end}, which it joined, {why}; nothing was undone");
            faults.conflict(&at("revision"), words);
        }
    }
    for step in steps {
        if let Step::PutNode(record) = step
            && let Body::UnderservedGroup(facts) = &record.node.body
        {
            refuse_circles(&record.node.id, &facts.parents, &at("revision"), draft, faults).await?;
        }
    }
    Ok(())
}

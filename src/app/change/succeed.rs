//! Successions: bodies that close and those that take over from them, be it a merger, a split or a new name.

mod line;

use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::form::Create;
use super::names::{MOST_NAMED, needed};
use super::organisation::OrganisationFields;
use super::sealed::{Plan, Right};
use crate::error::AppError;
use crate::model::text::checked_source;
use crate::model::{
    Date, Evidence, EvidenceKind, NodeId, NodeRef, NodeType, Patch, RelationId, RelationKind, RelationSaid, Validity,
};
use crate::snapshot::Direction;
use crate::store::{ChangedThing, Past};
use line::{leads_to, repoint};

const BODIES: &[NodeType] = &[NodeType::Organisation];

/// Who takes over.
#[derive(Debug, Clone, serde::Serialize)]
pub enum Successor {
    Existing(NodeRef),
    New { reference: Option<String>, fields: Box<OrganisationFields> },
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct OrganisationSucceed {
    pub predecessors: Vec<NodeRef>,
    pub successors: Vec<Successor>,
    /// The first day on which the predecessors are no more.
    pub on: Date,
    pub source: String,
    pub key: Option<String>,
}

/// Who closed, and who took over.
#[derive(Debug, Clone, Default)]
pub struct Succession {
    pub predecessors: Vec<NodeId>,
    pub successors: Vec<NodeId>,
}

impl Plan for OrganisationSucceed {
    const NAME: &'static str = "organisationSucceed";
    const NEEDS: Right = Right::Write;
    type Made = Succession;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<Succession, Halt> {
        let mut faults = Faults::default();
        let source = faults.keep(&at("source"), checked_source(&self.source)).unwrap_or_default();
        needed(&self.predecessors, &at("predecessors"), &mut faults);
        needed(&self.successors, &at("successors"), &mut faults);
        faults.few(&at("successors"), &self.successors, MOST_NAMED);
        let closing = draft.find_all(&self.predecessors, BODIES, &at("predecessors"), &mut faults);
        faults.settle()?;
        let mut faults = Faults::default();
        let predecessors: Vec<NodeId> = closing.iter().map(|(_, id)| id.clone()).collect();
        let mut successors = Vec::new();
        for (place, successor) in self.successors.iter().enumerate() {
            let at = at("successors").item(place);
            if let Some(id) = self.successor(successor, &predecessors, &at, draft, &mut faults).await?
                && !successors.contains(&id)
            {
                successors.push(id);
            }
        }
        draft.read(&predecessors, &[]).await?;
        for (place, id) in predecessors.iter().enumerate() {
            self.close(id, &source, &at("predecessors").item(place), draft, &mut faults)?;
        }
        faults.settle()?;
        draft.name_source(&source);
        self.relate(&predecessors, &successors, &source, draft).await?;
        repoint(&predecessors, &successors, draft).await?;
        Ok(Succession { predecessors, successors }.in_order())
    }

    fn again(&self, draft: &Draft, past: &[Past]) -> Option<Succession> {
        let (snapshot, mut done) = (draft.snapshot(), Succession::default());
        for succeeded in past.iter().filter(|past| past.of == ChangedThing::Relation(RelationKind::SucceededBy)) {
            let Some(relation) = snapshot.relations.by_id(&succeeded.id) else { continue };
            for (ix, side) in [
                (snapshot.relations.from(relation), &mut done.predecessors),
                (snapshot.relations.to(relation), &mut done.successors),
            ] {
                let id = snapshot.id(ix).clone();
                if !side.contains(&id) {
                    side.push(id);
                }
            }
        }
        Some(done.in_order())
    }
}

impl Succession {
    /// By key, so that a retry is answered as the first time.
    fn in_order(mut self) -> Self {
        self.predecessors.sort_unstable();
        self.successors.sort_unstable();
        self
    }
}

impl OrganisationSucceed {
    async fn successor(
        &self,
        successor: &Successor,
        predecessors: &[NodeId],
        at: &At,
        draft: &mut Draft,
        faults: &mut Faults,
    ) -> Result<Option<NodeId>, Halt> {
        match successor {
            Successor::Existing(name) => {
                let at = at.field("existing");
                let Some((ix, id)) = draft.find(name, BODIES, &at, faults) else { return Ok(None) };
                draft.read(std::slice::from_ref(&id), &[]).await?;
                if predecessors.contains(&id) {
                    faults.invalid(&at, "it cannot succeed itself: it is among those that close");
                } else if leads_to(ix, predecessors, draft) {
                    let words =
                        format!("one of those that close succeeded {} before: this would be a circle", draft.shown(ix));
                    faults.conflict(&at, words);
                }
                self.must_be_open(&id, &at, draft, faults)?;
                Ok(Some(id))
            }
            Successor::New { reference, fields } => {
                let mut fields = fields.clone();
                if !fields.common.valid_from.is_said() {
                    fields.common.valid_from = Patch::Set(self.on);
                }
                let (reference, source) = (reference.clone(), self.source.clone());
                let mut inner = Faults::default();
                let create = Create { reference, fields: *fields, source, key: None };
                let made = create.put(draft, &mut inner).await?;
                if let Some(id) = &made {
                    self.must_be_open(id, &At::default(), draft, &mut inner)?;
                }
                faults.take_in(&at.field("new"), inner);
                Ok(made)
            }
        }
    }

    fn must_be_open(&self, id: &NodeId, at: &At, draft: &Draft, faults: &mut Faults) -> Result<(), Halt> {
        let Validity { from, to } = draft.whole(id)?.node.validity;
        if let Some(from) = from.filter(|from| *from > self.on) {
            faults.conflict(at, format!("it opened on {from}: on {} it could not take over from anybody", self.on));
        }
        if let Some(to) = to.filter(|to| *to <= self.on) {
            faults.conflict(at, format!("it closed on {to}: on {} it could not take over from anybody", self.on));
        }
        Ok(())
    }

    fn close(&self, id: &NodeId, source: &str, at: &At, draft: &mut Draft, faults: &mut Faults) -> Result<(), Halt> {
        let mut record = draft.whole(id)?;
        let validity = record.node.validity;
        if let Some(closed) = validity.to.filter(|to| *to != self.on) {
            let words = format!("it closes on {closed} as recorded: take that day, or mend it with organisationUpdate");
            faults.conflict(at, words);
            return Ok(());
        }
        if let Some(validity) = faults.keep(at, Validity::new(validity.from, Some(self.on))) {
            record.node.validity = validity;
            if !record.details.sources.iter().any(|known| known == source) {
                record.details.sources.push(source.to_owned());
            }
            draft.put_node(record);
        }
        Ok(())
    }

    /// Says of each pair that one succeeds the other: on the relation that is there, else on a new one from the day.
    async fn relate(
        &self,
        predecessors: &[NodeId],
        successors: &[NodeId],
        source: &str,
        draft: &mut Draft,
    ) -> Result<(), Halt> {
        let kind = RelationKind::SucceededBy;
        for from in predecessors {
            for to in successors {
                let evidence =
                    Evidence { kind: EvidenceKind::Documented, source: source.to_owned(), date: Some(self.on) };
                if let Some(id) = known_succession(from, to, draft) {
                    draft.read(&[], std::slice::from_ref(&id)).await?;
                    let mut record = draft.relation(&id).cloned().ok_or(Halt::Outdated)?;
                    record.add_evidence([evidence]);
                    draft.put_relation(record);
                    continue;
                }
                let said = RelationSaid {
                    valid_from: Some(self.on),
                    ..RelationSaid::new(kind, from.clone(), to.clone(), evidence)
                };
                draft.read(&[], &[said.id()]).await?;
                let record = said.clone().onto(draft.relation(&said.id())).map_err(AppError::from)?;
                draft.put_relation(record);
            }
        }
        Ok(())
    }
}

/// The relation that says already that one succeeded the other.
fn known_succession(from: &NodeId, to: &NodeId, draft: &Draft) -> Option<RelationId> {
    let snapshot = draft.snapshot();
    let (from, to) = (snapshot.by_id(from.as_str())?, snapshot.by_id(to.as_str())?);
    let mut known = snapshot.relations.of_kind(from, RelationKind::SucceededBy, Direction::Out);
    known.find(|(_, other)| *other == to).map(|(relation, _)| snapshot.relations.id(relation))
}

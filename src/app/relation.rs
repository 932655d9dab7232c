//! One relation by itself, with both its ends.

use super::Asking;
use crate::access::{Redaction, RedactionReason, View};
use crate::model::{Date, RelationId, RelationKind, ServeMode, Validity};

/// A relation, cut to what the viewer may see.
#[derive(Debug, Clone)]
pub struct RelationView {
    pub id: RelationId,
    pub kind: RelationKind,
    pub from: View,
    pub to: View,
    pub title: Option<String>,
    pub mode: Option<ServeMode>,
    pub validity: Validity,
    /// Recorded strength, if any.
    pub strength: Option<f64>,
    pub last_confirmed_on: Option<Date>,
    pub one_way: bool,
    pub champion: bool,
    pub gatekeeper: bool,
    pub inferred: bool,
    pub synthetic: bool,
    pub redactions: Vec<Redaction>,
}

impl Asking {
    /// A relation by its key; none if there is none, or none for this viewer.
    pub fn relation(&self, id: &str) -> Option<RelationView> {
        let relations = &self.snapshot.relations;
        let ix = relations.by_id(id)?;
        let (from, to) = (relations.from(ix), relations.to(ix));
        let (kind, types) = (relations.kind(ix), (self.snapshot.node_type(from), self.snapshot.node_type(to)));
        if !self.viewer().sees_relation(kind, types.0, types.1) {
            return None;
        }
        let open = self.viewer().sees_people() || !self.touches_people(ix);
        let speaks_of_people = !open && kind != RelationKind::RoleAt;
        let kept_back = |field, hidden: bool| hidden.then_some(Redaction { field, reason: RedactionReason::Personal });
        Some(RelationView {
            id: relations.id(ix),
            kind,
            from: self.view(from),
            to: self.view(to),
            title: relations.title(ix).filter(|_| !speaks_of_people).map(str::to_owned),
            mode: relations.mode(ix),
            validity: Validity { from: relations.valid_from(ix), to: relations.valid_to(ix) },
            strength: relations.strength(ix),
            last_confirmed_on: relations.last_confirmed_on(ix),
            one_way: relations.one_way(ix),
            champion: relations.champion(ix),
            gatekeeper: relations.gatekeeper(ix),
            inferred: relations.only_inferred(ix),
            synthetic: relations.synthetic(ix),
            redactions: [kept_back("title", speaks_of_people), kept_back("note", !open)]
                .into_iter()
                .flatten()
                .collect(),
        })
    }
}

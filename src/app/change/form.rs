//! New organisations, people and networks, and what is said of known ones: the same steps for each, with a form of its own.

use super::common::{CommonFields, blank, new_refs, put_source};
use super::created;
use super::draft::Draft;
use super::faults::{Faults, Halt, at};
use super::place::put_area;
use super::sealed::{Plan, Right};
use crate::model::{Body, NodeId, NodeRecord, NodeRef, NodeType, Patch, RelationKind};
use crate::store::Past;

/// What somebody says of a thing of one sort.
pub trait Form: Clone + serde::Serialize + Send + Sync {
    /// What users call making one, and changing one.
    const NAMES: [&'static str; 2];
    /// What it may be about.
    const TYPES: &'static [NodeType];
    /// The argument that names one.
    const ARGUMENT: &'static str;
    /// How it relates to the area of its form.
    const AREA: RelationKind;

    fn common(&self) -> &CommonFields;

    /// What a new one starts as; a fault where too little is said.
    fn start(&self, faults: &mut Faults) -> Option<Body>;

    /// Lays over a record what only this sort has.
    fn own_onto(&self, record: &mut NodeRecord, faults: &mut Faults);
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct Create<F> {
    /// Without one, a ref of our own is drawn; for people, none.
    pub reference: Option<String>,
    pub fields: F,
    pub source: String,
    pub key: Option<String>,
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct Update<F> {
    pub of: NodeRef,
    pub expected_revision: Option<i64>,
    pub fields: F,
    pub source: Option<String>,
}

impl<F: Form> Create<F> {
    /// Puts it into the draft.
    pub(super) async fn put(&self, draft: &mut Draft, faults: &mut Faults) -> Result<Option<NodeId>, Halt> {
        let common = self.fields.common();
        let refs = new_refs(self.reference.as_deref(), &common.refs, draft, faults);
        let Some(body) = self.fields.start(faults) else { return Ok(None) };
        let Some(mut record) = blank(F::TYPES[0], refs, body, draft, faults).await? else { return Ok(None) };
        // Its refs are in place.
        CommonFields { refs: Patch::Leave, ..common.clone() }.onto(&mut record, draft, faults);
        self.fields.own_onto(&mut record, faults);
        put_source(Some(&self.source), &mut record, draft, faults);
        put_area(&common.area, F::AREA, &record, Some(&self.source), draft, faults).await?;
        let id = record.node.id.clone();
        draft.put_node(record);
        Ok(Some(id))
    }
}

impl<F: Form> Plan for Create<F> {
    const NAME: &'static str = F::NAMES[0];
    const NEEDS: Right = Right::Write;
    type Made = NodeId;

    fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let id = self.put(draft, &mut faults).await?;
        faults.settle()?;
        id.ok_or(Halt::Outdated)
    }

    fn again(&self, draft: &Draft, past: &[Past]) -> Option<NodeId> {
        created(draft, past)
    }
}

impl<F: Form> Plan for Update<F> {
    const NAME: &'static str = F::NAMES[1];
    const NEEDS: Right = Right::Write;
    type Made = NodeId;

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let Some((_, id)) = draft.find(&self.of, F::TYPES, &at(F::ARGUMENT), &mut faults) else {
            return faults.stop();
        };
        draft.read(std::slice::from_ref(&id), &[]).await?;
        draft.expect(id.as_str(), self.expected_revision, &mut faults);
        let mut record = draft.whole(&id)?;
        let (common, source) = (self.fields.common(), self.source.as_deref());
        common.onto(&mut record, draft, &mut faults);
        self.fields.own_onto(&mut record, &mut faults);
        put_source(source, &mut record, draft, &mut faults);
        put_area(&common.area, F::AREA, &record, source, draft, &mut faults).await?;
        faults.settle()?;
        draft.put_node(record);
        Ok(id)
    }
}

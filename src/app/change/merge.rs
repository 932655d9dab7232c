//! Merging two records of one thing. What becomes of their contents is `records`' business, which is pure.

mod records;

use super::draft::Draft;
use super::faults::{At, Faults, Halt, at};
use super::sealed::{Plan, Right};
use crate::model::{NodeId, NodeRef, NodeType, RelationId, RelationRecord};
use crate::snapshot::{Direction, NodeIx};
use records::{joined, merged, moved};
use std::marker::PhantomData;

/// Things of one sort, of which two records may be merged.
pub trait Mergeable: Send + Sync {
    const NAME: &'static str;
    const TYPES: &'static [NodeType];
}

/// The sorts.
pub enum Organisations {}
pub enum Individuals {}
pub enum Networks {}

impl Mergeable for Organisations {
    const NAME: &'static str = "organisationMerge";
    const TYPES: &'static [NodeType] = &[NodeType::Organisation];
}

impl Mergeable for Individuals {
    const NAME: &'static str = "individualMerge";
    const TYPES: &'static [NodeType] = &[NodeType::Individual];
}

impl Mergeable for Networks {
    const NAME: &'static str = "networkMerge";
    const TYPES: &'static [NodeType] = &[NodeType::Network, NodeType::WorkingGroup];
}

#[derive(Debug, Clone, serde::Serialize)]
pub struct Merge<M> {
    pub duplicate: NodeRef,
    pub into: NodeRef,
    /// Of the duplicate and of what it goes into: neither may have changed since.
    pub expected_revision: Option<i64>,
    #[serde(skip)]
    pub sort: PhantomData<M>,
}

impl<M: Mergeable> Plan for Merge<M> {
    const NAME: &'static str = M::NAME;
    const NEEDS: Right = Right::Steward;
    type Made = NodeId;

    async fn plan(&self, draft: &mut Draft) -> Result<NodeId, Halt> {
        let mut faults = Faults::default();
        let duplicate = Self::named(&self.duplicate, &at("duplicate"), draft, &mut faults);
        let into = Self::named(&self.into, &at("into"), draft, &mut faults);
        let (Some(duplicate), Some(into)) = (duplicate, into) else { return faults.stop() };
        refuse_circles(duplicate, into, draft, &mut faults);
        faults.settle()?;
        let mut faults = Faults::default();
        let snapshot = draft.snapshot();
        let [from, to] = [duplicate.itself, into.stands_for].map(|ix| snapshot.id(ix).clone());
        let ids = relations_of(duplicate.itself, draft);
        draft.read(&[from.clone(), to.clone()], &ids).await?;
        draft.expect(to.as_str(), self.expected_revision, &mut faults);
        faults.settle()?;
        let moved: Vec<RelationRecord> = ids.iter().filter_map(|id| moved(draft.relation(id)?, &from, &to)).collect();
        let standing: Vec<RelationId> = moved.iter().map(|record| record.relation.id.clone()).collect();
        draft.read(&[], &standing).await?;
        let (duplicate, survivor) = merged(draft.whole(&from)?, draft.whole(&to)?, draft.today());
        draft.put_node(duplicate);
        draft.put_node(survivor);
        for id in &ids {
            draft.remove_relation(id);
        }
        for record in moved {
            let together = joined(draft.relation(&record.relation.id), record);
            draft.put_relation(together);
        }
        Ok(to)
    }
}

/// A record that is named, and the one that it stands for since it was merged.
#[derive(Clone, Copy)]
struct Record {
    itself: NodeIx,
    stands_for: NodeIx,
}

impl<M: Mergeable> Merge<M> {
    fn named(name: &NodeRef, at: &At, draft: &Draft, faults: &mut Faults) -> Option<Record> {
        let (stands_for, _) = draft.find(name, M::TYPES, at, faults)?;
        let itself = match name {
            NodeRef::Id(id) => draft.snapshot().by_id(id)?,
            // The refs of a merged record are those of the one it went into.
            NodeRef::Ref(_) => stands_for,
        };
        Some(Record { itself, stands_for })
    }
}

fn refuse_circles(duplicate: Record, into: Record, draft: &Draft, faults: &mut Faults) {
    let snapshot = draft.snapshot();
    let (one, other) = (draft.shown(duplicate.itself), draft.shown(into.stands_for));
    if duplicate.itself == into.itself {
        let words =
            format!("both name {one}: a thing cannot be merged with itself; if these were two, they are one already");
        faults.invalid(&at("into"), words);
    } else if duplicate.itself == into.stands_for {
        let words = format!(
            "{} was merged into {one} before, and stands for it: this would be a circle",
            snapshot.id(into.itself)
        );
        faults.conflict(&at("into"), words);
    } else if duplicate.itself != duplicate.stands_for && duplicate.stands_for != into.stands_for {
        let words = format!("it was merged into {} before; name that one", draft.shown(duplicate.stands_for));
        faults.conflict(&at("duplicate"), words);
    } else if snapshot.node_type(duplicate.itself) != snapshot.node_type(into.stands_for) {
        let [a, b] = [duplicate.itself, into.stands_for].map(|ix| snapshot.node_type(ix).noun());
        faults.invalid(&at("into"), format!("{one} is a {a} and {other} a {b}: only things of one sort can be merged"));
    }
}

fn relations_of(ix: NodeIx, draft: &Draft) -> Vec<RelationId> {
    let relations = &draft.snapshot().relations;
    let all = [Direction::Out, Direction::In].into_iter().flat_map(|direction| relations.at(ix, direction));
    all.map(|relation| relations.id(*relation)).collect()
}

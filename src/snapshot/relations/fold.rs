//! Relations in the order of their ids: as a store tells them, or as a grown snapshot holds them.

use super::{Key, Relations, Row};
use crate::model::Relation;
use crate::snapshot::NodeIx;
use crate::snapshot::column::Filling;
use crate::snapshot::rows::Rows;
use crate::snapshot::sequence::Sequence;
use std::sync::Arc;

impl Relations {
    /// Relations whose ends are unknown cannot be: the store sees to that.
    pub fn build(relations: Vec<Relation>, find: impl Fn(&str) -> Option<NodeIx>, nodes: u32) -> Self {
        let kept = relations.into_iter().filter_map(|relation| {
            let (from, to) = (find(relation.from.as_str())?, find(relation.to.as_str())?);
            Some((Key::of(relation.id.as_str()), Row::of(&relation, from, to), relation.title.map(Arc::from)))
        });
        let mut kept: Vec<_> = kept.collect();
        kept.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
        Self::assemble(kept.into_iter(), nodes)
    }

    /// The same relations, each at the place of its id and without holes. `renumbered` says where each node is now.
    pub fn fold(&self, renumbered: &[NodeIx], nodes: u32) -> Self {
        let rows = self.sequence.iter().filter(|ix| self.is_here(*ix)).map(|ix| {
            let mut row = *self.rows.get(ix);
            (row.from, row.to) = (renumbered[row.from as usize], renumbered[row.to as usize]);
            (self.keys.get(ix).clone(), row, self.titles.get(&ix).cloned())
        });
        Self::assemble(rows, nodes)
    }

    /// Relations that come in the order of their ids.
    fn assemble(relations: impl Iterator<Item = (Key, Row, Option<Arc<str>>)>, nodes: u32) -> Self {
        let (mut keys, mut rows, mut titles) = (Filling::default(), Filling::default(), Vec::new());
        for (ix, (key, row, title)) in (0..).zip(relations) {
            keys.push(key);
            rows.push(row);
            titles.extend(title.map(|title| (ix, title)));
        }
        let (keys, rows) = (keys.finish(), rows.finish());
        let ends =
            |end: fn(&Row) -> NodeIx| Rows::build(nodes, (0..).zip(rows.iter()).map(move |(ix, row)| (end(row), ix)));
        let (out, into) = (ends(|row| row.from), ends(|row| row.to));
        Self {
            titles: titles.into_iter().collect(),
            sequence: Sequence::folded(rows.len()),
            keys,
            rows,
            later: super::Layered::default(),
            out,
            into,
        }
    }
}

//! Relations come, change and go in a copy that shares what they leave alone.

use super::{Direction, Key, RelIx, Relations, Row};
use crate::model::Relation;
use crate::snapshot::rows::Edits;
use crate::snapshot::{Day, NodeIx};
use std::sync::Arc;

/// A relation as it is to be, with its ends looked up.
pub struct Put<'a> {
    pub relation: &'a Relation,
    pub from: NodeIx,
    pub to: NodeIx,
}

/// Lists of relations at nodes, about to change.
#[derive(Default)]
struct Ends {
    out: Edits,
    into: Edits,
}

impl Relations {
    /// Takes relations out, then puts others in or writes over those that are there. Says which places changed, and the
    /// days on which what was there before started.
    pub fn take_in(&mut self, gone: &[RelIx], put: &[Put<'_>]) -> (Vec<RelIx>, Vec<Day>) {
        let (mut changed, mut started) = (Vec::new(), Vec::new());
        let mut ends = Ends::default();
        for ix in gone {
            if self.is_here(*ix) {
                started.push(self.rows.get(*ix).live.0);
                changed.push(*ix);
                self.remove(*ix, &mut ends);
            }
        }
        let slots = self.slots();
        let (mut new_keys, mut new_rows) = (Vec::new(), Vec::new());
        for Put { relation, from, to } in put {
            let key = Key::of(relation.id.as_str());
            let row = Row::of(relation, *from, *to);
            let known = self.find(&key);
            if let Some(ix) = known {
                let (old, old_title) = (*self.rows.get(ix), self.title(ix));
                if old.says(&row) && old_title == relation.title.as_deref() {
                    continue;
                }
                started.push(old.live.0);
                if (old.from, old.to) == (row.from, row.to) {
                    self.rows.set(ix, row);
                    self.set_title(ix, relation.title.as_deref());
                    changed.push(ix);
                    continue;
                }
                // An id stands for its ends, but nothing here depends on it.
                changed.push(ix);
                self.remove(ix, &mut ends);
            }
            let ix = slots + RelIx::try_from(new_rows.len()).unwrap_or(RelIx::MAX);
            self.later.insert(key.clone(), ix);
            self.set_title(ix, relation.title.as_deref());
            self.out.editing(&mut ends.out, *from).push(ix);
            self.into.editing(&mut ends.into, *to).push(ix);
            changed.push(ix);
            new_keys.push(key);
            new_rows.push(row);
        }
        self.admit(new_keys, new_rows);
        self.place_ends(ends, slots);
        (changed, started)
    }

    fn remove(&mut self, ix: RelIx, ends: &mut Ends) {
        let row = *self.rows.get(ix);
        // Its ends' lists are gone through once for all that goes.
        self.out.editing(&mut ends.out, row.from);
        self.into.editing(&mut ends.into, row.to);
        self.rows.set(ix, row.gone());
        self.later.remove(self.keys.get(ix));
        self.set_title(ix, None);
        self.sequence.leave();
    }

    fn set_title(&mut self, ix: RelIx, title: Option<&str>) {
        match title {
            Some(title) => self.titles.insert(ix, Arc::from(title)),
            None => self.titles.remove(&ix),
        }
    }

    fn admit(&mut self, keys: Vec<Key>, rows: Vec<Row>) {
        let count = RelIx::try_from(rows.len()).unwrap_or(RelIx::MAX);
        self.keys.extend(keys);
        self.rows.extend(rows);
        let mut sequence = std::mem::take(&mut self.sequence);
        let key = |ix: RelIx| self.keys.get(ix);
        let end = sequence.end_of_folded();
        let before = |ix| self.keys.partition_point(end, |known| known < key(ix));
        sequence.admit(count, before, |a, b| key(a).cmp(key(b)));
        self.sequence = sequence;
    }

    /// Puts the lists at nodes in place, without what went and with newcomers in the order of ids.
    fn place_ends(&mut self, ends: Ends, first_new: RelIx) {
        let in_order = |mut edits: Edits| {
            for list in edits.values_mut() {
                list.retain(|ix| self.is_here(*ix));
                if list.last().is_some_and(|last| *last >= first_new) {
                    // Sorted but for its end, which the stable sort makes use of.
                    list.sort_by(|a, b| self.order(*a, *b));
                }
            }
            edits
        };
        let (out, into) = (in_order(ends.out), in_order(ends.into));
        self.out.replace(out);
        self.into.replace(into);
    }

    /// All relations at a node.
    pub fn around(&self, node: NodeIx) -> impl Iterator<Item = RelIx> + '_ {
        [Direction::Out, Direction::In].into_iter().flat_map(move |direction| self.at(node, direction).iter().copied())
    }
}

//! The order of ids over numbers: numbers given when the graph was folded stand in it themselves, later ones are put in
//! between. Nodes and relations have one each. It does not know which numbers are holes by now.

use std::cmp::Ordering;
use std::sync::Arc;

#[derive(Debug, Clone, Default)]
pub struct Sequence {
    /// Numbers below this compare as their ids do.
    folded: u32,
    /// The later ones in the order of their ids.
    later: Arc<Vec<Later>>,
    gone: u32,
}

#[derive(Debug, Clone, Copy)]
struct Later {
    number: u32,
    /// The first folded number whose id is greater.
    before: u32,
}

impl Sequence {
    pub fn folded(count: u32) -> Self {
        Self { folded: count, ..Self::default() }
    }

    /// How many numbers have been given.
    pub fn slots(&self) -> u32 {
        self.folded + u32::try_from(self.later.len()).unwrap_or(u32::MAX)
    }

    /// How many of them still stand for something.
    pub fn len(&self) -> u32 {
        self.slots() - self.gone
    }

    /// Numbers below this compare as their ids do.
    pub fn end_of_folded(&self) -> u32 {
        self.folded
    }

    /// Whether every number stands for something and compares as its id does.
    pub fn is_plain(&self) -> bool {
        self.gone == 0 && self.later.is_empty()
    }

    /// Compares two numbers as their ids do; `by_id` is asked only where the numbers cannot tell.
    pub fn order(&self, a: u32, b: u32, by_id: impl FnOnce() -> Ordering) -> Ordering {
        if a.max(b) < self.folded { a.cmp(&b) } else { by_id() }
    }

    /// Gives numbers to `count` newcomers, from `slots` on. `before` says which is the first folded number whose id is
    /// greater than a newcomer's.
    pub fn admit(&mut self, count: u32, before: impl Fn(u32) -> u32, by_id: impl Fn(u32, u32) -> Ordering) {
        if count == 0 {
            return;
        }
        let slots = self.slots();
        let later = Arc::make_mut(&mut self.later);
        later.extend((slots..slots + count).map(|number| Later { number, before: before(number) }));
        // Nearly sorted already, which the stable sort makes use of.
        later.sort_by(|a, b| a.before.cmp(&b.before).then_with(|| by_id(a.number, b.number)));
    }

    /// Notes that a number has become a hole.
    pub fn leave(&mut self) {
        self.gone += 1;
    }

    /// All numbers, holes among them, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let mut later = self.later.iter().copied().peekable();
        let mut next = 0;
        std::iter::from_fn(move || {
            if let Some(later) = later.next_if(|later| later.before <= next) {
                return Some(later.number);
            }
            let number = next;
            next += 1;
            (number < self.folded).then_some(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_in_the_order_of_ids(folded in prop::collection::btree_set(0_u16..500, 0..30), rounds in prop::collection::vec(prop::collection::btree_set(0_u16..500, 0..6), 0..5)) {
            let folded: Vec<u16> = folded.into_iter().collect();
            let count = u32::try_from(folded.len()).unwrap();
            let mut ids = folded.clone();
            let mut sequence = Sequence::folded(count);
            for round in rounds {
                let new: Vec<u16> = round.into_iter().rev().filter(|id| !ids.contains(id)).collect();
                ids.extend(&new);
                let id = |number: u32| ids[number as usize];
                let before = |number| u32::try_from(folded.partition_point(|known| *known < id(number))).unwrap();
                sequence.admit(u32::try_from(new.len()).unwrap(), before, |a, b| id(a).cmp(&id(b)));
            }
            let mut sorted = ids.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sequence.iter().map(|number| ids[number as usize]).collect::<Vec<_>>(), sorted);
            prop_assert_eq!(sequence.slots() as usize, ids.len());
            for a in 0..sequence.slots() {
                for b in 0..sequence.slots() {
                    let by_id = ids[a as usize].cmp(&ids[b as usize]);
                    prop_assert_eq!(sequence.order(a, b, || by_id), by_id);
                }
            }
        }
    }
}

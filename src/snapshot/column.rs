//! A list of values by number, in chunks that copies share: to change a value copies its chunk and no other. What the
//! snapshot and the hop costs keep of each node and relation stands in these. It knows nothing of what it holds.

use std::sync::Arc;

const BITS: u32 = 12;
/// How many values share a chunk: few enough to copy in microseconds, many enough that ten million make a short list.
const CHUNK: usize = 1 << BITS;

#[derive(Debug, Clone)]
pub struct Column<T> {
    /// All but the last are full.
    chunks: Vec<Arc<[T]>>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

fn split(number: u32) -> (usize, usize) {
    ((number >> BITS) as usize, number as usize & (CHUNK - 1))
}

impl<T> Column<T> {
    pub fn len(&self) -> u32 {
        let last = self.chunks.last().map_or(0, |chunk| chunk.len());
        u32::try_from(self.chunks.len().saturating_sub(1) * CHUNK + last).unwrap_or(u32::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The value of a number below `len`.
    pub fn get(&self, number: u32) -> &T {
        let (chunk, place) = split(number);
        &self.chunks[chunk][place]
    }

    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The first number below `end` whose value does not come before what is looked for; values up to `end` are sorted.
    pub fn partition_point(&self, end: u32, before: impl Fn(&T) -> bool) -> u32 {
        let (mut low, mut high) = (0, end);
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl<T: Clone> Column<T> {
    pub fn set(&mut self, number: u32, value: T) {
        let (chunk, place) = split(number);
        Arc::make_mut(&mut self.chunks[chunk])[place] = value;
    }
}

/// A column being filled, without a second copy of it.
#[derive(Debug)]
pub struct Filling<T> {
    full: Vec<Arc<[T]>>,
    last: Vec<T>,
}

impl<T> Default for Filling<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new() }
    }
}

impl<T: Clone> Filling<T> {
    pub fn push(&mut self, value: T) {
        self.last.push(value);
        if self.last.len() == CHUNK {
            // Copied out, so that the room is used again.
            self.full.push(self.last.as_slice().into());
            self.last.clear();
        }
    }

    pub fn finish(self) -> Column<T> {
        let mut chunks = self.full;
        if !self.last.is_empty() {
            chunks.push(self.last.into());
        }
        Column { chunks }
    }
}

impl<T: Clone> Extend<T> for Column<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return;
        }
        let last = self.chunks.pop_if(|last| last.len() < CHUNK).map_or_else(Vec::new, |last| last.to_vec());
        let mut filling = Filling { full: std::mem::take(&mut self.chunks), last };
        values.for_each(|value| filling.push(value));
        *self = filling.finish();
    }
}

impl<T: Clone> FromIterator<T> for Column<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut filling = Filling::default();
        values.into_iter().for_each(|value| filling.push(value));
        filling.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_copy_shares_what_neither_has_changed() {
        let old: Column<u32> = (0..3 * 4096).collect();
        let mut new = old.clone();
        new.set(5000, 7);
        let shared = |chunk: usize| Arc::ptr_eq(&old.chunks[chunk], &new.chunks[chunk]);
        assert_eq!((shared(0), shared(1), shared(2)), (true, false, true));
        assert_eq!((*old.get(5000), *new.get(5000)), (5000, 7));
    }

    #[test]
    fn a_sorted_part_is_searched() {
        let column: Column<u32> = (0..10_000).map(|number| number * 2).chain([1, 2, 3]).collect();
        assert_eq!(column.partition_point(10_000, |value| *value < 9001), 4501);
        assert_eq!(column.partition_point(10_000, |_| true), 10_000);
        assert_eq!(column.partition_point(0, |_| true), 0);
    }

    proptest! {
        #[test]
        fn it_is_a_list(first in 0_u32..9000, more in prop::collection::vec(0_u32..5000, 0..4), sets in prop::collection::vec((any::<prop::sample::Index>(), any::<u32>()), 0..5)) {
            let mut list: Vec<u32> = (0..first).collect();
            let mut column: Column<u32> = list.iter().copied().collect();
            for count in more {
                list.extend(0..count);
                column.extend(0..count);
            }
            for (place, value) in sets.into_iter().take(list.len()) {
                let place = place.index(list.len());
                list[place] = value;
                column.set(u32::try_from(place).unwrap(), value);
            }
            prop_assert_eq!(column.len() as usize, list.len());
            prop_assert!(column.iter().eq(&list));
            prop_assert!((0..column.len()).all(|number| *column.get(number) == list[number as usize]));
        }
    }
}

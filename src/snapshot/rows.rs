//! A list of numbers for each node, end to end in chunks that copies share: to change a node's list rewrites its chunk
//! and no other. Relations at a node, areas in an area and the like stand in these.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

const BITS: u32 = 10;
/// How many lists share a chunk.
const CHUNK: usize = 1 << BITS;

/// First where each list starts and where the last one ends, counted in the chunk; then the lists.
type Chunk = Arc<[u32]>;

/// Most nodes are neither areas nor groups, and all their chunks are this one.
static EMPTY: LazyLock<Chunk> = LazyLock::new(|| write(&[[].as_slice(); CHUNK]));

#[derive(Debug, Clone, Default)]
pub struct Rows {
    chunks: Vec<Chunk>,
}

/// Lists about to replace those of a few rows.
pub type Edits = BTreeMap<u32, Vec<u32>>;

impl Rows {
    /// Groups `(row, item)` pairs by row; within a row they keep the order in which they come.
    pub fn build(rows: u32, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; rows as usize + 1];
        for (row, _) in pairs.clone() {
            starts[row as usize + 1] += 1;
        }
        for row in 0..rows as usize {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts[rows as usize] as usize];
        for (row, item) in pairs {
            let place = &mut next[row as usize];
            items[*place as usize] = item;
            *place += 1;
        }
        let list = |row: usize| &items[starts[row] as usize..starts[row + 1] as usize];
        let chunks = (0..rows as usize).step_by(CHUNK).map(|first| {
            let lists: Vec<&[u32]> =
                (first..first + CHUNK).map(|row| if row < rows as usize { list(row) } else { &[] }).collect();
            if lists.iter().all(|list| list.is_empty()) { Arc::clone(&EMPTY) } else { write(&lists) }
        });
        Self { chunks: chunks.collect() }
    }

    /// The list of a row; empty for rows that nothing was put in yet.
    pub fn row(&self, row: u32) -> &[u32] {
        match self.chunks.get((row >> BITS) as usize) {
            Some(chunk) => list(chunk, row as usize & (CHUNK - 1)),
            None => &[],
        }
    }

    /// The list of a row, for changing.
    pub fn editing<'a>(&self, edits: &'a mut Edits, row: u32) -> &'a mut Vec<u32> {
        edits.entry(row).or_insert_with(|| self.row(row).to_vec())
    }

    /// Puts edited lists in place.
    pub fn replace(&mut self, edits: Edits) {
        let mut edits = edits.into_iter().peekable();
        while let Some((row, _)) = edits.peek() {
            let place = (row >> BITS) as usize;
            if self.chunks.len() <= place {
                self.chunks.resize_with(place + 1, || Arc::clone(&EMPTY));
            }
            let old = Arc::clone(&self.chunks[place]);
            let mut changed: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
            while let Some((row, list)) = edits.next_if(|(row, _)| (row >> BITS) as usize == place) {
                changed.insert(row as usize & (CHUNK - 1), list);
            }
            let lists: Vec<&[u32]> =
                (0..CHUNK).map(|row| changed.get(&row).map_or_else(|| list(&old, row), Vec::as_slice)).collect();
            self.chunks[place] = write(&lists);
        }
    }
}

fn list(chunk: &[u32], row: usize) -> &[u32] {
    &chunk[chunk[row] as usize..chunk[row + 1] as usize]
}

fn write(lists: &[impl AsRef<[u32]>]) -> Chunk {
    let items: usize = lists.iter().map(|list| list.as_ref().len()).sum();
    let mut chunk = Vec::with_capacity(CHUNK + 1 + items);
    let mut start = CHUNK + 1;
    for list in lists {
        chunk.push(start);
        start += list.as_ref().len();
    }
    chunk.push(start);
    let starts = chunk.into_iter().map(|start| u32::try_from(start).unwrap_or(u32::MAX));
    let items = lists.iter().flat_map(|list| list.as_ref().iter().copied());
    starts.chain(items).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_chunk_of_an_edited_row_is_rewritten() {
        let old = Rows::build(5000, [(0, 1), (1100, 2), (4999, 3)].into_iter());
        let mut new = old.clone();
        let mut edits = Edits::new();
        new.editing(&mut edits, 1100).push(9);
        new.editing(&mut edits, 1101).push(8);
        new.replace(edits);
        assert_eq!(
            (new.row(0), new.row(1100), new.row(1101), new.row(4999)),
            (&[1][..], &[2, 9][..], &[8][..], &[3][..])
        );
        assert_eq!(old.row(1100), [2]);
        let shared: Vec<bool> = old.chunks.iter().zip(&new.chunks).map(|(old, new)| Arc::ptr_eq(old, new)).collect();
        assert_eq!(shared, [true, false, true, true, true]);
        assert!(Arc::ptr_eq(&new.chunks[2], &EMPTY));
    }

    proptest! {
        #[test]
        fn they_are_lists(rows in 1_u32..3000, pairs in prop::collection::vec((0_u32..3000, any::<u32>()), 0..60), rounds in prop::collection::vec(prop::collection::vec((0_u32..5000, prop::collection::vec(any::<u32>(), 0..4)), 1..8), 0..4)) {
            let pairs: Vec<(u32, u32)> = pairs.into_iter().map(|(row, item)| (row % rows, item)).collect();
            let mut lists = vec![Vec::new(); 5000];
            for (row, item) in &pairs {
                lists[*row as usize].push(*item);
            }
            let mut built = Rows::build(rows, pairs.into_iter());
            for round in rounds {
                let mut edits = Edits::new();
                for (row, list) in round {
                    lists[row as usize].extend(&list);
                    built.editing(&mut edits, row).extend(list);
                }
                built.replace(edits);
            }
            prop_assert!((0..5000).all(|row| built.row(row) == lists[row as usize]));
        }
    }
}

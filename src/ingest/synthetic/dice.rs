//! Chance without surprise: every draw follows from the seed alone, in whole numbers, so that all machines agree to the
//! byte. Each chapter of the story throws dice of its own, so that a change to one leaves the others alone.

use crate::model::Date;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    pub fn new(seed: u64, chapter: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(key);
        stream.set_stream(chapter);
        Self(stream)
    }

    /// A number from 0 up to but not `end`; 0 when there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let scaled = (u128::from(self.0.next_u64()) * end as u128) >> 64;
        usize::try_from(scaled).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let place = self.below(list.len());
        list.get(place).copied()
    }

    /// One of a list in which each thing stands with its weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> Option<T> {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        list.iter()
            .find(|(weight, _)| match left.checked_sub(*weight) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            })
            .map(|(_, thing)| *thing)
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            list.swap(place, self.below(place + 1));
        }
    }

    /// At most `count` of a list, each once, in no order.
    pub fn some<T: Copy>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut list = list.to_vec();
        self.shuffle(&mut list);
        list.truncate(count);
        list
    }

    /// A day from `first` to `last`, both included.
    pub fn day(&mut self, first: Date, last: Date) -> Date {
        let days = last.since(first).map_or(0, |span| span.get_days());
        let ahead = self.below(usize::try_from(days).unwrap_or(0) + 1);
        first.saturating_add(jiff::Span::new().days(i64::try_from(ahead).unwrap_or(0)))
    }
}

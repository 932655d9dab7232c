//! The index of the names that were there when the graph was folded: words, who has them, and their trigrams. A million
//! names make few allocations, all of them large.

mod pool;

use super::Texts;
use super::wanted::{Wanted, trigrams};
use crate::snapshot::NodeIx;
use pool::Pool;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::Hasher as _;

#[derive(Debug, Default)]
pub struct Folded {
    /// What all nodes are found by, node after node, each node's own name first.
    texts: Pool,
    /// What each text is worth.
    worths: Vec<u32>,
    /// Which text is each node's first.
    own: Vec<u32>,
    /// Texts by their hashes.
    by_hash: Vec<(u64, u32)>,
    people: FxHashSet<NodeIx>,
    /// All words of the texts, in order.
    words: Pool,
    /// Who has each word, end to end, and where each word's list starts.
    holders: Vec<NodeIx>,
    starts: Vec<u32>,
    /// Trigram → words that have it.
    trigrams: FxHashMap<[char; 3], Vec<u32>>,
}

impl Folded {
    /// The texts of all nodes, in the order of their places.
    pub fn build(nodes: impl Iterator<Item = Texts>) -> Self {
        let mut index = Self::default();
        for (ix, texts) in (0..).zip(nodes) {
            index.own.push(index.texts.len());
            if texts.is_person {
                index.people.insert(ix);
            }
            for (text, worth) in texts.whole {
                index.by_hash.push((hash(&text), index.texts.len()));
                index.texts.push(&text);
                index.worths.push(worth);
            }
        }
        index.by_hash.sort_unstable();
        index.find_words();
        index.find_trigrams();
        index
    }

    fn find_words(&mut self) {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut held: Vec<(u32, NodeIx)> = Vec::new();
        for text in 0..self.texts.len() {
            let node = self.node_of(text);
            for word in super::texts::words(self.texts.get(text)) {
                let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                held.push((*known.entry(word).or_insert(next), node));
            }
        }
        let mut words: Vec<(&str, u32)> = known.into_iter().collect();
        words.sort_unstable();
        let mut places = vec![0_u32; words.len()];
        let mut pool = Pool::default();
        for (place, (word, number)) in (0..).zip(words) {
            places[number as usize] = place;
            pool.push(word);
        }
        self.words = pool;
        for (word, _) in &mut held {
            *word = places[*word as usize];
        }
        held.sort_unstable();
        held.dedup();
        self.starts = vec![0; places.len() + 1];
        for (word, _) in &held {
            self.starts[*word as usize + 1] += 1;
        }
        for word in 0..places.len() {
            self.starts[word + 1] += self.starts[word];
        }
        self.holders = held.into_iter().map(|(_, node)| node).collect();
    }

    fn find_trigrams(&mut self) {
        for word in 0..self.words.len() {
            for trigram in trigrams(self.words.get(word)) {
                let list = self.trigrams.entry(trigram).or_default();
                if list.last() != Some(&word) {
                    list.push(word);
                }
            }
        }
    }

    /// Whose a text is: the last node whose first text does not come after it. Every node has a text.
    fn node_of(&self, text: u32) -> NodeIx {
        NodeIx::try_from(self.own.partition_point(|own| *own <= text) - 1).unwrap_or(NodeIx::MAX)
    }

    pub fn is_person(&self, node: NodeIx) -> bool {
        self.people.contains(&node)
    }

    pub fn name(&self, node: NodeIx) -> &str {
        self.texts.get(self.own[node as usize])
    }

    /// Who is called exactly this, and what that is worth.
    pub fn whole<'a>(&'a self, wanted: &'a str) -> impl Iterator<Item = (NodeIx, u32)> + 'a {
        let hash = hash(wanted);
        let start = self.by_hash.partition_point(|(known, _)| *known < hash);
        let same = self.by_hash[start..].iter().take_while(move |(known, _)| *known == hash);
        same.filter(move |(_, text)| self.texts.get(*text) == wanted)
            .map(|(_, text)| (self.node_of(*text), self.worths[*text as usize]))
    }

    /// Words of names that a word of a query may mean, with points and with those who have them.
    pub fn met(&self, wanted: &Wanted<'_>) -> Vec<(&[NodeIx], u32)> {
        let beginnings = (self.words.first_from(wanted.word)..self.words.len())
            .map(|word| (word, self.words.get(word)))
            .take_while(|(_, known)| known.starts_with(wanted.word))
            .filter_map(|(word, known)| Some((self.holders(word), wanted.points_as_beginning(known)?)));
        let mut found: Vec<_> = beginnings.collect();
        let mut shared: FxHashMap<u32, usize> = FxHashMap::default();
        for trigram in &wanted.trigrams {
            for word in self.trigrams.get(trigram).into_iter().flatten() {
                *shared.entry(*word).or_default() += 1;
            }
        }
        found.extend(shared.into_iter().filter_map(|(word, shared)| {
            Some((self.holders(word), wanted.points_for_slips(self.words.get(word), shared)?))
        }));
        found
    }

    fn holders(&self, word: u32) -> &[NodeIx] {
        let word = word as usize;
        &self.holders[self.starts[word] as usize..self.starts[word + 1] as usize]
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

//! Finding things by name: normalised tokens, beginnings of words, and slips of the keyboard by way of trigrams.
//! Ranked; ties stand in the order of ids.

use super::NodeIx;
use super::csr::Csr;
use crate::model::{Node, NodeType};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Points for how one word of a query meets a word of a name.
const EXACT: u32 = 100;
const BEGINNING: u32 = 70;
const ONE_SLIP: u32 = 45;
const TWO_SLIPS: u32 = 30;
/// Points for the whole text being the whole name, an alias or the value of a ref.
const WHOLE_NAME: u32 = 1000;
const WHOLE_ALIAS: u32 = 800;
const WHOLE_REF: u32 = 900;
const OPENS_NAME: u32 = 60;
/// Taken off for each word of the name that was not asked for, up to a limit.
const SPARE_WORD: u32 = 4;
const MAX_QUERY_WORDS: usize = 12;

/// A match and its score: higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub node: NodeIx,
    pub score: u32,
}

#[derive(Debug, Default)]
pub struct NameIndex {
    /// All words of names, aliases and ref values, in order.
    words: Vec<Box<str>>,
    /// Word → nodes that have it.
    nodes: Csr,
    /// Trigram → words that have it.
    trigrams: FxHashMap<[char; 3], Vec<u32>>,
    /// Normalised whole names: node → (text, kind of text).
    whole: FxHashMap<Box<str>, Vec<(NodeIx, u32)>>,
    /// Normalised own name of each node.
    names: Vec<Box<str>>,
    people: FxHashSet<NodeIx>,
}

/// Lower case, without accents or punctuation, `&` read as `and`, single spaces.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '&' => {
                push_gap(&mut out);
                out.push_str("and");
                gap = true;
            }
            // Apostrophes and full stops join: "carer's" is "carers", "St." is "st".
            '\'' | '’' | '.' => {}
            c if c.is_alphanumeric() => {
                if gap {
                    push_gap(&mut out);
                    gap = false;
                }
                out.push(c);
            }
            _ => gap = true,
        }
    }
    out
}

fn push_gap(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

impl NameIndex {
    pub fn build(nodes: &[Node]) -> Self {
        let mut word_nodes: FxHashMap<Box<str>, Vec<NodeIx>> = FxHashMap::default();
        let mut index = Self::default();
        for (ix, node) in (0..).zip(nodes) {
            let own = normalise(&node.name);
            let aliases = node.aliases.iter().map(|alias| (normalise(alias), WHOLE_ALIAS));
            let refs = node.refs.iter().flat_map(|reference| {
                [(normalise(reference.value()), WHOLE_REF), (normalise(reference.as_str()), WHOLE_REF)]
            });
            for (text, worth) in std::iter::once((own.clone(), WHOLE_NAME)).chain(aliases).chain(refs) {
                for word in text.split(' ').filter(|word| !word.is_empty()) {
                    let holders = word_nodes.entry(word.into()).or_default();
                    if holders.last() != Some(&ix) {
                        holders.push(ix);
                    }
                }
                index.whole.entry(text.into()).or_default().push((ix, worth));
            }
            index.names.push(own.into());
            if node.node_type() == NodeType::Individual {
                index.people.insert(ix);
            }
        }
        let mut words: Vec<(Box<str>, Vec<NodeIx>)> = word_nodes.into_iter().collect();
        words.sort_unstable();
        let pairs: Vec<(u32, u32)> =
            (0..).zip(&words).flat_map(|(word, (_, holders))| holders.iter().map(move |node| (word, *node))).collect();
        index.nodes = Csr::build(words.len(), pairs.iter().copied());
        index.words = words.into_iter().map(|(word, _)| word).collect();
        for (ix, word) in (0_u32..).zip(&index.words) {
            for trigram in trigrams(word) {
                let list = index.trigrams.entry(trigram).or_default();
                if list.last() != Some(&ix) {
                    list.push(ix);
                }
            }
        }
        index
    }

    /// Nodes whose name, alias or ref meets every word of the text, best first; when none does, those that meet most
    /// of them. `with_people` says whether people's names and refs count; where they do not, it is as if they had none.
    pub fn search(&self, text: &str, with_people: bool) -> Vec<Hit> {
        let query = normalise(text);
        let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).take(MAX_QUERY_WORDS).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut scores: FxHashMap<NodeIx, (u32, u32)> = FxHashMap::default();
        for word in &words {
            let mut best: FxHashMap<NodeIx, u32> = FxHashMap::default();
            for (candidate, points) in self.candidates(word) {
                let counts = |node: &&NodeIx| with_people || !self.people.contains(*node);
                for node in self.nodes.row(candidate).iter().filter(counts) {
                    let known = best.entry(*node).or_default();
                    *known = points.max(*known);
                }
            }
            for (node, points) in best {
                let entry = scores.entry(node).or_default();
                *entry = (entry.0 + 1, entry.1 + points);
            }
        }
        let met = scores.values().map(|(met, _)| *met).max().unwrap_or(0) as usize;
        let needed = if met == words.len() { met } else { met.max(words.len().div_ceil(2)) };
        let mut hits: Vec<Hit> = scores
            .into_iter()
            .filter(|(_, (met, _))| *met as usize >= needed)
            .map(|(node, (_, points))| Hit { node, score: self.adjusted(node, points, &query, words.len()) })
            .collect();
        for (node, worth) in self.whole.get(query.as_str()).into_iter().flatten() {
            if let Some(hit) = hits.iter_mut().find(|hit| hit.node == *node) {
                hit.score = hit.score.max(*worth + EXACT);
            }
        }
        hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.node));
        hits
    }

    /// Nodes whose whole name, alias or ref value is the text.
    pub fn exactly(&self, text: &str) -> Vec<NodeIx> {
        let mut found: Vec<NodeIx> =
            self.whole.get(normalise(text).as_str()).into_iter().flatten().map(|(node, _)| *node).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn adjusted(&self, node: NodeIx, points: u32, query: &str, words: usize) -> u32 {
        let name = &self.names[node as usize];
        let spare = name.split(' ').count().saturating_sub(words);
        let opens = if name.starts_with(query) { OPENS_NAME } else { 0 };
        let malus = u32::try_from(spare.min(8)).unwrap_or(8) * SPARE_WORD;
        (points + opens).saturating_sub(malus).max(1)
    }

    /// Words of names that a word of a query may mean, with points.
    fn candidates(&self, word: &str) -> Vec<(u32, u32)> {
        let start = self.words.partition_point(|known| known.as_ref() < word);
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (ix, known) in (0_u32..).zip(&self.words).skip(start).take_while(|(_, known)| known.starts_with(word)) {
            if known.len() == word.len() {
                found.push((ix, EXACT));
            } else if word.chars().count() >= 2 {
                found.push((ix, BEGINNING));
            }
        }
        let allowed = match word.chars().count() {
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        // Codes are not words: one slip in a number names another thing.
        if allowed > 0 && !word.chars().any(|c| c.is_ascii_digit()) {
            for ix in self.similar(word) {
                let slips = strsim::osa_distance(word, &self.words[ix as usize]);
                if (1..=allowed).contains(&slips) {
                    found.push((ix, if slips == 1 { ONE_SLIP } else { TWO_SLIPS }));
                }
            }
        }
        found
    }

    /// Words that share enough trigrams with this one to be worth measuring.
    fn similar(&self, word: &str) -> Vec<u32> {
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for trigram in trigrams(word) {
            for ix in self.trigrams.get(&trigram).into_iter().flatten() {
                *shared.entry(*ix).or_default() += 1;
            }
        }
        let length = word.chars().count();
        let needed = u32::try_from(length.saturating_sub(4).max(1)).unwrap_or(1) / 2;
        let mut found: Vec<u32> = shared
            .into_iter()
            .filter(|(ix, count)| {
                *count >= needed.max(1) && self.words[*ix as usize].chars().count().abs_diff(length) <= 2
            })
            .map(|(ix, _)| ix)
            .collect();
        found.sort_unstable();
        found
    }
}

/// Three letters at a time, with the word's ends marked.
fn trigrams(word: &str) -> impl Iterator<Item = [char; 3]> {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    (0..letters.len().saturating_sub(2)).map(move |start| [letters[start], letters[start + 1], letters[start + 2]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_without_case_accents_or_punctuation() {
        assert_eq!(normalise("St. Helens"), "st helens");
        assert_eq!(normalise("  Health & Care—Intelligence "), "health and care intelligence");
        assert_eq!(normalise("Carer's Café"), "carers cafe");
        assert_eq!(normalise("A&E"), "a and e");
        assert_eq!(normalise("!!!"), "");
    }
}

//! Finding things by name: normalised tokens, beginnings of words, and slips of the keyboard by way of trigrams.
//! Ranked; ties stand in the order of ids.

mod folded;
mod texts;
mod wanted;

use super::{NodeIx, Snapshot};
use crate::model::Node;
use folded::Folded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::Arc;
use texts::Texts;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use wanted::Wanted;

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

/// Names as they were when the graph was folded, with those that changed since on top.
#[derive(Debug, Clone, Default)]
pub(super) struct NameIndex {
    folded: Arc<Folded>,
    /// Folded nodes of which the index knows nothing true any more.
    outdated: Arc<FxHashSet<NodeIx>>,
    /// Those that came or changed since: few, and looked through one by one.
    later: Arc<BTreeMap<NodeIx, Arc<Texts>>>,
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
    pub fn build<'a>(nodes: impl Iterator<Item = &'a Node>) -> Self {
        Self { folded: Arc::new(Folded::build(nodes.map(Texts::of))), ..Self::default() }
    }

    /// Notes what a node, folded or not, is called now; `None` when it is gone.
    pub fn set(&mut self, ix: NodeIx, is_folded: bool, before: Option<&Node>, now: Option<&Node>) {
        if before.zip(now).is_some_and(|(before, now)| Texts::same(before, now)) {
            return;
        }
        if is_folded {
            Arc::make_mut(&mut self.outdated).insert(ix);
        }
        let later = Arc::make_mut(&mut self.later);
        match now {
            Some(node) => later.insert(ix, Arc::new(Texts::of(node))),
            None => later.remove(&ix),
        };
    }

    fn name(&self, node: NodeIx) -> &str {
        self.later.get(&node).map_or_else(|| self.folded.name(node), |texts| texts.own())
    }

    /// Points of each node for one word, people's only where they count.
    fn meet(&self, word: &str, with_people: bool) -> FxHashMap<NodeIx, u32> {
        let wanted = Wanted::new(word);
        let mut best: FxHashMap<NodeIx, u32> = FxHashMap::default();
        for (holders, points) in self.folded.met(&wanted) {
            for node in holders {
                if !self.outdated.contains(node) && (with_people || !self.folded.is_person(*node)) {
                    let known = best.entry(*node).or_default();
                    *known = points.max(*known);
                }
            }
        }
        for (node, texts) in self.later.iter().filter(|(_, texts)| with_people || !texts.is_person) {
            best.extend(texts.words().filter_map(|known| wanted.points(known)).max().map(|points| (*node, points)));
        }
        best
    }

    /// Who is called exactly this, and what that is worth. The text is normalised.
    fn whole<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (NodeIx, u32)> + 'a {
        let folded = self.folded.whole(text).filter(|(node, _)| !self.outdated.contains(node));
        folded.chain(self.later.iter().flat_map(move |(node, texts)| {
            texts.whole.iter().filter(move |(known, _)| known.as_ref() == text).map(|(_, worth)| (*node, *worth))
        }))
    }

    /// The matches, in no order.
    fn search(&self, text: &str, with_people: bool) -> Vec<Hit> {
        let query = normalise(text);
        let words: Vec<&str> = texts::words(&query).take(MAX_QUERY_WORDS).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut scores: FxHashMap<NodeIx, (u32, u32)> = FxHashMap::default();
        for word in &words {
            for (node, points) in self.meet(word, with_people) {
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
        for (node, worth) in self.whole(&query) {
            if let Some(hit) = hits.iter_mut().find(|hit| hit.node == node) {
                hit.score = hit.score.max(worth + EXACT);
            }
        }
        hits
    }

    fn adjusted(&self, node: NodeIx, points: u32, query: &str, words: usize) -> u32 {
        let name = self.name(node);
        let spare = name.split(' ').count().saturating_sub(words);
        let opens = if name.starts_with(query) { OPENS_NAME } else { 0 };
        let malus = u32::try_from(spare.min(8)).unwrap_or(8) * SPARE_WORD;
        (points + opens).saturating_sub(malus).max(1)
    }
}

impl Snapshot {
    /// Nodes whose name, alias or ref meets every word of the text, best first; when none does, those that meet most
    /// of them. `with_people` says whether people's names and refs count; where they do not, it is as if they had none.
    pub fn search(&self, text: &str, with_people: bool) -> Vec<Hit> {
        let mut hits = self.names.search(text, with_people);
        hits.sort_unstable_by(|a, b| b.score.cmp(&a.score).then_with(|| self.order(a.node, b.node)));
        hits
    }

    /// Nodes whose whole name, alias or ref value is the text, in the order of their ids.
    pub fn called(&self, text: &str) -> Vec<NodeIx> {
        let mut found: Vec<NodeIx> = self.names.whole(&normalise(text)).map(|(node, _)| node).collect();
        self.sort(&mut found);
        found.dedup();
        found
    }
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

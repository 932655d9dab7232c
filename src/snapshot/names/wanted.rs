//! One word of a query, and how it meets the words of names: the same word, its beginning, or a slip of the keyboard.

use super::{BEGINNING, EXACT, ONE_SLIP, TWO_SLIPS};

pub struct Wanted<'a> {
    pub word: &'a str,
    letters: usize,
    /// How many slips are forgiven.
    slips: usize,
    pub trigrams: Vec<[char; 3]>,
}

impl<'a> Wanted<'a> {
    pub fn new(word: &'a str) -> Self {
        let letters = word.chars().count();
        let slips = match letters {
            // Codes are not words: one slip in a number names another thing.
            _ if word.chars().any(|c| c.is_ascii_digit()) => 0,
            0..=3 => 0,
            4..=7 => 1,
            _ => 2,
        };
        let trigrams = if slips == 0 { Vec::new() } else { trigrams(word).collect() };
        Self { word, letters, slips, trigrams }
    }

    /// Points for a known word; `None` where it is not what is wanted.
    pub fn points(&self, known: &str) -> Option<u32> {
        self.points_as_beginning(known).or_else(|| {
            let theirs: Vec<[char; 3]> = if self.slips == 0 { Vec::new() } else { trigrams(known).collect() };
            let shared = self.trigrams.iter().filter(|trigram| theirs.contains(trigram)).count();
            self.points_for_slips(known, shared)
        })
    }

    /// Points for a known word that is the wanted one or begins with it.
    pub fn points_as_beginning(&self, known: &str) -> Option<u32> {
        if known == self.word {
            Some(EXACT)
        } else {
            (self.letters >= 2 && known.starts_with(self.word)).then_some(BEGINNING)
        }
    }

    /// Points for a known word that shares so many trigrams with the wanted one, if that is worth measuring.
    pub fn points_for_slips(&self, known: &str, shared: usize) -> Option<u32> {
        let needed = (self.letters.saturating_sub(4) / 2).max(1);
        if self.slips == 0 || shared < needed || known.chars().count().abs_diff(self.letters) > 2 {
            return None;
        }
        match strsim::osa_distance(self.word, known) {
            1 => Some(ONE_SLIP),
            2 if self.slips == 2 => Some(TWO_SLIPS),
            _ => None,
        }
    }
}

/// Three letters at a time, with the word's ends marked.
pub fn trigrams(word: &str) -> impl Iterator<Item = [char; 3]> {
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
    (0..letters.len().saturating_sub(2)).map(move |start| [letters[start], letters[start + 1], letters[start + 2]])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_met_by_itself_its_beginning_and_slips() {
        let points = |word: &str, known: &str| Wanted::new(word).points(known);
        assert_eq!(points("health", "health"), Some(EXACT));
        assert_eq!(points("heal", "health"), Some(BEGINNING));
        assert_eq!(points("h", "health"), None);
        assert_eq!(points("helath", "health"), Some(ONE_SLIP));
        assert_eq!(points("homelesness", "homelessness"), Some(ONE_SLIP));
        assert_eq!(points("homelsenes", "homeless"), None);
        assert_eq!(points("n81059", "n81058"), None);
        assert_eq!(points("cat", "cot"), None);
    }
}

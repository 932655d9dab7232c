//! Many short texts in one long one.

#[derive(Debug, Default)]
pub struct Pool {
    text: String,
    ends: Vec<usize>,
}

impl Pool {
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    pub fn get(&self, place: u32) -> &str {
        let place = place as usize;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[place]]
    }

    /// The first of sorted texts that does not come before one.
    pub fn first_from(&self, text: &str) -> u32 {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_as_they_went_in() {
        let texts = ["a", "", "bä", "c", "c"];
        let mut pool = Pool::default();
        for text in texts {
            pool.push(text);
        }
        assert!((0..pool.len()).map(|place| pool.get(place)).eq(texts));
    }

    #[test]
    fn sorted_texts_are_found() {
        let mut pool = Pool::default();
        for text in ["b", "d", "dd"] {
            pool.push(text);
        }
        assert_eq!(["a", "b", "c", "d", "da", "e"].map(|text| pool.first_from(text)), [0, 0, 1, 1, 2, 3]);
        assert_eq!(Pool::default().first_from("a"), 0);
    }
}

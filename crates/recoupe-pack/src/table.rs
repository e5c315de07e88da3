//! Words and where to find them: a question costs one look into a table.

use recoupe_text::word_hash;

/// Sorted words, each once, with a table to find them in.
#[derive(Clone, Debug, Default)]
pub struct WordTable {
    words: Vec<String>,
    /// One more than the number of a word, and above that a part of its hash; at the place the rest of the hash gives or the
    /// next free one. 0 is free.
    places: Vec<u32>,
}

/// Bits for the numbers of the words.
const NUMBER: u32 = 24;

impl WordTable {
    /// A table of the words, which are sorted.
    pub fn new(mut words: Vec<String>) -> Self {
        words.sort();
        words.dedup();
        words.truncate((1 << NUMBER) - 2);
        let mut places = vec![0; (words.len() * 2 + 1).next_power_of_two()];
        let mask = places.len() - 1;
        for (i, w) in words.iter().enumerate() {
            let hash = word_hash(w);
            let mut at = hash as usize & mask;
            while places[at] != 0 {
                at = (at + 1) & mask;
            }
            places[at] = (hash >> 16) << NUMBER | (i as u32 + 1);
        }
        Self { words, places }
    }

    /// The number of a word among [`WordTable::words`].
    #[inline]
    pub fn find(&self, word: &str) -> Option<usize> {
        let hash = word_hash(word);
        let mask = self.places.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        // nothing stands anywhere in a table without places
        while let Some(&place) = self.places.get(at).filter(|p| **p != 0) {
            let number = (place & ((1 << NUMBER) - 1)) as usize - 1;
            if place >> NUMBER == hash >> 16 && self.words[number] == word {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Whether a word is in the table.
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// The words in their order.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_knows_its_words_only() {
        let words: Vec<String> =
            (0..3000).map(|i| format!("mot{}", i * 7919)).chain(["".into(), "un".into()]).collect();
        let table = WordTable::new(words.clone());
        assert!(words.iter().all(|w| table.find(w).is_some_and(|i| table.words()[i] == *w)));
        assert!(table.words().is_sorted() && !table.has("mot1") && !table.has("deux"));
        assert!(!WordTable::default().has("mot0") && !WordTable::new(Vec::new()).has(""));
    }
}

//! The small words of a language, quick to look up.

use recoupe_text::word_hash;

/// A set of words, sorted, with a table to find them in.
#[derive(Clone, Debug)]
pub(crate) struct Stops {
    words: Vec<String>,
    /// One more than the number of a word, at the place its hash gives or the next free one; 0 is free.
    table: Vec<u16>,
}

impl Stops {
    pub fn new(mut words: Vec<String>) -> Self {
        words.retain(|w| !w.is_empty());
        words.sort();
        words.dedup();
        words.truncate(u16::MAX as usize - 1);
        let mut table = vec![0; (words.len() * 4).next_power_of_two()];
        for (i, w) in words.iter().enumerate() {
            let mut at = word_hash(w) as usize & (table.len() - 1);
            while table[at] != 0 {
                at = (at + 1) & (table.len() - 1);
            }
            table[at] = i as u16 + 1;
        }
        Self { words, table }
    }

    pub fn has(&self, word: &str) -> bool {
        self.find(word).is_some()
    }

    /// The number of a word among [`Stops::words`].
    pub fn find(&self, word: &str) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut at = word_hash(word) as usize & mask;
        while let Some(i) = usize::from(self.table[at]).checked_sub(1) {
            if self.words[i] == word {
                return Some(i);
            }
            at = (at + 1) & mask;
        }
        None
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_know_their_words_only() {
        let words: Vec<String> = (0..300).map(|i| format!("mot{}", i * 7919)).collect();
        let stops = Stops::new(words.clone());
        assert!(words.iter().all(|w| stops.has(w)) && !stops.has("mot1") && !stops.has(""));
        assert!(!Stops::new(Vec::new()).has("mot0"));
    }
}

//! The small words of a language, quick to look up.

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
            let mut at = place(w, table.len());
            while table[at] != 0 {
                at = (at + 1) % table.len();
            }
            table[at] = i as u16 + 1;
        }
        Self { words, table }
    }

    pub fn has(&self, word: &str) -> bool {
        let mut at = place(word, self.table.len());
        while let Some(i) = usize::from(self.table[at]).checked_sub(1) {
            if self.words[i] == word {
                return true;
            }
            at = (at + 1) % self.table.len();
        }
        false
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// Where to look for a word in a table of a size: by its first letters and its length.
fn place(word: &str, size: usize) -> usize {
    let mut first = [0; 8];
    let n = word.len().min(8);
    first[..n].copy_from_slice(&word.as_bytes()[..n]);
    let h = (u64::from_le_bytes(first) ^ (word.len() as u64).rotate_right(11)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (h >> 40) as usize % size
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

//! The small words of a language, quick to look up.

use recoupe_text::TextSketch;

/// A sorted set of words with an index of first bytes.
#[derive(Clone, Debug)]
pub(crate) struct Stops {
    words: Vec<String>,
    sketch: TextSketch,
    /// Where the words of each first byte begin.
    first: Vec<u16>,
}

impl Stops {
    pub fn new(mut words: Vec<String>) -> Self {
        words.retain(|w| !w.is_empty());
        words.sort();
        words.dedup();
        words.truncate(u16::MAX as usize);
        let first =
            (0..=256usize).map(|b| words.partition_point(|w| usize::from(w.as_bytes()[0]) < b) as u16).collect();
        let sketch = words.iter().map(String::as_str).collect();
        Self { words, sketch, first }
    }

    pub fn has(&self, word: &str) -> bool {
        if !self.sketch.may_hold(word) {
            return false;
        }
        let Some(&b) = word.as_bytes().first() else { return false };
        let range = self.first[b as usize] as usize..self.first[b as usize + 1] as usize;
        self.words[range].binary_search_by(|x| x.as_str().cmp(word)).is_ok()
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }
}

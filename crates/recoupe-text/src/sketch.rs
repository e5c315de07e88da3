//! A quick “no” to the question whether a word is among others.

/// What tells quickly that a word is not among others: a bit for each, which other words may share.
#[derive(Clone, Debug)]
pub struct Sketch<const N: usize>([u64; N]);

/// The sketch of a short list.
pub type ListSketch = Sketch<4>;
/// The sketch of a table of words.
pub type MapSketch = Sketch<256>;
/// The sketch of a sentence.
pub type TextSketch = Sketch<32>;

impl<const N: usize> Default for Sketch<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Sketch<N> {
    /// The word's bit, as the number of the cell and the bit in it.
    fn bit(word: &str) -> (usize, u64) {
        let mut first = [0; 8];
        let n = word.len().min(8);
        first[..n].copy_from_slice(&word.as_bytes()[..n]);
        let h = (u64::from_le_bytes(first) ^ (word.len() as u64).rotate_right(11)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let h = (h >> 40) as usize;
        (h / 64 % N, 1 << (h % 64))
    }

    /// Enters a word.
    pub fn add(&mut self, word: &str) {
        let (cell, bit) = Self::bit(word);
        self.0[cell] |= bit;
    }

    /// Whether the word may have been entered; `false` is certain.
    #[inline]
    pub fn may_hold(&self, word: &str) -> bool {
        let (cell, bit) = Self::bit(word);
        self.0[cell] & bit != 0
    }

    /// Whether a word may have been entered in both; `false` is certain.
    pub fn may_share(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |all, (a, b)| all | a & b) != 0
    }
}

impl<'a, const N: usize> FromIterator<&'a str> for Sketch<N> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let mut s = Self::default();
        words.into_iter().for_each(|w| s.add(w));
        s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sketch_never_denies_what_was_entered() {
        let words: Vec<String> = (0..500).map(|i| format!("mot{}", i * 7919)).collect();
        let s: TextSketch = words.iter().map(String::as_str).collect();
        assert!(words.iter().all(|w| s.may_hold(w)));
        let two: TextSketch = ["mot0"].into_iter().collect();
        assert!(s.may_share(&two) && !s.may_share(&TextSketch::default()));
        let few: ListSketch = ["un", "deux", "trois"].into_iter().collect();
        let others = words.iter().filter(|w| few.may_hold(w)).count();
        assert!(others < 50, "{others} of 500 unknown words pass");
    }
}

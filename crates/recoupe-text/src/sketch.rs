//! A quick “no” to the question whether a word is among others.

/// What tells quickly that a word is not among others: a bit for each, which other words may share.
#[derive(Clone, Debug)]
pub struct Sketch<const N: usize>([u64; N]);

/// The sketch of a short list.
pub type ListSketch = Sketch<4>;
/// The sketch of a sentence.
pub type TextSketch = Sketch<32>;

/// 24 bits that tell most words apart: by their first eight bytes and their length.
#[inline]
pub fn word_hash(word: &str) -> u32 {
    let first = first_bytes(word.as_bytes());
    ((first ^ (word.len() as u64).rotate_right(11)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u32
}

/// The first eight bytes as a number, the lowest first; 0 where there are fewer.
#[inline]
fn first_bytes(word: &[u8]) -> u64 {
    if let Some(all) = word.first_chunk() {
        return u64::from_le_bytes(*all);
    }
    let n = word.len();
    if let (Some(low), Some(high)) = (word.first_chunk(), word.last_chunk()) {
        // four at each end, which may lie over each other
        return u64::from(u32::from_le_bytes(*low)) | u64::from(u32::from_le_bytes(*high)) << (8 * (n - 4));
    }
    word.iter().rev().fold(0, |all, b| all << 8 | u64::from(*b))
}

impl<const N: usize> Default for Sketch<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Sketch<N> {
    /// The word's bit, as the number of the cell and the bit in it.
    #[inline]
    fn bit(word: &str) -> (usize, u64) {
        let h = word_hash(word) as usize;
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
    fn the_first_bytes_stand_in_their_order() {
        let word = b"abcdefghij";
        for n in 0..=word.len() {
            let mut first = [0; 8];
            first[..n.min(8)].copy_from_slice(&word[..n.min(8)]);
            assert_eq!(first_bytes(&word[..n]), u64::from_le_bytes(first), "{n}");
        }
    }

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

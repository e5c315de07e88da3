//! Beginnings of words, looked for at every word of a page: nearly all are told apart by their first letters.

/// Bits of a hash of three bytes.
const BITS: u32 = 13;

/// Words, phrases and stems that may stand where a word of a text begins.
pub(crate) struct Starts {
    /// Sorted, each with its number in the order given.
    entries: Vec<(Box<[u8]>, u32)>,
    /// Where the entries of each first byte begin.
    first: Vec<u32>,
    /// First three bytes of the entries.
    heads: Vec<u64>,
    /// First bytes of entries shorter than that.
    short: [bool; 256],
}

fn slot(a: u8, b: u8, c: u8) -> (usize, u64) {
    let h = u32::from_le_bytes([a, b, c, 0]).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    (h as usize / 64, 1 << (h % 64))
}

impl Starts {
    pub fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Self {
        let mut entries: Vec<(Box<[u8]>, u32)> =
            entries.into_iter().enumerate().map(|(i, e)| (e.as_bytes().into(), i as u32)).collect();
        entries.retain(|e| !e.0.is_empty());
        entries.sort();
        let first = (0..=256usize).map(|b| entries.partition_point(|e| usize::from(e.0[0]) < b) as u32).collect();
        let mut heads = vec![0; 1 << (BITS - 6)];
        let mut short = [false; 256];
        for (e, _) in &entries {
            if let [a, b, c, ..] = **e {
                let (cell, bit) = slot(a, b, c);
                heads[cell] |= bit;
            } else {
                short[usize::from(e[0])] = true;
            }
        }
        Self { entries, first, heads, short }
    }

    /// Calls `found` with the number and the length of each entry with which a text begins, the shortest first, until it says
    /// that this is enough; whether it did.
    #[inline]
    pub fn at(&self, text: &[u8], found: impl FnMut(usize, usize) -> bool) -> bool {
        let may = match *text {
            [a, b, c, ..] => {
                let (cell, bit) = slot(a, b, c);
                self.heads[cell] & bit != 0 || self.short[usize::from(a)]
            }
            [a, ..] => self.short[usize::from(a)],
            [] => false,
        };
        may && self.walk(text, found)
    }

    fn walk(&self, text: &[u8], mut found: impl FnMut(usize, usize) -> bool) -> bool {
        let b = usize::from(text[0]);
        let mut range = &self.entries[self.first[b] as usize..self.first[b + 1] as usize];
        for at in 1.. {
            while let Some((entry, number)) = range.first().filter(|e| e.0.len() == at) {
                if found(*number as usize, entry.len()) {
                    return true;
                }
                range = &range[1..];
            }
            let Some(b) = text.get(at).filter(|_| !range.is_empty()) else { break };
            let from = range.partition_point(|e| e.0[at] < *b);
            let to = from + range[from..].partition_point(|e| e.0[at] == *b);
            range = &range[from..to];
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(starts: &Starts, text: &str) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        starts.at(text.as_bytes(), |n, len| {
            out.push((n, len));
            false
        });
        out
    }

    #[test]
    fn finds_every_entry_with_which_a_text_begins() {
        let s = Starts::new(["obus", "ob", "obus de mortier", "tir", "obus", "é"]);
        assert_eq!(all(&s, "obus de mortiers"), [(1, 2), (0, 4), (4, 4), (2, 15)]);
        assert_eq!(all(&s, "ob"), [(1, 2)]);
        assert_eq!(all(&s, "été"), [(5, 2)]);
        assert_eq!((all(&s, "tio"), all(&s, "o"), all(&s, "")), (vec![], vec![], vec![]));
        assert!(s.at(b"tirs", |n, _| n == 3) && !s.at(b"obus", |n, _| n == 3));
    }
}

//! Words and phrases looked for at every place of a text, where hardly any stands: told apart by their first letters.

use std::ops::Range;

/// How many letters, as bytes, entries are told apart by before they are compared in full.
const HEAD: usize = 4;

/// Entries that may stand in a text. An automaton reads a table of its own for every byte; this one reads a small sketch, and
/// the entries with one beginning lie side by side.
#[derive(Clone, Debug)]
pub struct Prefixes {
    /// All entries, sorted, one behind the other.
    bytes: Vec<u8>,
    /// Where each begins and ends, and its number in the order given.
    entries: Vec<Entry>,
    /// Heads with the entries that have them; open addressing.
    slots: Vec<Slot>,
    /// A bit for each head, which others may share.
    sketch: Vec<u64>,
    /// How many bits of a hash make a place in the sketch.
    bits: u32,
    /// Lengths of heads below the full one that there are.
    short: [bool; HEAD],
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    from: u32,
    to: u32,
    number: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    head: u32,
    from: u32,
    /// No entries: a free slot.
    n: u32,
}

/// An entry in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrefixMatch {
    /// Where it stands.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its number in the order the entries were given.
    pub number: usize,
}

impl PrefixMatch {
    /// Its bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl Default for Prefixes {
    fn default() -> Self {
        // one bit at least, so that a hash may be cut down to it
        Self {
            bytes: Vec::new(),
            entries: Vec::new(),
            slots: Vec::new(),
            sketch: Vec::new(),
            bits: 1,
            short: [false; HEAD],
        }
    }
}

#[inline]
fn hash(head: u32) -> u32 {
    head.wrapping_mul(0x9e37_79b1)
}

/// The first letters as a number; those of shorter texts are filled up.
#[inline]
fn head(text: &[u8]) -> u32 {
    match text.first_chunk() {
        Some(all) => u32::from_le_bytes(*all),
        None => text.iter().rev().fold(0, |all, b| all << 8 | u32::from(*b)),
    }
}

impl<'a> FromIterator<&'a str> for Prefixes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(entries: I) -> Self {
        let mut all: Vec<(&str, u32)> = entries.into_iter().enumerate().map(|(i, e)| (e, i as u32)).collect();
        all.retain(|e| !e.0.is_empty());
        all.sort_unstable();
        if all.is_empty() {
            return Self::default();
        }
        let mut p = Self { bits: (all.len().max(16) as u32 * 16).ilog2(), ..Self::default() };
        p.sketch = vec![0; 1 << (p.bits - 6)];
        p.slots = vec![Slot::default(); (all.len() * 2 + 1).next_power_of_two()];
        for (text, number) in &all {
            let from = p.bytes.len() as u32;
            p.bytes.extend(text.bytes());
            p.entries.push(Entry { from, to: p.bytes.len() as u32, number: *number });
            if let Some(short) = p.short.get_mut(text.len()) {
                *short = true;
            }
        }
        let heads: Vec<(u32, usize)> = all.iter().map(|e| (head(e.0.as_bytes()), e.0.len().min(HEAD))).collect();
        let mut from = 0;
        for group in heads.chunk_by(|a, b| a == b) {
            p.enter(group[0].0, from, group.len() as u32);
            from += group.len() as u32;
        }
        p
    }
}

impl Prefixes {
    fn enter(&mut self, head: u32, from: u32, n: u32) {
        let bit = hash(head) >> (32 - self.bits);
        self.sketch[bit as usize / 64] |= 1 << (bit % 64);
        let mask = self.slots.len() - 1;
        let mut at = hash(head) as usize >> 7 & mask;
        while self.slots[at].n > 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { head, from, n };
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Calls `found` with the number and the length of each entry with which a text begins, the shortest first, until it says
    /// that this is enough; whether it did.
    #[inline]
    pub fn at(&self, text: &[u8], mut found: impl FnMut(usize, usize) -> bool) -> bool {
        let head = head(text);
        for n in 1..HEAD {
            if self.short[n] && n <= text.len() && self.under(head & !(u32::MAX << (8 * n)), text, &mut found) {
                return true;
            }
        }
        text.len() >= HEAD && self.under(head, text, &mut found)
    }

    #[inline]
    fn under(&self, head: u32, text: &[u8], found: &mut impl FnMut(usize, usize) -> bool) -> bool {
        let bit = hash(head) >> (32 - self.bits);
        let known = self.sketch.get(bit as usize / 64).is_some_and(|cell| cell & 1 << (bit % 64) != 0);
        known && self.compare(head, text, found)
    }

    #[inline(never)]
    fn compare(&self, head: u32, text: &[u8], found: &mut impl FnMut(usize, usize) -> bool) -> bool {
        let mask = self.slots.len() - 1;
        let mut at = hash(head) as usize >> 7 & mask;
        while self.slots[at].n > 0 {
            let Slot { head: h, from, n } = self.slots[at];
            at = (at + 1) & mask;
            if h != head {
                continue;
            }
            for e in &self.entries[from as usize..(from + n) as usize] {
                let entry = &self.bytes[e.from as usize..e.to as usize];
                if text.starts_with(entry) && found(e.number as usize, entry.len()) {
                    return true;
                }
            }
        }
        false
    }

    /// The entries in a text from left to right, none over another: where several begin at one place, the longest; of equal
    /// ones, the first that was given.
    pub fn find_in<'p>(&'p self, text: &'p str) -> impl Iterator<Item = PrefixMatch> + 'p {
        let bytes = if self.entries.is_empty() { &[] } else { text.as_bytes() };
        let mut start = 0;
        std::iter::from_fn(move || {
            while start < bytes.len() {
                let mut longest: Option<(usize, usize)> = None;
                self.at(&bytes[start..], |number, len| {
                    if longest.is_none_or(|l| len > l.1) {
                        longest = Some((number, len));
                    }
                    false
                });
                if let Some((number, len)) = longest {
                    let m = PrefixMatch { start, end: start + len, number };
                    start = m.end;
                    return Some(m);
                }
                start += 1;
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(p: &Prefixes, text: &str) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        p.at(text.as_bytes(), |n, len| {
            out.push((n, len));
            false
        });
        out
    }

    #[test]
    fn finds_every_entry_with_which_a_text_begins() {
        let p: Prefixes = ["obus", "ob", "obus de mortier", "tir", "obus", "é", ""].into_iter().collect();
        assert_eq!(at(&p, "obus de mortiers"), [(1, 2), (0, 4), (4, 4), (2, 15)]);
        assert_eq!((at(&p, "ob"), at(&p, "été")), (vec![(1, 2)], vec![(5, 2)]));
        assert_eq!((at(&p, "tio"), at(&p, "o"), at(&p, "")), (vec![], vec![], vec![]));
        assert!(p.at(b"tirs", |n, _| n == 3) && !p.at(b"obus", |n, _| n == 3));
        assert!(!Prefixes::default().at(b"obus", |_, _| true) && Prefixes::default().is_empty());
    }

    #[test]
    fn of_entries_over_each_other_the_leftmost_and_longest_stands() {
        let entries = ["la ", "la ville ", "ville de ", "de ", "e ", "somalie ", "mali ", "mali "];
        let p: Prefixes = entries.into_iter().collect();
        let found = |t: &str| p.find_in(t).map(|m| (m.start, entries[m.number], m.number)).collect::<Vec<_>>();
        assert_eq!(found("la ville de mali "), [(0, "la ville ", 1), (9, "de ", 3), (12, "mali ", 6)]);
        assert_eq!(found("la ville"), [(0, "la ", 0)]);
        assert_eq!(found("so mali somali "), [(3, "mali ", 6), (10, "mali ", 6)]);
        assert_eq!(found("grande ville de"), [(4, "de ", 3), (11, "e ", 4)]);
        assert_eq!(Prefixes::default().find_in("la ").count() + p.find_in("").count(), 0);
    }
}

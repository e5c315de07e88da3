//! A linear classifier over hashed features, its rows sparse.

use crate::bytes::{ModelError, Reader, Writer};
use crate::loops::add_some;

/// How many keys are looked up together: about as many as a word has.
const TOGETHER: usize = 48;

/// Weights of `classes` classes by feature key. Sums of `i32`: the same on every machine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linear {
    pub classes: usize,
    /// Open addressing.
    slots: Vec<Slot>,
    /// A part of the key of each slot; 0 where it is free.
    marks: Vec<u8>,
    mask: usize,
    entries: Vec<(u16, i16)>,
    /// Rows of features that speak of many classes, a number for each class: quicker to add than one by one.
    dense: Vec<i16>,
}

/// Where the row of a key is.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    from: u32,
    /// Entries.
    n: u16,
    /// Number of its dense row, counted from 1; 0 where it has none.
    dense: u16,
}

/// What is kept of a key beside its slot; the slot says more about the low bits.
fn mark(key: u32) -> u8 {
    ((key >> 24) as u8).max(1)
}

/// Rows longer than this are kept dense too.
const LONG: usize = 16;

impl Linear {
    /// Adds the rows of `keys` to `scores`.
    pub fn score(&self, keys: &[u32], scores: &mut [i32]) {
        if self.slots.is_empty() {
            return;
        }
        for keys in keys.chunks(TOGETHER) {
            // Many keys are unknown, and one byte each, near the processor, tells so. All other slots are asked for before the first
            // is looked at, so that their ways from memory overlap.
            let mut at = [(0u32, 0usize); TOGETHER];
            let mut n = 0;
            for &key in keys {
                if let Some(i) = self.marked(key, key as usize & self.mask) {
                    at[n] = (key, i);
                    n += 1;
                }
            }
            let mut slots = [Slot::default(); TOGETHER];
            for (slot, (_, i)) in slots.iter_mut().zip(&at[..n]) {
                *slot = self.slots[*i];
            }
            let mut dense = [0u16; TOGETHER];
            let mut long = 0;
            let mut sparse = [(0u32, 0u16, (0u16, 0i16)); TOGETHER];
            let mut short = 0;
            for (&(key, i), &slot) in at[..n].iter().zip(&slots) {
                let Some(slot) = (if slot.key == key { Some(slot) } else { self.find(key, i + 1) }) else { continue };
                if slot.dense > 0 {
                    dense[long] = slot.dense - 1;
                    long += 1;
                } else {
                    sparse[short] = (slot.from, slot.n, self.entries[slot.from as usize]);
                    short += 1;
                }
            }
            add_some(&self.dense, &dense[..long], scores);
            for &(from, n, (class, w)) in &sparse[..short] {
                scores[usize::from(class)] += i32::from(w);
                for &(class, w) in &self.entries[from as usize + 1..from as usize + usize::from(n)] {
                    scores[usize::from(class)] += i32::from(w);
                }
            }
        }
    }

    /// Where the first slot is, from `i` on, that may hold the key.
    #[inline(always)]
    fn marked(&self, key: u32, mut i: usize) -> Option<usize> {
        let sought = mark(key);
        loop {
            i &= self.mask;
            match self.marks[i] {
                0 => return None,
                m if m == sought => return Some(i),
                _ => i += 1,
            }
        }
    }

    /// The slot of a key, from `i` on.
    fn find(&self, key: u32, mut i: usize) -> Option<Slot> {
        loop {
            let at = self.marked(key, i)?;
            if self.slots[at].key == key {
                return Some(self.slots[at]);
            }
            i = at + 1;
        }
    }

    /// Builds the table from rows sorted by key.
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn build(classes: usize, rows: &[(u32, Vec<(u16, i16)>)]) -> Self {
        let mut t = Self { classes, ..Self::default() };
        t.reserve(rows.len());
        for (key, row) in rows {
            t.insert(*key, row.iter().copied());
        }
        t
    }

    fn reserve(&mut self, n: usize) {
        let size = (n.max(4) * 8 / 5).next_power_of_two();
        self.slots = vec![Slot::default(); size];
        self.marks = vec![0; size];
        self.mask = size - 1;
    }

    fn insert(&mut self, key: u32, row: impl Iterator<Item = (u16, i16)>) {
        let from = self.entries.len();
        self.entries.extend(row);
        self.place(key, from);
    }

    /// Enters the key of the row that begins at `from` and ends with the last entry.
    fn place(&mut self, key: u32, from: usize) {
        let n = self.entries.len() - from;
        if n == 0 {
            return;
        }
        let mut i = key as usize & self.mask;
        while self.marks[i] != 0 {
            i = (i + 1) & self.mask;
        }
        let mut dense = 0;
        if n > LONG {
            let rows = self.dense.len() / self.classes;
            dense = u16::try_from(rows + 1).unwrap_or(0);
            if dense > 0 {
                self.dense.resize((rows + 1) * self.classes, 0);
                for &(class, w) in &self.entries[from..] {
                    self.dense[rows * self.classes + usize::from(class)] += w;
                }
            }
        }
        self.marks[i] = mark(key);
        self.slots[i] = Slot { key, from: from as u32, n: n as u16, dense };
    }

    /// Appends the table to a model.
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        let mut rows: Vec<&Slot> = self.slots.iter().filter(|s| s.n > 0).collect();
        rows.sort_by_key(|s| s.key);
        w.uint(self.classes as u64);
        w.uint(rows.len() as u64);
        let mut last = 0;
        for Slot { key, from, n, .. } in rows {
            w.uint(u64::from(key - last));
            last = *key;
            w.uint(u64::from(*n));
            let mut c = 0;
            for (class, weight) in &self.entries[*from as usize..*from as usize + *n as usize] {
                w.uint(u64::from(class - c));
                c = *class;
                w.int(i64::from(*weight));
            }
        }
    }

    /// Reads the table of a model.
    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let classes = r.count()?;
        let n = r.count()?;
        let mut t = Self { classes, ..Self::default() };
        t.reserve(n);
        let mut key = 0u32;
        for _ in 0..n {
            key = key.wrapping_add(r.uint()? as u32);
            let len = r.count()?;
            let from = t.entries.len();
            let mut class = 0u64;
            for _ in 0..len {
                class += r.uint()?;
                let w = r.int()?;
                if class >= classes as u64 {
                    return Err(r.damaged());
                }
                t.entries.push((class as u16, w as i16));
            }
            t.place(key, from);
        }
        Ok(t)
    }
}

/// The first class with the highest score.
pub(crate) fn best(scores: &[i32]) -> usize {
    let mut b = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[b] {
            b = i;
        }
    }
    b
}

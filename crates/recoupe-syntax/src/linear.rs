//! A linear classifier over hashed features, its rows sparse.

use crate::bytes::{ModelError, Reader, Writer};

/// How many keys are looked up together: about as many as a word has.
const TOGETHER: usize = 48;

/// Weights of `classes` classes by feature key. Sums of `i32`: the same on every machine.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linear {
    pub classes: usize,
    /// Open addressing.
    slots: Vec<Slot>,
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
    /// Entries; a slot without any is free.
    n: u16,
    /// Number of its dense row, counted from 1; 0 where it has none.
    dense: u16,
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
            // all slots are asked for before the first is looked at, so that their ways from memory overlap
            let mut slots = [Slot::default(); TOGETHER];
            for (slot, key) in slots.iter_mut().zip(keys) {
                *slot = self.slots[*key as usize & self.mask];
            }
            for (&key, &(mut slot)) in keys.iter().zip(&slots) {
                let mut i = key as usize & self.mask;
                while slot.n != 0 && slot.key != key {
                    i = (i + 1) & self.mask;
                    slot = self.slots[i];
                }
                if let Some(row) = usize::from(slot.dense).checked_sub(1) {
                    let row = &self.dense[row * self.classes..][..self.classes];
                    scores.iter_mut().zip(row).for_each(|(s, w)| *s += i32::from(*w));
                    continue;
                }
                for &(class, w) in &self.entries[slot.from as usize..slot.from as usize + usize::from(slot.n)] {
                    scores[usize::from(class)] += i32::from(w);
                }
            }
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
        while self.slots[i].n != 0 {
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

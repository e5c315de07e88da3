//! Small numbers by hash: the tables of a model that are looked up for every word.

/// A hash table that is filled once. Its keys are hashes already.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// Open addressing; a value of [`FREE`] marks a free slot.
    slots: Vec<(u64, u32)>,
    mask: usize,
}

const FREE: u32 = u32::MAX;

impl Keys {
    /// The table of these pairs; of equal keys the first counts.
    pub fn new(pairs: impl ExactSizeIterator<Item = (u64, u32)>) -> Self {
        let size = (pairs.len().max(4) * 8 / 5).next_power_of_two();
        let mut t = Self { slots: vec![(0, FREE); size], mask: size - 1 };
        for (key, value) in pairs {
            let i = t.slot(key);
            if t.slots[i].1 == FREE {
                t.slots[i] = (key, value);
            }
        }
        t
    }

    /// Where a key is, or would be.
    fn slot(&self, key: u64) -> usize {
        let mut i = key as usize & self.mask;
        while self.slots[i].1 != FREE && self.slots[i].0 != key {
            i = (i + 1) & self.mask;
        }
        i
    }

    pub fn get(&self, key: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let value = self.slots[self.slot(key)].1;
        (value != FREE).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let pairs: Vec<(u64, u32)> = (0..1000u64).map(|i| (i * i * 7919, i as u32)).collect();
        let t = Keys::new(pairs.iter().copied());
        assert!(pairs.iter().all(|(k, v)| t.get(*k) == Some(*v)));
        assert_eq!((t.get(1), Keys::default().get(1)), (None, None));
        let twice = Keys::new([(5, 1), (5, 2)].into_iter());
        assert_eq!(twice.get(5), Some(1));
    }
}

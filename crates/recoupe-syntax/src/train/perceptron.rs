//! The averaged perceptron.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::linear::Linear;

/// Keys are hashes already.
#[derive(Default)]
struct Plain(u64);

impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0 << 8 | u64::from(*b);
        }
    }
    fn write_u32(&mut self, i: u32) {
        self.0 = u64::from(i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

#[derive(Clone, Copy)]
struct Entry {
    class: u16,
    weight: f32,
    total: f64,
    stamp: u32,
}

pub(crate) struct Perceptron {
    index: HashMap<u32, u32, BuildHasherDefault<Plain>>,
    rows: Vec<(u32, Vec<Entry>)>,
    scores: Vec<f32>,
    now: u32,
}

impl Perceptron {
    pub fn new(classes: usize) -> Self {
        Self { index: HashMap::default(), rows: Vec::new(), scores: vec![0.0; classes], now: 1 }
    }

    pub fn scores(&mut self, keys: &[u32]) -> &[f32] {
        self.scores.fill(0.0);
        for k in keys {
            if let Some(r) = self.index.get(k) {
                for e in &self.rows[*r as usize].1 {
                    self.scores[e.class as usize] += e.weight;
                }
            }
        }
        &self.scores
    }

    /// Nothing was wrong.
    pub fn tick(&mut self) {
        self.now += 1;
    }

    pub fn update(&mut self, keys: &[u32], right: usize, wrong: usize) {
        for &k in keys {
            let r = *self.index.entry(k).or_insert_with(|| {
                self.rows.push((k, Vec::new()));
                self.rows.len() as u32 - 1
            });
            for (class, by) in [(right, 1.0), (wrong, -1.0)] {
                let row = &mut self.rows[r as usize].1;
                match row.iter_mut().find(|e| e.class as usize == class) {
                    Some(e) => {
                        e.total += f64::from(e.weight) * f64::from(self.now - e.stamp);
                        e.stamp = self.now;
                        e.weight += by;
                    }
                    None => row.push(Entry { class: class as u16, weight: by, total: 0.0, stamp: self.now }),
                }
            }
        }
        self.now += 1;
    }

    /// One plain multiclass step; returns the guess made before it.
    pub fn learn(&mut self, keys: &[u32], right: usize) -> usize {
        let scores = self.scores(keys);
        let mut guess = 0;
        for (i, s) in scores.iter().enumerate() {
            if *s > scores[guess] {
                guess = i;
            }
        }
        if guess == right {
            self.tick()
        } else {
            self.update(keys, right, guess)
        }
        guess
    }

    /// Averaged weights times `scale`; those not above `floor` are left out.
    pub fn finish(&self, scale: f64, floor: i16) -> Linear {
        let mut rows: Vec<(u32, Vec<(u16, i16)>)> = Vec::new();
        for (k, row) in &self.rows {
            let mut kept: Vec<(u16, i16)> = row
                .iter()
                .map(|e| {
                    let total = e.total + f64::from(e.weight) * f64::from(self.now - e.stamp);
                    let w = (total / f64::from(self.now) * scale).round().clamp(-32000.0, 32000.0) as i16;
                    (e.class, w)
                })
                .filter(|(_, w)| w.abs() > floor)
                .collect();
            kept.sort();
            if !kept.is_empty() {
                rows.push((*k, kept));
            }
        }
        rows.sort();
        Linear::build(self.scores.len(), &rows)
    }
}

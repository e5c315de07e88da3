//! Part of speech and morphology, left to right.

use crate::bytes::{ModelError, Reader, Writer};
use crate::form::{feature, hash, lower_into, prefix, shape, suffix};
use crate::keys::Keys;
use crate::linear::{Linear, best};
use crate::tree::{Feats, Upos};

/// What the classifiers know of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Info {
    pub form: u64,
    pub suf1: u64,
    pub suf2: u64,
    pub suf3: u64,
    pub suf4: u64,
    pub pre1: u64,
    pub pre3: u64,
    pub shape: u64,
    /// Which parts of speech the training text had for it; 0 for none.
    pub amb: u64,
}

const EDGE: Info = Info { form: 1, suf1: 1, suf2: 1, suf3: 1, suf4: 1, pre1: 1, pre3: 1, shape: 200, amb: 1 };

/// Word → set of parts of speech, by hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    /// Sorted.
    words: Vec<(u32, u32)>,
    /// The same, as they are looked up.
    quick: Keys,
}

impl Lexicon {
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn new(mut words: Vec<(u32, u32)>) -> Self {
        words.sort();
        words.dedup_by_key(|w| w.0);
        Self::ready(words)
    }
    fn ready(words: Vec<(u32, u32)>) -> Self {
        let quick = Keys::new(words.iter().map(|(k, v)| (u64::from(*k), *v)));
        Self { words, quick }
    }
    pub fn get(&self, form: u64) -> u32 {
        self.quick.get(form & u64::from(u32::MAX)).unwrap_or(0)
    }
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        w.uint(self.words.len() as u64);
        let mut last = 0;
        for (k, v) in &self.words {
            w.uint(u64::from(k - last));
            w.uint(u64::from(*v));
            last = *k;
        }
    }
    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = r.count()?;
        let mut words = Vec::with_capacity(n);
        let mut k = 0u32;
        for _ in 0..n {
            k = k.wrapping_add(r.uint()? as u32);
            words.push((k, r.uint()? as u32));
        }
        Ok(Self::ready(words))
    }
}

/// Looks at a word once.
pub(crate) fn info(form: &str, lexicon: &Lexicon, buffer: &mut String) -> Info {
    lower_into(form, buffer);
    let h = hash(buffer);
    Info {
        form: h,
        suf1: hash(suffix(buffer, 1)),
        suf2: hash(suffix(buffer, 2)),
        suf3: hash(suffix(buffer, 3)),
        suf4: hash(suffix(buffer, 4)),
        pre1: hash(prefix(buffer, 1)),
        pre3: hash(prefix(buffer, 3)),
        shape: u64::from(shape(form)),
        amb: u64::from(lexicon.get(h)) + 2,
    }
}

/// A joint tag: part of speech and the features kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tag {
    pub name: String,
    pub upos: Upos,
    pub feats: Feats,
}

impl Tag {
    pub fn new(name: &str) -> Self {
        let (upos, feats) = name.split_once(' ').unwrap_or((name, ""));
        Self { name: name.to_owned(), upos: Upos::from_ud(upos), feats: Feats::from_ud(feats) }
    }
}

/// The tagger: tags, the lexicon of known words and the weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tagger {
    pub tags: Vec<Tag>,
    pub linear: Linear,
}

/// The features of word `i` after the tags already given to the words before it.
pub(crate) fn features(words: &[Info], i: usize, t1: u64, t2: u64, out: &mut Vec<u32>) {
    let at = |k: isize| -> &Info { words.get((i as isize + k) as usize).unwrap_or(&EDGE) };
    let (w, p, n) = (at(0), at(-1), at(1));
    let (pp, nn) = (at(-2), at(2));
    let first = u64::from(i == 0);
    out.clear();
    let mut t = 0u64;
    let mut f = |a: u64, b: u64| {
        t += 1;
        out.push(feature(t, a, b));
    };
    f(0, 0);
    f(w.form, 0);
    f(w.form, w.shape);
    f(w.suf1, w.amb);
    f(w.suf2, 0);
    f(w.suf3, 0);
    f(w.suf4, 0);
    f(w.pre1, 0);
    f(w.pre3, 0);
    f(w.shape, first);
    f(w.shape, w.amb);
    f(w.amb, t1);
    f(w.form, t1);
    f(w.suf3, t1);
    f(w.suf2, t1 ^ (w.shape << 32));
    f(t1, 0);
    f(t1, t2);
    f(t1 ^ (t2 << 20), w.amb);
    f(p.form, 0);
    f(p.form, w.form);
    f(p.form, w.suf2);
    f(p.form, w.amb);
    f(pp.form, 0);
    f(pp.form ^ p.form.rotate_left(7), w.amb);
    f(n.form, 0);
    f(n.form, w.form);
    f(n.form, w.amb);
    f(n.form, t1);
    f(nn.form, 0);
    f(n.suf3, 0);
    f(n.suf2, w.amb);
    f(n.suf3, w.suf3);
    f(n.amb, w.amb);
    f(n.amb ^ (nn.amb << 32), w.amb);
    f(n.amb, t1 ^ (w.amb << 32));
    f(n.shape, w.shape);
    f(p.suf3, w.suf3);
    f(p.shape, w.shape);
    f(t2, w.amb);
    f(p.form ^ n.form.rotate_left(9), w.amb);
}

impl Tagger {
    /// The tags of a sentence.
    pub fn tag(&self, words: &[Info], keys: &mut Vec<u32>, scores: &mut Vec<i32>, out: &mut Vec<u16>) {
        out.clear();
        let (mut t1, mut t2) = (1000u64, 1000u64);
        for i in 0..words.len() {
            features(words, i, t1, t2, keys);
            scores.clear();
            scores.resize(self.tags.len(), 0);
            self.linear.score(keys, scores);
            let tag = best(scores);
            out.push(tag as u16);
            t2 = t1;
            t1 = tag as u64;
        }
    }

    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        w.uint(self.tags.len() as u64);
        for t in &self.tags {
            w.text(&t.name);
        }
        self.linear.write(w);
    }

    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let n = r.count()?;
        let mut tags = Vec::with_capacity(n);
        for _ in 0..n {
            tags.push(Tag::new(r.text()?));
        }
        let linear = Linear::read(r)?;
        if linear.classes != tags.len() || tags.is_empty() {
            return Err(r.damaged());
        }
        Ok(Self { tags, linear })
    }
}

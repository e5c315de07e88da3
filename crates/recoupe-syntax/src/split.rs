//! Surface tokens to words: contractions.

use std::collections::BTreeMap;

use crate::bytes::{ModelError, Reader, Writer};
use crate::form::{feature, hash, lower, lower_into, shape, suffix};
use crate::linear::Linear;

/// The contractions of a language, and how to tell those that may also be a plain word (`des`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Splitter {
    /// Surface form in lower case → its words, and whether it can also be one word.
    pub table: BTreeMap<String, (Vec<String>, bool)>,
    /// Class 1 is "a contraction".
    pub linear: Linear,
    /// Bytes beyond which no form can be a contraction.
    longest: usize,
}

/// Features of the token at `i` among the lower-case surface forms.
pub(crate) fn features(forms: &[String], i: usize, out: &mut Vec<u32>) {
    let at = |k: isize| forms.get((i as isize + k) as usize).map_or("", String::as_str);
    let (w, p, n) = (hash(at(0)), at(-1), at(1));
    let (pp, nn) = (at(-2), at(2));
    out.clear();
    let mut t = 500u64;
    let mut f = |a: u64, b: u64| {
        t += 1;
        out.push(feature(t, a ^ w, b));
    };
    f(0, 0);
    f(hash(p), 0);
    f(hash(n), 0);
    f(hash(suffix(p, 2)), 0);
    f(hash(suffix(p, 3)), 0);
    f(hash(suffix(p, 4)), 0);
    f(hash(suffix(n, 3)), 0);
    f(hash(suffix(n, 2)), 0);
    f(hash(suffix(p, 3)), hash(suffix(n, 3)));
    f(hash(suffix(p, 2)), hash(suffix(pp, 3)));
    f(hash(pp), 0);
    f(hash(pp), hash(p));
    f(hash(pp), hash(suffix(p, 3)));
    f(hash(p), hash(n));
    f(hash(nn), 0);
    f(u64::from(shape(p)), u64::from(shape(n)));
}

impl Splitter {
    /// The words of the token at `i` among the surface forms, or none where it is one word.
    pub fn words(&self, forms: &[String], i: usize, keys: &mut Vec<u32>, buffer: &mut String) -> Option<&[String]> {
        if forms[i].len() > self.longest {
            return None;
        }
        lower_into(&forms[i], buffer);
        let (words, either) = self.table.get(buffer.as_str())?;
        if *either {
            // quotation marks tell nothing of what hangs on what: "a frappé « des civils »"
            let plain = |f: &&String| !matches!(f.as_str(), "\"" | "«" | "»" | "“" | "”" | "„");
            let mut near: Vec<&str> = forms[..i].iter().rev().filter(plain).take(2).map(String::as_str).collect();
            near.reverse();
            let at = near.len();
            near.extend(forms[i..].iter().filter(plain).take(3).map(String::as_str));
            features(&lowered(near.into_iter()), at, keys);
            let mut scores = [0; 2];
            self.linear.score(keys, &mut scores);
            if scores[0] > scores[1] {
                return None;
            }
        }
        Some(words)
    }

    /// A splitter of its tables.
    pub fn new(table: BTreeMap<String, (Vec<String>, bool)>, linear: Linear) -> Self {
        // a capital may take fewer bytes than its small letter
        let longest = table.keys().map(|k| k.len() * 2).max().unwrap_or(0);
        Self { table, linear, longest }
    }

    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        w.uint(self.table.len() as u64);
        for (surface, (words, either)) in &self.table {
            w.text(surface);
            w.uint(u64::from(*either));
            w.uint(words.len() as u64);
            words.iter().for_each(|x| w.text(x));
        }
        self.linear.write(w);
    }

    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut table = BTreeMap::new();
        for _ in 0..r.count()? {
            let surface = r.text()?.to_owned();
            let either = r.uint()? != 0;
            let n = r.count()?;
            let words = (0..n).map(|_| r.text().map(str::to_owned)).collect::<Result<Vec<_>, _>>()?;
            if words.is_empty() {
                return Err(r.damaged());
            }
            table.insert(surface, (words, either));
        }
        let linear = Linear::read(r)?;
        if linear.classes != 2 {
            return Err(r.damaged());
        }
        Ok(Self::new(table, linear))
    }
}

/// Lower-case surface forms.
pub(crate) fn lowered<'a>(forms: impl Iterator<Item = &'a str>) -> Vec<String> {
    forms.map(lower).collect()
}

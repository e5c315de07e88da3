//! Dictionary forms: known words by look-up, others by the ending they share with known ones.

use std::collections::BTreeMap;

use crate::bytes::{ModelError, Reader, Writer};
use crate::form::{hash, lower, lower_after, suffix};
use crate::keys::Keys;

/// How a form becomes its lemma: cut `cut` characters from the end, add `add`; `lower` says whether case is given up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    pub lower: bool,
    pub cut: u8,
    pub add: String,
}

impl Rule {
    /// The rule that leads from `form` to `lemma`.
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn learn(form: &str, lemma: &str) -> Self {
        let low = lower(form);
        let (base, lowered) = if low == form || lemma.chars().next().is_some_and(char::is_lowercase) {
            (low.as_str(), true)
        } else {
            (form, false)
        };
        let same: usize = base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        Self { lower: lowered, cut: base[same..].chars().count().min(255) as u8, add: lemma[same..].to_owned() }
    }
    /// The lemma of `form`; nothing where the rule would leave less than nothing.
    pub fn apply(&self, form: &str) -> Option<String> {
        let mut base = if self.lower { lower(form) } else { form.to_owned() };
        for _ in 0..self.cut {
            base.pop()?;
        }
        base.push_str(&self.add);
        (!base.is_empty()).then_some(base)
    }
}

/// Longest ending that is learnt.
pub(crate) const LONGEST: usize = 7;

/// The lemmatiser of a language. Keys begin with a class letter that stands for part of speech and verb form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lemmas {
    pub rules: Vec<Rule>,
    /// Class + lower form → rule; words that occur.
    pub words: BTreeMap<String, u16>,
    /// Class + ending → rule.
    pub endings: BTreeMap<String, u16>,
    /// Both once more, by hash: what is looked up.
    quick: [Keys; 2],
}

impl Lemmas {
    /// A lemmatiser of its tables.
    pub fn new(rules: Vec<Rule>, words: BTreeMap<String, u16>, endings: BTreeMap<String, u16>) -> Self {
        let quick = [&words, &endings].map(|m| Keys::new(m.iter().map(|(k, v)| (hash(k), u32::from(*v)))));
        Self { rules, words, endings, quick }
    }

    /// The rule of the longest known ending; `key` is class + lower form.
    pub fn by_ending(&self, key: &str) -> Option<u32> {
        let class = key.chars().next()?;
        let word = &key[class.len_utf8()..];
        let mut buffer = String::with_capacity(key.len());
        (0..=LONGEST).rev().find_map(|n| {
            buffer.clear();
            buffer.push(class);
            buffer.push_str(if n == 0 { "" } else { suffix(word, n) });
            self.quick[1].get(hash(&buffer))
        })
    }

    /// The lemma of a form of the given class.
    pub fn lemma(&self, form: &str, class: char, buffer: &mut String) -> String {
        buffer.clear();
        buffer.push(class);
        lower_after(form, buffer);
        let rule = self.quick[0].get(hash(buffer)).or_else(|| self.by_ending(buffer));
        rule.and_then(|r| self.rules.get(r as usize)).and_then(|r| r.apply(form)).unwrap_or_else(|| form.to_owned())
    }

    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        w.uint(self.rules.len() as u64);
        for r in &self.rules {
            w.uint(u64::from(r.lower) | u64::from(r.cut) << 1);
            w.text(&r.add);
        }
        for map in [&self.words, &self.endings] {
            w.uint(map.len() as u64);
            let mut last = "";
            for (k, v) in map {
                let mut same = k.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
                while !k.is_char_boundary(same) {
                    same -= 1;
                }
                w.uint(same as u64);
                w.text(&k[same..]);
                w.uint(u64::from(*v));
                last = k;
            }
        }
    }

    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut rules = Vec::new();
        let mut maps = [BTreeMap::new(), BTreeMap::new()];
        for _ in 0..r.count()? {
            let v = r.uint()?;
            rules.push(Rule { lower: v & 1 == 1, cut: (v >> 1) as u8, add: r.text()?.to_owned() });
        }
        for map in &mut maps {
            let n = r.count()?;
            let mut pairs = Vec::with_capacity(n);
            let mut last = String::new();
            for _ in 0..n {
                let same = r.uint()? as usize;
                if !last.is_char_boundary(same) {
                    return Err(r.damaged());
                }
                last.truncate(same);
                last.push_str(r.text()?);
                pairs.push((last.clone(), r.uint()? as u16));
            }
            *map = pairs.into_iter().collect();
        }
        let [words, endings] = maps;
        Ok(Self::new(rules, words, endings))
    }
}

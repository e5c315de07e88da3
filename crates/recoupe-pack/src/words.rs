//! Sets and lists of words that are asked for every word of every page, and nearly always say no.

use std::collections::BTreeMap;
use std::ops::Deref;

use recoupe_text::{ListSketch, bare, fold};
use serde::Deserialize;

use crate::table::WordTable;

/// A set of words.
#[derive(Clone, Debug, Default)]
pub struct WordSet(WordTable);

impl WordSet {
    /// Whether a word is in the set.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.0.has(word)
    }

    /// The words in their order.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.words().iter()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.0.words().is_empty()
    }
}

impl FromIterator<String> for WordSet {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        Self(WordTable::new(words.into_iter().collect()))
    }
}

/// Words with a value each.
#[derive(Clone, Debug)]
pub struct WordMap<V> {
    words: WordTable,
    /// In the order of the words.
    values: Vec<V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        BTreeMap::default().into()
    }
}

impl<V> WordMap<V> {
    /// The value of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        self.words.find(word).map(|i| &self.values[i])
    }

    /// Whether a word has a value.
    pub fn contains_key(&self, word: &str) -> bool {
        self.words.has(word)
    }

    /// The words in their order.
    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.words.words().iter()
    }
}

impl<V> From<BTreeMap<String, V>> for WordMap<V> {
    fn from(values: BTreeMap<String, V>) -> Self {
        let (words, values): (Vec<String>, Vec<V>) = values.into_iter().unzip();
        Self { words: WordTable::new(words), values }
    }
}

impl<V> FromIterator<(String, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (String, V)>>(entries: I) -> Self {
        entries.into_iter().collect::<BTreeMap<_, _>>().into()
    }
}

/// A short list of words, in the order of the pack, without case and accents. A word may stand for many by an asterisk at its begin or end.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct WordList {
    words: Vec<String>,
    /// The words as they are, and without an apostrophe at the end.
    sketch: ListSketch,
    /// What the entries with an asterisk stand for.
    open: Vec<Open>,
    /// Bytes with which the words begin or end that an open entry stands for.
    first: Bytes,
    last: Bytes,
    /// Whether an open entry may stand anywhere in a word.
    inside: bool,
}

/// An entry with an asterisk.
#[derive(Clone, Debug)]
enum Open {
    Start(String),
    End(String),
    Inside(String),
}

/// A set of bytes.
#[derive(Clone, Debug, Default)]
struct Bytes([u64; 4]);

impl Bytes {
    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte / 64)] |= 1 << (byte % 64);
    }

    #[inline]
    fn has(&self, byte: Option<&u8>) -> bool {
        byte.is_some_and(|b| self.0[usize::from(b / 64)] & 1 << (b % 64) != 0)
    }
}

impl From<Vec<String>> for WordList {
    fn from(words: Vec<String>) -> Self {
        let words: Vec<String> = words.iter().map(|w| fold(w)).collect();
        let sketch = words.iter().flat_map(|w| [w.as_str(), bare(w)]).collect();
        let mut list = Self { words, sketch, ..Self::default() };
        for w in &list.words {
            list.open.push(match (w.strip_prefix('*'), w.strip_suffix('*')) {
                (Some(_), Some(_)) => Open::Inside(w.trim_matches('*').to_owned()),
                (Some(end), None) => Open::End(end.to_owned()),
                (None, Some(start)) => Open::Start(start.to_owned()),
                (None, None) => continue,
            });
        }
        for open in &list.open {
            let edge = match open {
                Open::Start(w) => w.as_bytes().first().map(|b| list.first.add(*b)),
                Open::End(w) => w.as_bytes().last().map(|b| list.last.add(*b)),
                Open::Inside(_) => None,
            };
            list.inside |= edge.is_none();
        }
        list
    }
}

impl FromIterator<String> for WordList {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        words.into_iter().collect::<Vec<_>>().into()
    }
}

impl Deref for WordList {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl<'a> IntoIterator for &'a WordList {
    type Item = &'a String;
    type IntoIter = std::slice::Iter<'a, String>;
    fn into_iter(self) -> Self::IntoIter {
        self.words.iter()
    }
}

impl WordList {
    /// Whether a word is in the list, as it is.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.sketch.may_hold(word) && self.words.iter().any(|w| w == word)
    }

    /// Whether a word is in the list, apostrophes at the end aside.
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        let word = bare(word);
        self.sketch.may_hold(word) && self.words.iter().any(|w| bare(w) == word)
    }

    /// Whether a word is in the list or one of those that an entry with an asterisk stands for.
    pub fn fits(&self, word: &str) -> bool {
        let open = self.inside || self.first.has(word.as_bytes().first()) || self.last.has(word.as_bytes().last());
        self.contains(word)
            || open
                && self.open.iter().any(|o| match o {
                    Open::Start(start) => word.starts_with(start.as_str()),
                    Open::End(end) => word.ends_with(end.as_str()),
                    Open::Inside(part) => word.contains(part.as_str()),
                })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> WordList {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn a_list_knows_its_words_with_and_without_apostrophe() {
        let l = list(&["que", "qu'", "parmi"]);
        assert!(l.contains("qu'") && !l.contains("qu") && l.has("qu") && l.has("que'") && !l.has("quoi"));
        assert!(l.fits("parmi") && !l.fits("parmis"));
        assert_eq!(l.first().map(String::as_str), Some("que"));
    }

    #[test]
    fn asterisks_stand_for_what_follows_or_precedes() {
        let l = list(&["auto*", "*ment", "*guerre*", "soit"]);
        for w in ["automobile", "rarement", "apres-guerre-froide", "soit"] {
            assert!(l.fits(w), "{w}");
        }
        assert!(!l.fits("soient") && !l.fits("mentir"));
    }

    #[test]
    fn sets_and_tables_know_their_words_only() {
        let words: Vec<String> = (0..500).map(|i| format!("mot{}", i * 7919)).collect();
        let set: WordSet = words.iter().cloned().collect();
        let map: WordMap<usize> = words.iter().cloned().enumerate().map(|(i, w)| (w, i)).collect();
        for (i, w) in words.iter().enumerate() {
            assert!(set.contains(w) && map.get(w) == Some(&i));
        }
        assert!(!set.contains("mot1") && map.get("mot1").is_none() && !map.contains_key(""));
    }
}

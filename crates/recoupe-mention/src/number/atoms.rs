//! Sentences as strings of known words: hyphens, elisions and digits taken apart.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use recoupe_text::{TokenKind, fold};

use super::digits::{self, Run};
use crate::toks::Toks;

/// Id of a word no table knows.
pub(crate) const UNKNOWN: u32 = 0;

/// What stands between an atom and the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glue {
    /// White space, or the sentence begins.
    Blank,
    /// Nothing.
    Touch,
    /// A hyphen or dash without blanks.
    Hyphen,
}

/// A word, a part of a compound, a run of digits or a mark.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    /// Id in the [`Lexicon`], or [`UNKNOWN`].
    pub id: u32,
    /// First token it stands in.
    pub tok: u32,
    /// One past its last token.
    pub tok_end: u32,
    /// First byte (of the token, for a part of a compound).
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Digits, where it is written so.
    pub run: Option<Run>,
    /// A mark of punctuation.
    pub mark: bool,
    /// Starts with a capital letter.
    pub cap: bool,
    /// What stands before it.
    pub glue: Glue,
}

/// FNV-1a: the same on every machine and run, and quick on short words.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

/// Words by id, and the phrases built of them.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Looked up only, never walked.
    ids: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    /// Elided and variant forms and what they stand for (`d'` → `de`).
    alias: BTreeMap<Box<str>, Box<str>>,
    /// Length of each word, by its id.
    lens: Vec<u32>,
}

impl Lexicon {
    pub fn new(alias: &BTreeMap<String, String>) -> Self {
        let alias = alias.iter().map(|(a, b)| (fold(a).into_boxed_str(), fold(b).into_boxed_str())).collect();
        Self { ids: HashMap::default(), alias, lens: vec![0] }
    }

    /// Ids of the words of a phrase, taken apart as [`Lexicon::atoms`] does; new words are entered.
    pub fn phrase(&mut self, phrase: &str) -> Vec<u32> {
        let folded = fold(phrase);
        let mut out = Vec::new();
        for word in folded.split([' ', '-']).filter(|w| !w.is_empty()) {
            for part in word.split_inclusive('\'') {
                out.push(self.enter(part));
            }
        }
        out
    }

    fn enter(&mut self, word: &str) -> u32 {
        let word: Box<str> = self.alias.get(word).cloned().unwrap_or_else(|| word.into());
        let (next, len) = (self.ids.len() as u32 + 1, word.len() as u32);
        let id = *self.ids.entry(word).or_insert(next);
        if id == next {
            self.lens.push(len);
        }
        id
    }

    /// Id of a folded word.
    pub fn id(&self, word: &str) -> u32 {
        let word = if word.ends_with('\'') { self.alias.get(word).map_or(word, |w| w) } else { word };
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// Length of a word in bytes.
    pub fn word_len(&self, id: u32) -> u32 {
        self.lens.get(id as usize).copied().unwrap_or(0)
    }

    /// Number of ids, [`UNKNOWN`] included.
    pub fn len(&self) -> usize {
        self.ids.len() + 1
    }

    /// The sentence as atoms, in order.
    pub fn atoms(&self, s: &Toks<'_>) -> Vec<Atom> {
        let mut out: Vec<Atom> = Vec::with_capacity(s.tokens.len() + 4);
        // where the last atom ended, and whether a hyphen was swallowed since
        let (mut pos, mut hyphen) = (u32::MAX, false);
        for (t, (token, folded)) in s.tokens.iter().zip(s.folded).enumerate() {
            let (start, end) = (token.span.start, token.span.end);
            if pos != u32::MAX && end <= pos {
                if let Some(last) = out.last_mut() {
                    last.tok_end = t as u32 + 1;
                }
                continue;
            }
            let glue = match (hyphen, pos == start) {
                (true, true) => Glue::Hyphen,
                (false, true) => Glue::Touch,
                _ => Glue::Blank,
            };
            hyphen = false;
            let surface = token.span.of(s.text);
            let first = surface.chars().next().unwrap_or(' ');
            let mut atom = Atom {
                id: UNKNOWN,
                tok: t as u32,
                tok_end: t as u32 + 1,
                start,
                end,
                run: None,
                mark: token.kind == TokenKind::Punct,
                cap: first.is_uppercase(),
                glue,
            };
            // "15h30" may come as "15" and "h30"
            let goes_on =
                glue == Glue::Touch && token.kind == TokenKind::Word && out.last().is_some_and(|a| a.run.is_some());
            if first.is_ascii_digit() || goes_on || (pos != u32::MAX && pos > start) {
                let from = if pos != u32::MAX && pos > start { pos } else { start };
                pos = self.digit_token(s, t, from, end, glue, &mut out);
                continue;
            }
            // a hyphen between two tokens that touch it only joins them
            if folded == "-"
                && pos == start
                && s.tokens.get(t + 1).is_some_and(|n| n.span.start == end)
                && !out.is_empty()
            {
                (hyphen, pos) = (true, end);
                continue;
            }
            pos = end;
            // an enclitic that was cut off keeps its hyphen: "jour" "-là"
            let folded = match folded.strip_prefix('-') {
                Some(rest) if !rest.is_empty() && glue == Glue::Touch => {
                    atom.glue = Glue::Hyphen;
                    rest
                }
                _ => folded.as_str(),
            };
            atom.id = self.id(folded);
            if atom.id == UNKNOWN && token.kind == TokenKind::Word && folded.contains(['-', '\'']) {
                self.parts(folded, atom, &mut out);
            } else {
                out.push(atom);
            }
        }
        out
    }

    /// A compound is taken apart only when every part is known, or is digits.
    fn parts(&self, folded: &str, whole: Atom, out: &mut Vec<Atom>) {
        let mark = out.len();
        let mut glue = whole.glue;
        for word in folded.split('-') {
            for part in word.split_inclusive('\'') {
                let id = self.id(part);
                let digits = part.bytes().all(|b| b.is_ascii_digit());
                if id == UNKNOWN && !digits || part.is_empty() {
                    out.truncate(mark);
                    out.push(whole);
                    return;
                }
                let run = digits.then(|| digits::read(part, 0).0);
                out.push(Atom { id, run, glue, cap: whole.cap && out.len() == mark, ..whole });
                glue = Glue::Touch;
            }
            glue = Glue::Hyphen;
        }
        if out.len() == mark {
            out.push(whole);
        }
    }

    /// A token with digits: runs of digits and of anything else. A number may reach into the tokens that follow.
    fn digit_token(&self, s: &Toks<'_>, t: usize, from: u32, end: u32, glue: Glue, out: &mut Vec<Atom>) -> u32 {
        let (mut at, mut glue) = (from as usize, glue);
        let b = s.text.as_bytes();
        while at < end as usize {
            let mut atom = Atom {
                id: UNKNOWN,
                tok: t as u32,
                tok_end: t as u32 + 1,
                start: at as u32,
                end,
                run: None,
                mark: false,
                cap: false,
                glue,
            };
            if b.get(at).is_some_and(u8::is_ascii_digit) {
                let (run, e) = digits::read(s.text, at);
                atom.run = Some(run);
                // a number never ends inside a later token, save by a tokenizer's odd cut: then it is taken whole
                atom.end = e as u32;
                at = e;
            } else {
                let Some(rest) = s.text.get(at..end as usize) else { return end };
                let n = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                let part = &rest[..n];
                at += n;
                if matches!(part, "-" | "–" | "‑") && at < end as usize {
                    glue = Glue::Hyphen;
                    continue;
                }
                if part.trim().is_empty() {
                    glue = Glue::Blank;
                    continue;
                }
                let hyphened = part.starts_with(['-', '–', '‑']);
                let folded = fold(part);
                let word = folded.trim_start_matches('-').trim();
                if hyphened {
                    atom.glue = Glue::Hyphen;
                }
                atom.id = self.id(word);
                atom.cap = part.trim_start_matches(['-', '–', '‑']).starts_with(char::is_uppercase);
                atom.mark = !part.contains(char::is_alphanumeric) && atom.id == UNKNOWN;
                atom.end = at as u32;
            }
            out.push(atom);
            glue = Glue::Touch;
        }
        at as u32
    }
}

/// Phrases by their first word, longest first.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    by_first: Vec<Vec<(Box<[u32]>, T)>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: Vec::new() }
    }
}

impl<T: Clone> Phrases<T> {
    pub fn insert(&mut self, words: Vec<u32>, value: T) {
        let Some(&first) = words.first() else { return };
        if self.by_first.len() <= first as usize {
            self.by_first.resize_with(first as usize + 1, Vec::new);
        }
        let bucket = &mut self.by_first[first as usize];
        bucket.push((words.into_boxed_slice(), value));
        bucket.sort_by_key(|(w, _)| std::cmp::Reverse(w.len()));
    }

    /// Whether any phrase begins with a word.
    pub fn begins(&self, id: u32) -> bool {
        self.by_first.get(id as usize).is_some_and(|b| !b.is_empty())
    }

    /// The longest phrase that starts at atom `i`: where it ends, and what it means.
    pub fn at(&self, atoms: &[Atom], i: usize) -> Option<(usize, &T)> {
        let bucket = self.by_first.get(atoms.get(i)?.id as usize)?;
        bucket.iter().find_map(|(w, v)| {
            let fits = w.len() <= atoms.len() - i && w.iter().zip(&atoms[i..]).all(|(x, a)| *x == a.id);
            fits.then_some((i + w.len(), v))
        })
    }

    /// The longest phrase (entered with its words reversed) that ends before atom `i`: where it starts.
    pub fn before(&self, atoms: &[Atom], i: usize) -> Option<(usize, &T)> {
        let last = atoms.get(i.checked_sub(1)?)?;
        self.by_first.get(last.id as usize)?.iter().find_map(|(w, v)| {
            let fits = w.len() <= i && w.iter().zip(atoms[..i].iter().rev()).all(|(x, a)| *x == a.id);
            fits.then(|| (i - w.len(), v))
        })
    }
}

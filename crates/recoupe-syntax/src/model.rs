//! A model and how a sentence goes through it.

use std::sync::OnceLock;

use recoupe_text::Sentence;

use crate::bytes::{ModelError, Reader, Writer};
use crate::form::{hash, lower, mix, normal};
use crate::keys::Keys;
use crate::lemma::Lemmas;
use crate::net::{INPUTS, Net, Work};
use crate::split::Splitter;
use crate::tagger::{Info, Lexicon, Tag, Tagger, info};
use crate::tree::{Dep, Sub, Tree, Upos, VerbForm, Word};
use crate::ud::label;

const MAGIC: &[u8] = b"recoupe-syntax/2\n";

/// Everything a language needs for parsing.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(crate) splitter: Splitter,
    pub(crate) lexicon: Lexicon,
    pub(crate) tagger: Tagger,
    pub(crate) lemmas: Lemmas,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) net: Net,
    /// UD labels (`obl:agent`), by the net's number.
    pub(crate) names: Vec<String>,
    pub(crate) labels: Vec<(Dep, Sub)>,
}

/// Buffers that one thread keeps from sentence to sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) keys: Vec<u32>,
    pub(crate) scores: Vec<i32>,
    pub(crate) tags: Vec<u16>,
    pub(crate) infos: Vec<Info>,
    pub(crate) inputs: Vec<[u32; INPUTS]>,
    pub(crate) net: Work,
    pub(crate) text: String,
    pub(crate) lemmas: Vec<String>,
}

/// A word before it is analysed.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub token: u32,
    pub form: String,
}

/// The class under which lemmas are looked up: part of speech, for verbs with their form.
pub(crate) fn lemma_class(tag: &Tag) -> char {
    let base = match tag.upos {
        Upos::Adj => 'a',
        Upos::Adp => 'p',
        Upos::Adv => 'r',
        Upos::Aux => 'x',
        Upos::Cconj => 'c',
        Upos::Det => 'd',
        Upos::Intj => 'i',
        Upos::Noun => 'n',
        Upos::Num => 'm',
        Upos::Part => 't',
        Upos::Pron => 'q',
        Upos::Propn => 'N',
        Upos::Punct => '.',
        Upos::Sconj => 's',
        Upos::Sym => '$',
        Upos::Verb => 'v',
        Upos::X => '?',
    };
    if tag.upos == Upos::Verb && tag.feats.verb_form == Some(VerbForm::Part) { 'P' } else { base }
}

impl Model {
    /// Reads a model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Version)?;
        let mut r = Reader::new(rest);
        let splitter = Splitter::read(&mut r)?;
        let lexicon = Lexicon::read(&mut r)?;
        let tagger = Tagger::read(&mut r)?;
        let lemmas = Lemmas::read(&mut r)?;
        let vocabulary = Vocabulary::new(read_keys(&mut r)?, read_keys(&mut r)?);
        let mut names = Vec::new();
        for _ in 0..r.count()? {
            names.push(r.text()?.to_owned());
        }
        let net = Net::read(&mut r)?;
        if net.shape.labels != names.len() {
            return Err(ModelError::Version);
        }
        Ok(Self { splitter, lexicon, tagger, lemmas, vocabulary, net, ..Self::default() }.with_names(names))
    }

    pub(crate) fn with_names(mut self, names: Vec<String>) -> Self {
        self.labels = names.iter().map(|l| label(l)).collect();
        self.names = names;
        self
    }

    /// The bytes [`Model::from_bytes`] reads.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer { out: MAGIC.to_vec() };
        self.splitter.write(&mut w);
        self.lexicon.write(&mut w);
        self.tagger.write(&mut w);
        self.lemmas.write(&mut w);
        for keys in [&self.vocabulary.forms, &self.vocabulary.lemmas] {
            w.uint(keys.len() as u64);
            keys.iter().for_each(|k| w.u32(*k));
        }
        w.uint(self.names.len() as u64);
        self.names.iter().for_each(|n| w.text(n));
        self.net.write(&mut w);
        w.out
    }

    /// The words of a sentence, contractions opened.
    pub(crate) fn words(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch) -> Vec<Raw> {
        let forms: Vec<String> = sentence.tokens.iter().map(|t| normal(t.span.of(text))).collect();
        let mut out = Vec::with_capacity(forms.len() + 4);
        for (i, form) in forms.iter().enumerate() {
            let token = i as u32;
            match self.splitter.words(&forms, i, &mut scratch.keys, &mut scratch.text) {
                Some(parts) => out.extend(parts.iter().map(|p| Raw { token, form: p.clone() })),
                None => out.push(Raw { token, form: form.clone() }),
            }
        }
        out
    }

    /// Tags words; the result stands in `scratch.tags`.
    pub(crate) fn tag(&self, words: &[Raw], scratch: &mut Scratch) {
        scratch.infos.clear();
        for w in words {
            scratch.infos.push(info(&w.form, &self.lexicon, &mut scratch.text));
        }
        self.tagger.tag(&scratch.infos, &mut scratch.keys, &mut scratch.scores, &mut scratch.tags);
    }

    /// What the net reads, for words that are tagged.
    pub(crate) fn inputs(&self, words: &[Raw], scratch: &mut Scratch) {
        scratch.inputs.clear();
        scratch.lemmas.clear();
        for (i, w) in words.iter().enumerate() {
            let tag = &self.tagger.tags[scratch.tags[i] as usize];
            let lemma = self.lemmas.lemma(&w.form, lemma_class(tag), &mut scratch.text);
            scratch.inputs.push(self.vocabulary.inputs(&scratch.infos, &scratch.tags, i, &lemma));
            scratch.lemmas.push(lemma);
        }
    }

    /// The tagged tree of one sentence of `text`; the same for the same input everywhere.
    ///
    /// Time grows with the length of the sentence: one of hundreds of words is parsed in pieces, whose roots hang
    /// on the first one's as `parataxis`.
    pub fn parse(&self, text: &str, sentence: &Sentence, scratch: &mut Scratch) -> Tree {
        let raw = self.words(text, sentence, scratch);
        self.tag(&raw, scratch);
        self.inputs(&raw, scratch);
        let inputs = std::mem::take(&mut scratch.inputs);
        let lemmas = std::mem::take(&mut scratch.lemmas);
        let mut words: Vec<Word> = Vec::with_capacity(raw.len());
        let mut lemmas_left = lemmas.into_iter();
        let mut root = None;
        let mut raw = raw.into_iter();
        for piece in inputs.chunks(LONGEST) {
            self.net.run(piece, &mut scratch.net);
            let base = words.len();
            for (i, (w, lemma)) in raw.by_ref().zip(lemmas_left.by_ref()).take(piece.len()).enumerate() {
                let tag = &self.tagger.tags[scratch.tags[base + i] as usize];
                let head = scratch.net.head[i] as usize;
                let (mut dep, mut sub) = self.labels[scratch.net.label[i] as usize];
                let mut head = (head < piece.len()).then_some((base + head) as u32);
                if head.is_none() {
                    (dep, sub) = (Dep::Root, Sub::None);
                    match root {
                        None => root = Some((base + i) as u32),
                        Some(_) => (head, dep) = (root, Dep::Parataxis),
                    }
                } else if dep == Dep::Root {
                    dep = Dep::Dep;
                }
                let span = sentence.tokens[w.token as usize].span;
                words.push(Word {
                    span,
                    token: w.token,
                    form: w.form,
                    lemma,
                    upos: tag.upos,
                    feats: tag.feats,
                    head,
                    dep,
                    sub,
                });
            }
        }
        scratch.inputs = inputs;
        Tree { words }
    }
}

/// How many words are parsed at once.
const LONGEST: usize = 200;

/// Known forms and lemmas by hash, sorted; row 0 of their tables is for all others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub forms: Vec<u32>,
    pub lemmas: Vec<u32>,
    /// Both, with the row of each.
    rows: [Keys; 2],
}

/// Rows of the tables for endings, shapes and beginnings, which are shared by hash.
pub(crate) const ENDINGS: usize = 2048;
pub(crate) const SHAPES: usize = 256;
pub(crate) const BEGINNINGS: usize = 1024;
pub(crate) const PAIRS: usize = 2048;
pub(crate) const NEIGHBOURS: usize = 2048;

impl Vocabulary {
    /// A vocabulary of sorted hashes.
    pub fn new(forms: Vec<u32>, lemmas: Vec<u32>) -> Self {
        let rows =
            [&forms, &lemmas].map(|k| Keys::new(k.iter().enumerate().map(|(i, k)| (u64::from(*k), i as u32 + 1))));
        Self { forms, lemmas, rows }
    }
    fn row(keys: &Keys, h: u64) -> u32 {
        keys.get(h & u64::from(u32::MAX)).unwrap_or(0)
    }
    /// What the net reads of the word at `i`, whose lemma is given.
    pub fn inputs(&self, infos: &[Info], tags: &[u16], i: usize, lemma: &str) -> [u32; INPUTS] {
        let info = &infos[i];
        let tag = |k: usize| tags.get(k).map_or(999, |t| u64::from(*t));
        let form = |k: usize| infos.get(k).map_or(1, |n| n.form);
        let (before, after) = (i.wrapping_sub(1), i + 1);
        let pair = |a: u64, b: u64| (mix(a * 1_000_003 + b * 7_919 + 17) % PAIRS as u64) as u32;
        [
            Self::row(&self.rows[0], info.form),
            Self::row(&self.rows[1], hash(lemma)),
            (info.suf3 % ENDINGS as u64) as u32,
            (info.shape % SHAPES as u64) as u32,
            tags[i].into(),
            (info.pre3 % BEGINNINGS as u64) as u32,
            pair(tag(before), tag(i)),
            pair(tag(i), tag(after)),
            (form(before) % NEIGHBOURS as u64) as u32,
            (form(after) % NEIGHBOURS as u64) as u32,
        ]
    }
}

fn read_keys(r: &mut Reader<'_>) -> Result<Vec<u32>, ModelError> {
    let n = r.count()?;
    (0..n).map(|_| r.u32()).collect()
}

/// The model that ships with Recoupe for a language (`fr`), if there is one. Read once per process.
pub fn baked(lang: &str) -> Option<&'static Model> {
    static MODELS: OnceLock<Vec<(&'static str, Model)>> = OnceLock::new();
    let models = MODELS.get_or_init(|| {
        BAKED.iter().filter_map(|(lang, bytes)| Some((*lang, Model::from_bytes(bytes).ok()?))).collect()
    });
    models.iter().find(|(l, _)| *l == lower(lang)).map(|(_, m)| m)
}

include!(concat!(env!("OUT_DIR"), "/baked.rs"));

#[cfg(test)]
mod tests;

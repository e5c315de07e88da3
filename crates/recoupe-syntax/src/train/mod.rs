//! The trainer: treebanks in, model bytes out. Behind the feature `train`; one thread, no files.

mod data;
mod lemmas;
mod matrix;
mod morphology;
mod net;
mod perceptron;
pub mod score;

use std::collections::{BTreeMap, BTreeSet};

use crate::form::{hash, lower};
use crate::model::{BEGINNINGS, ENDINGS, Model, NEIGHBOURS, PAIRS, Raw, SHAPES, Scratch, Vocabulary, lemma_class};
use crate::net::{Net, Shape};
use crate::split::{Splitter, features as split_features, lowered};
use crate::tagger::{Info, Lexicon, Tag, Tagger, features as tagger_features, info};
use crate::tree::Upos;

use data::GoldSentence;
pub use morphology::Morphology;
use net::{Example, Plan, Trainer};
use perceptron::Perceptron;

/// A generator that is the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }
    pub fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}

/// How long to train.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Rounds of the tagger.
    pub tagger_rounds: usize,
    /// Rounds of the network.
    pub rounds: usize,
    /// Words per step.
    pub batch: usize,
    /// First learning rate.
    pub rate: f32,
    /// Share of activations left out.
    pub dropout: f32,
    /// How much tags count beside arcs and labels.
    pub tag_weight: f32,
    /// Width of the layers.
    pub dim: usize,
    /// Number of layers.
    pub layers: usize,
    /// Width of the arc vectors.
    pub arc: usize,
    /// Width of the label vectors.
    pub lab: usize,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Parts for predicting the parser's tags.
    pub folds: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tagger_rounds: 6,
            folds: 5,
            rounds: 30,
            batch: 300,
            rate: 2e-3,
            dropout: 0.3,
            tag_weight: 0.5,
            dim: 128,
            layers: 4,
            arc: 96,
            lab: 64,
            seed: 0x5eed_1234_5678,
        }
    }
}

/// Trains a model from CoNLL-U texts; `log` hears how it goes. `dev` only watches.
pub fn train(
    texts: &[String],
    dev: &str,
    morphology: &Morphology,
    options: Options,
    log: &mut dyn FnMut(&str),
) -> Model {
    let sentences: Vec<GoldSentence> = texts.iter().flat_map(|t| data::read(t)).collect();
    let dev = data::read(dev);
    log(&format!("{} sentences, {} words", sentences.len(), sentences.iter().map(|s| s.words.len()).sum::<usize>()));
    let splitter = splitter(&sentences);
    let lexicon = lexicon(&sentences, &morphology.words());
    let tags = tags(&sentences);
    let all: Vec<usize> = (0..sentences.len()).collect();
    let tagger = tagger(&sentences, &all, &lexicon, &tags, options.tagger_rounds);
    log(&format!("tagger on dev: {}", tag_score(&dev, &tagger, &lexicon)));
    let lemmas = lemmas::learn(&sentences, &morphology.words());
    let mut predicted: Vec<Vec<u16>> = vec![Vec::new(); sentences.len()];
    for fold in 0..options.folds {
        let (held, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|i| *i % options.folds == fold);
        let part = self::tagger(&sentences, &rest, &lexicon, &tags, options.tagger_rounds.min(5));
        for i in held {
            predicted[i] = tag_one(&sentences[i], &part, &lexicon).0;
        }
    }
    log("tags predicted");
    let base = Model { splitter, lexicon, tagger, lemmas, ..Model::default() };
    network(base, &sentences, &predicted, &dev, options, log)
}

fn splitter(sentences: &[GoldSentence]) -> Splitter {
    let mut split: BTreeMap<String, BTreeMap<Vec<String>, usize>> = BTreeMap::new();
    let mut whole: BTreeMap<String, usize> = BTreeMap::new();
    for s in sentences {
        for (surface, range) in &s.tokens {
            let low = lower(surface);
            if range.len() > 1 {
                let parts = s.words[range.clone()].iter().map(|w| lower(&w.form)).collect();
                *split.entry(low).or_default().entry(parts).or_default() += 1;
            } else {
                *whole.entry(low).or_default() += 1;
            }
        }
    }
    let table: BTreeMap<String, (Vec<String>, bool)> = split
        .into_iter()
        .filter_map(|(s, parts)| {
            let total: usize = parts.values().sum();
            let either = whole.get(&s).is_some_and(|n| *n * 100 > total);
            Some((s, (parts.into_iter().max_by_key(|(_, n)| *n)?.0, either)))
        })
        .collect();
    let mut p = Perceptron::new(2);
    let mut keys = Vec::new();
    for _ in 0..8 {
        for s in sentences {
            let forms = lowered(s.tokens.iter().map(|(t, _)| t.as_str()));
            for (i, (_, range)) in s.tokens.iter().enumerate() {
                if table.get(&forms[i]).is_some_and(|t| t.1) {
                    split_features(&forms, i, &mut keys);
                    p.learn(&keys, usize::from(range.len() > 1));
                }
            }
        }
    }
    Splitter::new(table, p.finish(64.0, 0))
}

/// Sets of parts of speech: of the words that occur more than twice, and of rarer ones that the paradigms know as verbs.
fn lexicon(sentences: &[GoldSentence], more: &[(char, String, String)]) -> Lexicon {
    let mut seen: BTreeMap<String, (usize, BTreeMap<u8, usize>)> = BTreeMap::new();
    for w in sentences.iter().flat_map(|s| &s.words) {
        let e = seen.entry(lower(&w.form)).or_default();
        e.0 += 1;
        *e.1.entry(Tag::new(&w.tag).upos as u8).or_default() += 1;
    }
    let mut sets: BTreeMap<u32, u32> = BTreeMap::new();
    let bit = |u: Upos| 1u32 << u as u8;
    // Finite forms; those that are often nouns as well (a silent ending, a plural) are left open or out.
    for (_, form, _) in more.iter().filter(|(c, f, _)| *c == 'v' && !f.ends_with(['s', 'z', 'i'])) {
        let rare = seen.get(form).map_or(0, |t| t.1.keys().fold(0, |a, t| a | 1 << t));
        let noun = if form.ends_with('e') { bit(Upos::Noun) } else { 0 };
        sets.insert(hash(form) as u32, rare | bit(Upos::Verb) | noun);
    }
    for (form, (n, tags)) in seen.into_iter().filter(|(_, (n, _))| *n > 2) {
        sets.insert(hash(&form) as u32, tags.iter().filter(|(_, k)| **k * 50 >= n).fold(0u32, |a, (t, _)| a | 1 << t));
    }
    Lexicon::new(sets.into_iter().collect())
}

/// Gives a model a new lexicon and a new tagger and leaves the rest as it is.
pub fn retag(
    mut model: Model,
    texts: &[String],
    dev: &str,
    morphology: &Morphology,
    rounds: usize,
    log: &mut dyn FnMut(&str),
) -> Model {
    let sentences: Vec<GoldSentence> = texts.iter().flat_map(|t| data::read(t)).collect();
    let all: Vec<usize> = (0..sentences.len()).collect();
    model.lexicon = lexicon(&sentences, &morphology.words());
    model.tagger = tagger(&sentences, &all, &model.lexicon, &tags(&sentences), rounds);
    log(&format!("tagger on dev: {}", tag_score(&data::read(dev), &model.tagger, &model.lexicon)));
    model
}

fn tags(sentences: &[GoldSentence]) -> Vec<Tag> {
    let names: BTreeSet<&str> = sentences.iter().flat_map(|s| &s.words).map(|w| w.tag.as_str()).collect();
    names.into_iter().map(Tag::new).collect()
}

fn infos(s: &GoldSentence, lexicon: &Lexicon) -> Vec<Info> {
    let mut buffer = String::new();
    s.words.iter().map(|w| info(&w.form, lexicon, &mut buffer)).collect()
}

fn tagger(sentences: &[GoldSentence], which: &[usize], lexicon: &Lexicon, tags: &[Tag], rounds: usize) -> Tagger {
    let number: BTreeMap<&str, usize> = tags.iter().enumerate().map(|(i, t)| (t.name.as_str(), i)).collect();
    let mut p = Perceptron::new(tags.len());
    let mut order = which.to_vec();
    let mut random = Random(0x5eed);
    let mut keys = Vec::new();
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for &i in &order {
            let words = infos(&sentences[i], lexicon);
            let (mut t1, mut t2) = (1000, 1000);
            for (k, gold) in sentences[i].words.iter().enumerate() {
                tagger_features(&words, k, t1, t2, &mut keys);
                let guess = p.learn(&keys, number[gold.tag.as_str()]);
                t2 = t1;
                t1 = guess as u64;
            }
        }
    }
    Tagger { tags: tags.to_vec(), linear: p.finish(32.0, 2) }
}

fn tag_one(s: &GoldSentence, tagger: &Tagger, lexicon: &Lexicon) -> (Vec<u16>, Vec<Info>) {
    let words = infos(s, lexicon);
    let mut scratch = Scratch::default();
    tagger.tag(&words, &mut scratch.keys, &mut scratch.scores, &mut scratch.tags);
    (scratch.tags, words)
}

fn tag_score(dev: &[GoldSentence], tagger: &Tagger, lexicon: &Lexicon) -> String {
    let (mut n, mut upos, mut full) = (0, 0, 0);
    for s in dev {
        for (w, t) in s.words.iter().zip(tag_one(s, tagger, lexicon).0) {
            let (gold, guess) = (Tag::new(&w.tag), &tagger.tags[t as usize]);
            n += 1;
            upos += usize::from(gold.upos == guess.upos);
            full += usize::from(gold.name == guess.name);
        }
    }
    format!("UPOS {:.2} tags {:.2}", 100.0 * upos as f64 / n as f64, 100.0 * full as f64 / n as f64)
}

fn network(
    base: Model,
    sentences: &[GoldSentence],
    predicted: &[Vec<u16>],
    dev: &[GoldSentence],
    options: Options,
    log: &mut dyn FnMut(&str),
) -> Model {
    let labels: BTreeSet<String> = sentences.iter().flat_map(|s| &s.words).map(|w| w.label.clone()).collect();
    let names: Vec<String> = labels.into_iter().collect();
    let number = |l: &str| names.binary_search_by(|n| n.as_str().cmp(l)).unwrap_or(0) as u16;
    let tag_number: BTreeMap<&str, u16> =
        base.tagger.tags.iter().enumerate().map(|(i, t)| (t.name.as_str(), i as u16)).collect();
    let mut scratch = Scratch::default();
    let mut model = base.clone();
    // How often forms and lemmas occur, as the model sees them.
    let mut forms: BTreeMap<u32, u32> = BTreeMap::new();
    let mut lemmas: BTreeMap<u32, u32> = BTreeMap::new();
    let seen = |s: &GoldSentence, tags: &[u16]| -> Vec<(Info, String)> {
        let lemma = |(w, t): (&data::GoldWord, &u16)| {
            base.lemmas.lemma(&w.form, lemma_class(&base.tagger.tags[*t as usize]), &mut String::new())
        };
        infos(s, &base.lexicon).into_iter().zip(s.words.iter().zip(tags).map(lemma)).collect()
    };
    for (s, tags) in sentences.iter().zip(predicted) {
        for (info, lemma) in seen(s, tags) {
            *forms.entry(info.form as u32).or_default() += 1;
            *lemmas.entry(hash(&lemma) as u32).or_default() += 1;
        }
    }
    let keys = |m: &BTreeMap<u32, u32>| m.iter().filter(|(_, n)| **n > 1).map(|(k, _)| *k).collect::<Vec<u32>>();
    model.vocabulary = Vocabulary::new(keys(&forms), keys(&lemmas));
    let counts = |keys: &[u32], m: &BTreeMap<u32, u32>| {
        std::iter::once(0).chain(keys.iter().map(|k| m[k])).collect::<Vec<u32>>()
    };
    let form_counts = counts(&model.vocabulary.forms, &forms);
    let lemma_counts = counts(&model.vocabulary.lemmas, &lemmas);
    let examples: Vec<Example> = sentences
        .iter()
        .zip(predicted)
        .map(|(s, tags)| Example {
            ids: {
                let (infos, lemmas): (Vec<Info>, Vec<String>) = seen(s, tags).into_iter().unzip();
                lemmas.iter().enumerate().map(|(i, l)| model.vocabulary.inputs(&infos, tags, i, l)).collect()
            },
            heads: s.words.iter().map(|w| w.head).collect(),
            labels: s.words.iter().map(|w| number(&w.label)).collect(),
            tags: s.words.iter().map(|w| tag_number[w.tag.as_str()]).collect(),
        })
        .collect();
    let shape = Shape {
        rows: [
            form_counts.len(),
            lemma_counts.len(),
            ENDINGS,
            SHAPES,
            base.tagger.tags.len(),
            BEGINNINGS,
            PAIRS,
            PAIRS,
            NEIGHBOURS,
            NEIGHBOURS,
        ],
        dim: options.dim,
        layers: options.layers,
        arc: options.arc,
        lab: options.lab,
        labels: names.len(),
        tags: if options.tag_weight > 0.0 { base.tagger.tags.len() } else { 0 },
    };
    log(&format!("{shape:?}, {} parameters", shape.layout().total));
    let dev_words: Vec<Vec<Raw>> = dev.iter().map(raw).collect();
    let mut trainer = Trainer::new(shape, options.seed);
    let plan = Plan {
        rounds: options.rounds,
        batch_words: options.batch,
        rate: options.rate,
        dropout: options.dropout,
        tag_weight: options.tag_weight,
    };
    let mut blur = |e: &mut Example, random: &mut Random| {
        for ids in &mut e.ids {
            let mut hide = |n: u32| random.next() as f32 / (1u64 << 48) as f32 * (n as f32 + 0.4) < 0.4;
            if hide(form_counts[ids[0] as usize]) {
                ids[0] = 0;
            }
            if hide(lemma_counts[ids[1] as usize]) {
                ids[1] = 0;
            }
            for (k, percent) in [(2, 5), (4, 5), (5, 5), (6, 10), (7, 10), (8, 20), (9, 20)] {
                if random.chance(percent) {
                    ids[k] = u32::MAX;
                }
            }
        }
    };
    let mut best: (f64, Vec<f32>) = (0.0, Vec::new());
    trainer.run(&examples, &plan, &mut blur, &mut |round, loss, t| {
        if round % 4 != 3 && round + 6 < plan.rounds {
            return;
        }
        let net = Net::new(shape, &t.p);
        let (mut n, mut u, mut l, mut g0) = (0, 0, 0, 0);
        for (s, words) in dev.iter().zip(&dev_words) {
            base.tag(words, &mut scratch);
            model.inputs(words, &mut scratch);
            net.run(&scratch.inputs, &mut scratch.net);
            for (i, w) in s.words.iter().enumerate() {
                n += 1;
                let head = scratch.net.head[i] == w.head;
                u += usize::from(head);
                let guess = names[scratch.net.label[i] as usize].split(':').next();
                l += usize::from(head && (w.head as usize == s.words.len() || guess == w.label.split(':').next()));
                let upos = Tag::new(&w.tag).upos;
                g0 += usize::from(upos == base.tagger.tags[scratch.tags[i] as usize].upos);
            }
        }
        let per = |k: usize| 100.0 * k as f64 / n as f64;
        log(&format!("round {round}: loss {loss:.3} dev UAS {:.2} LAS {:.2}, UPOS {:.2}", per(u), per(l), per(g0)));
        if per(l) > best.0 {
            best = (per(l), t.p.clone());
        }
    });
    model.net = Net::new(shape, &best.1);
    model.with_names(names)
}

/// The words of a gold sentence as the model would see them.
pub(crate) fn raw(s: &GoldSentence) -> Vec<Raw> {
    let mut out = Vec::new();
    for (token, (_, range)) in s.tokens.iter().enumerate() {
        out.extend(s.words[range.clone()].iter().map(|w| Raw { token: token as u32, form: w.form.clone() }));
    }
    out
}

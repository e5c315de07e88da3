//! How words of a language inflect (`lang/<xx>/morphology.toml`), for lemmas the treebanks lack.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Paradigms and exceptions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Morphology {
    verbs: Vec<Verbs>,
    nouns: Words,
    adjectives: Words,
}

/// Verbs that inflect alike. Endings stand apart by blanks; `-` is no ending.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    /// What the infinitives end in, and what gives way.
    ending: String,
    finite: String,
    participle: String,
    list: String,
}

/// Words that inflect in no regular way.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    /// Words that are their own lemma.
    same: String,
    /// A form and its lemma on each line.
    pairs: String,
}

impl Morphology {
    /// Class of lemma, form, lemma.
    pub(crate) fn words(&self) -> Vec<(char, String, String)> {
        // A verb listed under several paradigms follows the one with the longest ending.
        let mut longest: BTreeMap<&str, usize> = BTreeMap::new();
        for v in &self.verbs {
            for verb in v.list.split_whitespace().filter(|w| w.ends_with(&v.ending)) {
                let e = longest.entry(verb).or_default();
                *e = v.ending.len().max(*e);
            }
        }
        let mut out = Vec::new();
        for v in &self.verbs {
            for verb in v.list.split_whitespace().filter(|w| longest.get(w) == Some(&v.ending.len())) {
                let Some(stem) = verb.strip_suffix(v.ending.as_str()) else { continue };
                out.push(('v', verb.to_owned(), verb.to_owned()));
                for (class, endings) in [('v', &v.finite), ('P', &v.participle)] {
                    for e in endings.split_whitespace() {
                        out.push((class, format!("{stem}{}", if e == "-" { "" } else { e }), verb.to_owned()));
                    }
                }
            }
        }
        for (class, words) in [('n', &self.nouns), ('a', &self.adjectives)] {
            out.extend(words.same.split_whitespace().map(|w| (class, w.to_owned(), w.to_owned())));
            let pair = |l: &str| l.split_once(' ').map(|(f, l)| (class, f.trim().to_owned(), l.trim().to_owned()));
            out.extend(words.pairs.lines().filter_map(pair));
        }
        out
    }
}

//! Learning lemmas.

use std::collections::BTreeMap;

use super::data::GoldSentence;
use crate::form::{lower, suffix};
use crate::lemma::{LONGEST, Lemmas, Rule};
use crate::model::lemma_class;
use crate::tagger::Tag;

fn most(counts: &BTreeMap<Rule, usize>) -> Option<&Rule> {
    counts.iter().max_by_key(|(_, n)| **n).map(|(r, _)| r)
}

/// Words seen and endings.
pub(crate) fn learn(sentences: &[GoldSentence], more: &[(char, String, String)]) -> Lemmas {
    let mut words: BTreeMap<String, BTreeMap<Rule, usize>> = BTreeMap::new();
    let mut endings: BTreeMap<String, BTreeMap<Rule, usize>> = BTreeMap::new();
    let mut seen: BTreeMap<(String, Rule), ()> = BTreeMap::new();
    let known = sentences
        .iter()
        .flat_map(|s| &s.words)
        .map(|w| (lemma_class(&Tag::new(&w.tag)), w.form.as_str(), w.lemma.as_str(), true));
    for (class, form, lemma, real) in known.chain(more.iter().map(|(c, f, l)| (*c, f.as_str(), l.as_str(), false))) {
        let rule = Rule::learn(form, lemma);
        let low = lower(form);
        let key = format!("{class}{low}");
        let count = words.entry(key.clone()).or_default();
        // What the treebank says goes before what the paradigms say.
        if real || count.is_empty() {
            *count.entry(rule.clone()).or_default() += 1;
        } else {
            continue;
        }
        if seen.insert((key, rule.clone()), ()).is_some() {
            continue;
        }
        for n in 0..=LONGEST.min(low.chars().count()) {
            let end = if n == 0 { "" } else { suffix(&low, n) };
            *endings.entry(format!("{class}{end}")).or_default().entry(rule.clone()).or_default() += 1;
        }
    }
    let mut rules: BTreeMap<Rule, u16> = BTreeMap::new();
    let mut list = Vec::new();
    let mut number = |r: &Rule| -> u16 {
        *rules.entry(r.clone()).or_insert_with(|| {
            list.push(r.clone());
            list.len() as u16 - 1
        })
    };
    let mut kept: BTreeMap<String, u16> = BTreeMap::new();
    // An ending is kept only where it says something else than the shorter one.
    let mut keys: Vec<&String> = endings.keys().collect();
    keys.sort_by_key(|k| k.chars().count());
    for k in keys {
        let Some(rule) = most(&endings[k]) else { continue };
        let id = number(rule);
        let class: String = k.chars().take(1).collect();
        let rest: Vec<char> = k.chars().skip(1).collect();
        let shorter = (1..=rest.len()).find_map(|n| {
            let tail: String = rest[n..].iter().collect();
            kept.get(&format!("{class}{tail}")).copied()
        });
        if shorter != Some(id) {
            kept.insert(k.clone(), id);
        }
    }
    let by_ending = Lemmas::new(Vec::new(), BTreeMap::new(), kept);
    let mut listed = BTreeMap::new();
    for (k, counts) in &words {
        if let Some(rule) = most(counts) {
            let id = number(rule);
            // What the endings say anyway need not be listed.
            if by_ending.by_ending(k) != Some(u32::from(id)) {
                listed.insert(k.clone(), id);
            }
        }
    }
    Lemmas::new(list, listed, by_ending.endings)
}

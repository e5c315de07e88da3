//! Reading a treebank.

use std::ops::Range;

use crate::form::normal;

/// A word of a treebank.
#[derive(Clone, Debug)]
pub(crate) struct GoldWord {
    pub form: String,
    pub lemma: String,
    /// Part of speech and the features kept.
    pub tag: String,
    /// Index of the head; the number of words for the root.
    pub head: u32,
    pub label: String,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct GoldSentence {
    pub tokens: Vec<(String, Range<usize>)>,
    pub words: Vec<GoldWord>,
}

/// The features a tag keeps.
const KEPT: [&str; 8] = ["Gender", "Mood", "Number", "Person", "Polarity", "Tense", "VerbForm", "Voice"];

fn tag(upos: &str, feats: &str) -> String {
    let kept: Vec<&str> = feats
        .split('|')
        .filter(|f| f.split_once('=').is_some_and(|(k, v)| KEPT.contains(&k) && v != "Act" && v != "Pos"))
        .collect();
    if kept.is_empty() { upos.to_owned() } else { format!("{upos} {}", kept.join("|")) }
}

/// The sentences of a CoNLL-U text.
pub(crate) fn read(text: &str) -> Vec<GoldSentence> {
    let mut out = Vec::new();
    let mut s = GoldSentence::default();
    let mut until = 0;
    for line in text.lines().chain([""]) {
        if line.is_empty() {
            if !s.words.is_empty() {
                let n = s.words.len() as u32;
                s.words.iter_mut().for_each(|w| w.head = if w.head == 0 { n } else { w.head - 1 });
                out.push(std::mem::take(&mut s));
            }
            until = 0;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 8 || cells[0].contains('.') {
            continue;
        }
        let from = s.words.len();
        if let Some((a, b)) = cells[0].split_once('-') {
            let (a, b): (usize, usize) = (a.parse().unwrap_or(0), b.parse().unwrap_or(0));
            s.tokens.push((normal(cells[1]), a - 1..b));
            until = b;
            continue;
        }
        if from >= until {
            s.tokens.push((normal(cells[1]), from..from + 1));
        }
        s.words.push(GoldWord {
            form: normal(cells[1]),
            lemma: normal(cells[2]),
            tag: tag(cells[3], cells[5]),
            head: cells[6].parse().unwrap_or(0),
            label: cells[7].to_owned(),
        });
    }
    out
}

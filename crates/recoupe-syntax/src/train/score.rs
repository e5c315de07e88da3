//! CoNLL 2017 F1 from plain text: words are aligned by the characters they cover, white space apart.

use std::collections::BTreeMap;

/// Place of a word: characters before it and after it, and which word of its token it is.
type Key = (usize, usize, usize);

struct Row {
    key: Key,
    lemma: String,
    upos: String,
    head: Option<Key>,
    label: String,
}

/// The plain text of a treebank: one line per sentence.
pub fn plain(conllu: &str) -> String {
    let lines: Vec<&str> = conllu.lines().filter_map(|l| l.strip_prefix("# text = ")).collect();
    lines.join("\n") + "\n"
}

fn load(conllu: &str) -> (Vec<Row>, Vec<(usize, usize)>) {
    let (mut out, mut sentences, mut pos) = (Vec::new(), Vec::new(), 0);
    for block in conllu.split("\n\n") {
        let mut ids: BTreeMap<usize, Key> = BTreeMap::new();
        let mut rows = Vec::new();
        let mut span = (0, 0, 0);
        let start = pos;
        let mut k = 0;
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let c: Vec<&str> = line.split('\t').collect();
            if c.len() < 8 || c[0].contains('.') {
                continue;
            }
            let n = c[1].chars().filter(|c| !c.is_whitespace()).count();
            if let Some((_, b)) = c[0].split_once('-') {
                span = (pos, pos + n, b.parse().unwrap_or(0));
                k = 0;
                pos += n;
                continue;
            }
            let i: usize = c[0].parse().unwrap_or(0);
            let key = if i <= span.2 {
                k += 1;
                (span.0, span.1, k)
            } else {
                pos += n;
                (pos - n, pos, 0)
            };
            ids.insert(i, key);
            let label = c[7].split(':').next().unwrap_or("").to_owned();
            rows.push((key, c[2].to_owned(), c[3].to_owned(), c[6].parse::<usize>().unwrap_or(0), label));
        }
        if !rows.is_empty() {
            sentences.push((start, pos));
        }
        out.extend(rows.into_iter().map(|(key, lemma, upos, head, label)| Row {
            key,
            lemma,
            upos,
            head: ids.get(&head).copied(),
            label,
        }));
    }
    (out, sentences)
}

/// F1 in per cent: words, sentences, parts of speech, lemmas, UAS, LAS.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Words found.
    pub words: f64,
    /// Sentences found, both ends right.
    pub sentences: f64,
    /// Universal part of speech.
    pub upos: f64,
    /// Dictionary forms.
    pub lemmas: f64,
    /// Right heads.
    pub uas: f64,
    /// Right heads and relations, subtypes apart.
    pub las: f64,
}

/// Compares two CoNLL-U texts over the same characters.
pub fn score(gold: &str, system: &str) -> Scores {
    let ((gold, gold_sentences), (system, sentences)) = (load(gold), load(system));
    let total = (gold.len() + system.len()).max(1) as f64;
    let by_key: BTreeMap<Key, &Row> = system.iter().map(|r| (r.key, r)).collect();
    let mut hits = [0usize; 5];
    for g in &gold {
        let Some(s) = by_key.get(&g.key) else { continue };
        let head = g.head == s.head;
        for (hit, ok) in
            hits.iter_mut().zip([true, g.upos == s.upos, g.lemma == s.lemma, head, head && g.label == s.label])
        {
            *hit += usize::from(ok);
        }
    }
    let found = gold_sentences.iter().filter(|s| sentences.binary_search(s).is_ok()).count();
    let f1 = |n: usize| 200.0 * n as f64 / total;
    Scores {
        words: f1(hits[0]),
        sentences: 200.0 * found as f64 / (gold_sentences.len() + sentences.len()).max(1) as f64,
        upos: f1(hits[1]),
        lemmas: f1(hits[2]),
        uas: f1(hits[3]),
        las: f1(hits[4]),
    }
}

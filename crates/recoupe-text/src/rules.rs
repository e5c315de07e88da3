//! What a language says about its tokens and sentences (`lang/<xx>/segment.toml`).

use serde::Deserialize;

/// The segmentation rules of one language, in lower case with plain apostrophes; an abbreviation listed with capitals matches
/// only so (`M.` is a title, `m.` a metre at the end of a sentence). An empty table is a language without that habit.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SegmentRules {
    /// Words whose final full stop belongs to them and never ends a sentence (`m` for `M.`, `gén`).
    pub abbreviations: Vec<String>,
    /// Words whose final full stop belongs to them, but which may end a sentence (`etc`).
    pub final_abbreviations: Vec<String>,
    /// Words whose final full stop belongs to them only before a number (`p. 5`, `art. 12`).
    pub number_abbreviations: Vec<String>,
    /// What stands before the apostrophe of an elision (`l`, `qu`): a token of its own, with the apostrophe.
    pub elisions: Vec<String>,
    /// Words with an apostrophe that stay whole (`aujourd'hui`).
    pub whole: Vec<String>,
    /// Endings with their hyphen that are words of their own (`-t-il`, `-ce`).
    pub enclitics: Vec<String>,
    /// Words that look as if they had an enclitic but stay whole (`rendez-vous`).
    pub no_enclitic: Vec<String>,
    /// Endings in brackets that belong to the word before (`e`, `s` for `blessé(e)s`).
    pub bracket_endings: Vec<String>,
    /// Units that may be glued to a number and are cut off from it (`km`).
    pub glued_units: Vec<String>,
    /// Words that begin a sentence but are no name, so that a capital letter and a stop before them end a sentence.
    pub starters: Vec<String>,
}

/// [`SegmentRules`] sorted for look-up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compiled {
    abbreviations: Vec<String>,
    final_abbreviations: Vec<String>,
    number_abbreviations: Vec<String>,
    elisions: Vec<String>,
    whole: Vec<String>,
    /// Longest first.
    enclitics: Vec<String>,
    no_enclitic: Vec<String>,
    bracket_endings: Vec<String>,
    glued_units: Vec<String>,
    starters: Vec<String>,
}

fn sorted(words: Vec<String>) -> Vec<String> {
    let mut v: Vec<String> = words.into_iter().map(|w| key(&w)).collect();
    v.sort();
    v.dedup();
    v
}

fn cased(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// Lower case with plain apostrophes and hyphens; accents stay, since they tell words apart.
pub(crate) fn key(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | 'ʼ' | '‘' => '\'',
            '‐' | '‑' => '-',
            c => c,
        })
        .collect()
}

fn has(list: &[String], word: &str) -> bool {
    list.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

/// Whether the key of a word is in a list.
fn has_key(list: &[String], word: &str) -> bool {
    // most words are their own key
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return has(list, word);
    }
    has(list, &key(word))
}

impl Compiled {
    pub fn new(r: SegmentRules) -> Self {
        let mut enclitics = sorted(r.enclitics);
        enclitics.sort_by_key(|e| std::cmp::Reverse(e.len()));
        Self {
            abbreviations: cased(r.abbreviations),
            final_abbreviations: cased(r.final_abbreviations),
            number_abbreviations: sorted(r.number_abbreviations),
            elisions: sorted(r.elisions),
            whole: sorted(r.whole),
            enclitics,
            no_enclitic: sorted(r.no_enclitic),
            bracket_endings: sorted(r.bracket_endings),
            glued_units: sorted(r.glued_units),
            starters: sorted(r.starters),
        }
    }
    pub fn abbreviation(&self, word: &str) -> bool {
        has_key(&self.abbreviations, word) || has(&self.abbreviations, word)
    }
    pub fn final_abbreviation(&self, word: &str) -> bool {
        has(&self.final_abbreviations, word) || has_key(&self.final_abbreviations, word)
    }
    pub fn number_abbreviation(&self, word: &str) -> bool {
        has_key(&self.number_abbreviations, word)
    }
    pub fn elision(&self, word: &str) -> bool {
        word.len() <= 12 && has_key(&self.elisions, word)
    }
    pub fn whole(&self, word: &str) -> bool {
        word.len() <= 40 && has_key(&self.whole, word)
    }
    /// Whether a listed word of several parts begins so.
    pub fn opens_whole(&self, begin: &str) -> bool {
        let key = key(begin);
        let at = self.whole.partition_point(|w| *w < key);
        self.whole.get(at).is_some_and(|w| w.starts_with(&key))
    }
    pub fn bracket_ending(&self, word: &str) -> bool {
        has_key(&self.bracket_endings, word)
    }
    pub fn glued_unit(&self, word: &str) -> bool {
        word.len() <= 12 && has_key(&self.glued_units, word)
    }
    pub fn starter(&self, word: &str) -> bool {
        word.len() <= 20 && has_key(&self.starters, word)
    }
    /// How many bytes at the end of `word` are an enclitic; 0 for none.
    pub fn enclitic(&self, word: &str) -> usize {
        // the other hyphens begin with the same byte as all general punctuation
        let may = word.bytes().any(|b| b == b'-' || b == 0xe2);
        if word.len() > 80 || !may || !word.contains(['-', '‐', '‑']) {
            return 0;
        }
        let k = key(word);
        // Case mapping may change lengths; then the cut would not fall where it should.
        for e in &self.enclitics {
            if k.len() > e.len() && k.ends_with(e.as_str()) && !has(&self.no_enclitic, &k) {
                let chars = e.chars().count();
                let cut: usize = word.chars().rev().take(chars).map(char::len_utf8).sum();
                let tail = &word[word.len() - cut..];
                let shouted = word.chars().all(|c| !c.is_lowercase());
                if key(tail) == *e && (shouted || tail.chars().all(|c| !c.is_uppercase())) {
                    return cut;
                }
            }
        }
        0
    }
}

//! `lang/<xx>/numbers.toml`: every word that numbers need.

use std::collections::BTreeMap;

use recoupe_pack::{PackError, Packs};
use serde::Deserialize;

use super::atoms::{Lexicon, Phrases};
use super::{Bound, Kind};

/// The file as written. All words are matched folded; hyphens and blanks are the same.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    elision: BTreeMap<String, String>,
    units: BTreeMap<String, i64>,
    tens: BTreeMap<String, i64>,
    long_tens: Vec<i64>,
    hundreds: BTreeMap<String, i64>,
    scales: BTreeMap<String, i64>,
    bare_scales: Vec<i64>,
    joiner: Vec<Joiner>,
    half_after: Vec<String>,
    half_before: Vec<String>,
    collectives: BTreeMap<String, i64>,
    collectives_plural: BTreeMap<String, i64>,
    collective_between: Vec<String>,
    of: Vec<String>,
    ordinals: Vec<String>,
    ordinal_suffixes: Vec<String>,
    articles: Vec<String>,
    articles_firm_before: Vec<String>,
    ambiguous: Vec<String>,
    vague: Vec<String>,
    zero: Vec<String>,
    zero_weak: Vec<String>,
    before: BoundWords,
    after: BoundWords,
    range: Vec<RangeWords>,
    change_verbs: Vec<String>,
    units_after: BTreeMap<String, Vec<String>>,
    units_glued: BTreeMap<String, Vec<String>>,
    unit_adjectives: Vec<String>,
    age_before: Vec<String>,
    clock_before: Vec<String>,
    labels_before: Vec<String>,
    singular_before: Vec<String>,
    definite_before: Vec<String>,
    months: Vec<String>,
    weekdays: Vec<String>,
    years_before: Vec<String>,
    years_weak_before: Vec<String>,
    conjunctions: Vec<String>,
    function_words: Vec<String>,
    fractions: Vec<String>,
    part_of: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct BoundWords {
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Joiner {
    word: String,
    next: Vec<i64>,
    #[serde(default)]
    after_hundred: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeWords {
    #[serde(default)]
    open: String,
    mid: String,
}

/// What a number word does when a number is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Unit(i64),
    Ten(i64),
    Hundred(i64),
    Scale(i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RangeRule {
    pub open: Vec<u32>,
    pub mid: Vec<u32>,
}

/// What single words are, as bits.
pub(crate) mod is {
    pub const ARTICLE: u32 = 1;
    pub const FIRM: u32 = 1 << 1;
    pub const AMBIGUOUS: u32 = 1 << 2;
    pub const OF: u32 = 1 << 3;
    pub const BETWEEN: u32 = 1 << 4;
    pub const CHANGE: u32 = 1 << 5;
    pub const UNIT_ADJ: u32 = 1 << 6;
    pub const CLOCK: u32 = 1 << 7;
    pub const LABEL: u32 = 1 << 8;
    pub const SINGULAR: u32 = 1 << 9;
    pub const DEFINITE: u32 = 1 << 10;
    pub const MONTH: u32 = 1 << 11;
    pub const WEEKDAY: u32 = 1 << 12;
    pub const YEAR: u32 = 1 << 13;
    pub const YEAR_WEAK: u32 = 1 << 14;
    pub const FUNCTION: u32 = 1 << 15;
    pub const FRACTION: u32 = 1 << 16;
    pub const HALF_BEFORE: u32 = 1 << 17;
    pub const CONJUNCTION: u32 = 1 << 19;
    pub const ORDINAL_SUFFIX: u32 = 1 << 18;
}

/// The compiled tables.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub lexicon: Lexicon,
    pub bits: Vec<u32>,
    /// Whether a number can begin with a word, by its id.
    pub begins: Vec<bool>,
    pub parts: Phrases<Part>,
    pub joiners: Vec<(u32, Vec<i64>, bool)>,
    pub half_after: Phrases<()>,
    /// Value, and whether the form is plural.
    pub collectives: Phrases<(i64, bool)>,
    pub ordinals: Phrases<()>,
    pub vague: Phrases<()>,
    /// Whether it is only a hint of none.
    pub zero: Phrases<bool>,
    /// Entered with their words reversed.
    pub before: Phrases<Bound>,
    pub after: Phrases<Bound>,
    pub ranges: Vec<RangeRule>,
    pub units_after: Phrases<Kind>,
    pub units_glued: Phrases<Kind>,
    pub age_before: Phrases<()>,
    /// Words between a part and its whole (`cinq des douze otages`), folded, token by token.
    pub part_of: Vec<Vec<String>>,
    pub long_tens: Vec<i64>,
    pub bare_scales: Vec<i64>,
}

impl Tables {
    pub fn load(packs: &Packs, lang: &str) -> Result<Self, PackError> {
        let path = format!("lang/{lang}/numbers.toml");
        let f: File = packs.toml(&path)?;
        let mut t = Tables {
            lexicon: Lexicon::new(&f.elision),
            long_tens: f.long_tens,
            bare_scales: f.bare_scales,
            part_of: f.part_of.iter().map(|p| p.split(' ').map(recoupe_text::fold).collect()).collect(),
            ..Tables::default()
        };
        for (map, make) in [
            (&f.units, Part::Unit as fn(i64) -> Part),
            (&f.tens, Part::Ten),
            (&f.hundreds, Part::Hundred),
            (&f.scales, Part::Scale),
        ] {
            for (w, v) in map {
                if *v < 0 {
                    return Err(PackError::new(&path, 0, 0, format!("`{w}` stands for a negative number")));
                }
                let p = t.lexicon.phrase(w);
                t.parts.insert(p, make(*v));
            }
        }
        for (w, v) in &f.collectives {
            let p = t.lexicon.phrase(w);
            t.collectives.insert(p, (*v, false));
        }
        for (w, v) in &f.collectives_plural {
            let p = t.lexicon.phrase(w);
            t.collectives.insert(p, (*v, true));
        }
        for j in f.joiner {
            t.joiners.push((one(&mut t.lexicon, &j.word), j.next, j.after_hundred));
        }
        for (words, into) in
            [(&f.half_after, &mut t.half_after), (&f.ordinals, &mut t.ordinals), (&f.vague, &mut t.vague)]
        {
            for w in words {
                into.insert(t.lexicon.phrase(w), ());
            }
        }
        for (words, weak) in [(&f.zero, false), (&f.zero_weak, true)] {
            for w in words {
                t.zero.insert(t.lexicon.phrase(w), weak);
            }
        }
        for w in &f.age_before {
            let mut p = t.lexicon.phrase(w);
            p.reverse();
            t.age_before.insert(p, ());
        }
        for (words, back) in [(&f.before, true), (&f.after, false)] {
            for (list, bound) in
                [(&words.at_least, Bound::AtLeast), (&words.at_most, Bound::AtMost), (&words.about, Bound::About)]
            {
                for w in list {
                    let mut p = t.lexicon.phrase(w);
                    if back {
                        p.reverse();
                        t.before.insert(p, bound);
                    } else {
                        t.after.insert(p, bound);
                    }
                }
            }
        }
        for r in &f.range {
            let rule = RangeRule { open: t.lexicon.phrase(&r.open), mid: t.lexicon.phrase(&r.mid) };
            t.ranges.push(rule);
        }
        // the longest opening words first
        t.ranges.sort_by_key(|r| std::cmp::Reverse(r.open.len()));
        for (map, into) in [(&f.units_after, &mut t.units_after), (&f.units_glued, &mut t.units_glued)] {
            for (kind, words) in map {
                let kind = Kind::of_unit(kind)
                    .ok_or_else(|| PackError::new(&path, 0, 0, format!("no kind of unit is called `{kind}`")))?;
                for w in words {
                    into.insert(t.lexicon.phrase(w), kind);
                }
            }
        }
        let flags = [
            (&f.articles, is::ARTICLE),
            (&f.articles_firm_before, is::FIRM),
            (&f.ambiguous, is::AMBIGUOUS),
            (&f.of, is::OF),
            (&f.collective_between, is::BETWEEN),
            (&f.change_verbs, is::CHANGE),
            (&f.unit_adjectives, is::UNIT_ADJ),
            (&f.clock_before, is::CLOCK),
            (&f.labels_before, is::LABEL),
            (&f.singular_before, is::SINGULAR),
            (&f.definite_before, is::DEFINITE),
            (&f.months, is::MONTH),
            (&f.weekdays, is::WEEKDAY),
            (&f.years_before, is::YEAR),
            (&f.years_weak_before, is::YEAR_WEAK),
            (&f.conjunctions, is::CONJUNCTION),
            (&f.function_words, is::FUNCTION),
            (&f.fractions, is::FRACTION),
            (&f.half_before, is::HALF_BEFORE),
            (&f.ordinal_suffixes, is::ORDINAL_SUFFIX),
        ];
        let mut set = Vec::new();
        for (words, bit) in flags {
            for w in words {
                set.push((one(&mut t.lexicon, w), bit));
            }
        }
        t.begins = (0..t.lexicon.len() as u32)
            .map(|id| {
                t.parts.begins(id)
                    || t.collectives.begins(id)
                    || t.ordinals.begins(id)
                    || t.vague.begins(id)
                    || t.zero.begins(id)
            })
            .collect();
        t.bits = vec![0; t.lexicon.len()];
        for (id, bit) in set {
            t.bits[id as usize] |= bit;
        }
        Ok(t)
    }
}

/// A list of single words may hold compounds; their last word stands for them.
fn one(lexicon: &mut Lexicon, word: &str) -> u32 {
    lexicon.phrase(word).last().copied().unwrap_or(0)
}

//! What the packs say about pages, compiled.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;
use recoupe_pack::world;
use recoupe_pack::{PackError, Packs, WordTable};
use recoupe_text::fold;
use serde::Deserialize;

use crate::model::Why;

/// `lang/<xx>/page.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PageFile {
    iso3: String,
    month_first: bool,
    stop_words: String,
    hyphen_keeps: String,
    months: Vec<Vec<String>>,
    weekdays: Vec<Vec<String>>,
    ordinals: Vec<String>,
    yesterday: Vec<String>,
    today: Vec<String>,
    tomorrow: Vec<String>,
    before_yesterday: Vec<String>,
    published: Vec<String>,
    updated: Vec<String>,
    #[serde(default)]
    over: Vec<String>,
    bylines: Vec<String>,
    with: Vec<String>,
    digests: Vec<String>,
    #[serde(default)]
    dailies: Vec<String>,
    captions: Vec<String>,
    credits: Vec<String>,
    imperatives: String,
    negations: String,
    buttons: String,
    you: String,
    site: String,
    theme: Vec<ThemeFile>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ThemeFile {
    /// For the reader of the file only.
    #[allow(dead_code)]
    name: String,
    labels: Vec<String>,
    words: Vec<String>,
}

/// `lang/<xx>/junk.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct JunkFile {
    cue: Vec<CueFile>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    why: String,
    at: String,
    max: u16,
    #[serde(default)]
    opens: bool,
    #[serde(default)]
    strong: bool,
    words: Vec<String>,
}

/// One language's tables.
#[derive(Clone, Debug)]
pub(crate) struct Lang {
    pub code: String,
    pub iso3: String,
    pub month_first: bool,
    pub stops: WordTable,
    pub hyphen_keeps: Vec<String>,
    /// Word → month 1..=12.
    pub months: BTreeMap<String, i8>,
    /// Word → weekday 1 (Monday) ..=7.
    pub weekdays: BTreeMap<String, i8>,
    pub ordinals: Vec<String>,
    /// Word → days from the page's own day.
    pub near: Vec<(String, i8)>,
    pub published: Vec<String>,
    pub updated: Vec<String>,
    /// Words before a year that is over.
    pub over: Vec<String>,
    pub bylines: Vec<String>,
    pub with: Vec<String>,
    pub digests: Vec<String>,
    /// Words in the title of a page that tells one day: its date is the day of the page.
    pub dailies: Vec<String>,
    /// Imperatives by which sites call on their reader.
    pub imperatives: Vec<String>,
    /// Small words that may stand before them.
    pub negations: Vec<String>,
    /// Infinitives that buttons begin with.
    pub buttons: Vec<String>,
    /// Words for the reader.
    pub you: Vec<String>,
    /// Words that a site uses of itself and its services.
    pub site: Vec<String>,
    pub themes: Vec<Theme>,
}

/// Another section of a paper.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    pub labels: Vec<String>,
    pub words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Start,
    End,
    Any,
    /// One part of a wording of several, which may stand apart in any order.
    Part(u16),
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    at: At,
    max: u16,
    cue: Cue,
}

/// What a line's wording says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    pub why: Why,
    /// The lines below belong to it.
    pub opens: bool,
    /// Also counts for a full sentence amid the article.
    pub strong: bool,
    /// Number of words of the wording.
    pub words: u16,
    /// It stands at the start of the line.
    pub start: bool,
}

/// An outlet or agency of the world packs.
#[derive(Clone, Debug)]
pub(crate) struct Outlet {
    pub id: String,
    pub name: String,
    pub agency: bool,
    /// Folded names.
    pub names: Vec<String>,
    pub domains: Vec<String>,
}

/// Everything the packs say about pages.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub langs: Vec<Lang>,
    /// The small words of all languages, and for each a bit for every language that has it.
    pub small: (WordTable, Vec<u64>),
    whole: BTreeMap<String, (u16, Cue)>,
    parts: AhoCorasick,
    entries: Vec<Entry>,
    /// How many parts each wording of several parts has.
    sets: Vec<u16>,
    pub outlets: Vec<Outlet>,
    index: BTreeMap<String, usize>,
    agencies: AhoCorasick,
    agency_of: Vec<usize>,
    /// Words that open a caption, and words that open a credit, of all languages.
    pub captions: Vec<String>,
    pub credits: Vec<String>,
}

impl Rules {
    pub fn load(packs: &Packs) -> Result<Self, PackError> {
        let mut langs = Vec::new();
        let mut whole: BTreeMap<String, (u16, Cue)> = BTreeMap::new();
        let mut patterns: Vec<String> = Vec::new();
        let mut entries = Vec::new();
        let mut sets: Vec<u16> = Vec::new();
        let (mut captions, mut credits) = (Vec::new(), Vec::new());
        for code in packs.languages() {
            let path = format!("lang/{code}/page.toml");
            if packs.bytes(&path).is_some() {
                let file: PageFile = packs.toml(&path)?;
                captions.extend(file.captions.iter().map(|w| fold(w)));
                credits.extend(file.credits.iter().map(|w| fold(w)));
                langs.push(lang(&code, file));
            }
            let path = format!("lang/{code}/junk.toml");
            let file: JunkFile = packs.toml_or_default(&path)?;
            for c in file.cue {
                let why = why(&c.why)
                    .ok_or_else(|| PackError::new(&path, 0, 0, format!("unknown reason \"{}\" of a cue", c.why)))?;
                for w in &c.words {
                    let w = fold(w);
                    if c.at == "all" {
                        let cue = Cue { why, opens: c.opens, strong: c.strong, words: count(&w), start: false };
                        let group = sets.len() as u16;
                        let parts: Vec<&str> = w.split('+').map(str::trim).filter(|p| !p.is_empty()).collect();
                        sets.push(parts.len() as u16);
                        for p in parts {
                            patterns.push(p.to_owned());
                            entries.push(Entry { at: At::Part(group), max: c.max, cue });
                        }
                        continue;
                    }
                    let cue = Cue { why, opens: c.opens, strong: c.strong, words: count(&w), start: false };
                    let at = match c.at.as_str() {
                        "whole" => {
                            whole.entry(bare(&w).to_owned()).or_insert((c.max, cue));
                            continue;
                        }
                        "start" => At::Start,
                        "end" => At::End,
                        "any" => At::Any,
                        other => {
                            return Err(PackError::new(
                                &path,
                                0,
                                0,
                                format!("unknown position \"{other}\" of a cue: whole, start, end, any or all"),
                            ));
                        }
                    };
                    patterns.push(w);
                    entries.push(Entry { at, max: c.max, cue });
                }
            }
        }
        let parts = quick(&patterns).map_err(|e| PackError::new("lang/*/junk.toml", 0, 0, e.to_string()))?;
        let outlets: Vec<Outlet> = outlets(packs)?
            .into_iter()
            .map(|o| {
                let mut names: Vec<String> = o.names.values().flatten().map(|n| fold(n)).collect();
                names.push(fold(&o.name));
                names.sort();
                names.dedup();
                Outlet { agency: o.kind == "agency", id: o.id, name: o.name, names, domains: o.domains }
            })
            .collect();
        // The longest wording first: "photo credit" before "photo".
        credits.sort_by_key(|w: &String| std::cmp::Reverse(w.len()));
        let mut index = BTreeMap::new();
        let (mut agency_names, mut agency_of) = (Vec::new(), Vec::new());
        for (i, o) in outlets.iter().enumerate() {
            for n in o.names.iter().filter(|n| !n.is_empty()) {
                index.entry(n.clone()).or_insert(i);
                if o.agency {
                    agency_names.push(n.clone());
                    agency_of.push(i);
                }
            }
        }
        let agencies = quick(&agency_names).map_err(|e| PackError::new("world/*/outlets", 0, 0, e.to_string()))?;
        let small = small_words(&langs);
        Ok(Self { langs, small, whole, parts, entries, sets, outlets, index, agencies, agency_of, captions, credits })
    }

    /// What the wording of a folded line of `words` words says.
    pub fn cue(&self, folded: &str, words: u16) -> Option<Cue> {
        if words > 60 {
            return None;
        }
        if let Some((max, cue)) = self.whole.get(bare(folded))
            && words <= *max
        {
            return Some(Cue { strong: true, start: true, ..*cue });
        }
        let first = folded.find(char::is_alphanumeric).unwrap_or(folded.len());
        let last = folded.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let mut best: Option<(bool, bool, u16, Cue)> = None;
        // Parts of wordings found so far: the wording, the part.
        let mut apart: Vec<(u16, u32)> = Vec::new();
        for m in self.parts.find_overlapping_iter(folded) {
            let e = self.entries[m.pattern().as_usize()];
            if words > e.max || !bounded(folded, m.start(), m.end()) {
                continue;
            }
            if let At::Part(set) = e.at {
                if !apart.contains(&(set, m.pattern().as_u32())) {
                    apart.push((set, m.pattern().as_u32()));
                }
                let all = apart.iter().filter(|p| p.0 == set).count() == self.sets[set as usize] as usize;
                let key = (e.cue.strong, true, e.cue.words);
                if all && best.is_none_or(|b| (b.0, b.1, b.2) < key) {
                    best = Some((key.0, key.1, key.2, e.cue));
                }
                continue;
            }
            let fits = match e.at {
                At::Part(_) => false,
                At::Start => m.start() == 0 || m.start() == first,
                At::End => m.end() >= last,
                At::Any => true,
            };
            let key = (e.cue.strong, e.at != At::Any, e.cue.words);
            if fits && best.is_none_or(|b| (b.0, b.1, b.2) < key) {
                let opens = e.cue.opens || best.is_some_and(|b| b.3.opens && b.3.why == e.cue.why);
                best = Some((key.0, key.1, key.2, Cue { opens, start: e.at == At::Start, ..e.cue }));
            }
        }
        best.map(|b| b.3)
    }

    /// The outlet with this folded name.
    pub fn outlet(&self, folded: &str) -> Option<&Outlet> {
        self.index.get(folded).map(|i| &self.outlets[*i])
    }

    /// Agencies named in a folded line, each once.
    pub fn agencies_in(&self, folded: &str) -> Vec<&Outlet> {
        let mut found: Vec<usize> = self
            .agencies
            .find_overlapping_iter(folded)
            .filter(|m| bounded(folded, m.start(), m.end()))
            .map(|m| self.agency_of[m.pattern().as_usize()])
            .collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|i| &self.outlets[i]).collect()
    }
}

/// The small words of all languages, with the languages of each.
fn small_words(langs: &[Lang]) -> (WordTable, Vec<u64>) {
    let all = WordTable::new(langs.iter().flat_map(|l| l.stops.words().iter().cloned()).collect());
    let of = |w: &String| langs.iter().enumerate().map(|(i, l)| u64::from(l.stops.has(w)) << i).sum();
    let languages = all.words().iter().map(of).collect();
    (all, languages)
}

/// An automaton that goes over every line of every page: worth the room of a table.
fn quick(patterns: &[String]) -> Result<AhoCorasick, aho_corasick::BuildError> {
    AhoCorasick::builder().kind(Some(aho_corasick::AhoCorasickKind::DFA)).build(patterns)
}

/// The outlets of the world packs. Only the files that hold some are read: the others are large and of no use here.
fn outlets(packs: &Packs) -> Result<Vec<world::Outlet>, PackError> {
    #[derive(Deserialize)]
    struct File {
        #[serde(default)]
        outlet: Vec<world::Outlet>,
    }
    let mut all = Vec::new();
    for path in packs.paths("world/", ".toml") {
        if packs.text(path)?.contains("[[outlet]]") {
            all.extend(packs.toml::<File>(path)?.outlet);
        }
    }
    Ok(all)
}

/// Whether a match stands as whole words.
pub(crate) fn bounded(text: &str, start: usize, end: usize) -> bool {
    let inside_first = text[start..].chars().next().is_some_and(char::is_alphanumeric);
    let inside_last = text[..end].chars().next_back().is_some_and(char::is_alphanumeric);
    let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
    !(inside_first && before || inside_last && after)
}

/// A line without the figures and marks around it: counters, bullets, brackets.
fn bare(folded: &str) -> &str {
    folded.trim_matches(|c: char| !c.is_alphabetic())
}

/// Number of words of a folded text.
pub(crate) fn count(folded: &str) -> u16 {
    crate::words::count(folded).min(u16::MAX as usize) as u16
}

fn why(word: &str) -> Option<Why> {
    [Why::Menu, Why::Share, Why::Comments, Why::Related, Why::Credit, Why::Repeat, Why::Form, Why::Error, Why::Other]
        .into_iter()
        .find(|w| w.code() == word)
}

fn lang(code: &str, f: PageFile) -> Lang {
    let words = |s: &str| {
        let mut v: Vec<String> = s.split_whitespace().map(fold).collect();
        v.sort();
        v.dedup();
        v
    };
    let table = |rows: &[Vec<String>]| {
        let mut t = BTreeMap::new();
        for (i, row) in rows.iter().enumerate() {
            for w in row {
                t.insert(fold(w), i as i8 + 1);
            }
        }
        t
    };
    let folded = |v: &[String]| v.iter().map(|w| fold(w)).collect::<Vec<_>>();
    let mut near = Vec::new();
    for (list, days) in [(&f.before_yesterday, -2), (&f.yesterday, -1), (&f.today, 0), (&f.tomorrow, 1)] {
        near.extend(list.iter().map(|w| (fold(w), days)));
    }
    // Months of other spellings win over weekdays of the same letters only where a day number stands before them.
    Lang {
        code: code.to_owned(),
        iso3: f.iso3.clone(),
        month_first: f.month_first,
        stops: WordTable::new(words(&f.stop_words)),
        hyphen_keeps: words(&f.hyphen_keeps),
        months: table(&f.months),
        weekdays: table(&f.weekdays),
        ordinals: folded(&f.ordinals),
        near,
        published: folded(&f.published),
        updated: folded(&f.updated),
        over: folded(&f.over),
        bylines: folded(&f.bylines),
        with: folded(&f.with),
        digests: folded(&f.digests),
        dailies: folded(&f.dailies),
        imperatives: words(&f.imperatives),
        negations: words(&f.negations),
        buttons: words(&f.buttons),
        you: words(&f.you),
        site: words(&f.site),
        themes: f.theme.iter().map(|t| Theme { labels: folded(&t.labels), words: folded(&t.words) }).collect(),
    }
}

//! Many pages from few: the same reports of other days, other towns of the same land and other figures, so that a cross-check has
//! as many different incidents to tell apart as a real pile of pages has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use recoupe::{Gazetteer, Meta, Packs, RawInput, Reader};

/// Towns smaller than this are left out: their names are often words.
const LEAST_POPULATION: u32 = 5_000;
/// Years over which the pages are spread.
const YEARS: u64 = 20;
/// The first of them.
const FIRST: i16 = 2005;
/// Every so many pages stand on one day of one copy of the story, so that a story has several accounts.
const TOGETHER: usize = 2;

/// A page that was made.
pub struct Page {
    /// A file name, unique.
    pub name: String,
    /// Its text.
    pub text: String,
    /// When it was published, as a day.
    pub published: String,
}

/// A stretch of a page.
enum Piece {
    /// Stays as it is.
    Text(String),
    /// Another town of the land: which place of the page, and its land.
    Place(usize, String),
    /// Another figure: which figure of the page.
    Figure(usize),
    /// Another year, as far from this as the page's day is from its own.
    Year(i16),
}

/// One page to vary.
struct Pattern {
    name: String,
    pieces: Vec<Piece>,
    /// The year it was published in.
    year: Option<i16>,
}

/// Pages for a cross-check of any size; the same number gives the same pages.
pub struct Varied {
    patterns: Vec<Pattern>,
    towns: BTreeMap<String, Vec<String>>,
}

impl Varied {
    /// Prepares the pages of [`crate::pages`].
    ///
    /// # Panics
    /// If the packs that ship do not fit.
    pub fn new() -> Self {
        let reader = Reader::new(&Packs::baked()).expect("the packs that ship fit");
        let patterns: Vec<Pattern> = crate::pages().iter().map(|(name, bytes)| pattern(&reader, name, bytes)).collect();
        let land = |p: &Piece| if let Piece::Place(_, land) = p { Some(land.clone()) } else { None };
        let lands: BTreeSet<String> = patterns.iter().flat_map(|p| p.pieces.iter().filter_map(land)).collect();
        let mut towns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for p in Gazetteer::baked().places() {
            let plain = p.name.chars().all(|c| c.is_alphabetic() || c == '-');
            if p.population >= LEAST_POPULATION && p.kind.is_settlement() && plain && lands.contains(p.country_code()) {
                towns.entry(p.country_code().to_owned()).or_default().push(p.name.to_owned());
            }
        }
        Self { patterns, towns }
    }

    /// The page of a number.
    pub fn page(&self, n: usize) -> Page {
        let pattern = &self.patterns[n % self.patterns.len()];
        let copy = n / self.patterns.len();
        // copies of a story lie close together, each with its own small differences
        let story = mix((copy / TOGETHER) as u64 + 1);
        let day = story % (YEARS * 336);
        let year = FIRST + (day / 336) as i16;
        let mut text = String::new();
        for piece in &pattern.pieces {
            match piece {
                Piece::Text(t) => text.push_str(t),
                Piece::Place(i, land) => {
                    // a land without towns of that size keeps its name out of the way
                    let towns = self.towns.get(land).map_or(&[][..], Vec::as_slice);
                    let town = towns.get((mix(story ^ *i as u64) % towns.len().max(1) as u64) as usize);
                    text.push_str(town.unwrap_or(land));
                }
                Piece::Figure(i) => {
                    let figure = 3 + mix(story ^ (*i as u64 + 77)) % 95 + mix(n as u64) % 2;
                    text.push_str(&figure.to_string());
                }
                Piece::Year(y) => text.push_str(&(y + year - pattern.year.unwrap_or(year)).to_string()),
            }
        }
        // copies of one text are pages of their own, as they are on two sites
        text.push_str(&format!("\n{n}\n"));
        let published = format!("{year}-{:02}-{:02}", 1 + day % 336 / 28, 1 + day % 28);
        Page { name: format!("{n:06}-{}", pattern.name), text, published }
    }
}

impl Default for Varied {
    fn default() -> Self {
        Self::new()
    }
}

fn pattern(reader: &Reader, name: &str, bytes: &[u8]) -> Pattern {
    let reading = reader.read_page(&RawInput { source: name, bytes, meta: Meta::default() });
    let article = &reading.article;
    let text = article.original.to_string();
    let (mut places, mut figures): (BTreeMap<String, String>, Vec<String>) = (BTreeMap::new(), Vec::new());
    let mut slots: Vec<(Range<usize>, Piece)> = Vec::new();
    for c in &reading.claims {
        if let Some(p) = &c.place
            && let Some(land) = &p.country
        {
            let word = article.quote(p.span);
            if word.chars().count() > 3 {
                places.insert(word, land.to_string());
            }
        }
        for t in c.tolls.iter().filter(|t| t.min.is_some_and(|n| n > 2) && t.min == t.max) {
            // the number stands first, in digits or as a word
            let at = article.original_span(t.span);
            let (start, end) = (at.start as usize, at.end as usize);
            let Some(word) = text.get(start..end).and_then(|s| s.split_whitespace().next()) else { continue };
            let i = figures.iter().position(|f| f == word).unwrap_or_else(|| {
                figures.push(word.to_owned());
                figures.len() - 1
            });
            slots.push((start..start + word.len(), Piece::Figure(i)));
        }
    }
    for (i, (word, land)) in places.iter().enumerate() {
        slots
            .extend(text.match_indices(word.as_str()).map(|(at, w)| (at..at + w.len(), Piece::Place(i, land.clone()))));
    }
    slots.extend(years(&text).map(|(at, y)| (at..at + 4, Piece::Year(y))));
    let year = article.published.as_ref().map(|p| p.from.year());
    Pattern { name: name.to_owned(), pieces: pieces(&text, slots), year }
}

/// The years of this century that a text names in digits.
fn years(text: &str) -> impl Iterator<Item = (usize, i16)> + '_ {
    let digits = |s: &str| s.bytes().next().is_some_and(|b| b.is_ascii_digit());
    text.match_indices("20").filter_map(move |(at, _)| {
        let alone = !text[..at].ends_with(|c: char| c.is_ascii_digit()) && !text.get(at + 4..).is_some_and(digits);
        Some((at, text.get(at..at + 4)?.parse().ok()?)).filter(|_| alone)
    })
}

/// The text with its slots; of two that overlap the first counts.
fn pieces(text: &str, mut slots: Vec<(Range<usize>, Piece)>) -> Vec<Piece> {
    slots.sort_by_key(|s| (s.0.start, std::cmp::Reverse(s.0.end)));
    let (mut out, mut end) = (Vec::new(), 0);
    for (at, piece) in slots {
        if at.start >= end {
            out.push(Piece::Text(text[end..at.start].to_owned()));
            end = at.end;
            out.push(piece);
        }
    }
    out.push(Piece::Text(text[end..].to_owned()));
    out
}

/// Spreads the bits of a number.
fn mix(mut h: u64) -> u64 {
    h = h.wrapping_add(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

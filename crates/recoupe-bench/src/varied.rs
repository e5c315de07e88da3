//! Many pages from few: the same reports of other days, other towns of the same land and other figures, so that a cross-check has
//! as many different incidents to tell apart as a real pile of pages has.

use std::collections::{BTreeMap, BTreeSet};

use recoupe::{Gazetteer, Meta, Packs, RawInput, Reader};

/// Towns smaller than this are left out: their names are often words.
const LEAST_POPULATION: u32 = 15_000;
/// Days over which the pages are spread.
const DAYS: u64 = 1_400;
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

/// One page to vary, and what on it can be.
struct Pattern {
    name: String,
    text: String,
    /// Places as the page writes them, with their country.
    places: BTreeMap<String, String>,
    /// Figures in digits.
    figures: BTreeSet<String>,
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
        let lands: BTreeSet<&str> = patterns.iter().flat_map(|p| p.places.values().map(String::as_str)).collect();
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
        let mut text = pattern.text.clone();
        for (i, (place, land)) in pattern.places.iter().enumerate() {
            if let Some(towns) = self.towns.get(land).filter(|t| !t.is_empty()) {
                text = text.replace(place.as_str(), &towns[(mix(story ^ i as u64) % towns.len() as u64) as usize]);
            }
        }
        for (i, figure) in pattern.figures.iter().enumerate() {
            let new = 3 + mix(story ^ (i as u64 + 77)) % 95 + mix(n as u64) % 2;
            text = text.replace(figure.as_str(), &new.to_string());
        }
        let day = story % DAYS;
        let (year, rest) = (2019 + day / 350, day % 350);
        let published = format!("{year}-{:02}-{:02}", 1 + rest / 28 % 12, 1 + rest % 28);
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
    let text = reading.article.original.to_string();
    let (mut places, mut figures) = (BTreeMap::new(), BTreeSet::new());
    for c in &reading.claims {
        if let Some(p) = &c.place
            && let Some(land) = &p.country
        {
            let word = reading.article.quote(p.span);
            if word.chars().count() > 3 {
                places.insert(word, land.to_string());
            }
        }
        for t in &c.tolls {
            let words = reading.article.quote(t.span);
            let digits = words.split(|c: char| !c.is_ascii_digit()).find(|d| (2..=3).contains(&d.len()));
            figures.extend(digits.map(str::to_owned));
        }
    }
    Pattern { name: name.to_owned(), text, places, figures }
}

/// Spreads the bits of a number.
fn mix(mut h: u64) -> u64 {
    h = h.wrapping_add(0x9e37_79b9_7f4a_7c15);
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

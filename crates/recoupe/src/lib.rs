//! Recoupe as a library: read pages, cross-check them.
//!
//! [`Reader::read_page`] is a pure function of a page and the packs; [`cross_check`] is a pure function of readings. The caller
//! owns files, threads and the clock.

mod intern;
mod siblings;

use std::collections::BTreeMap;

use jiff::civil::Date;

use recoupe_claim::LanguageReader;
use recoupe_gazetteer::{ExtraPlace, Kind};
pub use recoupe_mention::Party;
use recoupe_mention::{Place, PlacePrecision};
use recoupe_page::PageReader;
use recoupe_syntax::baked;
use recoupe_text::{SegmentRules, Segmenter};

pub use intern::Interner;
#[cfg(feature = "cache")]
pub use recoupe_claim::cache;
pub use recoupe_claim::{Claim, Reading};
pub use recoupe_dossier::figure::{self, Rule};
pub use recoupe_dossier::{Dossier, Options, PageInput, Table, decisions};
pub use recoupe_gazetteer::Gazetteer;
pub use recoupe_incident::{Standing, touch};
pub use recoupe_pack::{PackError, Packs};
pub use recoupe_page::{Article, Meta, RawInput};
use recoupe_page::{Basis, Published};

/// Everything needed to read pages, compiled once from the packs. Shared by threads.
pub struct Reader {
    pages: PageReader,
    languages: BTreeMap<String, LanguageReader>,
    gazetteer: Gazetteer,
    table: Table,
    packs: Vec<(String, String)>,
}

impl Reader {
    /// Compiles the packs. A language counts once its pack has the lexicons of all stages and a model is baked in for it; pages of
    /// other languages are cleaned and dated but yield no claims, and say so.
    pub fn new(packs: &Packs) -> Result<Self, PackError> {
        let mut gazetteer = Gazetteer::baked();
        let world = recoupe_pack::world::World::load(packs)?;
        let extra: Vec<ExtraPlace<'_>> = world
            .places
            .iter()
            .map(|p| ExtraPlace {
                name: &p.name,
                names: p.names.values().flatten().map(String::as_str).collect(),
                country: &p.country,
                lat: p.lat,
                lon: p.lon,
                kind: &p.kind,
                geonames: p.geonames,
            })
            .collect();
        gazetteer.add_places(&extra);
        let mut table = Table::load(packs)?;
        table.find_zones(|name, country| zone(&gazetteer, name, country));
        let mut languages = BTreeMap::new();
        for lang in packs.languages() {
            let (Some(model), Some(_)) = (baked(&lang), packs.bytes(&format!("lang/{lang}/acts.toml"))) else {
                continue;
            };
            let rules: SegmentRules = packs.toml(&format!("lang/{lang}/segment.toml"))?;
            languages.insert(lang.clone(), LanguageReader::load(packs, &lang, Segmenter::new(rules), model)?);
        }
        Ok(Self { pages: PageReader::load(packs)?, languages, gazetteer, table, packs: packs.digests() })
    }

    /// Reads one page. Never fails: what cannot be read is a reading without claims and a note.
    pub fn read_page(&self, raw: &RawInput<'_>) -> Reading {
        let article = self.pages.read(raw);
        match article.language.as_deref().and_then(|l| self.languages.get(l)) {
            Some(l) => compact(l.read(article, &self.gazetteer)),
            None => Reading { article, sentences: Vec::new(), claims: Vec::new(), namings: Vec::new() },
        }
    }

    /// A page read once more as published between two days that other pages give; a date that it states itself stays.
    pub fn dated(&self, mut page: PageInput, from: Date, to: Date) -> PageInput {
        let article = &page.reading.article;
        if article.published.as_ref().is_some_and(|p| p.basis != Basis::Sibling) {
            return page;
        }
        if let Some(language) = article.language.as_deref().and_then(|l| self.languages.get(l)) {
            let mut article = page.reading.article;
            article.published = Some(Published { from, to, basis: Basis::Sibling, span: None, evidence: None });
            page.reading = compact(language.read(article, &self.gazetteer));
        }
        page
    }

    /// The reader of one language, if its packs are complete.
    pub fn language(&self, lang: &str) -> Option<&LanguageReader> {
        self.languages.get(lang)
    }

    /// The languages that are read, sorted.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// Types of incidents, their labels and their codes in other schemes.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// Ids and SHA-256 of the packs in force.
    pub fn packs(&self) -> &[(String, String)] {
        &self.packs
    }
}

/// A reading without the room its lists grew into: thousands of them wait for the cross-check.
fn compact(mut r: Reading) -> Reading {
    r.article.blocks.shrink_to_fit();
    r.article.notes.shrink_to_fit();
    r.sentences.shrink_to_fit();
    for c in &mut r.claims {
        c.tolls.shrink_to_fit();
        c.voices.shrink_to_fit();
        c.rules.shrink_to_fit();
        c.means.shrink_to_fit();
    }
    r.claims.shrink_to_fit();
    r.namings.shrink_to_fit();
    r
}

/// A place by name: of a country's bearers of the name the province, else the district, else the largest town.
fn zone(gazetteer: &Gazetteer, name: &str, country: Option<&str>) -> Option<Place> {
    let mut found = Vec::new();
    gazetteer.lookup(name, &mut found);
    let all = found.iter().filter_map(|c| gazetteer.place(c.place));
    let rank = |k: Kind| match k {
        Kind::Province => 3,
        Kind::District | Kind::Region => 2,
        _ => 1,
    };
    let p = all
        .filter(|p| country.is_none_or(|c| c == p.country_code()))
        .max_by_key(|p| (rank(p.kind), p.population, std::cmp::Reverse(p.id)))?;
    Some(Place {
        id: p.geonames().map_or_else(String::new, |n| format!("geonames:{n}")).into(),
        name: p.name.into(),
        country: Some(p.country_code().into()),
        lat: Some(p.lat),
        lon: Some(p.lon),
        precision: match p.kind {
            Kind::Province => PlacePrecision::Province,
            Kind::District | Kind::Region => PlacePrecision::District,
            Kind::Country => PlacePrecision::Country,
            _ => PlacePrecision::Town,
        },
        span: Default::default(),
    })
}

/// Brings the readings of many pages together.
///
/// An undated page that a page about the same incident dates is read once more with that date, so that its “jeudi” and
/// “3 février” find their year; a date that a page states is never touched.
pub fn cross_check(reader: &Reader, pages: Vec<PageInput>, options: &Options) -> Dossier {
    let first = recoupe_dossier::build(&reader.table, pages, options);
    let sibling_dates = siblings::dates(&first);
    if sibling_dates.iter().all(Option::is_none) {
        return first;
    }
    let second = again(reader, first, sibling_dates, options);
    // With a rough date more pages meet; one that shares an incident's figures with a dated page takes that page's date.
    let finer = siblings::refine(&second);
    if finer.iter().all(Option::is_none) { second } else { again(reader, second, finer, options) }
}

/// Reads the pages once more that have been given a date, and cross-checks again.
fn again(reader: &Reader, mut d: Dossier, dates: Vec<Option<(Date, Date)>>, options: &Options) -> Dossier {
    // decisions are replayed on what the pages say, not on what they were corrected to
    d.decisions.undo(&mut d.pages);
    // what the pages gave the first time is not needed beside what they give now
    let pages = std::mem::take(&mut d.pages);
    drop(d);
    let pages = pages
        .into_iter()
        .zip(dates)
        .map(|(page, when)| match when {
            Some((from, to)) => reader.dated(page, from, to),
            None => page,
        })
        .collect();
    recoupe_dossier::build(&reader.table, pages, options)
}

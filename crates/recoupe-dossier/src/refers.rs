//! Which known agreement a shared wording can mean, and what happened inside an agreement's zone and time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoupe_incident::kin::{Lie, bare, day, lie, span_days, state};
use recoupe_incident::{ClaimEntry, Incident, PageInput, Table};
use recoupe_mention::{Place, PlacePrecision};
use recoupe_pack::world::AgreementEntry;
use recoupe_text::fold;

use crate::types::Agreement;

/// The agreement of the packs that one of unknown name can mean: its wording is shared or both parties are the same, it is about
/// the same country, and it was in force when the first page was published; of several the last concluded.
pub(crate) fn to(t: &Table, pages: &[PageInput], a: &Agreement, country: Option<&str>) -> Option<String> {
    if a.id.starts_with("agreement/") {
        return None;
    }
    let said =
        a.pages.iter().filter_map(|p| pages[*p].reading.article.published.as_ref()).map(|p| day(p.from)).min()?;
    let fits = |k: &&AgreementEntry| {
        let about = k.country.as_deref().zip(country).is_none_or(|(x, y)| x == y);
        let force = began(k).is_some_and(|d| d <= said) && ended(k).is_none_or(|d| d >= said);
        about && force && !matches!(k.kind.as_str(), "other" | "exchange") && (worded(pages, a, k) || parties(a, k))
    };
    t.agreements().iter().filter(fits).max_by_key(|k| (worded(pages, a, k), began(k))).map(|k| k.id.clone())
}

/// Whether a page words it in a way that this agreement shares with others.
fn worded(pages: &[PageInput], a: &Agreement, k: &AgreementEntry) -> bool {
    a.wordings.iter().any(|w| {
        let article = &pages[w.page].reading.article;
        let said = plain(&article.quote(w.value));
        let lang = article.language.as_deref().unwrap_or("");
        k.loose
            .get(lang)
            .is_some_and(|list| list.iter().any(|x| format!(" {said} ").contains(&format!(" {} ", plain(x)))))
    })
}

/// Whether both name the same states, two at least.
fn parties(a: &Agreement, k: &AgreementEntry) -> bool {
    let mut mine: Vec<&str> = a.parties.iter().filter_map(|p| state(&p.value)).collect();
    let mut theirs: Vec<&str> = k.parties.iter().filter_map(|p| p.split_once('/')).map(|p| p.0).collect();
    for list in [&mut mine, &mut theirs] {
        list.sort_unstable();
        list.dedup();
    }
    mine.len() > 1 && mine == theirs
}

/// Words alone, folded, without a plural ending.
fn plain(s: &str) -> String {
    let folded = fold(s);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(|w| if w.len() > 3 { w.trim_end_matches(['s', 'x']) } else { w }).collect::<Vec<_>>().join(" ")
}

/// The day, or the first of the month or year.
fn began(k: &AgreementEntry) -> Option<i32> {
    date(k.date.as_deref()?)
}

fn ended(k: &AgreementEntry) -> Option<i32> {
    date(k.end.as_deref()?)
}

fn date(s: &str) -> Option<i32> {
    let full = match s.len() {
        4 => format!("{s}-01-01"),
        7 => format!("{s}-01"),
        _ => s.to_owned(),
    };
    full.parse::<Date>().ok().map(day)
}

/// Gives each agreement that the packs know the incidents inside its zone and its time.
pub(crate) fn candidates(
    t: &Table,
    pages: &[PageInput],
    all: &[ClaimEntry],
    incidents: &[Incident],
    agreements: &mut [Agreement],
) {
    if !agreements.iter().any(|a| t.agreement(&a.id).is_some()) {
        return;
    }
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for p in all.iter().filter_map(|e| e.claim(pages).place.as_ref()) {
        // a province before its namesake town
        let wide = |p: &Place| matches!(p.precision, PlacePrecision::Province | PlacePrecision::District);
        let at = places.entry(bare(t, &p.name)).or_insert_with(|| p.clone());
        if wide(p) && !wide(at) {
            *at = p.clone();
        }
    }
    for a in agreements {
        let Some(k) = t.agreement(&a.id) else { continue };
        let Some(from) = began(k).filter(|_| !matches!(k.kind.as_str(), "other" | "exchange")) else { continue };
        let to = ended(k).unwrap_or(i32::MAX);
        let zone: Vec<String> = k.zone.iter().map(|z| bare(t, z)).collect();
        let known: Vec<&Place> = places
            .iter()
            .filter(|(name, p)| {
                zone.iter()
                    .any(|z| *name == z || p.precision != PlacePrecision::Town && name.starts_with(&format!("{z} ")))
            })
            .map(|(_, p)| p)
            .collect();
        let inside = |p: &Place| {
            zone.contains(&bare(t, &p.name)) || known.iter().any(|z| matches!(lie(t, p, z), Lie::Same | Lie::Inside))
        };
        let fits = |x: &Incident| {
            let when = x.time.as_ref().and_then(|w| span_days(&w.value));
            t.violent(&x.kind)
                && !x.planned
                && !x.summary
                && when.is_some_and(|(f, l)| f > from && l <= to && l - f <= 7)
                && x.place.as_ref().is_some_and(|p| inside(&p.value))
        };
        a.candidates = (0..incidents.len()).filter(|i| fits(&incidents[*i])).collect();
    }
}

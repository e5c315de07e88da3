//! Which known agreement a shared wording can mean, and what happened inside an agreement's zone and time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use recoupe_incident::kin::{bare, day, km, span_days, state};
use recoupe_incident::{Incident, PageInput, Table};
use recoupe_mention::{Place, PlacePrecision};
use recoupe_pack::world::AgreementEntry;
use recoupe_text::fold;

use crate::types::Agreement;

/// The agreement of the packs that one of unknown name can mean: its wording is shared or both parties are the same, it is about
/// the same country, and it was in force when the first page was published; of several the last concluded.
pub(crate) fn to(t: &Table, pages: &[PageInput], a: &Agreement) -> Option<(String, String)> {
    if a.id.starts_with("agreement/") {
        return None;
    }
    // countries that the pages tell of
    let claims = a.pages.iter().flat_map(|p| &pages[*p].reading.claims);
    let countries: BTreeSet<&str> = claims.filter_map(|c| c.place.as_ref()?.country.as_deref()).collect();
    let said =
        a.pages.iter().filter_map(|p| pages[*p].reading.article.published.as_ref()).map(|p| day(p.from)).min()?;
    let fits = |k: &&AgreementEntry| {
        let about = k.country.as_deref().is_none_or(|c| countries.contains(c));
        let force = began(k).is_some_and(|d| d <= said) && ended(k).is_none_or(|d| d >= said);
        about && force && !matches!(k.kind.as_str(), "other" | "exchange") && (worded(pages, a, k) || parties(a, k))
    };
    t.agreements()
        .iter()
        .filter(fits)
        .max_by_key(|k| (worded(pages, a, k), told(t, pages, a, k), began(k)))
        .map(|k| (k.id.clone(), k.name.clone()))
}

/// A breach of “the truce” without a name, a party or a day of its own is one of the agreement that its pages name, where they all
/// name the same one and no other.
pub(crate) fn bare_ones(all: &mut [Agreement]) {
    for n in 0..all.len() {
        let a = &all[n];
        let bare = a.refers_to.is_none() && a.parties.is_empty() && a.date.is_none() && a.place.is_none();
        if a.id.starts_with("agreement/") || !bare || a.breaches.is_empty() {
            continue;
        }
        let meant = |b: &Agreement| -> Option<(String, String)> {
            b.id.starts_with("agreement/").then(|| (b.id.clone(), b.name.to_string())).or_else(|| b.refers_to.clone())
        };
        let others = all.iter().enumerate().filter(|(m, b)| *m != n && b.pages.iter().any(|p| a.pages.contains(p)));
        let mut ids: Vec<Option<(String, String)>> = others.map(|(_, b)| meant(b)).collect();
        ids.sort();
        ids.dedup();
        if let [Some(one)] = ids.as_slice() {
            let one = one.clone();
            all[n].refers_to = Some(one);
        }
    }
}

/// Whether a page words it in a way that this agreement shares with others.
fn worded(pages: &[PageInput], a: &Agreement, k: &AgreementEntry) -> bool {
    if k.loose.is_empty() {
        return false;
    }
    a.wordings.iter().any(|w| {
        let article = &pages[w.page].reading.article;
        // the words that name it may go on behind the span: “accord” of “accord russo-turc”
        let rest = article.text.get(w.value.start as usize..).unwrap_or("");
        let said: String = plain(&rest.chars().take(90).collect::<String>()) + " ";
        let lang = article.language.as_deref().unwrap_or("");
        let starts = |x: &String| said.starts_with(&(plain(x) + " "));
        k.loose.get(lang).is_some_and(|list| list.iter().any(starts))
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

/// Whether a place lies in the zone of an agreement.
fn inside(t: &Table, k: &AgreementEntry, p: &Place) -> bool {
    let near = |z: &Place| p.country == z.country && km(p, z).is_some_and(|d| d <= reach(z));
    // names only where the gazetteer knows no place of the zone
    let named = || t.zone(&k.id).is_empty() && k.zone.iter().any(|z| bare(t, z) == bare(t, &p.name));
    p.precision != PlacePrecision::Country && (t.zone(&k.id).iter().any(near) || named())
}

/// Whether the pages tell of a place in its zone.
fn told(t: &Table, pages: &[PageInput], a: &Agreement, k: &AgreementEntry) -> bool {
    let places = a.pages.iter().flat_map(|p| &pages[*p].reading.claims).filter_map(|c| c.place.as_ref());
    places.into_iter().any(|p| inside(t, k, p))
}

/// How far from its middle a place of a zone reaches, in kilometres: candidates may lie a little outside.
fn reach(p: &Place) -> f64 {
    match p.precision {
        PlacePrecision::Province => 60.0,
        PlacePrecision::District => 30.0,
        _ => 15.0,
    }
}

/// Gives each agreement that the packs know the incidents inside its zone and its time.
pub(crate) fn candidates(t: &Table, incidents: &[Incident], agreements: &mut [Agreement]) {
    if !agreements.iter().any(|a| t.agreement(&a.id).is_some()) {
        return;
    }
    for a in agreements {
        let Some(k) = t.agreement(&a.id) else { continue };
        let Some(from) = began(k).filter(|_| !matches!(k.kind.as_str(), "other" | "exchange")) else { continue };
        let to = ended(k).unwrap_or(i32::MAX);
        let fits = |x: &Incident| {
            let when = x.time.as_ref().and_then(|w| span_days(&w.value));
            t.violent(&x.kind)
                && !x.planned
                && !x.summary
                && when.is_some_and(|(f, l)| f > from && l <= to && l - f <= 7)
                && x.place.as_ref().is_some_and(|p| inside(t, k, &p.value))
        };
        a.candidates = (0..incidents.len()).filter(|i| fits(&incidents[*i])).collect();
    }
}

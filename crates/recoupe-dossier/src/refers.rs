//! Which known agreement a shared wording can mean, and what happened inside an agreement's zone and time.

use jiff::civil::Date;
use recoupe_incident::kin::{bare, day, km, span_days, state};
use recoupe_incident::{Incident, PageInput, Table};
use recoupe_mention::{Place, PlacePrecision};
use recoupe_pack::world::AgreementEntry;
use recoupe_text::fold;

use crate::types::Agreement;

/// The agreement of the packs that one of unknown name can mean: its wording is shared or both parties are the same, it is about
/// the same country, and it was in force when the first page was published; of several the last concluded.
pub(crate) fn to(t: &Table, pages: &[PageInput], a: &Agreement, countries: &[Option<&str>]) -> Option<String> {
    if a.id.starts_with("agreement/") {
        return None;
    }
    let said =
        a.pages.iter().filter_map(|p| pages[*p].reading.article.published.as_ref()).map(|p| day(p.from)).min()?;
    let fits = |k: &&AgreementEntry| {
        let about =
            k.country.is_none() || countries.contains(&k.country.as_deref()) || countries.iter().all(Option::is_none);
        let force = began(k).is_some_and(|d| d <= said) && ended(k).is_none_or(|d| d >= said);
        about && force && !matches!(k.kind.as_str(), "other" | "exchange") && (worded(pages, a, k) || parties(a, k))
    };
    t.agreements().iter().filter(fits).max_by_key(|k| (worded(pages, a, k), began(k))).map(|k| k.id.clone())
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
        let meant = |b: &Agreement| -> Option<String> {
            b.id.starts_with("agreement/").then(|| b.id.clone()).or_else(|| b.refers_to.clone())
        };
        let others = all.iter().enumerate().filter(|(m, b)| *m != n && b.pages.iter().any(|p| a.pages.contains(p)));
        let mut ids: Vec<Option<String>> = others.map(|(_, b)| meant(b)).collect();
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
        let zone: Vec<String> = k.zone.iter().map(|z| bare(t, z)).collect();
        let inside = |p: &Place| {
            let near = |z: &Place| p.country == z.country && km(p, z).is_some_and(|d| d <= reach(z));
            p.precision != PlacePrecision::Country
                && (zone.contains(&bare(t, &p.name)) || t.zone(&a.id).iter().any(near))
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

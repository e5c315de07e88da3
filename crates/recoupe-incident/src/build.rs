//! From a cluster of accounts to an incident.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use recoupe_claim::Certainty;
use recoupe_mention::{Id, Place, TimeBasis, When};

use crate::account::{Account, exactness, makes_incident};
use crate::hash::short_id;
use crate::kin::{Lie, lie, span_days};
use crate::link::Cluster;
use crate::source::{independent, source, text_key, voices};
use crate::table::Table;
use crate::types::{At, ClaimEntry, Difference, Disagreement, Field, Incident, PageInput, Side, Standing, Value};
use crate::{parties, tolls, victims};

/// Builds one incident; `accounts` are those of all pages, `c` says which.
pub(crate) fn incident(
    t: &Table,
    pages: &[PageInput],
    all: &[ClaimEntry],
    accounts: &[Account],
    origin: &[Option<usize>],
    c: &Cluster,
) -> Incident {
    let mine: Vec<&Account> = c.accounts.iter().map(|a| &accounts[*a]).collect();
    let mut claims: Vec<usize> = mine.iter().flat_map(|a| a.claims.iter().copied()).collect();
    claims.sort_unstable();
    let page_set: BTreeSet<usize> = mine.iter().map(|a| a.page).collect();
    let anchor = claims.iter().map(|i| all[*i].id.as_str()).min().unwrap_or("");
    let (mut bad, mut fine): (Vec<Disagreement>, Vec<Difference>) = (Vec::new(), Vec::new());
    bad.extend(happened(pages, all, &claims));
    let actor = parties::values(t, pages, all, &claims, Field::Actor);
    parties::compare(t, all, &actor, Field::Actor, &mut bad, &mut fine);
    let target = parties::values(t, pages, all, &claims, Field::Target);
    parties::compare(t, all, &target, Field::Target, &mut bad, &mut fine);
    victims::tell_apart(pages, all, &mut bad, &mut fine);
    let kind = kind(t, pages, all, &claims).unwrap_or_else(|| mine[0].kind.clone());
    bad.extend(types(t, pages, all, &claims));
    let time = time(pages, all, &mine, &claims);
    bad.extend(times(pages, all, &claims));
    let place = place(all, &mine);
    bad.extend(places(t, pages, all, &claims));
    let rows = tolls::rows(t, pages, all, &claims, false);
    rows.compare(&mut bad, &mut fine);
    let origins = independent(pages, all, &claims);
    let contested =
        bad.iter().any(|d| matches!(d.field, Field::Happened | Field::Actor | Field::Target | Field::TargetStatus));
    Incident {
        id: short_id("i", &["incident", anchor]),
        title: title(t, &kind, place.as_ref(), time.as_ref()),
        background: mine.iter().all(|a| a.background),
        planned: mine.iter().all(|a| a.planned),
        summary: mine.iter().all(|a| a.summary),
        pages: page_set.into_iter().collect(),
        voices: voices(pages, all, &claims),
        standing: match () {
            () if contested => Standing::Contested,
            () if !bad.is_empty() => Standing::Differs,
            () if origins <= 1 => Standing::SingleOrigin,
            () => Standing::Agreed,
        },
        tolls: rows.into_tolls(),
        cumulative: tolls::rows(t, pages, all, &claims, true).into_tolls(),
        disagreements: bad,
        differences: fine,
        links: c.links(t, accounts, origin).collect(),
        related: Vec::new(),
        origins,
        kind,
        time,
        place,
        actor,
        target,
        claims,
    }
}

fn title(t: &Table, kind: &Id, place: Option<&At<Place>>, time: Option<&At<When>>) -> String {
    let mut out = t.label(kind, "en").to_owned();
    if let Some(p) = place {
        out.push_str(", ");
        out.push_str(&p.value.name);
    }
    match time.map(|w| (w.value.from, w.value.to)) {
        Some((Some(a), Some(b))) if a != b => out.push_str(&format!(", {a} to {b}")),
        Some((Some(a), _)) => out.push_str(&format!(", {a}")),
        _ => {}
    }
    out
}

/// The type most sources give; of equals the more exact one.
fn kind(t: &Table, pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Option<Id> {
    let mut by: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
    for e in claims.iter().map(|i| &all[*i]).filter(|e| makes_incident(e.claim(pages))) {
        by.entry(e.claim(pages).kind.clone()).or_default().insert(text_key(e));
    }
    let votes = |k: &Id| -> usize {
        // a broader word supports every exact one
        by.iter().filter(|(x, _)| *x == k || t.covers(x, k)).map(|(_, s)| s.len()).sum()
    };
    by.keys().max_by_key(|k| (votes(k), by[*k].len(), Reverse((*k).clone()))).cloned()
}

/// The narrowest time that most texts give; a stated one before one that another page gave.
fn time(pages: &[PageInput], all: &[ClaimEntry], accounts: &[&Account], claims: &[usize]) -> Option<At<When>> {
    let mut votes: BTreeMap<(i32, i32), (BTreeSet<String>, At<When>)> = BTreeMap::new();
    for a in accounts {
        let Some(w) = a.time.as_ref() else { continue };
        let Some(days) = span_days(w) else { continue };
        let e = &all[a.claims[0]];
        let entry = votes.entry(days).or_insert_with(|| (BTreeSet::new(), At::new(a.page, w.clone())));
        entry.0.insert(text_key(e));
        if basis(w) < basis(&entry.1.value) {
            entry.1 = At::new(a.page, w.clone());
        }
    }
    let best = votes.into_iter().min_by_key(|((f, l), (texts, _))| ((l - f).min(400), Reverse(texts.len()), *f));
    best.map(|(_, (_, w))| w).or_else(|| {
        // a weekday alone is still worth showing
        let with = |i: &&usize| makes_incident(all[**i].claim(pages)) && all[**i].time.is_some();
        claims.iter().find(with).and_then(|i| all[*i].time.clone().map(|w| At::new(all[*i].page, w)))
    })
}

fn basis(w: &When) -> u8 {
    match w.basis {
        TimeBasis::Absolute => 0,
        TimeBasis::Relative => 1,
        TimeBasis::Narrative => 2,
        TimeBasis::Inherited => 3,
        TimeBasis::Sibling => 4,
    }
}

/// The most exact place, by most texts.
fn place(all: &[ClaimEntry], accounts: &[&Account]) -> Option<At<Place>> {
    let mut votes: Vec<(At<Place>, BTreeSet<String>)> = Vec::new();
    for a in accounts {
        let Some(p) = a.place.as_ref() else { continue };
        let text = text_key(&all[a.claims[0]]);
        match votes.iter_mut().find(|(q, _)| q.value.id == p.id && q.value.name == p.name) {
            Some((_, texts)) => {
                texts.insert(text);
            }
            None => votes.push((At::new(a.page, p.clone()), BTreeSet::from([text]))),
        }
    }
    votes.into_iter().min_by_key(|(p, texts)| (exactness(&p.value), Reverse(texts.len()), p.page)).map(|(p, _)| p)
}

/// Sides of a field with the claims that take each: a side is a value that equals the value of its first claim.
fn sides<T>(
    pages: &[PageInput],
    all: &[ClaimEntry],
    items: Vec<(usize, T)>,
    same: impl Fn(&T, &T) -> bool,
    value: impl Fn(usize, &T) -> Value,
) -> Vec<(BTreeSet<String>, Side)> {
    let mut out: Vec<(T, usize, Vec<usize>)> = Vec::new();
    for (i, v) in items {
        match out.iter_mut().find(|(w, _, _)| same(w, &v)) {
            Some(s) => s.2.push(i),
            None => out.push((v, i, vec![i])),
        }
    }
    let mut out: Vec<(BTreeSet<String>, Side)> = out
        .into_iter()
        .map(|(v, first, claims)| {
            let sources = claims.iter().map(|i| source(pages, &all[*i])).collect();
            (sources, Side { value: value(all[first].page, &v), voices: voices(pages, all, &claims), claims })
        })
        .collect();
    out.sort_by_key(|(sources, _)| Reverse(sources.len()));
    out
}

/// Whether it happened: a denial of the whole, where nobody is named who could deny only the deed.
fn happened(pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Option<Disagreement> {
    let items: Vec<(usize, bool)> = claims
        .iter()
        .filter_map(|i| {
            let c = all[*i].claim(pages);
            match c.certainty {
                _ if !makes_incident(c) => None,
                Certainty::Stated | Certainty::Hedged => Some((*i, true)),
                Certainty::Denied if c.actor.is_none() && c.tolls.is_empty() => Some((*i, false)),
                _ => None,
            }
        })
        .collect();
    let found = sides(pages, all, items, |a, b| a == b, |_, v| Value::Happened(*v));
    (found.len() > 1).then(|| Disagreement {
        field: Field::Happened,
        toll: None,
        sides: found.into_iter().map(|s| s.1).collect(),
    })
}

/// Claims that state something about what happened as news, with their index.
fn stated<'a>(
    pages: &'a [PageInput],
    all: &'a [ClaimEntry],
    claims: &'a [usize],
) -> impl Iterator<Item = (usize, &'a ClaimEntry)> + 'a {
    claims.iter().map(|i| (*i, &all[*i])).filter(|(_, e)| {
        let c = e.claim(pages);
        makes_incident(c) && matches!(c.certainty, Certainty::Stated | Certainty::Hedged)
    })
}

fn types(t: &Table, pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Option<Disagreement> {
    let items: Vec<(usize, Id)> = stated(pages, all, claims).map(|(i, e)| (i, e.claim(pages).kind.clone())).collect();
    let found = sides(pages, all, items, |a, b| a == b, |_, v| Value::Kind(v.clone()));
    let kind = |s: &Side| match &s.value {
        Value::Kind(k) => k.clone(),
        _ => Id::from(""),
    };
    apart(found, Field::Type, |a, b| t.contradict(&kind(a), &kind(b)))
}

fn times(pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Option<Disagreement> {
    // a day that a page only hands down from elsewhere is no statement of its own
    let own = |w: &When| !matches!(w.basis, TimeBasis::Inherited | TimeBasis::Sibling);
    let items: Vec<(usize, When)> = stated(pages, all, claims)
        .filter_map(|(i, e)| e.time.clone().filter(|w| own(w) && w.from.is_some() && w.from == w.to).map(|w| (i, w)))
        .collect();
    let found = sides(pages, all, items, |a, b| a.from == b.from, |page, w| Value::Time(At::new(page, w.clone())));
    apart(found, Field::Time, |_, _| true)
}

fn places(t: &Table, pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Option<Disagreement> {
    let items: Vec<(usize, Place)> =
        stated(pages, all, claims).filter_map(|(i, e)| e.claim(pages).place.clone().map(|p| (i, p))).collect();
    let same = |a: &Place, b: &Place| {
        a.id == b.id && a.name == b.name || lie(t, a, b) == Lie::Same && a.precision == b.precision
    };
    let found = sides(pages, all, items, same, |page, p| Value::Place(At::new(page, p.clone())));
    apart(found, Field::Place, |a, b| match (&a.value, &b.value) {
        (Value::Place(p), Value::Place(q)) => {
            matches!(lie(t, &p.value, &q.value), Lie::Apart(_) | Lie::Abroad)
                || matches!(lie(t, &p.value, &q.value), Lie::Close(d) if d > 12)
        }
        _ => false,
    })
}

/// Keeps the sides that contradict another one told by other sources.
fn apart(
    found: Vec<(BTreeSet<String>, Side)>,
    field: Field,
    contradict: impl Fn(&Side, &Side) -> bool,
) -> Option<Disagreement> {
    let mut keep = vec![false; found.len()];
    for i in 0..found.len() {
        for j in i + 1..found.len() {
            if found[i].0.is_disjoint(&found[j].0) && contradict(&found[i].1, &found[j].1) {
                keep[i] = true;
                keep[j] = true;
            }
        }
    }
    let sides: Vec<Side> = found.into_iter().zip(keep).filter(|(_, k)| *k).map(|(s, _)| s.1).collect();
    (sides.len() > 1).then_some(Disagreement { field, toll: None, sides })
}

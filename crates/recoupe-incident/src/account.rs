//! Accounts: what one page tells of one incident.

use std::collections::BTreeMap;

use recoupe_claim::{Certainty, Claim, ControlChange, Detail, Toll};
use recoupe_mention::{Id, Party, Place, PlacePrecision, TimeBasis, TimePrecision, When};
use recoupe_page::{Basis, BlockKind};

use crate::hash;
use crate::kin::{Bare, Kin, kin, span_days};
use crate::table::{Class, Table};
use crate::types::{ClaimEntry, PageInput};

/// A party and its class, looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    pub party: Party,
    pub class: Class,
}

/// A toll and the class of its group.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    pub toll: Toll,
    pub class: Class,
}

/// A place with its name as it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub place: Place,
    pub bare: Bare,
    /// Whether the account's own sentences name it; else it was handed down from others.
    pub told: bool,
}

/// How many places an account is compared by.
const SPOTS: usize = 4;

/// The claims of one page that share a group, and what is compared of them.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub page: usize,
    /// Indexes into the flat list of claims.
    pub claims: Vec<usize>,
    /// The type that leads, and all types.
    pub kind: Id,
    pub kinds: Vec<Id>,
    pub time: Option<When>,
    pub place: Option<Place>,
    /// All places its claims name, that one first, four at most.
    pub spots: Vec<Spot>,
    /// The names in its sentences, sorted hashes; see [`crate::rare`].
    pub said: Vec<u32>,
    /// The same of the words that open its sentences, which may be names or not.
    pub led: Vec<u32>,
    pub actors: Vec<Who>,
    pub targets: Vec<Who>,
    /// Tolls that are not running totals, with a number.
    pub tolls: Vec<Count>,
    /// Running totals, with a number.
    pub totals: Vec<Count>,
    pub background: bool,
    pub planned: bool,
    /// Whether all of it is a denial.
    pub denied: bool,
    /// Names in its sentences that are none of its page's parties and places, sorted hashes; see [`crate::rare`].
    pub names: Vec<u32>,
    pub violent: bool,
    /// A running total or a stretch of time, not one incident.
    pub summary: bool,
    /// Whether only the title, the standfirst or a subheading tells it.
    pub headline: bool,
    /// Whether its day is only the page's own date.
    pub soft: bool,
    /// Days on which the page can have been published.
    pub published: Option<(i32, i32)>,
    /// Whether those are only the days around the pages in whose company it came.
    pub rough: bool,
}

/// Whether a claim can make an incident of its own. Agreements, flows, relations and what is merely held go to their ledgers.
pub(crate) fn makes_incident(c: &Claim) -> bool {
    match &c.detail {
        Detail::Incident | Detail::Statement { .. } => true,
        Detail::Control { change, .. } => *change != ControlChange::Holds,
        Detail::Agreement { .. } | Detail::Displacement { .. } | Detail::Relation { .. } => false,
    }
}

/// A claim that stands in no group of its page.
const NO_GROUP: u32 = u32::MAX;

/// Gathers the accounts of all pages, by page and first claim. `sibling` says when undated pages can have been published.
pub(crate) fn accounts(
    t: &Table,
    pages: &[PageInput],
    claims: &[ClaimEntry],
    sibling: &[Option<When>],
) -> Vec<Account> {
    let mut groups: BTreeMap<(usize, u32, usize), Vec<usize>> = BTreeMap::new();
    for (i, e) in claims.iter().enumerate() {
        let c = e.claim(pages);
        let alone = if c.group == NO_GROUP { i } else { 0 };
        groups.entry((e.page, c.group, alone)).or_default().push(i);
    }
    ride_along(t, pages, claims, &mut groups);
    part_reprisals(t, pages, claims, &mut groups);
    let mut out: Vec<Account> = groups
        .into_iter()
        .filter_map(|((page, ..), members)| account(t, pages, claims, page, members, sibling[page].as_ref()))
        .collect();
    out.sort_by_key(|a| (a.page, a.claims[0]));
    crate::rare::fill(t, pages, claims, &mut out);
    out.shrink_to_fit();
    out
}

/// Claims by page, group, and a number that keeps those without a group apart.
type Groups = BTreeMap<(usize, u32, usize), Vec<usize>>;

/// Who strikes in the one and is struck in the other: an attack and its reprisal, which a page that groups them by place and day
/// does not make one. Battles have two sides anyway.
fn part_reprisals(t: &Table, pages: &[PageInput], claims: &[ClaimEntry], groups: &mut Groups) {
    let parties = |i: usize| {
        let c = claims[i].claim(pages);
        Some((c.actor.as_ref()?, c.target.as_ref()?)).filter(|_| makes_incident(c) && t.family(&c.kind) == "strike")
    };
    let mut parted: Vec<((usize, u32, usize), Vec<usize>)> = Vec::new();
    for (key, members) in groups.iter_mut().filter(|(k, m)| k.1 != NO_GROUP && m.len() > 1) {
        let Some((a, b)) = members.iter().find_map(|i| parties(*i)) else { continue };
        if kin(t, a, b) > Kin::Unknown {
            continue;
        }
        let (mut back, mut other): (Vec<usize>, bool) = (Vec::new(), false);
        members.retain(|i| {
            // what names nobody goes with the claim before it
            if let Some((x, y)) = parties(*i) {
                other = kin(t, x, b) == Kin::Same && kin(t, y, a) == Kin::Same;
            }
            if other {
                back.push(*i);
            }
            !other
        });
        if let Some(first) = back.first() {
            parted.push(((key.0, key.1, first + 1), back));
        }
    }
    groups.extend(parted);
}

/// The kind a claim is compared as: a place that changes hands is taken, whoever counts it as control.
fn kind_of(c: &Claim) -> Id {
    if matches!(c.detail, Detail::Control { .. }) && &*c.kind == "control" {
        "capture_of_territory".into()
    } else {
        c.kind.clone()
    }
}

/// A change of control without a group belongs to the incident that the same sentence tells of the same family.
fn ride_along(t: &Table, pages: &[PageInput], claims: &[ClaimEntry], groups: &mut Groups) {
    let mut told: BTreeMap<(usize, u32), Vec<(u32, Id)>> = BTreeMap::new();
    for e in claims {
        let c = e.claim(pages);
        if c.group != NO_GROUP && matches!(c.detail, Detail::Incident) {
            told.entry((e.page, c.span.start)).or_default().push((c.group, c.kind.clone()));
        }
    }
    let moves: Vec<((usize, u32, usize), u32)> = groups
        .iter()
        .filter(|(k, m)| k.1 == NO_GROUP && m.len() == 1)
        .filter_map(|(k, m)| {
            let c = claims[m[0]].claim(pages);
            let Detail::Control { .. } = &c.detail else { return None };
            let with = told.get(&(k.0, c.span.start))?;
            with.iter().find(|(_, kind)| t.family(kind) == t.family(&kind_of(c))).map(|(g, _)| (*k, *g))
        })
        .collect();
    for (key, group) in moves {
        if let Some(m) = groups.remove(&key) {
            groups.entry((key.0, group, 0)).or_default().extend(m);
        }
    }
    for m in groups.values_mut() {
        m.sort_unstable();
    }
}

fn account(
    t: &Table,
    pages: &[PageInput],
    all: &[ClaimEntry],
    page: usize,
    members: Vec<usize>,
    sibling: Option<&When>,
) -> Option<Account> {
    let get = |i: &usize| all[*i].claim(pages);
    let lead = members.iter().map(get).find(|c| makes_incident(c))?;
    let mut kinds: Vec<Id> = Vec::new();
    let (mut actors, mut targets): (Vec<Who>, Vec<Who>) = (Vec::new(), Vec::new());
    let (mut tolls, mut totals) = (Vec::new(), Vec::new());
    for c in members.iter().map(get) {
        if makes_incident(c) && !kinds.contains(&kind_of(c)) {
            kinds.push(kind_of(c));
        }
        let (mut actor, mut target) = (c.actor.as_ref(), c.target.as_ref());
        match &c.detail {
            Detail::Control { holder, against, .. } => {
                actor = actor.or(holder.as_ref());
                target = target.or(against.as_ref());
            }
            Detail::Statement { to } => target = target.or(to.as_ref()),
            _ => {}
        }
        push_party(t, &mut actors, actor);
        push_party(t, &mut targets, target);
        for x in c.tolls.iter().filter(|x| x.min.is_some() || x.max.is_some()) {
            let count = Count { toll: x.clone(), class: t.class(&x.group) };
            if x.cumulative { totals.push(count) } else { tolls.push(count) }
        }
    }
    let time = best_time(members.iter().map(|i| (all[*i].time.as_ref(), makes_incident(get(i)))));
    let heads = pages[page]
        .reading
        .article
        .kept()
        .filter(|b| matches!(b.kind, BlockKind::Title | BlockKind::Chapo | BlockKind::Heading));
    let heads: Vec<recoupe_text::Span> = heads.map(|b| b.span).collect();
    let in_head = |c: &Claim| heads.iter().any(|h| h.start <= c.span.start && c.span.end <= h.end);
    let place = best_place(members.iter().map(get), in_head);
    let long = time.as_ref().and_then(span_days).is_some_and(|(a, b)| b - a > 8);
    let counted = tolls.iter().any(|x| &*x.toll.kind == "attacks" && x.toll.min.or(x.toll.max).unwrap_or(0) >= 5);
    let summary = (tolls.is_empty() && !totals.is_empty()) || (long && (counted || !totals.is_empty()));
    let stated =
        pages[page].reading.article.published.as_ref().map(|p| (crate::kin::day(p.from), crate::kin::day(p.to)));
    let published = stated.or_else(|| sibling.and_then(span_days));
    let rough = pages[page].reading.article.published.as_ref().is_some_and(|p| p.basis == Basis::Sibling)
        && published.is_some_and(|(a, b)| b - a > 7);
    // a day that is only the page's own date, for want of any other
    let soft = match (&time, published) {
        (Some(w), Some((a, b))) if w.basis == TimeBasis::Inherited && w.weekday.is_none() => {
            span_days(w).is_some_and(|(f, l)| l >= a && f <= b && l - f <= b - a + 1)
        }
        _ => false,
    };
    // the dead of a day that is past are not only planned, whatever the sentence leaves open
    let counted = |c: &Claim| {
        let past = c.time.as_ref().and_then(span_days).zip(published).is_some_and(|(w, p)| w.1 <= p.1);
        past && c.tolls.iter().any(|x| x.min.is_some_and(|n| n > 0))
    };
    let unreal = |c: &Claim| {
        matches!(c.certainty, Certainty::Planned | Certainty::Conditional | Certainty::Asked) && !counted(c)
    };
    let headline = members.iter().map(get).all(in_head);
    // most have one or two of each, and thousands of accounts are held at once
    kinds.shrink_to_fit();
    actors.shrink_to_fit();
    targets.shrink_to_fit();
    tolls.shrink_to_fit();
    totals.shrink_to_fit();
    Some(Account {
        page,
        headline,
        violent: t.violent(&kind_of(lead)),
        kind: kind_of(lead),
        kinds,
        time,
        spots: spots(t, &pages[page].reading.article.text, place.as_ref(), members.iter().map(get)),
        place,
        actors,
        targets,
        tolls,
        totals,
        background: members.iter().map(get).all(|c| c.background),
        planned: members.iter().map(get).filter(|c| makes_incident(c)).all(unreal),
        denied: members.iter().map(get).filter(|c| makes_incident(c)).all(|c| c.certainty == Certainty::Denied),
        names: Vec::new(),
        said: Vec::new(),
        led: Vec::new(),
        soft,
        summary,
        published,
        rough,
        claims: members,
    })
}

/// The main place first, then those of the other claims that tell what happened.
fn spots<'a>(t: &Table, text: &str, main: Option<&Place>, claims: impl Iterator<Item = &'a Claim>) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::new();
    // only where the claim's own words name it: a place handed down from other sentences wanders
    let named = |c: &Claim, p: &Place| c.span.start <= p.span.start && p.span.end <= c.span.end;
    let claims: Vec<&Claim> = claims.collect();
    let told = |p: &Place| claims.iter().any(|c| named(c, p));
    let others = claims.iter().filter(|c| makes_incident(c)).filter_map(|c| c.place.as_ref().filter(|p| named(c, p)));
    for p in main.into_iter().chain(others) {
        if out.len() < SPOTS && !out.iter().any(|s| s.place.id == p.id && s.place.name == p.name) {
            out.push(Spot { place: p.clone(), bare: Bare::with(t, &p.name, p.span.of(text)), told: told(p) });
        }
    }
    out.shrink_to_fit();
    out
}

fn push_party(t: &Table, list: &mut Vec<Who>, p: Option<&Party>) {
    if let Some(p) = p
        && !list.iter().any(|q| q.party.id == p.id && q.party.name == p.name)
    {
        list.push(Who { party: p.clone(), class: t.class(p) });
    }
}

/// The shortest time of the claims that tell what happened; a claim's own day wins ties, then the earlier claim; a bare weekday comes after any date.
fn best_time<'a>(times: impl Iterator<Item = (Option<&'a When>, bool)>) -> Option<When> {
    times
        .enumerate()
        .filter_map(|(i, (w, own))| w.map(|w| (i, w, own)))
        .min_by_key(|(i, w, own)| {
            let length = span_days(w).map_or(i32::MAX, |(a, b)| b - a);
            (!own, length, w.weekday.is_none(), w.basis == TimeBasis::Inherited, *i)
        })
        .map(|(_, w, _)| w.clone())
}

/// The most exact place of the claims that tell what happened; of equals one that the text names, since titles say more loosely where.
fn best_place<'a>(claims: impl Iterator<Item = &'a Claim>, in_head: impl Fn(&Claim) -> bool) -> Option<Place> {
    let named = |c: &Claim, p: &Place| c.span.start <= p.span.start && p.span.end <= c.span.end && !in_head(c);
    // a town in the title, known to the gazetteer, does not take the place of one in the text that is not
    let loose = |c: &Claim, p: &Place| 2 * u8::from(in_head(c) && p.lat.is_some());
    claims
        .enumerate()
        .filter_map(|(i, c)| c.place.as_ref().map(|p| (i, p, c)))
        .min_by_key(|(i, p, c)| (!makes_incident(c), exactness(p) + loose(c, p), !named(c, p), *i))
        .map(|(_, p, _)| p.clone())
}

/// Smaller is more exact; a place known to the gazetteer comes before one that is only a word.
pub(crate) fn exactness(p: &Place) -> u8 {
    let e = match p.precision {
        PlacePrecision::Exact | PlacePrecision::Town => 0,
        PlacePrecision::District => 2,
        PlacePrecision::Province => 4,
        PlacePrecision::Country => 6,
    };
    e + u8::from(p.lat.is_none())
}

impl Account {
    /// First and last day it names itself.
    pub fn days(&self) -> Option<(i32, i32)> {
        self.time.as_ref().and_then(span_days)
    }

    /// The weekday it names, where it has no day.
    pub fn weekday(&self) -> Option<i8> {
        if self.days().is_some() { None } else { self.time.as_ref().and_then(|w| w.weekday) }
    }

    /// Days on which it can have happened, guessed from publication, for an account without a time.
    pub fn window(&self) -> Option<(i32, i32)> {
        if self.background && self.time.is_none() {
            return None;
        }
        self.published.map(|(a, b)| (a - 10, b))
    }

    /// All that is compared, as one number: equal accounts of two pages need no scoring twice.
    pub fn signature(&self) -> u64 {
        let mut h = hash::fast(self.kind.as_bytes());
        let mut add = |x: u64| h = hash::join(h, x);
        for k in &self.kinds {
            add(hash::fast(k.as_bytes()));
        }
        let (a, b) = self.days().unwrap_or((i32::MIN, i32::MIN));
        add(((a as u32 as u64) << 32) | b as u32 as u64);
        add(self.time.as_ref().map_or(9, |w| match w.precision {
            TimePrecision::Day => 0,
            TimePrecision::Week => 1,
            TimePrecision::Month => 2,
            TimePrecision::Year => 3,
            TimePrecision::Range => 4,
        }));
        add(self.weekday().unwrap_or(0) as u64);
        if self.days().is_none() {
            let (a, b) = self.published.unwrap_or((i32::MIN, i32::MIN));
            add(((a as u32 as u64) << 32) | b as u32 as u64);
        }
        for p in self.spots.iter().map(|s| &s.place) {
            add(hash::fast(p.id.as_bytes()));
            add(hash::fast(p.name.as_bytes()));
        }
        for p in self.actors.iter().map(|p| (1, p)).chain(self.targets.iter().map(|p| (2, p))) {
            add(hash::join(p.0, hash::fast(p.1.party.id.as_bytes())));
            add(hash::fast(p.1.party.name.as_bytes()));
        }
        for x in self.tolls.iter().chain(&self.totals).map(|x| &x.toll) {
            add(hash::fast(x.kind.as_bytes()));
            add(hash::fast(x.group.id.as_bytes()));
            add(x.min.unwrap_or(-1) as u64);
            add(x.max.unwrap_or(-1) as u64);
        }
        add(u64::from(self.background)
            | u64::from(self.planned) << 1
            | u64::from(self.summary) << 2
            | u64::from(self.denied) << 3
            | u64::from(self.soft) << 4);
        h
    }
}

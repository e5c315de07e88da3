//! The agreements ledger: one row per agreement, however the pages name it; who accuses whom of breaking it.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_claim::{Certainty, Detail};
use recoupe_incident::kin::{Kin, Lie, kin, lie};
use recoupe_incident::{At, ClaimEntry, PageInput, Table, short_id};
use recoupe_mention::{Id, Party, Place, When};
use recoupe_text::fold;

use crate::shared::{add_page, days, party, time, voice_key};
use crate::types::{Agreement, AgreementBreach};
use crate::{breaches, refers};

/// What makes two claims name an agreement in the same way.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    pack: Option<Id>,
    name: String,
    date: Option<(i32, i32)>,
    parties: Vec<Id>,
    place: Option<Id>,
    country: Option<Id>,
}

/// The country that most places of each page lie in: what its truce is about where it names no place.
fn countries(pages: &[PageInput]) -> Vec<Option<Id>> {
    let of = |p: &PageInput| {
        let mut n: BTreeMap<Id, usize> = BTreeMap::new();
        for c in p.reading.claims.iter().filter_map(|c| c.place.as_ref().and_then(|p| p.country.clone())) {
            *n.entry(c).or_default() += 1;
        }
        n.into_iter().max_by_key(|(c, n)| (*n, std::cmp::Reverse(c.clone()))).map(|(c, _)| c)
    };
    pages.iter().map(of).collect()
}

/// What is compared of one way of naming an agreement.
struct Named {
    pack: Option<Id>,
    name: Id,
    words: BTreeSet<String>,
    country: Option<Id>,
    place: Option<Place>,
    date: Option<(i32, i32)>,
    parties: Vec<Party>,
    claims: Vec<usize>,
}

/// Merges all claims about agreements.
pub(crate) fn ledger(t: &Table, pages: &[PageInput], all: &[ClaimEntry]) -> Vec<Agreement> {
    let about = countries(pages);
    let mut alike: BTreeMap<Key, usize> = BTreeMap::new();
    let mut named: Vec<Named> = Vec::new();
    for (i, e) in all.iter().enumerate() {
        let c = e.claim(pages);
        let Detail::Agreement { id, name, parties, breach, .. } = &c.detail else { continue };
        let folded = fold(name);
        // the day of a breach is not the day of the agreement
        let date = if breach.is_some() { None } else { days(&time(e)) };
        let ids: Vec<Id> = parties.iter().map(|p| p.id.clone()).collect();
        let place = c.place.clone();
        let country = place.as_ref().and_then(|p| p.country.clone()).or_else(|| about[e.page].clone());
        let key = match id {
            Some(id) => Key { pack: Some(id.clone()), ..Key::default() },
            None => {
                let place = place.as_ref().map(|p| p.id.clone());
                Key { pack: None, name: folded.clone(), date, parties: ids, place, country: country.clone() }
            }
        };
        if let Some(n) = alike.get(&key) {
            named[*n].claims.push(i);
            for p in parties {
                if !named[*n].parties.iter().any(|q| q.id == p.id) {
                    named[*n].parties.push(p.clone());
                }
            }
            continue;
        }
        alike.insert(key, named.len());
        named.push(Named {
            pack: id.clone(),
            name: name.clone(),
            words: words(&folded),
            country,
            place,
            date,
            parties: parties.clone(),
            claims: vec![i],
        });
    }
    // those the packs know first, so that loose wordings join them
    named.sort_by_key(|n| (n.pack.is_none(), n.date.is_none(), std::cmp::Reverse(n.words.len()), n.claims[0]));
    let mut groups: Vec<Vec<Named>> = Vec::new();
    for n in named {
        match groups.iter_mut().find(|g| g.iter().any(|m| one(t, m, &n)) && g.iter().all(|m| !apart(m, &n))) {
            Some(g) => g.push(n),
            None => groups.push(vec![n]),
        }
    }
    let mut out = rows(t, pages, all, &groups);
    if tie(&mut groups, &out) {
        out = rows(t, pages, all, &groups);
    }
    out.sort_by_cached_key(|a| {
        let d = days(&a.date);
        (d.is_none(), d, a.id.clone())
    });
    out
}

/// One row for each group, with what its wording can mean.
fn rows(t: &Table, pages: &[PageInput], all: &[ClaimEntry], groups: &[Vec<Named>]) -> Vec<Agreement> {
    let with_meaning = |g: &Vec<Named>| {
        let mut a = row(t, pages, all, g);
        a.refers_to = refers::to(t, pages, &a);
        a
    };
    let mut out: Vec<Agreement> = groups.iter().map(with_meaning).collect();
    refers::bare_ones(&mut out);
    out
}

/// Joins a wording with the agreement it can mean where a page names both: the page itself says by its two names what it speaks of.
/// Returns whether any was joined.
fn tie(groups: &mut Vec<Vec<Named>>, rows: &[Agreement]) -> bool {
    let known: BTreeMap<&str, usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, a)| a.id.starts_with("agreement/"))
        .map(|(n, a)| (a.id.as_str(), n))
        .collect();
    let meant = |a: &Agreement| {
        let n = *known.get(a.refers_to.as_ref()?.0.as_str())?;
        a.pages.iter().any(|p| rows[n].pages.contains(p)).then_some(n)
    };
    let joins: Vec<(usize, usize)> = rows.iter().enumerate().filter_map(|(i, a)| Some((i, meant(a)?))).collect();
    for (i, n) in &joins {
        let wording = std::mem::take(&mut groups[*i]);
        groups[*n].extend(wording);
    }
    groups.retain(|g| !g.is_empty());
    !joins.is_empty()
}

/// Words of a name that tell it from others: all but the shortest.
fn words(folded: &str) -> BTreeSet<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
}

fn one(t: &Table, a: &Named, b: &Named) -> bool {
    if let (Some(x), Some(y)) = (&a.pack, &b.pack) {
        return x == y;
    }
    if a.words.is_empty() || b.words.is_empty() {
        return false;
    }
    let common = a.words.intersection(&b.words).count();
    let all = a.words.union(&b.words).count();
    let least = a.words.len().min(b.words.len());
    let same_parties = !a.parties.is_empty()
        && !b.parties.is_empty()
        && a.parties.iter().filter(|p| b.parties.iter().any(|q| kin(t, p, q) >= Kin::Near)).count() * 2
            > a.parties.len();
    let same_day = a.date.is_some() && a.date == b.date;
    let same_place = match (&a.place, &b.place) {
        (Some(p), Some(q)) => matches!(lie(t, p, q), Lie::Same | Lie::Inside | Lie::Close(_)),
        _ => false,
    };
    // one word alone (“truce”) is no name: it needs a day, a place or the parties with it
    let name = common * 2 >= all || (common == least && least >= 2);
    let extra = usize::from(same_parties) + usize::from(same_day) + usize::from(same_place);
    match (name, common) {
        (true, 2..) => true,
        (true, 1) => extra >= 1 || a.pack.is_none() && b.pack.is_none() && share_text(a, b),
        (_, 1..) => extra >= 2,
        _ => same_day && same_parties && same_place,
    }
}

/// Two wordings of nothing but one word, neither with a place: the same thing only within one country or where none is named.
fn share_text(a: &Named, b: &Named) -> bool {
    a.words == b.words && a.country == b.country && a.date.is_none() && b.date.is_none()
}

fn apart(a: &Named, b: &Named) -> bool {
    if let (Some(x), Some(y)) = (&a.pack, &b.pack)
        && x != y
    {
        return true;
    }
    if a.pack.is_none()
        && b.pack.is_none()
        && let (Some(x), Some(y)) = (a.date, b.date)
        && (x.0 > y.1 + 31 || y.0 > x.1 + 31)
    {
        return true;
    }
    matches!((&a.country, &b.country), (Some(x), Some(y)) if x != y) && a.pack.is_none() && b.pack.is_none()
}

fn row(t: &Table, pages: &[PageInput], all: &[ClaimEntry], group: &[Named]) -> Agreement {
    let mut claims: Vec<usize> = group.iter().flat_map(|n| n.claims.iter().copied()).collect();
    claims.sort_unstable();
    let pack = group.iter().find_map(|n| n.pack.clone());
    let name = match &pack {
        Some(id) => group.iter().find(|n| n.pack.as_ref() == Some(id)).map(|n| n.name.clone()),
        None => group.iter().max_by_key(|n| (n.words.len(), std::cmp::Reverse(n.claims[0]))).map(|n| n.name.clone()),
    };
    let anchor = claims.iter().map(|i| all[*i].id.as_str()).min().unwrap_or("");
    let mut out = Agreement {
        id: pack.map_or_else(|| short_id("a", &["agreement", anchor]), |p| p.to_string()),
        name: name.unwrap_or_else(|| Id::from("")),
        date: None,
        place: None,
        parties: Vec::new(),
        pages: Vec::new(),
        claims: claims.clone(),
        breaches: Vec::new(),
        wordings: breaches::wordings(pages, all, &claims),
        refers_to: None,
        candidates: Vec::new(),
    };
    /// Who accuses, whom, of which days.
    type BreachKey = (String, String, Option<(i32, i32)>);
    let mut breach_keys: BTreeMap<BreachKey, usize> = BTreeMap::new();
    let mut denials: Vec<usize> = Vec::new();
    for i in claims {
        let e = &all[i];
        let c = e.claim(pages);
        add_page(&mut out.pages, e.page);
        let Detail::Agreement { parties, breach, .. } = &c.detail else { continue };
        for p in parties {
            if !out.parties.iter().any(|q| kin(t, &q.value, p) == Kin::Same) {
                out.parties.push(At::new(e.page, p.clone()));
            }
        }
        if let Some(p) = &c.place
            && out.place.is_none()
        {
            out.place = Some(At::new(e.page, p.clone()));
        }
        let Some(b) = breach else {
            if matches!(c.certainty, Certainty::Stated | Certainty::Hedged) {
                out.date = shorter(out.date.take(), time(e).filter(|w| w.value.from.is_some() || w.value.to.is_some()));
            }
            continue;
        };
        match c.certainty {
            Certainty::Stated | Certainty::Hedged => {}
            // who denies a breach accuses nobody
            Certainty::Denied => {
                denials.push(i);
                continue;
            }
            Certainty::Planned | Certainty::Conditional | Certainty::Asked => continue,
        }
        let alleged_by = party(e, &b.alleged_by).or_else(|| e.voice(pages));
        let key =
            (voice_key(&alleged_by, e), b.against.as_ref().map_or(String::new(), |p| p.id.to_string()), days(&time(e)));
        match breach_keys.get(&key).copied() {
            Some(k) => {
                out.breaches[k].claims.push(i);
                if out.breaches[k].verified_by.is_none() {
                    out.breaches[k].verified_by = party(e, &b.verified_by);
                }
            }
            None => {
                breach_keys.insert(key, out.breaches.len());
                out.breaches.push(AgreementBreach {
                    alleged_by,
                    against: party(e, &b.against),
                    time: time(e),
                    place: c.place.as_ref().map(|p| At::new(e.page, p.clone())),
                    verified_by: party(e, &b.verified_by),
                    claims: vec![i],
                    states: Vec::new(),
                });
            }
        }
    }
    breaches::states(t, pages, all, &mut out, &denials);
    out
}

/// Of two dates the more exact; of equals the first.
fn shorter(a: Option<At<When>>, b: Option<At<When>>) -> Option<At<When>> {
    let len = |w: &Option<At<When>>| days(w).map_or(i32::MAX, |(f, l)| l - f);
    if len(&b) < len(&a) { b } else { a.or(b) }
}

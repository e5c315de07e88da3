//! Who held one place when: the rows of the control ledger as intervals, with what ends them and what nobody accounts for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use recoupe_claim::ControlChange;
use recoupe_incident::kin::{Kin, Lie, bare, kin, lie};
use recoupe_incident::{PageInput, Table, Voice};

use crate::types::{Control, Holding, HoldingSpan};

/// Intervals of every place whose holder somebody names, in the order of the ledger.
pub(crate) fn holdings(
    t: &Table,
    pages: &[PageInput],
    all: &[recoupe_incident::ClaimEntry],
    rows: &[Control],
) -> Vec<Holding> {
    // places of one name, in the order of the ledger; of them those that lie together
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut groups: Vec<Vec<&Control>> = Vec::new();
    for r in rows.iter().filter(|r| r.holder.is_some() && !r.said_by.is_empty()) {
        let mine = names.entry(bare(t, &r.place.value.name)).or_default();
        let same = |g: &&usize| matches!(lie(t, &groups[**g][0].place.value, &r.place.value), Lie::Same | Lie::Unknown);
        match mine.iter().find(same).copied() {
            Some(g) => groups[g].push(r),
            None => {
                mine.push(groups.len());
                groups.push(vec![r]);
            }
        }
    }
    groups.into_iter().map(|rows| one(t, pages, all, &rows)).collect()
}

/// The last day a row speaks for: of a capture its own day; of a hold the day the page says so.
fn seen(pages: &[PageInput], all: &[recoupe_incident::ClaimEntry], r: &Control) -> Option<Date> {
    let own = r.from.as_ref().and_then(|w| w.value.to.or(w.value.from));
    if r.change != ControlChange::Holds && own.is_some() {
        return own;
    }
    let told =
        r.claims.iter().filter_map(|c| pages[all[*c].page].reading.article.published.as_ref()).map(|p| p.to).max();
    own.max(told)
}

fn one(t: &Table, pages: &[PageInput], all: &[recoupe_incident::ClaimEntry], rows: &[&Control]) -> Holding {
    let first = |r: &Control| r.from.as_ref().and_then(|w| w.value.from.or(w.value.to));
    let mut spans: Vec<HoldingSpan> = Vec::new();
    let mut order: Vec<&Control> = rows.to_vec();
    order.sort_by_key(|r| (first(r).or_else(|| seen(pages, all, r)), r.claims.first().copied()));
    for r in order.iter().filter(|r| r.change != ControlChange::Lost) {
        let Some(holder) = &r.holder else { continue };
        let told = seen(pages, all, r);
        let open = |s: &HoldingSpan| s.to.is_none() && kin(t, &s.holder.value, &holder.value) >= Kin::Near;
        // after somebody else had the place, what the first says of it is a new stretch
        let other = spans.iter().rposition(|s| kin(t, &s.holder.value, &holder.value) == Kin::Differ);
        let mine = spans.iter().rposition(open);
        match mine.filter(|m| other.is_none_or(|o| o < *m || start(&spans[o]) > told || told.is_none())) {
            Some(m) => join(&mut spans[m], r, first(r), told),
            None => {
                let holds = r.change == ControlChange::Holds;
                // who says that it holds what another says to have taken, disputes it; a third voice may tell of a later change
                let rival = other.filter(|o| holds && spans[*o].ended.is_none() && own(t, r) && mine.is_some());
                if let Some(o) = rival {
                    spans[o].disputed = true;
                }
                spans.push(HoldingSpan {
                    holder: holder.clone(),
                    from: if holds && mine.is_some() { told } else { first(r) },
                    to: None,
                    seen: told,
                    began: r.change,
                    ended: None,
                    said_by: r.said_by.clone(),
                    denied_by: r.denied_by.clone(),
                    disputed: r.disputed || rival.is_some(),
                    claims: r.claims.clone(),
                });
            }
        }
    }
    for r in order.iter().filter(|r| r.change == ControlChange::Lost) {
        lose(t, &mut spans, r, first(r));
    }
    take(t, &mut spans);
    spans.sort_by_key(|s| (start(s).is_none(), start(s), s.claims.first().copied()));
    let unknown = unknown(&spans);
    Holding { place: rows[0].place.clone(), last: last(&spans), unknown, spans }
}

/// Whether the holder itself says so.
fn own(t: &Table, r: &Control) -> bool {
    r.holder.as_ref().is_some_and(|h| r.said_by.iter().flatten().any(|v| kin(t, &v.value, &h.value) >= Kin::Near))
}

/// The first day that is known of a span: its own, or the first on which somebody speaks of it.
fn start(s: &HoldingSpan) -> Option<Date> {
    s.from.or(s.to).or(s.seen)
}

fn join(s: &mut HoldingSpan, r: &Control, first: Option<Date>, told: Option<Date>) {
    s.from = match (s.from, first) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    s.seen = s.seen.max(told);
    s.disputed |= r.disputed;
    if s.began == ControlChange::Holds {
        s.began = r.change;
    }
    add(&mut s.said_by, &r.said_by);
    add(&mut s.denied_by, &r.denied_by);
    s.claims.extend(&r.claims);
    s.claims.sort_unstable();
    s.claims.dedup();
}

/// Adds voices by id; outlets' own words once.
fn add(to: &mut Vec<Voice>, from: &[Voice]) {
    for v in from {
        let key = |v: &Voice| v.as_ref().map(|v| (v.value.id.clone(), v.value.name.clone()));
        if !to.iter().any(|w| key(w) == key(v)) {
            to.push(v.clone());
        }
    }
}

/// A loss ends the holder's span, or is all that is known of it.
fn lose(t: &Table, spans: &mut Vec<HoldingSpan>, r: &Control, day: Option<Date>) {
    let Some(holder) = &r.holder else { return };
    let mine = |s: &&mut HoldingSpan| {
        s.to.is_none() && kin(t, &s.holder.value, &holder.value) >= Kin::Near && (day.is_none() || start(s) <= day)
    };
    match spans.iter_mut().rev().find(mine) {
        Some(s) => {
            s.to = day;
            s.ended = Some(ControlChange::Lost);
            add(&mut s.said_by, &r.said_by);
            s.disputed |= r.disputed;
            s.claims.extend(&r.claims);
            s.claims.sort_unstable();
        }
        None => spans.push(HoldingSpan {
            holder: holder.clone(),
            from: None,
            to: day,
            seen: None,
            began: ControlChange::Holds,
            ended: Some(ControlChange::Lost),
            said_by: r.said_by.clone(),
            denied_by: r.denied_by.clone(),
            disputed: r.disputed,
            claims: r.claims.clone(),
        }),
    }
}

/// Another's capture that nobody disputes ends a span the day before; one that is disputed makes both disputed.
fn take(t: &Table, spans: &mut [HoldingSpan]) {
    let captures: Vec<(Date, usize)> = (0..spans.len())
        .filter(|k| matches!(spans[*k].began, ControlChange::Captured | ControlChange::Recaptured))
        .filter_map(|k| spans[k].from.map(|d| (d, k)))
        .collect();
    for i in 0..spans.len() {
        if spans[i].to.is_some() || spans[i].ended.is_some() {
            continue;
        }
        let next = captures
            .iter()
            .filter(|(d, k)| {
                *k != i
                    && kin(t, &spans[*k].holder.value, &spans[i].holder.value) == Kin::Differ
                    && start(&spans[i]).is_some_and(|s| s < *d)
            })
            .min();
        let Some(&(day, k)) = next else { continue };
        let back = (0..spans.len()).any(|j| {
            j != i
                && start(&spans[j]) > Some(day)
                && kin(t, &spans[j].holder.value, &spans[i].holder.value) >= Kin::Near
        });
        if spans[k].disputed && !back {
            spans[i].disputed |= spans[i].seen.is_some_and(|s| s >= day);
            continue;
        }
        spans[i].to = day.yesterday().ok();
        spans[i].ended = Some(ControlChange::Captured);
    }
}

/// Stretches between the end of what is known of one holder and the beginning of the next.
fn unknown(spans: &[HoldingSpan]) -> Vec<(Date, Option<Date>)> {
    let mut dated: Vec<(Date, Option<Date>, bool)> = spans
        .iter()
        .filter_map(|s| Some((start(s)?, s.to.or(s.seen).max(start(s)), s.ended == Some(ControlChange::Lost))))
        .collect();
    dated.sort();
    let mut out = Vec::new();
    let mut end: Option<(Date, bool)> = None;
    for (from, to, lost) in dated {
        if let Some((e, _)) = end
            && let (Ok(a), Ok(z)) = (e.tomorrow(), from.yesterday())
            && a <= z
        {
            out.push((a, Some(z)));
        }
        let to = to.unwrap_or(from);
        if end.is_none_or(|(e, _)| to >= e) {
            end = Some((to, lost));
        }
    }
    if let Some((e, true)) = end
        && let Ok(a) = e.tomorrow()
    {
        out.push((a, None));
    }
    out
}

/// The last known holder: of the spans that nothing ended the one seen last, and whoever is disputed beside it; where all ended,
/// nobody.
fn last(spans: &[HoldingSpan]) -> Vec<usize> {
    let open: Vec<usize> = (0..spans.len()).filter(|k| spans[*k].ended.is_none()).collect();
    let at = |k: &usize| spans[*k].seen.or(spans[*k].from);
    let Some(best) = open.iter().copied().max_by_key(|k| (at(k), *k)) else { return Vec::new() };
    open.into_iter().filter(|k| *k == best || spans[*k].disputed && spans[best].disputed).collect()
}

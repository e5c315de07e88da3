//! Ties between incidents that stay apart: a strike within a battle, a reprisal, what a summary covers.

use recoupe_mention::Place;

use crate::block::cells;
use crate::hash;
use crate::kin::{Bare, Kin, Lie, kin, lie_of, span_days};
use crate::near::breadth;
use crate::table::{Nearness, Table};
use crate::types::{FieldValue, Incident, Related, RelatedKind};

/// How many incidents of one block are compared with each of its members.
const PER_BLOCK: usize = 60;
/// How many months of a summary's stretch of time are looked through.
const MONTHS: i32 = 24;
/// How far back a running total reaches that names no start, in days.
const REACH: i32 = 62;

/// What is looked at of an incident, worked out once.
struct Look {
    days: Option<(i32, i32)>,
    bare: Bare,
    strike: bool,
    clash: bool,
    /// Whether it names both who struck and who was struck.
    roles: bool,
}

/// Fills in the ties between incidents that share a page, or a place and a few days, or that a summary covers.
pub(crate) fn relate(t: &Table, incidents: &mut [Incident]) {
    let looks: Vec<Look> = incidents
        .iter()
        .map(|x| Look {
            days: x.time.as_ref().and_then(|w| span_days(&w.value)),
            bare: place(x).map_or_else(Bare::default, |p| Bare::of(t, &p.name)),
            strike: t.family(&x.kind) == "strike",
            clash: matches!(t.family(&x.kind), "clash" | "territory"),
            roles: !x.actor.is_empty() && !x.target.is_empty(),
        })
        .collect();
    for (a, b) in pairs(t, incidents, &looks) {
        for (x, y) in [(a, b), (b, a)] {
            if let Some(kind) = tie(t, (&incidents[x], &looks[x]), (&incidents[y], &looks[y])) {
                incidents[x].related.push(Related { incident: y, kind });
                break;
            }
        }
    }
}

/// Pairs worth looking at, by sorted keys; a crowded block compares neighbours only.
fn pairs(t: &Table, incidents: &[Incident], looks: &[Look]) -> Vec<(usize, usize)> {
    let mut keys: Vec<(u64, usize)> = Vec::new();
    let mut months: Vec<((u64, i32), bool, usize)> = Vec::new();
    for (i, x) in incidents.iter().enumerate().filter(|(_, x)| t.violent(&x.kind)) {
        let mut put = |tag: u64, parts: [u64; 2]| keys.push((parts.iter().fold(tag, |h, p| hash::join(h, *p)), i));
        for p in &x.pages {
            put(1, [*p as u64, 0]);
        }
        let (Some((f, l)), Some(p)) = (looks[i].days, place(x)) else { continue };
        if !x.summary && l - f <= 3 && (looks[i].roles || looks[i].strike || looks[i].clash) {
            for c in cells(&looks[i].bare, p) {
                put(2, [c, f.div_euclid(4) as u64]);
                put(3, [c, (f + 2).div_euclid(4) as u64]);
            }
        }
        let country = p.country.as_ref().map_or(0, |c| hash::fast(c.as_bytes()));
        let m = if x.summary && l - f <= 1 { f - REACH } else { f }.div_euclid(31);
        months.extend((m..=l.div_euclid(31).min(m + MONTHS)).map(|m| ((country, m), x.summary, i)));
    }
    keys.sort_unstable();
    keys.dedup();
    let mut out: Vec<(usize, usize)> = Vec::new();
    let can = |a: usize, b: usize| {
        let (x, y) = (&looks[a], &looks[b]);
        incidents[a].summary != incidents[b].summary
            || (x.roles && y.roles)
            || (x.strike && y.clash)
            || (x.clash && y.strike)
    };
    for block in keys.chunk_by(|a, b| a.0 == b.0) {
        for (k, (_, a)) in block.iter().enumerate() {
            out.extend(block[k + 1..].iter().take(PER_BLOCK).filter(|(_, b)| can(*a, *b)).map(|(_, b)| (*a, *b)));
        }
    }
    months.sort_unstable();
    for block in months.chunk_by(|a, b| a.0 == b.0) {
        let (ones, sums) = block.split_at(block.partition_point(|x| !x.1));
        for (_, _, y) in sums.iter().take(PER_BLOCK) {
            out.extend(ones.iter().take(PER_BLOCK).map(|(_, _, x)| (*x.min(y), *x.max(y))));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// How `x` stands to `y`, if in any way.
fn tie(t: &Table, (x, lx): (&Incident, &Look), (y, ly): (&Incident, &Look)) -> Option<RelatedKind> {
    let (a, b) = (lx.days?, ly.days?);
    let lie = || Some(lie_of(place(x)?, &lx.bare, place(y)?, &ly.bare));
    if y.summary && !x.summary {
        let shared = x.pages.iter().any(|p| y.pages.binary_search(p).is_ok());
        // a total that names no start counts up to its day
        let from = if b.1 - b.0 <= 1 { b.0 - REACH } else { b.0 };
        let within = from <= a.0 && a.1 <= b.1 && covers(t, y, x, shared);
        let there = || matches!(lie(), Some(Lie::Same | Lie::Inside | Lie::Country));
        return (within && there()).then_some(RelatedKind::CoveredBy);
    }
    if x.summary || y.summary {
        return None;
    }
    // x answers y: it comes later, or is told later of one day
    let later = a.0 > b.0 && a.0 - b.0 <= 3 || a.0 == b.0 && x.claims.first() > y.claims.first();
    if later
        && !(lx.clash && ly.clash)
        && same(t, &x.actor, &y.target)
        && same(t, &x.target, &y.actor)
        && matches!(lie(), Some(Lie::Same | Lie::Close(_) | Lie::Inside))
    {
        return Some(RelatedKind::InResponseTo);
    }
    let inside = a.0 >= b.0 && a.1 <= b.1 && t.family(&y.kind) == "clash" && lx.strike;
    (inside && matches!(lie(), Some(Lie::Same | Lie::Inside))).then_some(RelatedKind::PartOf)
}

/// Whether a summary can count an incident: both of violence of one family or against one party, and not the less narrow of the two.
fn covers(t: &Table, y: &Incident, x: &Incident, shared: bool) -> bool {
    let family = t.family(&x.kind) == t.family(&y.kind) || t.nearness(&x.kind, &y.kind) >= Nearness::Near(0);
    let wider = |p: &Place, q: &Place| breadth(p) >= breadth(q);
    let place = place(x).zip(place(y)).is_some_and(|(p, q)| wider(q, p));
    place && (shared || (family && (y.target.is_empty() || x.target.is_empty() || same(t, &x.target, &y.target))))
}

fn place(x: &Incident) -> Option<&Place> {
    x.place.as_ref().map(|p| &p.value)
}

fn same(t: &Table, a: &[FieldValue], b: &[FieldValue]) -> bool {
    a.iter().any(|p| b.iter().any(|q| kin(t, &p.value.value, &q.value.value) >= Kin::Near))
}

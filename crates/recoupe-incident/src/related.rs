//! Ties between incidents that stay apart: a strike within a battle, a reprisal, what a summary covers.

use std::collections::BTreeMap;

use recoupe_mention::{Party, Place};

use crate::kin::{Kin, Lie, kin, lie, span_days};
use crate::table::Table;
use crate::types::{FieldValue, Incident, Related, RelatedKind};

/// How many incidents of one page are compared with each other.
const PER_PAGE: usize = 60;

/// Fills in the ties between incidents that share a page.
pub(crate) fn relate(t: &Table, incidents: &mut [Incident]) {
    let mut by_page: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, x) in incidents.iter().enumerate().filter(|(_, x)| t.violent(&x.kind)) {
        for p in &x.pages {
            by_page.entry(*p).or_default().push(i);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for list in by_page.into_values() {
        for (k, a) in list.iter().enumerate().take(PER_PAGE) {
            pairs.extend(list[k + 1..].iter().take(PER_PAGE).map(|b| (*a, *b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (a, b) in pairs {
        for (x, y) in [(a, b), (b, a)] {
            if let Some(kind) = tie(t, &incidents[x], &incidents[y]) {
                incidents[x].related.push(Related { incident: y, kind });
                break;
            }
        }
    }
}

/// How `x` stands to `y`, if in any way.
fn tie(t: &Table, x: &Incident, y: &Incident) -> Option<RelatedKind> {
    let near = |ok: fn(Lie) -> bool| match (place(x), place(y)) {
        (Some(p), Some(q)) => ok(lie(t, p, q)),
        _ => false,
    };
    let (a, b) = (days(x)?, days(y)?);
    if y.summary && !x.summary {
        let within = b.0 <= a.0 && a.1 <= b.1 && near(|l| matches!(l, Lie::Same | Lie::Inside | Lie::Country));
        return within.then_some(RelatedKind::CoveredBy);
    }
    if x.summary || y.summary {
        return None;
    }
    let swapped = same(t, &x.actor, &y.target) && same(t, &x.target, &y.actor);
    let wide = near(|l| matches!(l, Lie::Same | Lie::Close(_) | Lie::Inside));
    // x answers y: it comes later, or is told later of one day
    let later = a.0 > b.0 && a.0 - b.0 <= 3 || a.0 == b.0 && x.claims.first() > y.claims.first();
    let clash = |i: &Incident| matches!(t.family(&i.kind), "clash" | "territory");
    if swapped && later && wide && !(clash(x) && clash(y)) {
        return Some(RelatedKind::InResponseTo);
    }
    let inside = a.0 >= b.0 && a.1 <= b.1 && near(|l| matches!(l, Lie::Same | Lie::Inside));
    (inside && t.family(&y.kind) == "clash" && t.family(&x.kind) == "strike").then_some(RelatedKind::PartOf)
}

fn place(x: &Incident) -> Option<&Place> {
    x.place.as_ref().map(|p| &p.value)
}

fn days(x: &Incident) -> Option<(i32, i32)> {
    x.time.as_ref().and_then(|w| span_days(&w.value))
}

fn same(t: &Table, a: &[FieldValue], b: &[FieldValue]) -> bool {
    let parties = |v: &[FieldValue]| -> Vec<Party> { v.iter().map(|f| f.value.value.clone()).collect() };
    parties(a).iter().any(|p| parties(b).iter().any(|q| kin(t, p, q) >= Kin::Near))
}

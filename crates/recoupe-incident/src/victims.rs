//! Victims that part the accounts: the same people under another name, or other people.

use recoupe_mention::Status;

use crate::tolls::{Compared, Range, compare};
use crate::types::{ClaimEntry, Difference, Disagreement, Field, Harmless, PageInput, Side, Value};

/// Looks again at who is said to have suffered it. Sides whose figures cannot be of the same people tell of different ones, and both
/// can be right; sides that count the same people part on their status where one calls them civilians and the other combatants.
pub(crate) fn tell_apart(
    pages: &[PageInput],
    all: &[ClaimEntry],
    bad: &mut Vec<Disagreement>,
    fine: &mut Vec<Difference>,
) {
    let Some(n) = bad.iter().position(|d| d.field == Field::Target) else { return };
    // a denial stays what it is
    if bad[n].sides.iter().any(|s| !matches!(s.value, Value::Party(_, true))) {
        return;
    }
    let sides = &bad[n].sides;
    let counted: Vec<Vec<(&str, Range)>> = sides.iter().map(|s| figures(pages, all, s)).collect();
    let same_people = |i: usize, j: usize| {
        let (a, b) = (&counted[i], &counted[j]);
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        Some(
            pairs
                .into_iter()
                .any(|((k, f), (l, g))| measure(k) == measure(l) && compare(*f, *g) != Compared::Contradiction),
        )
    };
    let pairs = || (0..sides.len()).flat_map(|i| (i + 1..sides.len()).map(move |j| (i, j)));
    if pairs().all(|(i, j)| same_people(i, j) == Some(false)) {
        let d = bad.remove(n);
        fine.push(Difference { field: Field::Target, toll: None, reason: Harmless::OtherVictims, sides: d.sides });
        return;
    }
    let status = |s: &Side| match &s.value {
        Value::Party(p, _) => p.value.status,
        _ => Status::Unknown,
    };
    let has = |x| sides.iter().any(|s| status(s) == x);
    if !(has(Status::Civilian) && has(Status::Combatant)) {
        return;
    }
    let mut by: Vec<Side> = Vec::new();
    for s in sides.iter().filter(|s| matches!(status(s), Status::Civilian | Status::Combatant)) {
        match by.iter_mut().find(|x| x.value == Value::Status(status(s))) {
            Some(x) => {
                x.voices.extend(s.voices.iter().cloned());
                x.claims.extend(&s.claims);
            }
            None => {
                by.push(Side { value: Value::Status(status(s)), voices: s.voices.clone(), claims: s.claims.clone() })
            }
        }
    }
    bad.push(Disagreement { field: Field::TargetStatus, toll: None, sides: by });
}

/// Killed and neutralised can be the same people; wounded are others.
fn measure(kind: &str) -> &str {
    match kind {
        "neutralised" | "killed_or_wounded" => "killed",
        k => k,
    }
}

/// The figures for people that the claims of a side give.
fn figures<'a>(pages: &'a [PageInput], all: &[ClaimEntry], s: &Side) -> Vec<(&'a str, Range)> {
    let tolls = s.claims.iter().flat_map(|i| &all[*i].claim(pages).tolls);
    tolls
        .filter(|t| &*t.unit == "person" && !t.cumulative && t.part_of.is_none())
        .map(|t| (&*t.kind, (t.min, t.max, t.approx)))
        .collect()
}

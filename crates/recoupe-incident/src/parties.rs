//! Culprits and victims of an incident, with those who name or deny them.

use std::collections::BTreeSet;

use recoupe_claim::{Certainty, Detail};
use recoupe_mention::Party;

use crate::kin::{Kin, kin, kin_of};
use crate::source::{at, push_voice, voice_key};
use crate::table::{Class, Table};
use crate::types::{
    At, ClaimEntry, Difference, Disagreement, Field, FieldValue, Harmless, PageInput, Side, Value, Voice,
};

/// A field value while it is gathered.
struct Gathered {
    value: FieldValue,
    class: Class,
    said: BTreeSet<String>,
    denied: BTreeSet<String>,
}

/// Gathers who is said to have done it (`Field::Actor`) or suffered it (`Field::Target`).
pub(crate) fn values(
    t: &Table,
    pages: &[PageInput],
    all: &[ClaimEntry],
    claims: &[usize],
    field: Field,
) -> Vec<FieldValue> {
    let mut out: Vec<Gathered> = Vec::new();
    for i in claims {
        let e = &all[*i];
        let c = e.claim(pages);
        if !crate::account::makes_incident(c) || matches!(c.certainty, Certainty::Asked | Certainty::Conditional) {
            continue;
        }
        let Some(p) = party(c, field) else { continue };
        let voice = match (field, &c.actor_voice) {
            (Field::Actor, Some(v)) => Some(at(e, v)),
            _ => e.voice(pages),
        };
        let class = t.class(p);
        let k = match out.iter().position(|g| kin_of(&g.value.value.value, g.class, p, class) == Kin::Same) {
            Some(k) => k,
            None => {
                let value = FieldValue { value: at(e, p), said_by: vec![], denied_by: vec![], claims: vec![] };
                out.push(Gathered { value, class, said: BTreeSet::new(), denied: BTreeSet::new() });
                out.len() - 1
            }
        };
        let g = &mut out[k];
        g.value.claims.push(*i);
        if c.certainty == Certainty::Denied {
            push_voice(&mut g.value.denied_by, &mut g.denied, voice, e);
        } else {
            push_voice(&mut g.value.said_by, &mut g.said, voice, e);
        }
    }
    // who is named by most comes first
    let mut out: Vec<FieldValue> = out.into_iter().map(|g| g.value).collect();
    out.sort_by_key(|v| (std::cmp::Reverse(v.said_by.len()), v.claims.first().copied()));
    out
}

fn party(c: &recoupe_claim::Claim, field: Field) -> Option<&Party> {
    match (field, &c.detail) {
        (Field::Actor, Detail::Control { holder, .. }) => c.actor.as_ref().or(holder.as_ref()),
        (Field::Target, Detail::Control { against, .. }) => c.target.as_ref().or(against.as_ref()),
        (Field::Target, Detail::Statement { to }) => c.target.as_ref().or(to.as_ref()),
        (Field::Actor, _) => c.actor.as_ref(),
        _ => c.target.as_ref(),
    }
}

/// Splits the values into sides that can be one party, and reports where sides cannot, or where somebody denies one.
pub(crate) fn compare(
    t: &Table,
    all: &[ClaimEntry],
    values: &[FieldValue],
    field: Field,
    bad: &mut Vec<Disagreement>,
    fine: &mut Vec<Difference>,
) {
    let mut sides: Vec<Vec<&FieldValue>> = Vec::new();
    for v in values.iter().filter(|v| !v.said_by.is_empty()) {
        let fits = |s: &&mut Vec<&FieldValue>| s.iter().all(|w| kin(t, &w.value.value, &v.value.value) != Kin::Differ);
        match sides.iter_mut().find(fits) {
            Some(s) => {
                let w = s[0];
                if kin(t, &w.value.value, &v.value.value) == Kin::Near {
                    let sides = vec![side(w, true), side(v, true)];
                    fine.push(Difference { field, toll: None, reason: Harmless::LessExact, sides });
                }
                s.push(v);
            }
            None => sides.push(vec![v]),
        }
    }
    let key = |v: &Voice, claims: &[usize]| claims.first().map_or(String::new(), |c| voice_key(v, &all[*c]));
    let sources = |s: &[&FieldValue]| -> BTreeSet<String> {
        s.iter().flat_map(|v| v.said_by.iter().map(|w| key(w, &v.claims))).collect()
    };
    let mut out: Vec<Side> = Vec::new();
    if sides.len() > 1 {
        // one voice that names two (both fought) does not contradict itself
        let mut kept: Vec<(BTreeSet<String>, Side)> = Vec::new();
        for s in &sides {
            let mine = sources(s);
            if kept.is_empty() || kept.iter().any(|(theirs, _)| theirs.is_disjoint(&mine)) {
                kept.push((mine, merged(s)));
            }
        }
        if kept.len() > 1 {
            out.extend(kept.into_iter().map(|(_, s)| s));
        }
    }
    for v in values.iter().filter(|v| !v.denied_by.is_empty()) {
        // a denial is a side of its own where somebody else affirms
        let affirmed =
            values.iter().any(|w| !w.said_by.is_empty() && kin(t, &w.value.value, &v.value.value) != Kin::Differ);
        if affirmed {
            if !out
                .iter()
                .any(|s| matches!(&s.value, Value::Party(p, true) if kin(t, &p.value, &v.value.value) != Kin::Differ))
                && let Some(w) = values
                    .iter()
                    .find(|w| !w.said_by.is_empty() && kin(t, &w.value.value, &v.value.value) != Kin::Differ)
            {
                out.push(side(w, true));
            }
            out.push(side(v, false));
        }
    }
    if out.len() > 1 {
        bad.push(Disagreement { field, toll: None, sides: out });
    }
}

fn side(v: &FieldValue, affirmed: bool) -> Side {
    let voices = if affirmed { v.said_by.clone() } else { v.denied_by.clone() };
    Side {
        value: Value::Party(At::new(v.value.page, v.value.value.clone()), affirmed),
        voices,
        claims: v.claims.clone(),
    }
}

fn merged(s: &[&FieldValue]) -> Side {
    let mut out = side(s[0], true);
    for v in &s[1..] {
        out.voices.extend(v.said_by.iter().cloned());
        out.claims.extend(&v.claims);
    }
    out.claims.sort_unstable();
    out.claims.dedup();
    out
}

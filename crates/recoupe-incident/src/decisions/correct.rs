//! Putting a corrected value into a claim.

use recoupe_claim::{Claim, Detail, Toll};
use recoupe_mention::{Id, Party};
use recoupe_text::Span;

use super::{Correction, TollFix, Was, Why};
use crate::Table;

/// Changes the field and gives what stood there, nothing where that is the right value already; an error leaves the claim as it is.
pub(super) fn apply(t: &Table, c: &mut Claim, fix: &Correction) -> Result<Option<Was>, Why> {
    let mut new = c.clone();
    let was = change(t, &mut new, fix)?;
    if right(&was, fix) {
        return Ok(None);
    }
    *c = new;
    Ok(Some(was))
}

/// Whether what stood there says the same as the correction.
fn right(was: &Was, fix: &Correction) -> bool {
    match (was, fix) {
        (Was::Nothing, Correction::Actor(x) | Correction::Target(x) | Correction::Voice(x)) => x.is_none(),
        (Was::Nothing, Correction::Place(x) | Correction::From(x) | Correction::To(x) | Correction::At(x)) => {
            x.is_none()
        }
        (Was::Nothing, Correction::Time(x)) => x.is_none(),
        (Was::Party(a), Correction::Actor(Some(b)) | Correction::Target(Some(b)) | Correction::Voice(Some(b))) => {
            a.id == b.id && a.name == b.name
        }
        (
            Was::Place(a),
            Correction::Place(Some(b)) | Correction::From(Some(b)) | Correction::To(Some(b)) | Correction::At(Some(b)),
        ) => a.id == b.id && a.name == b.name && (a.lat, a.lon, a.precision) == (b.lat, b.lon, b.precision),
        (Was::Time(a), Correction::Time(Some(b))) => (a.from, a.to) == (b.from, b.to),
        (Was::Word(a), Correction::Kind(b)) => a == b,
        (Was::Certainty(a), Correction::Certainty(b)) => a == b,
        (Was::Flag(a), Correction::Background(b)) => a == b,
        (Was::Change(a), Correction::Change(b)) => a == b,
        (Was::Figure(a, b, c), Correction::Figure(x, y, z)) => (a, b, c) == (x, y, z),
        (Was::Toll(a), Correction::Toll(b)) => {
            !b.drop
                && (a.min, a.max, a.approx, a.cumulative) == (b.min, b.max, b.approx, b.cumulative)
                && b.group.as_ref().is_none_or(|g| g.id == a.group.id)
                && b.status.is_none_or(|s| s == a.status)
                && b.unit.as_ref().is_none_or(|u| *u == a.unit)
        }
        _ => false,
    }
}

fn change(t: &Table, c: &mut Claim, fix: &Correction) -> Result<Was, Why> {
    let was = match fix {
        Correction::Actor(p) => actor(c, p.clone())?,
        Correction::Target(p) => target(c, p.clone())?,
        Correction::Voice(p) => {
            let was = c.voices.pop();
            match p {
                Some(p) => c.voices.push(p.clone()),
                None => c.voices.clear(),
            }
            party(was)
        }
        Correction::Place(p) => place(std::mem::replace(&mut c.place, p.clone())),
        Correction::From(p) | Correction::To(p) | Correction::At(p) => {
            let Detail::Displacement { from, to, at, .. } = &mut c.detail else { return Err(Why::NoField) };
            let field = match fix {
                Correction::From(_) => from,
                Correction::To(_) => to,
                _ => at,
            };
            place(std::mem::replace(field, p.clone()))
        }
        Correction::Time(w) => std::mem::replace(&mut c.time, w.clone()).map_or(Was::Nothing, Was::Time),
        Correction::Kind(k) if t.kind(k).is_none() => return Err(Why::UnknownType),
        Correction::Kind(k) => Was::Word(std::mem::replace(&mut c.kind, k.clone())),
        Correction::Certainty(x) => Was::Certainty(std::mem::replace(&mut c.certainty, *x)),
        Correction::Background(x) => Was::Flag(std::mem::replace(&mut c.background, *x)),
        Correction::Change(x) => {
            let Detail::Control { change, .. } = &mut c.detail else { return Err(Why::NoField) };
            Was::Change(std::mem::replace(change, *x))
        }
        Correction::Figure(lo, hi, about) => {
            let Detail::Displacement { min, max, approx, .. } = &mut c.detail else { return Err(Why::NoField) };
            let was = Was::Figure(*min, *max, *approx);
            (*min, *max, *approx) = (*lo, *hi, *about);
            was
        }
        Correction::Toll(x) => toll(c, x)?,
    };
    Ok(was)
}

fn party(p: Option<Party>) -> Was {
    p.map_or(Was::Nothing, Was::Party)
}

fn place(p: Option<recoupe_mention::Place>) -> Was {
    p.map_or(Was::Nothing, Was::Place)
}

fn actor(c: &mut Claim, p: Option<Party>) -> Result<Was, Why> {
    match &mut c.detail {
        Detail::Control { holder, .. } => {
            let own = c.actor.take();
            Ok(party(own.or(std::mem::replace(holder, p))))
        }
        Detail::Relation { from, .. } => {
            let own = c.actor.take();
            let old = std::mem::replace(from, p.ok_or(Why::NoField)?);
            Ok(party(own.or(Some(old))))
        }
        _ => {
            // who named the old one says nothing of the new one
            c.actor_voice = None;
            Ok(party(std::mem::replace(&mut c.actor, p)))
        }
    }
}

fn target(c: &mut Claim, p: Option<Party>) -> Result<Was, Why> {
    let own = |c: &mut Option<Party>| c.take();
    match &mut c.detail {
        Detail::Control { against, .. } => {
            let own = own(&mut c.target);
            Ok(party(own.or(std::mem::replace(against, p))))
        }
        Detail::Statement { to } => {
            let own = own(&mut c.target);
            Ok(party(own.or(std::mem::replace(to, p))))
        }
        Detail::Relation { to, .. } => {
            let p = p.ok_or(Why::NoField)?;
            let own = own(&mut c.target);
            let old = std::mem::replace(to, p);
            Ok(party(own.or(Some(old))))
        }
        _ => Ok(party(std::mem::replace(&mut c.target, p))),
    }
}

/// The toll that is meant: by its number, or the only one of its kind, or of its kind and group.
fn which(tolls: &[Toll], x: &TollFix) -> Result<Option<usize>, Why> {
    if let Some(n) = x.index {
        return if tolls.get(n).is_some_and(|t| t.kind == x.kind) { Ok(Some(n)) } else { Err(Why::NoField) };
    }
    let mut of: Vec<usize> = (0..tolls.len()).filter(|i| tolls[*i].kind == x.kind).collect();
    if of.len() > 1
        && let Some(g) = &x.group
    {
        of.retain(|i| tolls[*i].group.id == g.id);
    }
    match of.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        _ => Err(Why::Ambiguous),
    }
}

fn toll(c: &mut Claim, x: &TollFix) -> Result<Was, Why> {
    let at = which(&c.tolls, x)?;
    if x.drop {
        let n = at.ok_or(Why::NoField)?;
        let was = c.tolls.remove(n);
        for t in &mut c.tolls {
            t.part_of = match t.part_of {
                Some(p) if p == n => None,
                Some(p) if p > n => Some(p - 1),
                p => p,
            };
        }
        return Ok(Was::Toll(was));
    }
    let old = at.map(|n| c.tolls[n].clone());
    let base = old.clone().unwrap_or_else(|| Toll {
        kind: x.kind.clone(),
        group: Party { id: Id::from("generic/people"), name: Id::from("people"), country: None, ..nobody() },
        status: Default::default(),
        unit: Id::from("person"),
        min: None,
        max: None,
        approx: false,
        cumulative: false,
        part_of: None,
        span: Span::default(),
    });
    let status = x.status.unwrap_or(match &x.group {
        Some(g) if g.id != base.group.id => g.status,
        _ => base.status,
    });
    let new = Toll {
        group: x.group.clone().unwrap_or_else(|| base.group.clone()),
        status,
        unit: x.unit.clone().unwrap_or_else(|| base.unit.clone()),
        min: x.min,
        max: x.max,
        approx: x.approx,
        cumulative: x.cumulative,
        ..base
    };
    match at {
        Some(n) => c.tolls[n] = new,
        None => c.tolls.push(new),
    }
    Ok(old.map_or(Was::Nothing, Was::Toll))
}

fn nobody() -> Party {
    let none = Id::from("");
    Party { id: none.clone(), name: none, country: None, status: Default::default(), span: Span::default() }
}

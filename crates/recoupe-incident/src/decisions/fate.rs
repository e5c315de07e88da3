//! Which decisions stand: what is taken back, and which of several on one claim is the last.

use std::collections::{BTreeMap, BTreeSet};

use super::replay::{Found, Ref};
use super::{Decision, Fate, Verdict, Why};

/// Name of a field, see [`super::Correction::field`].
pub(super) type Field = String;

/// What is decided on single claims; numbers are those of the decisions in order.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Rejected claims.
    pub rejected: BTreeMap<Ref, usize>,
    /// The correction in force for a field.
    pub corrections: BTreeMap<(Ref, Field), usize>,
}

/// Settles doubled ids and what is taken back, the latest first: what is itself taken back takes nothing back.
pub(super) fn revoked(list: &[&Decision], fates: &mut [Option<Fate>]) {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (n, d) in list.iter().enumerate() {
        if by_id.contains_key(d.id.as_str()) {
            fates[n] = Some(Fate::Impossible(Why::DuplicateId, None));
        } else {
            by_id.insert(&d.id, n);
        }
    }
    for n in (0..list.len()).rev() {
        let (None, Some(target)) = (&fates[n], &list[n].revoke) else { continue };
        match by_id.get(target.as_str()) {
            None if list[n].verdict == Verdict::Revoke => fates[n] = Some(Fate::Orphaned(Why::NoDecision)),
            None => {}
            Some(m) if *m >= n => fates[n] = Some(Fate::Impossible(Why::RevokesLater, Some(target.clone()))),
            Some(m) => fates[*m] = Some(Fate::Revoked(list[n].id.clone())),
        }
    }
}

/// Settles rejections, corrections and confirmations: on each claim and field the last one counts.
pub(super) fn fields(list: &[&Decision], found: &[Found], fates: &mut [Option<Fate>]) -> Fields {
    let mut out = Fields::default();
    // whether a claim counts at all
    let mut judged: BTreeMap<Ref, (usize, bool)> = BTreeMap::new();
    for n in (0..list.len()).rev() {
        let reject = match (&fates[n], &list[n].verdict) {
            (None, Verdict::Reject) => true,
            (None, Verdict::Confirm(None)) => false,
            _ => continue,
        };
        let claims = found[n].all();
        let lost: BTreeSet<usize> =
            claims.iter().filter_map(|r| judged.get(r)).filter(|j| j.1 != reject).map(|j| j.0).collect();
        let stands = claims.iter().any(|r| judged.get(r).is_none_or(|j| j.1 == reject));
        for r in claims {
            judged.entry(r).or_insert((n, reject));
        }
        if let (false, Some(by)) = (stands, lost.last()) {
            fates[n] = Some(Fate::Superseded(list[*by].id.clone()));
        }
    }
    out.rejected = judged.into_iter().filter(|(_, j)| j.1).map(|(r, j)| (r, j.0)).collect();
    for n in (0..list.len()).rev() {
        let (None, Verdict::Correct(_)) = (&fates[n], &list[n].verdict) else { continue };
        let field = list[n].verdict.field().unwrap_or_default();
        let (mut stands, mut fate) = (false, None);
        for r in found[n].all() {
            match (out.rejected.get(&r), out.corrections.get(&(r, field.clone()))) {
                (Some(by), _) => fate = Some(barred(list, n, *by)),
                (None, Some(by)) if list[*by].verdict != list[n].verdict => {
                    fate = Some(Fate::Superseded(list[*by].id.clone()));
                }
                (None, Some(_)) => stands = true,
                (None, None) => {
                    stands = true;
                    out.corrections.insert((r, field.clone()), n);
                }
            }
        }
        if !stands {
            fates[n] = fate;
        }
    }
    for n in 0..list.len() {
        let (None, Verdict::Confirm(Some(field))) = (&fates[n], &list[n].verdict) else { continue };
        let (mut stands, mut fate) = (false, None);
        for r in found[n].all() {
            match (out.rejected.get(&r), out.corrections.get(&(r, field.clone()))) {
                (Some(by), _) => fate = Some(barred(list, n, *by)),
                (None, Some(by)) if *by > n => fate = Some(Fate::Superseded(list[*by].id.clone())),
                _ => stands = true,
            }
        }
        if !stands {
            fates[n] = fate;
        }
    }
    out
}

/// What becomes of a decision on a field of a claim that another one rejects.
fn barred(list: &[&Decision], n: usize, by: usize) -> Fate {
    let id = list[by].id.clone();
    if by > n { Fate::Superseded(id) } else { Fate::Impossible(Why::Rejected, Some(id)) }
}

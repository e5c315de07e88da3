//! From decisions to what they change, in one order whatever the order they came in.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor::Pages;
use super::fate::{self, Field};
use super::{Confirmed, Corrected, Decision, Fate, Pair, Rejected, Replay, Verdict, Why, correct, links};
use crate::{PageInput, Table, claim_ids};

/// A claim: page and index among the page's claims as read.
pub(super) type Ref = (usize, usize);

/// The claims that a decision's anchors found.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Per anchor that found any; more than one claim where a page is there in copies.
    pub claims: Vec<Vec<Ref>>,
    /// Anchors that found none.
    pub lost: Vec<(usize, Why)>,
}

impl Found {
    /// All claims, each once, sorted.
    pub fn all(&self) -> BTreeSet<Ref> {
        self.claims.iter().flatten().copied().collect()
    }
}

/// Applies decisions to pages, which must stand in canonical order: claims are corrected, taken out, and parted where two claims of
/// one page tell two incidents; links between pages are handed on to the cross-check.
pub fn replay(t: &Table, pages: &mut [PageInput], decisions: &[Decision]) -> Replay {
    if decisions.is_empty() {
        return Replay::default();
    }
    let list = order(decisions);
    let mut fates: Vec<Option<Fate>> = vec![None; list.len()];
    fate::revoked(&list, &mut fates);
    let found = find(pages, &list, &mut fates);
    let fields = fate::fields(&list, &found, &mut fates);
    let ties = links::ties(&list, &found, &fields.rejected, &mut fates);
    let ids: BTreeMap<usize, Vec<String>> = found
        .iter()
        .flat_map(Found::all)
        .map(|(p, _)| p)
        .map(|p| (p, claim_ids(&pages[p], &mut BTreeMap::new())))
        .collect();
    let id = |r: &Ref| ids[&r.0][r.1].clone();
    let mut out = Replay::default();
    let parted = ties.parted(pages);
    let touched: BTreeSet<usize> = fields
        .corrections
        .keys()
        .map(|(r, _)| r.0)
        .chain(fields.rejected.keys().map(|r| r.0))
        .chain(parted.iter().map(|(r, _)| r.0))
        .collect();
    out.originals = touched.iter().map(|p| (*p, pages[*p].reading.claims.clone())).collect();
    for (r, group) in parted {
        pages[r.0].reading.claims[r.1].group = group;
    }
    correct_all(t, pages, &list, &found, &fields.corrections, &mut fates, &mut out, &id);
    for (n, d) in list.iter().enumerate() {
        if let (None, Verdict::Confirm(field)) = (&fates[n], &d.verdict) {
            let mark = Confirmed { field: field.clone(), by: d.author.clone(), decision: d.id.clone() };
            for r in found[n].all().iter().filter(|r| !fields.rejected.contains_key(r)) {
                out.marks.entry(id(r)).or_default().confirmed.push(mark.clone());
            }
        }
    }
    let pair =
        |(a, b, n): &(Ref, Ref, usize)| Pair { left: id(a), right: id(b), decision: list[*n].id.as_str().into() };
    out.same = ties.same.iter().map(pair).collect();
    out.merge = ties.merge.iter().map(pair).collect();
    out.different = ties.different.iter().map(pair).collect();
    for (r, n) in &fields.rejected {
        out.rejected.push(Rejected {
            page: r.0,
            index: r.1,
            id: id(r),
            claim: pages[r.0].reading.claims[r.1].clone(),
            decision: list[*n].id.clone(),
        });
    }
    out.fates = list
        .iter()
        .zip(fates)
        .zip(&found)
        .map(|((d, fate), f)| {
            let applied = || Fate::Applied { claims: f.all().iter().map(id).collect(), lost: f.lost.clone() };
            ((*d).clone(), fate.unwrap_or_else(applied))
        })
        .collect();
    out.ids = ids.into_iter().filter(|(p, _)| touched.contains(p)).collect();
    remove(pages, &mut out);
    out
}

/// By time, then id; two that share both by what they say, so that the order of files never counts. The same line twice is one.
fn order(decisions: &[Decision]) -> Vec<&Decision> {
    let mut list: Vec<(&Decision, String)> = decisions.iter().map(|d| (d, format!("{d:?}"))).collect();
    list.sort_by(|(a, x), (b, y)| (a.time, &a.id, x).cmp(&(b.time, &b.id, y)));
    list.dedup_by(|a, b| a.1 == b.1);
    list.into_iter().map(|(d, _)| d).collect()
}

/// Finds the claims of every decision that still stands; those that find too few are orphaned.
fn find(pages: &[PageInput], list: &[&Decision], fates: &mut [Option<Fate>]) -> Vec<Found> {
    let index = Pages::new(pages);
    let one = |d: &Decision, fate: &mut Option<Fate>| {
        let mut found = Found::default();
        if fate.is_some() {
            return found;
        }
        let mut first = false;
        for (i, a) in d.anchors.iter().enumerate() {
            match index.find(pages, a) {
                Ok(claims) => {
                    first |= i == 0;
                    found.claims.push(claims);
                }
                Err(why) => found.lost.push((i, why)),
            }
        }
        let headless = d.verdict == Verdict::Split && !first;
        if found.claims.len() < d.verdict.needs() || headless {
            let why = found.lost.first().map_or(Why::OneClaim, |l| l.1);
            *fate = Some(Fate::Orphaned(why));
            return Found::default();
        }
        found
    };
    list.iter().zip(fates).map(|(d, fate)| one(d, fate)).collect()
}

/// Puts the corrections in force into the claims, oldest first.
#[allow(clippy::too_many_arguments)]
fn correct_all(
    t: &Table,
    pages: &mut [PageInput],
    list: &[&Decision],
    found: &[Found],
    winners: &BTreeMap<(Ref, Field), usize>,
    fates: &mut [Option<Fate>],
    out: &mut Replay,
    id: &dyn Fn(&Ref) -> String,
) {
    for (n, d) in list.iter().enumerate() {
        let (None, Verdict::Correct(fix)) = (&fates[n], &d.verdict) else { continue };
        let field = fix.field();
        let mut refused = None;
        let mut done = false;
        for r in found[n].all() {
            if winners.get(&(r, field.clone())) != Some(&n) {
                continue;
            }
            let claim = &mut pages[r.0].reading.claims[r.1];
            match correct::apply(t, claim, fix) {
                Ok(None) => done = true,
                Ok(Some(was)) => {
                    done = true;
                    let mark = Corrected { field: field.clone(), was, by: d.author.clone(), decision: d.id.clone() };
                    out.marks.entry(id(&r)).or_default().corrected.push(mark);
                }
                Err(why) => refused = Some(why),
            }
        }
        if let (false, Some(why)) = (done, refused) {
            fates[n] = Some(Fate::Impossible(why, None));
        }
    }
}

/// Takes rejected claims out of the pages: nothing after this sees them as evidence.
fn remove(pages: &mut [PageInput], out: &mut Replay) {
    let gone: BTreeSet<Ref> = out.rejected.iter().map(|r| (r.page, r.index)).collect();
    for p in gone.iter().map(|r| r.0).collect::<BTreeSet<_>>() {
        let mut i = 0..;
        pages[p].reading.claims.retain(|_| i.next().is_none_or(|i| !gone.contains(&(p, i))));
        if let Some(ids) = out.ids.get_mut(&p) {
            let mut i = 0..;
            ids.retain(|_| i.next().is_none_or(|i| !gone.contains(&(p, i))));
        }
    }
}

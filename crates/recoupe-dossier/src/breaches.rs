//! Breaches of an agreement: what is alleged, what somebody established, to whom it is put down, and who denies it.

use std::collections::BTreeMap;

use recoupe_claim::Detail;
use recoupe_incident::kin::{Kin, kin, state};
use recoupe_incident::{At, ClaimEntry, PageInput, Table};
use recoupe_mention::Party;
use recoupe_text::{Span, fold};

use crate::shared::{Voices, days, party};
use crate::types::{Agreement, AgreementBreach, BreachStage, BreachState};

/// How pages word an agreement, each wording once.
pub(crate) fn wordings(pages: &[PageInput], all: &[ClaimEntry], claims: &[usize]) -> Vec<At<Span>> {
    let mut seen: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for e in claims.iter().map(|i| &all[*i]) {
        let Detail::Agreement { span, .. } = &e.claim(pages).detail else { continue };
        let words = fold(&pages[e.page].reading.article.quote(*span));
        if !span.is_empty() && !seen.contains(&words) {
            seen.push(words);
            out.push(At::new(e.page, *span));
        }
    }
    out
}

/// Fills the stages of every breach of an agreement: voices of all rows that tell of the same one, and denials.
pub(crate) fn states(t: &Table, pages: &[PageInput], all: &[ClaimEntry], a: &mut Agreement, denials: &[usize]) {
    for b in &mut a.breaches {
        if b.verified_by.is_none() {
            b.verified_by = b.claims.iter().find_map(|i| verifier(t, pages, &all[*i], &a.parties, b.against.as_ref()));
        }
    }
    let near = Near::of(&a.breaches);
    let states: Vec<Vec<BreachState>> = a
        .breaches
        .iter()
        .map(|b| {
            let same: Vec<&AgreementBreach> =
                near.rows(b).into_iter().map(|k| &a.breaches[k]).filter(|r| one(t, r, b)).collect();
            of(t, pages, all, &same, b, denials)
        })
        .collect();
    for (b, s) in a.breaches.iter_mut().zip(states) {
        b.states = s;
    }
}

fn of(
    t: &Table,
    pages: &[PageInput],
    all: &[ClaimEntry],
    same: &[&AgreementBreach],
    b: &AgreementBreach,
    denials: &[usize],
) -> Vec<BreachState> {
    let mut out = Vec::new();
    let mut add = |stage, by: Voices, against: Option<At<Party>>, claims: Vec<usize>| {
        if !claims.is_empty() {
            out.push(BreachState { stage, by: by.list, against, claims });
        }
    };
    let gather = |keep: &dyn Fn(&AgreementBreach) -> bool, voice: &dyn Fn(&AgreementBreach) -> Option<At<Party>>| {
        let (mut by, mut claims) = (Voices::default(), Vec::new());
        for r in same.iter().filter(|r| keep(r)) {
            by.push(voice(r), &all[r.claims[0]]);
            claims.extend(&r.claims);
        }
        claims.sort_unstable();
        claims.dedup();
        (by, claims)
    };
    let (by, claims) = gather(&|_| true, &|r| r.alleged_by.clone());
    add(BreachStage::Alleged, by, None, claims);
    let (by, claims) = gather(&|r| r.verified_by.is_some(), &|r| r.verified_by.clone());
    add(BreachStage::Verified, by, None, claims);
    let (by, claims) = gather(&|r| r.against.is_some(), &|r| r.alleged_by.clone());
    add(BreachStage::Attributed, by, b.against.clone(), claims);
    let (mut by, mut claims) = (Voices::default(), Vec::new());
    for i in denials {
        let e = &all[*i];
        if denies(t, pages, e, b) {
            by.add(pages, e);
            claims.push(*i);
        }
    }
    add(BreachStage::Denied, by, None, claims);
    out
}

/// Rows by what makes two worth comparing, so that an agreement broken every day for years stays cheap: the first day, and whether
/// the row is of that day only.
struct Near {
    days: BTreeMap<Option<i32>, Vec<usize>>,
    /// Rows of several days.
    wide: Vec<usize>,
}

impl Near {
    fn of(rows: &[AgreementBreach]) -> Self {
        let (mut by, mut wide) = (BTreeMap::<Option<i32>, Vec<usize>>::new(), Vec::new());
        for (k, r) in rows.iter().enumerate() {
            match days(&r.time) {
                Some((f, l)) if l > f => wide.push(k),
                d => by.entry(d.map(|d| d.0)).or_default().push(k),
            }
        }
        Self { days: by, wide }
    }

    /// Rows that can be of the same day as this one, in order.
    fn rows(&self, b: &AgreementBreach) -> Vec<usize> {
        let mut out: Vec<usize> = match days(&b.time) {
            None => self.days.get(&None).cloned().unwrap_or_default(),
            Some((f, l)) => self.days.range(Some(f)..=Some(l)).flat_map(|(_, v)| v.iter().copied()).collect(),
        };
        if days(&b.time).is_some() {
            out.extend(&self.wide);
        }
        out.sort_unstable();
        out
    }
}

/// Whether two rows tell of one breach: by the same party, on days that can be the same.
fn one(t: &Table, a: &AgreementBreach, b: &AgreementBreach) -> bool {
    let party = match (&a.against, &b.against) {
        (Some(p), Some(q)) => kin(t, &p.value, &q.value) >= Kin::Near,
        (None, None) => true,
        // an accusation without a culprit can be the same breach on the same day only
        _ => days(&a.time).is_some() && days(&a.time) == days(&b.time),
    };
    let day = match (days(&a.time), days(&b.time)) {
        (Some((f, l)), Some((g, m))) => f <= m && g <= l,
        (None, None) => true,
        _ => false,
    };
    party && day
}

/// Whether a denial is of this breach: it names the accused, or the accused itself speaks; and it names no other day.
fn denies(t: &Table, pages: &[PageInput], e: &ClaimEntry, b: &AgreementBreach) -> bool {
    let c = e.claim(pages);
    let Detail::Agreement { breach: Some(d), .. } = &c.detail else { return false };
    let Some(accused) = &b.against else { return false };
    let fits =
        |p: &Party| kin(t, p, &accused.value) >= Kin::Near || state(p).is_some() && state(p) == state(&accused.value);
    let who = d.against.as_ref().or(c.voices.last());
    let day = match (e.time.as_ref().and_then(recoupe_incident::kin::span_days), days(&b.time)) {
        (Some((f, l)), Some((g, m))) => f <= m && g <= l,
        _ => true,
    };
    who.is_some_and(fits) && day
}

/// Who established the breach by this claim: a named voice that is no party and no state, in words that say so.
fn verifier(
    t: &Table,
    pages: &[PageInput],
    e: &ClaimEntry,
    parties: &[At<Party>],
    against: Option<&At<Party>>,
) -> Option<At<Party>> {
    let c = e.claim(pages);
    let voice = c.voices.last().filter(|v| state(v).is_none() && !v.id.is_empty() && !v.id.starts_with("group/"))?;
    let own = |p: &At<Party>| kin(t, &p.value, voice) >= Kin::Near;
    if parties.iter().any(own) || against.is_some_and(own) {
        return None;
    }
    let article = &pages[e.page].reading.article;
    let lang = article.language.as_deref().unwrap_or("");
    t.languages().verifies(lang, &article.quote(c.span)).then(|| party(e, &Some(voice.clone()))).flatten()
}

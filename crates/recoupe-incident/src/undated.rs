//! Dates that only another page gives: never over a date that is stated.

use jiff::{Span as Days, civil::Date};
use recoupe_mention::{TimeBasis, TimePrecision, When};
use recoupe_text::Span;

use crate::account::Account;
use crate::kin::day;
use crate::link::Cluster;
use crate::types::{ClaimEntry, PageInput};

/// Dates claims without a day by what their incident's other pages say, and through them the page and its weekdays.
/// Returns whether anything was dated; `sibling` holds per page when it can have been published.
pub(crate) fn date(
    pages: &[PageInput],
    accounts: &[Account],
    clusters: &[Cluster],
    claims: &mut [ClaimEntry],
    sibling: &mut [Option<When>],
) -> bool {
    let mut any = false;
    for c in clusters {
        let Some((first, last)) = agreed(accounts, c) else { continue };
        for a in c.accounts.iter().map(|a| &accounts[*a]).filter(|a| a.days().is_none()) {
            let (from, to) = match a.weekday() {
                None => (first, last),
                Some(w) => match days(first, last).find(|d| d.weekday().to_monday_one_offset() == w) {
                    Some(d) => (d, d),
                    None => continue,
                },
            };
            for i in &a.claims {
                any |= set(&mut claims[*i], from, to);
            }
            // an incident told as news on an undated page dates the page
            if pages[a.page].reading.article.published.is_none() && !a.background {
                any |= narrow(&mut sibling[a.page], from, to);
            }
        }
    }
    // the other weekdays of a page that was so dated
    for e in claims.iter_mut() {
        let Some(known) = sibling[e.page].as_ref().and_then(|w| w.from) else { continue };
        let Some(w) = e.time.as_ref().filter(|w| w.from.is_none() && w.to.is_none()).and_then(|w| w.weekday) else {
            continue;
        };
        // the last such day up to the day after the one that is known
        let back = (known.weekday().to_monday_one_offset() - w).rem_euclid(7);
        let days = if back == 6 { -1 } else { i32::from(back) };
        if let Ok(d) = known.checked_sub(Days::new().days(days)) {
            any |= set(e, d, d);
        }
    }
    any
}

/// The days from the first to the last.
fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(Days::new().days(1)).take_while(move |d| *d <= last)
}

/// The shortest time, of four days at most, that the dated accounts of a cluster name, by most of them; none where two have
/// equally many.
fn agreed(accounts: &[Account], c: &Cluster) -> Option<(Date, Date)> {
    let mut named: Vec<(i32, Date, Date)> = c
        .accounts
        .iter()
        .map(|a| &accounts[*a])
        .filter(|a| !a.soft)
        .filter_map(|a| a.time.as_ref())
        .filter(|w| w.basis != TimeBasis::Sibling)
        .filter_map(|w| Some((day(w.to?) - day(w.from?), w.from?, w.to?)))
        .filter(|(n, _, _)| (0..4).contains(n))
        .collect();
    named.sort_unstable();
    let mut runs: Vec<(i32, usize, Date, Date)> =
        named.chunk_by(|a, b| a == b).map(|r| (r[0].0, r.len(), r[0].1, r[0].2)).collect();
    runs.sort_by_key(|(n, k, d, _)| (*n, std::cmp::Reverse(*k), *d));
    match runs.as_slice() {
        [] => None,
        [(_, _, a, b)] => Some((*a, *b)),
        [(n, k, a, b), (m, l, ..), ..] => (n < m || k > l).then_some((*a, *b)),
    }
}

fn set(e: &mut ClaimEntry, from: Date, to: Date) -> bool {
    if e.time.as_ref().is_some_and(|w| w.from.is_some() || w.to.is_some()) {
        return false;
    }
    let (from, to) = match e.time.as_ref().and_then(|w| w.weekday) {
        None => (from, to),
        Some(w) => match days(from, to).find(|d| d.weekday().to_monday_one_offset() == w) {
            Some(d) => (d, d),
            None => return false,
        },
    };
    let span = e.time.as_ref().map_or(Span::default(), |w| w.span);
    let weekday = e.time.as_ref().and_then(|w| w.weekday);
    let precision = if from == to { TimePrecision::Day } else { TimePrecision::Range };
    e.time = Some(When { from: Some(from), to: Some(to), precision, basis: TimeBasis::Sibling, weekday, span });
    true
}

/// The page told it, so it was published that day or within the week after; several such days narrow it. Returns whether this
/// changed anything.
fn narrow(w: &mut Option<When>, first: Date, last: Date) -> bool {
    let end = last.checked_add(Days::new().days(6)).unwrap_or(last);
    let old = w.as_ref().and_then(|w| w.from.zip(w.to));
    let new = match old {
        Some((f, t)) if first.max(f) <= end.min(t) => (first.max(f), end.min(t)),
        Some(old) => old,
        None => (first, end),
    };
    if old == Some(new) {
        return false;
    }
    let (from, to) = new;
    let precision = if from == to { TimePrecision::Day } else { TimePrecision::Range };
    *w = Some(When {
        from: Some(from),
        to: Some(to),
        precision,
        basis: TimeBasis::Sibling,
        weekday: None,
        span: Span::default(),
    });
    true
}

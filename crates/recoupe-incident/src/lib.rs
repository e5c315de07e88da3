//! Many pages: origins, one incident from many accounts, and where they part.
//!
//! ```text
//! pages ─ claims (stable ids) ─ origins ─ accounts (a page's claims of one group) ─ candidate pairs (sorted keys)
//!       ─ scored features ─ clusters ─ dates from sibling pages ─ clusters again ─ incidents ─ ties
//! ```
//!
//! Pure and deterministic: the same pages in canonical order (see [`canonical`]) give the same bytes.

mod account;
mod block;
mod build;
mod compact;
mod decided;
pub mod decisions;
mod hash;
pub mod kin;
mod lang;
mod link;
mod near;
mod origins;
mod parties;
mod passages;
mod rare;
mod related;
mod score;
mod series;
mod source;
mod table;
mod tolls;
pub mod touch;
mod types;
mod undated;
mod victims;
mod words;

use std::collections::BTreeMap;

pub use hash::short_id;
pub use lang::{Languages, Tone, Vague};
pub use score::{LINK, LINK_SAME_PAGE, NEVER};
pub use table::{Class, Kind, Nearness, Table};
pub use tolls::{Compared, Range, compare as compare_figures};
pub use types::*;

use recoupe_mention::When;

/// What a person has decided about links, and what else the caller may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Pairs of claim ids that are one incident.
    pub same: Vec<(String, String)>,
    /// Pairs of claim ids that are not.
    pub different: Vec<(String, String)>,
    /// What people decided; whoever owns the pages replays it with [`decisions::replay`] before [`cross_check_decided`].
    pub decisions: Vec<decisions::Decision>,
}

/// Compares pages, which must stand in canonical order ([`canonical`]).
pub fn cross_check(table: &Table, pages: &[PageInput], options: &Options) -> CrossCheck {
    cross_check_decided(table, pages, options, &decisions::Replay::default())
}

/// Compares pages that decisions were replayed on.
pub fn cross_check_decided(
    table: &Table,
    pages: &[PageInput],
    options: &Options,
    replay: &decisions::Replay,
) -> CrossCheck {
    let (origins, shares) = origins::origins(table, pages);
    let whole = |s: &passages::Shares| if let passages::Shares::Whole(o) = s { Some(*o) } else { None };
    let origin_of: Vec<Option<usize>> = shares.iter().map(whole).collect();
    let mut claims = entries(pages, &origin_of, replay);
    passages::place(pages, &shares, &mut claims);
    let mut sibling_dates: Vec<Option<When>> = vec![None; pages.len()];
    let decided = decided::Decided::new(&claims, options, replay);
    let mut accounts = account::accounts(table, pages, &claims, &sibling_dates);
    let mut clusters = decided::clusters(table, &accounts, &origin_of, &decided);
    // a date that another page gives may let more pages meet; two rounds reach pages dated through a dated one
    for _ in 0..2 {
        if !undated::date(pages, &accounts, &clusters, &mut claims, &mut sibling_dates) {
            break;
        }
        // neither is needed beside the new ones
        drop((accounts, clusters));
        accounts = account::accounts(table, pages, &claims, &sibling_dates);
        clusters = decided::clusters(table, &accounts, &origin_of, &decided);
    }
    let mut incidents: Vec<Incident> = clusters
        .iter()
        .map(|c| compact::compact(build::incident(table, pages, &claims, &accounts, &origin_of, c)))
        .collect();
    drop((accounts, clusters));
    incidents.sort_by_cached_key(|i| {
        let first = i.time.as_ref().and_then(|w| w.value.from.or(w.value.to));
        (first.is_none(), first, i.id.clone())
    });
    for (n, i) in incidents.iter().enumerate() {
        for c in &i.claims {
            claims[*c].incident = Some(n);
        }
    }
    related::relate(table, &mut incidents);
    CrossCheck { claims, incidents, origins, sibling_dates }
}

/// Every claim with its stable id.
fn entries(pages: &[PageInput], origin_of: &[Option<usize>], replay: &decisions::Replay) -> Vec<ClaimEntry> {
    let mut out = Vec::with_capacity(pages.iter().map(|p| p.reading.claims.len()).sum());
    let mut seen = BTreeMap::new();
    for (page, p) in pages.iter().enumerate() {
        let ids = replay.ids(page).cloned().unwrap_or_else(|| claim_ids(p, &mut seen));
        for (index, (c, id)) in p.reading.claims.iter().zip(ids).enumerate() {
            out.push(ClaimEntry { id, page, index, incident: None, origin: origin_of[page], time: c.time.clone() });
        }
    }
    out
}

/// How often a page said the like: by page id, span, role and type.
type Seen<'a> = BTreeMap<(&'a str, u32, u32, &'static str, &'a str), u32>;

/// Ids of a page's claims: page, original span and role, counted where the page says the same twice.
fn claim_ids<'a>(p: &'a PageInput, seen: &mut Seen<'a>) -> Vec<String> {
    let mut out = Vec::with_capacity(p.reading.claims.len());
    for c in &p.reading.claims {
        let span = p.reading.article.original_span(c.span);
        let n = seen.entry((&p.id, span.start, span.end, c.about(), &c.kind)).or_default();
        out.push(short_id(
            "c",
            &[&p.id, &span.start.to_string(), &span.end.to_string(), c.about(), &c.kind, &n.to_string()],
        ));
        *n += 1;
    }
    out
}

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
mod hash;
pub mod kin;
mod link;
mod origins;
mod parties;
mod rare;
mod related;
mod score;
mod source;
mod table;
mod tolls;
mod types;
mod undated;
mod words;

use std::collections::BTreeMap;

pub use hash::short_id;
pub use score::{LINK, LINK_SAME_PAGE, NEVER};
pub use table::{Class, Kind, Nearness, Table};
pub use tolls::{Compared, Range, compare as compare_figures};
pub use types::*;

use recoupe_claim::{Claim, Detail};
use recoupe_mention::When;

/// What a person has decided about links, and what else the caller may set.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Pairs of claim ids that are one incident.
    pub same: Vec<(String, String)>,
    /// Pairs of claim ids that are not.
    pub different: Vec<(String, String)>,
}

/// Compares pages, which must stand in canonical order ([`canonical`]).
pub fn cross_check(table: &Table, pages: &[PageInput], options: &Options) -> CrossCheck {
    let origins = origins::origins(table, pages);
    let mut origin_of: Vec<Option<usize>> = vec![None; pages.len()];
    for (n, o) in origins.iter().enumerate() {
        for p in &o.pages {
            origin_of[*p] = Some(n);
        }
    }
    let mut claims = entries(pages, &origin_of);
    let mut sibling_dates: Vec<Option<When>> = vec![None; pages.len()];
    let decided = link::Decided::new(&claims, options);
    let mut accounts = account::accounts(table, pages, &claims, &sibling_dates);
    let mut clusters = link::clusters(table, &accounts, &origin_of, &decided);
    // a date that another page gives may let more pages meet; two rounds reach pages dated through a dated one
    for _ in 0..2 {
        if !undated::date(pages, &accounts, &clusters, &mut claims, &mut sibling_dates) {
            break;
        }
        accounts = account::accounts(table, pages, &claims, &sibling_dates);
        clusters = link::clusters(table, &accounts, &origin_of, &decided);
    }
    let mut incidents: Vec<Incident> =
        clusters.iter().map(|c| build::incident(table, pages, &claims, &accounts, c)).collect();
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

/// Every claim with its stable id: page, original span and role, counted where a page says the same twice.
fn entries(pages: &[PageInput], origin_of: &[Option<usize>]) -> Vec<ClaimEntry> {
    let mut out = Vec::with_capacity(pages.iter().map(|p| p.reading.claims.len()).sum());
    let mut seen: BTreeMap<(&str, u32, u32, &'static str, &str), u32> = BTreeMap::new();
    for (page, p) in pages.iter().enumerate() {
        for (index, c) in p.reading.claims.iter().enumerate() {
            let span = p.reading.article.original_span(c.span);
            let n = seen.entry((&p.id, span.start, span.end, role(c), &c.kind)).or_default();
            let id = short_id(
                "c",
                &[&p.id, &span.start.to_string(), &span.end.to_string(), role(c), &c.kind, &n.to_string()],
            );
            *n += 1;
            out.push(ClaimEntry { id, page, index, incident: None, origin: origin_of[page], time: c.time.clone() });
        }
    }
    out
}

/// What a claim is about, as one word; part of its id.
pub fn role(c: &Claim) -> &'static str {
    match c.detail {
        Detail::Incident => "incident",
        Detail::Control { .. } => "control",
        Detail::Agreement { .. } => "agreement",
        Detail::Displacement { .. } => "displacement",
        Detail::Statement { .. } => "statement",
        Detail::Relation { .. } => "relation",
    }
}

//! Sites: bases, camps, crossings, bridges and the like, with what they are for and what is told of them.

use std::collections::BTreeMap;

use recoupe_incident::kin::{Lie, lie};
use recoupe_incident::{At, ClaimEntry, PageInput, Table};
use recoupe_mention::{Party, Place, PlacePrecision, Status};
use recoupe_pack::world::SiteHolder;
use recoupe_text::Span;

use crate::shared::add_page;
use crate::types::{Holding, Site};

/// Every site that a claim lies at, by name.
pub(crate) fn list(t: &Table, pages: &[PageInput], all: &[ClaimEntry], holding: &[Holding]) -> Vec<Site> {
    let mut by: BTreeMap<(String, String), Site> = BTreeMap::new();
    for (i, e) in all.iter().enumerate() {
        let Some(p) = e.claim(pages).place.as_ref().filter(|p| p.precision == PlacePrecision::Exact) else { continue };
        let site = by.entry((p.name.to_string(), p.id.to_string())).or_insert_with(|| new(t, holding, e.page, p));
        add_page(&mut site.pages, e.page);
        site.claims.push(i);
        site.incidents.extend(e.incident);
    }
    by.into_values().map(|s| finished(t, pages, s)).collect()
}

fn new(t: &Table, holding: &[Holding], page: usize, p: &Place) -> Site {
    Site {
        place: At::new(page, p.clone()),
        purpose: t.site(&p.name, p.country.as_deref()).map(|s| s.purpose.clone()),
        keeper: None,
        holding: holding.iter().position(|h| h.place.value.id == p.id && lie(t, &h.place.value, p) == Lie::Same),
        pages: Vec::new(),
        claims: Vec::new(),
        incidents: Vec::new(),
    }
}

fn finished(t: &Table, pages: &[PageInput], mut s: Site) -> Site {
    s.incidents.sort_unstable();
    s.incidents.dedup();
    let p = &s.place.value;
    let known = t.site(&p.name, p.country.as_deref()).and_then(|x| x.holder.as_ref());
    // days are compared as text: a year or a month stands before its days
    let days: Vec<String> = s
        .pages
        .iter()
        .filter_map(|p| pages[*p].reading.article.published.as_ref())
        .flat_map(|p| [p.from.to_string(), p.to.to_string()])
        .collect();
    let holds = |h: &&SiteHolder| {
        let began = |d: &String| h.from.as_ref().is_none_or(|f| f <= d);
        let lasts = |d: &String| h.to.as_ref().is_none_or(|t| d.get(..t.len()).is_none_or(|d| d <= t.as_str()));
        // on an undated page only what has always been so
        if days.is_empty() { h.from.is_none() && h.to.is_none() } else { days.iter().all(|d| began(d) && lasts(d)) }
    };
    s.keeper = known.filter(holds).map(|h| Party {
        id: h.id.as_str().into(),
        name: h.name.as_str().into(),
        country: h.country.as_deref().map(Into::into),
        status: Status::Unknown,
        span: Span::default(),
    });
    s
}

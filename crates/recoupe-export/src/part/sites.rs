//! Sites: bases, camps, crossings and the like, with what is told to have happened there.

use maud::{Markup, html};
use recoupe_wire::Site;

use crate::bits::{evidence, frame};
use crate::book::Book;

/// A row for each site.
pub fn section(b: &Book) -> Markup {
    html! {
        @if !b.d.sites.is_empty() {
            section #sites aria-labelledby="h-sites" {
                h2 #h-sites { (b.w.t("section.sites")) }
                p.intro { (b.w.t("intro.sites")) }
                (frame(b.w.t("section.sites"), html! {
                    table.ledger {
                        caption.vh { (b.w.t("section.sites")) }
                        thead { tr {
                            @for h in ["place", "purpose", "holder", "told"] { th scope="col" { (b.w.t(&format!("site.{h}"))) } }
                            th scope="col" { (b.w.t("row.sentence")) }
                        } }
                        tbody { @for s in &b.d.sites { (row(b, s)) } }
                    }
                }))
            }
        }
    }
}

fn row(b: &Book, s: &Site) -> Markup {
    let purpose = s.purpose.as_deref().filter(|p| b.w.has("purpose", p)).map(|p| b.w.id("purpose", p));
    let incidents: Vec<usize> = s.incidents.iter().filter_map(|i| b.incident(i)).collect();
    html! {
        tr {
            th scope="row" { (b.w.place(&s.place)) }
            td { (purpose.unwrap_or_else(|| "·".to_owned())) }
            td { (holder(b, s)) }
            td {
                @for (n, i) in incidents.iter().enumerate() {
                    @if n > 0 { ", " }
                    a href=(b.incident_href(*i)) { (b.title(&b.d.incidents[*i]).line()) }
                }
                @if incidents.is_empty() { "·" }
            }
            td { (evidence(b, &s.claims)) }
        }
    }
}

/// Whom the pages last name as its holder; else who holds it as the packs know.
fn holder(b: &Book, s: &Site) -> String {
    let said = s.holding.and_then(|h| b.d.holding.get(h as usize)).map(|h| {
        let last = h.last.iter().filter_map(|i| h.spans.get(*i as usize));
        last.map(|x| b.w.party(&x.holder)).collect::<Vec<_>>().join(", ")
    });
    match (said.filter(|x| !x.is_empty()), &s.keeper) {
        (Some(x), _) => x,
        (None, Some(k)) => b.w.f("site.known", &[("who", &b.w.party(k))]),
        (None, None) => "·".to_owned(),
    }
}

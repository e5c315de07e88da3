//! Agreements, displacement, relations.

use maud::{Markup, html};
use recoupe_wire::{Agreement, Breach, Displacement, Known, Wording};

use crate::bits::{evidence, frame, neutral, page_links, party};
use crate::book::{Book, capital};

/// Agreements and who accuses whom of breaking them.
pub fn agreements(b: &Book) -> Markup {
    html! {
        @if !b.d.agreements.is_empty() {
            section #agreements aria-labelledby="h-agreements" {
                h2 #h-agreements { (b.w.t("section.agreements")) }
                p.intro { (b.w.t("intro.agreements")) }
                @for i in order(b) { (agreement(b, i, &b.d.agreements[i])) }
            }
        }
    }
}

/// Those whose wording can mean a known agreement stand behind it.
fn order(b: &Book) -> Vec<usize> {
    let at = |id: &str| b.d.agreements.iter().position(|a| a.id == id);
    let key = |i: &usize| {
        let known = b.d.agreements[*i].refers_to.as_ref().and_then(|k| at(&k.id));
        (known.unwrap_or(*i), known.is_some(), *i)
    };
    let mut all: Vec<usize> = (0..b.d.agreements.len()).collect();
    all.sort_by_key(key);
    all
}

fn agreement(b: &Book, i: usize, a: &Agreement) -> Markup {
    let pages: Vec<usize> = a.pages.iter().filter_map(|p| b.page(p)).collect();
    html! {
        article.agreement #{ "a" (i + 1) } {
            h3 { (capital(&a.name)) }
            dl.facts {
                @if !a.parties.is_empty() {
                    div { dt { (b.w.t("agreement.parties")) } dd { @for (n, p) in a.parties.iter().enumerate() { @if n > 0 { ", " } (neutral(b, p)) } } }
                }
                @if let Some(t) = a.date.as_ref().and_then(|t| b.w.time(t)) { div { dt { (b.w.t("agreement.date")) } dd { (t) } } }
                @if let Some(p) = &a.place { div { dt { (b.w.t("agreement.zone")) } dd { (b.w.place(p)) } } }
                @if !a.wordings.is_empty() { div { dt { (b.w.t("agreement.worded")) } dd { @for (n, x) in a.wordings.iter().enumerate() { @if n > 0 { ", " } (worded(b, x)) } } } }
                @if let Some(k) = &a.refers_to { div { dt { (b.w.t("agreement.refers")) } dd { (known(b, k)) } } }
                div { dt { (b.w.t("agreement.mentioned")) } dd { (page_links(b, &pages)) " " (evidence(b, &a.claims)) } }
            }
            @if a.breaches.is_empty() {
                p.none { (b.w.t("agreement.no_breach")) }
            } @else {
                h4 { (b.w.t("agreement.breaches")) }
                ul.breaches {
                    @for x in &a.breaches { (breach(b, x)) }
                }
            }
            (candidates(b, a))
        }
    }
}

/// The words of a page, with a link to it.
fn worded(b: &Book, x: &Wording) -> Markup {
    html! {
        @match b.page(&x.page) {
            Some(p) => a href=(b.page_href(p)) dir="auto" { (b.w.quoted(&x.text)) },
            None => (b.w.quoted(&x.text)),
        }
    }
}

/// The agreement that a shared wording can mean: by its name, with a link where a page names it too.
fn known(b: &Book, k: &Known) -> Markup {
    let named = b.d.agreements.iter().position(|a| a.id == k.id);
    html! {
        @match named {
            Some(n) => a href=(b.agreement_href(n)) { (b.d.agreements[n].name) },
            None => (k.name),
        }
    }
}

/// An accusation, and how far it is established: each stage with those who say so.
fn breach(b: &Book, x: &Breach) -> Markup {
    let verified = x.states.iter().any(|s| s.state == "verified");
    html! {
        li {
            span.accusation { (accusation(b, x)) }
            @if let Some(t) = x.time.as_ref().and_then(|t| b.w.time(t)) { ", " (t) }
            @if let Some(p) = &x.place { ", " (b.w.place(p)) }
            @if x.states.is_empty() { " · " span.check { (b.w.t("agreement.unverified")) } (evidence(b, &x.claims)) }
            @else {
                ul.states {
                    @for s in &x.states {
                        li class={ "state " (stage(&s.state)) } {
                            (b.w.f(&format!("breach.{}", stage(&s.state)), &[("who", &b.voices(&s.by, &s.claims)), ("against", &s.against.as_ref().map_or_else(String::new, |p| b.w.party(p)))]))
                            " " (evidence(b, &s.claims))
                        }
                    }
                    @if !verified { li.state.none { (b.w.t("agreement.unverified")) } }
                }
            }
        }
    }
}

/// A stage the report has words for.
fn stage(s: &str) -> &'static str {
    match s {
        "verified" => "verified",
        "attributed" => "attributed",
        "denied" => "denied",
        _ => "alleged",
    }
}

/// What happened inside the zone and the time: links only, nothing is found.
fn candidates(b: &Book, a: &Agreement) -> Markup {
    let list: Vec<usize> = a.candidates.iter().filter_map(|i| b.incident(i)).collect();
    html! {
        @if !list.is_empty() {
            details.more.candidates {
                summary { (b.w.n("count.candidates", list.len())) }
                p.note { (b.w.t("agreement.candidates")) }
                ul.plain { @for i in list { li { a href=(b.incident_href(i)) { (b.title(&b.d.incidents[i]).line()) } } } }
            }
        }
    }
}

fn accusation(b: &Book, x: &Breach) -> String {
    let by = capital(&b.voices(std::slice::from_ref(&x.alleged_by), &x.claims));
    match &x.against {
        Some(p) => b.w.f("agreement.alleged", &[("by", &by), ("against", &b.w.party(p))]),
        None => b.w.f("agreement.alleged_nobody", &[("by", &by)]),
    }
}

/// Flows and stocks of displaced people.
pub fn displacement(b: &Book) -> Markup {
    let place = |p: &Option<recoupe_wire::Place>| p.as_ref().map_or_else(|| "·".to_owned(), |p| b.w.place(p));
    html! {
        @if !b.d.displacement.is_empty() {
            section #displacement aria-labelledby="h-displacement" {
                h2 #h-displacement { (b.w.t("section.displacement")) }
                p.intro { (b.w.t("intro.displacement")) }
                (frame(b.w.t("section.displacement"), html! {
                    table.ledger {
                        caption.vh { (b.w.t("section.displacement")) }
                        thead { tr {
                            @for h in ["count", "kind", "from", "to", "at", "since", "said_by"] { th scope="col" { (b.w.t(&format!("displacement.{h}"))) } }
                            th scope="col" { (b.w.t("row.sentence")) }
                        } }
                        tbody { @for x in &b.d.displacement { tr {
                            th scope="row" { (count(b, x)) span.of { (b.w.id("unit", x.unit.as_deref().filter(|u| !u.is_empty()).unwrap_or("person"))) } }
                            td { (b.w.id("displacement", &x.kind)) }
                            td { (place(&x.from)) }
                            td { (place(&x.to)) }
                            td { (place(&x.at)) }
                            td { (x.since.as_ref().and_then(|t| b.w.time(t)).unwrap_or_else(|| "·".to_owned())) }
                            td { @match &x.said_by { Some(p) => (party(b, p)), None => (b.voices(&[None], &x.claims)) } }
                            td { (evidence(b, &x.claims)) }
                        } } }
                    }
                }))
                @for s in &b.d.displacement_series { (super::series::flow(b, s)) }
            }
        }
    }
}

fn count(b: &Book, x: &Displacement) -> String {
    let words = || x.text.as_ref().map_or_else(|| b.w.t("figure.unknown").to_owned(), |t| b.w.quoted(t));
    b.w.figure(x.min, x.max, x.approx).unwrap_or_else(words)
}

/// Who stands how to whom.
pub fn relations(b: &Book) -> Markup {
    html! {
        @if !b.d.relations.is_empty() {
            section #relations aria-labelledby="h-relations" {
                h2 #h-relations { (b.w.t("section.relations")) }
                (frame(b.w.t("section.relations"), html! {
                    table.ledger {
                        caption.vh { (b.w.t("section.relations")) }
                        thead { tr {
                            @for h in ["who", "how", "whom", "said_by"] { th scope="col" { (b.w.t(&format!("relation.{h}"))) } }
                            th scope="col" { (b.w.t("row.sentence")) }
                        } }
                        tbody { @for r in &b.d.relations { tr {
                            th scope="row" { (neutral(b, &r.from)) }
                            td { (b.w.id("relation", &r.kind)) }
                            td { (neutral(b, &r.to)) }
                            td { (b.voices(&r.said_by, &r.claims)) }
                            td { (evidence(b, &r.claims)) }
                        } } }
                    }
                }))
            }
        }
    }
}

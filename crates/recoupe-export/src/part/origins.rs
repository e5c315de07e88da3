//! Which pages go back to one text: a small graph, and for each the passages that show it.

use maud::{Markup, html};
use recoupe_wire::{Evidence, Origin};

use super::pages::passage;
use crate::bits::{frame, page_links, px};
use crate::book::Book;

const WIDTH: f64 = 720.0;
const ROW: f64 = 22.0;
/// Passages shown of one origin; the pages hold the others.
const PASSAGES: usize = 6;

/// The graph and the passages; where no page shares its text with another, one line that says so.
pub fn section(b: &Book) -> Markup {
    html! {
        section #origins aria-labelledby="h-origins" {
            h2 #h-origins { (b.w.t("about.origins")) }
            @if b.d.origins.is_empty() { p.intro { (b.w.t("about.no_origins")) } }
            @else {
                p.intro { (b.w.t("origins.intro")) }
                @for (i, o) in b.d.origins.iter().enumerate() { (origin(b, i, o)) }
            }
        }
    }
}

fn origin(b: &Book, i: usize, o: &Origin) -> Markup {
    let pages: Vec<usize> = o.pages.iter().filter_map(|p| b.page(p)).collect();
    let kind = b.w.id("origin", &o.kind);
    let name = match &o.credit {
        Some(c) => format!("{kind}, {}", b.w.f("page.agency", &[("agency", c)])),
        None => kind,
    };
    let label = b.w.f("origins.graph", &[("name", &name)]);
    html! {
        div.origin #{ "o" (i + 1) } {
            h3 { (b.w.f("origins.shared", &[("name", &name), ("share", &((o.share * 100.0).round() as i64).to_string())])) }
            (frame(&label, graph(b, &name, &label, &pages)))
            @if !o.evidence.is_empty() {
                details.more {
                    summary { (b.w.t("origins.passages")) " (" (o.evidence.len()) ")" }
                    ul.quotes { @for e in o.evidence.iter().take(PASSAGES) { (quote(b, e)) } }
                }
            }
        }
    }
}

fn quote(b: &Book, e: &Evidence) -> Markup {
    let Some(p) = b.page(&e.page) else { return html! {} };
    let Some(text) = passage(&b.d.pages[p], e.span) else { return html! {} };
    html! {
        li { blockquote lang=[b.d.pages[p].language.as_deref()] dir="auto" {
            q { (text) }
            cite { span dir="auto" { (b.outlet(p)) } ", " (page_links(b, &[p])) }
        } }
    }
}

/// The text on the left, the pages that carry it on the right, by day.
fn graph(b: &Book, name: &str, label: &str, pages: &[usize]) -> Markup {
    let mut pages: Vec<usize> = pages.to_vec();
    let day = |p: &usize| b.d.pages[*p].published.as_ref().and_then(|t| t.from.clone());
    pages.sort_by_key(|p| (day(p).is_none(), day(p), *p));
    let height = pages.len().max(2) as f64 * ROW + 16.0;
    let middle = height / 2.0;
    let cut = |s: &str, n: usize| -> String {
        if s.chars().count() <= n { s.to_owned() } else { s.chars().take(n - 1).chain(['…']).collect() }
    };
    html! {
        svg.drawing.graph viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } role="group" aria-label=(label) {
            circle.full cx="196" cy=(px(middle)) r="5" {}
            text.node x="184" y=(px(middle + 4.0)) text-anchor="end" { (cut(name, 28)) title { (name) } }
            @for (n, p) in pages.iter().enumerate() {
                @let y = 8.0 + (n as f64 + 0.5) * ROW;
                path.edge d={ "M196 " (px(middle)) "C270 " (px(middle)) " 270 " (px(y)) " 344 " (px(y)) } {}
                a href=(b.page_href(*p)) {
                    circle.open cx="348" cy=(px(y)) r="4" {}
                    text.page x="360" y=(px(y + 4.0)) { (cut(&b.outlet(*p), 30)) ", " (b.page_label(*p)) }
                }
                @if let Some(t) = b.d.pages[*p].published.as_ref().and_then(|t| b.w.time(t)) { text.tick x="712" y=(px(y + 4.0)) text-anchor="end" { (t) } }
            }
        }
    }
}

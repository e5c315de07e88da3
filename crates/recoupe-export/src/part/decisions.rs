//! What people decided, and what became of it.

use maud::{Markup, html};
use recoupe_wire::{Decided, Decisions};

use crate::bits::frame;
use crate::book::Book;

/// The decisions of a dossier, those that need somebody's eye first.
pub fn section(b: &Book) -> Markup {
    let Some(all) = &b.d.decisions else { return html! {} };
    html! {
        section #decisions aria-labelledby="h-decisions" {
            h2 #h-decisions { (b.w.t("section.decisions")) }
            p.intro { (b.w.t("intro.decisions")) }
            (frame(b.w.t("section.decisions"), html! {
                table.ledger {
                    caption.vh { (b.w.t("section.decisions")) }
                    thead { tr {
                        @for h in ["what", "who", "why", "outcome", "about"] { th scope="col" { (b.w.t(&format!("ruling.{h}"))) } }
                    } }
                    tbody { @for (outcome, x) in sorted(all) { (row(b, outcome, x)) } }
                }
            }))
        }
    }
}

/// All of them with what became of each.
fn sorted(all: &Decisions) -> Vec<(&'static str, &Decided)> {
    let lists = [
        ("orphaned", &all.orphaned),
        ("impossible", &all.impossible),
        ("applied", &all.applied),
        ("superseded", &all.superseded),
        ("revoked", &all.revoked),
    ];
    lists.into_iter().flat_map(|(outcome, list)| list.iter().map(move |x| (outcome, x))).collect()
}

fn row(b: &Book, outcome: &str, x: &Decided) -> Markup {
    // one sentence may carry several of the claims
    let mut quotes: Vec<(String, &str)> = Vec::new();
    for (_, c) in b.claims(&x.claims) {
        let outlet = b.page(&c.page).map_or(String::new(), |p| b.outlet(p));
        if !quotes.iter().any(|(o, q)| *o == outlet && *q == c.quote) {
            quotes.push((outlet, &c.quote));
        }
    }
    quotes.extend(x.anchors.iter().map(|a| {
        let outlet = b.page(&a.page).map_or(String::new(), |p| b.outlet(p));
        (outlet, a.quote.as_str())
    }));
    html! {
        tr {
            th scope="row" { (b.w.id("decision", &x.kind)) @if let Some(f) = &x.field { " (" (field_label(b, f)) ")" } }
            td { span dir="auto" { (x.author) } ", " (x.time) }
            td dir="auto" { (x.reason) }
            td {
                (b.w.id("outcome", outcome))
                @if let Some(why) = &x.why { (b.w.t("format.colon")) (b.w.id("orphan", why)) }
                @if let Some(by) = &x.by { " (" (by) ")" }
                @if !x.lost.is_empty() { ", " (b.w.f("ruling.lost", &[("n", &b.w.number(x.lost.len() as i64))])) }
                " " code { (x.id) }
            }
            td { @for (outlet, quote) in &quotes { blockquote dir="auto" { q { (quote) } @if !outlet.is_empty() { cite { (outlet) } } } } }
        }
    }
}

/// The name of a field of a claim: `toll.killed` is “The toll, killed”.
pub fn field_label(b: &Book, field: &str) -> String {
    let mut parts = field.split('.');
    let head = parts.next().unwrap_or(field);
    let name = if b.w.has("field", head) { b.w.id("field", head) } else { b.w.id("explain_field", head) };
    match parts.next() {
        Some(kind) => format!("{name}, {}", b.w.id("toll", kind)),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use recoupe_wire::{AnchorRecord, Dossier};

    use super::*;
    use crate::words::Words;

    #[test]
    fn what_needs_an_eye_comes_first_and_no_word_of_a_page_is_markup() {
        let one =
            |id: &str| Decided { id: id.into(), kind: "reject".into(), author: "<b>".into(), ..Decided::default() };
        let anchor = AnchorRecord { quote: "<script>".into(), ..AnchorRecord::default() };
        let lost = Decided { why: Some("no_quote".into()), anchors: vec![anchor], ..one("d2") };
        let all = Decisions { applied: vec![one("d1")], orphaned: vec![lost], ..Decisions::default() };
        let mut d = Dossier::default();
        assert!(section(&Book::new(&d, Words::of("fr"))).into_string().is_empty());
        d.decisions = Some(all);
        for lang in ["fr", "en"] {
            let page = section(&Book::new(&d, Words::of(lang))).into_string();
            assert!(page.find("d2") < page.find("d1") && !page.contains("<script>") && !page.contains("<b>"), "{page}");
        }
    }
}

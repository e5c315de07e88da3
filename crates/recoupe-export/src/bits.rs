//! Small pieces of markup that many parts of the report use.

use maud::{Markup, html};
use recoupe_wire::{Claim, Party};

use crate::book::Book;
use crate::compare;

/// The mark of a standing with its word: the shape says it, not the colour alone.
pub fn mark(b: &Book, standing: &str, word: bool) -> Markup {
    let id = known(standing);
    html! {
        span class={ "mark " (id) } {
            svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false" { (shape(id, 7.0, 7.0, 5.0)) }
            @if word { span { (b.w.id("standing", id)) } } @else { span.vh { (b.w.id("standing", id)) } }
        }
    }
}

/// A standing that the report has a mark for; anything else is a single origin.
pub fn known(standing: &str) -> &'static str {
    match standing {
        "contested" => "contested",
        "differs" => "differs",
        "agreed" => "agreed",
        _ => "single_origin",
    }
}

/// The shape of a standing around a point: a ring, a disc, a half disc, a lozenge.
pub fn shape(standing: &str, x: f64, y: f64, r: f64) -> Markup {
    let f = |v: f64| px(v);
    match standing {
        "contested" => {
            let d = format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                f(x),
                f(y - r * 1.2),
                f(x + r * 1.2),
                f(y),
                f(x),
                f(y + r * 1.2),
                f(x - r * 1.2),
                f(y)
            );
            html! { path.full d=(d) {} }
        }
        "differs" => {
            let d = format!("M{} {}A{} {} 0 0 0 {} {}Z", f(x), f(y - r), f(r), f(r), f(x), f(y + r));
            html! { circle.open cx=(f(x)) cy=(f(y)) r=(f(r)) {} path.full d=(d) {} }
        }
        "agreed" => html! { circle.full cx=(f(x)) cy=(f(y)) r=(f(r)) {} },
        _ => html! { circle.open cx=(f(x)) cy=(f(y)) r=(f(r)) {} },
    }
}

/// A length for SVG: one decimal at most.
pub fn px(v: f64) -> String {
    let v = (v * 10.0).round() / 10.0 + 0.0;
    if v.fract() == 0.0 { format!("{v:.0}") } else { format!("{v:.1}") }
}

/// A party: the page's words first, the neutral name beside where it is another.
pub fn party(b: &Book, p: &Party) -> Markup {
    let (value, beside, _) = compare::party(b, p);
    html! { span.party dir="auto" { (value) } @if let Some(n) = beside { " " span.beside { (n) } } }
}

/// A party by its neutral name only.
pub fn neutral(b: &Book, p: &Party) -> Markup {
    html! { span.party { (b.w.party(p)) } }
}

/// A sentence of a page with the words that carry a value marked.
///
/// White space in the sentence is folded, so each word is looked for near the place where it should stand.
pub fn sentence(quote: &str, words: &[(&str, usize)]) -> Markup {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (text, near) in words {
        if text.is_empty() {
            continue;
        }
        let best = quote.match_indices(text).map(|(i, _)| i).min_by_key(|i| i.abs_diff(*near));
        if let Some(i) = best {
            cuts.push((i, i + text.len()));
        }
    }
    cuts.sort_unstable();
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let mut at = 0;
    for (a, z) in cuts.into_iter().filter(|c| c.0 < c.1) {
        if a >= at {
            pieces.push((&quote[at..a], false));
            pieces.push((&quote[a..z], true));
            at = z;
        }
    }
    pieces.push((&quote[at..], false));
    html! { @for (text, marked) in pieces { @if marked { mark { (text) } } @else { (text) } } }
}

/// Where a claim stands: outlet, day, and a link into the page view.
pub fn source(b: &Book, i: usize, c: &Claim) -> Markup {
    let Some(p) = b.page(&c.page) else { return html! {} };
    let page = &b.d.pages[p];
    let day = page.published.as_ref().and_then(|t| b.w.time(t));
    html! {
        cite {
            @if let Some(v) = &c.voice { (b.w.party(v)) " — " }
            span dir="auto" { (b.outlet(p)) }
            @if let Some(d) = day { ", " (d) }
            ", "
            a href=(b.claim_href(i)) { (b.page_label(p)) }
        }
    }
}

/// Links to pages by their numbers.
pub fn page_links(b: &Book, pages: &[usize]) -> Markup {
    html! {
        @for (n, p) in pages.iter().enumerate() {
            @if n > 0 { ", " }
            a href=(b.page_href(*p)) title=(b.outlet(*p)) { (b.page_label(*p)) }
        }
    }
}

/// Sentences behind a row of a ledger, folded away.
pub fn evidence(b: &Book, claims: &[String]) -> Markup {
    let list = sentences(b, claims);
    html! {
        @if let Some(first) = list.first() {
            details.ev {
                summary title=(first[0].1.quote) { (b.w.n("count.sentences", list.len())) }
                @for group in &list {
                    blockquote dir="auto" { q { (sentence(&group[0].1.quote, &all_words(group))) } (source(b, group[0].0, group[0].1)) }
                }
            }
        }
    }
}

/// Claims by the sentences they stand in, in order: one sentence often carries several.
pub fn sentences<'a>(b: &Book<'a>, claims: &[String]) -> Vec<Vec<(usize, &'a Claim)>> {
    let mut out: Vec<Vec<(usize, &Claim)>> = Vec::new();
    for (i, c) in b.claims(claims) {
        match out.iter_mut().find(|g| g[0].1.page == c.page && g[0].1.span == c.span) {
            Some(g) => g.push((i, c)),
            None => out.push(vec![(i, c)]),
        }
    }
    out
}

/// The words that carry a value in any of the claims of one sentence.
pub fn all_words<'a>(group: &[(usize, &'a Claim)]) -> Vec<(&'a str, usize)> {
    group.iter().flat_map(|(_, c)| words(c)).collect()
}

/// All the words of a claim that carry a value, with where they stand in its sentence.
pub fn words(c: &Claim) -> Vec<(&str, usize)> {
    let fields = [
        c.time.as_ref().map(|x| (&x.text, x.span)),
        c.place.as_ref().map(|x| (&x.text, x.span)),
        c.actor.as_ref().map(|x| (&x.text, x.span)),
        c.target.as_ref().map(|x| (&x.text, x.span)),
        c.voice.as_ref().map(|x| (&x.text, x.span)),
    ];
    let tolls = c.tolls.iter().map(|x| (&x.text, x.span));
    fields
        .into_iter()
        .flatten()
        .chain(tolls)
        .filter_map(|(text, span)| text.as_deref().zip(span))
        .filter(|(_, s)| s.start >= c.span.start && s.end <= c.span.end)
        .map(|(text, s)| (text, (s.start - c.span.start) as usize))
        .collect()
}

/// A table that may be wider than the screen: it scrolls in its own frame, by keyboard too.
pub fn frame(label: &str, inner: Markup) -> Markup {
    html! { div.frame tabindex="0" role="group" aria-label=(label) { (inner) } }
}

//! The pages as they came: dropped parts greyed with the reason, claims underlined.

use maud::{Markup, html};
use recoupe_wire::{Claim, Page, View};

use crate::bits::page_links;
use crate::book::Book;

/// Bytes of one page that are shown at most; a page of megabytes would make the report useless.
const MOST: usize = 400_000;

/// Why a stretch was set aside, and its lines.
type Block<'a> = (Option<&'a str>, Vec<(usize, usize)>);

/// All pages.
pub fn section(b: &Book) -> Markup {
    let bare = b.d.pages.iter().all(|p| p.view.is_none());
    let mut kinds: Vec<&str> = b.d.claims.iter().map(|c| c.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    html! {
        section #pages aria-labelledby="h-pages" {
            h2 #h-pages { (b.w.t("section.pages")) }
            p.intro { (b.w.t(if bare { "intro.pages_bare" } else { "intro.pages" })) }
            @if !kinds.is_empty() && !bare {
                p.underlines { (b.w.t("page.legend")) (b.w.t("format.colon")) @for k in kinds { span class={ "cl k-" (kind(k)) } { (b.w.id("kind", k)) } " " } }
            }
            @for (i, p) in b.d.pages.iter().enumerate() { (page(b, i, p)) }
        }
    }
}

/// A kind of claim that the style sheet knows.
fn kind(k: &str) -> &str {
    if matches!(k, "incident" | "control" | "agreement" | "displacement" | "statement" | "relation") {
        k
    } else {
        "statement"
    }
}

fn page(b: &Book, i: usize, p: &Page) -> Markup {
    let claims = b.on_page(i);
    let published = match &p.published {
        Some(t) => match b.w.time(t) {
            Some(d) if t.from == t.to => b.w.f("page.published", &[("date", &d)]),
            Some(d) => b.w.f("page.published_range", &[("date", &d)]),
            None => b.w.t("page.unpublished").to_owned(),
        },
        None => b.w.t("page.unpublished").to_owned(),
    };
    let lang = p.language.as_deref();
    html! {
        article.page #{ "p" (i + 1) } {
            details {
                summary {
                    h3 lang=[lang] dir="auto" { (p.title.as_deref().unwrap_or(&b.outlet(i))) }
                    span.line {
                        (b.page_label(i)) " · "
                        (p.outlet.as_deref().unwrap_or(b.w.t("page.outlet_unknown"))) " · " (published)
                        @if !claims.is_empty() { " · " (b.w.n("count.claims", claims.len())) }
                    }
                }
                (shown_whole(b, i))
            }
        }
    }
}

/// What is known about a page, then its text.
pub fn shown_whole(b: &Book, i: usize) -> Markup {
    let p = &b.d.pages[i];
    let claims = b.on_page(i);
    let lang = p.language.as_deref();
    html! {
        (facts(b, i, p))
        @match &p.view {
            Some(v) => (text(b, p, v, &claims, lang)),
            None => ol.quotes {
                @for group in claims.chunk_by(|a, z| a.1.span == z.1.span) {
                    li {
                        @for (n, _) in group { span id=(b.claim_anchor(*n)) {} }
                        blockquote lang=[lang] dir="auto" { q { (group[0].1.quote) } }
                    }
                }
            },
        }
        @if claims.is_empty() { p.none { (b.w.t("page.nothing_read")) } }
    }
}

fn facts(b: &Book, i: usize, p: &Page) -> Markup {
    let mut out: Vec<String> = Vec::new();
    if let Some(t) = &p.published {
        let basis = b.w.f("page.basis", &[("basis", &b.w.id("basis", &t.basis))]);
        out.push(match &t.text {
            Some(x) => format!("{basis} ({})", b.w.quoted(x)),
            None => basis,
        });
    }
    out.extend(p.agency.iter().map(|a| b.w.f("page.agency", &[("agency", a)])));
    out.extend(p.language.as_ref().map(|l| b.w.f("page.language", &[("lang", &b.w.id("language", l))])));
    out.extend(p.encoding.as_ref().map(|e| b.w.f("page.encoding", &[("encoding", e)])));
    if !p.dropped.is_empty() {
        out.push(b.w.n("count.dropped", p.dropped.len()));
    }
    let origin = b.origin(i).map(|o| &b.d.origins[o]);
    html! {
        div.about-page {
            p.note { (out.join(" · ")) }
            @if let Some(o) = origin {
                @let others: Vec<usize> = o.pages.iter().filter_map(|x| b.page(x)).filter(|x| *x != i).collect();
                @let share = ((o.share * 100.0).round() as i64).clamp(0, 100).to_string();
                @let line = b.w.f("page.origin", &[("kind", &b.w.id("origin", &o.kind)), ("share", &share), ("pages", "\u{1}")]);
                @let (before, after) = line.split_once('\u{1}').unwrap_or((&line, ""));
                p.note { (before) (page_links(b, &others)) (after) }
            }
            p.note.file {
                (b.w.t("page.source")) (b.w.t("format.colon")) code { (p.source) }
                @if let Some(u) = p.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")) {
                    " · " a href=(u) rel="noreferrer noopener external nofollow" { (b.w.t("page.address")) } " " span.beside { (u) }
                }
                " · " code.hash title=(p.id) { (p.id.chars().take(19).collect::<String>()) "…" }
            }
            @if !p.notes.is_empty() {
                ul.notes aria-label=(b.w.t("page.notes")) { @for n in &p.notes { li { code { (n.code) } " " span lang="en" { (n.message) } } } }
            }
        }
    }
}

/// Where an offset of the page stands in its shown text.
fn shown(v: &View, at: u32, end: bool) -> usize {
    if v.map.is_empty() {
        return at as usize;
    }
    let i = v.map.partition_point(|m| m[2] < at || (!end && m[2] == at)).saturating_sub(1);
    let [text, text_len, page, page_len] = v.map[i];
    let into = at.saturating_sub(page);
    let into = if text_len == page_len {
        into.min(text_len)
    } else if into == 0 {
        0
    } else if end || into >= page_len {
        text_len
    } else {
        0
    };
    (text + into) as usize
}

/// The words of a page at a span of it, where the dossier carries its text; long ones are cut.
pub fn passage(p: &Page, s: recoupe_wire::Span) -> Option<String> {
    let v = p.view.as_ref()?;
    let (a, z) = (floor(&v.text, shown(v, s.start, false)), floor(&v.text, shown(v, s.end, true)));
    let words = v.text.get(a..z)?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(if words.chars().count() > 400 { words.chars().take(400).chain(['…']).collect() } else { words })
}

/// The nearest boundary of a letter at or before an offset.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn text(b: &Book, p: &Page, v: &View, claims: &[(usize, &Claim)], lang: Option<&str>) -> Markup {
    let end = floor(&v.text, MOST);
    let all = &v.text[..end];
    let place = |s: recoupe_wire::Span| (floor(all, shown(v, s.start, false)), floor(all, shown(v, s.end, true)));
    let spans: Vec<(usize, usize, usize, &Claim)> = claims
        .iter()
        .map(|(n, c)| {
            let (a, z) = place(c.span);
            (a, z, *n, *c)
        })
        .collect();
    let dropped: Vec<(usize, usize, &str)> = p
        .dropped
        .iter()
        .map(|d| {
            let (a, z) = place(d.span);
            (a, z, d.why.as_str())
        })
        .collect();
    // Lines in order; neighbours that were dropped for one reason stand together.
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in all.split_inclusive('\n') {
        let (a, z) = (at, at + line.trim_end().len());
        at += line.len();
        if a >= z {
            continue;
        }
        let inside = a + (all[a..z].len() - all[a..z].trim_start().len());
        let why = dropped.iter().find(|d| d.0 <= inside && inside < d.1).map(|d| d.2);
        match blocks.last_mut() {
            Some(last) if last.0 == why && why.is_some() => last.1.push((a, z)),
            _ => blocks.push((why, vec![(a, z)])),
        }
    }
    html! {
        div.text lang=[lang] dir="auto" {
            @for (why, lines) in &blocks {
                @match why {
                    Some(w) => div.dropped {
                        span.why { (b.w.f("page.why", &[("why", &b.w.id("why", w))])) }
                        @for (a, z) in lines { p dir="auto" { (piece(b, all, *a, *z, &spans)) } }
                    },
                    None => @for (a, z) in lines { p dir="auto" { (piece(b, all, *a, *z, &spans)) } },
                }
            }
            @if end < v.text.len() { p { "…" } }
            // Claims that no line shows still have their anchor.
            @for (_, _, n, _) in spans.iter().filter(|s| s.0 >= s.1) { span id=(b.claim_anchor(*n)) {} }
        }
    }
}

/// A line with the claims in it underlined; where claims overlap, each stretch carries all of its own.
fn piece(b: &Book, all: &str, a: usize, z: usize, spans: &[(usize, usize, usize, &Claim)]) -> Markup {
    let here: Vec<&(usize, usize, usize, &Claim)> = spans.iter().filter(|s| s.0 < z && s.1 > a && s.0 < s.1).collect();
    if here.is_empty() {
        return html! { (&all[a..z]) };
    }
    let mut cuts: Vec<usize> = here.iter().flat_map(|s| [s.0.clamp(a, z), s.1.clamp(a, z)]).chain([a, z]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    html! {
        @for w in cuts.windows(2) {
            @let on: Vec<&&(usize, usize, usize, &Claim)> = here.iter().filter(|s| s.0 <= w[0] && w[1] <= s.1).collect();
            @if on.is_empty() {
                (&all[w[0]..w[1]])
            } @else {
                // The anchor of a claim is where it begins.
                @for s in on.iter().filter(|s| s.0 == w[0]) { span id=(b.claim_anchor(s.2)) {} }
                @let first = on[0].3;
                @let title = on.iter().map(|s| with_rule(b, s.3)).collect::<Vec<_>>().join("\n");
                @match target(b, first) {
                    Some(href) => a href=(href) class={ "cl k-" (kind(&first.kind)) } title=(title) { (&all[w[0]..w[1]]) },
                    None => span class={ "cl k-" (kind(&first.kind)) } title=(title) { (&all[w[0]..w[1]]) },
                }
            }
        }
    }
}

fn target(b: &Book, c: &Claim) -> Option<String> {
    if let Some(i) = c.incident.as_deref().and_then(|i| b.incident(i)) {
        return Some(b.incident_href(i));
    }
    let (to, there) = match c.kind.as_str() {
        "control" => ("control", !b.d.control.is_empty()),
        "agreement" => ("agreements", !b.d.agreements.is_empty()),
        "displacement" => ("displacement", !b.d.displacement.is_empty()),
        "relation" => ("relations", !b.d.relations.is_empty()),
        _ => return None,
    };
    there.then(|| b.section_href(to))
}

/// The same, with the rule that read it.
fn with_rule(b: &Book, c: &Claim) -> String {
    let rule = (!c.rule.is_empty()).then(|| format!("{}{}{}", b.w.t("row.rule"), b.w.t("format.colon"), c.rule));
    [read(b, c)].into_iter().chain(rule).collect::<Vec<_>>().join(" · ")
}

/// What was read in a claim, in one line.
pub fn read(b: &Book, c: &Claim) -> String {
    let mut out = vec![b.w.id("kind", &c.kind), b.w.id("type", &c.kind_of)];
    out.dedup();
    out.extend(c.time.as_ref().and_then(|t| b.w.time(t)));
    out.extend(c.place.as_ref().map(|p| b.w.place(p)));
    let with = |key: &str, v: String| format!("{}{}{v}", b.w.t(key), b.w.t("format.colon"));
    out.extend(c.actor.as_ref().map(|p| with("row.actor", b.w.party(p))));
    out.extend(c.target.as_ref().map(|p| with("row.target", b.w.party(p))));
    for t in &c.tolls {
        let n = b.w.figure(t.min, t.max, t.approx).or_else(|| t.text.clone()).unwrap_or_default();
        out.push(format!(
            "{n} {}, {}",
            crate::compare::toll_label(b, &t.kind, &t.unit).to_lowercase(),
            b.w.party(&t.group)
        ));
    }
    if c.certainty != "stated" {
        out.push(b.w.id("certainty", &c.certainty));
    }
    if let Some(v) = &c.voice {
        out.push(b.w.f("row.according", &[("who", &b.w.party(v))]));
    }
    out.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_the_page_lead_into_its_text() {
        // "<p>caf&eacute; noir" is shown as "café noir".
        let v = View { text: "café noir".into(), map: vec![[0, 3, 3, 3], [3, 2, 6, 8], [5, 5, 14, 5]] };
        assert_eq!(&v.text[shown(&v, 3, false)..shown(&v, 14, true)], "café");
        assert_eq!(&v.text[shown(&v, 15, false)..shown(&v, 19, true)], "noir");
        assert_eq!(shown(&v, 0, false), 0);
        assert_eq!(shown(&v, 900, true), 10);
    }
}

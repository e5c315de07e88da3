//! Days and incidents, each with the comparison of its accounts.

use maud::{Markup, html};
use recoupe_wire::{ChosenFigure, Incident, IncidentToll};

use super::front::headline;
use crate::bits::{all_words, evidence, frame, mark, page_links, sentence, sentences, source};
use crate::book::{Book, days, quiet, rank};
use crate::compare::{self, Column, Entry, Row, Table, names_group, toll_label};
use crate::words::Day;

/// The incidents that are news, day by day.
pub fn days_section(b: &Book) -> Markup {
    let mut news: Vec<(usize, &Incident)> =
        b.d.incidents.iter().enumerate().filter(|(_, x)| !x.background && !x.summary).collect();
    news.sort_by_key(|(i, x)| (days(x).is_none(), days(x), quiet(&x.kind_of), rank(&x.standing), *i));
    html! {
        section #days aria-labelledby="h-days" {
            h2 #h-days { (b.w.t("section.days")) }
            @if news.is_empty() { p.intro { (b.w.t("head.nothing")) } }
            @for group in news.chunk_by(|a, z| days(a.1) == days(z.1)) {
                section.day {
                    h3 { (when(b, group[0].1)) }
                    @for (i, x) in group { (incident(b, *i, x)) }
                }
            }
        }
    }
}

/// Earlier events and running totals.
pub fn background_section(b: &Book) -> Markup {
    let mut old: Vec<(usize, &Incident)> =
        b.d.incidents.iter().enumerate().filter(|(_, x)| x.background || x.summary).collect();
    old.sort_by_key(|(i, x)| (days(x).is_none(), days(x), *i));
    html! {
        @if !old.is_empty() {
            section #background aria-labelledby="h-background" {
                h2 #h-background { (b.w.t("section.background")) }
                p.intro { (b.w.t("intro.background")) }
                @for (i, x) in old { (incident(b, i, x)) }
            }
        }
    }
}

fn when(b: &Book, x: &Incident) -> String {
    match days(x) {
        Some((a, z)) => b.w.span(a, z),
        None => b.w.t("section.undated").to_owned(),
    }
}

/// One incident: a line that opens to the comparison and the sentences.
fn incident(b: &Book, i: usize, x: &Incident) -> Markup {
    let title = b.title(x);
    let dated = x.background || x.summary;
    let open = !quiet(&x.kind_of) && !dated && (rank(&x.standing) < 3 || x.voices.len() > 1);
    let mut line: Vec<String> = Vec::new();
    if dated {
        line.push(title.time.clone().unwrap_or_else(|| b.w.t("row.unknown_date").to_owned()));
    }
    line.extend(headline(b, x));
    line.push(b.w.n("count.pages", x.pages.len()));
    line.push(b.w.n("count.short_origins", x.origins as usize));
    if x.voices.len() > 1 {
        line.push(b.w.n("count.voices", x.voices.len()));
    }
    html! {
        article.incident #{ "i" (i + 1) } {
            details open[open] {
                summary {
                    // Below a day, or right below the part for earlier events.
                    @if dated { h3.name { (title.short()) } } @else { h4.name { (title.short()) } }
                    span.line { (line.join(" · ")) }
                    (mark(b, &x.standing, true))
                }
                (accounts(b, x))
            }
        }
    }
}

/// The accounts of an incident side by side, and the sentences behind them.
pub fn accounts(b: &Book, x: &Incident) -> Markup {
    let t = compare::table(b, x);
    let caption = b.w.f("row.caption", &[("title", &b.title(x).line())]);
    html! {
        @if !t.rows.is_empty() { (frame(&caption, comparison(b, x, &t, &caption))) }
        @for t in x.tolls.iter().chain(&x.cumulative) {
            @if let Some(f) = &t.figure { (chosen(b, t, f)) }
            (super::series::toll(b, t))
        }
        @for r in &x.related {
            @if let Some(o) = b.incident(&r.incident) {
                p.parts { (b.w.id("related", &r.kind)) " " a href=(b.incident_href(o)) { (b.title(&b.d.incidents[o]).line()) } }
            }
        }
        @let said = sentences(b, &x.claims);
        @if !said.is_empty() { details.sentences {
            summary { (b.w.t("row.sentences")) " (" (said.len()) ")" }
            ol {
                @for group in &said {
                    @let (n, c) = group[0];
                    @let rules: Vec<&str> = distinct(group.iter().map(|g| g.1.rule.as_str()));
                    @let shades: Vec<&str> = distinct(group.iter().map(|g| g.1.certainty.as_str()).filter(|k| *k != "stated"));
                    li {
                        blockquote lang=[lang(b, &c.page)] dir="auto" { q { (sentence(&c.quote, &all_words(group))) } }
                        (source(b, n, c))
                        @for k in shades { " · " (b.w.id("certainty", k)) }
                        @if !rules.is_empty() { " · " span.rule { (b.w.t("row.rule")) " " code { (rules.join(" ")) } } }
                    }
                }
            }
            @if !x.links.is_empty() { (links(b, x)) }
        } }
    }
}

/// The figure of a rule, with the rule's name and its sentences: it never stands alone.
fn chosen(b: &Book, t: &IncidentToll, f: &ChosenFigure) -> Markup {
    let group = if names_group(t) { format!(", {}", b.w.party(&t.group)) } else { String::new() };
    let (what, rule) = chosen_words(b, f);
    html! {
        p.parts.chosen { (toll_label(b, &t.kind, &t.unit)) (group) (b.w.t("format.colon")) strong { (what) } ", " (rule) " " (evidence(b, &f.claims)) }
    }
}

/// What a rule makes of the figures, and which rule it is.
pub(crate) fn chosen_words(b: &Book, f: &ChosenFigure) -> (String, String) {
    let n = |n: Option<i64>| n.map_or_else(|| "·".to_owned(), |n| b.w.number(n));
    let (name, arg) = f.rule.split_once(':').unwrap_or((&f.rule, ""));
    let rule = if b.w.has("rule", name) { b.w.id("rule", name) } else { name.to_owned() };
    let rule = if arg.is_empty() { rule } else { format!("{rule} ({arg})") };
    let what = match (&f.grade, f.value) {
        (Some(g), _) => format!("{} ({}–{})", b.w.id("grade", g), n(f.low), n(f.high)),
        (_, Some(v)) => b.w.number(v),
        _ => b.w.f("rule.range", &[("low", &n(f.low)), ("best", &n(f.best)), ("high", &n(f.high))]),
    };
    (what, b.w.f("rule.by", &[("rule", &rule)]))
}

fn distinct<'a>(list: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::new();
    for x in list.filter(|x| !x.is_empty()) {
        if !out.contains(&x) {
            out.push(x);
        }
    }
    out
}

fn lang<'a>(b: &Book<'a>, page: &str) -> Option<&'a str> {
    b.page(page).and_then(|p| b.d.pages[p].language.as_deref())
}

fn links(b: &Book, x: &Incident) -> Markup {
    html! {
        details.links {
            summary { (b.w.t("row.links")) }
            ul {
                @for l in &x.links {
                    @let pages: Vec<usize> = [&l.left, &l.right].iter().filter_map(|c| b.claim(c)).filter_map(|c| b.page(&b.d.claims[c].page)).collect();
                    li {
                        (page_links(b, &pages)) (b.w.t("format.colon"))
                        @for (n, f) in l.features.iter().enumerate() {
                            @if n > 0 { ", " }
                            code { (f.name) } " " (f.value) " (" (format!("{:+}", f.points)) ")"
                        }
                    }
                }
            }
        }
    }
}

fn comparison(b: &Book, x: &Incident, t: &Table, caption: &str) -> Markup {
    let bracket = t.groups.iter().any(|g| g.2.is_some());
    html! {
        table.compare.many[t.columns.len() > 5] {
            caption.vh { (caption) }
            @if bracket {
                colgroup {}
                @for g in &t.groups { colgroup span=(g.1) {} }
            }
            thead {
                @if bracket {
                    tr.origins {
                        td {}
                        @for g in &t.groups {
                            @match g.2 {
                                Some(o) => th.bracket colspan=(g.1) scope="colgroup" { (origin(b, o)) },
                                None => td colspan=(g.1) {},
                            }
                        }
                    }
                }
                tr {
                    td.corner { (b.w.t("row.voice")) }
                    @for c in &t.columns { th scope="col" { (column(b, c)) } }
                }
            }
            tbody { @for r in &t.rows { (row(b, x, r)) } }
        }
    }
}

fn origin(b: &Book, o: usize) -> Markup {
    let o = &b.d.origins[o];
    html! {
        @match &o.credit {
            Some(c) => (b.w.f("row.same_origin_credit", &[("credit", c)])),
            None => (b.w.t("row.same_origin")),
        }
        " (" (b.w.id("origin", &o.kind)) ")"
    }
}

/// Who speaks, and below where: the outlet or outlets that carry it.
fn column(b: &Book, c: &Column) -> Markup {
    let outlets = b.outlets(&c.pages);
    html! {
        @match c.voice {
            Some(v) => {
                span.voice { (b.w.party(v)) }
                span.outlet {
                    @for (n, o) in outlets.iter().take(3).enumerate() { @if n > 0 { ", " } span dir="auto" { (o) } }
                    @if outlets.len() > 3 { " + " (b.w.n("count.more", outlets.len() - 3)) }
                }
            }
            None => {
                span.voice dir="auto" { (outlets.first().map_or("", String::as_str)) }
                span.outlet { (b.w.t("row.own_voice")) }
            }
        }
        span.where { (page_links(b, &c.pages)) }
    }
}

fn row(b: &Book, x: &Incident, r: &Row) -> Markup {
    let clash = r.parts.filter(|d| d.reason.is_none());
    html! {
        tr.clashing[clash.is_some()] {
            th scope="row" {
                (r.label)
                @if let Some(p) = r.of { span.of { (b.w.party(p)) } }
                @for m in &r.remarks { span.of { (m) } }
                @if clash.is_some() { (mark(b, if x.standing == "contested" && r.of.is_none() && r.remarks.is_empty() { "contested" } else { "differs" }, true)) }
                @if let Some(why) = r.parts.and_then(|d| d.reason.as_deref()) { span.why { (b.w.id("reason", why)) } }
            }
            @for c in &r.cells {
                td {
                    @if c.is_empty() { span.dot aria-hidden="true" { "·" } span.vh { (b.w.t("row.nothing")) } }
                    @for e in c { (entry(b, e)) }
                }
            }
        }
    }
}

/// A value that opens to its sentence, with the words that carry it marked.
fn entry(b: &Book, e: &Entry) -> Markup {
    let hover = e.from.first().map(|(i, _)| b.d.claims[*i].quote.as_str());
    html! {
        details.cell {
            summary title=[hover] {
                span.value dir="auto" { (e.value) }
                @if let Some(c) = e.certainty { " " em.hedge { (b.w.id("certainty", c)) } }
                @if let Some(x) = &e.beside { " " span.beside dir="auto" { (x) } }
            }
            @for (i, w) in &e.from {
                @let c = &b.d.claims[*i];
                @let mark: Vec<(&str, usize)> = w.iter().copied().collect();
                blockquote lang=[lang(b, &c.page)] dir="auto" { q { (sentence(&c.quote, &mark)) } (source(b, *i, c)) }
            }
        }
    }
}

/// The days of an incident as numbers, for drawings.
pub fn numbers(x: &Incident) -> Option<(i64, i64)> {
    days(x).map(|(a, z): (Day, Day)| (a.number(), z.number()))
}
